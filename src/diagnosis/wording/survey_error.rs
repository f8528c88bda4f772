//! Reasons why no survey could be taken, in a sentence.

use crate::say;
use crate::survey::SurveyError;
use crate::words::Words;

impl SurveyError {
    /// Words what is wrong, where, and what would be right.
    #[must_use]
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Self::Project { path, reason } => {
                say!(words, "survey-no-folder", path = words.path(path), reason = reason.to_string())
            }
            Self::NotAFolder(path) => say!(words, "survey-not-a-folder", path = words.path(path)),
            Self::NoScript(path) => say!(words, "survey-no-script", path = words.path(path)),
            Self::RemoteScript(address) => say!(words, "survey-remote-script", address = address.as_str()),
            Self::NoPython(path) => say!(words, "survey-no-python", path = words.path(path)),
            Self::Cancelled(_) => say!(words, "survey-cancelled"),
        }
    }
}
