//! Exceptions as statements make and take them: `try`, `raise`, `assert`.

use super::source::{children, is_in_names};
use super::stops::{ANY_CLASS, Raised, StopReason};
use super::value::Value;
use super::{Flow, Frame, Interpreter};
use tree_sitter::Node;

/// The class that stands for what is being handled.
const SAME_AGAIN: &str = "";

impl Interpreter<'_> {
    pub(super) fn try_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let parts = children(node);
        let outside = std::mem::take(&mut self.exits.raises);
        let calls = self.foreign_calls;
        let body = self.block_in(frame, node, "body");
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
            self.perhaps(frame.scope, |me| me.handle(frame, &parts, raised));
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

    pub(super) fn clause(&mut self, frame: &Frame, parts: &[Node<'_>], kind: &str) -> Option<Flow> {
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

    pub(super) fn raise_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
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
            name => self.raised_by_the_app(name),
        }
    }

    pub(super) fn assert_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        match self.first_value(frame, node).truth() {
            Some(false) => self.raised_by_the_app("AssertionError"),
            _ => Flow::Next,
        }
    }

    fn raised_by_the_app(&self, class: &str) -> Flow {
        Flow::Raise(self.exception(class, StopReason::Raised(class.to_owned())))
    }
}

/// Tells whether `except …:` takes an exception of this class.
fn takes(header: &str, class: &str) -> bool {
    const IMPORTS: [&str; 4] = ["ImportError", "ModuleNotFoundError", "SyntaxError", "NameError"];
    let words: Vec<&str> = header.split(|c| !is_in_names(c)).filter(|word| !word.is_empty()).collect();
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
