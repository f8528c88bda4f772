//! The arguments of a call.

use super::value::Value;

/// The arguments of a call.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    pub(super) in_order: Vec<Value>,
    pub(super) named: Vec<(String, Value)>,
    /// There may be others: `f(*unknown)`.
    pub(super) open: bool,
}

impl Arguments {
    /// The argument at this place or of this name.
    pub(super) fn get(&self, place: usize, name: &str) -> Option<&Value> {
        self.in_order.get(place).or_else(|| self.named(name))
    }

    pub(super) fn named(&self, name: &str) -> Option<&Value> {
        self.named.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The argument as text.
    pub(super) fn text(&self, place: usize, name: &str) -> Option<String> {
        self.get(place, name)?.as_text()
    }

    pub(super) fn of(values: Vec<Value>) -> Self {
        Self { in_order: values, ..Self::default() }
    }
}
