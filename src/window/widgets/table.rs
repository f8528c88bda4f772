//! What the tables share: heads that sort, cells, and the surface they lie on.

use super::{card, focus_ring, line};
use crate::window::theme::{Tokens, Type, size, space};
use eframe::egui::text::LayoutJob;
use eframe::egui::{self, Align, Color32, CursorIcon, Layout, Role, Sense, Shape, Stroke, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

/// Most rows seen at once; a longer table scrolls within itself.
const VISIBLE_ROWS: f32 = 10.0;

/// Room for the arrow that tells how a table is sorted.
const ARROW: f32 = 12.0;

/// One column's head.
#[derive(Clone, Copy)]
pub struct Head<'a> {
    /// Its words.
    pub label: &'a str,
    /// Figures stand at the right.
    pub right: bool,
}

impl<'a> Head<'a> {
    /// A column of words.
    #[must_use]
    pub const fn words(label: &'a str) -> Self {
        Self { label, right: false }
    }

    /// A column of figures.
    #[must_use]
    pub const fn figures(label: &'a str) -> Self {
        Self { label, right: true }
    }
}

/// How a table is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By this column.
    pub column: usize,
    /// The largest first.
    pub descending: bool,
}

impl Sort {
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

/// How a table is sorted, and how that is told.
pub struct Sorted<'a> {
    /// Changed by a press on a head.
    pub sort: &'a mut Sort,
    /// "The smallest on top", "the largest on top".
    pub words: [&'a str; 2],
}

/// What a table is made of, its rows apart.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    /// Tells it from the other tables.
    pub name: &'a str,
    /// Widths, from left to right.
    pub columns: &'a [Column],
    /// Heads, one for each column.
    pub heads: &'a [Head<'a>],
}

/// A table on a card. Rows are drawn only where they are seen.
pub fn table(
    ui: &mut Ui,
    tokens: &Tokens,
    Table { name, columns, heads }: Table<'_>,
    sort: Option<Sorted<'_>>,
    rows: usize,
    row: impl FnMut(&mut TableRow<'_, '_>),
) {
    let mut row = row;
    card::frame(tokens).inner_margin(egui::Margin::symmetric(1, 1)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = egui::vec2(0.0, 0.0);
        let mut builder = TableBuilder::new(ui)
            .id_salt(name)
            .cell_layout(Layout::left_to_right(Align::Center))
            .max_scroll_height(size::ROW * VISIBLE_ROWS)
            .auto_shrink([false, true]);
        for column in columns {
            builder = builder.column(*column);
        }
        let mut sort = sort;
        builder.header(size::HEAD, |mut line| heads_ui(&mut line, tokens, heads, &mut sort)).body(|body| {
            body.rows(size::ROW, rows, |mut line| row(&mut line));
        });
    });
}

fn heads_ui(row: &mut TableRow<'_, '_>, tokens: &Tokens, heads: &[Head<'_>], sort: &mut Option<Sorted<'_>>) {
    for (column, head) in heads.iter().enumerate() {
        row.col(|ui| {
            aligned(ui, head.right, |ui| match sort {
                Some(Sorted { sort, words }) => {
                    let now = Some(**sort).filter(|sort| sort.column == column);
                    if head_button(ui, tokens, head, now, *words) {
                        sort.press(column, head.right);
                    }
                }
                None => drop(line(ui, Type::Caption, tokens.muted, head.label)),
            });
        });
    }
}

/// A head that can be pressed; an arrow tells the direction. Whether it was pressed.
fn head_button(ui: &mut Ui, tokens: &Tokens, head: &Head<'_>, now: Option<Sort>, words: [&str; 2]) -> bool {
    let arrow = if now.is_some() { ARROW } else { 0.0 };
    let mut job = LayoutJob::simple_singleline(head.label.to_owned(), Type::Caption.font(), Color32::PLACEHOLDER);
    job.wrap = egui::text::TextWrapping::truncate_at_width((ui.available_width() - arrow).max(0.0));
    let galley = ui.painter().layout_job(job);
    let wanted = egui::vec2(galley.size().x + arrow, size::HEAD - space::S);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, head.label));
    tell_sort(ui, &response, now, words);
    let colour = if now.is_some() || response.hovered() { tokens.text } else { tokens.muted };
    let shift = if head.right { arrow } else { 0.0 };
    let at = egui::pos2(rect.left() + shift, rect.center().y - galley.size().y / 2.0);
    let end = if head.right { rect.left() + 4.0 } else { rect.left() + galley.size().x + 7.0 };
    let cut = galley.elided;
    ui.painter().galley(at, galley, colour);
    if let Some(sort) = now {
        let (way, middle) = (if sort.descending { 1.0 } else { -1.0 }, rect.center().y);
        let point = |x: f32, y: f32| egui::pos2(end + x, middle + way * y);
        let points = vec![point(-3.5, -2.0), point(3.5, -2.0), point(0.0, 2.5)];
        ui.painter().add(Shape::convex_polygon(points, colour, Stroke::NONE));
    }
    focus_ring(ui, tokens, &response, 2);
    let response = if cut { response.on_hover_text(head.label) } else { response };
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}

/// The direction for those who do not see the arrow.
fn tell_sort(ui: &Ui, response: &egui::Response, now: Option<Sort>, [ascending, descending]: [&str; 2]) {
    let Some(Sort { descending: down, .. }) = now else { return };
    ui.ctx().accesskit_node_builder(response.id, |node| {
        use egui::accesskit::SortDirection::{Ascending, Descending};
        node.set_sort_direction(if down { Descending } else { Ascending });
        node.set_description(if down { descending } else { ascending });
    });
}

/// A cell of a table, with the rule above it.
pub fn cell(row: &mut TableRow<'_, '_>, tokens: &Tokens, right: bool, contents: impl FnOnce(&mut Ui)) {
    row.col(|ui| {
        let rect = ui.max_rect();
        ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(size::LINE, tokens.line));
        aligned(ui, right, contents);
    });
}

/// A cell of words.
pub fn words(row: &mut TableRow<'_, '_>, tokens: &Tokens, text: &str) {
    cell(row, tokens, false, |ui| drop(line(ui, Type::Small, tokens.text, text)));
}

/// A cell of words of second rank.
pub fn muted(row: &mut TableRow<'_, '_>, tokens: &Tokens, text: &str) {
    cell(row, tokens, false, |ui| drop(line(ui, Type::Small, tokens.muted, text)));
}

/// A cell of figures. The typeface's digits are all equally wide, so that they stand below each other.
pub fn figure(row: &mut TableRow<'_, '_>, tokens: &Tokens, text: &str) {
    cell(row, tokens, true, |ui| drop(line(ui, Type::Small, tokens.text, text)));
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
            assert!(widths.iter().all(|width| (width - widths[0]).abs() < 0.01), "{widths:?}");
        }
    }
}
