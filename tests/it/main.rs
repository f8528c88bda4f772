//! All integration tests in one program: one link, shared helpers.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]
#![allow(clippy::disallowed_methods, reason = "a test reads what it has written itself")]
#![allow(clippy::wildcard_enum_match_arm, reason = "what a test does not expect fails it")]

mod boot;
mod cli;
mod environment;
mod forecast;
mod hostile;
mod locales;
mod namespace_limits;
mod no_network;
#[cfg(feature = "window")]
mod packaging;
mod processes;
mod project;
mod raise_limits;
mod remedy;
mod report;
mod sessions;
#[cfg_attr(not(feature = "window"), allow(dead_code, reason = "some of it serves the window's tests alone"))]
mod support;
mod tree;
mod verification;
mod watchers;
#[cfg(feature = "window")]
mod window;
