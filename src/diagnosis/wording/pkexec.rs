//! Whether pkexec can ask for a password here, in words.

use crate::machine::environment::Pkexec;
use crate::say;
use crate::words::Words;

impl Pkexec {
    /// Words whether it can, or the reason why not.
    #[must_use]
    pub fn label(&self, words: &Words) -> String {
        match self {
            Self::Usable(_) => say!(words, "report-pkexec-usable"),
            Self::NotInstalled => say!(words, "report-pkexec-not-installed"),
            Self::NotSetuid => say!(words, "report-pkexec-not-setuid"),
            Self::NoNewPrivileges => say!(words, "report-pkexec-no-new-privileges"),
            Self::NoSystemBus => say!(words, "report-pkexec-no-system-bus"),
            Self::NoPolkitd => say!(words, "report-pkexec-no-polkitd"),
            Self::Confined => say!(words, "report-pkexec-confined"),
        }
    }
}
