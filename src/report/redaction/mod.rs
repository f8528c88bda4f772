//! Redaction of what a report does not need to say: taken out of the model before any form is made of it.

mod identity;
mod names;
mod secret_names;
mod secrets;
mod vocabulary;
mod walk;

use super::Report;
pub use identity::Identity;
use names::Names;
use serde::Serialize;
use std::collections::BTreeMap;

/// A sort of private thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(strum::EnumIter))]
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

/// Number of removals of one sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// The sort.
    pub what: Sort,
    /// The number of removals.
    pub count: u64,
}

/// The text that stands where a secret stood.
const MARK: &str = "[removed]";

/// Removes everything private that is recognised, and notes in the report what that was.
pub fn redact(report: &mut Report, identity: &Identity) {
    // A sentence may quote a value that only its place in a command line or a setting gives away as a secret. So the
    // secrets are collected on a copy first, and the second pass finds them wherever they stand.
    let mut collector = Redactor::new(identity);
    walk::every_string(&mut report.clone(), &mut collector);
    let mut redactor = Redactor { found: collector.found, ..Redactor::new(identity) };
    redactor.found.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    walk::every_string(report, &mut redactor);
    report.redacted = true;
    report.removed = redactor.counts.into_iter().map(|(what, count)| Removed { what, count }).collect();
}

/// Removes private parts from strings and counts them.
struct Redactor {
    names: Names,
    found: Vec<String>,
    counts: BTreeMap<Sort, u64>,
}

impl Redactor {
    fn new(identity: &Identity) -> Self {
        Self { names: Names::new(identity), found: Vec::new(), counts: BTreeMap::new() }
    }

    /// Text from elsewhere: a path, a log line, an argument.
    fn text(&mut self, text: &mut String) {
        self.any(text, false);
    }

    /// A sentence of this program, with text from elsewhere in it.
    fn sentence(&mut self, text: &mut String) {
        self.any(text, true);
    }

    fn any(&mut self, text: &mut String, sentence: bool) {
        self.found_elsewhere(text);
        secrets::in_text(text, &mut |secret| self.note_secret(secret));
        self.names.remove(text, sentence, |sort| *self.counts.entry(sort).or_default() += 1);
    }

    /// A command line, argument by argument: an option may announce that the next argument is a secret.
    fn command(&mut self, arguments: &mut [String]) {
        secrets::in_arguments(arguments, &mut |secret| self.note_secret(secret));
        arguments.iter_mut().for_each(|argument| self.text(argument));
    }

    /// A setting's value, whose key tells whether it is a secret.
    fn value(&mut self, key: &str, value: &mut String) {
        if secret_names::announces(key, value) {
            self.note_secret(value);
            MARK.clone_into(value);
        }
        self.text(value);
    }

    fn note_secret(&mut self, secret: &str) {
        *self.counts.entry(Sort::Secret).or_default() += 1;
        let secret = secret.trim_matches(['"', '\'']);
        if is_telling(secret) && !self.found.iter().any(|known| known == secret) {
            self.found.push(secret.to_owned());
        }
    }

    fn found_elsewhere(&mut self, text: &mut String) {
        for secret in &self.found {
            let times = text.matches(secret.as_str()).count();
            if times > 0 {
                *text = text.replace(secret.as_str(), MARK);
                *self.counts.entry(Sort::Secret).or_default() += times as u64;
            }
        }
    }
}

/// Tells whether it is long and odd enough to be removed wherever it stands: a plain word or a path would take half the
/// report along.
fn is_telling(secret: &str) -> bool {
    secret.len() >= 8 && !secret.contains('/') && secret.bytes().any(|byte| !byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests;
