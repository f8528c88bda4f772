//! Comprehensions of lists, sets and dictionaries, and generator expressions.

use super::source::children;
use super::value::{Shared, Value, as_pair};
use super::{Frame, Interpreter};
use tree_sitter::Node;

/// A comprehension under way.
struct Comprehension<'tree> {
    /// The place of its names.
    inside: Frame,
    /// The expression that makes an entry.
    body: Node<'tree>,
    /// The doubt in which it began.
    began: u32,
    results: Vec<Value>,
}

impl Interpreter<'_> {
    /// Goes through all its `for`s; what is filtered by a condition that is not known may be there.
    pub(super) fn comprehension(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let Some(body) = node.child_by_field_name("body") else { return Value::Opaque };
        let clauses: Vec<Node<'_>> =
            children(node).into_iter().filter(|part| part.kind().ends_with("_clause")).collect();
        let inside = Frame { scope: self.new_scope(Some(frame.scope)), ..frame.clone() };
        let mut made = Comprehension { inside, body, began: self.level(), results: Vec::new() };
        self.comprehend(&mut made, &clauses);
        if node.kind() != "dictionary_comprehension" {
            return Value::list(made.results);
        }
        let pair = |entry: Value| {
            let (entry, doubtful) = entry.unless_missing();
            let (key, value) = as_pair(&entry)?;
            Some((key, value.maybe_if(doubtful)))
        };
        Value::Dict(Shared::of(made.results.into_iter().filter_map(pair).collect()))
    }

    fn comprehend(&mut self, made: &mut Comprehension<'_>, clauses: &[Node<'_>]) {
        let Some((clause, rest)) = clauses.split_first() else {
            let entry = self.entry_made(&made.inside, made.body);
            made.results.push(entry.maybe_if(self.level() > made.began));
            return;
        };
        if clause.kind() == "if_clause" {
            let condition = children(*clause).first().copied();
            match condition.and_then(|condition| self.value(&made.inside, condition).truth()) {
                Some(true) => self.comprehend(made, rest),
                Some(false) => {}
                None => self.perhaps_value(made.inside.scope, |me| me.comprehend(made, rest)),
            }
            return;
        }
        let items = self.field_value(&made.inside, *clause, "right");
        for item in self.iterate_anyway(&made.inside, &items) {
            let (item, doubtful) = item.unless_missing();
            if let Some(target) = clause.child_by_field_name("left") {
                self.assign(&made.inside, target, item);
            }
            if doubtful {
                self.perhaps_value(made.inside.scope, |me| me.comprehend(made, rest));
            } else {
                self.comprehend(made, rest);
            }
            if self.raised.is_some() {
                return;
            }
        }
    }

    /// One entry; of a dictionary a list of key and value.
    fn entry_made(&mut self, inside: &Frame, body: Node<'_>) -> Value {
        if body.kind() == "pair" {
            Value::list(children(body).into_iter().map(|part| self.value(inside, part)).collect())
        } else {
            self.value(inside, body)
        }
    }
}
