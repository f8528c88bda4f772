//! All integration tests in one program: one link, shared helpers.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod boot;
mod cli;
mod environment;
mod forecast;
mod locales;
mod namespace_limits;
mod packaging;
mod processes;
mod project;
mod raise_limits;
mod remedy;
mod report;
mod support;
mod tree;
mod verification;
mod window;
