//! Chinese as a Chinese developer writes it, as far as that can be checked: the terms of the glossary, and the form of a sentence.

use super::{text_of, values};
use std::fs;

/// A variable that stands for a whole sentence, or nothing at all: no space belongs beside it.
const SENTENCES: [&str; 6] = ["reason", "said", "raise", "running", "counted", "location"];
const FULL_WIDTH: &str = "，。：；、！？（）“”";

struct Term {
    chinese: String,
    not: Vec<String>,
}

/// The rows of the table in `assets/locale/GLOSSARY.md`.
fn glossary() -> Vec<Term> {
    let file = format!("{}/assets/locale/GLOSSARY.md", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(file).expect("the glossary is there");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let cells = rows.map(|row| row.split(" | ").map(str::trim).collect::<Vec<_>>());
    cells
        .skip(1)
        .map(|row| {
            let [_, chinese, not] = row[..] else { panic!("three columns, not {row:?}") };
            Term { chinese: chinese.into(), not: not.split(" / ").map(str::to_owned).collect() }
        })
        .collect()
}

#[test]
fn the_terms_of_the_glossary_are_used_and_their_variants_are_not() {
    let (terms, text) = (glossary(), text_of("zh-CN"));
    assert!(terms.len() > 30, "{} rows were read", terms.len());
    let unused: Vec<&str> = terms.iter().map(|term| &*term.chinese).filter(|term| !text.contains(term)).collect();
    assert!(unused.is_empty(), "no sentence uses {unused:?}");
    let mut wrong = Vec::new();
    for (id, value) in values("zh-CN") {
        for term in &terms {
            let rest = value.replace(&term.chinese, "\0");
            wrong.extend(
                term.not
                    .iter()
                    .filter(|not| rest.contains(*not))
                    .map(|not| format!("{id}: {not}, not {}", term.chinese)),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The sentence with a letter in place of each variable, and a line break in place of one that stands for a sentence.
fn filled(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("{ ") {
        let Some((inner, after)) = after.split_once(" }") else { break };
        text.push_str(before);
        let sentence = SENTENCES.iter().any(|name| inner.strip_prefix('$') == Some(name));
        text.push(if sentence { '\n' } else { 'X' });
        rest = after;
    }
    text + rest
}

fn is_chinese(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// What two characters beside each other break, as a rule in words.
fn breaks(left: char, right: char) -> Option<&'static str> {
    let (full, half) = (|c| FULL_WIDTH.contains(c), |c| ",;:!?()".contains(c));
    let chinese_beside =
        |test: &dyn Fn(char) -> bool| is_chinese(left) && test(right) || is_chinese(right) && test(left);
    if chinese_beside(&|c: char| c.is_ascii_alphanumeric()) {
        Some("a space belongs between Chinese and Latin")
    } else if full(left) && right == ' ' || full(right) && left == ' ' {
        Some("no space belongs beside full-width punctuation")
    } else if chinese_beside(&half) {
        Some("punctuation beside Chinese is full-width")
    } else {
        None
    }
}

#[test]
fn a_chinese_sentence_has_full_width_punctuation_and_one_rule_for_spaces() {
    let mut wrong = Vec::new();
    for (id, value) in values("zh-CN") {
        let characters: Vec<char> = filled(&value).chars().collect();
        wrong.extend(characters.windows(2).filter_map(|pair| {
            let rule = breaks(pair[0], pair[1])?;
            Some(format!("{id}: {rule}, at “{}{}” in {value}", pair[0], pair[1]))
        }));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_rules_of_form_find_what_breaks_them() {
    for (text, sound) in [
        ("监视 inotify，用 3 个", true),
        ("监视inotify", false),
        ("用3 个", false),
        ("监视， 然后", false),
        ("监视,然后", false),
        ("监视（3 个）", true),
        ("监视(3 个)", false),
        ("用 { $count } 个", true),
        ("用{ $count } 个", false),
        ("{ $said }其中", true),
    ] {
        let characters: Vec<char> = filled(text).chars().collect();
        assert_eq!(characters.windows(2).all(|pair| breaks(pair[0], pair[1]).is_none()), sound, "{text}");
    }
}
