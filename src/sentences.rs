//! Checks of every sentence of every variant, in both languages: none is empty, unfinished or an id.
//!
//! The samples of an enum are held against the number of its variants, so that a new one cannot be forgotten.

mod diagnosis;
mod remedy;
mod verification;

use crate::project::streamlit::{BrokenToml, TomlMistake};
use crate::words::{Language, Words};
use std::collections::HashSet;
use std::fmt::Debug;
use std::mem::discriminant;
use std::path::PathBuf;
use strum::EnumCount;

/// Checks what `say` makes of each sample; the samples show every variant.
fn all_said<T: EnumCount + Debug>(samples: &[T], say: impl Fn(&T, &Words) -> Vec<String>) {
    show_every_variant(samples);
    each_said(samples, |sample, words| say(sample, words));
}

fn show_every_variant<T: EnumCount>(samples: &[T]) {
    let shown: HashSet<_> = samples.iter().map(discriminant).collect();
    assert_eq!(shown.len(), T::COUNT, "{} has variants without a sample", std::any::type_name::<T>());
}

/// Checks what `say` makes of each value.
fn each_said<T: Debug>(values: impl IntoIterator<Item = T>, say: impl Fn(&T, &Words) -> Vec<String>) {
    let languages = Language::ALL.map(Words::new);
    let ids = ids();
    for value in values {
        for words in &languages {
            let said = say(&value, words);
            assert!(!said.is_empty(), "{:?} has nothing to say for {value:?}", words.language());
            for sentence in said {
                is_whole(&sentence, &ids).unwrap_or_else(|fault| panic!("{value:?}: {sentence:?} {fault}"));
            }
        }
    }
}

fn is_whole(sentence: &str, ids: &HashSet<String>) -> Result<(), String> {
    let mut names = sentence.split(|character: char| !(character.is_ascii_alphanumeric() || character == '-'));
    if sentence.trim().is_empty() {
        Err("is empty".to_owned())
    } else if sentence.contains(['{', '}']) {
        Err("has a place that nothing was put into".to_owned())
    } else {
        names.find(|name| ids.contains(*name)).map_or(Ok(()), |id| Err(format!("has the id {id} in it")))
    }
}

/// The ids of all messages that could not be a word as well.
fn ids() -> HashSet<String> {
    let text = include_str!("../assets/locale/en/inotify_doctor.ftl");
    let names = text.lines().filter_map(|line| line.split_once(" ="));
    names.map(|(name, _)| name.to_owned()).filter(|name| name.contains('-') && !name.starts_with(' ')).collect()
}

fn path() -> PathBuf {
    PathBuf::from("/srv/app/data")
}

fn text() -> String {
    "a word".to_owned()
}

/// A broken settings file: unknown what would be right, known, and a key outside of every section.
fn broken() -> [BrokenToml; 3] {
    let with = |suggestion: Option<&str>, key: Option<&str>| BrokenToml {
        line: 2,
        column: 19,
        text: "fileWatcherType = none".to_owned(),
        reason: "a value is missing".to_owned(),
        mistake: TomlMistake::NoQuotes,
        suggestion: suggestion.map(str::to_owned),
        outside_section: key.map(str::to_owned),
    };
    [with(None, None), with(Some("fileWatcherType = \"none\""), None), with(Some("[server]"), Some("fileWatcherType"))]
}

#[test]
fn a_sentence_with_a_fault_is_noticed() {
    let ids = ids();
    assert!(ids.len() > 500, "the ids are found: {}", ids.len());
    for faulty in ["", "  ", "Set {$key} to 3.", "No localization for id: \"finding-all-good\""] {
        assert!(is_whole(faulty, &ids).is_err(), "{faulty:?}");
    }
    assert_eq!(is_whole("Nothing has to be fixed", &ids), Ok(()));
}
