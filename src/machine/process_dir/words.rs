//! The texts of /proc/PID whose parts end in NUL: the command line and the environment.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

/// The arguments exactly as they were given to execve(2), where the program has not written over them since.
pub(crate) fn exact(cmdline: &[u8]) -> Vec<OsString> {
    let Some(cmdline) = cmdline.strip_suffix(b"\0").or((!cmdline.is_empty()).then_some(cmdline)) else {
        return Vec::new();
    };
    cmdline.split(|byte| *byte == 0).map(|argument| OsString::from_vec(argument.to_vec())).collect()
}

/// The arguments as a person knows them: a program that writes a title over them leaves a tail of NULs, which is no
/// row of empty arguments; a single empty last argument is one.
pub(crate) fn arguments(cmdline: &[u8]) -> Vec<OsString> {
    let mut arguments = exact(cmdline);
    let filled = arguments.iter().rposition(|argument| !argument.is_empty()).map_or(0, |last| last + 1);
    if filled == 0 || arguments.len() - filled > 1 {
        arguments.truncate(filled);
    }
    arguments
}

/// The pairs of an environment in their order. What has no name is left out.
pub(super) fn variables(environ: &[u8]) -> Vec<(OsString, OsString)> {
    let word = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
    let pair = |entry: &[u8]| {
        let equals = entry.iter().position(|byte| *byte == b'=').filter(|equals| *equals > 0)?;
        Some((word(&entry[..equals]), word(&entry[equals + 1..])))
    };
    environ.split(|byte| *byte == 0).filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn strings(arguments: &[&str]) -> Vec<OsString> {
        arguments.iter().map(OsString::from).collect()
    }

    #[test]
    fn arguments_end_in_nul_and_a_title_leaves_a_tail() {
        assert_eq!(arguments(b"sh\0-c\0\n\0"), strings(&["sh", "-c", "\n"]));
        assert_eq!(arguments(b"x\0\0"), strings(&["x", ""]));
        assert_eq!(arguments(b"nginx: master\0\0\0\0\0"), strings(&["nginx: master"]));
        assert_eq!(arguments(b"title without end"), strings(&["title without end"]));
        assert_eq!(arguments(b""), strings(&[]));
        assert_eq!(arguments(b"\0\0\0"), strings(&[]));
    }

    #[test]
    fn empty_arguments_are_kept_where_a_command_is_to_be_repeated() {
        assert_eq!(exact(b"x\0\0\0"), strings(&["x", "", ""]));
        assert_eq!(exact(b""), strings(&[]));
    }

    #[test]
    fn a_variable_has_a_name() {
        let pairs =
            |all: &[(&str, &str)]| all.iter().map(|(name, value)| (name.into(), value.into())).collect::<Vec<_>>();
        assert_eq!(variables(b"A=1\0=x\0B\0C==\0D=\0"), pairs(&[("A", "1"), ("C", "="), ("D", "")]));
        assert_eq!(variables(b""), pairs(&[]));
    }

    proptest! {
        #[test]
        fn a_command_line_is_read_back(argv in proptest::collection::vec("[^\0]{1,8}", 1..5)) {
            let text: Vec<u8> = argv.iter().flat_map(|argument| [argument.as_bytes(), b"\0"].concat()).collect();
            let argv: Vec<OsString> = argv.iter().map(OsString::from).collect();
            prop_assert_eq!(&arguments(&text), &argv);
            prop_assert_eq!(&exact(&text), &argv);
        }
    }
}
