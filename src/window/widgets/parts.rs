//! The parts of a picture: Tab comes to one of them, the arrow keys lead from part to part, the pointer to any.

use super::focus_ring;
use crate::window::theme::{Tokens, size};
use eframe::egui::{
    self, CursorIcon, EventFilter, FocusDirection, Id, Key, Modifiers, Rect, Role, Sense, Ui, WidgetInfo,
};

/// One part as a person meets it.
#[derive(Clone, Copy)]
pub struct PicturePart {
    /// The place.
    pub area: Rect,
    /// Whether something happens when it is pressed.
    pub opens: bool,
}

/// Deeds of the person with the parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// The part under the pointer, or else the one that has the keyboard.
    pub looked_at: Option<usize>,
    /// The part that was pressed, by pointer or by key.
    pub pressed: Option<usize>,
}

/// Makes every part a thing that can be pointed at, heard and reached by key. Later parts lie on top of earlier ones.
/// `name` is a part's accessible name, with its figure; it is asked for only where someone listens.
#[must_use]
pub fn meet(ui: &Ui, tokens: &Tokens, picture: Id, parts: &[PicturePart], name: impl Fn(usize) -> String) -> Met {
    let Some(last) = parts.len().checked_sub(1) else { return Met::default() };
    let stop = step(ui, picture, last);
    let (mut met, mut focused) = (Met::default(), None);
    for (place, part) in parts.iter().enumerate() {
        let press = if part.opens { Sense::CLICK } else { Sense::hover() };
        let sense = if place == stop { press | Sense::FOCUSABLE } else { press };
        let response = ui.interact(part.area, picture.with(place), sense);
        let role = if part.opens { Role::Button } else { Role::ListItem };
        response.widget_info(|| WidgetInfo::labeled(role, true, name(place)));
        if response.has_focus() {
            focused = Some(place);
            let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        }
        focus_ring(ui, tokens, &response, size::SMALL_RADIUS);
        if part.opens && response.clicked() {
            met.pressed = Some(place);
        }
        if response.hovered() {
            met.looked_at = Some(place);
        }
        if part.opens {
            response.on_hover_cursor(CursorIcon::PointingHand);
        }
    }
    met.looked_at = met.looked_at.or(focused);
    met
}

/// The part at which Tab stops, after the keys pressed in this frame.
fn step(ui: &Ui, picture: Id, last: usize) -> usize {
    let now = ui.data(|data| data.get_temp::<usize>(picture)).unwrap_or_default().min(last);
    if !ui.memory(|memory| memory.has_focus(picture.with(now))) {
        return now;
    }
    let pressed =
        |keys: [Key; 2]| ui.input_mut(|input| keys.map(|key| input.consume_key(Modifiers::NONE, key))).contains(&true);
    let next = if pressed([Key::ArrowRight, Key::ArrowDown]) {
        (now + 1).min(last)
    } else if pressed([Key::ArrowLeft, Key::ArrowUp]) {
        now.saturating_sub(1)
    } else if pressed([Key::Home, Key::PageUp]) {
        0
    } else if pressed([Key::End, Key::PageDown]) {
        last
    } else {
        return now;
    };
    ui.data_mut(|data| data.insert_temp(picture, next));
    ui.memory_mut(|memory| {
        // Keeps egui from moving on to whatever it would find in the arrow's direction.
        memory.move_focus(FocusDirection::None);
        memory.request_focus(picture.with(next));
    });
    next
}

/// One of `sentences` in a place that is large enough for each of them, so that nothing below moves.
pub fn readout(ui: &mut Ui, tokens: &Tokens, sentences: &[String], shown: usize) {
    use crate::window::theme::Type;
    let width = ui.available_width();
    let height = sentences.iter().map(|sentence| {
        let words = egui::WidgetText::from(Type::Small.text(sentence.as_str(), tokens.text));
        words.into_galley(ui, Some(egui::TextWrapMode::Wrap), width, egui::TextStyle::Body).size().y
    });
    let height = height.fold(0.0, f32::max);
    ui.allocate_ui_with_layout(egui::vec2(width, height), egui::Layout::top_down(egui::Align::Min), |ui| {
        ui.set_min_size(egui::vec2(width, height));
        if let Some(sentence) = sentences.get(shown) {
            super::text(ui, Type::Small, tokens.text, sentence.as_str());
        }
    });
}
