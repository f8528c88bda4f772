//! Truth, equality and order of values, as far as Python's answer is known.

use super::value::Value;
use std::rc::Rc;

/// Lists in lists that are compared; a list may contain itself.
const DEEPEST_LIST: usize = 20;

impl Value {
    /// Tells whether too little is known of it to compare it with anything.
    fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Unknown | Self::Opaque | Self::Foreign(_) | Self::Instance(..) | Self::Maybe(_) | Self::Partly(..)
        )
    }

    /// Tells whether both are surely the same, so that they need not be told apart.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Opaque, Self::Opaque) | (Self::Unknown, Self::Unknown) => true,
            (Self::Module(a), Self::Module(b)) | (Self::Class(a), Self::Class(b)) => a == b,
            (Self::Foreign(a), Self::Foreign(b)) => a == b,
            (Self::Instance(_, a), Self::Instance(_, b)) => a == b,
            (Self::List(a), Self::List(b)) => a.is(b),
            (Self::Dict(a), Self::Dict(b)) => a.is(b),
            (Self::Page(a), Self::Page(b)) => Rc::ptr_eq(a, b),
            (Self::Partly(a, b), Self::Partly(c, d)) => a == c && b == d,
            (Self::List(_) | Self::Dict(_) | Self::Named(..), _) => false,
            _ => self.equals(other) == Some(true),
        }
    }

    /// Python's truth of it, where it is known.
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::None => Some(false),
            Self::Bool(is) => Some(*is),
            Self::Int(number) => Some(*number != 0),
            Self::Text(text) => Some(!text.is_empty()),
            Self::List(entries) | Self::Named(_, entries) => some(&entries.all(), |entry| entry),
            Self::Dict(entries) => some(&entries.all(), |(_, entry)| entry),
            Self::Path(_) | Self::Module(_) | Self::Function(_) | Self::Class(_) | Self::Bound(..) | Self::Page(_) => {
                Some(true)
            }
            Self::Partly(start, end) if !start.is_empty() || !end.is_empty() => Some(true),
            Self::OneOf(values) => {
                let truths: Vec<Option<bool>> = values.iter().map(Self::truth).collect();
                let first = *truths.first()?;
                truths.iter().all(|truth| *truth == first).then_some(first).flatten()
            }
            Self::Foreign(name) if &**name == "typing.TYPE_CHECKING" => Some(false),
            _ => None,
        }
    }

    /// `==`, where it is known.
    pub(super) fn equals(&self, other: &Self) -> Option<bool> {
        self.same(other, 0)
    }

    fn same(&self, other: &Self, depth: usize) -> Option<bool> {
        if depth > DEEPEST_LIST {
            return None;
        }
        match (self, other) {
            (Self::Instance(_, a), Self::Instance(_, b)) if a == b => Some(true),
            (Self::OneOf(values), other) | (other, Self::OneOf(values)) => {
                let same: Vec<Option<bool>> = values.iter().map(|value| value.same(other, depth + 1)).collect();
                let first = *same.first()?;
                same.iter().all(|same| *same == first).then_some(first).flatten()
            }
            (Self::Partly(start, end), Self::Text(text)) | (Self::Text(text), Self::Partly(start, end)) => {
                (!text.starts_with(&**start) || !text.ends_with(&**end)).then_some(false)
            }
            (one, other) if one.is_open() || other.is_open() => None,
            (Self::None, Self::None) => Some(true),
            (Self::Bool(a), Self::Bool(b)) => Some(a == b),
            (Self::Int(a), Self::Int(b)) => Some(a == b),
            (Self::Text(a), Self::Text(b)) => Some(a == b),
            (Self::Path(a), Self::Path(b)) => Some(a == b),
            (Self::Function(a), Self::Function(b)) => Some(a == b),
            (Self::List(a) | Self::Named(_, a), Self::List(b) | Self::Named(_, b)) => {
                let (a, b) = (a.all(), b.all());
                let same: Option<Vec<bool>> = a.iter().zip(&b).map(|(a, b)| a.same(b, depth + 1)).collect();
                same.map(|same| a.len() == b.len() && same.into_iter().all(|same| same))
            }
            (Self::None | Self::Bool(_) | Self::Int(_) | Self::Text(_) | Self::Path(_), _) => Some(false),
            (
                Self::List(_)
                | Self::Named(..)
                | Self::Dict(_)
                | Self::Module(_)
                | Self::Function(_)
                | Self::Class(_)
                | Self::Bound(..)
                | Self::Page(_),
                Self::None,
            ) => Some(false),
            _ => None,
        }
    }

    /// `<` as used with numbers and `sys.version_info`, where it is known.
    pub(super) fn less(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => Some(a < b),
            (Self::Text(a), Self::Text(b)) => Some(a < b),
            (Self::List(a) | Self::Named(_, a), Self::List(b) | Self::Named(_, b)) => {
                let (a, b) = (a.all(), b.all());
                for (a, b) in a.iter().zip(&b) {
                    if !a.equals(b)? {
                        let numbers = !matches!((a, b), (Self::List(_), Self::List(_)));
                        return if numbers { a.less(b) } else { None };
                    }
                }
                Some(a.len() < b.len())
            }
            _ => None,
        }
    }
}

/// Tells whether a container holds something: known where it is empty, or where one entry is surely there.
fn some<T>(entries: &[T], value: impl Fn(&T) -> &Value) -> Option<bool> {
    if entries.is_empty() {
        return Some(false);
    }
    entries.iter().any(|entry| !matches!(value(entry), Value::Maybe(_))).then_some(true)
}
