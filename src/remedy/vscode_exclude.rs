//! `files.watcherExclude` in `.vscode/settings.json`: folders that an editor of the VS Code family shall not watch.
//!
//! The file is JSON with comments. Only what is new is put in; every other byte stays.

#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;

use super::{Change, HotReload, OwnFolders, Plan, Promise, RemedyError, RemedyName, file_change};
use crate::watchers::vscode::WATCHER_EXCLUDE;
use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstInputValue, CstObject, CstRootNode};
use std::path::Path;

/// Plans to exclude these patterns in `file`. `watches_after`: what the editor watches then.
///
/// # Errors
/// [`RemedyError::BrokenJson`], [`RemedyError::NotATable`], or what keeps the file from being read or written.
pub fn plan(
    patterns: &[String],
    file: &Path,
    own: &OwnFolders,
    watches_after: Option<u64>,
) -> Result<Plan, RemedyError> {
    let path = own.resolve(file)?;
    let before = file_change::read(&path)?;
    let after = match &before {
        Some(bytes) => {
            let text = std::str::from_utf8(bytes)
                .map_err(|error| RemedyError::NotUtf8 { path: path.clone(), byte: error.valid_up_to() })?;
            edited(&path, text, patterns)?
        }
        None if patterns.is_empty() => String::new(),
        None => new_file(patterns),
    };
    let nothing = patterns.is_empty();
    let changes = if nothing { Vec::new() } else { file_change::plan(&path, before, after.into_bytes())? };
    // A new folder for the settings is watched itself.
    let made = changes.iter().filter(|change| matches!(change, Change::MakeFolder { .. })).count() as u64;
    let promise = Promise {
        watches_after: watches_after.map(|watches| watches + made),
        hot_reload: HotReload::Kept,
        needs_administrator: false,
        survives_reboot: true,
        needs_restart: false,
    };
    Ok(Plan { remedy: RemedyName::VscodeExclude, changes, promise })
}

/// A new file, with four blanks as the editors write it.
fn new_file(patterns: &[String]) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let lines: Vec<String> = patterns.iter().map(|pattern| format!("        {}: true", quoted(pattern))).collect();
    format!("{{\n    {}: {{\n{}\n    }}\n}}\n", quoted(WATCHER_EXCLUDE), lines.join(",\n"))
}

/// The text with these patterns set to `true`.
fn edited(path: &Path, text: &str, patterns: &[String]) -> Result<String, RemedyError> {
    // The editors skip a byte-order mark.
    let (mark, rest) = text.strip_prefix('\u{feff}').map_or(("", text), |rest| ("\u{feff}", rest));
    let root = CstRootNode::parse(rest, &options())
        .map_err(|error| RemedyError::BrokenJson { path: path.to_path_buf(), reason: error.to_string() })?;
    let not_a_table = |key: &str| RemedyError::NotATable { path: path.to_path_buf(), key: key.to_owned() };
    let settings = root.object_value_or_create().ok_or_else(|| not_a_table("settings"))?;
    let table = last(&settings, WATCHER_EXCLUDE);
    let table = match table {
        Some(property) => {
            property.value().and_then(|value| value.as_object()).ok_or_else(|| not_a_table(WATCHER_EXCLUDE))?
        }
        None => settings.object_value_or_set(WATCHER_EXCLUDE),
    };
    for pattern in patterns {
        match last(&table, pattern) {
            Some(known) if known.value().and_then(|value| value.as_boolean_lit()).is_some_and(|is| is.value()) => {}
            Some(known) => known.set_value(CstInputValue::Bool(true)),
            None => drop(table.append(pattern, CstInputValue::Bool(true))),
        }
    }
    Ok(format!("{mark}{root}"))
}

/// What the editors take: comments, and a comma behind the last one.
fn options() -> ParseOptions {
    ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        ..ParseOptions::default()
    }
}

/// The last property of this name: of several the editors take that one.
fn last(object: &CstObject, name: &str) -> Option<jsonc_parser::cst::CstObjectProp> {
    let named = |property: &jsonc_parser::cst::CstObjectProp| property.decoded_name().is_some_and(|own| own == name);
    object.properties().into_iter().rfind(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edit(text: &str, patterns: &[&str]) -> Result<String, RemedyError> {
        let patterns: Vec<String> = patterns.iter().map(|one| (*one).to_owned()).collect();
        edited(Path::new("/p/settings.json"), text, &patterns)
    }

    #[test]
    fn only_what_is_new_is_put_in() {
        let new = "{\n    \"files.watcherExclude\": {\n        \"**/.venv/**\": true\n    }\n}\n";
        assert_eq!(new_file(&["**/.venv/**".to_owned()]), new);
        assert_eq!(edit(new, &["**/.venv/**"]).unwrap(), new, "what is there already stays as it is");
        let commented = "// mine\r\n{\r\n\t\"a\": [1,2 ], // keep\r\n\t/* and this */ \"files.watcherExclude\": {\r\n\t\t\"**/x/**\": true, // x\r\n\t},\r\n\t\"z\": 1e3,\r\n}\r\n// end";
        let after = edit(commented, &["**/.venv/**"]).unwrap();
        let added = "\r\n\t\t\"**/.venv/**\": true,";
        assert_eq!(after.replacen(added, "", 1), commented, "{after}");
        let taken_back = "{\"files.watcherExclude\":{\"**/.venv/**\":false},\"b\":2}";
        assert_eq!(edit(taken_back, &["**/.venv/**"]).unwrap(), taken_back.replace("false", "true"));
    }

    #[test]
    fn what_is_no_table_is_left_alone() {
        for (text, is_broken) in
            [("[1]", false), ("{\"files.watcherExclude\": []}", false), ("{\"a\": }", true), ("{\"a\": 1", true)]
        {
            let error = edit(text, &["**/x/**"]).unwrap_err();
            assert_eq!(matches!(error, RemedyError::BrokenJson { .. }), is_broken, "{text}: {error}");
            assert_eq!(matches!(error, RemedyError::NotATable { .. }), !is_broken, "{text}: {error}");
        }
    }

    fn value() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("true".to_owned()),
            Just("null".to_owned()),
            Just("-1.5e3".to_owned()),
            Just("\"a\\u00e9\\n\"".to_owned()),
        ];
        leaf.prop_recursive(2, 8, 3, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..3).prop_map(|all| format!("[ {} ]", all.join(","))),
                proptest::collection::vec(inner, 0..3).prop_map(|all| {
                    let all: Vec<String> =
                        all.iter().enumerate().map(|(at, one)| format!("\"k{at}\" :{one}")).collect();
                    format!("{{{}}}", all.join(" ,\n"))
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_other_value_stays(
            values in proptest::collection::vec((value(), prop_oneof![Just(""), Just(" // c"), Just(" /* d */")]), 0..5),
            tail in prop_oneof![Just(""), Just(",")],
        ) {
            let lines: Vec<String> =
                values.iter().enumerate().map(|(at, (value, note))| format!("  \"p{at}\": {value}{note}")).collect();
            let tail = if lines.is_empty() { "" } else { tail };
            // A comma may not stand behind a line comment.
            let text = format!("{{\n{}\n{tail}}}\n", lines.join("\n,"));
            let after = edit(&text, &["**/.venv/**"]).unwrap();
            let read = |text: &str| -> serde_json::Value {
                jsonc_parser::parse_to_serde_value(text, &ParseOptions::default()).unwrap()
            };
            let (before, mut after_value) = (read(&text), read(&after));
            let table = after_value.as_object_mut().unwrap().remove(WATCHER_EXCLUDE);
            prop_assert_eq!(table, Some(serde_json::json!({ "**/.venv/**": true })));
            prop_assert_eq!(before, after_value);
            for comment in ["// c", "/* d */"] {
                prop_assert_eq!(text.matches(comment).count(), after.matches(comment).count(), "{}", after);
            }
            // Nothing but commas and what is new is put in.
            let mut rest = after.chars();
            let kept = text.chars().all(|one| rest.any(|other| other == one));
            prop_assert!(kept, "{text} is in {after}");
        }
    }
}
