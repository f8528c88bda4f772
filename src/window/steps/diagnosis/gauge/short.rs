//! The gauge before the details: one bar for what is short, and three or four figures.

use super::bar;
use super::parts::{GaugeFill, GaugePart};
use super::{Framed, legend_ui, title_ui};
use crate::diagnosis::{Diagnosis, Verdict};
use crate::say;
use crate::window::look::Look;
use crate::window::theme::space;
use crate::window::widgets::card;
use eframe::egui::Ui;

/// Draws the event queue where that is too short, instances where those are too few, else the watches.
pub(in crate::window::steps::diagnosis) fn ui(ui: &mut Ui, look: Look<'_>, diagnosis: &Diagnosis) {
    let words = look.words;
    let (title, head, limit, parts) = match diagnosis.verdict {
        Verdict::AppLoops { events, queue, .. } | Verdict::QueueTooShort { events, queue, .. } => {
            let parts = queue_parts(look, events, queue);
            (say!(words, "gauge-queue-title"), say!(words, "gauge-queue-length", queue = queue), queue, parts)
        }
        Verdict::InstancesDoNotFit { .. } | Verdict::GapOfInstances { .. } => {
            let sums = &diagnosis.budget.instances;
            let Some(limit) = sums.limit else { return };
            let title = say!(words, "gauge-instances-title");
            (title, say!(words, "gauge-limit", limit = limit), limit, sums_parts(look, sums, limit))
        }
        Verdict::LimitUnknown
        | Verdict::AccountOnly { .. }
        | Verdict::NothingNeeded { .. }
        | Verdict::RunningWithGap { .. }
        | Verdict::DoesNotFit { .. }
        | Verdict::Running { .. }
        | Verdict::Fits { .. } => {
            let sums = &diagnosis.budget.watches;
            let Some(limit) = sums.limit else { return };
            let title = say!(words, "gauge-title");
            (title, say!(words, "gauge-limit", limit = limit), limit, sums_parts(look, sums, limit))
        }
    };
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        title_ui(ui, look, Framed { title: &title, limit: &head });
        bar::plain(ui, look, &parts, limit, &title);
        legend_ui(ui, look, &parts);
    });
}

fn part(name: String, watches: u64, fill: GaugeFill) -> Option<GaugePart> {
    (watches > 0).then(|| GaugePart { sentence: name.clone(), name, watches, fill })
}

fn queue_parts(look: Look<'_>, events: u64, queue: u64) -> Vec<GaugePart> {
    let words = look.words;
    let parts = [
        part(say!(words, "gauge-queue-fits"), events.min(queue), GaugeFill::Fits),
        part(say!(words, "gauge-queue-missing"), events.saturating_sub(queue), GaugeFill::Missing),
    ];
    parts.into_iter().flatten().collect()
}

fn sums_parts(look: Look<'_>, sums: &crate::diagnosis::budget::Sums, limit: u64) -> Vec<GaugePart> {
    let words = look.words;
    let missing = sums.missing();
    let fits = sums.to_add.saturating_sub(missing);
    let free = limit.saturating_sub(sums.held).saturating_sub(fits);
    let parts = [
        part(say!(words, "gauge-held"), sums.held, GaugeFill::Held(look.tokens.series[0])),
        part(say!(words, "gauge-fits"), fits, GaugeFill::Fits),
        part(say!(words, "gauge-missing"), missing, GaugeFill::Missing),
        part(say!(words, "gauge-free"), free, GaugeFill::Free),
    ];
    parts.into_iter().flatten().collect()
}
