//! Assignments: names, attributes, items, and unpacking.

use super::arguments::Arguments;
use super::session::is_session;
use super::source::children;
use super::value::{Value, items};
use super::{Frame, Interpreter, Module};
use tree_sitter::Node;

impl Interpreter<'_> {
    /// `left = right`, also annotated and chained.
    pub(super) fn assignment(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let value = node.child_by_field_name("right").map_or(Value::Unknown, |right| self.value(frame, right));
        if let (Some(left), Some(_)) = (node.child_by_field_name("left"), node.child_by_field_name("right")) {
            self.assign(frame, left, value.clone());
        }
        value
    }

    /// `left += right`, of which lists and texts are followed.
    pub(super) fn augmented(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let (Some(left), Some(right)) = (node.child_by_field_name("left"), node.child_by_field_name("right")) else {
            return Value::Unknown;
        };
        let (old, new) = (self.value(frame, left), self.value(frame, right));
        if is_search_path(&old) {
            self.extend_search_path(usize::MAX, &new);
            return Value::None;
        }
        let sum = super::operators::add(&old, &new);
        self.assign(frame, left, sum);
        Value::None
    }

    pub(super) fn assign(&mut self, frame: &Frame, target: Node<'_>, value: Value) {
        match target.kind() {
            "identifier" => {
                let name = frame.source.text(target);
                let is_global = self.scopes[frame.scope].global.contains(&name);
                let scope = if is_global { self.modules[frame.module].scope } else { frame.scope };
                self.set(scope, &name, value);
            }
            "pattern_list" | "tuple_pattern" | "list_pattern" | "expression_list" | "tuple" => {
                self.unpack(frame, &children(target), &value);
            }
            "attribute" => self.assign_attribute(frame, target, value),
            "subscript" => self.assign_item(frame, target, &value),
            "as_pattern_target" | "parenthesized_expression" => {
                if let Some(inner) = children(target).first() {
                    self.assign(frame, *inner, value);
                }
            }
            _ => {}
        }
    }

    fn unpack(&mut self, frame: &Frame, targets: &[Node<'_>], value: &Value) {
        let known = items(value).filter(|items| items.len() == targets.len());
        for (place, target) in targets.iter().enumerate() {
            let item = match (&known, value) {
                (Some(items), _) => items[place].clone(),
                // `left, right = st.columns(2)`: each is a container like `st` itself.
                (None, Value::Foreign(name)) if &**name == "streamlit" => value.clone(),
                _ => Value::Unknown,
            };
            self.assign(frame, *target, item);
        }
    }

    fn assign_attribute(&mut self, frame: &Frame, target: Node<'_>, value: Value) {
        let (Some(object), Some(name)) =
            (target.child_by_field_name("object"), target.child_by_field_name("attribute"))
        else {
            return;
        };
        let name = frame.source.text(name);
        match self.value(frame, object) {
            Value::Module(id) => {
                let scope = self.modules[id].scope;
                self.set(scope, &name, value);
            }
            // One namespace for all objects of a class is enough for what it is asked.
            Value::Instance(class) | Value::Class(class) => {
                let scope = self.classes[class].scope;
                self.set(scope, &name, value);
            }
            Value::Foreign(module) if is_session(&module) => {
                self.session.insert(name, value);
            }
            Value::Foreign(module) if &*module == "sys" && name == "path" => self.replace_search_path(&value),
            _ => {}
        }
    }

    fn assign_item(&mut self, frame: &Frame, target: Node<'_>, value: &Value) {
        let parts = children(target);
        let [object, key, ..] = parts.as_slice() else { return };
        let container = self.value(frame, *object);
        let key_value = self.value(frame, *key);
        match (&container, &key_value, value) {
            (Value::Foreign(name), Value::Text(module), Value::Spec(file)) if &**name == "sys.modules" => {
                self.app.modules.push(file.clone());
                let scope = self.new_scope(None);
                self.modules.push(Module { name: module.clone(), folders: None, scope });
                self.loaded.insert(module.clone(), self.modules.len() - 1);
            }
            (Value::Foreign(name), Value::Text(key), _) if is_session(name) => {
                self.session.insert(key.clone(), value.clone());
            }
            (Value::Foreign(name), _, _) if &**name == "sys.path" => self.replace_search_path(value),
            // The last of several entries with one key counts.
            (Value::Dict(entries), _, _) => entries.extend([(key_value, value.clone())]),
            _ => {}
        }
    }
}

/// Carries out a method that adds to its object; nothing is ever taken out.
pub(super) fn adds(object: &Value, method: &str, arguments: &Arguments) -> bool {
    match (object, method, arguments.in_order.as_slice()) {
        (Value::List(entries), "append" | "add", [one]) | (Value::List(entries), "insert", [_, one]) => {
            entries.extend([one.clone()]);
        }
        (Value::List(entries), "extend" | "update", [more]) => entries.extend(items(more).unwrap_or_default()),
        (Value::Dict(entries), "update", [Value::Dict(more)]) => entries.extend(more.all()),
        (Value::Dict(entries), "setdefault", [key, value]) => entries.extend([(key.clone(), value.clone())]),
        _ => return false,
    }
    true
}

/// Tells whether this is `sys.path`.
pub(super) fn is_search_path(value: &Value) -> bool {
    matches!(value, Value::Foreign(name) if &**name == "sys.path")
}
