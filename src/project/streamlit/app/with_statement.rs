//! `with`: context managers, the project's own among them.

use super::arguments::Arguments;
use super::source::{children, in_field};
use super::value::Value;
use super::{Flow, Frame, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    pub(super) fn with_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let body = node.child_by_field_name("body");
        let mut entered = Vec::new();
        for clause in children(node).into_iter().filter(|child| child.kind() == "with_clause") {
            for item in children(clause) {
                for node in in_field(item, "value") {
                    let value = self.value(frame, node);
                    if node.kind() != "as_pattern" {
                        self.enter(frame, &value);
                    }
                    entered.push(value);
                }
            }
        }
        if self.raised.is_some() {
            return Flow::Next;
        }
        let header = frame.source.between(node.start_byte(), body.map_or(node.end_byte(), |body| body.start_byte()));
        let flow = match body.map_or(Flow::Next, |body| self.block(frame, body)) {
            Flow::Raise(_) if header.contains("suppress(") => Flow::Next,
            flow @ Flow::Raise(_) if entered.iter().any(|manager| self.may_swallow(manager)) => {
                self.may_end(flow);
                Flow::Next
            }
            flow => flow,
        };
        for value in entered {
            self.leave(frame, &value);
        }
        flow
    }

    /// The beginning of a `with`. A generator made a context manager runs to its end at once.
    pub(super) fn enter(&mut self, frame: &Frame, value: &Value) -> Value {
        match value {
            Value::Generator(_) => {
                let yielded = self.iterate(frame, value).unwrap_or_default();
                yielded.into_iter().next().unwrap_or(Value::Opaque)
            }
            Value::Instance(..) => match self.attribute(value, "__enter__") {
                method @ Value::Bound(..) => self.call(frame, &method, Arguments::default()),
                _ => value.clone(),
            },
            other => other.clone(),
        }
    }

    /// Tells whether a context manager of the project may take an exception: its `__exit__` gives something back, its
    /// generator handles what comes out of its `yield`.
    fn may_swallow(&mut self, manager: &Value) -> bool {
        let (function, word) = match manager {
            Value::Generator(call) => (call.0.clone(), "except"),
            Value::Instance(..) => (self.attribute(manager, "__exit__"), "return "),
            Value::Unknown => return true,
            _ => return false,
        };
        let id = match function {
            Value::Function(id) | Value::Bound(id, _) => id,
            _ => return false,
        };
        let body = &self.functions[id].body;
        body.node().is_some_and(|node| {
            let text = body.source.text(node);
            text.contains(word) || text.contains("suppress(")
        })
    }

    /// The end of a `with`: an object has `__exit__`.
    fn leave(&mut self, frame: &Frame, entered: &Value) {
        if let Value::Instance(..) = entered
            && let method @ Value::Bound(..) = self.attribute(entered, "__exit__")
        {
            self.call(frame, &method, Arguments::default());
        }
    }
}
