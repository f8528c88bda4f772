//! The limits now and after a reboot, and what kind of place this is.

use crate::machine::boot::{Assignment, Reader};
use crate::machine::environment::Pkexec;
use crate::machine::{BootLimit, Environment, Limit, Machine};
use crate::say;
use crate::window::look::{Actions, Look};
use crate::window::state::Judged;
use crate::window::theme::{Type, space};
use crate::window::widgets::path::path_line;
use crate::window::widgets::table::{self, Head, Table};
use crate::window::widgets::{card, line, text};
use eframe::egui::{self, Label, Ui};
use egui_extras::Column;

/// Draws the tab.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, judged: &Judged, actions: &mut Actions) {
    let machine = &judged.survey.machine;
    limits_ui(ui, look, machine, actions);
    files_ui(ui, look, machine);
    environment_ui(ui, look, machine);
}

fn limits_ui(ui: &mut Ui, look: Look<'_>, machine: &Machine, actions: &mut Actions) {
    let names = [
        say!(look.words, "system-limit"),
        say!(look.words, "system-now"),
        say!(look.words, "system-at-boot"),
        say!(look.words, "system-set-by"),
    ];
    let [limit, now, at_boot, set_by] = &names;
    let heads = [Head::words(limit), Head::figures(now), Head::figures(at_boot), Head::words(set_by)];
    let columns = [
        Column::exact(216.0).clip(true),
        Column::exact(96.0).clip(true),
        Column::exact(128.0).clip(true),
        Column::remainder().at_least(120.0).clip(true),
    ];
    let table = Table { name: "limits", columns: &columns, heads: &heads };
    table::table(ui, look.tokens, table, None, Limit::ALL.len(), |row| {
        let Some(limit) = Limit::ALL.get(row.index()).copied() else { return };
        let boot = machine.boot.get(limit);
        let number = |value: Option<u64>| value.map(|value| look.words.number(value));
        table::words(row, look.tokens, &limit.key());
        let unknown = say!(look.words, "system-unknown");
        table::figure(row, look.tokens, &number(machine.limits.get(limit)).unwrap_or(unknown));
        let default = say!(look.words, "system-kernel-default");
        table::figure(row, look.tokens, &number(boot.value).unwrap_or(default));
        table::cell(row, look.tokens, false, |ui| match &boot.winner {
            Some(winner) => drop(path_line(ui, look, look.tokens.muted, &place(look, winner), &winner.file, actions)),
            None => drop(line(ui, Type::Small, look.tokens.muted, say!(look.words, "system-no-file"))),
        });
    });
}

fn place(look: Look<'_>, assignment: &Assignment) -> String {
    let line = assignment.line.to_string();
    say!(look.words, "system-line", file = look.path(&assignment.file), line = line.as_str())
}

/// Lines that were beaten or do nothing: the ones people wonder about.
fn files_ui(ui: &mut Ui, look: Look<'_>, machine: &Machine) {
    let mut lines = Vec::new();
    for limit in Limit::ALL {
        lines.extend(lines_of(look, limit, machine.boot.get(limit)));
    }
    let unreadable = machine.boot.unreadable.iter();
    lines.extend(unreadable.map(|file| say!(look.words, "system-unreadable", file = look.path(file))));
    if lines.is_empty() {
        return;
    }
    card(ui, look.tokens, |ui| {
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "system-other-lines"));
        for line in lines {
            text(ui, Type::Small, look.tokens.muted, line);
        }
    });
}

fn lines_of(look: Look<'_>, limit: Limit, boot: &BootLimit) -> Vec<String> {
    let beaten = boot.overridden.iter().map(|line| {
        let place = place(look, line);
        say!(look.words, "system-beaten", place = place, key = limit.key(), value = line.value.as_str())
    });
    let idle = boot.ineffective.iter().map(|idle| {
        let (place, value) = (place(look, &idle.assignment), idle.assignment.value.as_str());
        say!(look.words, "system-ineffective", place = place, key = limit.key(), value = value)
    });
    beaten.chain(idle).collect()
}

fn environment_ui(ui: &mut Ui, look: Look<'_>, machine: &Machine) {
    let rows = rows(look, machine);
    card(ui, look.tokens, |ui| {
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "system-place"));
        egui::Grid::new("environment").num_columns(2).spacing([space::L, space::XS]).min_row_height(22.0).show(
            ui,
            |ui| {
                for (name, value) in rows {
                    ui.add(Label::new(Type::Small.text(name, look.tokens.muted)).extend());
                    line(ui, Type::Small, look.tokens.text, value);
                    ui.end_row();
                }
            },
        );
    });
}

fn rows(look: Look<'_>, machine: &Machine) -> Vec<(String, String)> {
    let (words, environment) = (look.words, &machine.environment);
    let yes_no = |yes| if yes { say!(words, "system-yes") } else { say!(words, "system-no") };
    let reader = match machine.boot.reader {
        Reader::Systemd => say!(words, "system-reader-systemd"),
        Reader::Procps => say!(words, "system-reader-procps"),
        Reader::Nobody => say!(words, "system-reader-nobody"),
    };
    let mut rows = Vec::new();
    rows.extend(environment.distribution.clone().map(|name| (say!(words, "system-distribution"), name)));
    rows.push((say!(words, "system-kernel"), environment.kernel.clone()));
    rows.extend(environment.desktop.clone().map(|name| (say!(words, "system-desktop"), name)));
    let container = environment.container.clone().unwrap_or_else(|| yes_no(false));
    rows.push((say!(words, "system-container"), container));
    rows.extend(environment.wsl.map(|version| (say!(words, "system-wsl"), version.to_string())));
    rows.push((say!(words, "system-namespace"), yes_no(environment.user_namespace)));
    rows.extend(
        machine.namespace_limits.map(|limits| (say!(words, "system-namespace-limit"), words.number(limits.watches))),
    );
    rows.push((say!(words, "system-reader"), reader));
    rows.push((say!(words, "system-can-set"), yes_no(!environment.read_only_sysctl)));
    rows.push((say!(words, "system-pkexec"), pkexec(look, environment)));
    rows
}

fn pkexec(look: Look<'_>, environment: &Environment) -> String {
    match &environment.pkexec {
        Pkexec::Usable(path) => say!(look.words, "system-pkexec-usable", path = look.path(path)),
        Pkexec::NotInstalled => say!(look.words, "system-pkexec-not-installed"),
        Pkexec::NotSetuid => say!(look.words, "system-pkexec-not-setuid"),
        Pkexec::NoNewPrivileges => say!(look.words, "system-pkexec-no-new-privileges"),
        Pkexec::NoSystemBus => say!(look.words, "system-pkexec-no-bus"),
        Pkexec::NoPolkitd => say!(look.words, "system-pkexec-no-polkitd"),
        Pkexec::Confined => say!(look.words, "system-pkexec-confined"),
    }
}
