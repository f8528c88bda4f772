//! The treemap: folders as areas in proportion to their directories, with what is in them drawn inside, and what a
//! remedy would take away shaded.

use crate::say;
use crate::window::look::Look;
use crate::window::state::tiles::{NAME, Tile, TileKind};
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{hatch, parts};
use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{self, Color32, Painter, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};
use std::ffi::OsString;
use std::sync::Arc;

/// The size of the map in what is left of the page.
pub(super) fn size(ui: &Ui) -> Vec2 {
    let (least, most) = size::TREEMAP;
    egui::vec2(ui.available_width(), (ui.available_width() * 0.32).clamp(least, most))
}

/// Draws a map of this size. Returns the way to the folder that was pressed, name by name; empty when none was.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, size: Vec2, tiles: &[Tile], directories: u64) -> Vec<OsString> {
    let (area, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, in_words(look, directories, tiles)));
    let place = |tile: &Tile| tile.area.translate(area.min.to_vec2());
    let areas: Vec<parts::PicturePart> =
        tiles.iter().map(|tile| parts::PicturePart { area: place(tile), opens: tile.opens }).collect();
    let mut colour = 0;
    for tile in tiles {
        paint(ui, look, tile, place(tile), &mut colour);
    }
    let name = |place: usize| tiles.get(place).map(|tile| about(look, tile)).unwrap_or_default();
    let met = parts::meet(ui, look.tokens, response.id, &areas, name);
    let hint = say!(look.words, "folders-how-to-read");
    if let Some(tile) = met.looked_at.and_then(|place| tiles.get(place)) {
        let line = Stroke::new(size::STRONG_LINE, look.tokens.text);
        ui.painter().rect_stroke(place(tile).shrink(1.0), size::SMALL_RADIUS, line, StrokeKind::Inside);
        parts::readout(ui, look.tokens, &[about(look, tile), hint], 0);
    } else {
        parts::readout(ui, look.tokens, &[hint], 0);
    }
    met.pressed.and_then(|place| tiles.get(place)).map(|tile| tile.way.clone()).unwrap_or_default()
}

/// One area in words.
fn about(look: Look<'_>, tile: &Tile) -> String {
    let words = look.words;
    let (name, directories) = (tile.name.as_str(), tile.directories);
    let about = match tile.kind {
        TileKind::Rest if tile.way.is_empty() => say!(words, "folders-rest-part", directories = directories),
        TileKind::Rest => say!(words, "folders-rest-of", name = name, directories = directories),
        TileKind::Folder | TileKind::Opened => {
            say!(words, "folders-part", name = name, directories = directories, files = tile.files)
        }
    };
    match tile.gone {
        0 => about,
        gone => say!(words, "folders-part-shaded", said = about, directories = gone),
    }
}

/// The whole map for those who do not see it: the largest areas. The table below has all of them.
fn in_words(look: Look<'_>, directories: u64, tiles: &[Tile]) -> String {
    let outer = tiles.iter().filter(|tile| tile.kind != TileKind::Rest && tile.way.len() == 1).take(6);
    let each = outer.map(|tile| format!("{} {}", tile.name, look.words.number(tile.directories)));
    let each: Vec<String> = each.collect();
    say!(look.words, "folders-in-words", directories = directories, parts = each.join(", "))
}

fn paint(ui: &Ui, look: Look<'_>, tile: &Tile, area: Rect, colour: &mut usize) {
    let tokens = look.tokens;
    let seen = area.shrink(1.0);
    let painter = ui.painter().with_clip_rect(seen.intersect(ui.clip_rect()));
    let fill = match tile.kind {
        TileKind::Opened => tokens.surface,
        TileKind::Rest => tokens.free,
        TileKind::Folder => {
            // Neighbours get different colours; what they are is written on them.
            *colour += 1;
            tokens.series[*colour % (tokens.series.len() - 1)].gamma_multiply(0.24)
        }
    };
    painter.rect(seen, size::SMALL_RADIUS, tokens.surface, Stroke::NONE, StrokeKind::Inside);
    painter.rect(seen, size::SMALL_RADIUS, fill, Stroke::new(size::LINE, tokens.line), StrokeKind::Inside);
    // What is inside of an opened one is shaded itself.
    if tile.gone > 0 && tile.kind != TileKind::Opened {
        let width = seen.width() * super::share_of(tile.gone, tile.directories);
        let part = Rect::from_min_max(egui::pos2((seen.right() - width).min(seen.right() - 2.0), seen.top()), seen.max);
        hatch::fill(&painter, part, Color32::TRANSPARENT, tokens.text.gamma_multiply(0.34));
    }
    words(&painter, look, tile, seen, if tile.kind == TileKind::Opened { NAME } else { seen.height() });
}

/// Writes name and number where there is room: beside each other on one line, or below each other.
fn words(painter: &Painter, look: Look<'_>, tile: &Tile, seen: Rect, height: f32) {
    if seen.width() < 40.0 || height < 20.0 {
        return;
    }
    let name = match tile.kind {
        TileKind::Rest => say!(look.words, "folders-rest"),
        TileKind::Folder | TileKind::Opened => tile.name.clone(),
    };
    let room = seen.width() - 2.0 * space::S;
    let name = cut(painter, &name, look.tokens.text, room);
    let number = cut(painter, &look.words.number(tile.directories), look.tokens.text, room);
    let at = seen.left_top() + egui::vec2(space::S, 4.0);
    let beside = name.size().x + space::S + number.size().x <= room;
    let place = if beside { egui::vec2(name.size().x + space::S, 0.0) } else { egui::vec2(0.0, name.size().y + 1.0) };
    let below_fits = height >= name.size().y + number.size().y + 8.0;
    on_ground(painter, look, at, name, tile.gone > 0);
    if beside || below_fits {
        on_ground(painter, look, at + place, number, tile.gone > 0);
    }
}

/// Words on stripes get a ground of their own.
fn on_ground(painter: &Painter, look: Look<'_>, at: egui::Pos2, words: Arc<egui::Galley>, shaded: bool) {
    if shaded {
        let ground = Rect::from_min_size(at, words.size()).expand2(egui::vec2(3.0, 0.0));
        painter.rect_filled(ground, size::SMALL_RADIUS, look.tokens.surface);
    }
    painter.galley(at, words, look.tokens.text);
}

fn cut(painter: &Painter, text: &str, colour: Color32, room: f32) -> Arc<egui::Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), Type::Caption.font(), colour);
    job.wrap = TextWrapping::truncate_at_width(room);
    painter.layout_job(job)
}
