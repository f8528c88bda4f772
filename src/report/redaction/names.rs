//! The user's home folder, people's names, the computer's name and e-mail addresses.

use super::matches::{after, before, replace};
use super::ranges::{self, compiled};
use super::vocabulary::{Ambiguity, ambiguity};
use super::{Identity, Sort, network};
use regex::{Match, Regex};
use std::sync::LazyLock;

/// The names to remove, ready to be looked for.
pub(super) struct Names {
    homes: Option<Regex>,
    users: Looked,
    hosts: Looked,
}

/// Names to look for, by how they may be mistaken.
struct Looked {
    /// Nothing but names.
    clear: Option<Regex>,
    /// Also words of the program's sentences.
    ambiguous: Option<Regex>,
}

static HOMES: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"(?:/home/|%2[Ff]home%2[Ff])([^/\s:"'\\,;)%]+)|/Users/([^/:"'\n]+)/"#));
static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"));

impl Names {
    pub(super) fn new(identity: &Identity) -> Self {
        let homes: Vec<String> = identity.homes.iter().map(|home| home.to_string_lossy().into_owned()).collect();
        Self {
            homes: any_of(homes.iter().map(String::as_str), ""),
            users: Looked::new(&identity.users),
            hosts: Looked::new(&identity.hosts),
        }
    }

    /// Removes them from `text`, which may be a `sentence` of this program, and tells the sort of each.
    pub(super) fn remove(&self, text: &mut String, sentence: bool, mut note: impl FnMut(Sort)) {
        if let Some(homes) = &self.homes {
            replace(text, homes, "~", is_folder, || note(Sort::HomeFolder));
        }
        below_home(text, || note(Sort::UserName));
        if text.contains('@') {
            replace(text, &EMAIL, "[e-mail]", is_email, || note(Sort::Email));
        }
        network::remove(text, &mut note);
        self.users.remove(text, sentence, "user", || note(Sort::UserName));
        self.hosts.remove(text, sentence, "host", || note(Sort::HostName));
    }
}

impl Looked {
    fn new(names: &[String]) -> Self {
        let of = |wanted: Ambiguity| names.iter().map(String::as_str).filter(move |name| ambiguity(name) == wanted);
        Self { clear: any_of(of(Ambiguity::None), "(?i)"), ambiguous: any_of(of(Ambiguity::InSentences), "(?i)") }
    }

    fn remove(&self, text: &mut String, sentence: bool, stand_in: &str, mut note: impl FnMut()) {
        if let Some(clear) = &self.clear {
            replace(text, clear, stand_in, is_word, &mut note);
        }
        if let Some(ambiguous) = &self.ambiguous {
            let counts = if sentence { is_marked } else { is_own_word };
            replace(text, ambiguous, stand_in, counts, note);
        }
    }
}

/// The longest first, so that a full host name is not cut at its short one.
fn any_of<'n>(names: impl Iterator<Item = &'n str>, flags: &str) -> Option<Regex> {
    let mut names: Vec<&str> = names.collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let escaped: Vec<String> = names.into_iter().map(regex::escape).collect();
    (!escaped.is_empty()).then(|| compiled(&format!("{flags}{}", escaped.join("|"))))
}

/// People's folders below /home, whoever they are.
fn below_home(text: &mut String, mut note: impl FnMut()) {
    let names: Vec<_> = HOMES
        .captures_iter(text)
        .filter_map(|found| found.get(1).or_else(|| found.get(2)))
        .filter(|name| name.as_str() != "user")
        .map(|name| name.range())
        .collect();
    names.iter().for_each(|_| note());
    ranges::replace(text, &names, "user");
}

/// A whole path, not the beginning or the end of a longer name.
fn is_folder(text: &str, found: &Match<'_>) -> bool {
    let in_name = |character: char| character.is_alphanumeric() || "_-.".contains(character);
    !before(text, found).ends_with(in_name) && !after(text, found).starts_with(in_name)
}

/// A whole word. Only ASCII letters continue one: Chinese is written without spaces around a name.
fn is_word(text: &str, found: &Match<'_>) -> bool {
    let letter = |character: char| character.is_ascii_alphanumeric();
    let before = before(text, found);
    // In a URL, `%2Fmia` is a slash and the name.
    let escaped = before.len() >= 3
        && before.is_char_boundary(before.len() - 3)
        && before[before.len() - 3..].starts_with('%')
        && before[before.len() - 2..].bytes().all(|byte| byte.is_ascii_hexdigit());
    (escaped || !before.ends_with(letter)) && !after(text, found).starts_with(letter)
}

/// A word that does not begin a key of the kernel's: `max_user_watches`, `max_queued_events`.
fn is_own_word(text: &str, found: &Match<'_>) -> bool {
    let after = after(text, found);
    is_word(text, found) && !["_user_", "_queued_", "_inotify_"].iter().any(|key| after.starts_with(key))
}

/// A word that stands where only a name stands: below a folder, before a host.
fn is_marked(text: &str, found: &Match<'_>) -> bool {
    is_word(text, found) && (before(text, found).ends_with(['/', '@']) || after(text, found).starts_with('@'))
}

/// `git@` is everyone's remote account, `user@1000.service` is a unit of systemd; `name@1.2.3`, a package with its version, has no letters at its end.
fn is_email(_text: &str, found: &Match<'_>) -> bool {
    let units = ["service", "socket", "slice", "scope", "mount", "timer", "target", "device", "path", "swap"];
    let ending = found.as_str().rsplit('.').next().unwrap_or_default();
    !found.as_str().starts_with("git@") && !units.contains(&ending)
}
