//! Holders of watches: a table that refreshes itself while it is on screen.

use super::{empty_ui, over_time, percent, share_of};
use crate::machine::{Holders, Process};
use crate::say;
use crate::survey::Project;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::derived::Address;
use crate::window::state::growth::{Course, Growth};
use crate::window::state::{DiagnosisPage, Judged, Listing};
use crate::window::theme::{Type, space};
use crate::window::widgets::path::path_line;
use crate::window::widgets::table::{Columns, SortKey, SortOrder, Sorted, TableColumn, Width};
use crate::window::widgets::{Button, card, field, line, share_bar, text};
use eframe::egui::{self, Layout, Ui};
use std::path::Path;
use std::sync::Arc;

/// Draws filter, table, and the chosen process' details.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, judged: &Arc<Judged>, page: &mut DiagnosisPage, actions: &mut Actions) {
    let surveyed = &judged.survey.machine;
    let limit = surveyed.watch_limit();
    over_time::ui(ui, look, page, limit);
    let holders = page.holders.as_deref().unwrap_or(&surveyed.holders);
    filter_ui(ui, look, holders, &mut page.filter);
    let wanted = Wanted::of(&page.filter, judged.survey.project.as_ref());
    if wanted.watching.is_some() {
        let watching = say!(look.words, "processes-watching", path = page.filter.trim());
        text(ui, Type::Small, look.tokens.muted, watching);
    }
    let (processes, chosen) = (&holders.processes, page.selected);
    let columns = columns(look, limit, ui.available_width(), &page.growth);
    let columns = Columns::new(look.tokens, "processes", columns).chosen(|process| chosen == Some(process.pid));
    let made_from = Listing {
        surveyed: Address::of(judged),
        read: page.holders.as_ref().map(Address::of),
        filter: page.filter.clone(),
        sort: page.sort,
        language: look.words.language(),
    };
    let listed = page.listed.of(made_from, || list(look, &columns, processes, &wanted, page.sort));
    if listed.is_empty() {
        let why = if page.filter.trim().is_empty() {
            say!(look.words, "processes-none")
        } else {
            say!(look.words, "processes-none-match", filter = page.filter.trim())
        };
        empty_ui(ui, look, &why);
        return growth_ui(ui, look, &page.growth);
    }
    let words = [say!(look.words, "table-ascending"), say!(look.words, "table-descending")];
    let sorted = Sorted { sort: &mut page.sort, words: words.each_ref().map(String::as_str) };
    let process = |row: usize| listed.get(row).and_then(|place| processes.get(*place));
    if let Some(process) = columns.show(ui, Some(sorted), listed.len(), process).and_then(process) {
        page.selected = (page.selected != Some(process.pid)).then_some(process.pid);
    }
    let selected = page.selected.and_then(|pid| processes.iter().find(|process| process.pid == pid));
    if let Some(process) = selected {
        let free = limit.map(|limit| limit.saturating_sub(holders.account.watches));
        details_ui(ui, look, process, (page.growth.of(process), free), actions);
    }
    growth_ui(ui, look, &page.growth);
}

/// Draws what the mark beside a figure means, where there is one.
fn growth_ui(ui: &mut Ui, look: Look<'_>, growth: &Growth) {
    if growth.any() {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "processes-only-grow"));
    }
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

/// The places of the processes that match, sorted; equal ones by their number.
fn list(
    look: Look<'_>,
    columns: &Columns<'_, Process>,
    processes: &[Process],
    wanted: &Wanted,
    sort: SortOrder,
) -> Vec<usize> {
    let matching = processes.iter().enumerate().filter(|(_, process)| wanted.matches(look, process));
    let mut listed: Vec<usize> = matching.map(|(place, _)| place).collect();
    listed.sort_by_key(|place| processes.get(*place).map(|process| process.pid));
    columns.sort(&mut listed, processes, sort);
    listed
}

/// What is to be found: a text, or who watches a folder.
struct Wanted {
    text: String,
    /// The processes that watch the folder of the project that the text names; `None` where it names none.
    watching: Option<Vec<u32>>,
}

impl Wanted {
    /// A folder is named by a path: `src/`, `./src`, `/home/me/project/src`.
    fn of(filter: &str, project: Option<&Project>) -> Self {
        let path = Some(filter.trim()).filter(|text| text.contains('/'));
        let watching = path.zip(project).and_then(|(path, project)| project.watching(Path::new(path)));
        Self { text: filter.trim().to_lowercase(), watching }
    }

    fn matches(&self, look: Look<'_>, process: &Process) -> bool {
        if let Some(watching) = &self.watching {
            return watching.contains(&process.pid);
        }
        let found = |text: &str| text.to_lowercase().contains(&self.text);
        self.text.is_empty()
            || found(&process.program)
            || found(&process.kind.label(look.words))
            || process.user.as_deref().is_some_and(found)
            || process.pid.to_string().contains(&self.text)
            || process.command.iter().any(|word| found(&word.to_string_lossy()))
    }
}

fn columns<'a>(look: Look<'a>, limit: Option<u64>, room: f32, growth: &'a Growth) -> Vec<TableColumn<'a, Process>> {
    let (words, tokens) = (look.words, look.tokens);
    let [kind, user, pid, instances, watches, share] = widths(room).map(Width::Exact);
    let (text, number) = (SortKey::Text, SortKey::Number);
    let user_name = |process: &Process| process.user.clone().unwrap_or_else(|| process.uid.to_string());
    let share_ui = move |ui: &mut Ui, process: &Process| {
        let watches = process.charged_watches;
        if let Some(limit) = limit.filter(|_| process.charged_to_account) {
            share_bar(ui, tokens.series[0], share_of(watches, limit), &percent(look, watches, limit));
        }
    };
    vec![
        TableColumn::button(say!(words, "processes-program"), Width::Rest(96.0), move |process: &Process| {
            let (program, pid) = (process.program.as_str(), process.pid.to_string());
            [program.to_owned(), say!(words, "processes-show", program = program, pid = pid.as_str())]
        })
        .sorted_by(move |process: &Process| text(process.program.to_lowercase())),
        TableColumn::words(say!(words, "processes-kind"), kind, tokens.muted, |process: &Process| {
            process.kind.label(words)
        })
        .sorted_by(move |process: &Process| text(process.kind.label(words))),
        TableColumn::words(say!(words, "processes-user"), user, tokens.muted, user_name)
            .sorted_by(move |process: &Process| text(process.user.clone().unwrap_or_default())),
        TableColumn::figures(say!(words, "processes-pid"), pid, tokens.text, |process: &Process| {
            process.pid.to_string()
        })
        .sorted_by(move |process: &Process| number(process.pid.into())),
        TableColumn::figures(say!(words, "processes-instances"), instances, tokens.text, |process: &Process| {
            words.number(process.instances)
        })
        .sorted_by(move |process: &Process| number(process.instances)),
        TableColumn::figures(say!(words, "processes-watches"), watches, tokens.text, |process: &Process| {
            let watches = words.number(process.watches);
            if growth.only_grows(process) { format!("↑ {watches}") } else { watches }
        })
        .sorted_by(move |process: &Process| number(process.watches)),
        TableColumn::painted(say!(words, "processes-share"), share, share_ui)
            .sorted_by(move |process: &Process| number(process.watches)),
    ]
}

/// The columns' widths beside the first: from what the narrowest window leaves to what is pleasant.
fn widths(room: f32) -> [f32; 6] {
    const NARROW: [f32; 6] = [72.0, 56.0, 84.0, 92.0, 88.0, 70.0];
    const PLEASANT: [f32; 6] = [120.0, 124.0, 84.0, 104.0, 104.0, 148.0];
    let ease = ((room - 560.0) / 280.0).clamp(0.0, 1.0);
    std::array::from_fn(|column| (NARROW[column] + ease * (PLEASANT[column] - NARROW[column])).floor())
}

/// The watches over time, and what follows from them.
fn course_ui(ui: &mut Ui, look: Look<'_>, course: &Course, free: Option<u64>) {
    if course.only_grows() {
        let grown = say!(look.words, "processes-grown", first = course.first, last = course.last);
        text(ui, Type::Small, look.tokens.warning, grown);
        if let Some(seconds) = free.and_then(|free| course.full_in(free)) {
            text(ui, Type::Small, look.tokens.warning, over_time::process_full_in(look, seconds));
        }
    }
    over_time::of_process_ui(ui, look, &course.history);
}

/// The full command line, and what else is known of the process.
fn details_ui(
    ui: &mut Ui,
    look: Look<'_>,
    process: &Process,
    (course, free): (Option<&Course>, Option<u64>),
    actions: &mut Actions,
) {
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
        if let Some(course) = course {
            course_ui(ui, look, course, free);
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
