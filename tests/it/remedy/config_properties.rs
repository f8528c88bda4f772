//! Any valid settings file: every other byte is kept, a second time changes nothing, undo restores the bytes.

use super::{CONFIG, set};
use crate::support::world::World;
use inotify_doctor::project::streamlit::broken_toml;
use inotify_doctor::remedy::FileWatcher;
use proptest::prelude::*;
use std::fs;
use toml_edit::DocumentMut;

const KEY: &str = "fileWatcherType";

fn space() -> impl Strategy<Value = String> {
    "[ \t]{0,2}"
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,4}".prop_map(|digits| format!("1{digits}")),
        Just("true".to_owned()),
        "\"[a-z #=\\[\\]é]{0,8}\"",
        "'[a-z #=\\\\\"]{0,8}'",
        Just("[\n  1, # one\n  2,\n]".to_owned()),
        Just("\"\"\"\n[server]\nfileWatcherType = 1\n\"\"\"".to_owned()),
        Just("{ a = 1, b = [2] }".to_owned()),
        Just("1979-05-27T07:32:00Z".to_owned()),
    ]
}

fn comment() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just(String::new()), 1 => " *#[a-z =\\[\\]\"'é]{0,10}"]
}

/// `key = value` with a key that no other line has.
fn assignment(prefix: &'static str) -> impl Strategy<Value = String> {
    let key = prop_oneof!["[a-z]{6}", "\"[a-z ]{5}é\"", "[a-z]{5}\\.[a-z]{5}"];
    (space(), key, space(), value(), comment())
        .prop_map(move |(indent, key, space, value, comment)| format!("{indent}{prefix}{key}{space}= {value}{comment}"))
}

fn filler() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[ \t]*#[a-z =\\[\\]]{0,12}"]
}

fn lines(prefix: &'static str) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(prop_oneof![2 => assignment(prefix), 1 => filler()], 0..4)
}

fn watcher() -> impl Strategy<Value = Option<String>> {
    let word = prop_oneof![Just("\"auto\""), Just("'poll'"), Just("\"none\""), Just("\"\"\"auto\"\"\""), Just("3")];
    proptest::option::of((space(), word).prop_map(|(space, word)| format!("{KEY}{space}={space}{word}")))
}

/// How the file says `server`, as lines at the top and lines of a section.
fn server() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    let section =
        (space(), comment(), lines(""), watcher(), lines("")).prop_map(|(indent, comment, above, watcher, below)| {
            let header = vec![format!("{indent}[server]{comment}")];
            (Vec::new(), [header, above, watcher.into_iter().collect(), below].concat())
        });
    let dotted = (lines("server."), watcher(), lines("server . ")).prop_map(|(above, watcher, below)| {
        let watcher = watcher.map(|watcher| format!("server.{watcher}")).into_iter().collect();
        ([above, watcher, below].concat(), Vec::new())
    });
    let inline = (space(), watcher(), any::<bool>()).prop_map(|(space, watcher, port)| {
        let items: Vec<_> = watcher.into_iter().chain(port.then(|| "port = 1".to_owned())).collect();
        (vec![format!("server = {{{space}{}{space}}}", items.join(", "))], Vec::new())
    });
    let below = lines("").prop_map(|lines| (Vec::new(), [vec!["[server.sub]".to_owned()], lines].concat()));
    prop_oneof![4 => section, 3 => dotted, 2 => inline, 1 => below, 1 => Just((Vec::new(), Vec::new()))]
}

prop_compose! {
    fn file()(
        (top, section) in server(),
        head in lines(""),
        between in lines("logger."),
        first in any::<bool>(),
        tail in lines(""),
        more in any::<bool>(),
        windows in any::<bool>(),
        last in any::<bool>(),
    ) -> String {
        let theme = if more { [vec!["[theme]".to_owned()], tail].concat() } else { Vec::new() };
        let sections = if first { [section, theme] } else { [theme, section] }.concat();
        let text = [head, top, between, sections].concat().join("\n");
        let text = if last { format!("{text}\n") } else { text };
        if windows { text.replace('\n', "\r\n") } else { text }
    }
}

/// What stands between the longest common beginning and the longest common end.
fn middles<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    let start = one.char_indices().zip(other.char_indices()).find(|((_, a), (_, b))| a != b);
    let start = start.map_or(one.len().min(other.len()), |((at, _), _)| at);
    let ends = one[start..].chars().rev().zip(other[start..].chars().rev()).take_while(|(a, b)| a == b);
    let end: usize = ends.map(|(letter, _)| letter.len_utf8()).sum();
    (&one[start..one.len() - end], &other[start..other.len() - end])
}

/// Everything but the key, as values.
fn others(text: &str) -> String {
    let mut document: DocumentMut = text.parse().unwrap();
    if let Some(server) = document.get_mut("server").and_then(|item| item.as_table_like_mut()) {
        server.remove(KEY);
    }
    values(document.as_table())
}

/// The values by key, sorted; empty tables count for nothing.
fn values(table: &dyn toml_edit::TableLike) -> String {
    let mut all: Vec<_> = table
        .iter()
        .filter_map(|(key, item)| match item.as_table_like() {
            Some(inner) => Some(values(inner)).filter(|inner| inner != "{}").map(|inner| format!("{key}: {inner}")),
            None => Some(format!("{key}: {}", item.to_string().trim())),
        })
        .collect();
    all.sort();
    format!("{{{}}}", all.join(", "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_global_rejects: 20_000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_valid_settings_file_keeps_every_other_byte(text in file(), choice in prop::sample::select(FileWatcher::ALL.to_vec())) {
        prop_assume!(broken_toml(&text).is_none());
        let world = World::new();
        let path = world.file(CONFIG, &text);
        let plan = set(&world, choice);
        if plan.is_empty() {
            return Ok(());
        }
        let id = world.done(&plan);
        let after = fs::read_to_string(&path).unwrap();
        prop_assert!(broken_toml(&after).is_none(), "{:?} became {:?}", text, after);
        let document: DocumentMut = after.parse().unwrap();
        prop_assert_eq!(document["server"][KEY].as_str(), Some(choice.word()), "{:?} became {:?}", text, after);
        let (old, new) = middles(&text, &after);
        prop_assert!(old.len() < 12 && !old.contains(['\n', '#']), "{:?} was cut out of {:?}", old, text);
        prop_assert!(old.is_empty() || !new.contains('\n'), "{:?} became {:?}", text, after);
        prop_assert_eq!(others(&after), others(&text));
        prop_assert_eq!(after.ends_with('\n'), text.ends_with('\n') || text.is_empty());
        prop_assert!(!text.contains("\r\n") || !after.replace("\r\n", "").contains('\n'), "{:?} became {:?}", text, after);
        prop_assert!(set(&world, choice).is_empty(), "a second time changes something in {:?}", after);
        let undone = world.undo(id);
        prop_assert_eq!(undone.left(), Some([].as_slice()));
        prop_assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}
