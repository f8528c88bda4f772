//! Texts, paths and lists: the few methods and functions with which scripts compute folders and module names.
//! Folders are really looked at.

use super::arguments::Arguments;
use super::operators::item;
use super::paths;
use super::source::is_in_names;
use super::value::{Value, is_maker};
use crate::guarded;
use std::path::{Path, PathBuf};

/// Entries of one folder that are looked at.
const MOST_ENTRIES: usize = 2_000;

/// An attribute that is no method.
pub(super) fn property(object: &Value, name: &str) -> Option<Value> {
    match object {
        Value::Path(path) => {
            let text =
                |part: Option<&std::ffi::OsStr>| Value::Text(part.unwrap_or_default().to_string_lossy().into_owned());
            Some(match name {
                "parent" => Value::Path(paths::folder(path)),
                "parents" => {
                    Value::list(path.ancestors().skip(1).map(|parent| Value::Path(parent.to_path_buf())).collect())
                }
                "name" => text(path.file_name()),
                "stem" => text(path.file_stem()),
                "suffix" => {
                    path.extension().map_or(Value::text(""), |end| Value::Text(format!(".{}", end.to_string_lossy())))
                }
                "parts" => Value::list(path.iter().map(|part| text(Some(part))).collect()),
                _ => return None,
            })
        }
        _ => None,
    }
}

/// A method that needs nothing but its object, its arguments and the working folder.
pub(super) fn method(object: &Value, name: &str, arguments: &Arguments, cwd: &Path) -> Value {
    match object {
        Value::Text(text) => text_method(text, name, arguments),
        Value::Path(path) => path_method(path, name, arguments, cwd),
        Value::Dict(entries) => match name {
            "get" | "pop" => item(&entries.all(), arguments.in_order.first().unwrap_or(&Value::Opaque)),
            "copy" => Value::Dict(super::value::Shared::of(entries.all())),
            "keys" => Value::list(entries.all().into_iter().map(|(key, _)| key).collect()),
            "values" => Value::list(last_of_each(&entries.all()).into_iter().map(|(_, value)| value).collect()),
            "items" => Value::list(last_of_each(&entries.all()).into_iter().map(pair).collect()),
            _ => Value::Opaque,
        },
        Value::List(entries) if name == "copy" => Value::list(entries.all()),
        Value::Named(fields, entries) if name == "_asdict" => {
            let pairs = fields.iter().map(|field| Value::text(field)).zip(entries.all());
            Value::Dict(super::value::Shared::of(pairs.collect()))
        }
        _ => Value::Opaque,
    }
}

/// The entries by key: of several with one key the last counts, at the place of the first.
pub(super) fn last_of_each(entries: &[(Value, Value)]) -> Vec<(Value, Value)> {
    let mut all: Vec<(Value, Value)> = Vec::new();
    for (key, value) in entries {
        if is_maker(key) {
            continue;
        }
        match all.iter_mut().find(|(known, _)| known.equals(key) == Some(true)) {
            Some((_, old)) if matches!(value, Value::Maybe(_)) => *old = Value::one_of([old.clone(), value.clone()]),
            Some((_, old)) => *old = value.clone(),
            None => all.push((key.clone(), value.clone())),
        }
    }
    all
}

/// A key with its value; perhaps, where the entry is there perhaps.
fn pair((key, value): (Value, Value)) -> Value {
    let (value, doubtful) = value.unless_missing();
    Value::list(vec![key, value]).maybe_if(doubtful)
}

fn text_method(text: &str, name: &str, arguments: &Arguments) -> Value {
    let (first, second) = (arguments.text(0, ""), arguments.text(1, ""));
    let affixes = || match arguments.in_order.first() {
        Some(Value::List(entries)) => entries.all().iter().map(Value::as_text).collect::<Option<Vec<_>>>(),
        other => other.and_then(Value::as_text).map(|one| vec![one]),
    };
    match (name, first, second) {
        ("lower", ..) => Value::Text(text.to_lowercase()),
        ("upper", ..) => Value::Text(text.to_uppercase()),
        ("title" | "capitalize" | "casefold" | "swapcase", ..) => Value::Opaque,
        ("isidentifier", ..) => {
            Value::Bool(text.chars().all(is_in_names) && !text.starts_with(|c: char| c.is_numeric()))
        }
        ("isdigit", ..) => Value::Bool(!text.is_empty() && text.chars().all(|c| c.is_ascii_digit())),
        ("strip", None, _) => Value::text(text.trim()),
        ("startswith", ..) => {
            affixes().map_or(Value::Opaque, |all| Value::Bool(all.iter().any(|one| text.starts_with(one.as_str()))))
        }
        ("endswith", ..) => {
            affixes().map_or(Value::Opaque, |all| Value::Bool(all.iter().any(|one| text.ends_with(one.as_str()))))
        }
        ("replace", Some(from), Some(to)) => Value::Text(text.replace(&from, &to)),
        ("removesuffix", Some(end), _) => Value::text(text.strip_suffix(end.as_str()).unwrap_or(text)),
        ("removeprefix", Some(start), _) => Value::text(text.strip_prefix(start.as_str()).unwrap_or(text)),
        ("split", Some(mark), _) if !mark.is_empty() => {
            Value::list(text.split(mark.as_str()).map(Value::text).collect())
        }
        ("rsplit", Some(mark), _) if !mark.is_empty() => match arguments.in_order.get(1) {
            Some(Value::Int(1)) => match text.rsplit_once(mark.as_str()) {
                Some((start, end)) => Value::list(vec![Value::text(start), Value::text(end)]),
                None => Value::list(vec![Value::text(text)]),
            },
            _ => Value::Opaque,
        },
        ("split" | "rsplit", None, _) => Value::list(text.split_whitespace().map(Value::text).collect()),
        ("join", ..) => match arguments.in_order.first().and_then(super::value::items) {
            Some(parts) => {
                let parts: Option<Vec<String>> = parts.iter().map(Value::as_text).collect();
                parts.map_or(Value::Opaque, |parts| Value::Text(parts.join(text)))
            }
            None => Value::Opaque,
        },
        ("format", ..) if text.matches("{}").count() == 1 => {
            arguments.text(0, "").map_or(Value::Opaque, |word| Value::Text(text.replace("{}", &word)))
        }
        _ => Value::Opaque,
    }
}

fn path_method(path: &Path, name: &str, arguments: &Arguments, cwd: &Path) -> Value {
    let here = cwd.join(path);
    match name {
        "resolve" => Value::Path(paths::real(&paths::absolute(path, cwd))),
        "absolute" => Value::Path(here),
        "joinpath" => {
            let parts: Option<Vec<PathBuf>> = arguments.in_order.iter().map(Value::as_path).collect();
            parts.map_or(Value::Opaque, |parts| Value::Path(parts.iter().fold(path.to_path_buf(), |at, p| at.join(p))))
        }
        "as_posix" | "__str__" => Value::Path(path.to_path_buf()).as_text().map_or(Value::Opaque, Value::Text),
        "with_suffix" => arguments
            .text(0, "suffix")
            .map_or(Value::Opaque, |end| Value::Path(path.with_extension(end.trim_start_matches('.')))),
        "with_name" => arguments.text(0, "name").map_or(Value::Opaque, |name| Value::Path(path.with_file_name(name))),
        "relative_to" => match arguments.in_order.first().and_then(Value::as_path) {
            Some(base) => path.strip_prefix(base).map_or(Value::Opaque, |rest| Value::Path(rest.to_path_buf())),
            None => Value::Opaque,
        },
        "iterdir" => below(path, entries(&here)),
        "rglob" => Value::Opaque,
        "glob" => arguments.text(0, "pattern").map_or(Value::Opaque, |pattern| below(path, matching(&here, &pattern))),
        "read_text" | "read_bytes" if here.extension().is_some_and(|end| end == "py") => Value::Code(here),
        _ => Value::Opaque,
    }
}

/// Entries of a folder, named by the folder as the script names it.
pub(super) fn below(folder: &Path, entries: Option<Vec<PathBuf>>) -> Value {
    let named = |entry: PathBuf| Value::Path(folder.join(entry.file_name().unwrap_or_default()));
    entries.map_or(Value::Opaque, |entries| Value::list(entries.into_iter().map(named).collect()))
}

/// `*.py`, `page_*.py` and their like in one folder; deeper patterns are not followed.
pub(super) fn matching(folder: &Path, pattern: &str) -> Option<Vec<PathBuf>> {
    let (start, end) =
        pattern.split_once('*').filter(|(start, end)| !format!("{start}{end}").contains(['*', '/', '?', '[']))?;
    let mut all = entries(folder)?;
    all.retain(|entry| {
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
    });
    Some(all)
}

/// The entries of a folder, sorted; `None` when it cannot be read or has too many.
pub(super) fn entries(folder: &Path) -> Option<Vec<PathBuf>> {
    let all = guarded::entries(folder).ok()?;
    let mut all: Vec<PathBuf> = all.into_iter().take(MOST_ENTRIES + 1).map(|entry| folder.join(entry.name)).collect();
    all.sort();
    (all.len() <= MOST_ENTRIES).then_some(all)
}
