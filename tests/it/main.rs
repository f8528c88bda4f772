//! All integration tests in one program: one link, shared helpers.

mod locales;
mod project;
mod support;
mod tree;
