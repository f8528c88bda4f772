//! A path on one line: shortened in the middle where it is too long, told whole on hover and to those who do not see
//! it, and copied by Ctrl+C or from its menu.

use super::focus_ring;
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::theme::{Tokens, Type};
use eframe::egui::{Color32, Event, Galley, Response, Role, Sense, Ui, WidgetInfo};
use std::path::Path;
use std::sync::Arc;

/// Draws `shown` (the path as people write it, maybe with words around it); `path` is what is copied.
pub fn path_line(
    ui: &mut Ui,
    look: Look<'_>,
    colour: Color32,
    shown: &str,
    path: &Path,
    actions: &mut Actions,
) -> Response {
    let galley = fitting(ui, shown, Type::Small, colour, ui.available_width());
    let cut = galley.text() != shown;
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, shown));
    ui.painter().galley(rect.min, galley, colour);
    copies(ui, look, &response, path, actions);
    if cut { response.on_hover_text(shown) } else { response }
}

/// Makes `path` copied from a menu on `response`, and by Ctrl+C while that has the keyboard or is under the pointer.
pub fn copies(ui: &Ui, look: Look<'_>, response: &Response, path: &Path, actions: &mut Actions) {
    focus_ring(ui, look.tokens, response, 2);
    let key = || ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)));
    let mut copy = (response.has_focus() || response.hovered()) && key();
    response.context_menu(|ui| {
        if ui.button(say!(look.words, "path-copy")).clicked() {
            copy = true;
            ui.close();
        }
    });
    if copy {
        actions.push(Action::Copy(path.to_string_lossy().into_owned()));
    }
}

/// `text` as it fits into `room`.
fn fitting(ui: &Ui, text: &str, kind: Type, colour: Color32, room: f32) -> Arc<Galley> {
    let lay = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), kind.font(), colour);
    let short = shortened(text, |text| lay(text).size().x <= room);
    lay(&short)
}

/// The longest form of `text` that fits, with "…" in place of its middle. Both ends tell more than the middle.
fn shortened(text: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(text) {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let keeping = |count: usize| -> String {
        let (head, tail) = (count / 3, count - count / 3);
        letters[..head].iter().chain(&['…']).chain(&letters[letters.len() - tail..]).collect()
    };
    let (mut fitting, mut too_long) = (0, letters.len());
    while too_long - fitting > 1 {
        let middle = usize::midpoint(fitting, too_long);
        if fits(&keeping(middle)) { fitting = middle } else { too_long = middle }
    }
    keeping(fitting)
}

/// Shortens as [`path_line`] shortens it, for a link or a button.
#[must_use]
pub fn shortened_for(ui: &Ui, tokens: &Tokens, text: &str) -> String {
    fitting(ui, text, Type::Small, tokens.text, ui.available_width()).text().to_owned()
}

/// Shortens as [`path_line`] shortens it, for what is `room` wide and of another type.
#[must_use]
pub fn shortened_to(ui: &Ui, text: &str, kind: Type, room: f32) -> String {
    fitting(ui, text, kind, Color32::PLACEHOLDER, room).text().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_middle_goes_and_the_ends_stay() {
        let fits = |text: &str| text.chars().count() <= 12;
        assert_eq!(shortened("~/projects/emo_hallo/data", fits), "~/p…llo/data");
        assert_eq!(shortened("~/app", fits), "~/app", "what fits is left as it is");
        assert_eq!(shortened("/家/项目/一个很长的文件夹/数据集/图片", fits), "/家/…夹/数据集/图片");
    }

    proptest! {
        #[test]
        fn it_fits_and_no_letter_more_would(text in "\\PC{0,60}", room in 1_usize..40) {
            let length = |text: &str| text.chars().count();
            let short = shortened(&text, |text| length(text) <= room);
            prop_assert!(length(&short) <= room);
            prop_assert!(length(&short) == length(&text).min(room), "{short}");
        }
    }
}
