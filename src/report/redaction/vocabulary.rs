//! Names of people and computers that are also words: Max, Will and May must not spoil the report's own sentences.

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

/// Tells whether `name`, in small letters, is a word of the English sentences. Chinese ones hold no names of accounts
/// by chance. A set of all their words would take longer to make than a few names to be looked for.
fn is_word_of_sentences(name: &str) -> bool {
    static SENTENCES: LazyLock<String> =
        LazyLock::new(|| include_str!("../../../assets/locale/en/inotify_doctor.ftl").to_ascii_lowercase());
    let of_word = |letter: char| letter.is_ascii_alphanumeric();
    let stands_alone =
        |place: usize| !SENTENCES[..place].ends_with(of_word) && !SENTENCES[place + name.len()..].starts_with(of_word);
    name.chars().all(of_word) && SENTENCES.match_indices(name).any(|(place, _)| stands_alone(place))
}

/// Tells how much of a word `name` is.
pub(super) fn ambiguity(name: &str) -> Ambiguity {
    let name = name.to_ascii_lowercase();
    if name.len() == 1 || WORDS_OF_THE_FIELD.contains(&name.as_str()) {
        Ambiguity::Everywhere
    } else if is_word_of_sentences(&name) || name == "max" {
        // The kernel's keys (max_user_watches) come into sentences as values.
        Ambiguity::InSentences
    } else {
        Ambiguity::None
    }
}
