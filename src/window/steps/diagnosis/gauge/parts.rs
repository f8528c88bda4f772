//! Parts of the gauge.

use super::percent;
use crate::diagnosis::Budget;
use crate::diagnosis::budget::Holder;
use crate::say;
use crate::window::look::Look;
use eframe::egui::Color32;

/// The ways in which a part is filled.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum GaugeFill {
    Held(Color32),
    /// Watches that will be added and fit.
    Fits,
    /// Watches that will not fit.
    Missing,
    /// Watches that are nobody's.
    Free,
}

pub(super) struct GaugePart {
    pub(super) name: String,
    pub(super) watches: u64,
    pub(super) fill: GaugeFill,
    /// The sentence with all that there is to say about it.
    pub(super) sentence: String,
}

/// The parts from left to right: those who hold most, everyone else, the project's, what is left.
pub(super) fn parts(look: Look<'_>, budget: &Budget, limit: u64) -> Vec<GaugePart> {
    let mut parts: Vec<GaugePart> = Vec::new();
    for (place, (holder, watches)) in budget.holders.iter().enumerate() {
        parts.push(held(look, place, holder, *watches, limit));
    }
    let (missing, to_add) = (budget.watches.missing(), budget.watches.to_add);
    let fits = to_add.saturating_sub(missing);
    let free = budget.watches.free().unwrap_or_default().saturating_sub(fits);
    let words = look.words;
    let of = |watches| percent(look, watches, limit);
    let own = [
        (
            fits,
            GaugeFill::Fits,
            say!(words, "gauge-fits"),
            say!(words, "gauge-about-fits", watches = fits, share = of(fits)),
        ),
        (
            missing,
            GaugeFill::Missing,
            say!(words, "gauge-missing"),
            say!(words, "gauge-about-missing", watches = missing),
        ),
        (
            free,
            GaugeFill::Free,
            say!(words, "gauge-free"),
            say!(words, "gauge-about-free", watches = free, share = of(free)),
        ),
    ];
    let own = own.into_iter().filter(|(watches, ..)| *watches > 0);
    parts.extend(own.map(|(watches, fill, name, sentence)| GaugePart { name, watches, fill, sentence }));
    parts
}

fn held(look: Look<'_>, place: usize, holder: &Holder, watches: u64, limit: u64) -> GaugePart {
    let series = look.tokens.series;
    let everyone_else = series[series.len() - 1];
    let (name, colour) = match holder {
        Holder::Process { pid, program, .. } => {
            let pid = pid.to_string();
            let name = say!(look.words, "gauge-process", program = program.as_str(), pid = pid.as_str());
            (name, series.get(place).copied().unwrap_or(everyone_else))
        }
        Holder::Others(count) => (say!(look.words, "gauge-others", count = *count), everyone_else),
    };
    let share = percent(look, watches, limit);
    let sentence = match holder {
        Holder::Process { of_project: true, .. } => {
            say!(look.words, "gauge-about-app", name = name.as_str(), watches = watches, share = share)
        }
        Holder::Process { of_project: false, .. } | Holder::Others(_) => {
            say!(look.words, "gauge-about-held", name = name.as_str(), watches = watches, share = share)
        }
    };
    GaugePart { name, watches, fill: GaugeFill::Held(colour), sentence }
}
