//! Parts that the tables share: columns with heads that sort and cells, and the surface they lie on.

use super::{card, focus_ring, line};
use crate::window::theme::{Tokens, Type, size, space};
use eframe::egui::text::LayoutJob;
use eframe::egui::{self, Align, Color32, CursorIcon, Label, Layout, Role, Sense, Shape, Stroke, Ui, WidgetInfo};
use egui_extras::{TableBuilder, TableRow};

/// Rows seen at once at most; a longer table scrolls within itself.
const VISIBLE_ROWS: f32 = 10.0;

/// Room for the arrow that tells how a table is sorted.
const ARROW: f32 = 12.0;

/// A column's width. What does not fit is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// A number of points.
    Exact(f32),
    /// The rest that the other columns leave, at least a number of points.
    Rest(f32),
}

/// Keys by which a column is sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    /// A text, sorted by letters.
    Text(String),
    /// A number, sorted by size.
    Number(u64),
}

/// One column of a table.
pub struct TableColumn<'a, Row> {
    heading: String,
    width: Width,
    /// Figures stand at the right.
    right: bool,
    contents: Contents<'a, Row>,
    sort_key: Of<'a, Row, SortKey>,
}

/// The text or value that a row says.
type Of<'a, Row, Said> = Box<dyn Fn(&Row) -> Said + 'a>;

/// The function that draws a cell of a row.
type PaintCell<'a, Row> = Box<dyn FnMut(&mut Ui, &Row) + 'a>;

/// Contents of a column's cells.
enum Contents<'a, Row> {
    /// One line of text.
    Text(Color32, Of<'a, Row, String>),
    /// A name that can be pressed, and what pressing it does.
    Button(Of<'a, Row, [String; 2]>),
    /// A cell that is painted.
    Painted(PaintCell<'a, Row>),
}

impl<'a, Row> TableColumn<'a, Row> {
    fn new(heading: String, width: Width, contents: Contents<'a, Row>) -> Self {
        Self { heading, width, right: false, contents, sort_key: Box::new(|_| SortKey::Number(0)) }
    }

    /// Words at the left.
    #[must_use]
    pub fn words(heading: String, width: Width, ink: Color32, text: impl Fn(&Row) -> String + 'a) -> Self {
        Self::new(heading, width, Contents::Text(ink, Box::new(text)))
    }

    /// Figures at the right. The typeface's digits are all equally wide, so that they stand below each other.
    #[must_use]
    pub fn figures(heading: String, width: Width, ink: Color32, text: impl Fn(&Row) -> String + 'a) -> Self {
        Self { right: true, ..Self::words(heading, width, ink, text) }
    }

    /// A name that can be pressed, which is its accessible name, and the sentence for what pressing it does.
    #[must_use]
    pub fn button(heading: String, width: Width, name: impl Fn(&Row) -> [String; 2] + 'a) -> Self {
        Self::new(heading, width, Contents::Button(Box::new(name)))
    }

    /// Makes a column of whatever `paint` draws, which gives it its accessible name.
    #[must_use]
    pub fn painted(heading: String, width: Width, paint: impl FnMut(&mut Ui, &Row) + 'a) -> Self {
        Self::new(heading, width, Contents::Painted(Box::new(paint)))
    }

    /// The same, sorted by `key` where the table is sorted by this column.
    #[must_use]
    pub fn sorted_by(self, key: impl Fn(&Row) -> SortKey + 'a) -> Self {
        Self { sort_key: Box::new(key), ..self }
    }
}

/// The order of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortOrder {
    /// The column to sort by.
    pub column: usize,
    /// The largest first.
    pub descending: bool,
}

impl SortOrder {
    /// `order` turned round where the largest come first.
    #[must_use]
    pub const fn apply(self, order: std::cmp::Ordering) -> std::cmp::Ordering {
        if self.descending { order.reverse() } else { order }
    }

    /// A press on a head: sorts by it, or the other way round when it does so already.
    fn press(&mut self, column: usize, figures: bool) {
        let descending = if self.column == column { !self.descending } else { figures };
        *self = Self { column, descending };
    }
}

/// The order of a table, and how that is told.
pub struct Sorted<'a> {
    /// The order, changed by a press on a head.
    pub sort: &'a mut SortOrder,
    /// The words "the smallest on top", "the largest on top".
    pub words: [&'a str; 2],
}

/// A table, its rows apart.
pub struct Columns<'a, Row> {
    tokens: &'a Tokens,
    /// Tells it from the other tables.
    name: &'a str,
    columns: Vec<TableColumn<'a, Row>>,
    chosen: Of<'a, Row, bool>,
}

impl<'a, Row> Columns<'a, Row> {
    /// A table of these columns, from left to right. `name` tells it from the other tables.
    #[must_use]
    pub fn new(tokens: &'a Tokens, name: &'a str, columns: Vec<TableColumn<'a, Row>>) -> Self {
        Self { tokens, name, columns, chosen: Box::new(|_| false) }
    }

    /// The same, with the rows marked that `chosen` tells.
    #[must_use]
    pub fn chosen(self, chosen: impl Fn(&Row) -> bool + 'a) -> Self {
        Self { chosen: Box::new(chosen), ..self }
    }

    /// Sorts `places`, which are places in `rows`. Equal rows stay in their order.
    pub fn sort(&self, places: &mut [usize], rows: &[Row], sort: SortOrder) {
        let Some(column) = self.columns.get(sort.column) else { return };
        let key = |place: usize| rows.get(place).map(|row| (column.sort_key)(row));
        let mut keyed: Vec<_> = places.iter().map(|place| (key(*place), *place)).collect();
        keyed.sort_by(|(one, _), (other, _)| sort.apply(one.cmp(other)));
        for (place, (_, sorted)) in places.iter_mut().zip(keyed) {
            *place = sorted;
        }
    }

    /// Draws the table on a card; a row only where it is seen. Returns the row that was pressed.
    pub fn show<'r>(
        mut self,
        ui: &mut Ui,
        mut sort: Option<Sorted<'_>>,
        count: usize,
        row: impl Fn(usize) -> Option<&'r Row>,
    ) -> Option<usize>
    where
        Row: 'r,
    {
        let (mut pressed, mut reached) = (None, None);
        card::frame(self.tokens).inner_margin(egui::Margin::symmetric(1, 1)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = egui::vec2(0.0, 0.0);
            let mut builder = TableBuilder::new(ui)
                .id_salt(self.name)
                .cell_layout(Layout::left_to_right(Align::Center))
                .max_scroll_height(size::ROW * VISIBLE_ROWS)
                .auto_shrink([false, true]);
            for column in &self.columns {
                builder = builder.column(match column.width {
                    Width::Exact(width) => egui_extras::Column::exact(width).clip(true),
                    Width::Rest(least) => egui_extras::Column::remainder().at_least(least).clip(true),
                });
            }
            builder.header(size::HEAD, |mut line| self.heads_ui(&mut line, &mut sort)).body(|body| {
                body.rows(size::ROW, count, |mut line| {
                    let Some(row) = row(line.index()) else { return };
                    let met = self.row_ui(&mut line, row);
                    pressed = met.pressed.then_some(line.index()).or(pressed);
                    reached = met.reached.or(reached);
                });
            });
        });
        if let Some(row) = reached {
            ui.scroll_to_rect(row, None); // the table brings it into its own view, not into that of the page
        }
        pressed
    }

    fn heads_ui(&self, line: &mut TableRow<'_, '_>, sort: &mut Option<Sorted<'_>>) {
        let tokens = self.tokens;
        for (place, column) in self.columns.iter().enumerate() {
            line.col(|ui| {
                aligned(ui, column.right, |ui| match sort {
                    Some(Sorted { sort, words }) => {
                        let now = Some(**sort).filter(|sort| sort.column == place);
                        if head_button(ui, tokens, (&column.heading, column.right), now, *words) {
                            sort.press(place, column.right);
                        }
                    }
                    None => drop(self::line(ui, Type::Caption, tokens.muted, column.heading.as_str())),
                });
            });
        }
    }

    fn row_ui(&mut self, line: &mut TableRow<'_, '_>, row: &Row) -> MetRow {
        let (tokens, chosen) = (self.tokens, (self.chosen)(row));
        line.set_selected(chosen);
        let mut met = MetRow::default();
        for column in &mut self.columns {
            line.col(|ui| {
                let rect = ui.max_rect();
                ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(size::LINE, tokens.line));
                aligned(ui, column.right, |ui| match &mut column.contents {
                    Contents::Text(ink, text) => drop(self::line(ui, Type::Small, *ink, text(row))),
                    Contents::Button(name) => met = row_button(ui, tokens, name(row), chosen),
                    Contents::Painted(paint) => paint(ui, row),
                });
            });
        }
        met.pressed |= line.response().container_clicked();
        met
    }
}

/// Deeds of a person with a row.
#[derive(Default)]
struct MetRow {
    pressed: bool,
    /// The place of the row, when the keyboard has just come to it.
    reached: Option<egui::Rect>,
}

fn row_button(ui: &mut Ui, tokens: &Tokens, [name, about]: [String; 2], chosen: bool) -> MetRow {
    let words = Type::Small.text(name.as_str(), tokens.text);
    let response = ui.add(Label::new(words).truncate().selectable(false).sense(Sense::click()));
    let response = response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(about);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, name.as_str()));
    focus_ring(ui, tokens, &response, 2);
    MetRow { pressed: response.clicked(), reached: response.gained_focus().then_some(response.rect) }
}

/// A head that can be pressed; an arrow tells the direction. Whether it was pressed.
fn head_button(
    ui: &mut Ui,
    tokens: &Tokens,
    (label, right): (&str, bool),
    now: Option<SortOrder>,
    words: [&str; 2],
) -> bool {
    let arrow = if now.is_some() { ARROW } else { 0.0 };
    let mut job = LayoutJob::simple_singleline(label.to_owned(), Type::Caption.font(), Color32::PLACEHOLDER);
    job.wrap = egui::text::TextWrapping::truncate_at_width((ui.available_width() - arrow).max(0.0));
    let galley = ui.painter().layout_job(job);
    let wanted = egui::vec2(galley.size().x + arrow, size::HEAD - space::S);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, label));
    tell_sort(ui, &response, now, words);
    let colour = if now.is_some() || response.hovered() { tokens.text } else { tokens.muted };
    let shift = if right { arrow } else { 0.0 };
    let at = egui::pos2(rect.left() + shift, rect.center().y - galley.size().y / 2.0);
    let end = if right { rect.left() + 4.0 } else { rect.left() + galley.size().x + 7.0 };
    let cut = galley.elided;
    ui.painter().galley(at, galley, colour);
    if let Some(sort) = now {
        let (way, middle) = (if sort.descending { 1.0 } else { -1.0 }, rect.center().y);
        let point = |x: f32, y: f32| egui::pos2(end + x, middle + way * y);
        let points = vec![point(-3.5, -2.0), point(3.5, -2.0), point(0.0, 2.5)];
        ui.painter().add(Shape::convex_polygon(points, colour, Stroke::NONE));
    }
    focus_ring(ui, tokens, &response, 2);
    let response = if cut { response.on_hover_text(label) } else { response };
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}

/// The direction for those who do not see the arrow.
fn tell_sort(ui: &Ui, response: &egui::Response, now: Option<SortOrder>, [ascending, descending]: [&str; 2]) {
    let Some(SortOrder { descending: down, .. }) = now else { return };
    ui.ctx().accesskit_node_builder(response.id, |node| {
        use egui::accesskit::SortDirection::{Ascending, Descending};
        node.set_sort_direction(if down { Descending } else { Ascending });
        node.set_description(if down { descending } else { ascending });
    });
}

fn aligned(ui: &mut Ui, right: bool, contents: impl FnOnce(&mut Ui)) {
    let rect = ui.max_rect().shrink2(egui::vec2(space::M, 0.0));
    let layout = if right { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect).layout(layout), contents);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::fonts;

    #[test]
    fn digits_are_equally_wide_in_every_weight() {
        use crate::window::theme::Weight;
        let ctx = egui::Context::default();
        fonts::install(&ctx, None);
        let mut widths = Vec::new();
        let mut drawn = ctx.run_ui(egui::RawInput::default(), |ui| {
            for weight in Weight::ALL {
                let font = egui::FontId::new(13.0, weight.family());
                let digits = ('0'..='9').map(|digit| ui.fonts_mut(|fonts| fonts.glyph_width(&font, digit)));
                widths.push(digits.collect::<Vec<f32>>());
                let letters = ['i', 'm'].map(|letter| ui.fonts_mut(|fonts| fonts.glyph_width(&font, letter)));
                assert!(letters[1] > 2.0 * letters[0], "letters are not: {letters:?}");
            }
        });
        drawn.textures_delta.clear();
        assert_eq!(widths.len(), Weight::ALL.len());
        for widths in widths {
            // Ten digits of a kind are less than half a pixel off.
            assert!(widths.iter().all(|width| (width - widths[0]).abs() < 0.05), "{widths:?}");
        }
    }
}
