//! Going through values: what a loop over one gives, and what `yield` hands to it.

use super::arguments::Arguments;
use super::value::Value;
use super::{Flow, Frame, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    /// Lists what a loop over this gives, where it is known. A generator runs.
    pub(super) fn iterate(&mut self, frame: &Frame, value: &Value) -> Option<Vec<Value>> {
        match value {
            Value::Generator(call) => {
                let (function, arguments) = call.as_ref();
                let Value::Function(id) = function else { return None };
                self.yields.push(Vec::new());
                self.call_function(*id, arguments);
                self.yields.pop()
            }
            Value::Class(class) => self.members(*class),
            Value::Instance(..) => match self.attribute(value, "__iter__") {
                method @ Value::Bound(..) => {
                    let inner = self.call(frame, &method, Arguments::default());
                    if matches!(inner, Value::Instance(..)) { None } else { self.iterate(frame, &inner) }
                }
                _ => None,
            },
            Value::Maybe(inner) => {
                let inner = self.iterate(frame, inner)?;
                Some(inner.into_iter().map(|item| Value::Maybe(Box::new(item))).collect())
            }
            other => super::value::items(other),
        }
    }

    /// The same, as far as somebody goes.
    pub(super) fn iterate_perhaps(&mut self, frame: &Frame, value: &Value) -> Option<Vec<Value>> {
        let mut found = None;
        let flow = self.perhaps(frame.scope, |me| {
            found = me.iterate(frame, value);
            Flow::Next
        });
        self.may_end(flow);
        found
    }

    /// `yield value`, `yield from values`
    pub(super) fn yield_node(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let value = self.first_value(frame, node);
        let from = frame.source.text(node).trim_start_matches("yield").trim_start().starts_with("from ");
        let mut values = if from {
            self.iterate(frame, &value).unwrap_or_else(|| vec![Value::Maybe(Box::new(Value::Opaque))])
        } else {
            vec![value]
        };
        if self.in_doubt() {
            values = values.into_iter().map(|value| Value::Maybe(Box::new(value))).collect();
        }
        if let Some(yields) = self.yields.last_mut() {
            yields.extend(values);
        }
        Value::Opaque
    }
}
