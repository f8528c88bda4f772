//! `sysctl.KEY=VALUE` on the kernel command line: the kernel writes it before any program runs.
//!
//! Source: Documentation/admin-guide/kernel-parameters.txt (`sysctl.*=`, since Linux 5.8) and `process_sysctl_arg` in
//! `fs/proc/proc_sysctl.c`. Not compared with a real boot.

use super::Places;
use super::parse::SysctlLine;
use std::fs;

/// The file as a user knows it. It shows the running kernel's words; the next boot's are taken to be the same.
pub(super) const SHOWN: &str = "/proc/cmdline";

/// The settings on the command line, all on line 1. They are never globs.
pub(super) fn lines(places: &Places) -> Vec<SysctlLine> {
    let text = fs::read(places.proc.join("cmdline")).unwrap_or_default();
    let words = text.split(|byte| byte.is_ascii_whitespace());
    // What follows `--` is for the init program.
    words.take_while(|word| *word != b"--").filter_map(setting).collect()
}

fn setting(word: &[u8]) -> Option<SysctlLine> {
    let setting = word.strip_prefix(b"sysctl")?;
    let setting = setting.strip_prefix(b".").or_else(|| setting.strip_prefix(b"/"))?;
    let equals = setting.iter().position(|&byte| byte == b'=')?;
    let key = setting[..equals].iter().map(|&byte| if byte == b'.' { b'/' } else { byte }).collect();
    let value = setting[equals + 1..].iter().copied().filter(|&byte| byte != b'"').collect();
    Some(SysctlLine { number: 1, key, value: Some(value) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(text: &[u8]) -> Vec<SysctlLine> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("cmdline"), text).expect("a file");
        lines(&Places { proc: folder.path().to_path_buf(), root: folder.path().to_path_buf() })
    }

    #[test]
    fn settings_are_found_between_other_words() {
        let found = parse(b"quiet sysctl.fs.inotify.max_user_watches=5 sysctl.a sysctlfoo=1 -- sysctl.b=2\n");
        let key = b"fs/inotify/max_user_watches".to_vec();
        assert_eq!(found, [SysctlLine { number: 1, key, value: Some(b"5".to_vec()) }]);
    }

    proptest! {
        #[test]
        fn any_command_line_is_read(text in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(parse(&text).iter().all(|line| line.value.is_some()));
        }
    }
}
