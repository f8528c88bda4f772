//! Promises about error texts, for any text.

use super::recognise;
use super::recognise::Recognised;

/// What is found is found after other lines too, in one line that can be shown.
pub(crate) fn check(bytes: &[u8]) {
    /// "cut to a few hundred characters".
    const MOST_LETTERS: usize = 1_000;
    let text = String::from_utf8_lossy(bytes);
    let Some(found) = recognise(&text) else { return };
    assert!(!found.line.is_empty() && found.line.chars().count() <= MOST_LETTERS, "a line: {found:?}");
    assert!(!found.line.contains(['\n', '\r', '\u{1b}']), "one line without colour codes: {found:?}");
    let later = recognise(&format!("12:00:00 started\n\n{text}"));
    assert_eq!(later.as_ref().map(resource), Some(resource(&found)), "after other lines");
}

fn resource(found: &Recognised) -> super::Resource {
    found.resource
}
