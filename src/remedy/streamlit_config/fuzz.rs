//! Promises about changed settings files, for any text.

use super::{edit, repaired};
use toml_edit::{Document, Item, TableLike, Value};

/// A changed file parses, says what was asked for, keeps every other value and every other byte, and changes no more
/// when it is changed again. A repaired file parses.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if Document::parse(text).is_err() {
        assert!(repaired(text).is_none_or(|repaired| Document::parse(repaired).is_ok()), "what is repaired parses");
        return;
    }
    for (key, value) in [("fileWatcherType", Value::from("poll")), ("runOnSave", Value::from(false))] {
        let Ok(after) = edit::set(text, "server", key, &value) else { continue };
        let others = |text: &str| {
            let document = Document::parse(text.to_owned()).expect("a changed file parses");
            let mut leaves = Vec::new();
            add_leaves(document.as_table(), "", &mut leaves);
            leaves.sort();
            leaves.into_iter().partition::<Vec<_>, _>(|(path, _)| *path == format!("\0server\0{key}"))
        };
        let ((_, before), (ours, others)) = (others(text), others(&after));
        assert_eq!(before, others, "every other value is kept");
        let expected = value.clone().decorated("", "").to_string();
        assert!(matches!(&ours[..], [(_, found)] if same(found, &expected)), "{ours:?} is {expected}");
        assert_eq!(edit::set(&after, "server", key, &value).expect("it was set"), after, "a second time");
        let start = text.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
        let end = text.bytes().rev().zip(after.bytes().rev()).take_while(|(one, other)| one == other).count();
        let longest = expected.len() + key.len() + "[server]\r\n\r\n\r\nserver. = , ".len() + indentation(text);
        assert!(after.len().saturating_sub(start + end) <= longest, "one place is changed");
    }
}

/// The longest run of blanks: a new line takes over that of its neighbour.
fn indentation(text: &str) -> usize {
    text.split(|letter: char| !letter.is_whitespace()).map(str::len).max().unwrap_or_default()
}

/// The same word in either kind of quotation marks.
fn same(one: &str, other: &str) -> bool {
    let value =
        |text: &str| text.parse::<Value>().ok().map(|value| value.as_str().map(str::to_owned).unwrap_or_default());
    one == other || value(one) == value(other)
}

fn add_leaves(table: &dyn TableLike, path: &str, leaves: &mut Vec<(String, String)>) {
    for (key, item) in table.iter() {
        let path = format!("{path}\0{key}");
        match item {
            Item::None => {}
            Item::ArrayOfTables(tables) => {
                for (place, table) in tables.iter().enumerate() {
                    add_leaves(table, &format!("{path}\0{place}"), leaves);
                }
            }
            Item::Table(table) => add_leaves(table, &path, leaves),
            Item::Value(Value::InlineTable(table)) => add_leaves(table, &path, leaves),
            Item::Value(value) => leaves.push((path, value.to_string().trim().to_owned())),
        }
    }
}
