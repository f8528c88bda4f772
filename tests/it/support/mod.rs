//! Helpers that several tests share.

pub(crate) mod apps;
#[cfg(feature = "window")]
pub(crate) mod atspi;
pub(crate) mod boot_oracle;
#[cfg(feature = "window")]
pub(crate) mod counted;
#[cfg(feature = "window")]
pub(crate) mod desktop;
#[cfg(feature = "window")]
pub(crate) mod exhausted;
pub(crate) mod file_tree;
pub(crate) mod inside;
pub(crate) mod needed;
#[cfg(feature = "window")]
pub(crate) mod painter;
#[cfg(feature = "window")]
pub(crate) mod screen_reader;
pub(crate) mod stage;
pub(crate) mod streamlit;
pub(crate) mod sysctl_cases;
pub(crate) mod tree;
pub(crate) mod watchers;
pub(crate) mod world;
#[cfg(feature = "window")]
pub(crate) mod xvfb;
