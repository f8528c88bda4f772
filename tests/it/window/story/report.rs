//! The report that is saved at the end of a story: every number is held against a count of /proc that shares no code
//! with the program.

use super::states::{Play, Trouble};
use super::world::number_in;
use crate::support::atspi::Role;
use crate::support::counted::holders;
use crate::support::screen_reader::ScreenReader;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// Saves the report from the English window and looks through it.
pub(super) fn is_true(reader: &mut ScreenReader<'_>, play: &Play, pid: u32) {
    reader.press_first(Role::PushButton, "Export report…");
    reader.press(Role::ComboBox, "Format");
    reader.press(Role::ToggleButton, "JSON");
    let file = play.app.project.path("report.json");
    reader.writes("Save as", file.to_str().expect("a plain path"));
    reader.press(Role::PushButton, "Save");
    reader.hears("Saved to ");
    let report: Value = serde_json::from_slice(&fs::read(&file).expect("it was written")).expect("it is JSON");
    the_account_is_counted(&report);
    the_app_is_told(&report, pid);
    the_limits_are_read(&report);
    the_proof_is_in_it(&report);
    reader.press(Role::PushButton, "Close");
    reader.waits_until("the dialog is closed", |reader| !reader.reads("Save as"));
}

fn the_account_is_counted(report: &Value) {
    let held = holders();
    let sum = |of: fn(&(u64, u64)) -> u64| held.values().map(of).sum::<u64>();
    assert_eq!(report["account"]["watches"], sum(|(_, watches)| *watches), "{held:?}");
    assert_eq!(report["account"]["instances"], sum(|(instances, _)| *instances), "{held:?}");
    let processes = report["processes"].as_array().expect("a list");
    let told = processes.iter().map(|process| {
        let number = |key: &str| process[key].as_u64().expect("a number");
        (u32::try_from(number("pid")).unwrap(), (number("instances"), number("watches")))
    });
    let told: BTreeMap<u32, (u64, u64)> = told.filter(|(_, (instances, _))| *instances > 0).collect();
    assert_eq!(told, held, "each process with what it holds");
}

fn the_app_is_told(report: &Value, pid: u32) {
    let [running] = report["streamlit"]["running"].as_array().expect("a list").as_slice() else {
        panic!("one app runs: {}", report["streamlit"]["running"])
    };
    assert_eq!(running["pid"], pid);
    assert_eq!(running["watches"], holders().get(&pid).map_or(0, |(_, watches)| *watches));
    assert_eq!(report["streamlit"]["watcher"], "poll");
    assert_eq!(report["streamlit"]["needed"]["watches"], 0);
}

fn the_limits_are_read(report: &Value) {
    for key in ["max_user_watches", "max_user_instances", "max_queued_events"] {
        assert_eq!(report["limits"][key]["now"], number_in(&format!("/proc/sys/fs/inotify/{key}")), "{key}");
    }
    let of_namespace = &report["namespace_limits"]["watches"];
    assert_eq!(*of_namespace, number_in("/proc/sys/user/max_inotify_watches"));
    assert_eq!(*of_namespace, Trouble::Watches.limits().watches);
}

fn the_proof_is_in_it(report: &Value) {
    let checks = report["verification"].as_array().expect("a list");
    assert!(!checks.is_empty(), "what was proved is in the report");
    assert!(checks.iter().all(|check| check["passed"] != false), "{checks:#?}");
    for id in ["settings", "running-apps", "app-holds-all"] {
        let passed = checks.iter().find(|check| check["id"] == id).map(|check| &check["passed"]);
        assert_eq!(passed, Some(&Value::Bool(true)), "{id}: {checks:#?}");
    }
    let changes = report["changes"].to_string();
    assert!(
        changes.contains("config.toml") && changes.contains("inotify-doctor undo 1"),
        "what can be undone: {changes}"
    );
}
