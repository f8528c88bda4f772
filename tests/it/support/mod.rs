//! Helpers that several tests share.

pub(crate) mod watchers;
pub(crate) mod tree;
pub(crate) mod streamlit;
