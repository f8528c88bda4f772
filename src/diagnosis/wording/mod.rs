//! The sentences of the diagnosis: facts in, one language out.

use super::{Finding, Recommendation, Severity, Verdict};
use crate::machine::Kind;
use crate::words::Words;

impl Verdict {
    /// The verdict in one sentence, or two short ones.
    #[must_use]
    pub fn sentence(&self, _words: &Words) -> String {
        todo!()
    }
}

impl Finding {
    /// One plain sentence without a full stop.
    #[must_use]
    pub fn title(&self, _words: &Words) -> String {
        todo!()
    }

    /// What it means and what to do.
    #[must_use]
    pub fn detail(&self, _words: &Words) -> String {
        todo!()
    }
}

impl Recommendation {
    /// What to do and why, in one or two sentences.
    #[must_use]
    pub fn reason(&self, _words: &Words) -> String {
        todo!()
    }
}

impl Severity {
    /// The word on the finding's tag.
    #[must_use]
    pub fn label(self, _words: &Words) -> String {
        todo!()
    }
}

impl Kind {
    /// What the process is, for a table.
    #[must_use]
    pub fn label(self, _words: &Words) -> String {
        todo!()
    }
}
