//! The watches foretold for other watchers are those that the real programs take, project by project.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

mod forecast;
mod next;
pub(crate) mod program;
pub(crate) mod real;
mod remedies;
mod restart;
mod shapes;
mod unreadable;
