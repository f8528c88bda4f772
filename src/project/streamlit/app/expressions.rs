//! Expressions: what they are known to be, and what they run on the way.

use super::source::children;
use super::value::{Shared, Value};
use super::{Frame, Interpreter};
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

    /// The value of the first expression within a node; `None` without one, as after `return`.
    pub(super) fn first_value(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        children(node).first().map_or(Value::None, |child| self.value(frame, *child))
    }

    /// The value of the first expression within a node that has one where the code is valid.
    pub(super) fn inner_value(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        children(node).first().map_or(Value::Opaque, |inner| self.value(frame, *inner))
    }

    /// The value of the expression in a field of a node.
    pub(super) fn field_value(&mut self, frame: &Frame, node: Node<'_>, field: &str) -> Value {
        node.child_by_field_name(field).map_or(Value::Opaque, |inner| self.value(frame, inner))
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
                let value = self.field_value(frame, node, "value");
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
            "parenthesized_expression" | "await" | "expression_statement" => self.inner_value(frame, node),
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
        let value = self.inner_value(frame, node);
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
                    parts.push(self.inner_value(frame, part));
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
                let inner = self.inner_value(frame, entry);
                entries.extend(self.iterate_anyway(frame, &inner));
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
                    let inner = self.inner_value(frame, pair);
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
        self.perhaps_value(frame.scope, |me| me.value(frame, node))
    }
}

/// The escapes that occur in names and paths.
fn unescaped(text: &str) -> String {
    text.replace("\\\\", "\\").replace("\\'", "'").replace("\\\"", "\"")
}
