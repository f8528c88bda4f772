//! The parts of a drawn gauge: who holds how much, and what the project adds or lacks.

use crate::diagnosis::Budget;
use crate::report::Report;
use crate::report::model::{Process, Sums};
use crate::say;
use crate::words::Words;

/// One part of a gauge.
pub(in crate::report) struct Part {
    pub(in crate::report) name: String,
    pub(in crate::report) count: u64,
    /// The count as the language writes it.
    pub(in crate::report) figure: String,
    pub(in crate::report) fill: Fill,
}

/// The ways in which a part is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Fill {
    /// The part held by the program at this place, most first.
    Named(usize),
    /// The part held by all others.
    Others,
    /// The project adds it, and it fits.
    Fits,
    /// The project needs it, and it does not fit.
    Missing,
}

impl Part {
    fn new(name: String, count: u64, fill: Fill, words: &Words) -> Self {
        Self { name, count, figure: words.number(count), fill }
    }
}

/// The programs that hold most by name, then all others together.
pub(super) fn of_watches(report: &Report, words: &Words) -> Vec<Part> {
    let charged = |process: &&Process| process.charged_to_account && process.charged_watches > 0;
    let mut mine: Vec<&Process> = report.processes.iter().filter(charged).collect();
    mine.sort_by_key(|process| std::cmp::Reverse(process.charged_watches));
    let (named, rest) = mine.split_at(mine.len().min(Budget::NAMED_HOLDERS));
    let part = |(place, process): (usize, &&Process)| {
        let pid = process.pid.to_string();
        let name = say!(words, "gauge-process", program = process.program.as_str(), pid = pid);
        Part::new(name, process.charged_watches, Fill::Named(place), words)
    };
    let mut parts: Vec<Part> = named.iter().enumerate().map(part).collect();
    let others = rest.iter().map(|process| process.charged_watches).sum();
    if others > 0 {
        parts.push(Part::new(say!(words, "gauge-others", count = rest.len()), others, Fill::Others, words));
    }
    parts
}

/// All together: which program answers for a shared instance is not worth a colour.
pub(super) fn of_instances(report: &Report, words: &Words) -> Vec<Part> {
    let held = report.budget.instances.held;
    let part = Part::new(say!(words, "report-gauge-held-now"), held, Fill::Named(0), words);
    (held > 0).then_some(part).into_iter().collect()
}

/// Divides what the project adds into what fits and what does not.
pub(super) fn of_project(sums: Sums, words: &Words) -> Vec<Part> {
    let fits = sums.to_add.saturating_sub(sums.missing);
    [
        Part::new(say!(words, "gauge-fits"), fits, Fill::Fits, words),
        Part::new(say!(words, "gauge-missing"), sums.missing, Fill::Missing, words),
    ]
    .into_iter()
    .filter(|part| part.count > 0)
    .collect()
}
