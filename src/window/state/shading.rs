//! Shading in the map of folders: the directories that a remedy would take away.

use crate::remedy::{Relief, Relieving};

/// The choice, and what it comes to once that is known.
#[derive(Debug, Default)]
pub struct Shading {
    /// The remedy whose directories are shaded; `None`: nothing is.
    pub chosen: Option<Relieving>,
    /// The relief, and the choice for which it was found out.
    pub found: Option<(Relieving, Relief)>,
}

impl Shading {
    /// Returns what the chosen remedy comes to, where that is known already.
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
