//! Operators: comparing, combining and adding what is known.

use super::source::children;
use super::value::{Value, is_maker};
use super::{Frame, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    pub(super) fn comparison(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let operands = children(node);
        let operators: Vec<String> =
            in_all_fields(node, "operators").into_iter().map(|operator| frame.source.text(operator)).collect();
        let values: Vec<Value> = operands.into_iter().map(|operand| self.value(frame, operand)).collect();
        let ([left, right], [operator]) = (values.as_slice(), operators.as_slice()) else { return Value::Opaque };
        let operator: Vec<&str> = operator.split_whitespace().collect();
        let result = match operator.as_slice() {
            ["==" | "is"] => self.are_equal(left, right),
            ["!="] | ["is", "not"] => self.are_equal(left, right).map(|same| !same),
            ["<"] => left.less(right),
            [">"] => right.less(left),
            ["<="] => right.less(left).map(|less| !less),
            [">="] => left.less(right).map(|less| !less),
            ["in"] => self.contains(right, left),
            ["not", "in"] => self.contains(right, left).map(|is| !is),
            _ => None,
        };
        result.map_or(Value::Opaque, Value::Bool)
    }

    /// `==`, where it is known; two members of an enumeration are not equal.
    pub(super) fn are_equal(&self, left: &Value, right: &Value) -> Option<bool> {
        match (left, right) {
            (Value::Instance(class, one), Value::Instance(other_class, other))
                if class == other_class && self.classes[*class].shape == super::objects::Shape::Enumeration =>
            {
                Some(one == other)
            }
            _ => left.equals(right),
        }
    }

    /// `and` and `or` evaluate their right side only where the left one leaves it open.
    pub(super) fn boolean(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let (Some(left), Some(right)) = (node.child_by_field_name("left"), node.child_by_field_name("right")) else {
            return Value::Opaque;
        };
        let is_and = node.child_by_field_name("operator").is_some_and(|operator| operator.kind() == "and");
        let left = self.value(frame, left);
        match (left.truth(), is_and) {
            (Some(false), true) | (Some(true), false) => left,
            (Some(_), _) => self.value(frame, right),
            (None, _) => {
                let right = self.value_perhaps(frame, right);
                match (right.truth(), is_and) {
                    (Some(false), true) => Value::Bool(false),
                    (Some(true), false) if matches!(right, Value::Bool(_)) => Value::Bool(true),
                    (_, true) => Value::one_of([Value::Opaque, right]),
                    (_, false) => left.or(right),
                }
            }
        }
    }

    pub(super) fn binary(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let (Some(left), Some(right)) = (node.child_by_field_name("left"), node.child_by_field_name("right")) else {
            return Value::Opaque;
        };
        let operator = node.child_by_field_name("operator").map(|operator| operator.kind());
        let (left, right) = (self.value(frame, left), self.value(frame, right));
        match (operator, &left) {
            (Some("/"), Value::Path(folder)) => {
                right.as_path().map_or(Value::Opaque, |name| Value::Path(folder.join(name)))
            }
            (Some("/"), Value::OneOf(_)) => {
                let at = |folder: &Value| Some(Value::Path(folder.as_path()?.join(right.as_path()?)));
                Value::one_of(left.choices().iter().map(|folder| at(folder).unwrap_or(Value::Opaque)))
            }
            (Some("+"), _) => add(&left, &right),
            (Some("|"), Value::Dict(one)) => match &right {
                Value::Dict(other) => Value::Dict(super::value::Shared::of([one.all(), other.all()].concat())),
                _ => Value::Opaque,
            },
            (Some("*"), Value::List(_)) => left,
            (Some("%"), Value::Text(text)) if text.matches('%').count() == 1 => {
                let word = match &right {
                    Value::List(one) => one.all().first().cloned().unwrap_or(Value::Opaque),
                    other => other.clone(),
                };
                let (start, end) = text.split_once('%').unwrap_or_default();
                join_text(&[Value::text(start), word, Value::text(end.get(1..).unwrap_or_default())])
            }
            _ => Value::Opaque,
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
        (Value::Int(left), Value::Int(right)) => left.checked_add(*right).map_or(Value::Opaque, Value::Int),
        (Value::List(left), Value::List(right)) => Value::list([left.all(), right.all()].concat()),
        (Value::Text(_) | Value::OneOf(_) | Value::Partly(..), _) | (_, Value::Text(_) | Value::Partly(..)) => {
            join_text(&[left.clone(), right.clone()])
        }
        (Value::List(known), unknown) | (unknown, Value::List(known)) => {
            let more = Value::maybe(super::value::entry_of(unknown));
            Value::list([known.all(), vec![more]].concat())
        }
        _ => Value::Opaque,
    }
}

/// Texts joined, of which some may be one of several, or not known.
pub(super) fn join_text(parts: &[Value]) -> Value {
    let mut texts = vec![Some(String::new())];
    for part in parts {
        let choices: Vec<Option<String>> = part.choices().iter().map(Value::as_text).collect();
        if texts.len() * choices.len() > 64 || choices.contains(&None) {
            return partly(parts);
        }
        let longer = texts
            .iter()
            .flat_map(|text| choices.iter().map(move |choice| Some(format!("{}{}", text.as_ref()?, choice.as_ref()?))));
        texts = longer.collect();
    }
    Value::one_of(texts.into_iter().map(|text| text.map_or(Value::Opaque, Value::Text)))
}

/// The known parts of a text: its beginning and its end.
fn partly(parts: &[Value]) -> Value {
    let known = |part: &Value| match part {
        Value::Partly(start, _) => Err(start.to_string()),
        part => part.as_text().ok_or_else(String::new),
    };
    let mut start = String::new();
    for part in parts {
        match known(part) {
            Ok(text) => start.push_str(&text),
            Err(text) => {
                start.push_str(&text);
                break;
            }
        }
    }
    let mut end = String::new();
    for part in parts.iter().rev() {
        match part {
            Value::Partly(_, last) => {
                end.insert_str(0, last);
                break;
            }
            part => match part.as_text() {
                Some(text) => end.insert_str(0, &text),
                None => break,
            },
        }
    }
    Value::Partly(start.as_str().into(), end.as_str().into())
}

pub(super) fn nth(entries: &[Value], place: i64) -> Option<Value> {
    let length = i64::try_from(entries.len()).ok()?;
    let place = if place < 0 { length.checked_add(place)? } else { place };
    entries.get(usize::try_from(place).ok()?).cloned()
}

/// The entry with this key; one of all where the key is not known.
pub(super) fn item(entries: &[(Value, Value)], key: &Value) -> Value {
    let mut possible = Vec::new();
    for (name, value) in entries.iter().rev() {
        if is_maker(name) {
            continue;
        }
        match key.choices().iter().map(|key| name.equals(key)).collect::<Vec<_>>().as_slice() {
            [Some(true)] => match value {
                // Set perhaps: else it is the one before.
                Value::Maybe(value) => possible.push(value.as_ref().clone()),
                value => {
                    possible.push(value.clone());
                    return Value::one_of(possible);
                }
            },
            same if same.iter().all(|same| *same == Some(false)) => {}
            _ => possible.push(value.clone()),
        }
    }
    Value::one_of(possible)
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
