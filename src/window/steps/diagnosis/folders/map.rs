//! The treemap: folders as areas in proportion to their directories, with what is in them drawn inside.

use crate::project::tree::Folder;
use crate::say;
use crate::window::look::Look;
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{focus_ring, treemap};
use eframe::egui::{self, Align2, Color32, CursorIcon, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};
use std::ffi::OsString;

/// Most parts drawn of one folder; smaller ones could not be told apart.
const MOST_PARTS: usize = 16;
const HEIGHT: f32 = 240.0;
/// Height of a folder's name above what is in it.
const NAME: f32 = 24.0;
/// A folder smaller than this is drawn as one area.
const OPENS_FROM: egui::Vec2 = egui::vec2(150.0, 96.0);

/// Draws `folder`; the way to the folder that was pressed, name by name, empty when none was.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, folder: &Folder) -> Vec<OsString> {
    let (area, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), HEIGHT), Sense::hover());
    let mut map = Map { look, id: response.id, drawn: 0, pressed: Vec::new() };
    map.inside(ui, folder, area, &mut Vec::new());
    map.pressed
}

struct Map<'a> {
    look: Look<'a>,
    id: Id,
    /// Areas drawn so far: neighbours get different colours.
    drawn: usize,
    pressed: Vec<OsString>,
}

impl Map<'_> {
    /// Draws what is in `folder`.
    fn inside(&mut self, ui: &Ui, folder: &Folder, area: Rect, path: &mut Vec<OsString>) {
        let parts: Vec<&Folder> = folder.children.iter().take(MOST_PARTS).collect();
        let named: u64 = parts.iter().map(|part| part.directories).sum();
        let rest = folder.directories.saturating_sub(named);
        let weights: Vec<u64> = parts.iter().map(|part| part.directories).chain((rest > 0).then_some(rest)).collect();
        #[allow(clippy::cast_precision_loss, reason = "areas on the screen")]
        let weights: Vec<f64> = weights.into_iter().map(|directories| directories as f64).collect();
        for (place, rect) in treemap::squarify(&weights, area).into_iter().enumerate() {
            let Some(part) = parts.get(place) else {
                let name = say!(self.look.words, "folders-rest");
                self.paint(ui, rect, self.look.tokens.free, &name, rest);
                continue;
            };
            path.push(part.name.clone());
            self.part(ui, part, rect, path);
            path.pop();
        }
    }

    /// Draws one folder: with its parts inside where there is room for them.
    fn part(&mut self, ui: &Ui, part: &Folder, rect: Rect, path: &mut Vec<OsString>) {
        let opens = !part.children.is_empty() && rect.width() > OPENS_FROM.x && rect.height() > OPENS_FROM.y;
        let response = self.interact(ui, part, rect, path);
        let name = part.name.to_string_lossy();
        if opens {
            self.paint(ui, rect, self.look.tokens.surface, &name, part.directories);
            let inner = Rect::from_min_max(rect.min + egui::vec2(5.0, NAME + 1.0), rect.max - egui::vec2(5.0, 5.0));
            self.inside(ui, part, inner, path);
        } else {
            let colours = self.look.tokens.parts;
            let colour = colours[self.drawn % colours.len()];
            self.drawn += 1;
            let strength = if response.hovered() { 0.42 } else { 0.26 };
            self.paint(ui, rect, colour.gamma_multiply(strength), &name, part.directories);
        }
        focus_ring(ui, self.look.tokens, &response, size::SMALL_RADIUS);
    }

    fn interact(&mut self, ui: &Ui, part: &Folder, rect: Rect, path: &[OsString]) -> egui::Response {
        let name = part.name.to_string_lossy();
        let (directories, files) = (part.directories, part.files);
        let about =
            say!(self.look.words, "folders-part", name = name.as_ref(), directories = directories, files = files);
        let enters = !part.children.is_empty();
        let sense = if enters { Sense::click() } else { Sense::hover() };
        let response = ui.interact(rect, self.id.with(path), sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enters, about.as_str()));
        if enters && response.clicked() {
            self.pressed = path.to_vec();
        }
        let response = response.on_hover_text_at_pointer(about);
        if enters { response.on_hover_cursor(CursorIcon::PointingHand) } else { response }
    }

    /// Name and number stand where there is room: below each other, or on one line.
    fn paint(&self, ui: &Ui, rect: Rect, fill: Color32, name: &str, directories: u64) {
        let tokens = self.look.tokens;
        let seen = rect.shrink(1.0);
        let painter = ui.painter_at(seen);
        let line = Stroke::new(size::LINE, tokens.line);
        painter.rect(seen, size::SMALL_RADIUS, tokens.surface, Stroke::NONE, StrokeKind::Inside);
        painter.rect(seen, size::SMALL_RADIUS, fill, line, StrokeKind::Inside);
        if seen.width() < 48.0 || seen.height() < 22.0 {
            return;
        }
        let at = seen.left_top() + egui::vec2(space::S, 5.0);
        let shown = painter.text(at, Align2::LEFT_TOP, name, Type::Caption.font(), tokens.text);
        let number = self.look.words.number(directories);
        let beside = egui::pos2(shown.right() + space::S, at.y);
        let below = at + egui::vec2(0.0, 17.0);
        let fits_beside = beside.x + 52.0 < seen.right();
        if fits_beside || seen.height() > 44.0 {
            let at = if fits_beside { beside } else { below };
            painter.text(at, Align2::LEFT_TOP, number, Type::Caption.font(), tokens.muted);
        }
    }
}
