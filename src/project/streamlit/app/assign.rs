//! Assignments: names, attributes, items, and unpacking.

use super::arguments::Arguments;
use super::search_path::is_search_path;
use super::session::is_session;
use super::source::children;
use super::value::{Value, items};
use super::{Frame, Interpreter, Module};
use tree_sitter::Node;

impl Interpreter<'_> {
    /// `left = right`, also annotated and chained.
    pub(super) fn assignment(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let value = self.field_value(frame, node, "right");
        // Those of a function's own names never run.
        if !is_in_function(node) {
            self.annotation(frame, node.child_by_field_name("type"));
        }
        if let (Some(left), Some(_)) = (node.child_by_field_name("left"), node.child_by_field_name("right")) {
            self.assign(frame, left, value.clone());
        }
        value
    }

    /// `left += right`, of which lists and texts are followed.
    pub(super) fn augmented(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let (Some(left), Some(right)) = (node.child_by_field_name("left"), node.child_by_field_name("right")) else {
            return Value::Opaque;
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
        let starred = targets.iter().any(|target| target.kind() == "list_splat_pattern");
        let known = items(value).filter(|items| items.len() == targets.len() && !starred);
        for (place, target) in targets.iter().enumerate() {
            let item = match (&known, value) {
                (Some(items), _) => items[place].clone(),
                // `left, right = st.columns(2)`: each is a container like `st` itself.
                (None, Value::Foreign(name)) if &**name == super::widgets::CONTAINER => value.clone(),
                (None, Value::Unknown) => Value::Unknown,
                (None, Value::OneOf(values)) => {
                    let inner = values.iter().filter_map(|value| items(value)?.get(place).cloned());
                    Value::one_of(inner)
                }
                _ => Value::Opaque,
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
            Value::Instance(_, own) => self.set(own, &name, value),
            Value::Class(class) => {
                let scope = self.classes[class].scope;
                self.set(scope, &name, value);
            }
            Value::Foreign(module) if is_session(&module) => {
                self.set_session(&name, value);
            }
            Value::Foreign(module) if &*module == "sys" && name == "path" => self.replace_search_path(&value),
            Value::Foreign(module) => {
                self.exports.give(&module, &name);
                self.gives_away(frame, value);
            }
            _ => self.gives_away(frame, value),
        }
    }

    /// Something foreign gets a function of the project: it may call it, `warnings.showwarning = show`.
    fn gives_away(&mut self, frame: &Frame, value: Value) {
        if value.may_be_called() {
            self.hand_over(frame, &Arguments::of(vec![value]));
        }
    }

    fn assign_item(&mut self, frame: &Frame, target: Node<'_>, value: &Value) {
        let parts = children(target);
        let [object, key, ..] = parts.as_slice() else { return };
        let container = self.value(frame, *object);
        let key_value = self.value(frame, *key);
        match (&container, &key_value, value) {
            (Value::Foreign(name), Value::Text(module), Value::Spec(file)) if &**name == "sys.modules" => {
                let scope = self.new_scope(None);
                let (listed, certain) = (vec![file.clone()], !self.in_doubt());
                let id = self.add_module(Module { name: module.clone(), scope, listed, certain, ..Module::default() });
                self.loaded.insert(module.clone(), id);
            }
            (Value::Foreign(name), Value::Text(module), _) if &**name == "sys.modules" => {
                self.stands_for(module, value);
            }
            (Value::Foreign(name), Value::Text(key), _) if is_session(name) => {
                self.set_session(key, value.clone());
            }
            (Value::Foreign(name), _, _) if &**name == "sys.path" => self.replace_search_path(value),
            (Value::Foreign(name), name_of, _) if &**name == "os.environ" => self.set_variable(name_of, value),
            (Value::Module(id), Value::Text(name), _) => {
                let scope = self.modules[*id].scope;
                self.set(scope, name, value.clone());
            }
            (Value::Module(id), ..) => {
                let scope = self.modules[*id].scope;
                self.set(scope, super::module_names::OPEN, Value::Opaque);
            }
            // The last of several entries with one key counts.
            (Value::Dict(entries), _, _) => {
                let value = value.clone().maybe_if(self.in_doubt());
                entries.extend([(key_value, value)]);
            }
            _ => {}
        }
    }

    /// `sys.modules["name"] = value`: a module of the project, or something that has any name.
    fn stands_for(&mut self, name: &str, value: &Value) {
        let id = match value {
            Value::Module(id) => *id,
            _ => {
                let scope = self.new_scope(None);
                self.set(scope, super::module_names::OPEN, Value::Opaque);
                self.add_module(Module { name: name.to_owned(), scope, ..Module::default() })
            }
        };
        self.loaded.insert(name.to_owned(), id);
    }
}

/// Tells whether the next definition around is that of a function.
fn is_in_function(node: Node<'_>) -> bool {
    let definition = std::iter::successors(node.parent(), Node::parent)
        .find(|around| ["function_definition", "class_definition", "lambda"].contains(&around.kind()));
    definition.is_some_and(|around| around.kind() != "class_definition")
}
