//! The wizard's steps and the tables of the second one.

/// The four steps of the wizard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum WizardStep {
    #[default]
    Project,
    Diagnosis,
    Fix,
    Verify,
}

impl WizardStep {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Project, Self::Diagnosis, Self::Fix, Self::Verify];

    /// The step's number as people count.
    #[must_use]
    pub const fn number(self) -> usize {
        self as usize + 1
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// The one before it.
    #[must_use]
    pub fn back(self) -> Option<Self> {
        (self as usize).checked_sub(1).and_then(|place| Self::ALL.get(place)).copied()
    }
}

/// The tables below the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Tab {
    #[default]
    Processes,
    Folders,
    Settings,
    System,
}

impl Tab {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Processes, Self::Folders, Self::Settings, Self::System];
}
