//! Statements: which of them run, and how they end.

use super::source::{children, in_field};
use super::value::Value;
use super::{Flow, Frame, Interpreter};
use std::rc::Rc;
use tree_sitter::Node;

/// Rounds of a loop over a known list.
const MOST_ROUNDS: usize = 2_000;

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

    fn statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        if !self.go_on() {
            return Flow::Stop { again: false };
        }
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
            "class_definition" => self.define_class(frame, node),
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
            "future_import_statement" | "nonlocal_statement" | "pass_statement" => Flow::Next,
            _ => {
                for child in children(node) {
                    self.value(frame, child);
                }
                Flow::Next
            }
        };
        // What an expression raised ends the statement, whatever the statement made of its value.
        self.raised.take().unwrap_or(flow)
    }

    pub(super) fn first_value(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        children(node).first().map_or(Value::None, |child| self.value(frame, *child))
    }

    /// Runs one branch, or, where the condition is not known, both.
    fn branch(
        &mut self,
        truth: Option<bool>,
        then: impl FnOnce(&mut Self) -> Flow,
        or: impl FnOnce(&mut Self) -> Flow,
    ) -> Flow {
        match truth {
            Some(true) => then(self),
            Some(false) => or(self),
            None => {
                let (one, other) = (then(self), or(self));
                match (one, other) {
                    (Flow::Return(one), Flow::Return(other)) => Flow::Return(one.or(other)),
                    (Flow::Raise(one), Flow::Raise(_)) => Flow::Raise(one),
                    (one @ Flow::Stop { .. }, Flow::Stop { .. }) => one,
                    (Flow::Break, Flow::Break) => Flow::Break,
                    (Flow::Continue, Flow::Continue) => Flow::Continue,
                    _ => Flow::Next,
                }
            }
        }
    }

    fn condition(&mut self, frame: &Frame, node: Node<'_>) -> Option<bool> {
        let truth = node.child_by_field_name("condition").and_then(|condition| self.value(frame, condition).truth());
        if self.raised.is_some() { Some(false) } else { truth }
    }

    fn if_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let truth = self.condition(frame, node);
        let otherwise = in_field(node, "alternative");
        self.branch(
            truth,
            |me| node.child_by_field_name("consequence").map_or(Flow::Next, |body| me.block(frame, body)),
            |me| me.alternatives(frame, &otherwise),
        )
    }

    fn alternatives(&mut self, frame: &Frame, clauses: &[Node<'_>]) -> Flow {
        let Some((clause, rest)) = clauses.split_first() else { return Flow::Next };
        if self.raised.is_some() {
            return Flow::Next;
        }
        if clause.kind() == "else_clause" {
            return clause.child_by_field_name("body").map_or(Flow::Next, |body| self.block(frame, body));
        }
        let truth = self.condition(frame, *clause);
        self.branch(
            truth,
            |me| clause.child_by_field_name("consequence").map_or(Flow::Next, |body| me.block(frame, body)),
            |me| me.alternatives(frame, rest),
        )
    }

    fn try_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let body = node.child_by_field_name("body").map_or(Flow::Next, |body| self.block(frame, body));
        let parts = children(node);
        let flow = match body {
            Flow::Raise(class) => self.handle(frame, &parts, class),
            Flow::Next => self.clause(frame, &parts, "else_clause").unwrap_or(Flow::Next),
            other => other,
        };
        match self.clause(frame, &parts, "finally_clause") {
            None | Some(Flow::Next) => flow,
            Some(last) => last,
        }
    }

    fn clause(&mut self, frame: &Frame, parts: &[Node<'_>], kind: &str) -> Option<Flow> {
        let clause = parts.iter().find(|part| part.kind() == kind)?;
        children(*clause).into_iter().find(|child| child.kind() == "block").map(|body| self.block(frame, body))
    }

    /// The first handler that takes the exception; a handler of unknown exceptions takes any but those of imports.
    fn handle(&mut self, frame: &Frame, parts: &[Node<'_>], class: Rc<str>) -> Flow {
        for clause in parts.iter().filter(|part| part.kind().starts_with("except")) {
            let inside = children(*clause);
            let Some(body) = inside.iter().find(|child| child.kind() == "block") else { continue };
            let header = frame.source.between(clause.start_byte(), body.start_byte());
            if takes(&header, &class) {
                return self.block(frame, *body);
            }
        }
        Flow::Raise(class)
    }

    fn for_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let items = node.child_by_field_name("right").map_or(Value::Unknown, |right| self.value(frame, right));
        let (Some(target), Some(body)) = (node.child_by_field_name("left"), node.child_by_field_name("body")) else {
            return Flow::Next;
        };
        if self.raised.is_some() {
            return Flow::Next;
        }
        let known = super::value::items(&items);
        let certain = known.is_some();
        for item in known.unwrap_or_else(|| vec![Value::Unknown]).into_iter().take(MOST_ROUNDS) {
            self.assign(frame, target, item);
            match self.block(frame, body) {
                Flow::Break => return Flow::Next,
                flow @ Flow::Stop { .. } if certain => return flow,
                flow @ (Flow::Return(_) | Flow::Raise(_)) if certain => return flow,
                _ => {}
            }
        }
        self.clause(frame, &children(node), "else_clause").unwrap_or(Flow::Next)
    }

    fn while_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let truth = self.condition(frame, node);
        let body = node.child_by_field_name("body");
        match (truth, body) {
            (Some(false), _) | (_, None) => Flow::Next,
            (truth, Some(body)) => match self.block(frame, body) {
                flow @ (Flow::Return(_) | Flow::Raise(_) | Flow::Stop { .. }) if truth == Some(true) => flow,
                _ => Flow::Next,
            },
        }
    }

    fn with_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let body = node.child_by_field_name("body");
        for clause in children(node).into_iter().filter(|child| child.kind() == "with_clause") {
            for item in children(clause) {
                for value in in_field(item, "value") {
                    self.value(frame, value);
                }
            }
        }
        if self.raised.is_some() {
            return Flow::Next;
        }
        let header = frame.source.between(node.start_byte(), body.map_or(node.end_byte(), |body| body.start_byte()));
        match body.map_or(Flow::Next, |body| self.block(frame, body)) {
            Flow::Raise(_) if header.contains("suppress(") => Flow::Next,
            flow => flow,
        }
    }

    /// A known subject takes the first case that is the same literal; else every case may be the one.
    fn match_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let subject = node.child_by_field_name("subject").map_or(Value::Unknown, |node| self.value(frame, node));
        let Some(body) = node.child_by_field_name("body") else { return Flow::Next };
        for clause in children(body).into_iter().filter(|child| child.kind() == "case_clause") {
            let Some(consequence) = clause.child_by_field_name("consequence") else { continue };
            match self.case(frame, &subject, clause) {
                Some(true) => return self.block(frame, consequence),
                Some(false) => {}
                None => {
                    self.block(frame, consequence);
                }
            }
        }
        Flow::Next
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
            let same =
                if literal.kind().ends_with("pattern") { None } else { self.value(frame, literal).equals(subject) };
            match same {
                Some(true) => return Some(true),
                Some(false) => {}
                None => certain = false,
            }
        }
        certain.then_some(false)
    }

    fn raise_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let class = children(node).first().map_or_else(String::new, |what| frame.source.text(*what));
        let name = class.split('(').next().unwrap_or_default().rsplit('.').next().unwrap_or_default().trim();
        match name {
            "SystemExit" | "StopException" => Flow::Stop { again: false },
            name => Flow::Raise(name.into()),
        }
    }

    fn assert_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        match self.first_value(frame, node).truth() {
            Some(false) => Flow::Raise("AssertionError".into()),
            _ => Flow::Next,
        }
    }
}

/// Tells whether `except …:` takes an exception of this class.
fn takes(header: &str, class: &str) -> bool {
    let words: Vec<&str> =
        header.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect();
    let named = words.get(1..).unwrap_or_default();
    let any = named.is_empty() || named.iter().any(|word| ["Exception", "BaseException"].contains(word));
    let parents: &[&str] = match class {
        "ModuleNotFoundError" => &["ImportError"],
        _ => &[],
    };
    any || named.contains(&class) || parents.iter().any(|parent| named.contains(parent))
}
