//! Expressions: what they are known to be, and what they run on the way.

use super::source::children;
use super::value::{Shared, Value};
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

    pub(super) fn first_value(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        children(node).first().map_or(Value::None, |child| self.value(frame, *child))
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
}

/// The escapes that occur in names and paths.
fn unescaped(text: &str) -> String {
    text.replace("\\\\", "\\").replace("\\'", "'").replace("\\\"", "\"")
}
