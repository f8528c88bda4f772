//! Statements: which of them run, and how they end.

use super::source::{children, in_field};
use super::stops::{ANY_CLASS, Raised, StopReason};
use super::value::Value;
use super::{Flow, Frame, Interpreter};
use tree_sitter::Node;

/// Rounds of a `while` whose condition is known to be true.
const MOST_TURNS: usize = 100;
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

    pub(super) fn first_value(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        children(node).first().map_or(Value::None, |child| self.value(frame, *child))
    }

    /// Runs one branch, or, where the condition is not known, both.
    fn branch(
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

    fn condition(&mut self, frame: &Frame, node: Node<'_>) -> Option<bool> {
        let truth = node.child_by_field_name("condition").and_then(|condition| self.value(frame, condition).truth());
        if self.raised.is_some() { Some(false) } else { truth }
    }

    fn if_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let truth = self.condition(frame, node);
        let otherwise = in_field(node, "alternative");
        self.branch(
            frame.scope,
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
            frame.scope,
            truth,
            |me| clause.child_by_field_name("consequence").map_or(Flow::Next, |body| me.block(frame, body)),
            |me| me.alternatives(frame, rest),
        )
    }

    fn try_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let parts = children(node);
        let outside = std::mem::take(&mut self.exits.raises);
        let calls = self.foreign_calls;
        let body = node.child_by_field_name("body").map_or(Flow::Next, |body| self.block(frame, body));
        let possible = std::mem::replace(&mut self.exits.raises, outside);
        let flow = match body {
            Flow::Raise(raised) => self.handle(frame, &parts, raised),
            Flow::Next => self.clause(frame, &parts, "else_clause").unwrap_or(Flow::Next),
            other => other,
        };
        let mut classes = Vec::new();
        for raised in possible {
            if classes.contains(&raised.class) {
                continue;
            }
            classes.push(raised.class.clone());
            let flow = self.perhaps(frame.scope, |me| me.handle(frame, &parts, raised));
            self.may_end(flow);
        }
        if self.foreign_calls > calls {
            // Foreign code may raise, and mostly does not: what its handlers import is possible, no more.
            let before = self.exits.clone();
            self.perhaps(frame.scope, |me| match me.handle(frame, &parts, Raised::of(ANY_CLASS)) {
                Flow::Raise(_) => Flow::Next,
                flow => flow,
            });
            self.exits = before;
        }
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
    fn handle(&mut self, frame: &Frame, parts: &[Node<'_>], raised: Raised) -> Flow {
        for clause in parts.iter().filter(|part| part.kind().starts_with("except")) {
            let inside = children(*clause);
            let Some(body) = inside.iter().find(|child| child.kind() == "block") else { continue };
            let header = frame.source.between(clause.start_byte(), body.start_byte());
            if takes(&header, &raised.class) {
                if let Some((_, name)) = header.rsplit_once(" as ") {
                    self.set(frame.scope, name.trim_matches([' ', ':', '\n', '\t']), Value::Opaque);
                }
                return match self.block(frame, *body) {
                    // `raise` alone: the same again.
                    Flow::Raise(again) if &*again.class == SAME_AGAIN => Flow::Raise(raised),
                    flow => flow,
                };
            }
        }
        Flow::Raise(raised)
    }

    fn for_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let items = node.child_by_field_name("right").map_or(Value::Opaque, |right| self.value(frame, right));
        let (Some(target), Some(body)) = (node.child_by_field_name("left"), node.child_by_field_name("body")) else {
            return Flow::Next;
        };
        if self.raised.is_some() {
            return Flow::Next;
        }
        if matches!(items, Value::None) {
            self.of_none("TypeError", "for");
            return Flow::Next;
        }
        // A loop that is left early goes through a generator only so far.
        let in_part = matches!(items, Value::Generator(_))
            && ["break_statement", "return_statement"].iter().any(|kind| super::implied::holds(body, kind));
        let known = if in_part { self.iterate_perhaps(frame, &items) } else { self.iterate(frame, &items) };
        let flow = self.looping(|me| match known {
            Some(items) => me.rounds(frame, target, body, items),
            None => {
                let item = super::value::entry_of(&items);
                me.perhaps(frame.scope, |me| {
                    me.assign(frame, target, item);
                    me.block(frame, body)
                })
            }
        });
        match flow {
            Flow::Next => self.clause(frame, &children(node), "else_clause").unwrap_or(Flow::Next),
            Flow::Break | Flow::Continue => Flow::Next,
            flow => flow,
        }
    }

    /// The rounds of a loop over known items, of which some may not be there.
    fn rounds(&mut self, frame: &Frame, target: Node<'_>, body: Node<'_>, items: Vec<Value>) -> Flow {
        if items.len() > MOST_ROUNDS {
            self.sweep.imports = true;
        }
        for item in items.into_iter().take(MOST_ROUNDS) {
            let before = self.may_continue();
            let flow = match item {
                Value::Maybe(item) => self.perhaps(frame.scope, |me| {
                    me.assign(frame, target, *item);
                    me.block(frame, body)
                }),
                item => {
                    self.assign(frame, target, item);
                    self.block(frame, body)
                }
            };
            self.round_is_over(before);
            match flow {
                Flow::Next | Flow::Continue => {}
                flow => return flow,
            }
        }
        Flow::Next
    }

    fn while_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let Some(body) = node.child_by_field_name("body") else { return Flow::Next };
        let flow = self.looping(|me| {
            for _ in 0..MOST_TURNS {
                let before = me.may_continue();
                let flow = match me.condition(frame, node) {
                    Some(false) => return Flow::Next,
                    Some(true) => me.block(frame, body),
                    // How often it runs is not known: once is enough for most.
                    None => return me.perhaps(frame.scope, |me| me.block(frame, body)),
                };
                me.round_is_over(before);
                match flow {
                    Flow::Next | Flow::Continue => {}
                    flow => return flow,
                }
            }
            // It may go on for ever, or end in a way that is not followed.
            me.sweep.imports = true;
            me.may_raise();
            Flow::Next
        });
        match flow {
            flow @ (Flow::Return(_) | Flow::Raise(_) | Flow::Stop { .. }) => flow,
            Flow::Next => self.clause(frame, &children(node), "else_clause").unwrap_or(Flow::Next),
            Flow::Break | Flow::Continue => Flow::Next,
        }
    }

    fn with_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
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
                method @ Value::Bound(..) => self.call(frame, &method, super::arguments::Arguments::default()),
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
            self.call(frame, &method, super::arguments::Arguments::default());
        }
    }

    /// A known subject takes the first case that is the same literal; else every case may be the one.
    fn match_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let subject = node.child_by_field_name("subject").map_or(Value::Opaque, |node| self.value(frame, node));
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

    fn raise_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let what = children(node);
        let Some(what) = what.first() else { return Flow::Raise(Raised::of(SAME_AGAIN)) };
        let text = frame.source.text(*what);
        // Its text may ask for things that are not there.
        self.value(frame, *what);
        if let Some(flow) = self.raised.take() {
            return flow;
        }
        let name = text.split('(').next().unwrap_or_default().rsplit('.').next().unwrap_or_default().trim();
        match name {
            "SystemExit" | "StopException" => Flow::Stop { again: false },
            name => Flow::Raise(self.exception(name, StopReason::Raised(name.to_owned()))),
        }
    }

    fn assert_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        match self.first_value(frame, node).truth() {
            Some(false) => {
                Flow::Raise(self.exception("AssertionError", StopReason::Raised("AssertionError".to_owned())))
            }
            _ => Flow::Next,
        }
    }
}

/// The class that stands for what is being handled.
const SAME_AGAIN: &str = "";

/// Tells whether `except …:` takes an exception of this class.
fn takes(header: &str, class: &str) -> bool {
    const IMPORTS: [&str; 4] = ["ImportError", "ModuleNotFoundError", "SyntaxError", "NameError"];
    let words: Vec<&str> =
        header.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect();
    let named = words.get(1..).unwrap_or_default();
    let any = named.is_empty() || named.iter().any(|word| ["Exception", "BaseException"].contains(word));
    let parents: &[&str] = match class {
        ANY_CLASS => return any || named.iter().any(|name| !IMPORTS.contains(name)),
        "ModuleNotFoundError" => &["ImportError"],
        "KeyError" | "IndexError" => &["LookupError"],
        "NotImplementedError" | "RecursionError" => &["RuntimeError"],
        "ZeroDivisionError" => &["ArithmeticError"],
        "FileNotFoundError" => &["OSError", "IOError", "EnvironmentError"],
        "StreamlitSecretNotFoundError" => &["FileNotFoundError", "Error", "OSError", "IOError"],
        "StreamlitPageNotFoundError" => &["StreamlitAPIException", "Error"],
        _ => &[],
    };
    any || named.contains(&class) || parents.iter().any(|parent| named.contains(parent))
}
