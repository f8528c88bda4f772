//! What a report is attached to is public: nothing private survives in any form.

use super::{changes, fixture, rendered, report_after, report_on};
use inotify_doctor::diagnosis::judge;
use inotify_doctor::machine::{Kind, Places};
use inotify_doctor::project::LogHit;
use inotify_doctor::project::streamlit::{Setting, Source};
use inotify_doctor::report::{Format, Identity, ProgramRecord, Sort, from_survey};
use inotify_doctor::survey::{Project, Survey};
use inotify_doctor::words::{Language, Words};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

/// Where a secret is planted in a survey.
type Plant = fn(&mut Survey, &str);

const PLANTS: [(&str, Plant); 9] = [
    ("an option of a command", |survey, secret| command(survey, &format!("app --api-key {secret} --verbose"))),
    ("a variable of a command", |survey, secret| command(survey, &format!("env HF_TOKEN={secret} app"))),
    ("a URL of a command", |survey, secret| command(survey, &format!("app postgresql://x:{secret}@db/x"))),
    ("a query of a command", |survey, secret| command(survey, &format!("app http://h:8501/?token={secret}"))),
    ("another user's home folder", |survey, secret| command(survey, &format!("app /home/{secret}/x"))),
    ("a setting", |survey, secret| setting(survey, secret, vec![])),
    ("an overridden setting", |survey, secret| {
        setting(survey, "other", vec![(Source::Global(PathBuf::from("/x")), secret.to_owned())]);
    }),
    ("a log line", |survey, secret| log(survey, &format!("OSError: retry with password={secret}, then"))),
    ("a URL in a log line", |survey, secret| log(survey, &format!("GET https://x:{secret}@example.org/ failed"))),
];

/// Command lines of restarted apps that hold a secret.
const RESTARTS: [&[&str]; 5] = [
    &["streamlit", "run", "app.py", "--", "--password", "{}"],
    &["streamlit", "run", "app.py", "--", "--db-password", "a word {} and more"],
    &["env", "API_TOKEN={}", "streamlit", "run", "app.py"],
    &["streamlit", "run", "app.py", "--", "postgresql://x:{}@db/x"],
    &["streamlit", "run", "app.py", "--server.cookieSecret={}"],
];

fn command(survey: &mut Survey, line: &str) {
    survey.machine.holders.processes.push(fixture::process(4242, "app", Kind::Other, line, 1, 5_000));
}

fn project(survey: &mut Survey) -> &mut Project {
    survey.project.as_mut().expect("the fixture has a project")
}

fn setting(survey: &mut Survey, value: &str, overrides: Vec<(Source, String)>) {
    let key = "server.cookieSecret".to_owned();
    let setting = Setting { key, value: value.to_owned(), source: Source::Flag, overrides, unknown_word: false };
    project(survey).streamlit.as_mut().expect("it uses Streamlit").settings.push(setting);
}

fn log(survey: &mut Survey, line: &str) {
    let hit = LogHit { file: PathBuf::from("/srv/app.log"), line: line.to_owned(), modified: 0 };
    project(survey).logs = vec![hit];
}

fn every_form(survey: &Survey, redact: bool) -> String {
    let report = report_on(survey, Language::English, redact);
    Format::ALL.into_iter().map(|format| rendered(&report, format, Language::English)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn a_planted_secret_survives_in_no_form(secret in "[A-Za-z][A-Za-z0-9]{15,30}", place in 0..PLANTS.len()) {
        let (name, plant) = PLANTS[place];
        let mut survey = fixture::survey();
        plant(&mut survey, &secret);
        prop_assert!(every_form(&survey, false).contains(&secret), "{name} is in the report at all");
        prop_assert!(!every_form(&survey, true).contains(&secret), "a secret in {name} is removed");
    }

    #[test]
    fn a_secret_in_a_change_survives_in_no_form(secret in "[A-Za-z][A-Za-z0-9]{15,30}", place in 0..RESTARTS.len()) {
        let command: Vec<String> = RESTARTS[place].iter().map(|word| word.replace("{}", &secret)).collect();
        let restart = [changes::restart(1, &command.iter().map(String::as_str).collect::<Vec<_>>())];
        let every_form = |redact| -> String {
            let report = report_after(&restart, &fixture::survey(), Language::English, redact);
            Format::ALL.into_iter().map(|format| rendered(&report, format, Language::English)).collect()
        };
        prop_assert!(every_form(false).contains(&secret), "the change is in the report at all");
        prop_assert!(!every_form(true).contains(&secret), "the secret in {command:?} is removed");
    }

    #[test]
    fn names_survive_in_no_form(user in "[a-z]{7,12}x[0-9]", host in "[a-z]{7,12}y[0-9]") {
        let mut survey = fixture::survey();
        let home = PathBuf::from(format!("/srv/homes/{user}"));
        command(&mut survey, &format!("app {}/x --user {user} {host}.lan:80 {user}@{host}.example.org 10.1.2.3", home.display()));
        project(&mut survey).root = home.join("app");
        survey.machine.environment.container = Some(format!("box on {host}"));
        let identity = Identity { homes: vec![home], users: vec![user.clone()], hosts: vec![host.clone()] };
        let (words, diagnosis) = (Words::new(Language::English), judge(&survey));
        let report = from_survey(&survey, &diagnosis, ProgramRecord::default(), &words, true, &identity);
        for format in Format::ALL {
            let text = rendered(&report, format, Language::English);
            prop_assert!(!text.contains(&user) && !text.contains(&host) && !text.contains("10.1.2.3"), "{text}");
        }
        let sorts: Vec<Sort> = report.removed.iter().map(|removed| removed.what).collect();
        prop_assert_eq!(sorts, [Sort::HomeFolder, Sort::UserName, Sort::HostName, Sort::Address, Sort::Email]);
    }
}

#[test]
fn without_redaction_everything_stays_and_the_report_says_so() {
    let report = report_on(&fixture::survey(), Language::English, false);
    assert!(!report.redacted && report.removed.is_empty());
    let text = rendered(&report, Format::Text, Language::English);
    assert!(text.contains("/home/mia/projects/hello"), "the home folder is shown");
    assert!(text.contains("Nothing was removed from this report."), "and the reader is told");
}

#[test]
fn users_are_known_from_their_processes_when_no_user_database_names_them() {
    let mut survey = fixture::survey();
    survey.machine.holders.processes[1].user = Some("zaphod".to_owned());
    command(&mut survey, "app --profile zaphod");
    assert!(!every_form(&survey, true).contains("zaphod"), "a network account's name is removed");
}

#[test]
fn who_is_at_the_computer_is_read_from_its_files() {
    let machine = tempfile::tempdir().expect("a temporary folder can be made");
    for (file, text) in [
        ("etc/passwd", "root:x:0:0::/root:/bin/sh\nbob:x:1001:1001::/home/bob:/bin/sh\n"),
        ("proc/sys/kernel/hostname", "mias-laptop.lan\n"),
    ] {
        let path = machine.path().join(file);
        fs::create_dir_all(path.parent().expect("it has one")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }
    let places = Places { proc: machine.path().join("proc"), root: machine.path().to_path_buf() };
    let variables: BTreeMap<OsString, OsString> =
        [("HOME", "/home/mia"), ("USER", "mia")].into_iter().map(|(name, value)| (name.into(), value.into())).collect();
    let identity = Identity::read(&variables, &places);
    assert_eq!(identity.homes, [PathBuf::from("/home/mia")]);
    assert_eq!(identity.users, ["mia", "bob"]);
    assert_eq!(identity.hosts, ["mias-laptop.lan", "mias-laptop"]);
}
