//! Expressions: what they are known to be, and what they run on the way.

use super::operators::{bounds, item, nth};
use super::session::is_session;
use super::source::{children, in_field};
use super::value::{Shared, Value};
use super::{Frame, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    /// Evaluates an expression as far as it can be known.
    pub(super) fn value(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        if self.expression_depth > super::DEEPEST_EXPRESSION || self.raised.is_some() || !self.go_on() {
            return Value::Unknown;
        }
        self.expression_depth += 1;
        let value = self.expression(frame, node);
        self.expression_depth -= 1;
        value
    }

    fn expression(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        match node.kind() {
            "identifier" => self.lookup(frame.scope, &frame.source.text(node)),
            "string" => self.string(frame, node),
            "concatenated_string" => {
                let parts: Option<Vec<String>> =
                    children(node).into_iter().map(|part| self.value(frame, part).as_text()).collect();
                parts.map_or(Value::Unknown, |parts| Value::Text(parts.concat()))
            }
            "integer" => frame.source.text(node).replace('_', "").parse().map_or(Value::Unknown, Value::Int),
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "none" => Value::None,
            "attribute" => self.attribute_node(frame, node),
            "call" => self.call_node(frame, node),
            "assignment" => self.assignment(frame, node),
            "augmented_assignment" => self.augmented(frame, node),
            "named_expression" => {
                let value = node.child_by_field_name("value").map_or(Value::Unknown, |value| self.value(frame, value));
                if let Some(name) = node.child_by_field_name("name") {
                    self.assign(frame, name, value.clone());
                }
                value
            }
            "list" | "tuple" | "set" | "expression_list" => self.list(frame, node),
            "dictionary" => self.dictionary(frame, node),
            "subscript" => self.subscript(frame, node),
            "comparison_operator" => self.comparison(frame, node),
            "boolean_operator" => self.boolean(frame, node),
            "not_operator" => {
                let truth = node.child_by_field_name("argument").and_then(|inner| self.value(frame, inner).truth());
                truth.map_or(Value::Unknown, |is| Value::Bool(!is))
            }
            "binary_operator" => self.binary(frame, node),
            "conditional_expression" => self.conditional(frame, node),
            "list_comprehension" | "set_comprehension" | "generator_expression" | "dictionary_comprehension" => {
                self.comprehension(frame, node)
            }
            "as_pattern" => self.as_pattern(frame, node),
            "parenthesized_expression" | "await" | "expression_statement" => {
                children(node).first().map_or(Value::Unknown, |inner| self.value(frame, *inner))
            }
            "lambda" => Value::Unknown,
            _ => {
                for child in children(node) {
                    self.value(frame, child);
                }
                Value::Unknown
            }
        }
    }

    /// `with open(…) as name`
    fn as_pattern(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let value = children(node).first().map_or(Value::Unknown, |inner| self.value(frame, *inner));
        if let Some(target) = node.child_by_field_name("alias") {
            self.assign(frame, target, value.clone());
        }
        value
    }

    fn string(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let mut text = String::new();
        let mut known = true;
        for part in children(node) {
            match part.kind() {
                "string_content" => text.push_str(&unescaped(&frame.source.text(part))),
                "interpolation" => match children(part).first().map(|inner| self.value(frame, *inner).as_text()) {
                    Some(Some(value)) => text.push_str(&value),
                    _ => known = false,
                },
                _ => {}
            }
        }
        if known { Value::Text(text) } else { Value::Unknown }
    }

    fn list(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let mut entries = Vec::new();
        let mut complete = true;
        for entry in children(node) {
            if entry.kind() == "list_splat" {
                let inner = children(entry).first().map_or(Value::Unknown, |inner| self.value(frame, *inner));
                match super::value::items(&inner) {
                    Some(items) => entries.extend(items),
                    None => complete = false,
                }
            } else {
                entries.push(self.value(frame, entry));
            }
        }
        if complete { Value::list(entries) } else { Value::Unknown }
    }

    fn dictionary(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let mut entries = Vec::new();
        for pair in children(node) {
            match (pair.child_by_field_name("key"), pair.child_by_field_name("value")) {
                (Some(key), Some(value)) => entries.push((self.value(frame, key), self.value(frame, value))),
                _ => {
                    if let Some(inner) = children(pair).first()
                        && let Value::Dict(more) = self.value(frame, *inner)
                    {
                        entries.extend(more.all());
                    }
                }
            }
        }
        Value::Dict(Shared::of(entries))
    }

    fn subscript(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let Some(object) = node.child_by_field_name("value") else { return Value::Unknown };
        let container = self.value(frame, object);
        let keys = in_field(node, "subscript");
        if let [slice] = keys.as_slice()
            && slice.kind() == "slice"
        {
            return self.slice(frame, &container, *slice);
        }
        let key = keys.first().map_or(Value::Unknown, |key| self.value(frame, *key));
        match (&container, &key) {
            (Value::List(entries), Value::Int(place)) => nth(&entries.all(), *place).unwrap_or(Value::Unknown),
            (Value::Dict(entries), _) => item(&entries.all(), &key),
            (Value::Foreign(name), Value::Text(variable)) if &**name == "os.environ" => {
                self.variable(variable, Value::Unknown)
            }
            (Value::Foreign(name), Value::Text(module)) if &**name == "sys.modules" => {
                self.loaded.get(module).map_or_else(|| Value::foreign(module), |id| Value::Module(*id))
            }
            (Value::Foreign(name), Value::Text(key)) if is_session(name) => self.session_item(key, Value::Unknown),
            // `st.columns(3)[0]`, `st.tabs(…)[1]`
            (Value::Foreign(name), _) if &**name == "streamlit" => container.clone(),
            _ => Value::Unknown,
        }
    }

    fn slice(&mut self, frame: &Frame, container: &Value, node: Node<'_>) -> Value {
        let written = frame.source.text(node);
        let ends: Vec<Option<i64>> = written
            .split(':')
            .map(|end| if end.trim().is_empty() { Some(None) } else { end.trim().parse().ok().map(Some) })
            .collect::<Option<Vec<_>>>()
            .unwrap_or_default();
        let [from, to] = ends.as_slice() else { return Value::Unknown };
        match container {
            Value::Text(text) => {
                let letters: Vec<char> = text.chars().collect();
                let (from, to) = bounds(letters.len(), *from, *to);
                Value::Text(letters.get(from..to).unwrap_or_default().iter().collect())
            }
            Value::List(entries) => {
                let entries = entries.all();
                let (from, to) = bounds(entries.len(), *from, *to);
                Value::list(entries.get(from..to).unwrap_or_default().to_vec())
            }
            _ => Value::Unknown,
        }
    }

    fn conditional(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let parts = children(node);
        let [then, condition, otherwise] = parts.as_slice() else { return Value::Unknown };
        match self.value(frame, *condition).truth() {
            Some(true) => self.value(frame, *then),
            Some(false) => self.value(frame, *otherwise),
            None => {
                let then = self.value(frame, *then);
                let otherwise = self.value(frame, *otherwise);
                then.or(otherwise)
            }
        }
    }

    /// One `for` over a known list gives a list; anything else is gone through once.
    fn comprehension(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let parts = children(node);
        let Some(body) = node.child_by_field_name("body") else { return Value::Unknown };
        let loops: Vec<Node<'_>> = parts.iter().filter(|part| part.kind() == "for_in_clause").copied().collect();
        let inside = Frame { scope: self.new_scope(Some(frame.scope)), ..frame.clone() };
        let mut known = loops.len() == 1;
        let mut rounds = vec![Value::Unknown];
        for clause in &loops {
            let items = clause.child_by_field_name("right").map_or(Value::Unknown, |right| self.value(&inside, right));
            match super::value::items(&items) {
                Some(items) if loops.len() == 1 => rounds = items,
                _ => known = false,
            }
        }
        let mut results = Vec::new();
        for item in rounds {
            if let (true, Some(target)) = (known, loops[0].child_by_field_name("left")) {
                self.assign(&inside, target, item);
            }
            let filters = parts.iter().filter(|part| part.kind() == "if_clause");
            let truths: Vec<Option<bool>> = filters
                .map(|clause| children(*clause).first().and_then(|condition| self.value(&inside, *condition).truth()))
                .collect();
            if !truths.contains(&Some(false)) {
                known &= !truths.contains(&None);
                results.push(self.value(&inside, body));
            }
        }
        if known { Value::list(results) } else { Value::Unknown }
    }
}

/// The escapes that occur in names and paths.
fn unescaped(text: &str) -> String {
    text.replace("\\\\", "\\").replace("\\'", "'").replace("\\\"", "\"")
}
