//! Going through values: what a loop over one gives, and what `yield` hands to it.

use super::arguments::Arguments;
use super::value::{Value, entry_of, items};
use super::{Frame, Interpreter};
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
                Some(inner.into_iter().map(Value::maybe).collect())
            }
            other => items(other),
        }
    }

    /// Lists what a loop over this gives that may end early: what it runs may not run.
    pub(super) fn iterate_perhaps(&mut self, frame: &Frame, value: &Value) -> Option<Vec<Value>> {
        self.perhaps_value(frame.scope, |me| me.iterate(frame, value))
    }

    /// Lists what a loop over this gives; where that is not known, one entry that may be there.
    pub(super) fn iterate_anyway(&mut self, frame: &Frame, value: &Value) -> Vec<Value> {
        self.iterate(frame, value).unwrap_or_else(|| vec![entry_of(value).maybe()])
    }

    /// `yield value`, `yield from values`
    pub(super) fn yield_node(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let value = self.first_value(frame, node);
        let from = frame.source.text(node).trim_start_matches("yield").trim_start().starts_with("from ");
        let mut values = if from {
            self.iterate(frame, &value).unwrap_or_else(|| vec![Value::maybe(Value::Opaque)])
        } else {
            vec![value]
        };
        if self.in_doubt() {
            values = values.into_iter().map(Value::maybe).collect();
        }
        if let Some(yields) = self.yields.last_mut() {
            yields.extend(values);
        }
        Value::Opaque
    }
}
