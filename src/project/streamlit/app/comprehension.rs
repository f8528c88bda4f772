//! Comprehensions of lists, sets and dictionaries, and generator expressions.

use super::source::children;
use super::value::{Shared, Value};
use super::{Flow, Frame, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    /// Goes through all its `for`s; what is filtered by a condition that is not known may be there.
    pub(super) fn comprehension(&mut self, frame: &Frame, node: Node<'_>) -> Value {
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
