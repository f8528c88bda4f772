//! Mistakes in the app's own code that surely end it: a name that is defined nowhere, a key or place that is not there,
//! something asked of `None`, a call with arguments that the function does not take.

use super::arguments::Arguments;
use super::builtins::is_builtin;
use super::exports::words;
use super::source::{PythonSource, children};
use super::stops::{Raised, StopReason};
use super::value::{Value, is_maker};
use super::{Flow, Frame, FunctionKind, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    /// A name as it stands in an expression.
    pub(super) fn named(&mut self, frame: &Frame, name: &str) -> Value {
        let value = self.lookup(frame.scope, name);
        let unknown = matches!(&value, Value::Foreign(foreign) if foreign.strip_prefix("builtins.") == Some(name));
        if !unknown || is_builtin(name) || self.may_have_any_name(frame) || self.exports.was_given("builtins", name) {
            return value;
        }
        if binds(&frame.source, frame.source.root(), name) {
            // It is bound somewhere in the file: too late, or on a way that is not followed.
            self.may_end(Flow::Raise(Raised::of("NameError")));
            return Value::Opaque;
        }
        self.raise_for("NameError", StopReason::UndefinedName(name.to_owned()))
    }

    /// Tells whether names were made here in ways that are not followed: `from x import *`, `exec`.
    fn may_have_any_name(&self, frame: &Frame) -> bool {
        let mut scope = Some(frame.scope);
        while let Some(at) = scope {
            if self.scopes[at].names.contains_key(super::module_names::OPEN) {
                return true;
            }
            scope = self.scopes[at].parent;
        }
        false
    }

    /// `list[place]`
    pub(super) fn at_place(&mut self, entries: &[Value], place: i64) -> Value {
        let sure = entries.iter().filter(|entry| !matches!(entry, Value::Maybe(_))).count();
        let needed = usize::try_from(if place < 0 { place.unsigned_abs() } else { place.unsigned_abs() + 1 });
        let there = needed.is_ok_and(|needed| needed <= sure);
        if sure < entries.len() {
            if !there {
                self.may_raise();
            }
            return Value::one_of(entries.to_vec());
        }
        match super::operators::nth(entries, place) {
            Some(value) if there => value,
            _ => self.raise_for("IndexError", StopReason::MissingPlace),
        }
    }

    /// `dictionary[key]`, where no entry can be meant: what makes one, else the error.
    pub(super) fn without_entry(&mut self, entries: &[(Value, Value)], key: &Value) -> Value {
        let keys: Vec<Value> = entries.iter().map(|(key, _)| key.clone()).collect();
        let surely_not = super::operators::contains(&Value::list(keys), key) == Some(false);
        match key.as_text() {
            Some(key) if surely_not && !entries.iter().any(|(name, _)| is_maker(name)) => {
                self.raise_for("KeyError", StopReason::MissingKey(key))
            }
            _ => Value::Opaque,
        }
    }

    /// `None.name`, `None[key]`, `None()`.
    pub(super) fn of_none(&mut self, class: &str, asked: &str) -> Value {
        self.raise_for(class, StopReason::OfNone(asked.to_owned()))
    }

    /// Raises where the function that is called surely does not take these arguments.
    pub(super) fn takes_arguments(&mut self, callee: &Value, arguments: &Arguments) {
        let (function, with_object) = match callee {
            Value::Function(id) => (*id, false),
            Value::Bound(id, _) => (*id, self.functions[*id].kind != FunctionKind::Static),
            _ => return,
        };
        let body = self.functions[function].body.clone();
        let refused = body.node().and_then(|body| Signature::of(&body, &self.functions[function].body.source));
        if let Some(signature) = refused.filter(|signature| signature.refuses(arguments, with_object)) {
            self.raise_for("TypeError", StopReason::WrongArguments(signature.name));
        }
    }
}

/// Parameters of a function as they are written.
#[derive(Default)]
struct Signature {
    name: String,
    /// Parameters that can be given by their place, with whether they have a default.
    placed: Vec<(String, bool)>,
    /// Parameters that are given by name only, with whether they have a default.
    named: Vec<(String, bool)>,
    takes_more: bool,
    takes_any_name: bool,
}

impl Signature {
    /// Reads it beside the body; `None` where a decorator may hand over other arguments.
    fn of(body: &Node<'_>, source: &PythonSource) -> Option<Self> {
        let definition = body.parent().filter(|parent| parent.kind() == "function_definition")?;
        let decorated = definition.parent().filter(|parent| parent.kind() == "decorated_definition");
        let plain = |decorator: &Node<'_>| {
            let text = source.text(*decorator);
            ["@st.", "@streamlit.", "@staticmethod", "@classmethod"].iter().any(|start| text.starts_with(start))
        };
        let decorators = decorated.map(children).unwrap_or_default();
        if !decorators.iter().filter(|child| child.kind() == "decorator").all(plain) {
            return None;
        }
        let mut signature = Self { name: source.text(definition.child_by_field_name("name")?), ..Self::default() };
        let mut by_name_only = false;
        for parameter in children(definition.child_by_field_name("parameters")?) {
            let inner = if parameter.kind() == "typed_parameter" { *children(parameter).first()? } else { parameter };
            match inner.kind() {
                "identifier" | "default_parameter" | "typed_default_parameter" => {
                    let name = inner.child_by_field_name("name").unwrap_or(inner);
                    let entry = (source.text(name), inner.kind() != "identifier");
                    if by_name_only { &mut signature.named } else { &mut signature.placed }.push(entry);
                }
                "list_splat_pattern" => (signature.takes_more, by_name_only) = (true, true),
                "keyword_separator" => by_name_only = true,
                "dictionary_splat_pattern" => signature.takes_any_name = true,
                "positional_separator" => {}
                _ => return None,
            }
        }
        Some(signature)
    }

    fn refuses(&self, arguments: &Arguments, with_object: bool) -> bool {
        if arguments.open || arguments.in_order.iter().any(|value| matches!(value, Value::Maybe(_))) {
            return false;
        }
        let placed = arguments.in_order.len() + usize::from(with_object);
        let given = |name: &String| arguments.named.iter().any(|(given, _)| given == name);
        let missing = self.placed.iter().skip(placed).chain(&self.named).any(|(name, free)| !free && !given(name));
        let known = |name: &String| self.placed.iter().chain(&self.named).any(|(known, _)| known == name);
        let too_many = placed > self.placed.len() && !self.takes_more;
        missing || too_many || !self.takes_any_name && arguments.named.iter().any(|(name, _)| !known(name))
    }
}

/// Tells whether a name is bound anywhere in a file, in any way.
fn binds(source: &PythonSource, node: Node<'_>, name: &str) -> bool {
    let holds = |node: Node<'_>| words(&source.text(node)).iter().any(|word| word == name);
    let field = |field: &str| node.child_by_field_name(field).is_some_and(holds);
    let bound = match node.kind() {
        "assignment" | "augmented_assignment" | "for_statement" | "for_in_clause" | "type_alias_statement" => {
            field("left")
        }
        "named_expression" | "function_definition" | "class_definition" => field("name"),
        "parameters"
        | "lambda_parameters"
        | "as_pattern_target"
        | "case_pattern"
        | "global_statement"
        | "nonlocal_statement"
        | "delete_statement"
        | "import_statement"
        | "import_from_statement"
        | "type_parameter" => holds(node),
        "except_clause" | "except_group_clause" => {
            children(node).into_iter().filter(|c| c.kind() != "block").any(holds)
        }
        _ => false,
    };
    bound || children(node).into_iter().any(|child| binds(source, child, name))
}
