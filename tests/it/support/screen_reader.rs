//! Someone who does not see the screen: finds things in a real window by name and role alone, presses them, types, and
//! hears what is announced.

use super::atspi::{Application, Buses, Role, State, Thing};
use super::xvfb::{Display, Program};
use std::path::Path;

/// Starts a program in namespaces of its own, where no other process comes or goes; `tail` holds a watch there.
pub(crate) const APART: [&str; 10] = [
    "unshare",
    "--map-root-user",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
    "sh",
    "-ec",
    "tail -f /etc/hostname >/dev/null & exec \"$@\"",
    "sh",
];

/// A program with a window, and a screen reader.
pub(crate) struct ScreenReader<'a> {
    pub(crate) program: Program<'a>,
    pub(crate) display: &'a Display,
    buses: &'a Buses,
    application: Application<'a>,
    heard: Vec<String>,
}

impl<'a> ScreenReader<'a> {
    /// Opens the program's window with `home` as its home, in this language (as in `LANG`).
    pub(crate) fn open(display: &'a Display, buses: &'a Buses, home: &Path, language: &str) -> Self {
        Self::open_through(&[], display, buses, home, language)
    }

    /// The same, with the program started through `wrapper`.
    pub(crate) fn open_through(
        wrapper: &[&str],
        display: &'a Display,
        buses: &'a Buses,
        home: &Path,
        language: &str,
    ) -> Self {
        let variables = [("DBUS_SESSION_BUS_ADDRESS", buses.address()), ("LANG", language)];
        let program = display.open_through(wrapper, home, &variables);
        let application = buses.application();
        let mut reader = Self { program, display, buses, application, heard: Vec::new() };
        reader.waits_until("the window is told of", |reader| {
            reader.things().iter().any(|thing| thing.role == Role::Heading)
        });
        reader
    }

    /// Everything in the window, in the order in which it is read.
    pub(crate) fn things(&self) -> Vec<Thing> {
        self.application.things()
    }

    /// Everything that the keyboard can reach. The window itself has it where nothing else does.
    pub(crate) fn controls(&self) -> Vec<Thing> {
        let reached = |thing: &Thing| thing.is(State::Focusable) && thing.role != Role::Frame;
        self.things().into_iter().filter(reached).collect()
    }

    /// The one thing of this role and name, where it is there.
    pub(crate) fn find(&self, role: Role, name: &str) -> Option<Thing> {
        let mut found = self.things().into_iter().filter(|thing| thing.role == role && thing.name == name);
        found.next().inspect(|_| assert!(found.next().is_none(), "there is one {role:?} “{name}”"))
    }

    /// Whether a thing of this role and name is in this state.
    pub(crate) fn is(&self, role: Role, name: &str, state: State) -> bool {
        self.find(role, name).is_some_and(|thing| thing.is(state))
    }

    /// Whether something of this name is there to be read.
    pub(crate) fn reads(&self, name: &str) -> bool {
        self.things().iter().any(|thing| thing.name == name)
    }

    /// The page's one heading.
    pub(crate) fn heading(&self) -> String {
        let headings: Vec<Thing> = self.things().into_iter().filter(|thing| thing.role == Role::Heading).collect();
        let [heading] = headings.as_slice() else { panic!("every page has one heading, not {headings:?}") };
        heading.name.clone()
    }

    /// The thing of this role and name; waits for it.
    #[track_caller]
    pub(crate) fn waits_for(&mut self, role: Role, name: &str) -> Thing {
        let mut found = None;
        self.waits_until(&format!("there is a {role:?} “{name}”"), |reader| {
            found = reader.find(role, name);
            found.is_some()
        });
        found.expect("just found")
    }

    /// Presses the one thing of this role and name, as soon as it can be pressed.
    #[track_caller]
    pub(crate) fn press(&mut self, role: Role, name: &str) {
        self.waits_until(&format!("the {role:?} “{name}” can be pressed"), |reader| {
            let found = reader.find(role, name).filter(|thing| thing.is(State::Sensitive));
            found.is_some_and(|thing| reader.application.press(&thing))
        });
    }

    /// Presses the first thing of this role and name, as soon as it can be pressed.
    #[track_caller]
    pub(crate) fn press_first(&mut self, role: Role, name: &str) {
        self.waits_until(&format!("a {role:?} “{name}” can be pressed"), |reader| {
            let wanted = |thing: &Thing| thing.role == role && thing.name == name && thing.is(State::Sensitive);
            reader.things().iter().find(|thing| wanted(thing)).is_some_and(|thing| reader.application.press(thing))
        });
    }

    /// Puts the keyboard on the one thing of this role and name.
    #[track_caller]
    pub(crate) fn focus(&mut self, role: Role, name: &str) {
        self.waits_until(&format!("the keyboard can go to “{name}”"), |reader| {
            reader.find(role, name).is_some_and(|thing| reader.application.focus(&thing))
        });
        self.waits_until(&format!("the keyboard is on “{name}”"), |reader| reader.is(role, name, State::Focused));
    }

    /// Writes into a field, as a screen reader does it for those who dictate.
    #[track_caller]
    pub(crate) fn writes(&mut self, field: &str, text: &str) {
        self.waits_until(&format!("“{field}” can be written to"), |reader| {
            reader.find(Role::Entry, field).is_some_and(|thing| reader.application.set_text(&thing, text))
        });
        self.waits_until(&format!("“{text}” stands in “{field}”"), |reader| reader.stands_in(field, text));
    }

    /// Goes to a field by keyboard and types into it.
    #[track_caller]
    pub(crate) fn types(&mut self, field: &str, text: &str) {
        self.focus(Role::Entry, field);
        self.program.types(text);
        self.waits_until(&format!("“{text}” stands in “{field}”"), |reader| reader.stands_in(field, text));
    }

    /// Whether exactly this stands in a field.
    pub(crate) fn stands_in(&self, field: &str, text: &str) -> bool {
        self.find(Role::Entry, field).and_then(|thing| self.application.text(&thing)).as_deref() == Some(text)
    }

    /// Left, top, width, height of a thing in the window.
    pub(crate) fn place(&self, thing: &Thing) -> Option<(i32, i32, i32, i32)> {
        self.application.place(thing)
    }

    /// Where the keyboard is.
    pub(crate) fn focused(&self) -> Option<Thing> {
        self.things().into_iter().find(|thing| thing.is(State::Focused) && thing.role != Role::Frame)
    }

    /// Waits until this is announced, and forgets what was announced before it.
    #[track_caller]
    pub(crate) fn hears(&mut self, what: &str) {
        self.waits_until(&format!("“{what}” is announced"), |reader| {
            reader.heard.extend(reader.buses.announced());
            let place = reader.heard.iter().position(|heard| heard.contains(what));
            place.map(|place| reader.heard.drain(..=place)).is_some()
        });
    }

    /// What was announced and not waited for.
    pub(crate) fn heard(&mut self) -> Vec<String> {
        self.heard.extend(self.buses.announced());
        std::mem::take(&mut self.heard)
    }

    /// Waits until it is so; where it never is, tells what the window tells.
    #[track_caller]
    pub(crate) fn waits_until(&mut self, what: &str, mut so: impl FnMut(&mut Self) -> bool) {
        let waited = super::xvfb::Waited::begin();
        while !so(self) {
            self.program.still_runs(what);
            waited.a_moment(|| {
                let things = self.things();
                let read: Vec<String> =
                    things.iter().map(|thing| format!("{:?} “{}”", thing.role, thing.name)).collect();
                format!("{what}. The window tells:\n{}\nHeard: {:?}", read.join("\n"), self.heard)
            });
        }
    }
}
