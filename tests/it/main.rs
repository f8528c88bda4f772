//! All integration tests in one program: one link, shared helpers.

mod locales;
mod processes;
mod support;
