//! Expressions that run only as far as somebody goes through them: generator expressions, `map`, `filter`.

use super::source::{PythonSource, children};
use super::value::Value;
use super::{Frame, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    /// Evaluates what may run in part or not at all: its value as if it ran, what it loads only perhaps.
    pub(super) fn lazily(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let known = self.modules.len();
        let value = self.expression(frame, node);
        for module in self.modules.iter_mut().skip(known) {
            module.certain = false;
        }
        if let Some(flow) = self.raised.take() {
            self.may_end(flow);
        }
        value
    }
}

/// Tells whether an expression runs only when somebody goes through it, and nobody surely does so to its end.
pub(super) fn is_lazy(source: &PythonSource, node: Node<'_>) -> bool {
    let calls = |node: Node<'_>, names: &[&str]| {
        node.child_by_field_name("function").is_some_and(|function| names.contains(&source.text(function).as_str()))
    };
    let waits = node.kind() == "generator_expression" || node.kind() == "call" && calls(node, &["map", "filter"]);
    let Some(parent) = node.parent().filter(|_| waits) else { return false };
    match parent.kind() {
        // `any(…)` ends at the first that is true.
        "argument_list" => parent.parent().is_some_and(|call| calls(call, &["any", "all", "next"])),
        "call" => calls(parent, &["any", "all", "next"]),
        "for_statement" | "for_in_clause" | "list_splat" | "yield" => false,
        "parenthesized_expression" => children(parent).len() == 1 && is_kept(parent),
        _ => true,
    }
}

/// Tells whether an expression in brackets is only kept, or given back.
fn is_kept(node: Node<'_>) -> bool {
    node.parent()
        .is_some_and(|parent| ["assignment", "return_statement", "expression_statement"].contains(&parent.kind()))
}
