//! Someone who presses things, with the mouse or by keyboard alone; each press is counted.

use crate::support::atspi::{Role, State, Thing};
use crate::support::screen_reader::ScreenReader;
use crate::support::xvfb::Display;
use std::path::Path;

/// How things are pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// A real pointer, moved to where the thing is told to be.
    Mouse,
    /// Tab until it has the keyboard, then Enter.
    Keyboard,
}

/// Height of what stays in place at the top and at the bottom of the window, in pixels; the page scrolls between.
const TOP: i32 = 60;
const BOTTOM: i32 = 80;

/// Names a folder: a picture of the screen is kept there before each press, for people to look at.
const PICTURES: &str = "INOTIFY_DOCTOR_TEST_PICTURES";

/// Width and height of the screen in pixels, as coordinates.
fn screen() -> (i32, i32) {
    let pixels = |length: usize| i32::try_from(length).expect("a screen is smaller");
    (pixels(Display::SIZE.0), pixels(Display::SIZE.1))
}

/// Someone in front of the window.
pub(super) struct Hand<'r, 'a> {
    pub(super) reader: &'r mut ScreenReader<'a>,
    pub(super) presses: usize,
    input: Input,
}

impl<'r, 'a> Hand<'r, 'a> {
    pub(super) fn new(reader: &'r mut ScreenReader<'a>, input: Input) -> Self {
        Self { reader, presses: 0, input }
    }

    /// Presses the thing of this role and name, as soon as it can be pressed.
    #[track_caller]
    pub(super) fn press(&mut self, role: Role, name: &str) {
        self.presses += 1;
        self.reader.waits_until(&format!("the {role:?} “{name}” can be pressed"), |reader| {
            reader.find(role, name).is_some_and(|thing| thing.is(State::Sensitive))
        });
        if let Some(folder) = std::env::var_os(PICTURES) {
            let test = std::thread::current().name().unwrap_or_default().replace("::", "-");
            let file = format!("{test}-{}-{:02}.png", self.reader.program.pid(), self.presses);
            self.reader.display.keep(&Path::new(&folder).join(file));
        }
        match self.input {
            Input::Mouse => self.click(role, name),
            Input::Keyboard => self.tab_and_enter(role, name),
        }
    }

    fn tab_and_enter(&mut self, role: Role, name: &str) {
        let here =
            |reader: &ScreenReader<'_>| reader.focused().is_some_and(|thing| thing.role == role && thing.name == name);
        // Tab alone leads there, whatever has the keyboard now.
        while !here(self.reader) {
            let before = self.reader.focused().map(|thing| thing.path);
            self.reader.program.presses("Tab");
            self.reader.waits_until(&format!("Tab leads on, to “{name}”"), |reader| {
                reader.focused().is_some_and(|thing| Some(thing.path) != before)
            });
        }
        self.reader.program.presses("Return");
    }

    fn click(&mut self, role: Role, name: &str) {
        let (width, height) = screen();
        let mut at = (0, 0);
        let mut before = None;
        self.reader.waits_until(&format!("“{name}” rests where the pointer reaches it"), |reader| {
            let place = reader.find(role, name).and_then(|thing| reader.place(&thing));
            // What still moves would be missed.
            let rests = place.is_some() && std::mem::replace(&mut before, place) == place;
            let Some((left, top, wide, high)) = place.filter(|_| rests) else { return false };
            at = (left + wide / 2, top + high / 2);
            if at.1 < TOP || at.1 > height - BOTTOM {
                let up = at.1 < TOP;
                reader.program.turns_the_wheel((width * 2 / 3, height / 2), up);
                before = None;
                return false;
            }
            true
        });
        self.reader.program.clicks(at);
    }

    /// Where a thing is must be in view without scrolling.
    #[track_caller]
    pub(super) fn sees(&self, thing: &Thing) {
        let (_, top, _, height) = self.reader.place(thing).expect("it has a place");
        let inside = top >= 0 && top + height <= screen().1;
        assert!(inside, "“{}” is in view, not at {top} + {height}", thing.name);
    }
}
