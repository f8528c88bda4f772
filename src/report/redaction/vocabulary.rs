//! Names of people and computers that are also words: Max, Will and May must not spoil the report's own sentences.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Costs of taking a name out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ambiguity {
    /// The name is nothing but a name.
    None,
    /// The name is also a word of the program's sentences: there it is a name only beside a slash or an at sign.
    InSentences,
    /// The name is a word of the field that points at nobody, and stands in half of all command lines.
    Everywhere,
}

const WORDS_OF_THE_FIELD: [&str; 30] = [
    "admin",
    "app",
    "arch",
    "code",
    "core",
    "data",
    "debian",
    "dev",
    "docker",
    "fedora",
    "home",
    "host",
    "jupyter",
    "linux",
    "local",
    "main",
    "node",
    "opt",
    "project",
    "python",
    "root",
    "run",
    "server",
    "srv",
    "streamlit",
    "test",
    "ubuntu",
    "user",
    "vscode",
    "watch",
];

/// English words of the program. Chinese sentences hold no names of accounts by chance.
static WORDS_OF_SENTENCES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let sentences = include_str!("../../../assets/locale/en/inotify_doctor.ftl").to_ascii_lowercase();
    sentences.split(|letter: char| !letter.is_ascii_alphanumeric()).map(str::to_owned).collect()
});

/// Tells how much of a word `name` is.
pub(super) fn ambiguity(name: &str) -> Ambiguity {
    let name = name.to_ascii_lowercase();
    if name.len() == 1 || WORDS_OF_THE_FIELD.contains(&name.as_str()) {
        Ambiguity::Everywhere
    } else if WORDS_OF_SENTENCES.contains(&name) || name == "max" {
        // The kernel's keys (max_user_watches) come into sentences as values.
        Ambiguity::InSentences
    } else {
        Ambiguity::None
    }
}
