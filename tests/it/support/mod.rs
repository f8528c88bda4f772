//! Helpers that several tests share.

pub(crate) mod apps;
pub(crate) mod atspi;
pub(crate) mod boot_oracle;
pub(crate) mod counted;
pub(crate) mod desktop;
pub(crate) mod exhausted;
pub(crate) mod file_tree;
pub(crate) mod inside;
pub(crate) mod needed;
pub(crate) mod painter;
pub(crate) mod screen_reader;
pub(crate) mod stage;
pub(crate) mod streamlit;
pub(crate) mod sysctl_cases;
pub(crate) mod tree;
pub(crate) mod watchers;
pub(crate) mod world;
pub(crate) mod xvfb;
