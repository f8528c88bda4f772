//! The wizard as someone uses it who does not see it: in a real window, over the real accessibility bus, by names and
//! roles only.

use super::project::Project;
use crate::support::atspi::{Buses, Role, State};
use crate::support::screen_reader::ScreenReader;
use crate::support::xvfb::Display;
use serde_json::Value;
use std::fs;

/// What things are called in one language.
struct Names {
    language: &'static str,
    /// The steps, in order.
    steps: [&'static str; 4],
    back: &'static str,
    next: &'static str,
    scan_again: &'static str,
    export: &'static str,
    cancel: &'static str,
    project_folder: &'static str,
    choose_folder: &'static str,
    details: &'static str,
    /// The tables of the diagnosis.
    tabs: [&'static str; 4],
    stop_watching: &'static str,
    watcher_none: &'static str,
    apply: &'static str,
    undo: &'static str,
    run_checks: &'static str,
    form: &'static str,
    save_as: &'static str,
    save: &'static str,
    close: &'static str,
    export_title: &'static str,
    redact: &'static str,
    // What is announced.
    /// With the number of watches in the place of `#`.
    needs: &'static str,
    applied: &'static str,
    taken_back: &'static str,
    passed: &'static str,
    fixed: &'static str,
    saved: &'static str,
}

const ENGLISH: Names = Names {
    language: "en_US.UTF-8",
    steps: ["Project", "Diagnosis", "Fix", "Verify"],
    back: "Back",
    next: "Next",
    scan_again: "Scan again",
    export: "Export report…",
    cancel: "Cancel",
    project_folder: "Project folder",
    choose_folder: "Choose folder…",
    details: "Details",
    tabs: ["Processes", "Folders", "Settings", "System"],
    stop_watching: "Stop Streamlit watching files",
    watcher_none: "none",
    apply: "Apply",
    undo: "Undo",
    run_checks: "Run checks",
    form: "Format",
    save_as: "Save as",
    save: "Save",
    close: "Close",
    export_title: "Export the report",
    redact: "Leave out my name, home folder, host name and secrets",
    needs: "Your project needs # watches, and they fit",
    applied: "done: Change the project's Streamlit settings",
    taken_back: "done: Taken back.",
    passed: " passed",
    fixed: "It is fixed.",
    saved: "Saved to ",
};

const CHINESE: Names = Names {
    language: "zh_CN.UTF-8",
    steps: ["项目", "诊断", "修复", "验证"],
    back: "上一步",
    next: "下一步",
    scan_again: "重新扫描",
    export: "导出报告…",
    cancel: "取消",
    project_folder: "项目文件夹",
    choose_folder: "选择文件夹…",
    details: "详细信息",
    tabs: ["进程", "文件夹", "配置", "系统"],
    stop_watching: "让 Streamlit 不再监视文件",
    watcher_none: "none（不监视）",
    apply: "应用",
    undo: "撤销",
    run_checks: "运行检查",
    form: "格式",
    save_as: "另存为",
    save: "保存",
    close: "关闭",
    export_title: "导出报告",
    redact: "隐去我的用户名、主目录、主机名和敏感信息",
    needs: "您的项目需要 # 个监视项，上限足够",
    applied: "已完成：更改项目的 Streamlit 配置",
    taken_back: "已完成：已撤销。",
    passed: "项中通过",
    fixed: "已修复。",
    saved: "已保存到 ",
};

#[test]
fn the_whole_wizard_is_walked_by_english_names() {
    walk(&ENGLISH);
}

#[test]
fn the_whole_wizard_is_walked_by_chinese_names() {
    walk(&CHINESE);
}

fn walk(names: &Names) {
    let (display, buses, project) = (Display::start(), Buses::start(), Project::new());
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut reader = ScreenReader::open(&display, &buses, home.path(), names.language);
    choose_the_project(&mut reader, names, &project);
    hear_the_diagnosis(&mut reader, names, &project);
    apply_and_take_back(&mut reader, names, &project);
    run_the_checks(&mut reader, names);
    export_the_report(&mut reader, names, &project);
    reader.program.presses("ctrl+q");
    assert!(reader.program.end().success(), "the window closes without an error");
}

fn choose_the_project(reader: &mut ScreenReader<'_>, names: &Names, project: &Project) {
    let folder = reader.waits_for(Role::Entry, names.project_folder);
    assert!(folder.is(State::Focused) && folder.is(State::Editable), "typing goes into the folder field at once");
    step_is(reader, names, 0);
    let back = reader.waits_for(Role::PushButton, names.back);
    assert!(!back.is(State::Sensitive), "there is nothing before the first step, and that can be heard");
    reader.waits_for(Role::PushButton, names.choose_folder);
    well_told(reader, "Project");

    reader.types(names.project_folder, project.path().to_str().expect("a plain path"));
    reader.program.presses("Return");
    reader.hears(&verdict(names, project));
    well_told(reader, "Project, with a project");
}

fn hear_the_diagnosis(reader: &mut ScreenReader<'_>, names: &Names, project: &Project) {
    reader.press(Role::PushButton, names.next);
    step_is(reader, names, 1);
    let verdict = verdict(names, project);
    let told = |reader: &ScreenReader<'_>| reader.things().iter().any(|thing| thing.name.starts_with(&verdict));
    assert!(told(reader), "the figures stand below the heading: {}", reader.heading());
    reader.press(Role::PushButton, names.details);
    for tab in names.tabs.iter().rev() {
        reader.press(Role::PageTab, tab);
        reader.waits_until("the tab is chosen", |reader| reader.is(Role::PageTab, tab, State::Selected));
        well_told(reader, tab);
    }
    reader.heard();
    reader.press(Role::PushButton, names.scan_again);
    reader.hears(&verdict);
}

fn apply_and_take_back(reader: &mut ScreenReader<'_>, names: &Names, project: &Project) {
    let settings = project.path().join(".streamlit/config.toml");
    reader.press(Role::PageTab, names.steps[2]);
    step_is(reader, names, 2);
    reader.press(Role::ToggleButton, names.stop_watching);
    reader.waits_until("the card is open", |reader| reader.is(Role::ToggleButton, names.stop_watching, State::Pressed));
    reader
        .waits_until("“none” is chosen", |reader| reader.is(Role::RadioButton, names.watcher_none, State::Checked));
    well_told(reader, "Fix");

    reader.press(Role::PushButton, names.apply);
    reader.hears(names.applied);
    let written = fs::read_to_string(&settings).expect("the settings file was written");
    assert!(written.contains("fileWatcherType = \"none\""), "{written}");
    step_is(reader, names, 3);
    reader.hears(names.fixed);
    well_told(reader, "Verify, after Apply");
    reader.press_first(Role::PushButton, names.undo); // the list of all that was changed has one, too
    reader.hears(names.taken_back);
    assert!(!settings.exists(), "the file that was made is gone");
}

fn run_the_checks(reader: &mut ScreenReader<'_>, names: &Names) {
    reader.press(Role::PageTab, names.steps[2]);
    reader.press(Role::PushButton, names.next);
    step_is(reader, names, 3);
    reader.heard();
    reader.press(Role::PushButton, names.run_checks);
    reader.hears(names.passed);
    well_told(reader, "Verify");
}

fn export_the_report(reader: &mut ScreenReader<'_>, names: &Names, project: &Project) {
    reader.press_first(Role::PushButton, names.export);
    reader.waits_for(Role::Dialog, names.export_title);
    reader.waits_for(Role::PushButton, names.cancel);
    assert!(reader.is(Role::CheckBox, names.redact, State::Checked), "it can be heard what is left out");
    well_told(reader, "the export dialog");
    reader.press(Role::ComboBox, names.form);
    reader.press(Role::ToggleButton, "JSON");
    let file = project.path().join("report.json");
    reader.writes(names.save_as, file.to_str().expect("a plain path"));
    reader.press(Role::PushButton, names.save);
    reader.hears(names.saved);
    let report: Value = serde_json::from_slice(&fs::read(&file).expect("the report was written")).expect("it is JSON");
    assert_eq!(report["streamlit"]["needed"]["watches"], project.watched());
    reader.press(Role::PushButton, names.close);
    reader.waits_until("the dialog is closed", |reader| reader.find(Role::Dialog, names.export_title).is_none());
}

/// The beginning of the verdict on a small project.
fn verdict(names: &Names, project: &Project) -> String {
    names.needs.replace('#', &project.watched().to_string())
}

/// Waits until this step, and no other one, is told to be the chosen one.
fn step_is(reader: &mut ScreenReader<'_>, names: &Names, number: usize) {
    reader.waits_until(&format!("“{}” is the chosen step", names.steps[number]), |reader| {
        let chosen = names.steps.map(|step| reader.is(Role::PageTab, step, State::Selected));
        chosen.iter().enumerate().all(|(place, chosen)| *chosen == (place == number))
    });
}

/// Whatever the keyboard can reach has a name, and a role that says what can be done with it; the page has a heading.
fn well_told(reader: &ScreenReader<'_>, page: &str) {
    let window = reader.things().into_iter().find(|thing| thing.role == Role::Frame);
    assert_eq!(window.map(|window| window.name).as_deref(), Some("Inotify Doctor"), "the window has a name");
    assert!(!reader.heading().is_empty(), "{page}: the heading can be heard");
    let controls = reader.controls();
    for control in &controls {
        assert!(!control.name.trim().is_empty(), "{page}: everything has a name, but not {control:?}");
        let passive = matches!(control.role, Role::Label | Role::Heading | Role::StatusBar | Role::Other(_));
        // A line with a path is reached to copy that by its key.
        assert!(
            !passive || control.name.contains(['/', '~']),
            "{page}: it can be heard what can be done with it: {control:?}"
        );
        assert!(
            control.is(State::Sensitive),
            "{page}: the keyboard goes only where something can be done: {control:?}"
        );
    }
    assert!(!controls.is_empty(), "{page} can be used by keyboard");
}

#[test]
fn failures_and_a_stopped_scan_are_announced() {
    let (display, buses) = (Display::start(), Buses::start());
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut reader = ScreenReader::open(&display, &buses, home.path(), ENGLISH.language);
    reader.types("Project folder", "/no/such/folder");
    reader.program.presses("Return");
    reader.hears("There is no folder /no/such/folder");

    // Long enough that its beginning is told, too.
    reader.writes("Project folder", "/");
    reader.focus(Role::Entry, "Project folder");
    reader.program.presses("Return");
    reader.press(Role::PushButton, "Look at all of it");
    reader.hears("Looking at this computer and the project");
    reader.press(Role::PageTab, "Diagnosis");
    reader.press(Role::PushButton, "Cancel");
    reader.hears("The scan was stopped");
}
