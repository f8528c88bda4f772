//! The look: every size here, every colour in `tokens`. Nothing elsewhere in the window names a number of its own
//! for either (clippy.toml forbids colours).

pub mod icon;
mod style;
mod tokens;

use eframe::egui::{self, FontFamily, FontId, RichText};
pub use style::{apply, apply_contrast};
pub use tokens::Tokens;

/// Distances, on a grid of four points.
pub mod space {
    /// Distance between things that belong together.
    pub const XS: f32 = 4.0;
    /// Distance between a title and its text.
    pub const S: f32 = 8.0;
    /// Distance between neighbours.
    pub const M: f32 = 12.0;
    /// Distance inside a card, between cards.
    pub const L: f32 = 16.0;
    /// Distance around a bar's contents.
    pub const XL: f32 = 20.0;
    /// Distance around the page.
    pub const PAGE: f32 = 28.0;
    /// Width that a dialog leaves of the window, both sides together.
    pub const AROUND_DIALOG: f32 = 96.0;
}

/// Distances between a border and what is inside.
pub mod margin {
    use super::egui::Margin;

    /// Margin in the bars above and below.
    pub const BAR: Margin = Margin::symmetric(20, 0);
    /// Margin in the list of steps.
    pub const STEPPER: Margin = Margin::symmetric(12, 20);
    /// Margin in the list of steps in a narrow window.
    pub const STEPPER_NARROW: Margin = Margin::symmetric(8, 20);
    /// Distance around the page.
    pub const PAGE: Margin = Margin { left: 28, right: 28, top: 24, bottom: 28 };
    /// Margin in a card; with its line it is on the grid.
    pub const CARD: Margin = Margin::same(15);
    /// Margin in a dialog.
    pub const DIALOG: Margin = Margin::same(20);
    /// Margin in a field.
    pub const FIELD: Margin = Margin::symmetric(12, 8);
}

/// Fixed measures.
pub mod size {
    /// Height of the bar at the top.
    pub const TOP_BAR: f32 = 56.0;
    /// Height of the bar at the bottom.
    pub const BOTTOM_BAR: f32 = 60.0;
    /// Width of the list of steps.
    pub const STEPPER: f32 = 220.0;
    /// Width of the list of steps in a narrow window.
    pub const STEPPER_NARROW: f32 = 168.0;
    /// Width below which the list of steps gives way.
    pub const NARROW: f32 = 960.0;
    /// Height of a step in the list.
    pub const STEP: f32 = 60.0;
    /// The circle with a step's number.
    pub const STEP_CIRCLE: f32 = 24.0;
    /// Place where a step's words begin, from its left.
    pub const STEP_WORDS: f32 = 48.0;
    /// Width of the line of a step's circle.
    pub const CIRCLE_LINE: f32 = 1.5;
    /// Width that the arrow of a choice takes.
    pub const CHOICE_ARROW: f32 = 28.0;
    /// Height of a tag.
    pub const TAG: f32 = 22.0;
    /// Least width of a menu.
    pub const LEAST_MENU: f32 = 128.0;
    /// Width of a dialog at most.
    pub const DIALOG: f32 = 680.0;
    /// Height of a bar in a table's cell.
    pub const SHARE_BAR: f32 = 6.0;
    /// Length of the shortest bar: something is seen of any share above nothing.
    pub const SHORTEST_BAR: f32 = 2.0;
    /// Distance between what has the keyboard and the ring around it.
    pub const FOCUS_GAP: f32 = 2.0;
    /// Height of a button and of a field.
    pub const CONTROL: f32 = 36.0;
    /// Height of a table's row.
    pub const ROW: f32 = 32.0;
    /// Width of a column of figures.
    pub const FIGURE_COLUMN: f32 = 160.0;
    /// Height of a table's head.
    pub const HEAD: f32 = 32.0;
    /// Height of the gauge.
    pub const GAUGE: f32 = 28.0;
    /// Width of the page's text at most.
    pub const PAGE: f32 = 1080.0;
    /// The smallest window.
    pub const LEAST_WINDOW: [f32; 2] = [800.0, 560.0];
    /// The window when it is opened for the first time.
    pub const FIRST_WINDOW: [f32; 2] = [1120.0, 760.0];
    /// Roundness of cards.
    pub const CARD_RADIUS: u8 = 10;
    /// Roundness of controls.
    pub const RADIUS: u8 = 8;
    /// Roundness of tags: half their height.
    pub const TAG_RADIUS: u8 = 11;
    /// Roundness of the ring around what has the keyboard, beyond that of the thing itself.
    pub const FOCUS_RADIUS: u8 = 2;
    /// Roundness around words that can be pressed.
    pub const WORDS_RADIUS: u8 = 2;
    /// Roundness of bars in charts.
    pub const SMALL_RADIUS: u8 = 3;
    /// Lines around cards and controls.
    pub const LINE: f32 = 1.0;
    /// Lines around what is chosen or has the keyboard.
    pub const STRONG_LINE: f32 = 2.0;
    /// Height of a line over time.
    pub const LINE_CHART: f32 = 72.0;
    /// Width of a choice with its arrow.
    pub const CHOICE: f32 = 360.0;
    /// Least width of a choice that has others beside it.
    pub const LEAST_CHOICE: f32 = 228.0;
    /// Greatest height of what a choice offers.
    pub const CHOICE_MENU: f32 = 420.0;
    /// Height of a bar among bars.
    pub const BAR: f32 = 16.0;
    /// Least and greatest height of a treemap.
    pub const TREEMAP: (f32, f32) = (220.0, 420.0);
}

/// Weights of the typeface; egui knows them as font families.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// The weight 400.
    Regular,
    /// The weight 500.
    Medium,
    /// The weight 600.
    SemiBold,
    /// The weight 700.
    Bold,
}

impl Weight {
    /// All weights.
    pub const ALL: [Self; 4] = [Self::Regular, Self::Medium, Self::SemiBold, Self::Bold];

    /// The family egui knows this weight by.
    #[must_use]
    pub fn family(self) -> FontFamily {
        match self {
            Self::Regular => FontFamily::Proportional,
            Self::Medium => FontFamily::Name("medium".into()),
            Self::SemiBold => FontFamily::Name("semibold".into()),
            Self::Bold => FontFamily::Name("bold".into()),
        }
    }
}

/// The type scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// The one sentence at the top of a page.
    Title,
    /// The program's name.
    Brand,
    /// Titles of cards, findings and fields.
    Strong,
    /// Text.
    Body,
    /// Words on buttons.
    Control,
    /// Explanations and tables.
    Small,
    /// Tags, legends, heads of tables.
    Caption,
    /// Numbers in circles.
    Badge,
    /// Paths in code blocks, commands.
    Code,
}

impl Type {
    /// Typeface and size.
    #[must_use]
    pub fn font(self) -> FontId {
        let (points, weight) = match self {
            Self::Title => (22.0, Weight::SemiBold),
            Self::Brand => (15.0, Weight::Bold),
            Self::Strong => (14.0, Weight::SemiBold),
            Self::Body => (14.0, Weight::Regular),
            Self::Control => (14.0, Weight::Medium),
            Self::Small => (13.0, Weight::Regular),
            Self::Caption => (12.0, Weight::Regular),
            Self::Badge => (12.0, Weight::SemiBold),
            Self::Code => return FontId::new(12.5, FontFamily::Monospace),
        };
        FontId::new(points, weight.family())
    }

    /// Distance from line to line.
    #[must_use]
    pub const fn line_height(self) -> f32 {
        match self {
            Self::Title => 30.0,
            Self::Brand | Self::Strong | Self::Body | Self::Control => 20.0,
            Self::Small | Self::Code => 19.0,
            Self::Caption | Self::Badge => 16.0,
        }
    }

    /// `text` in this type and colour.
    #[must_use]
    pub fn text(self, text: impl Into<String>, colour: egui::Color32) -> RichText {
        RichText::new(text).font(self.font()).line_height(Some(self.line_height())).color(colour)
    }
}

#[cfg(test)]
mod tests {
    use super::{margin, size, space};

    #[test]
    fn distances_lie_on_a_grid_of_four_points() {
        let between = [space::XS, space::S, space::M, space::L, space::XL, space::PAGE, space::AROUND_DIALOG];
        let inside =
            [margin::BAR, margin::STEPPER, margin::STEPPER_NARROW, margin::PAGE, margin::DIALOG, margin::FIELD];
        let inside = inside.into_iter().flat_map(|margin| [margin.left, margin.right, margin.top, margin.bottom]);
        let heights = [size::TOP_BAR, size::BOTTOM_BAR, size::STEP, size::CONTROL, size::ROW, size::HEAD, size::GAUGE];
        let card = f32::from(margin::CARD.left) + size::LINE;
        for distance in between.into_iter().chain(heights).chain(inside.map(f32::from)).chain([card]) {
            assert!((distance % 4.0).abs() < f32::EPSILON, "{distance} is not on the grid");
        }
    }
}
