//! Expressions: what they are known to be, and what they run on the way.

use super::operators::{bounds, item, nth};
use super::session::is_session;
use super::source::{children, in_field};
use super::value::{Shared, Value, is_maker};
use super::{Flow, Frame, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    /// Evaluates an expression as far as it can be known.
    pub(super) fn value(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        if self.expression_depth > super::DEEPEST_EXPRESSION || self.raised.is_some() || !self.go_on() {
            return Value::Opaque;
        }
        self.expression_depth += 1;
        let lazy = super::lazy::is_lazy(&frame.source, node);
        let value = if lazy { self.lazily(frame, node) } else { self.expression(frame, node) };
        self.expression_depth -= 1;
        value
    }

    pub(super) fn expression(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        match node.kind() {
            "identifier" => self.named(frame, &frame.source.text(node)),
            "string" => self.string(frame, node),
            "concatenated_string" => {
                let parts: Vec<Value> = children(node).into_iter().map(|part| self.value(frame, part)).collect();
                super::operators::join_text(&parts)
            }
            "integer" => frame.source.text(node).replace('_', "").parse().map_or(Value::Opaque, Value::Int),
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "none" => Value::None,
            "attribute" => self.attribute_node(frame, node),
            // In a pattern: `case Mode.FAST:`
            "dotted_name" => {
                let names = children(node).into_iter().map(|name| frame.source.text(name)).collect::<Vec<_>>();
                let Some((first, rest)) = names.split_first() else { return Value::Opaque };
                rest.iter().fold(self.lookup(frame.scope, first), |object, name| self.attribute(&object, name))
            }
            "call" => self.call_node(frame, node),
            "assignment" => self.assignment(frame, node),
            "augmented_assignment" => self.augmented(frame, node),
            "named_expression" => {
                let value = node.child_by_field_name("value").map_or(Value::Opaque, |value| self.value(frame, value));
                if let Some(name) = node.child_by_field_name("name") {
                    self.assign(frame, name, value.clone());
                }
                value
            }
            "list" | "tuple" | "set" | "expression_list" => self.list(frame, node),
            "dictionary" => self.dictionary(frame, node),
            "subscript" => self.subscript(frame, node),
            "comparison_operator" => self.comparison(frame, node),
            "boolean_operator" => self.boolean(frame, node),
            "not_operator" => {
                let truth = node.child_by_field_name("argument").and_then(|inner| self.value(frame, inner).truth());
                truth.map_or(Value::Opaque, |is| Value::Bool(!is))
            }
            "binary_operator" => self.binary(frame, node),
            "conditional_expression" => self.conditional(frame, node),
            "list_comprehension" | "set_comprehension" | "generator_expression" | "dictionary_comprehension" => {
                self.comprehension(frame, node)
            }
            "as_pattern" => self.as_pattern(frame, node),
            "parenthesized_expression" | "await" | "expression_statement" => {
                children(node).first().map_or(Value::Opaque, |inner| self.value(frame, *inner))
            }
            "lambda" => self.lambda(frame, node),
            "yield" => self.yield_node(frame, node),
            _ => {
                for child in children(node) {
                    self.value(frame, child);
                }
                Value::Opaque
            }
        }
    }

    /// `with open(…) as name`
    fn as_pattern(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let value = children(node).first().map_or(Value::Opaque, |inner| self.value(frame, *inner));
        let entered = self.enter(frame, &value);
        if let Some(target) = node.child_by_field_name("alias") {
            self.assign(frame, target, entered);
        }
        value
    }

    fn string(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let mut parts = Vec::new();
        for part in children(node) {
            match part.kind() {
                "string_content" => parts.push(Value::Text(unescaped(&frame.source.text(part)))),
                "interpolation" => {
                    parts.push(children(part).first().map_or(Value::Opaque, |inner| self.value(frame, *inner)));
                }
                _ => {}
            }
        }
        super::operators::join_text(&parts)
    }

    fn list(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let mut entries = Vec::new();
        for entry in children(node) {
            if entry.kind() == "list_splat" {
                let inner = children(entry).first().map_or(Value::Opaque, |inner| self.value(frame, *inner));
                match self.iterate(frame, &inner) {
                    Some(items) => entries.extend(items),
                    None => entries.push(Value::Maybe(Box::new(super::value::entry_of(&inner)))),
                }
            } else {
                entries.push(self.value(frame, entry));
            }
        }
        Value::list(entries)
    }

    fn dictionary(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let mut entries = Vec::new();
        for pair in children(node) {
            match (pair.child_by_field_name("key"), pair.child_by_field_name("value")) {
                (Some(key), Some(value)) => entries.push((self.value(frame, key), self.value(frame, value))),
                _ => {
                    let inner = children(pair).first().map_or(Value::Opaque, |inner| self.value(frame, *inner));
                    match inner {
                        Value::Dict(more) => entries.extend(more.all()),
                        _ => entries.push(Value::other_entries()),
                    }
                }
            }
        }
        Value::Dict(Shared::of(entries))
    }

    fn subscript(&mut self, frame: &Frame, node: Node<'_>) -> Value {
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
            (Value::Foreign(name), Value::Text(module)) if &**name == "sys.modules" => {
                self.loaded.get(module).map_or_else(|| Value::foreign(module), |id| Value::Module(*id))
            }
            (Value::Foreign(name), Value::Text(key)) if is_session(name) => {
                if !self.session.contains_key(key) {
                    self.may_raise();
                }
                self.session_item(key, Value::Opaque)
            }
            (Value::Instance(..), _) => match self.attribute(container, "__getitem__") {
                Value::Bound(id, object) => {
                    self.call_function(id, &super::arguments::Arguments::of(vec![*object, key.clone()]))
                }
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

    /// One of the functions and classes of a module: `globals()[name]`, `getattr(module, name)`.
    pub(super) fn any_function(&self, id: usize) -> Value {
        let names = self.scopes[self.modules[id].scope].names.values();
        Value::one_of(names.filter(|value| value.may_be_called()).cloned())
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

    fn conditional(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let parts = children(node);
        let [then, condition, otherwise] = parts.as_slice() else { return Value::Opaque };
        match self.value(frame, *condition).truth() {
            Some(true) => self.value(frame, *then),
            Some(false) => self.value(frame, *otherwise),
            None => {
                let then = self.value_perhaps(frame, *then);
                let otherwise = self.value_perhaps(frame, *otherwise);
                then.or(otherwise)
            }
        }
    }

    /// An expression that may not be evaluated.
    pub(super) fn value_perhaps(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let mut value = Value::Opaque;
        let flow = self.perhaps(frame.scope, |me| {
            value = me.value(frame, node);
            Flow::Next
        });
        self.may_end(flow);
        value
    }

    /// Goes through all its `for`s; what is filtered by a condition that is not known may be there.
    fn comprehension(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let parts = children(node);
        let Some(body) = node.child_by_field_name("body") else { return Value::Opaque };
        let clauses: Vec<Node<'_>> = parts.into_iter().filter(|part| part.kind().ends_with("_clause")).collect();
        let inside = Frame { scope: self.new_scope(Some(frame.scope)), ..frame.clone() };
        let mut results = Vec::new();
        let began = self.level();
        self.comprehend(&inside, &clauses, body, began, &mut results);
        if node.kind() == "dictionary_comprehension" {
            let pair = |entry: Value| {
                let (maybe, entry) = match entry {
                    Value::Maybe(inner) => (true, *inner),
                    other => (false, other),
                };
                let pair = super::value::items(&entry)?;
                let [key, value] = pair.as_slice() else { return None };
                let value = if maybe { Value::Maybe(Box::new(value.clone())) } else { value.clone() };
                Some((key.clone(), value))
            };
            return Value::Dict(Shared::of(results.into_iter().filter_map(pair).collect()));
        }
        Value::list(results)
    }

    fn comprehend(
        &mut self,
        inside: &Frame,
        clauses: &[Node<'_>],
        body: Node<'_>,
        began: u32,
        results: &mut Vec<Value>,
    ) {
        let Some((clause, rest)) = clauses.split_first() else {
            let value = if body.kind() == "pair" {
                let pair = children(body).into_iter().map(|part| self.value(inside, part)).collect();
                Value::list(pair)
            } else {
                self.value(inside, body)
            };
            let doubtful = self.level() > began;
            results.push(if doubtful { Value::Maybe(Box::new(value)) } else { value });
            return;
        };
        if clause.kind() == "if_clause" {
            let truth = children(*clause).first().and_then(|condition| self.value(inside, *condition).truth());
            match truth {
                Some(true) => self.comprehend(inside, rest, body, began, results),
                Some(false) => {}
                None => {
                    let flow = self.perhaps(inside.scope, |me| {
                        me.comprehend(inside, rest, body, began, results);
                        Flow::Next
                    });
                    self.may_end(flow);
                }
            }
            return;
        }
        let items = clause.child_by_field_name("right").map_or(Value::Opaque, |right| self.value(inside, right));
        let known = self.iterate(inside, &items);
        let items = known.unwrap_or_else(|| vec![Value::Maybe(Box::new(super::value::entry_of(&items)))]);
        for item in items {
            let (maybe, item) = match item {
                Value::Maybe(inner) => (true, *inner),
                other => (false, other),
            };
            if let Some(target) = clause.child_by_field_name("left") {
                self.assign(inside, target, item);
            }
            if maybe {
                let flow = self.perhaps(inside.scope, |me| {
                    me.comprehend(inside, rest, body, began, results);
                    Flow::Next
                });
                self.may_end(flow);
            } else {
                self.comprehend(inside, rest, body, began, results);
            }
            if self.raised.is_some() {
                return;
            }
        }
    }
}

/// The escapes that occur in names and paths.
fn unescaped(text: &str) -> String {
    text.replace("\\\\", "\\").replace("\\'", "'").replace("\\\"", "\"")
}
