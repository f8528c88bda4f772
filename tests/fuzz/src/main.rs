//! The fuzzer: libFuzzer over one of the program's targets (`src/fuzzing.rs`), named by `FUZZ_TARGET`.
#![no_main]

use inotify_doctor::fuzzing::{TARGETS, Target};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let wanted = std::env::var("FUZZ_TARGET").unwrap_or_default();
    let found = TARGETS.iter().find(|(name, _)| *name == wanted).map(|(_, target)| *target);
    found.unwrap_or_else(|| {
        panic!("FUZZ_TARGET is one of {:?}", TARGETS.iter().map(|(name, _)| name).collect::<Vec<_>>())
    })
});

fuzz_target!(|bytes: &[u8]| TARGET(bytes));
