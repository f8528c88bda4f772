//! All integration tests in one program: one link, shared helpers.

mod locales;
mod support;
mod tree;
