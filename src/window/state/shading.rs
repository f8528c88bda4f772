//! What is shaded in the map of folders: the directories that a remedy would take away.

use crate::remedy::{Relief, Relieving};

/// What is chosen, and what it comes to once that is known.
#[derive(Debug, Default)]
pub struct Shading {
    /// The remedy whose directories are shaded; `None`: nothing is.
    pub chosen: Option<Relieving>,
    /// What it comes to, and for which choice that was found out.
    pub found: Option<(Relieving, Relief)>,
}

impl Shading {
    /// What the chosen remedy comes to, where that is known already.
    #[must_use]
    pub fn relief(&self) -> Option<&Relief> {
        self.found.as_ref().filter(|(of, _)| Some(of) == self.chosen.as_ref()).map(|(_, relief)| relief)
    }

    /// The choice whose relief has to be found out yet.
    #[must_use]
    pub fn wanted(&self) -> Option<&Relieving> {
        self.chosen.as_ref().filter(|_| self.relief().is_none())
    }
}
