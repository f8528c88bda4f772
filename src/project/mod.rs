//! Facts about the chosen project: its tree, its entry script, its Python, what Streamlit will watch.
//! Reads, never writes, runs nothing of the project.

pub mod caches;
pub mod disk;
pub(crate) mod files;
pub mod launch;
pub mod logs;
pub mod python;
pub mod script;
pub mod streamlit;
pub mod tree;

pub use launch::{Launch, LaunchCommand, LaunchTarget};
pub use logs::LogHit;
pub use python::{Python, Version};
pub use script::EntryScript;
pub use streamlit::Streamlit;
pub use tree::{Inventory, TreeCount};
