//! No two sentences of a page contradict each other, whatever the facts are; and no page asks for two things at once or
//! talks more than a tired person reads. The states are generated, each page is read as a screen reader reads it.

use super::fixtures::{self, APP};
use super::person::{Opened, Person, label};
use eframe::egui::accesskit::Role;
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT, Queryable};
use inotify_doctor::machine::Limit;
use inotify_doctor::machine::boot::{Assignment, BootLimit};
use inotify_doctor::machine::environment::Pkexec;
use inotify_doctor::project::streamlit::queue::QueueLoad;
use inotify_doctor::project::streamlit::{Gap, Watcher};
use inotify_doctor::survey::Survey;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Words that may stand before the details of the diagnosis.
const MOST_WORDS: usize = 110;

/// Words on the step Fix, with the recommended card open, and on the step Verify once the checks were run: 286 and 115
/// with the large project, and a few more.
const MOST_WORDS_TO_FIX: usize = 300;
const MOST_WORDS_TO_VERIFY: usize = 125;

/// Pairs of sentences that must not stand on one page.
const OF_A_PAGE: [(&str, &str); 9] = [
    ("Nothing is wrong.", "Fix it"),
    ("Nothing is wrong.", "Recommended"),
    ("Nothing is wrong.", "missing for your project"),
    ("the limit is too low", "Nothing has to be fixed"),
    ("the limit is too low", "the limit suffices now"),
    ("the event queue is too short", "Nothing has to be fixed"),
    ("One act is left", "It is fixed."),
    ("It is fixed.", "failed"),
    ("Nothing was changed by this program", "can be undone on the step Fix"),
];

/// Pairs of sentences that must not stand on one card.
const OF_A_CARD: [(&str, &str); 13] = [
    ("Restart the app", "no restart needed"),
    ("until made anew", "survives a reboot"),
    ("this launch only", "survives a reboot"),
    ("until the reboot", "survives a reboot"),
    ("needs administrator", "no administrator"),
    ("hot reload kept", "no hot reload"),
    ("hot reload kept", "at most"),
    ("watches after:", "not known"),
    ("Nothing to do:", "needs administrator"),
    ("Nothing to do:", "watches after:"),
    ("Nothing to do:", "Keep the limit"),
    ("It is so already", "watches after:"),
    ("This is still too low", "hot reload kept"),
];

/// Facts that decide what is said.
#[derive(Clone, Debug)]
struct Facts {
    limit: u64,
    held_by_others: u64,
    need: u64,
    /// Share of the need that the app holds, in quarters; `None`: no app runs.
    holds: Option<u64>,
    queue_is_short: bool,
    watcher: Watcher,
    polled_files: u64,
    at_boot: Option<u64>,
    pkexec: bool,
    container: bool,
}

fn facts() -> impl Strategy<Value = Facts> {
    let limit = prop::sample::select(vec![1_024_u64, 2_048, 8_192, 65_536, 524_288]);
    let need = prop::sample::select(vec![40_u64, 3_764, 41_233]);
    let others = prop::sample::select(vec![0_u64, 88, 1_500, 60_000]);
    let watcher = prop_oneof![4 => Just(Watcher::Watchdog), 1 => Just(Watcher::Poll), 1 => Just(Watcher::None)];
    let at_boot = prop::option::of(prop::sample::select(vec![8_192_u64, 65_536, 524_288]));
    let rest = (prop::option::of(0..=4_u64), any::<bool>(), prop::sample::select(vec![0_u64, 3, 50, 150]));
    (limit, need, others, watcher, at_boot, rest, any::<bool>(), any::<bool>()).prop_map(
        |(limit, need, others, watcher, at_boot, (holds, queue_is_short, polled_files), pkexec, container)| Facts {
            limit,
            held_by_others: others.min(limit),
            need,
            holds,
            queue_is_short,
            watcher,
            polled_files,
            at_boot,
            pkexec,
            container,
        },
    )
}

/// The large project with these facts.
fn survey(facts: &Facts) -> Survey {
    let mut survey = fixtures::starved();
    let room = facts.limit - facts.held_by_others;
    let held = facts.holds.map_or(0, |quarters| (facts.need * quarters / 4).min(room));
    let machine = &mut survey.machine;
    machine.limits = fixtures::limits(facts.limit);
    machine.boot.watches = BootLimit::default();
    machine.boot.watches.value = facts.at_boot;
    machine.boot.watches.winner = facts.at_boot.map(|value| Assignment {
        file: "/etc/sysctl.d/60-inotify.conf".into(),
        line: 1,
        value: value.to_string(),
    });
    if !facts.pkexec {
        machine.environment.pkexec = Pkexec::NotInstalled;
    }
    machine.environment.container = facts.container.then(|| "Docker".to_owned());
    let processes = &mut machine.holders.processes;
    processes.retain(|process| process.pid == APP && facts.holds.is_some());
    for app in processes.iter_mut() {
        (app.watches, app.charged_watches) = (held, held);
    }
    machine.holders.account.watches = held + facts.held_by_others;
    let project = survey.project.as_mut().expect("there is a project");
    let streamlit = project.streamlit.as_mut().expect("Streamlit is known");
    let watches = facts.watcher == Watcher::Watchdog;
    streamlit.watcher = facts.watcher;
    streamlit.need.watches = if watches { facts.need } else { 0 };
    streamlit.need.polled_files = facts.polled_files;
    if facts.queue_is_short && watches {
        let load = QueueLoad { listed: 6_000, largest_root: 6_000, in_one_root: 6_000, outermost: 1, rebuilds: true };
        streamlit.need.queue = load;
    }
    let next = streamlit.clone();
    if facts.holds.is_none() {
        project.running.clear();
    }
    for app in &mut project.running {
        let expected = next.need.watches;
        let unwatched = expected.saturating_sub(held);
        app.watches = held;
        app.gap = Some(Gap { expected, unwatched_count: unwatched, unwatched: Vec::new() });
        app.next = Some(next.clone());
    }
    survey
}

fn names(node: Node<'_>) -> Vec<String> {
    let described = node.accesskit_node().data().description().map(str::to_owned);
    let inner = node.children_recursive().filter_map(|node| label(&node));
    label(&node).into_iter().chain(described).chain(inner).collect()
}

/// Everything that is to be read on the screen, announcements apart.
pub(super) fn page(person: &Person) -> Vec<String> {
    let all = person.harness.root().children_recursive();
    all.filter(|node| node.accesskit_node().role() != Role::Status).filter_map(|node| label(&node)).collect()
}

fn contradictions(said: &[String], pairs: &[(&str, &str)]) -> Vec<String> {
    let says = |part: &str| said.iter().find(|one| one.contains(part));
    let both = pairs.iter().filter_map(|(one, other)| Some((says(one)?, says(other)?)));
    both.map(|(one, other)| format!("“{one}” beside “{other}”")).collect()
}

/// Buttons that lead on.
fn primary(person: &Person) -> Vec<String> {
    let all = person.harness.root().children_recursive();
    let primary = |node: &Node<'_>| node.accesskit_node().data().class_name() == Some("primary");
    all.filter(primary).filter_map(|node| label(&node)).collect()
}

/// Words from the heading to the details.
fn words_before_details(person: &Person) -> usize {
    words_above(person, person.harness.get_by_label("Details").rect().top())
}

/// Words of the page, from its heading to its last line.
fn words_of_page(person: &Person) -> usize {
    words_above(person, person.harness.get_by_label("Back").rect().top())
}

fn words_above(person: &Person, end: f32) -> usize {
    let all = person.harness.root().children_recursive();
    let left = person.harness.query_all_by_role(Role::Heading).next().expect("there is a heading").rect().left();
    let top = person.harness.query_all_by_role(Role::Heading).next().expect("there is a heading").rect().top();
    let on_the_page = |node: &Node<'_>| {
        let rect = node.rect();
        rect.top() >= top - 1.0 && rect.bottom() <= end + 1.0 && rect.left() >= left - 40.0
    };
    // A label's text is told once more as the runs of its letters.
    let unspoken = [Role::Status, Role::TextRun];
    let spoken = all.filter(|node| !unspoken.contains(&node.accesskit_node().role()));
    let spoken = spoken.filter(|node| node.accesskit_node().bounding_box().is_some()).filter(on_the_page);
    let said: Vec<String> = spoken.filter_map(|node| label(&node)).collect();
    said.iter().map(|said| said.split_whitespace().count()).sum()
}

/// Reads the pages of one state; what is wrong with them.
fn faults(person: &mut Person, facts: &Facts) -> Vec<String> {
    let mut faults = Vec::new();
    person.harness.state_mut().show(survey(facts));
    for step in ["Diagnosis", "Fix", "Verify"] {
        person.press_tab(step);
        person.waits_until("the plans are made", |person| person.harness.state().state().fix.is_current());
        let of_page = contradictions(&page(person), &OF_A_PAGE);
        faults.extend(of_page.into_iter().map(|fault| format!("{step}: {fault}")));
        let leads_on = primary(person);
        if leads_on.len() > 1 {
            faults.push(format!("{step}: more than one button leads on: {leads_on:?}"));
        }
        match step {
            "Diagnosis" => {
                let words = words_before_details(person);
                if words > MOST_WORDS {
                    faults.push(format!("Diagnosis: {words} words before the details: {:#?}", page(person)));
                }
            }
            "Fix" => faults.extend(cards(person, facts)),
            _ => {}
        }
    }
    faults
}

/// What is wrong with the cards of the step Fix.
fn cards(person: &Person, facts: &Facts) -> Vec<String> {
    let mut faults = Vec::new();
    let all = person.harness.root().children_recursive();
    for card in all.filter(|node| node.accesskit_node().data().is_expanded().is_some()) {
        let said = names(card);
        faults.extend(contradictions(&said, &OF_A_CARD).into_iter().map(|fault| format!("{}: {fault}", said[0])));
        let raises = said[0].starts_with("Raise") || said[0].starts_with("Lengthen") || said[0].starts_with("Keep");
        // The figure stands after its label or before it, as both are set from the right.
        let figures = said.iter().filter_map(|one| one.replace(',', "").parse::<u64>().ok());
        for figure in figures.filter(|figure| !raises && *figure > facts.limit) {
            faults.push(format!("{}: {figure} watches are promised beyond the limit of {}", said[0], facts.limit));
        }
    }
    faults
}

#[test]
fn no_page_contradicts_itself_and_none_asks_for_two_things() {
    let mut person = Opened { size: [1120.0, 3000.0], ..Opened::default() }.open().shown(fixtures::starved());
    let config = Config { failure_persistence: None, cases: 64, max_shrink_iters: 40, ..Config::default() };
    let person = std::cell::RefCell::new(&mut person);
    let outcome = TestRunner::new(config).run(&facts(), |facts| {
        let faults = faults(&mut person.borrow_mut(), &facts);
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// The recommended card alone is open; what else can be done is a sentence each.
#[test]
fn the_steps_fix_and_verify_are_no_walls_of_words() {
    let mut person = Opened { size: [1120.0, 3000.0], ..Opened::default() }.open().shown(fixtures::starved());
    person.press_tab("Fix");
    person.waits_until("the plans are made", |person| person.harness.state().state().fix.is_current());
    let fix = words_of_page(&person);
    assert!(fix <= MOST_WORDS_TO_FIX, "{fix} words on the step Fix: {:#?}", page(&person));
    person.press_tab("Verify");
    person.harness.state_mut().show_checks(fixtures::checks());
    person.look();
    let verify = words_of_page(&person);
    assert!(verify <= MOST_WORDS_TO_VERIFY, "{verify} words on the step Verify: {:#?}", page(&person));
}

/// The generator itself makes states of every kind.
#[test]
fn the_fixture_judges_as_its_facts_say() {
    let well = Facts {
        limit: 524_288,
        held_by_others: 88,
        need: 3_764,
        holds: Some(4),
        queue_is_short: false,
        watcher: Watcher::Watchdog,
        polled_files: 3,
        at_boot: Some(524_288),
        pkexec: true,
        container: false,
    };
    let judged = |facts: &Facts| inotify_doctor::diagnosis::judge(&survey(facts));
    let ids = |facts: &Facts| judged(facts).findings.iter().map(|finding| finding.id()).collect::<Vec<_>>();
    assert!(ids(&well).contains(&"all-good"), "{:?}", ids(&well));
    let short = Facts { limit: 2_048, holds: Some(1), ..well };
    assert!(ids(&short).contains(&"silent-gap"), "{:?}", ids(&short));
    let queue = Facts { queue_is_short: true, ..well };
    assert!(ids(&queue).contains(&"queue-too-short"), "{:?}", ids(&queue));
    assert_eq!(survey(&well).machine.limits.get(Limit::Watches), Some(524_288));
}

#[test]
fn the_ways_out_of_a_short_queue_stand_side_by_side() {
    let facts = Facts {
        limit: 65_536,
        held_by_others: 0,
        need: 6_000,
        holds: None,
        queue_is_short: true,
        watcher: Watcher::Watchdog,
        polled_files: 26,
        at_boot: Some(65_536),
        pkexec: true,
        container: false,
    };
    let mut person = Person::at_the_window().shown(survey(&facts));
    person.press("Fix");
    person.waits_until("the ways are compared", |person| person.sees("The ways side by side"));
    let said = page(&person).join("\n");
    for cell in
        ["What it costs", "Survives a reboot", "One password.", "The queue holds 65,536 events", "Fewer directories"]
    {
        assert!(said.contains(cell), "{cell}: {said}");
    }
}
