//! Operators: comparing, combining and adding what is known.

use super::source::children;
use super::value::Value;
use super::{Frame, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    pub(super) fn comparison(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let operands = children(node);
        let operators: Vec<String> =
            in_all_fields(node, "operators").into_iter().map(|operator| frame.source.text(operator)).collect();
        let values: Vec<Value> = operands.into_iter().map(|operand| self.value(frame, operand)).collect();
        let ([left, right], [operator]) = (values.as_slice(), operators.as_slice()) else { return Value::Unknown };
        let operator: Vec<&str> = operator.split_whitespace().collect();
        let result = match operator.as_slice() {
            ["==" | "is"] => left.equals(right),
            ["!="] | ["is", "not"] => left.equals(right).map(|same| !same),
            ["<"] => left.less(right),
            [">"] => right.less(left),
            ["<="] => right.less(left).map(|less| !less),
            [">="] => left.less(right).map(|less| !less),
            ["in"] => self.contains(right, left),
            ["not", "in"] => self.contains(right, left).map(|is| !is),
            _ => None,
        };
        result.map_or(Value::Unknown, Value::Bool)
    }

    /// `and` and `or` evaluate their right side only where the left one leaves it open.
    pub(super) fn boolean(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let (Some(left), Some(right)) = (node.child_by_field_name("left"), node.child_by_field_name("right")) else {
            return Value::Unknown;
        };
        let is_and = node.child_by_field_name("operator").is_some_and(|operator| operator.kind() == "and");
        let left = self.value(frame, left);
        match (left.truth(), is_and) {
            (Some(false), true) | (Some(true), false) => left,
            (Some(_), _) => self.value(frame, right),
            (None, _) => match (self.value(frame, right).truth(), is_and) {
                (Some(false), true) => Value::Bool(false),
                (Some(true), false) => Value::Bool(true),
                _ => Value::Unknown,
            },
        }
    }

    pub(super) fn binary(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let (Some(left), Some(right)) = (node.child_by_field_name("left"), node.child_by_field_name("right")) else {
            return Value::Unknown;
        };
        let operator = node.child_by_field_name("operator").map(|operator| operator.kind());
        let (left, right) = (self.value(frame, left), self.value(frame, right));
        match (operator, &left) {
            (Some("/"), Value::Path(folder)) => {
                right.as_path().map_or(Value::Unknown, |name| Value::Path(folder.join(name)))
            }
            (Some("+"), _) => add(&left, &right),
            _ => Value::Unknown,
        }
    }
}

fn in_all_fields<'tree>(node: Node<'tree>, field: &str) -> Vec<Node<'tree>> {
    let mut cursor = node.walk();
    node.children_by_field_name(field, &mut cursor).collect()
}

/// `+` of texts and lists.
pub(super) fn add(left: &Value, right: &Value) -> Value {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => Value::Text(format!("{left}{right}")),
        (Value::Int(left), Value::Int(right)) => left.checked_add(*right).map_or(Value::Unknown, Value::Int),
        (Value::List(left), Value::List(right)) => Value::list([left.all(), right.all()].concat()),
        _ => Value::Unknown,
    }
}

pub(super) fn nth(entries: &[Value], place: i64) -> Option<Value> {
    let length = i64::try_from(entries.len()).ok()?;
    let place = if place < 0 { length.checked_add(place)? } else { place };
    entries.get(usize::try_from(place).ok()?).cloned()
}

pub(super) fn item(entries: &[(Value, Value)], key: &Value) -> Value {
    entries
        .iter()
        .rev()
        .find(|(name, _)| name.equals(key) == Some(true))
        .map_or(Value::Unknown, |(_, value)| value.clone())
}

/// The ends of a slice within `length` entries.
pub(super) fn bounds(length: usize, from: Option<i64>, to: Option<i64>) -> (usize, usize) {
    let place = |end: i64| {
        let distance = usize::try_from(end.unsigned_abs()).unwrap_or(usize::MAX);
        if end < 0 { length.saturating_sub(distance) } else { distance.min(length) }
    };
    (from.map_or(0, place), to.map_or(length, place))
}

/// `needle in container`, where it is known.
pub(super) fn contains(container: &Value, needle: &Value) -> Option<bool> {
    match (container, needle) {
        (Value::Text(text), Value::Text(part)) => Some(text.contains(part.as_str())),
        (Value::List(_) | Value::Dict(_), _) => {
            let items = super::value::items(container)?;
            let same: Vec<Option<bool>> = items.iter().map(|item| item.equals(needle)).collect();
            if same.contains(&Some(true)) { Some(true) } else { (!same.contains(&None)).then_some(false) }
        }
        _ => None,
    }
}
