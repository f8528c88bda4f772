//! Strings of the model that may hold something private.
//!
//! Each type is taken apart without `..`, so that a new field does not compile until it is decided about here.
//! Strings that are `&'static str` are words of the program and stay.

use super::Redactor;
use crate::report::model::{
    Assignment, Boot, Change, Check, ConfigFile, Environment, Finding, Heavy, KernelLimit, Limits, LogHit, Needed,
    Overridden, PathWatcherEntry, Process, Project, Recommendation, Report, Root, Running, Setting, Streamlit,
    Unreadable, WatcherEntry, WatcherFolder, WatcherKnob, WatcherRoot, Watching, Way,
};

pub(super) fn every_string(report: &mut Report, redactor: &mut Redactor) {
    let Report {
        schema: _,
        program_version: _,
        generated_at: _,
        redacted: _,
        removed: _,
        verdict,
        budget: _,
        limits: Limits { max_user_watches, max_user_instances, max_queued_events },
        boot: Boot { reader: _, unreadable_files },
        namespace_limits: _,
        account: _,
        processes,
        unreadable,
        project,
        streamlit,
        watchers,
        watching,
        environment,
        findings,
        ways,
        recommendation:
            Recommendation { max_user_watches: _, max_user_instances: _, max_queued_events: _, remedy: _, reason },
        changes,
        verification,
        before_after: _,
    } = report;
    redactor.sentence(verdict);
    [max_user_watches, max_user_instances, max_queued_events]
        .into_iter()
        .for_each(|limit| kernel_limit(limit, redactor));
    texts(unreadable_files, redactor);
    processes.iter_mut().for_each(|it| process(it, redactor));
    unreadable.iter_mut().for_each(|Unreadable { pid: _, uid: _, program }| redactor.text(program));
    project.iter_mut().for_each(|it| chosen(it, redactor));
    streamlit.iter_mut().for_each(|it| forecast(it, redactor));
    watchers.iter_mut().for_each(|it| watcher(it, redactor));
    if let Some(Watching { path, watchers }) = watching {
        redactor.text(path);
        let each = watchers.iter_mut();
        each.for_each(|PathWatcherEntry { pid: _, kind: _, program, itself: _, below: _ }| redactor.text(program));
    }
    place(environment, redactor);
    findings.iter_mut().for_each(|Finding { id: _, severity: _, title, detail }| {
        redactor.sentence(title);
        redactor.sentence(detail);
    });
    redactor.sentence(reason);
    for Way { way: _, title, watches: _, cost, after, survives_reboot: _, needs_administrator: _ } in ways {
        [title, cost, after].into_iter().for_each(|text| redactor.sentence(text));
    }
    changes.iter_mut().for_each(|Change { when: _, what, undo }| {
        redactor.sentence(what);
        redactor.sentence(undo);
    });
    verification.iter_mut().for_each(|Check { id: _, passed: _, title, detail }| {
        redactor.sentence(title);
        redactor.sentence(detail);
    });
}

fn texts<'a>(texts: impl IntoIterator<Item = &'a mut String>, redactor: &mut Redactor) {
    texts.into_iter().for_each(|text| redactor.text(text));
}

fn kernel_limit(limit: &mut KernelLimit, redactor: &mut Redactor) {
    let KernelLimit { now: _, at_boot: _, boot_source, boot_line: _, overridden, without_effect } = limit;
    texts(boot_source, redactor);
    for Assignment { file, line: _, value, why: _ } in overridden.iter_mut().chain(without_effect) {
        texts([file, value], redactor);
    }
}

fn process(process: &mut Process, redactor: &mut Redactor) {
    let Process {
        pid: _,
        uid: _,
        program,
        command,
        kind: _,
        instances: _,
        watches: _,
        charged_watches: _,
        charged_to_account: _,
        shared_with: _,
    } = process;
    redactor.text(program);
    redactor.command(command);
}

fn chosen(project: &mut Project, redactor: &mut Redactor) {
    let Project {
        root,
        script,
        files: _,
        directories: _,
        unreadable_directories: _,
        size: _,
        heaviest,
        mounts,
        unresponsive,
        logs,
    } = project;
    redactor.text(root);
    texts(script, redactor);
    heaviest.iter_mut().for_each(|Heavy { path, directories: _, files: _ }| redactor.text(path));
    texts(mounts, redactor);
    texts(unresponsive, redactor);
    logs.iter_mut().for_each(|LogHit { file, line }| texts([file, line], redactor));
}

fn forecast(streamlit: &mut Streamlit, redactor: &mut Redactor) {
    let Streamlit { version, watchdog_version, working_folder, watcher: _, settings, config_files, needed, running } =
        streamlit;
    texts(version, redactor);
    texts(watchdog_version, redactor);
    texts(working_folder, redactor);
    settings.iter_mut().for_each(|it| setting(it, redactor));
    for ConfigFile { path, place: _, state: _, reason, line: _, text, unknown_keys } in config_files {
        redactor.text(path);
        texts(reason, redactor);
        texts(text, redactor);
        texts(unknown_keys, redactor);
    }
    let Needed {
        watches: _,
        at_most: _,
        instances: _,
        instances_at_least: _,
        roots,
        estimate: _,
        unreadable_directories: _,
        queued_events: _,
    } = needed;
    for Root { path, directories: _, because: _, file } in roots {
        redactor.text(path);
        texts(file, redactor);
    }
    for Running {
        pid: _,
        watches: _,
        instances: _,
        expected: _,
        unwatched_count: _,
        unwatched,
        session_open: _,
        steady: _,
    } in running
    {
        texts(unwatched, redactor);
    }
}

fn watcher(watcher: &mut WatcherEntry, redactor: &mut Redactor) {
    let WatcherEntry {
        kind: _,
        pid: _,
        watches: _,
        instances: _,
        in_project: _,
        needed: _,
        at_most: _,
        roots,
        heavy,
        knobs,
    } = watcher;
    roots.iter_mut().for_each(|WatcherRoot { path, watches: _ }| redactor.text(path));
    heavy.iter_mut().for_each(|WatcherFolder { name, watches: _ }| redactor.text(name));
    knobs.iter_mut().for_each(|WatcherKnob { place: _, text, watches_after: _ }| redactor.text(text));
}

fn setting(setting: &mut Setting, redactor: &mut Redactor) {
    let Setting { key, value, source: _, path, variable, overridden, unknown_word: _ } = setting;
    redactor.value(key, value);
    texts(path, redactor);
    texts(variable, redactor);
    for Overridden { value, source: _, path, variable } in overridden {
        redactor.value(key, value);
        texts(path, redactor);
        texts(variable, redactor);
    }
    redactor.text(key);
}

fn place(environment: &mut Environment, redactor: &mut Redactor) {
    let Environment {
        container,
        wsl: _,
        user_namespace: _,
        systemd: _,
        flatpak: _,
        snap: _,
        nixos: _,
        ostree: _,
        read_only_sysctl: _,
        etc_writable: _,
        pkexec: _,
        distribution,
        kernel,
        desktop,
    } = environment;
    texts(container, redactor);
    texts(distribution, redactor);
    redactor.text(kernel);
    texts(desktop, redactor);
}
