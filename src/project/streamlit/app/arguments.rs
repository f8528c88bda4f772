//! Arguments of a call, by place and by name.

pub(super) use super::value::Arguments;
use super::value::Value;

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
