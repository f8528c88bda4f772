//! Redaction of what a report does not need to say: taken out of the model before any form is made of it.

mod assignments;
mod clients;
mod commands;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod identity;
mod matches;
mod names;
mod network;
mod ranges;
mod secret_names;
mod secrets;
mod shapes;
mod urls;
mod vocabulary;
mod walk;

use super::Report;
use aho_corasick::{AhoCorasick, MatchKind};
pub use identity::Identity;
use names::Names;
use ranges::Ranges;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;

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
    /// An IP address, or that of a network card.
    Address,
    /// An e-mail address.
    Email,
    /// The end of a text that is too long to be looked through.
    LongText,
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

/// What stands where a text was cut.
const CUT: &str = "[cut]";

/// Bytes of one text that are looked through; what follows is cut, since nobody knows what it holds.
const LONGEST: usize = 64 << 10;

/// Bytes of a secret that is looked for elsewhere too: a shorter one is a word, and nothing quotes a longer one.
const TELLING: RangeInclusive<usize> = 8..=4096;

/// Removes everything private that is recognised, and notes in the report what that was.
pub fn redact(report: &mut Report, identity: &Identity) {
    // A sentence may quote a value that only its place in a command line or a setting gives away as a secret. So the
    // secrets are collected on a copy first, and the second pass finds them wherever they stand.
    let mut collector = Redactor::new(identity);
    walk::every_string(&mut report.clone(), &mut collector);
    let mut redactor = Redactor { known: known(&collector.found), ..Redactor::looking_for(collector.names) };
    walk::every_string(report, &mut redactor);
    report.redacted = true;
    report.removed = redactor.counts.into_iter().map(|(what, count)| Removed { what, count }).collect();
}

/// Finds any of `secrets`, and the longest where several begin.
fn known(secrets: &HashSet<String>) -> Option<AhoCorasick> {
    let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(secrets);
    (!secrets.is_empty()).then(|| search.expect("the secrets of one report are fewer than can be numbered"))
}

/// Removes private parts from strings and counts them.
struct Redactor {
    names: Names,
    found: HashSet<String>,
    known: Option<AhoCorasick>,
    counts: BTreeMap<Sort, u64>,
}

impl Redactor {
    fn new(identity: &Identity) -> Self {
        Self::looking_for(Names::new(identity))
    }

    fn looking_for(names: Names) -> Self {
        Self { names, found: HashSet::new(), known: None, counts: BTreeMap::new() }
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
        self.shorten(text);
        let secrets = secrets::in_text(text);
        self.remove(text, secrets, sentence);
    }

    /// A command line, argument by argument: an option may announce that the next argument is a secret.
    fn command(&mut self, arguments: &mut [String]) {
        arguments.iter_mut().for_each(|argument| self.shorten(argument));
        let secrets = secrets::in_arguments(arguments);
        for (argument, secrets) in arguments.iter_mut().zip(secrets) {
            self.remove(argument, secrets, false);
        }
    }

    /// A setting's value, whose key tells whether it is a secret.
    fn value(&mut self, key: &str, value: &mut String) {
        if secret_names::announces(key, value) {
            self.note_secret(value);
            *self.counts.entry(Sort::Secret).or_default() += 1;
            MARK.clone_into(value);
        } else {
            self.text(value);
        }
    }

    /// Cuts a text that is too long, at a space, so that no half of a secret is left that is not known by its half.
    fn shorten(&mut self, text: &mut String) {
        if text.len() > LONGEST {
            let kept = &text[..text.floor_char_boundary(LONGEST)];
            text.truncate(kept.rfind(char::is_whitespace).map_or(0, |space| space + 1));
            text.push_str(CUT);
            *self.counts.entry(Sort::LongText).or_default() += 1;
        }
    }

    /// Removes the `secrets`, those known from elsewhere, and the names.
    fn remove(&mut self, text: &mut String, mut secrets: Ranges, sentence: bool) {
        secrets.iter().for_each(|secret| self.note_secret(&text[secret.clone()]));
        if let Some(known) = &self.known {
            secrets.extend(known.find_iter(text.as_str()).map(|found| found.range()));
        }
        let secrets = ranges::merged(secrets);
        *self.counts.entry(Sort::Secret).or_default() += secrets.len() as u64;
        ranges::replace(text, &secrets, MARK);
        self.names.remove(text, sentence, |sort| *self.counts.entry(sort).or_default() += 1);
        self.counts.retain(|_, count| *count > 0);
    }

    /// Remembers a secret, to be found wherever else it stands; of a name and a password, the password too.
    fn note_secret(&mut self, secret: &str) {
        let secret = secret.trim_matches(['"', '\'']);
        let password = secret.split_once(':').map(|(_, password)| password);
        for secret in [Some(secret), password].into_iter().flatten() {
            if is_telling(secret) && !self.found.contains(secret) {
                self.found.insert(secret.to_owned());
            }
        }
    }
}

/// Tells whether it is long and odd enough to be removed wherever it stands: a plain word or a path would take half the
/// report along.
fn is_telling(secret: &str) -> bool {
    let odd = |byte: u8| !(byte.is_ascii_lowercase() || b"_-. ".contains(&byte));
    TELLING.contains(&secret.len()) && !secret.starts_with(['/', '~', '.']) && secret.bytes().any(odd)
}

#[cfg(test)]
mod tests;
