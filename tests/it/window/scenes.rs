//! Every page of the window with facts that stay the same, for the tests that look at all of them.

use super::fixtures;
use super::person::{Opened, Person};
use eframe::egui::{Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT;
use inotify_doctor::survey::Request;
use inotify_doctor::window::settings::{ThemeChoice, WindowSettings};
use inotify_doctor::window::state::{Tab, WizardStep};
use inotify_doctor::words::Language;

/// A page, or a state of it that looks different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scene {
    Project,
    /// The diagnosis before its details are opened.
    Judgement,
    Diagnosis(Tab),
    Fix,
    Verify,
    Checked,
    About,
}

impl Scene {
    /// All of them; from one to the next is a step forward.
    pub(super) const ALL: [Self; 10] = [
        Self::Project,
        Self::Judgement,
        Self::Diagnosis(Tab::Processes),
        Self::Diagnosis(Tab::Folders),
        Self::Diagnosis(Tab::Settings),
        Self::Diagnosis(Tab::System),
        Self::Fix,
        Self::Verify,
        Self::Checked,
        Self::About,
    ];

    const fn step(self) -> WizardStep {
        match self {
            Self::Project => WizardStep::Project,
            Self::Judgement | Self::Diagnosis(_) => WizardStep::Diagnosis,
            Self::Fix => WizardStep::Fix,
            Self::Verify | Self::Checked | Self::About => WizardStep::Verify,
        }
    }
}

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    English,
    Chinese,
    /// Of a language whose words are 40 % longer than English ones.
    Longer,
}

impl Reader {
    /// Opens the window with the app that misses folders.
    pub(super) fn opens(self, theme: ThemeChoice, size: [f32; 2]) -> Person {
        self.comes(theme, size, Opened::default().request).shown(fixtures::starved())
    }

    /// Opens the window as it is for whoever asks for `request`.
    pub(super) fn comes(self, theme: ThemeChoice, size: [f32; 2], request: Request) -> Person {
        let language = if self == Self::Chinese { Language::Chinese } else { Language::English };
        let settings = WindowSettings { theme, ..WindowSettings::default() };
        let longer = self == Self::Longer;
        let mut person = Opened { language, settings, size, longer, request, ..Opened::default() }.open();
        person.waits_until("the language is spoken", |person| person.harness.state().language() == language);
        person
    }
}

/// Opens what is closed on the second step, in whatever language.
fn opens_the_details(person: &mut Person) {
    let closed = |person: &Person, act: fn(&Node<'_>)| {
        let mut all = person.harness.root().children_recursive();
        let details = all.find(|node| node.accesskit_node().data().is_expanded() == Some(false));
        act(&details.expect("the details are closed"));
    };
    closed(person, |details| details.scroll_to_me());
    person.look();
    closed(person, |details| details.click());
    person.look();
}

/// Goes on to `scene`; the scenes come in their order.
pub(super) fn go(person: &mut Person, scene: Scene) {
    while person.harness.state().state().step != scene.step() {
        person.keys(Modifiers::ALT, Key::ArrowRight);
    }
    if matches!(scene, Scene::Diagnosis(_)) && !person.harness.state().state().diagnosis.details {
        opens_the_details(person);
    }
    match scene {
        Scene::Judgement => {
            person.waits_until("the offers are made", |person| person.harness.state().state().fix.is_current());
        }
        // Going to a tab scrolls to it: the one that is open is left where it is.
        Scene::Diagnosis(tab) if person.harness.state().state().diagnosis.tab == tab => {}
        Scene::Diagnosis(tab) => {
            let place = Tab::ALL.into_iter().position(|other| other == tab).expect("one of all");
            person.press_tab_at(WizardStep::ALL.len() + place);
        }
        Scene::Fix => {
            person.waits_until("the offers are made", |person| person.harness.state().state().fix.is_current());
        }
        Scene::Checked => {
            person.harness.state_mut().show_checks(fixtures::checks());
            person.look();
        }
        Scene::About => person.keys(Modifiers::NONE, Key::F1),
        Scene::Project | Scene::Verify => {}
    }
}
