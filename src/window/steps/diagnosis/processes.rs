//! Who holds watches: a table that refreshes itself while it is on screen.

use super::{empty_ui, percent, share_of};
use crate::machine::{Holders, Process};
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::{DiagnosisPage, Judged};
use crate::window::theme::{Type, space};
use crate::window::widgets::path::path_line;
use crate::window::widgets::table::{self, Head, Sort, Sorted, Table};
use crate::window::widgets::{Button, card, field, line, share_bar, text};
use eframe::egui::{self, Layout, Role, Ui, WidgetInfo};
use egui_extras::{Column, TableRow};

/// Filter, table, and the chosen process' details.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, judged: &Judged, page: &mut DiagnosisPage, actions: &mut Actions) {
    let surveyed = &judged.survey.machine;
    let limit = surveyed.watch_limit();
    super::over_time::ui(ui, look, page, limit);
    let holders = page.holders.as_ref().unwrap_or(&surveyed.holders);
    filter_ui(ui, look, holders, &mut page.filter);
    let mut rows: Vec<&Process> =
        holders.processes.iter().filter(|process| matches(look, process, &page.filter)).collect();
    rows.sort_by(|one, other| page.sort.apply(compare(look, page.sort, one, other)).then(one.pid.cmp(&other.pid)));
    if rows.is_empty() {
        let why = if page.filter.trim().is_empty() {
            say!(look.words, "processes-none")
        } else {
            say!(look.words, "processes-none-match", filter = page.filter.trim())
        };
        empty_ui(ui, look, &why);
        return unseen_ui(ui, look, holders);
    }
    table_ui(ui, look, &rows, limit, &mut page.sort, &mut page.selected);
    let selected = page.selected.and_then(|pid| holders.processes.iter().find(|process| process.pid == pid));
    if let Some(process) = selected {
        details_ui(ui, look, process, actions);
    }
    unseen_ui(ui, look, holders);
}

/// What is not in the table, where something may be missing.
fn unseen_ui(ui: &mut Ui, look: Look<'_>, holders: &Holders) {
    let own = holders.account.unreadable_processes;
    let told = [
        (own > 0).then(|| say!(look.words, "window-hint-own-unread", count = own)),
        holders.hidden_processes.then(|| say!(look.words, "processes-hidden")),
        holders.sharing_unknown.then(|| say!(look.words, "processes-sharing-unknown")),
    ];
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        for words in told.into_iter().flatten() {
            text(ui, Type::Small, look.tokens.muted, words);
        }
    });
}

fn filter_ui(ui: &mut Ui, look: Look<'_>, holders: &Holders, filter: &mut String) {
    ui.horizontal(|ui| {
        let hint = say!(look.words, "processes-filter");
        field::text_field(ui, filter, &hint, 260.0).accessible_name(hint);
        let account = &holders.account;
        let sum = say!(look.words, "processes-sum", watches = account.watches, instances = account.instances);
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            line(ui, Type::Small, look.tokens.muted, sum);
        });
    });
}

fn matches(look: Look<'_>, process: &Process, filter: &str) -> bool {
    let wanted = filter.trim().to_lowercase();
    let found = |text: &str| text.to_lowercase().contains(&wanted);
    wanted.is_empty()
        || found(&process.program)
        || found(&process.kind.label(look.words))
        || process.user.as_deref().is_some_and(found)
        || process.pid.to_string().contains(&wanted)
        || process.command.iter().any(|word| found(&word.to_string_lossy()))
}

fn compare(look: Look<'_>, sort: Sort, one: &Process, other: &Process) -> std::cmp::Ordering {
    match sort.column {
        0 => one.program.to_lowercase().cmp(&other.program.to_lowercase()),
        1 => one.kind.label(look.words).cmp(&other.kind.label(look.words)),
        2 => one.user.cmp(&other.user),
        3 => one.pid.cmp(&other.pid),
        4 => one.instances.cmp(&other.instances),
        _ => one.watches.cmp(&other.watches),
    }
}

fn table_ui(
    ui: &mut Ui,
    look: Look<'_>,
    rows: &[&Process],
    limit: Option<u64>,
    sort: &mut Sort,
    selected: &mut Option<u32>,
) {
    let names = [
        say!(look.words, "processes-program"),
        say!(look.words, "processes-kind"),
        say!(look.words, "processes-user"),
        say!(look.words, "processes-pid"),
        say!(look.words, "processes-instances"),
        say!(look.words, "processes-watches"),
        say!(look.words, "processes-share"),
    ];
    let [program, kind, user, pid, instances, watches, part] = &names;
    let heads = [
        Head::words(program),
        Head::words(kind),
        Head::words(user),
        Head::figures(pid),
        Head::figures(instances),
        Head::figures(watches),
        Head::words(part),
    ];
    let widths = widths(ui.available_width());
    let fixed = widths.map(|width| Column::exact(width).clip(true));
    let columns: Vec<Column> = std::iter::once(Column::remainder().at_least(96.0).clip(true)).chain(fixed).collect();
    let table = Table { name: "processes", columns: &columns, heads: &heads };
    let words = [say!(look.words, "table-ascending"), say!(look.words, "table-descending")];
    let sorted = Sorted { sort, words: words.each_ref().map(String::as_str) };
    let mut reached = None;
    table::table(ui, look.tokens, table, Some(sorted), rows.len(), |row| {
        if let Some(process) = rows.get(row.index()) {
            reached = row_ui(row, look, process, limit, selected).or(reached);
        }
    });
    if let Some(row) = reached {
        ui.scroll_to_rect(row, None); // the table brings it into its own view, not into that of the page
    }
}

/// The columns' widths beside the first: from what the narrowest window leaves to what is pleasant.
fn widths(room: f32) -> [f32; 6] {
    const NARROW: [f32; 6] = [72.0, 56.0, 84.0, 92.0, 88.0, 70.0];
    const PLEASANT: [f32; 6] = [120.0, 100.0, 84.0, 104.0, 104.0, 148.0];
    let ease = ((room - 560.0) / 280.0).clamp(0.0, 1.0);
    std::array::from_fn(|column| (NARROW[column] + ease * (PLEASANT[column] - NARROW[column])).floor())
}

/// One row; where it is, when the keyboard has just come to it.
fn row_ui(
    row: &mut TableRow<'_, '_>,
    look: Look<'_>,
    process: &Process,
    limit: Option<u64>,
    selected: &mut Option<u32>,
) -> Option<egui::Rect> {
    let tokens = look.tokens;
    let chosen = *selected == Some(process.pid);
    row.set_selected(chosen);
    let (mut pressed, mut reached) = (false, None);
    table::cell(row, tokens, false, |ui| {
        let words = Type::Small.text(process.program.as_str(), tokens.text);
        let pid = process.pid.to_string();
        let name = say!(look.words, "processes-show", program = process.program.as_str(), pid = pid.as_str());
        let response = ui.add(egui::Label::new(words).truncate().selectable(false).sense(egui::Sense::click()));
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(name.as_str());
        let program = process.program.as_str();
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, program));
        crate::window::widgets::focus_ring(ui, tokens, &response, 2);
        pressed = response.clicked();
        reached = response.gained_focus().then_some(response.rect);
    });
    table::muted(row, tokens, &process.kind.label(look.words));
    table::muted(row, tokens, process.user.as_deref().unwrap_or(&process.uid.to_string()));
    table::figure(row, tokens, &process.pid.to_string());
    table::figure(row, tokens, &look.words.number(process.instances));
    table::figure(row, tokens, &look.words.number(process.watches));
    table::cell(row, tokens, false, |ui| {
        let watches = process.charged_watches;
        if let Some(limit) = limit.filter(|_| process.charged_to_account) {
            share_bar(ui, tokens.series[0], share_of(watches, limit), &percent(look, watches, limit));
        }
    });
    if pressed || row.response().container_clicked() {
        *selected = (!chosen).then_some(process.pid);
    }
    reached
}

/// The full command line, and what else is known of the process.
fn details_ui(ui: &mut Ui, look: Look<'_>, process: &Process, actions: &mut Actions) {
    let command: Vec<String> = process.command.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let command = command.join(" ");
    let pid = process.pid.to_string();
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let title = say!(look.words, "processes-details", program = process.program.as_str(), pid = pid.as_str());
        text(ui, Type::Strong, look.tokens.text, title);
        text(ui, Type::Code, look.tokens.text, command.as_str());
        if let Some(cwd) = &process.cwd {
            let started = say!(look.words, "processes-cwd", path = look.path(cwd));
            path_line(ui, look, look.tokens.muted, &started, cwd, actions);
        }
        if !process.shared_with.is_empty() {
            let pids: Vec<String> = process.shared_with.iter().map(u32::to_string).collect();
            let shared = say!(look.words, "processes-shared", pids = pids.join(", "));
            text(ui, Type::Small, look.tokens.muted, shared);
        }
        if !process.charged_to_account {
            text(ui, Type::Small, look.tokens.muted, say!(look.words, "processes-not-charged"));
        }
        if ui.add(Button::secondary(look.tokens, &say!(look.words, "processes-copy"))).clicked() {
            actions.push(Action::Copy(command));
        }
    });
}
