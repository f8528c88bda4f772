//! What can be done about it: every remedy makes a [`Plan`], a plan is applied, an applied plan can be undone.
//! The only place that changes the world (with the report's "save as").

pub mod plan;
pub mod raise_limits;

pub use plan::{Change, HotReload, Plan, Promise};
