//! Values worked out from facts and choices: once for each change, not in every frame.

use std::sync::{Arc, Weak};

/// A value with the key it was worked out for.
pub struct Derived<Key, Value>(Option<(Key, Value)>);

impl<Key, Value> Default for Derived<Key, Value> {
    fn default() -> Self {
        Self(None)
    }
}

impl<Key: PartialEq, Value> Derived<Key, Value> {
    /// The value for `key`; `make` is asked only where the key is another one than before.
    pub fn of(&mut self, key: Key, make: impl FnOnce() -> Value) -> &Value {
        let kept = self.0.take().filter(|(made_for, _)| *made_for == key);
        &self.0.insert(kept.unwrap_or_else(|| (key, make()))).1
    }
}

/// The identity of shared facts. Keeps nothing of them but their address, which nothing else gets meanwhile.
pub struct Address<Facts>(Weak<Facts>);

impl<Facts> Address<Facts> {
    /// The identity of `facts`.
    #[must_use]
    pub fn of(facts: &Arc<Facts>) -> Self {
        Self(Arc::downgrade(facts))
    }
}

impl<Facts> PartialEq for Address<Facts> {
    fn eq(&self, other: &Self) -> bool {
        self.0.ptr_eq(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_for_each_key() {
        let (mut derived, mut made) = (Derived::default(), 0);
        for (key, times) in [("one", 1), ("one", 1), ("two", 2), ("one", 3)] {
            let value = *derived.of(key, || {
                made += 1;
                key.len() + made
            });
            assert_eq!((value, made), (key.len() + times, times));
        }
    }

    #[test]
    fn equal_facts_at_another_place_are_others() {
        let (one, other) = (Arc::new(5), Arc::new(5));
        assert!(Address::of(&one) == Address::of(&Arc::clone(&one)));
        assert!(Address::of(&one) != Address::of(&other));
        let gone = Address::of(&one);
        drop(one);
        assert!((0..100).all(|_| gone != Address::of(&Arc::new(5))), "an address is not given away again");
    }
}
