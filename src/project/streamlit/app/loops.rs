//! Loops: `for` over what is known, `while` as long as its condition is.

use super::implied::holds;
use super::source::children;
use super::value::{Value, entry_of};
use super::{Flow, Frame, Interpreter};
use tree_sitter::Node;

/// Rounds that are followed of a `while` whose condition is known to be true.
const MOST_TURNS: usize = 100;
/// Rounds that are followed of a loop over a known list.
const MOST_ROUNDS: usize = 2_000;

impl Interpreter<'_> {
    pub(super) fn for_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let items = self.field_value(frame, node, "right");
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
            && ["break_statement", "return_statement"].iter().any(|kind| holds(body, kind));
        let known = if in_part { self.iterate_perhaps(frame, &items) } else { self.iterate(frame, &items) };
        let flow = self.looping(|me| match known {
            Some(items) => me.rounds(frame, target, body, items),
            None => {
                let item = entry_of(&items);
                me.perhaps(frame.scope, |me| {
                    me.assign(frame, target, item);
                    me.block(frame, body)
                })
            }
        });
        self.after_loop(frame, node, flow)
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

    pub(super) fn while_statement(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
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
        self.after_loop(frame, node, flow)
    }

    /// The end of a loop: its `else` runs where nothing has broken it off.
    fn after_loop(&mut self, frame: &Frame, node: Node<'_>, flow: Flow) -> Flow {
        match flow {
            Flow::Next => self.clause(frame, &children(node), "else_clause").unwrap_or(Flow::Next),
            Flow::Break | Flow::Continue => Flow::Next,
            Flow::Return(_) | Flow::Raise(_) | Flow::Stop { .. } => flow,
        }
    }
}
