//! Helpers that several tests share.

pub mod boot_oracle;
pub mod needed;
pub mod sysctl_tree;
