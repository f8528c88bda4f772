//! Arguments of a call, by place and by name.

pub(super) use super::value::Arguments;
use super::value::Value;

impl Arguments {
    /// The argument at this place or of this name.
    pub(super) fn get(&self, place: usize, name: &str) -> Option<&Value> {
        self.in_order.get(place).or_else(|| self.named(name))
    }

    /// The argument of this name.
    pub(super) fn named(&self, name: &str) -> Option<&Value> {
        self.named.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The argument as text.
    pub(super) fn text(&self, place: usize, name: &str) -> Option<String> {
        self.get(place, name)?.as_text()
    }

    /// Arguments of which nothing is known.
    pub(super) fn any() -> Self {
        Self { open: true, ..Self::default() }
    }

    /// All of them, those by place first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Value> {
        self.in_order.iter().chain(self.named.iter().map(|(_, value)| value))
    }

    /// Arguments by place.
    pub(super) fn of(values: Vec<Value>) -> Self {
        Self { in_order: values, ..Self::default() }
    }
}
