//! What the step Verify shows: the checks, and the figures of before.

use crate::progress::Progress;
use crate::verification::{Check, Figures, Outcome};

/// The step's page.
#[derive(Default)]
pub struct VerifyPage {
    /// The checks as they were last run; empty before the first time.
    pub checks: Vec<Check>,
    /// They are being run; how far they are.
    pub running: Option<Progress>,
    /// The figures of the first survey of this project.
    pub before: Option<Figures>,
    /// Why they could not be run.
    pub failed: Option<String>,
}

impl VerifyPage {
    /// How many checks ended so.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> u64 {
        self.checks.iter().filter(|check| check.outcome == outcome).count() as u64
    }
}
