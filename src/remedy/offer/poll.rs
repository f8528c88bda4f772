//! Letting Streamlit poll: the offer, and how many files it would look at.

use super::{Case, Offer};
use crate::project::streamlit::Watcher;
use crate::remedy::FileWatcher;
use crate::remedy::streamlit_config::ConfigRequest;

impl Case {
    /// Offers to let Streamlit poll by the project's settings file. `None` where that would change nothing: it polls or
    /// does not watch already, another place wins, or the file cannot be written as it is. Reads the file.
    #[must_use]
    pub fn let_poll(&self) -> Option<Offer> {
        self.streamlit.as_ref().filter(|now| now.watcher == Watcher::Watchdog)?;
        let request = ConfigRequest { file_watcher: Some(FileWatcher::Poll), run_on_save: None, starter: false };
        let offer = self.streamlit_config(request, false);
        let helps = offer.notes.is_empty() && offer.plan.as_ref().is_ok_and(|plan| !plan.is_empty());
        helps.then_some(offer)
    }

    /// Files that polling would look at; `None` where they were not counted.
    #[must_use]
    pub fn polled_files(&self) -> Option<u64> {
        self.streamlit.as_ref().map(|now| now.need.polled_files).filter(|files| *files > 0)
    }
}
