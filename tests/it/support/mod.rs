//! Helpers that several tests share.

pub(crate) mod stage;
pub(crate) mod tree;
pub(crate) mod watchers;
