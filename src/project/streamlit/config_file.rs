//! `config.toml`, read as Streamlit reads it: a file that is not valid TOML counts for nothing.

use super::mistake::{TomlMistake, first_wrong_line};
use super::{BrokenToml, ConfigState};
use crate::guarded::{self, Refusal};
use std::collections::BTreeMap;
use std::path::Path;
use toml_edit::{Document, Item, Table, TableLike};

/// Settings of a config file, by dotted key, and what became of it.
#[derive(Clone, Debug)]
pub(super) struct Parsed {
    pub(super) state: ConfigState,
    pub(super) values: BTreeMap<String, ConfigValue>,
}

/// A value as TOML has it, as far as the settings that matter here can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ConfigValue {
    Text(String),
    List(Vec<String>),
    /// A number, a truth value, a date or a table, as TOML writes it.
    Plain(String),
}

impl ConfigValue {
    /// Returns it as TOML would write it, without quotes around a single text.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Plain(text) => text.clone(),
            Self::List(entries) => {
                let quoted: Vec<String> =
                    entries.iter().map(|entry| toml_edit::Value::from(entry).to_string()).collect();
                format!("[{}]", quoted.join(", "))
            }
        }
    }
}

/// Reads the file. Where `os.path.exists` is true and it cannot be read, Streamlit opens it and fails.
pub(super) fn read(path: &Path) -> Parsed {
    match guarded::read(path, guarded::SMALL_BYTES) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => parse(&text),
            Err(error) => Parsed::without_values(ConfigState::Unreadable(error.utf8_error().to_string())),
        },
        Err(Refusal::Missing) => Parsed::without_values(ConfigState::Missing),
        Err(refusal) => Parsed::without_values(ConfigState::Unreadable(refusal.to_string())),
    }
}

impl Parsed {
    const fn without_values(state: ConfigState) -> Self {
        Self { state, values: BTreeMap::new() }
    }
}

/// Parses the text of a config file.
pub(super) fn parse(text: &str) -> Parsed {
    match document(text) {
        Ok(document) => {
            if let Some((place, key)) = outside_sections(&document) {
                // Valid TOML, but Streamlit takes every entry of the file for a section and does not start.
                let mut broken = at(text, place, "a key outside a section".to_owned());
                broken.outside_section = Some(key);
                broken.suggestion = Some(format!("server.{}", broken.text.trim_start()));
                return Parsed::without_values(ConfigState::Broken(broken));
            }
            let mut values = BTreeMap::new();
            collect("", document.as_table(), &mut values);
            Parsed { state: ConfigState::Read, values }
        }
        Err((place, reason)) => Parsed::without_values(ConfigState::Broken(broken(text, place, reason))),
    }
}

/// The first key of the file that is in no section, with its place.
fn outside_sections(document: &Document<String>) -> Option<(usize, String)> {
    let table = document.as_table();
    let (name, _) = table.iter().find(|(_, item)| item.as_table_like().is_none())?;
    let (key, _) = table.get_key_value(name)?;
    Some((key.span().map_or(0, |span| span.start), name.to_owned()))
}

/// TOML 1.0, which Python's parsers read: the parser here knows 1.1, too.
fn document(text: &str) -> Result<Document<String>, (usize, String)> {
    if text.starts_with('\u{feff}') {
        return Err((0, "byte order mark at the start of the file".to_owned()));
    }
    let document = Document::parse(text.to_owned())
        .map_err(|error| (error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
    match newer_notation(document.as_table(), text) {
        Some(place) => Err((place, "line break inside an inline table".to_owned())),
        None => Ok(document),
    }
}

/// Finds where an inline table goes over several lines, which TOML 1.0 forbids.
fn newer_notation(table: &Table, text: &str) -> Option<usize> {
    table.iter().find_map(|(_, item)| match item {
        Item::Table(inner) => newer_notation(inner, text),
        Item::Value(toml_edit::Value::InlineTable(inline)) => {
            let span = inline.span()?;
            let inside = text.get(span.clone())?;
            (inside.contains('\n') && !inside.contains("\"\"\"") && !inside.contains("'''")).then_some(span.start)
        }
        Item::None | Item::Value(_) | Item::ArrayOfTables(_) => None,
    })
}

fn collect(prefix: &str, table: &dyn TableLike, values: &mut BTreeMap<String, ConfigValue>) {
    for (key, item) in table.iter() {
        let name = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
        match item.as_table_like() {
            Some(inner) => collect(&name, inner, values),
            None => {
                values.insert(name, value(item));
            }
        }
    }
}

fn value(item: &Item) -> ConfigValue {
    match item.as_value() {
        Some(toml_edit::Value::String(text)) => ConfigValue::Text(text.value().clone()),
        Some(toml_edit::Value::Array(array)) => ConfigValue::List(
            array.iter().map(|entry| entry.as_str().map_or_else(|| bare(entry), str::to_owned)).collect(),
        ),
        Some(other) => ConfigValue::Plain(bare(other)),
        None => ConfigValue::Plain(item.to_string().trim().to_owned()),
    }
}

fn bare(value: &toml_edit::Value) -> String {
    value.clone().decorated("", "").to_string()
}

/// The mistake that a parser noticed at `place`, on the line where it was made.
fn broken(text: &str, place: usize, reason: String) -> BrokenToml {
    let broken = at(text, place, reason);
    let is_valid = |beginning: &str| document(beginning).is_ok();
    let line = first_wrong_line(text, broken.line, is_valid);
    if line == broken.line {
        return broken;
    }
    let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let indent = text[start..].len() - text[start..].trim_start_matches([' ', '\t']).len();
    at(text, start + indent, broken.reason)
}

fn at(text: &str, place: usize, reason: String) -> BrokenToml {
    let place = (0..=place.min(text.len())).rev().find(|place| text.is_char_boundary(*place)).unwrap_or(0);
    let start = text[..place].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[..start].matches('\n').count() + 1;
    let content = text[start..].split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let suggestion = corrected(content).filter(|right| repairs(text, start, content, right));
    let column = text[start..place].chars().count() + 1;
    let mistake = TomlMistake::of(content, &reason);
    BrokenToml { line, column, text: content.to_owned(), reason, mistake, suggestion, outside_section: None }
}

/// Tells whether the file is valid up to the end of that line when `right` stands there instead.
fn repairs(text: &str, start: usize, wrong: &str, right: &str) -> bool {
    let whole = format!("{}{right}{}", &text[..start], &text[start + wrong.len()..]);
    match document(&whole) {
        Ok(_) => true,
        Err((place, _)) => place > start + right.len(),
    }
}

/// The line with its value in straight quotes: `key = none`, `key = “none”`; `True` in lower case.
fn corrected(line: &str) -> Option<String> {
    let (key, rest) = line.split_once('=')?;
    let (value, comment) = rest.find('#').map_or((rest, ""), |hash| rest.split_at(hash));
    let word = value.trim();
    let plain = word.trim_matches(|mark| "“”„‘’'\"`".contains(mark));
    if plain.is_empty() || !plain.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-./:".contains(letter)) {
        return None;
    }
    let right = match plain {
        "True" | "TRUE" => "true".to_owned(),
        "False" | "FALSE" => "false".to_owned(),
        _ => format!("\"{plain}\""),
    };
    Some(format!("{key}={}{comment}", value.replacen(word, &right, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn watcher(text: &str) -> Option<ConfigValue> {
        parse(text).values.remove("server.fileWatcherType")
    }

    fn broken_by(text: &str) -> BrokenToml {
        match parse(text).state {
            ConfigState::Broken(broken) => broken,
            other @ (ConfigState::Missing | ConfigState::Read | ConfigState::Unreadable(_)) => {
                panic!("{text:?} should be broken and is {other:?}")
            }
        }
    }

    #[test]
    fn every_notation_sets_the_same_key() {
        for text in [
            "[server]\nfileWatcherType = \"none\"",
            "server.fileWatcherType = 'none'",
            "server = {fileWatcherType = \"none\"}",
            "[\"server\"]\r\n\"fileWatcherType\" = \"none\" # why\r\n",
        ] {
            assert_eq!(watcher(text), Some(ConfigValue::Text("none".to_owned())), "{text}");
        }
    }

    #[test]
    fn a_word_without_quotes_is_found_and_corrected() {
        let broken = broken_by("# mine\n[server]\n  fileWatcherType = none # off\nport = 1\n");
        assert_eq!((broken.line, broken.column), (3, 21));
        assert_eq!(broken.text, "  fileWatcherType = none # off");
        assert_eq!(broken.suggestion.as_deref(), Some("  fileWatcherType = \"none\" # off"));
    }

    #[test]
    fn other_mistakes_are_corrected_only_where_the_correction_is_valid() {
        let suggestion = |text: &str| broken_by(text).suggestion;
        assert_eq!(suggestion("[server]\nrunOnSave = True\n").as_deref(), Some("runOnSave = true"));
        assert_eq!(suggestion("[server]\nfileWatcherType = “none”\n").as_deref(), Some("fileWatcherType = \"none\""));
        assert_eq!(suggestion("[server]\nfileWatcherType = \"none\n").as_deref(), Some("fileWatcherType = \"none\""));
        assert_eq!(suggestion("[server]\nport = 1\nport = 2\n"), None);
    }

    #[test]
    fn the_line_that_was_left_open_is_named() {
        let broken = broken_by("[server]\n  folderWatchList = [\n  'a',\nport = 1\n");
        assert_eq!((broken.line, broken.column, broken.mistake), (2, 3, TomlMistake::OpenBracket));
        let broken = broken_by("\u{feff}[server]\nport = 1\n");
        assert_eq!((broken.line, broken.mistake), (1, TomlMistake::ByteOrderMark));
    }

    #[test]
    fn what_python_refuses_is_broken() {
        for text in ["\u{feff}[server]", "server = {\nport = 1\n}", "[server]\nport=1\n[server]\nx=1", "a.b = 1 c = 2"]
        {
            broken_by(text);
        }
    }

    #[test]
    fn a_key_outside_a_section_is_named() {
        let broken = broken_by("# mine\nfileWatcherType = \"none\"\n[server]\nport = 1\n");
        assert_eq!((broken.line, broken.column), (2, 1));
        assert_eq!(broken.suggestion.as_deref(), Some("server.fileWatcherType = \"none\""));
    }

    #[test]
    fn lists_keep_their_entries() {
        let values = parse("[server]\nfolderWatchList = [\n 'a b',\n \"c\"\n]\nport = 8_501").values;
        assert_eq!(values["server.folderWatchList"].shown(), r#"["a b", "c"]"#);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_broken(text in "\\PC*") {
            let _ = parse(&text);
        }

        #[test]
        fn any_lines_of_config_are_read_or_broken(lines in proptest::collection::vec("[a-z\\[\\]{}='\"#,. \u{201c}é\\\\-]{0,12}", 0..8)) {
            let _ = parse(&lines.join("\n"));
        }
    }
}
