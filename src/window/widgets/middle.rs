//! Text shortened in its middle: of a path both ends tell more than what is between.

use crate::window::theme::Type;
use eframe::egui::{Color32, Ui};

/// `text` as it fits on a line of `width`.
#[must_use]
pub fn fitting(ui: &Ui, text: &str, kind: Type, width: f32) -> String {
    let wide = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), kind.font(), Color32::PLACEHOLDER).size().x;
    shortened(text, |text| wide(text) <= width)
}

/// The longest form of `text` that fits, with "…" in place of its middle; "…" alone where nothing does.
fn shortened(text: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(text) {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let keeping = |count: usize| -> String {
        let (begin, end) = (&letters[..count / 2], &letters[letters.len() - count.div_ceil(2)..]);
        begin.iter().chain(['…'].iter()).chain(end).collect()
    };
    let (mut fitting, mut beyond) = (0, letters.len());
    while beyond - fitting > 1 {
        let middle = fitting.midpoint(beyond);
        if fits(&keeping(middle)) {
            fitting = middle;
        } else {
            beyond = middle;
        }
    }
    keeping(fitting)
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn the_middle_goes_first() {
        let at_most = |most: usize| shortened("/home/米娅/projects/app/Main.py", |text| text.chars().count() <= most);
        assert_eq!(at_most(100), "/home/米娅/projects/app/Main.py");
        assert_eq!(at_most(16), "/home/米…/Main.py");
        assert_eq!(at_most(2), "…y");
        assert_eq!(at_most(0), "…");
    }
}
