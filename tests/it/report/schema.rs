//! The JSON form keeps its contract, and the schema that describes it is strict enough to notice when it does not.

use super::{fixture, proof, rendered, report_on};
use inotify_doctor::diagnosis::judge;
use inotify_doctor::machine::{Account, Holders, Kind};
use inotify_doctor::progress::Progress;
use inotify_doctor::project::streamlit::Watcher;
use inotify_doctor::report::{Format, Report};
use inotify_doctor::survey::{Request, Survey};
use inotify_doctor::words::{Language, Words};
use jsonschema::Validator;
use serde_json::{Value, json};

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(include_str!("../../../assets/inotify-doctor-report.schema.json"))
        .expect("the schema is JSON");
    jsonschema::draft202012::new(&schema).expect("the schema is a schema")
}

fn json_of(report: &Report) -> Value {
    serde_json::from_str(&rendered(report, Format::Json, Language::English)).expect("the JSON form is JSON")
}

fn problems(report: &Value) -> Vec<String> {
    validator().iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn keeps_the_contract(report: &Report) {
    assert_eq!(problems(&json_of(report)), Vec::<String>::new(), "the report follows its schema");
}

/// Another survey: no project, nobody holds anything, in a container.
fn bare_survey() -> Survey {
    let mut survey = fixture::survey();
    survey.project = None;
    survey.machine.holders = Holders { account: Account { uid: 1000, ..Account::default() }, ..Holders::default() };
    survey.machine.environment.container = Some("docker".to_owned());
    survey.machine.environment.wsl = Some(2);
    survey
}

#[test]
fn reports_keep_their_contract() {
    for redact in [true, false] {
        keeps_the_contract(&report_on(&fixture::survey(), Language::English, redact));
        keeps_the_contract(&report_on(&bare_survey(), Language::Chinese, redact));
    }
    let with_everything = proof::report(&fixture::survey(), Language::English, true);
    assert_eq!(with_everything.changes.len(), 3, "the journal's changes are in it");
    assert!(with_everything.verification.iter().any(|check| check.passed.is_none()), "every outcome is in it");
    keeps_the_contract(&with_everything);
}

/// The machine that the test runs on, with a project of its own and a watch of its own.
#[test]
fn a_report_on_this_machine_keeps_the_contract() {
    let project = tempfile::tempdir().expect("a temporary folder can be made");
    std::fs::create_dir(project.path().join("pages")).expect("a folder can be made");
    std::fs::write(project.path().join("app.py"), "import streamlit as st\n").expect("a file can be written");
    let instance = rustix::fs::inotify::init(rustix::fs::inotify::CreateFlags::CLOEXEC).expect("an instance is free");
    rustix::fs::inotify::add_watch(&instance, project.path(), rustix::fs::inotify::WatchFlags::CREATE)
        .expect("a watch is free");
    let request = Request { project: Some(project.path().to_path_buf()), ..Request::default() };
    let survey = Survey::take(&request, &Progress::default()).expect("the survey can be taken");
    for language in Language::ALL {
        let report = report_on(&survey, language, true);
        keeps_the_contract(&report);
        let own = report.processes.iter().find(|process| process.pid == std::process::id());
        assert!(own.is_some_and(|own| own.watches >= 1), "the test's own watch is in the report");
        assert!(report.streamlit.is_some_and(|streamlit| streamlit.needed.roots.len() == 1), "and so is the forecast");
    }
}

#[test]
fn the_contract_holds_what_the_design_names() {
    let report = json_of(&report_on(&fixture::survey(), Language::English, true));
    for (pointer, value) in [
        ("/schema", json!("inotify-doctor-report/1")),
        ("/generated_at", json!("2026-10-22T09:30:00Z")),
        ("/redacted", json!(true)),
        ("/limits/max_user_watches/now", json!(8192)),
        ("/limits/max_user_watches/boot_source", json!("/etc/sysctl.d/local.conf")),
        ("/limits/max_user_instances/at_boot", json!(null)),
        ("/namespace_limits", json!(null)),
        ("/account/uid", json!(1000)),
        ("/processes/0/command/3", json!("run")),
        ("/processes/0/kind", json!("streamlit")),
        ("/processes/0/shared_with", json!([24_119])),
        ("/project/root", json!("~/projects/hello")),
        ("/project/size", json!("large")),
        ("/project/heaviest/0", json!({ "path": "node_modules", "directories": 20_100, "files": 181_000 })),
        ("/streamlit/settings/0/source", json!("environment")),
        ("/streamlit/settings/0/path", json!(null)),
        ("/streamlit/needed/watches", json!(41_233)),
        ("/streamlit/needed/roots/1/because", json!("module")),
        ("/streamlit/running/0/unwatched_count", json!(35_131)),
        ("/environment/pkexec", json!("usable")),
        ("/findings/0/severity", json!("critical")),
        ("/recommendation/max_user_watches", json!(524_288)),
        ("/changes", json!([])),
        ("/verification", json!([])),
        ("/before_after", json!(null)),
    ] {
        assert_eq!(report.pointer(pointer), Some(&value), "{pointer} is as the contract says");
    }
}

#[test]
fn what_does_not_watch_needs_nothing() {
    for watcher in [Watcher::Poll, Watcher::None] {
        let mut survey = fixture::survey();
        survey.project.as_mut().and_then(|project| project.streamlit.as_mut()).expect("it has one").watcher = watcher;
        let report = json_of(&report_on(&survey, Language::English, true));
        assert_eq!(report["streamlit"]["needed"]["watches"], json!(0), "{watcher:?} takes no watches");
    }
}

#[test]
fn only_processes_that_hold_an_instance_are_listed() {
    let mut survey = fixture::survey();
    survey.machine.holders.processes.push(fixture::process(7, "python3", Kind::Streamlit, "streamlit run x.py", 0, 0));
    let report = Report::new(&survey, &judge(&survey), &Words::new(Language::English), jiff::Timestamp::UNIX_EPOCH);
    assert!(report.processes.iter().all(|process| process.pid != 7), "an app without instances is no holder");
}

/// Every single field removed, renamed or given another type is noticed.
#[test]
fn a_report_that_breaks_the_contract_is_refused() {
    let good = json_of(&proof::report(&fixture::survey(), Language::English, true));
    let pointers = pointers(&good, "");
    assert!(pointers.len() > 150, "the report has many fields to break: {}", pointers.len());
    let validator = validator();
    for pointer in pointers {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer has a last part");
        let mut wrong_type = good.clone();
        *wrong_type.pointer_mut(&pointer).expect("it is there") = json!({ "unexpected": true });
        assert!(!validator.is_valid(&wrong_type), "{pointer} of another type is noticed");
        let mut missing = good.clone();
        if let Some(Value::Object(fields)) = missing.pointer_mut(parent) {
            let value = fields.remove(name).expect("it is there");
            assert!(!validator.is_valid(&missing), "{pointer} missing is noticed");
            let Some(Value::Object(fields)) = missing.pointer_mut(parent) else { panic!("it was an object") };
            fields.insert(name.to_owned(), value);
            fields.insert(format!("{name}_"), json!(null));
            assert!(!validator.is_valid(&missing), "a field beside {pointer} is noticed");
        }
    }
}

/// Every value in `value` by its JSON pointer.
fn pointers(value: &Value, at: &str) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (format!("{at}/{name}"), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(place, value)| (format!("{at}/{place}"), value)).collect()
        }
        _ => Vec::new(),
    };
    let below = children.into_iter().flat_map(|(at, value)| pointers(value, &at));
    below.chain((!at.is_empty()).then(|| at.to_owned())).collect()
}
