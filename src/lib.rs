//! Inotify Doctor: finds out why Linux ran out of inotify watches, fixes it, and proves that it is fixed.
//!
//! A one-way street: `machine` and `project` read facts, `survey` takes them all in one go, `diagnosis` judges
//! them, `report` writes them down; `window` and `cli` stand on top and hold no knowledge of their own.
//! ARCHITECTURE.md draws the picture and names the invariants.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that cannot go on stops"))]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "a test reads what it has written itself"))]

pub mod cli;
pub mod diagnosis;
pub mod durable;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
pub mod guarded;
pub mod machine;
pub mod progress;
pub mod project;
pub mod remedy;
pub mod report;
#[cfg(test)]
mod sentences;
pub mod survey;
pub mod verification;
pub mod watchers;
#[cfg(feature = "window")]
pub mod window;
pub mod words;
pub mod xdg;
