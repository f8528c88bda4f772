//! Secrets of every known shape, planted in every known place: none may survive in any form of a report.

mod places;
mod shapes;

use super::{fixture, rendered, report_on};
use inotify_doctor::machine::Kind;
use inotify_doctor::project::LogHit;
use inotify_doctor::report::Format;
use inotify_doctor::survey::Survey;
use inotify_doctor::words::Language;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;
use std::path::PathBuf;

/// A place, and the pattern of the secrets that are planted there.
type Planting = (String, &'static str);

/// Every place with each secret that belongs there.
fn plantings() -> Vec<Planting> {
    let [word, slashed, odd, digits, hex] = shapes::PLAIN.map(|(_, pattern)| pattern);
    let mut plantings: Vec<Planting> =
        places::FOR_A_WORD.iter().flat_map(|place| [word, hex].map(|pattern| ((*place).to_owned(), pattern))).collect();
    for place in places::FOR_ANY_PASSWORD {
        plantings.extend([slashed, odd, digits].map(|pattern| (place.to_owned(), pattern)));
    }
    for (_, token) in shapes::TOKENS {
        plantings.extend(places::FOR_A_TOKEN.map(|place| (place.to_owned(), token)));
        // A key in Base64 may hold slashes: between those of a path, nothing tells where it begins.
        if !token.contains('/') {
            plantings.extend(places::IN_A_PATH.map(|place| (place.to_owned(), token)));
        }
    }
    for hook in shapes::HOOKS {
        plantings
            .extend(["app {}", "app --hook={}", "posting·to·{}·failed"].map(|place| (place.replace("{}", hook), word)));
    }
    plantings.extend(places::NAMES.map(|(place, pattern)| (place.to_owned(), pattern)));
    plantings
}

/// About one of each kind, to be counted: the places, the shapes, the addresses and the names.
fn table() -> Vec<Planting> {
    let [word, slashed, ..] = shapes::PLAIN.map(|(_, pattern)| pattern);
    let mut table: Vec<Planting> = places::FOR_A_WORD.map(|place| (place.to_owned(), word)).to_vec();
    table.extend(places::FOR_ANY_PASSWORD.map(|place| (place.to_owned(), slashed)));
    table.extend(shapes::TOKENS.map(|(_, token)| ("app {}".to_owned(), token)));
    table.extend(shapes::HOOKS.map(|hook| (format!("app {hook}"), word)));
    table.extend(places::NAMES.map(|(place, pattern)| (place.to_owned(), pattern)));
    table
}

/// Draws a secret that matches `pattern`.
fn drawn(pattern: &str, runner: &mut TestRunner) -> String {
    let strategy = string_regex(pattern).expect("the patterns of shapes are valid");
    strategy.new_tree(runner).expect("a secret can be drawn").current()
}

/// The text with the secret in its place; the other parts of an address are drawn from `secret`'s digits.
fn planted(place: &str, secret: &str) -> String {
    place.replace("{HEX}", "12345678").replace("{}", secret)
}

/// The survey of a machine whose command lines and logs hold `texts`.
fn survey_with(texts: &[String]) -> Survey {
    let mut survey = fixture::survey();
    for (text, pid) in texts.iter().zip(5_000..) {
        let mut process = fixture::process(pid, "app", Kind::Other, text, 1, 1);
        process.command = text.split(' ').map(|word| word.replace('·', " ").into()).collect();
        survey.machine.holders.processes.push(process);
        let line = text.replace('·', " ");
        let project = survey.project.as_mut().expect("the fixture has a project");
        project.logs.push(LogHit { file: PathBuf::from("/srv/app.log"), line, modified: 0 });
    }
    survey
}

fn every_form(survey: &Survey, redact: bool) -> String {
    let report = report_on(survey, Language::English, redact);
    Format::ALL.into_iter().map(|format| rendered(&report, format, Language::English)).collect()
}

/// The parts of a secret that no mark-up changes, and that are long enough to be worth stealing.
fn parts(secret: &str) -> Vec<&str> {
    let parts: Vec<&str> = secret
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|part| part.len() >= 8 && part.contains(|letter: char| letter.is_ascii_digit()))
        .collect();
    if parts.is_empty() { vec![secret] } else { parts }
}

fn survives(secret: &str, forms: &str) -> bool {
    parts(secret).iter().any(|part| forms.contains(part))
}

#[test]
fn of_a_table_of_planted_secrets_none_survives() {
    let mut runner = TestRunner::deterministic();
    let planting: Vec<(String, String)> = table()
        .into_iter()
        .map(|(place, pattern)| {
            let secret = drawn(pattern, &mut runner);
            (planted(&place, &secret), secret)
        })
        .collect();
    let texts: Vec<String> = planting.iter().map(|(text, _)| text.clone()).collect();
    let (shown, redacted) = (every_form(&survey_with(&texts), false), every_form(&survey_with(&texts), true));
    assert!(planting.iter().all(|(_, secret)| survives(secret, &shown)), "all of them are in the report at all");
    let survivors: Vec<&str> =
        planting.iter().filter(|(_, secret)| survives(secret, &redacted)).map(|(text, _)| text.as_str()).collect();
    assert!(survivors.is_empty(), "{} of {} survive:\n{}", survivors.len(), planting.len(), survivors.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, max_shrink_iters: 0, ..ProptestConfig::default() })]
    #[test]
    fn no_secret_of_any_shape_survives_in_any_place_and_form(seed in any::<[u8; 32]>()) {
        let rng = proptest::test_runner::TestRng::from_seed(proptest::test_runner::RngAlgorithm::ChaCha, &seed);
        let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
        let mut planting = Vec::new();
        for (place, pattern) in plantings() {
            let secret = drawn(pattern, &mut runner);
            planting.push((planted(&place, &secret), secret));
        }
        let texts: Vec<String> = planting.iter().map(|(text, _)| text.clone()).collect();
        let redacted = every_form(&survey_with(&texts), true);
        let survivors: Vec<&str> =
            planting.iter().filter(|(_, secret)| survives(secret, &redacted)).map(|(text, _)| text.as_str()).collect();
        prop_assert!(survivors.is_empty(), "{} of {} survive:\n{}", survivors.len(), planting.len(), survivors.join("\n"));
    }
}
