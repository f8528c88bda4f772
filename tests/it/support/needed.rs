//! Programs of the system that tests run.

use std::path::Path;

/// Fails with a clear sentence where a program is missing that a test cannot do without.
pub(crate) fn needed_program(path: &str, package: &str) {
    assert!(Path::new(path).exists(), "this test runs the real {path}: install the package `{package}`");
}
