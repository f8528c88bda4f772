//! `container[key]` and `container[from:to]`.

use super::arguments::Arguments;
use super::operators::{item, nth};
use super::session::is_session;
use super::source::in_field;
use super::value::{Shared, Value, is_maker};
use super::{Frame, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    pub(super) fn subscript(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let Some(object) = node.child_by_field_name("value") else { return Value::Opaque };
        let container = self.value(frame, object);
        let keys = in_field(node, "subscript");
        if let [slice] = keys.as_slice()
            && slice.kind() == "slice"
        {
            return self.slice(frame, &container, *slice);
        }
        let key = keys.first().map_or(Value::Opaque, |key| self.value(frame, *key));
        if self.raised.is_some() {
            return Value::Opaque;
        }
        self.entry(&container, &key)
    }

    /// `container[key]`
    fn entry(&mut self, container: &Value, key: &Value) -> Value {
        match (container, key) {
            (Value::OneOf(_) | Value::Maybe(_), _) => {
                Value::one_of(container.choices().iter().map(|one| self.entry(one, key)).collect::<Vec<_>>())
            }
            (Value::List(entries), Value::Int(place)) => self.at_place(&entries.all(), *place),
            (Value::Named(_, entries), Value::Int(place)) => nth(&entries.all(), *place).unwrap_or(Value::Opaque),
            (Value::List(entries) | Value::Named(_, entries), _) => Value::one_of(entries.all()),
            (Value::Dict(entries), _) => {
                let found = item(&entries.all(), key);
                match (&found, entries.all().iter().find(|(name, _)| is_maker(name))) {
                    // `defaultdict(list)`: made when it is first asked for.
                    (Value::Opaque, Some((_, maker))) => {
                        let made = match maker {
                            Value::Foreign(name) if name.ends_with("dict") => Value::Dict(Shared::of(Vec::new())),
                            Value::Foreign(name) if name.ends_with("list") || name.ends_with("set") => {
                                Value::list(Vec::new())
                            }
                            _ => Value::Opaque,
                        };
                        entries.extend([(key.clone(), made.clone())]);
                        made
                    }
                    (Value::Opaque, None) => self.without_entry(&entries.all(), key),
                    _ => found,
                }
            }
            (Value::Class(class), Value::Text(name)) => self.in_class(*class, name).unwrap_or(Value::Opaque),
            (Value::Class(class), _) => self.members(*class).map_or(Value::Opaque, Value::one_of),
            (Value::Module(id), Value::Text(name)) => self.module_attribute(*id, name),
            (Value::Module(id), _) => self.any_function(*id),
            (Value::Foreign(name), Value::Text(variable)) if &**name == "os.environ" => self.needed_variable(variable),
            (Value::Foreign(name), _) if super::secrets::is_secrets(name) => self.secret(key),
            (Value::Foreign(name), Value::Text(module)) if &**name == "sys.modules" => self.loaded_module(module),
            (Value::Foreign(name), Value::Text(key)) if is_session(name) => {
                if !self.session.contains_key(key) {
                    self.may_raise();
                }
                self.session_item(key, Value::Opaque)
            }
            (Value::Instance(..), _) => match self.attribute(container, "__getitem__") {
                Value::Bound(id, object) => self.call_function(id, &Arguments::of(vec![*object, key.clone()])),
                _ => Value::Unknown,
            },
            // What stands after `--` on the command line is not looked at.
            (Value::Foreign(name), Value::Int(1..)) if &**name == "sys.argv" => {
                self.may_raise();
                Value::Opaque
            }
            // `st.columns(3)[0]`, `st.tabs(…)[1]`
            (Value::Foreign(name), _) if &**name == super::widgets::CONTAINER => container.clone(),
            (Value::Unknown, _) => Value::Unknown,
            (Value::None, key) => self.of_none("TypeError", &key.as_text().unwrap_or_default()),
            _ => Value::Opaque,
        }
    }

    fn slice(&mut self, frame: &Frame, container: &Value, node: Node<'_>) -> Value {
        let written = frame.source.text(node);
        let ends: Vec<Option<i64>> = written
            .split(':')
            .map(|end| if end.trim().is_empty() { Some(None) } else { end.trim().parse().ok().map(Some) })
            .collect::<Option<Vec<_>>>()
            .unwrap_or_default();
        let [from, to] = ends.as_slice() else { return Value::Opaque };
        match container {
            Value::Text(text) => {
                let letters: Vec<char> = text.chars().collect();
                let (from, to) = bounds(letters.len(), *from, *to);
                Value::Text(letters.get(from..to).unwrap_or_default().iter().collect())
            }
            Value::List(entries) => {
                let entries = entries.all();
                let (from, to) = bounds(entries.len(), *from, *to);
                Value::list(entries.get(from..to).unwrap_or_default().to_vec())
            }
            _ => Value::Opaque,
        }
    }
}

/// The ends of a slice within `length` entries.
pub(super) fn bounds(length: usize, from: Option<i64>, to: Option<i64>) -> (usize, usize) {
    let place = |end: i64| {
        let distance = usize::try_from(end.unsigned_abs()).unwrap_or(usize::MAX);
        if end < 0 { length.saturating_sub(distance) } else { distance.min(length) }
    };
    (from.map_or(0, place), to.map_or(length, place))
}
