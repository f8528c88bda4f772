//! The gauge: who holds how much of the limit, what the project will add, and where the limit is.

mod bar;
mod parts;
pub(super) mod short;

use super::over_time::clock;
use super::{percent, table_words};
use crate::machine::Holders;
use crate::say;
use crate::window::look::Look;
use crate::window::state::{DiagnosisPage, Judged};
use crate::window::theme::{Type, space};
use crate::window::widgets::figures::{self, FigureTable, figures_table};
use crate::window::widgets::{card, text};
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Align, Layout, Rect, Role, Sense, Ui, WidgetInfo};
use parts::{GaugePart, parts};

/// Draws bar, legend and what is looked at; without a known limit there is nothing to compare with.
pub(super) fn ui(ui: &mut Ui, look: Look<'_>, judged: &Judged, page: &mut DiagnosisPage) {
    let budget = &judged.diagnosis.budget;
    let Some(limit) = budget.watches.limit else {
        return super::empty_ui(ui, look, &say!(look.words, "gauge-no-limit", held = budget.watches.held));
    };
    let parts = parts(look, budget, limit);
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let (title, limit_in_words) = (say!(look.words, "gauge-title"), say!(look.words, "gauge-limit", limit = limit));
        title_ui(ui, look, Framed { title: &title, limit: &limit_in_words });
        let bar = bar::ui(ui, look, &parts, limit, &in_words(look, &parts, limit));
        let in_legend = legend_ui(ui, look, &parts);
        let looked_at = bar.looked_at.or(in_legend);
        if let Some(place) = looked_at {
            bar.point_out(ui, look.tokens, place);
        }
        let mut sentences = vec![summary(look, judged, limit, page.holders.as_deref())];
        sentences.extend(parts.iter().map(|part| part.sentence.clone()));
        let shown = looked_at.map_or(0, |place| place + 1);
        let words = table_words(look);
        let words = words.each_ref().map(String::as_str);
        figures::foot(ui, look.tokens, (&sentences, shown), words, &mut page.gauge_table);
    });
    if page.gauge_table {
        table_ui(ui, look, &parts, limit);
    }
}

/// Words around a bar.
#[derive(Clone, Copy)]
struct Framed<'a> {
    title: &'a str,
    limit: &'a str,
}

/// Draws what it is, and the limit at the right.
fn title_ui(ui: &mut Ui, look: Look<'_>, Framed { title, limit }: Framed<'_>) {
    ui.horizontal(|ui| {
        let galley = ui.painter().layout_no_wrap(limit.to_owned(), Type::Caption.font(), look.tokens.muted);
        let left = ui.available_width() - galley.size().x - space::M;
        ui.vertical(|ui| {
            ui.set_width(left.max(0.0));
            text(ui, Type::Strong, look.tokens.text, title);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            text(ui, Type::Caption, look.tokens.muted, galley.text());
        });
    });
}

/// Words what is said while nothing in particular is looked at. `now` is what was read since the bar's figures were.
fn summary(look: Look<'_>, judged: &Judged, limit: u64, now: Option<&Holders>) -> String {
    let (watches, holders) = (&judged.diagnosis.budget.watches, &judged.survey.machine.holders);
    let (held, free) = (watches.held, watches.free().unwrap_or_default());
    let all_seen = holders.account.unreadable_processes == 0 && !holders.hidden_processes;
    let share = percent(look, held, limit);
    let said = match (all_seen, held) {
        (true, 0) => say!(look.words, "gauge-nobody", limit = limit),
        (true, _) => say!(look.words, "gauge-summary", held = held, limit = limit, share = share, free = free),
        (false, _) => say!(look.words, "gauge-summary-partly", held = held, limit = limit, share = share),
    };
    match now.map(|now| now.account.watches).filter(|now| *now != held) {
        Some(now) => {
            let at = clock(judged.survey.taken_at);
            say!(look.words, "gauge-since", said = said, at = at, now = now)
        }
        None => said,
    }
}

/// Names and figures in the bar's order; the part whose name is under the pointer.
fn legend_ui(ui: &mut Ui, look: Look<'_>, parts: &[GaugePart]) -> Option<usize> {
    let mut looked_at = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(space::XL, space::XS);
        let widest = ui.max_rect().width() - space::L;
        for (place, part) in parts.iter().enumerate() {
            let mut words = LayoutJob::default();
            let format = |colour| TextFormat::simple(Type::Caption.font(), colour);
            words.append(&part.name, 0.0, format(look.tokens.muted));
            words.append(&look.words.number(part.watches), space::XS, format(look.tokens.text));
            words.wrap.max_width = widest;
            let galley = ui.painter().layout_job(words);
            let (rect, response) = ui.allocate_exact_size(galley.size() + egui::vec2(space::L, 0.0), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, galley.text()));
            let square = egui::pos2(rect.left() + 5.0, rect.top() + 8.0);
            bar::swatch(ui, look.tokens, part.fill, Rect::from_center_size(square, egui::Vec2::splat(10.0)));
            ui.painter().galley(rect.min + egui::vec2(space::L, 0.0), galley, look.tokens.muted);
            if response.hovered() {
                looked_at = Some(place);
            }
        }
    });
    looked_at
}

fn table_ui(ui: &mut Ui, look: Look<'_>, parts: &[GaugePart], limit: u64) {
    let heads =
        [say!(look.words, "gauge-who"), say!(look.words, "processes-watches"), say!(look.words, "processes-share")];
    let rows: Vec<Vec<String>> = parts
        .iter()
        .map(|part| vec![part.name.clone(), look.words.number(part.watches), percent(look, part.watches, limit)])
        .collect();
    figures_table(ui, look.tokens, &FigureTable { name: "gauge", heads: &heads, rows: &rows });
}

/// The whole gauge for those who do not see it.
fn in_words(look: Look<'_>, parts: &[GaugePart], limit: u64) -> String {
    let each: Vec<String> =
        parts.iter().map(|part| format!("{} {}", part.name, look.words.number(part.watches))).collect();
    say!(look.words, "gauge-in-words", limit = limit, parts = each.join(", "))
}
