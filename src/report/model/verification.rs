//! The checks of a verification, as the report has them.

use super::Check;
use crate::verification;
use crate::words::Words;

impl Check {
    /// One check with its sentence.
    #[must_use]
    pub fn of(check: &verification::Check, words: &Words) -> Self {
        let (title, detail) = (check.title(words), check.sentence(words));
        Self { id: check.id().to_owned(), passed: check.verdict(), title, detail }
    }
}
