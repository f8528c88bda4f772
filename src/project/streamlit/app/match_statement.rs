//! `match`: which case is taken, where the subject is known.

use super::source::children;
use super::value::Value;
use super::{Flow, Frame, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    /// A known subject takes the first case that is the same literal; else every case may be the one.
    pub(super) fn match_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let subject = self.field_value(frame, node, "subject");
        let Some(body) = node.child_by_field_name("body") else { return Flow::Next };
        let clauses: Vec<Node<'_>> = children(body).into_iter().filter(|child| child.kind() == "case_clause").collect();
        self.cases(frame, &subject, &clauses)
    }

    fn cases(&mut self, frame: &Frame, subject: &Value, clauses: &[Node<'_>]) -> Flow {
        let Some((clause, rest)) = clauses.split_first() else { return Flow::Next };
        let Some(consequence) = clause.child_by_field_name("consequence") else {
            return self.cases(frame, subject, rest);
        };
        let truth = self.case(frame, subject, *clause);
        self.branch(frame.scope, truth, |me| me.block(frame, consequence), |me| me.cases(frame, subject, rest))
    }

    fn case(&mut self, frame: &Frame, subject: &Value, clause: Node<'_>) -> Option<bool> {
        let patterns: Vec<Node<'_>> = children(clause).into_iter().filter(|c| c.kind() == "case_pattern").collect();
        let [pattern] = patterns.as_slice() else { return None };
        let literals: Vec<Node<'_>> = match children(*pattern).as_slice() {
            [one] if one.kind() == "union_pattern" => children(*one),
            other => other.to_vec(),
        };
        if literals.is_empty() {
            // `case _`
            return clause.child_by_field_name("guard").is_none().then_some(true);
        }
        let mut certain = true;
        for literal in literals {
            let named = children(literal);
            if literal.kind() == "dotted_name" && named.len() < 2 {
                // `case name:` takes anything.
                self.assign(frame, named.first().copied().unwrap_or(literal), subject.clone());
                return clause.child_by_field_name("guard").is_none().then_some(true);
            }
            let same = if literal.kind().ends_with("pattern") {
                None
            } else {
                let value = self.value(frame, literal);
                self.are_equal(&value, subject)
            };
            match same {
                Some(true) => return Some(true),
                Some(false) => {}
                None => certain = false,
            }
        }
        certain.then_some(false)
    }
}
