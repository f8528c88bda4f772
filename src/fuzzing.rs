//! Everything that reads what others have written, as targets of the fuzzer in `tests/fuzz`. A target takes any bytes
//! and panics where a promise about them is broken. The tests hold every input of the corpus against the same promises.

/// A promise to be held for any bytes.
pub type Target = fn(&[u8]);

/// All targets by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("fdinfo", crate::machine::processes::fuzz::check),
    ("sysctl", crate::machine::boot::fuzz::check),
    ("config", crate::remedy::streamlit_config::fuzz::check),
    ("editor-settings", crate::remedy::vscode_exclude::fuzz::check),
    ("launch-script", crate::remedy::launch_script::fuzz::check),
    ("command", crate::project::launch::fuzz::check),
    ("log", crate::project::logs::fuzz::check),
    ("journal", crate::remedy::journal::fuzz::check),
    ("redaction", crate::report::redaction::fuzz::check),
    ("imports", crate::project::streamlit::imports_fuzz::check),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_input_of_the_corpus_keeps_the_promises() {
        for (name, target) in TARGETS {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(name);
            let inputs: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
            assert!(!inputs.is_empty(), "{name} has a corpus");
            for input in inputs {
                let outcome = std::panic::catch_unwind(|| target(&fs::read(&input).unwrap()));
                assert!(outcome.is_ok(), "{} breaks a promise", input.display());
            }
        }
    }
}
