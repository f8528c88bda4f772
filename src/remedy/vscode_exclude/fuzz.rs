//! Promises about an editor's changed settings, for any text.

use super::{edited, options};
use crate::watchers::vscode::WATCHER_EXCLUDE;
use jsonc_parser::cst::CstRootNode;
use serde_json::Value;
use std::path::Path;

/// A changed file parses, excludes what was asked for, keeps every other value and every letter that was there (but for
/// blanks, and a `false` that becomes `true`), and changes no more when it is changed again.
pub(crate) fn check(bytes: &[u8]) {
    const PATTERN: &str = "**/.venv/**";
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let patterns = [PATTERN.to_owned()];
    let Ok(after) = edited(Path::new("settings.json"), text, &patterns) else { return };
    assert_eq!(edited(Path::new("settings.json"), &after, &patterns).expect("it was changed"), after, "a second time");
    assert!(CstRootNode::parse(after.trim_start_matches('\u{feff}'), &options()).is_ok(), "what is changed parses");
    // Some numbers are larger than a value of ours holds.
    let (Some(before), Some(after_value)) = (value(text), value(&after)) else { return };
    assert_eq!(after_value[WATCHER_EXCLUDE][PATTERN], Value::Bool(true), "{after}");
    let is_replaced = before[WATCHER_EXCLUDE].get(PATTERN).is_some_and(|value| *value != Value::Bool(true));
    let others = |mut all: Value| {
        if let Some(table) = all.as_object_mut() {
            let excluded = table.remove(WATCHER_EXCLUDE).unwrap_or_default();
            let mut excluded = excluded.as_object().cloned().unwrap_or_default();
            excluded.remove(PATTERN);
            table.insert(String::new(), Value::Object(excluded));
        }
        all
    };
    let before = if before.is_null() { Value::Object(serde_json::Map::new()) } else { before };
    assert_eq!(others(before), others(after_value), "every other value is kept");
    if !is_replaced {
        let kept = |letter: &char| *letter > ' ' && !letter.is_whitespace();
        let mut rest = after.chars();
        assert!(text.chars().filter(kept).all(|one| rest.any(|other| other == one)), "{text} is in {after}");
    }
}

fn value(text: &str) -> Option<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read: Option<Value> = jsonc_parser::parse_to_serde_value(text, &options()).ok()?;
    Some(read.unwrap_or_default())
}
