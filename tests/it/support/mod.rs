//! Helpers that several tests share.

pub mod boot_oracle;
pub mod inside;
pub mod needed;
pub mod tree;
