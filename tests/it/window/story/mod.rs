//! The whole story: a real app in trouble, and someone who mends it in a real window in three presses, by what stands
//! there alone. Four troubles, two languages, mouse or keyboard, two versions of Streamlit: a selection in which each
//! comes up is played always, all of them with `--include-ignored`.

mod by_hand;
mod hand;
mod names;
mod report;
mod states;
mod world;

use crate::support::atspi::{Buses, Role};
use crate::support::screen_reader::ScreenReader;
use hand::{Hand, Input};
use names::{Names, Tongue};
use states::{Play, Trouble, Version};
use world::in_a_namespace;

/// One way through the story of a trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    tongue: Tongue,
    input: Input,
    version: Version,
}

/// The ways that are always played: each trouble, language, input and version comes up.
const ALWAYS: [(Trouble, Run); 4] = [
    (Trouble::Watches, Run { tongue: Tongue::English, input: Input::Mouse, version: Version::V157 }),
    (Trouble::Queue, Run { tongue: Tongue::Chinese, input: Input::Keyboard, version: Version::V167 }),
    (Trouble::Instances, Run { tongue: Tongue::Chinese, input: Input::Mouse, version: Version::V167 }),
    (Trouble::Settings, Run { tongue: Tongue::English, input: Input::Keyboard, version: Version::V157 }),
];

fn plays_what_is_always_played(trouble: Trouble) {
    ALWAYS.iter().filter(|(of, _)| *of == trouble).for_each(|(_, run)| play(trouble, *run));
}

fn plays_all(trouble: Trouble) {
    for version in [Version::V167, Version::V157] {
        for tongue in [Tongue::English, Tongue::Chinese] {
            for input in [Input::Mouse, Input::Keyboard] {
                play(trouble, Run { tongue, input, version });
            }
        }
    }
}

#[test]
fn an_app_that_ran_out_of_watches_is_mended_and_proved_from_the_window() {
    in_a_namespace(Trouble::Watches.limits(), || plays_what_is_always_played(Trouble::Watches));
}

#[test]
fn an_app_that_loops_is_mended_by_keyboard_alone_and_rests() {
    in_a_namespace(Trouble::Queue.limits(), || plays_what_is_always_played(Trouble::Queue));
}

#[test]
fn an_app_that_got_no_instance_is_mended() {
    in_a_namespace(Trouble::Instances.limits(), || plays_what_is_always_played(Trouble::Instances));
}

#[test]
fn a_settings_file_that_is_ignored_is_mended_and_heeded() {
    in_a_namespace(Trouble::Settings.limits(), || plays_what_is_always_played(Trouble::Settings));
}

#[test]
#[ignore = "two minutes: every language, input and version; a selection is played without it"]
fn watches_are_short_in_every_way() {
    in_a_namespace(Trouble::Watches.limits(), || plays_all(Trouble::Watches));
}

#[test]
#[ignore = "two minutes: every language, input and version; a selection is played without it"]
fn the_queue_is_short_in_every_way() {
    in_a_namespace(Trouble::Queue.limits(), || plays_all(Trouble::Queue));
}

#[test]
#[ignore = "two minutes: every language, input and version; a selection is played without it"]
fn instances_are_short_in_every_way() {
    in_a_namespace(Trouble::Instances.limits(), || plays_all(Trouble::Instances));
}

#[test]
#[ignore = "two minutes: every language, input and version; a selection is played without it"]
fn the_settings_file_is_broken_in_every_way() {
    in_a_namespace(Trouble::Settings.limits(), || plays_all(Trouble::Settings));
}

#[test]
fn every_trouble_language_input_and_version_is_among_what_is_always_played() {
    let has = |so: &dyn Fn(&(Trouble, Run)) -> bool| ALWAYS.iter().any(so);
    for trouble in [Trouble::Watches, Trouble::Queue, Trouble::Instances, Trouble::Settings] {
        assert!(has(&|(of, run)| *of == trouble && trouble.happens_with(run.version)), "{trouble:?}");
    }
    for tongue in [Tongue::English, Tongue::Chinese] {
        assert!(has(&|(_, run)| run.tongue == tongue), "{tongue:?}");
    }
    for input in [Input::Mouse, Input::Keyboard] {
        assert!(has(&|(_, run)| run.input == input), "{input:?}");
    }
    for version in [Version::V167, Version::V157] {
        assert!(has(&|(_, run)| run.version == version), "{version:?}");
    }
}

/// Plays one story from the error to the end of the window.
fn play(trouble: Trouble, run: Run) {
    world::nothing_of_the_machine_can_be_changed();
    let (display, buses) = (world::display(), Buses::start());
    let play = Play::begin(trouble, run.version);
    let names = run.tongue.names();
    let mut reader = ScreenReader::open(&display, &buses, &play.app.project.path("home"), names.locale);
    // Someone who has the line at hand reads what it means, and goes on.
    if (trouble, run.version, run.tongue) == (Trouble::Watches, Version::V157, Tongue::English) {
        let error = play.app.waits_for_the_error();
        reader.writes("Have an error message?", &error);
        reader.hears("A program asked for a watch and your account had none left.");
    }
    let mut hand = Hand::new(&mut reader, run.input);
    if trouble.happens_with(run.version) {
        three_presses(&mut hand, &play, trouble, run.tongue);
        let (second, _tab) = play.is_over();
        if (trouble, run.tongue) == (Trouble::Watches, Tongue::English) {
            report::is_true(hand.reader, &play, second);
        }
        hand.press(Role::PushButton, names.done);
    } else {
        is_told_that_all_is_well(&mut hand, &play, run.tongue);
        hand.reader.program.presses("ctrl+q");
    }
    assert!(reader.program.end().success(), "the window closes without an error");
}

/// The card of the app on the first step.
fn card(play: &Play, tongue: Tongue) -> String {
    format!("streamlit {}{}{}", play.app.arguments().join(" "), tongue.names().process, play.first)
}

/// From the app's card to "It is fixed." in three presses.
fn three_presses(hand: &mut Hand<'_, '_>, play: &Play, trouble: Trouble, tongue: Tongue) {
    let names = tongue.names();
    let judgement = tongue.judgement(trouble, play.missed());
    hand.press(Role::ToggleButton, &card(play, tongue));
    hand.reader
        .waits_until(&format!("“{judgement}” is the heading"), |reader| reader.heading().contains(&judgement));
    let remedy = trouble.remedy(names);
    hand.reader.waits_until(&format!("“{remedy}” is recommended"), |reader| reader.reads(remedy));
    hand.press(Role::PushButton, names.fix_it);
    hand.reader.hears(names.written);
    hand.reader.hears(names.one_act_left);
    hand.press(Role::PushButton, names.restart);
    hand.reader.hears(names.restarted);
    is_fixed(hand.reader, names);
    assert_eq!(hand.presses, 3, "its card, Fix it, Restart the app");
    let done = hand.reader.waits_for(Role::PushButton, names.done);
    hand.sees(&done);
}

/// It is said, by the page and by nothing that stands against it.
fn is_fixed(reader: &mut ScreenReader<'_>, names: &Names) {
    reader.hears(names.fixed);
    assert_eq!(reader.heading(), names.fixed);
    assert!(!reader.reads(names.failed), "nothing failed: {:#?}", reader.things());
}

/// Where nothing is wrong, the page says so first and sells nothing.
fn is_told_that_all_is_well(hand: &mut Hand<'_, '_>, play: &Play, tongue: Tongue) {
    let names = tongue.names();
    hand.press(Role::ToggleButton, &card(play, tongue));
    hand.reader.waits_until("all is well", |reader| reader.heading() == names.nothing_wrong);
    assert!(hand.reader.find(Role::PushButton, names.fix_it).is_none(), "there is nothing to mend");
}
