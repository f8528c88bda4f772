//! Setting one key of a TOML file, leaving every other byte as it is: the parser says where the value stands or where a
//! new line belongs, the text is cut there. (Writing the parsed document out again would regroup dotted keys and turn
//! `\r\n` into `\n`.)

use std::ops::Range;
use toml_edit::{Document, InlineTable, Item, Table, Value};

/// The key is set to something in which nothing can be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NotATable(pub(super) String);

/// Sets `table.key` in a valid document.
pub(super) fn set(text: &str, table: &str, key: &str, value: &Value) -> Result<String, NotATable> {
    let Ok(document) = Document::parse(text) else { return Err(NotATable(String::new())) };
    let not_a_table = || NotATable(table.to_owned());
    let assignment = format!("{key} = {}", value.clone().decorated("", ""));
    let (at, new) = match document.as_table().get(table) {
        None => at_the_end(text, table, &assignment),
        Some(item) => match item.as_table_like().ok_or_else(not_a_table)?.get(key) {
            Some(Item::Value(old)) if same(old, value) => return Ok(text.to_owned()),
            Some(Item::Value(old)) => {
                (old.span().ok_or_else(not_a_table)?, value.clone().decorated("", "").to_string())
            }
            Some(_) => return Err(NotATable(format!("{table}.{key}"))),
            None => match item {
                Item::Value(Value::InlineTable(inline)) => inside(text, inline, &assignment).ok_or_else(not_a_table)?,
                Item::Table(found) if found.is_dotted() => {
                    beside(text, found, &format!("{table}.{assignment}")).ok_or_else(not_a_table)?
                }
                Item::Table(found) if found.is_implicit() => at_the_end(text, table, &assignment),
                Item::Table(found) => below(text, found, &assignment).ok_or_else(not_a_table)?,
                Item::None | Item::Value(_) | Item::ArrayOfTables(_) => return Err(not_a_table()),
            },
        },
    };
    Ok(format!("{}{new}{}", &text[..at.start], &text[at.end..]))
}

/// The word that `table.key` is set to.
pub(super) fn word(text: &str, table: &str, key: &str) -> Option<String> {
    let document = Document::parse(text).ok()?;
    Some(document.as_table().get(table)?.as_table_like()?.get(key)?.as_str()?.to_owned())
}

fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => one.value() == other.value(),
        (Value::Boolean(one), Value::Boolean(other)) => one.value() == other.value(),
        _ => false,
    }
}

/// A new table after everything else. Whether the file ends with a line ending stays as it is.
fn at_the_end(text: &str, table: &str, assignment: &str) -> (Range<usize>, String) {
    let ending = ending(text);
    let mut new = String::new();
    if !text.is_empty() && !text.ends_with('\n') {
        new.push_str(ending);
    }
    if !text.trim().is_empty() && !text.ends_with("\n\n") && !text.ends_with("\n\r\n") {
        new.push_str(ending);
    }
    new.push_str(&format!("[{table}]{ending}{assignment}"));
    if text.is_empty() || text.ends_with('\n') {
        new.push_str(ending);
    }
    (text.len()..text.len(), new)
}

/// Returns where a key comes first in `{ … }`, and its text.
fn inside(text: &str, table: &InlineTable, assignment: &str) -> Option<(Range<usize>, String)> {
    let open = table.span()?.start + 1;
    if table.is_empty() {
        let close = table.span()?.end - 1;
        return Some((open..close, format!(" {assignment} ")));
    }
    let space = if text[open..].starts_with([' ', '\t']) { " " } else { "" };
    Some((open..open, format!("{space}{assignment},{}", if space.is_empty() { " " } else { "" })))
}

/// A line of its own after the first `table.something = …`.
fn beside(text: &str, table: &Table, assignment: &str) -> Option<(Range<usize>, String)> {
    let first = leaves(table).into_iter().min_by_key(|leaf| leaf.start)?;
    let start = table.span()?.start.min(first.start);
    Some(line_after(text, first.end, indentation(text, start), assignment))
}

/// A line of its own below `[table]`, indented as the next one is.
fn below(text: &str, table: &Table, assignment: &str) -> Option<(Range<usize>, String)> {
    let header = table.span()?;
    let own = |item: &Item| item.is_value() || item.as_table().is_some_and(Table::is_dotted);
    let keys = table.iter().filter(|(_, item)| own(item)).filter_map(|(key, _)| table.get_key_value(key)?.0.span());
    let model = keys.map(|key| key.start).min().unwrap_or(header.start);
    Some(line_after(text, header.end, indentation(text, model), assignment))
}

/// A new line after the one in which `place` stands.
fn line_after(text: &str, place: usize, indentation: &str, assignment: &str) -> (Range<usize>, String) {
    match text[place..].find('\n') {
        Some(newline) => {
            let at = place + newline + 1;
            let ending = if text[..at].ends_with("\r\n") { "\r\n" } else { "\n" };
            (at..at, format!("{indentation}{assignment}{ending}"))
        }
        None => (text.len()..text.len(), format!("{}{indentation}{assignment}", ending(text))),
    }
}

/// Finds where the values of a dotted table stand.
fn leaves(table: &Table) -> Vec<Range<usize>> {
    let ranges = table.iter().flat_map(|(_, item)| match item {
        Item::Table(inner) if inner.is_dotted() => leaves(inner),
        Item::Value(value) => value.span().into_iter().collect(),
        Item::None | Item::Table(_) | Item::ArrayOfTables(_) => Vec::new(),
    });
    ranges.collect()
}

/// The white space before `place` in its line, if nothing else stands there.
fn indentation(text: &str, place: usize) -> &str {
    let line = &text[text[..place].rfind('\n').map_or(0, |newline| newline + 1)..place];
    if line.trim().is_empty() { line } else { "" }
}

/// The line ending the file uses first.
fn ending(text: &str) -> &'static str {
    match text.find('\n') {
        Some(newline) if text[..newline].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(text: &str) -> String {
        set(text, "server", "fileWatcherType", &"none".into()).unwrap()
    }

    #[test]
    fn each_notation_is_set_in_its_own_way() {
        for (before, after) in [
            ("", "[server]\nfileWatcherType = \"none\"\n"),
            ("# mine\n", "# mine\n\n[server]\nfileWatcherType = \"none\"\n"),
            ("a = 1\r\n[b]\r\n", "a = 1\r\n[b]\r\n\r\n[server]\r\nfileWatcherType = \"none\"\r\n"),
            ("a = 1", "a = 1\n\n[server]\nfileWatcherType = \"none\""),
            ("[server]", "[server]\nfileWatcherType = \"none\""),
            (
                "[server] # web\r\n\t# the port\r\n\tport = 1\r\n[b]",
                "[server] # web\r\n\tfileWatcherType = \"none\"\r\n\t# the port\r\n\tport = 1\r\n[b]",
            ),
            ("[server]\nfileWatcherType='auto'# why\n", "[server]\nfileWatcherType=\"none\"# why\n"),
            (
                "server.port = 1 # c\nlogger.level = \"info\"\nserver.x = 2\n",
                "server.port = 1 # c\nserver.fileWatcherType = \"none\"\nlogger.level = \"info\"\nserver.x = 2\n",
            ),
            ("server . fileWatcherType = \"poll\"", "server . fileWatcherType = \"none\""),
            ("server.l = [\n 1,\n]", "server.l = [\n 1,\n]\nserver.fileWatcherType = \"none\""),
            ("server = {}", "server = { fileWatcherType = \"none\" }"),
            ("server = {port = 1}\n", "server = {fileWatcherType = \"none\", port = 1}\n"),
            ("server = { port = 1 } # c", "server = { fileWatcherType = \"none\", port = 1 } # c"),
            ("[server.a]\nb = 1\n", "[server.a]\nb = 1\n\n[server]\nfileWatcherType = \"none\"\n"),
        ] {
            assert_eq!(none(before), after, "{before:?}");
            assert_eq!(none(after), after, "setting it again changes nothing in {after:?}");
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (text, key) in [
            ("server = 1", "server"),
            ("[[server]]\nport = 1", "server"),
            ("server.fileWatcherType.x = 1", "server.fileWatcherType"),
        ] {
            let refused = set(text, "server", "fileWatcherType", &"none".into());
            assert_eq!(refused, Err(NotATable(key.to_owned())), "{text}");
        }
    }
}
