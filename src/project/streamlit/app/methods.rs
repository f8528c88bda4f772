//! Methods of values that are known: texts, paths, lists, dictionaries, pages, threads.

use super::arguments::Arguments;
use super::made_files::is_to_write;
use super::operators::{contains, item, join_text};
use super::value::{Value, entry_of, items};
use super::{Flow, Frame, Interpreter, files};
use crate::guarded;
use std::path::Path;

impl Interpreter<'_> {
    /// A method of a value that is known.
    pub(super) fn call_method(&mut self, frame: &Frame, object: &Value, name: &str, arguments: &Arguments) -> Value {
        if let Some(value) = self.adds(object, name, arguments) {
            return value;
        }
        match (object, name) {
            (Value::Foreign(_), method) => self.session_method(method, arguments),
            (Value::Page(page), "run") => self.run_page(frame, page),
            (Value::Code(_), "read" | "encode" | "decode") => object.clone(),
            (Value::Spec(..), "exec_module") => {
                if let Some(Value::Spec(file)) = arguments.in_order.first() {
                    self.run_file_as_module(file);
                }
                Value::None
            }
            (Value::Task(task), "start") => {
                let (function, given) = task.as_ref().clone();
                self.perhaps(frame.scope, |me| {
                    me.call(frame, &function, given);
                    Flow::Next
                });
                Value::None
            }
            (Value::Task(task), "join" | "result") => {
                let (function, given) = task.as_ref().clone();
                self.call(frame, &function, given)
            }
            (Value::Dict(_), "get" | "pop") => {
                let key = arguments.in_order.first().cloned().unwrap_or(Value::Opaque);
                let there = contains(object, &key);
                let default = arguments.in_order.get(1).cloned().unwrap_or(Value::None);
                match (there, files::method(object, name, arguments, &self.launch.cwd)) {
                    (Some(false), _) => default,
                    (Some(true), found) => found,
                    (None, found) => Value::one_of([found, default]),
                }
            }
            (Value::Path(path), "read_text" | "read_bytes" | "open") => {
                let mode = arguments.text(0, "mode").unwrap_or_default();
                if name == "open" && is_to_write(&mode) {
                    self.wrote(Some(path));
                } else {
                    self.opens(path);
                }
                files::method(object, name, arguments, &self.at(Path::new("")))
            }
            (Value::Path(path), "write_text" | "write_bytes" | "touch") => {
                self.wrote(Some(path));
                Value::None
            }
            (Value::Path(_), "exists") => self.asks_disk(Some(object), guarded::exists),
            (Value::Path(_), "is_dir") => self.asks_disk(Some(object), guarded::is_folder),
            (Value::Path(_), "is_file") => self.asks_disk(Some(object), guarded::is_file),
            (Value::Path(path), "mkdir") => {
                self.made_folder(path);
                Value::None
            }
            (Value::Text(text), "format") => format_text(text, arguments),
            _ => files::method(object, name, arguments, &self.at(Path::new(""))),
        }
    }

    /// Carries out a method that changes its object; what is taken out is only taken for possible.
    pub(super) fn adds(&mut self, object: &Value, method: &str, arguments: &Arguments) -> Option<Value> {
        let doubtful = self.in_doubt();
        let entry = |value: &Value| value.clone().maybe_if(doubtful);
        match (object, method, arguments.in_order.as_slice()) {
            (Value::List(entries), "append" | "add", [one]) => entries.extend([entry(one)]),
            (Value::List(entries), "insert", [place, one]) => {
                let mut all = entries.all();
                let place = if let Value::Int(place) = place { usize::try_from(*place).unwrap_or(0) } else { 0 };
                all.insert(place.min(all.len()), entry(one));
                entries.clear();
                entries.extend(all);
            }
            (Value::List(entries), "extend" | "update", [more]) => match items(more) {
                Some(more) => entries.extend(more.iter().map(entry).collect::<Vec<_>>()),
                None => entries.extend([Value::maybe(entry_of(more))]),
            },
            (Value::List(entries), "remove" | "pop" | "clear" | "discard", _) => {
                let perhaps = entries.all().into_iter().map(Value::maybe).collect::<Vec<_>>();
                entries.clear();
                entries.extend(perhaps);
                return Some(entry_of(object));
            }
            (Value::Dict(entries), "update", [Value::Dict(more)]) => {
                entries.extend(more.all().into_iter().map(|(key, value)| (key, entry(&value))).collect::<Vec<_>>());
            }
            (Value::Dict(entries), "update", [_]) => entries.extend([Value::other_entries()]),
            (Value::Dict(entries), "update", []) => {
                let named = arguments.named.iter().map(|(key, value)| (Value::text(key), entry(value)));
                entries.extend(named.collect::<Vec<_>>());
            }
            (Value::Dict(entries), "setdefault", [key, rest @ ..]) => {
                let value = match item(&entries.all(), key) {
                    Value::Opaque => {
                        let value = rest.first().cloned().unwrap_or(Value::None);
                        entries.extend([(key.clone(), value.clone())]);
                        value
                    }
                    known => known,
                };
                return Some(value);
            }
            _ => return None,
        }
        Some(Value::None)
    }
}

/// `"…{}…{name}…".format(…)`
fn format_text(text: &str, arguments: &Arguments) -> Value {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut place = 0;
    while let Some((before, after)) = rest.split_once('{') {
        parts.push(Value::text(before));
        let Some((name, after)) = after.split_once('}') else { return Value::Opaque };
        let value = match name.parse::<usize>() {
            Ok(number) => arguments.in_order.get(number),
            Err(_) if name.is_empty() => {
                place += 1;
                arguments.in_order.get(place - 1)
            }
            Err(_) => arguments.named(name),
        };
        parts.push(value.cloned().unwrap_or(Value::Opaque));
        rest = after;
    }
    parts.push(Value::text(rest));
    join_text(&parts)
}
