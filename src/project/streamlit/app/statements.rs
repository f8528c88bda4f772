//! Statements: which of them run, and how they end.

use super::source::{children, in_field};
use super::{Flow, Frame, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    /// Runs the statements of a module, function, class or branch.
    pub(super) fn block(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        if self.depth > super::DEEPEST {
            return Flow::Next;
        }
        self.depth += 1;
        let mut flow = Flow::Next;
        for statement in children(node) {
            flow = self.statement(frame, statement);
            if !matches!(flow, Flow::Next) {
                break;
            }
        }
        self.depth -= 1;
        flow
    }

    /// Runs the block in a field of a statement or clause.
    pub(super) fn block_in(&mut self, frame: &Frame, node: Node<'_>, field: &str) -> Flow {
        node.child_by_field_name(field).map_or(Flow::Next, |block| self.block(frame, block))
    }

    fn statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        if !self.go_on() {
            return Flow::Stop { again: false };
        }
        let line = node.start_position().row + 1;
        let outer = std::mem::replace(&mut self.place, (frame.source.path.clone(), line));
        let flow = match node.kind() {
            "import_statement" => self.import_statement(frame, node),
            "import_from_statement" => self.import_from_statement(frame, node),
            "if_statement" => self.if_statement(frame, node),
            "try_statement" => self.try_statement(frame, node),
            "for_statement" => self.for_statement(frame, node),
            "while_statement" => self.while_statement(frame, node),
            "with_statement" => self.with_statement(frame, node),
            "match_statement" => self.match_statement(frame, node),
            "function_definition" => self.define(frame, node, &[]),
            "class_definition" => self.define_class(frame, node, &[]),
            "decorated_definition" => self.decorated(frame, node),
            "return_statement" => Flow::Return(self.first_value(frame, node)),
            "raise_statement" => self.raise_statement(frame, node),
            "assert_statement" => self.assert_statement(frame, node),
            "break_statement" => Flow::Break,
            "continue_statement" => Flow::Continue,
            "block" | "ERROR" => self.block(frame, node),
            "global_statement" => {
                let names: Vec<String> = children(node).iter().map(|name| frame.source.text(*name)).collect();
                self.scopes[frame.scope].global.extend(names);
                Flow::Next
            }
            "delete_statement" => {
                self.delete(frame, node);
                Flow::Next
            }
            "future_import_statement" | "nonlocal_statement" | "pass_statement" => Flow::Next,
            _ => {
                for child in children(node) {
                    self.value(frame, child);
                }
                Flow::Next
            }
        };
        self.place = outer;
        // What an expression raised ends the statement, whatever the statement made of its value.
        self.raised.take().unwrap_or(flow)
    }

    /// `del name, other[key]`
    fn delete(&mut self, frame: &Frame, node: Node<'_>) {
        for target in children(node) {
            let targets = if target.kind() == "expression_list" { children(target) } else { vec![target] };
            for target in targets {
                if target.kind() == "identifier" {
                    let name = frame.source.text(target);
                    self.keep(Some(frame.scope), &name);
                    self.scopes[frame.scope].names.remove(&name);
                } else {
                    self.value(frame, target);
                }
            }
        }
    }

    /// Runs one branch, or, where the condition is not known, both.
    pub(super) fn branch(
        &mut self,
        scope: usize,
        truth: Option<bool>,
        then: impl FnOnce(&mut Self) -> Flow,
        or: impl FnOnce(&mut Self) -> Flow,
    ) -> Flow {
        match truth {
            Some(true) => then(self),
            Some(false) => or(self),
            None => {
                let one = self.fork(then);
                let other = self.fork(or);
                self.join(scope, one, other)
            }
        }
    }

    /// The truth of a condition; false where it raises, so that nothing runs before the statement ends.
    pub(super) fn condition(&mut self, frame: &Frame, node: Node<'_>) -> Option<bool> {
        let truth = node.child_by_field_name("condition").and_then(|condition| self.value(frame, condition).truth());
        if self.raised.is_some() { Some(false) } else { truth }
    }

    fn if_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        self.if_clause(frame, node, &in_field(node, "alternative"))
    }

    /// An `if` or `elif`, with the clauses after it.
    fn if_clause(&mut self, frame: &Frame, clause: Node<'_>, others: &[Node<'_>]) -> Flow {
        let truth = self.condition(frame, clause);
        self.branch(
            frame.scope,
            truth,
            |me| me.block_in(frame, clause, "consequence"),
            |me| me.alternatives(frame, others),
        )
    }

    fn alternatives(&mut self, frame: &Frame, clauses: &[Node<'_>]) -> Flow {
        let Some((clause, rest)) = clauses.split_first() else { return Flow::Next };
        if self.raised.is_some() {
            return Flow::Next;
        }
        if clause.kind() == "else_clause" {
            return self.block_in(frame, *clause, "body");
        }
        self.if_clause(frame, *clause, rest)
    }
}
