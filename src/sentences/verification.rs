//! The sentences of the checks.

use super::{all_said, broken, each_said, path, show_every_variant, text};
use crate::diagnosis::budget::{SetBy, Sums};
use crate::machine::Limit;
use crate::machine::boot::Assignment;
use crate::project::streamlit::{Source, Watcher};
use crate::verification::{
    Added, AppAge, AtBoot, AtBootFacts, Changed, Check, Facts, Holding, HoldsAll, Instances, LimitNow, Outcome,
    QueueNow, Refused, SettingsSeen, Step, Trial, TrialEnd,
};
use jiff::Timestamp;
use rustix::io::Errno;
use strum::IntoEnumIterator as _;

fn at_boot() -> Vec<AtBootFacts> {
    let winner = Assignment { file: path(), line: 3, value: "65536".to_owned() };
    vec![
        AtBootFacts::Set { value: 65_536, winner },
        AtBootFacts::KernelDefault { about: 8_192 },
        AtBootFacts::DefaultUnknown,
        AtBootFacts::Host,
        AtBootFacts::Unreadable(path()),
    ]
}

fn settings() -> Vec<SettingsSeen> {
    let watcher = |effect, unknown_word| SettingsSeen::Watcher {
        value: "auto".to_owned(),
        source: Source::Flag,
        effect,
        unknown_word,
        expected: None,
        beaten: None,
    };
    let mut seen = vec![SettingsSeen::NoScript, SettingsSeen::Unreadable { file: path(), reason: text() }];
    seen.extend(broken().map(|broken| SettingsSeen::Broken { file: path(), broken }));
    seen.extend([watcher(Watcher::Watchdog, false), watcher(Watcher::Poll, false), watcher(Watcher::None, true)]);
    seen
}

fn holds() -> Vec<HoldsAll> {
    vec![
        HoldsAll::All { watches: 40, expected: 40 },
        HoldsAll::All { watches: 0, expected: 0 },
        HoldsAll::Gap { watches: 40, expected: 100, unwatched_count: 60, unwatched: vec![path(); 5] },
        HoldsAll::NotYet { expected: 40 },
        HoldsAll::Loops { fewest: 3, most: 4_200 },
        HoldsAll::Unreadable,
    ]
}

fn ends() -> Vec<TrialEnd> {
    vec![
        TrialEnd::Counted,
        TrialEnd::NoScript,
        TrialEnd::NoPython,
        TrialEnd::NoRoomBeside { pid: 7 },
        TrialEnd::NotStarted { reason: text() },
        TrialEnd::Died { status: text(), said: text() },
        TrialEnd::NoSession { said: text() },
        TrialEnd::SessionClosed { reason: text() },
        TrialEnd::StillRunning,
    ]
}

fn ages() -> Vec<AppAge> {
    let (now, changed) = (Timestamp::UNIX_EPOCH, Changed { path: path(), at: Timestamp::UNIX_EPOCH });
    let age = |started, changed_since, watches| {
        let unaffected = false;
        AppAge { pid: 7, started, changed_since, unaffected, watches, after_restart: 3 }
    };
    let unaffected = AppAge { unaffected: true, ..age(Some(now), None, Some(3)) };
    vec![age(None, None, None), age(Some(now), None, Some(3)), age(Some(now), Some(changed), Some(3)), unaffected]
}

fn facts() -> Vec<Facts> {
    let mut facts = vec![Facts::RunningApps(ages()), Facts::RunningApps(Vec::new()), Facts::HoldsAll(Vec::new())];
    for queue in [None, Some(8_192), Some(65_536)] {
        facts.push(Facts::QueueNow(QueueNow { queue, events: 20_998 }));
    }
    for limit in Limit::ALL {
        let sums = Sums { limit: Some(8_192), set_by: SetBy::Kernel, held: 7_900, need: 500, to_add: 500 };
        let of_namespace = limit == Limit::Instances;
        facts.push(Facts::LimitNow(LimitNow { limit, of_namespace, sums, held_is_a_minimum: true }));
        let (now, wanted) = (Some(524_288), 9_000);
        facts.extend(at_boot().into_iter().map(|found| Facts::AtBoot(AtBoot { limit, now, wanted, found })));
    }
    for errno in [None, Some(Errno::NOSPC), Some(Errno::MFILE)] {
        let refused = errno.map(|errno| Refused { errno, folder: Some(path()) });
        facts.push(Facts::Added(Added { need: 500, held: 3, app: Some(7), added: 9, refused, ..Added::default() }));
        let descriptors = errno == Some(Errno::MFILE);
        facts.push(Facts::Instances(Instances { need: 3, held: 1, added: 1, refused: errno, descriptors }));
    }
    facts.extend(settings().into_iter().map(Facts::Settings));
    facts.extend(holds().into_iter().map(|holds| Facts::HoldsAll(vec![Holding { pid: 7, holds }])));
    facts.extend(ends().into_iter().flat_map(|end| {
        let trial = |error| Trial {
            need: 40,
            watches: 30,
            instances: 1,
            unwatched_count: 10,
            unwatched: vec![path()],
            error,
            end: end.clone(),
        };
        [Facts::Trial(trial(None)), Facts::Trial(trial(Some(text())))]
    }));
    facts
}

#[test]
fn every_check_says_what_it_saw_however_it_ended() {
    for outcome in Outcome::iter() {
        let said = |facts: &Facts, words: &_| {
            let check = Check { outcome, facts: facts.clone() };
            vec![check.title(words), check.sentence(words)]
        };
        all_said(&facts(), said);
    }
    each_said(Outcome::iter(), |outcome, words| vec![outcome.label(words)]);
    each_said(Step::iter(), |step, words| vec![step.sentence(words)]);
}

#[test]
fn the_samples_show_everything_that_a_check_may_see() {
    show_every_variant(&at_boot());
    show_every_variant(&settings());
    show_every_variant(&holds());
    show_every_variant(&ends());
}
