//! Lines of a sysctl file, read as the machine's own reader reads them.
//!
//! Source: `parse_file` in systemd's src/sysctl/sysctl.c (the same in 252 and 257) and `parse_setting_line` in procps'
//! src/sysctl.c (the same in 4.0.2 and 4.0.4); tests/it/boot.rs compares with the installed programs.

use super::Reader;

/// One line that sets a key, or keeps a key from being set by a glob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SysctlLine {
    /// The number of the line, counted from 1 as the reader counts.
    pub(super) number: usize,
    /// The path below `/proc/sys`, or a glob of such paths.
    pub(super) key: Vec<u8>,
    /// The text after `=`; `None` for a line like `-fs.inotify.max_user_watches`, which only excludes from globs.
    pub(super) value: Option<Vec<u8>>,
}

/// A key and its value, as in [`SysctlLine`].
type Setting = (Vec<u8>, Option<Vec<u8>>);

/// A line longer than this ends systemd's reading of the file (`LONG_LINE_MAX`).
const LONGEST_LINE: usize = 1024 * 1024;

/// Returns all lines that set or exclude a key, in their order. Everything else (comments, nonsense) is left out.
pub(super) fn lines(reader: Reader, text: &[u8]) -> Vec<SysctlLine> {
    let number =
        |(number, setting): (usize, Option<Setting>)| setting.map(|(key, value)| SysctlLine { number, key, value });
    match reader {
        Reader::Systemd | Reader::Nobody => {
            (1..).zip(split_as_systemd(text).into_iter().map(parse_as_systemd)).filter_map(number).collect()
        }
        Reader::Procps => {
            let lines = text.split(|&byte| byte == b'\n').map(until_nul);
            (1..).zip(lines.map(parse_as_procps)).filter_map(number).collect()
        }
    }
}

/// systemd's lines end with a line feed, a carriage return, a NUL, or one of each in this or the first two swapped.
fn split_as_systemd(mut text: &[u8]) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    while !text.is_empty() {
        let length = text.iter().position(|byte| b"\n\r\0".contains(byte)).unwrap_or(text.len());
        if length >= LONGEST_LINE {
            break;
        }
        let (line, rest) = text.split_at(length);
        lines.push(line);
        let end = match rest {
            [b'\n', b'\r', 0, ..] | [b'\r', b'\n', 0, ..] => 3,
            [b'\n', b'\r' | 0, ..] | [b'\r', b'\n' | 0, ..] => 2,
            [] => 0,
            _ => 1,
        };
        text = &rest[end..];
    }
    lines
}

/// procps takes a line as a C string.
fn until_nul(line: &[u8]) -> &[u8] {
    line.split(|&byte| byte == 0).next().unwrap_or_default()
}

fn parse_as_systemd(line: &[u8]) -> Option<Setting> {
    let blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    let line = trim(line, blank);
    if line.is_empty() || b"#;".contains(&line[0]) {
        return None;
    }
    let (key, value) = split_at_equals(line);
    let (key, dashed) = without_dash(key);
    (value.is_some() || dashed).then(|| (path(trim(key, blank)), value.map(|value| trim(value, blank).to_vec())))
}

fn parse_as_procps(line: &[u8]) -> Option<Setting> {
    let blank = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r');
    let line = &line[line.iter().position(|&byte| !blank(byte))?..];
    if line.len() < 2 || b"#;".contains(&line[0]) {
        return None;
    }
    let (key, value) = split_at_equals(line);
    let (key, dashed) = without_dash(key);
    if value.is_none() && !dashed {
        return None;
    }
    // Blanks behind the dash stay part of the key (which then names nothing), and a second dash is dropped.
    let end = key.iter().rposition(|&byte| !blank(byte)).map_or(0, |last| last + 1);
    let (key, _) = without_dash(&key[..end]);
    Some((path_of_procps(key), value.map(|value| trim(value, blank).to_vec())))
}

fn split_at_equals(line: &[u8]) -> (&[u8], Option<&[u8]>) {
    match line.iter().position(|&byte| byte == b'=') {
        Some(equals) => (&line[..equals], Some(&line[equals + 1..])),
        None => (line, None),
    }
}

fn without_dash(key: &[u8]) -> (&[u8], bool) {
    key.strip_prefix(b"-").map_or((key, false), |rest| (rest, true))
}

fn trim(text: &[u8], blank: impl Fn(u8) -> bool) -> &[u8] {
    let Some(start) = text.iter().position(|&byte| !blank(byte)) else { return &[] };
    let end = text.iter().rposition(|&byte| !blank(byte)).map_or(text.len(), |last| last + 1);
    &text[start..end]
}

/// The path below `/proc/sys` that a key names: where its first separator is a dot, dots and slashes change places.
/// Empty steps and `.` say nothing and are dropped, as `path_simplify` and the kernel's own lookup do.
fn path(key: &[u8]) -> Vec<u8> {
    let mut key = key.to_vec();
    if key.iter().find(|byte| b"./".contains(byte)) == Some(&b'.') {
        for byte in &mut key {
            *byte = match *byte {
                b'.' => b'/',
                b'/' => b'.',
                other => other,
            };
        }
    }
    let steps = key.split(|&byte| byte == b'/').filter(|step| !step.is_empty() && *step != b".");
    steps.collect::<Vec<_>>().join(&b'/')
}

/// [`path`] for procps, which leaves the rest to the kernel: `..` goes up (systemd refuses it), and a slash at the end
/// asks for a folder (systemd drops it).
fn path_of_procps(key: &[u8]) -> Vec<u8> {
    let named = path(key);
    let mut steps: Vec<&[u8]> = Vec::new();
    for step in named.split(|&byte| byte == b'/') {
        if step == b".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    let dots_are_slashes = key.iter().find(|byte| b"./".contains(byte)) == Some(&b'.');
    if key.ends_with(if dots_are_slashes { b"." } else { b"/" }) {
        steps.push(b"");
    }
    steps.join(&b'/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WATCHES: &[u8] = b"fs/inotify/max_user_watches";

    fn only(reader: Reader, text: &str) -> Option<(Vec<u8>, Option<String>)> {
        let mut lines = lines(reader, text.as_bytes());
        assert!(lines.len() < 2, "{text:?} is one line");
        let line = lines.pop()?;
        Some((line.key, line.value.map(|value| String::from_utf8(value).expect("the test writes text"))))
    }

    #[test]
    fn the_ways_to_write_a_line_are_read_alike_by_both() {
        for text in [
            "fs.inotify.max_user_watches=7",
            "  fs/inotify/max_user_watches \t=  7 \r\n",
            "-fs.inotify.max_user_watches = 7",
            "fs.inotify..max_user_watches = 7",
            "/fs/inotify/./max_user_watches = 7",
        ] {
            for reader in [Reader::Systemd, Reader::Procps] {
                assert_eq!(only(reader, text), Some((WATCHES.to_vec(), Some("7".into()))), "{text:?} by {reader:?}");
            }
        }
    }

    #[test]
    fn comments_and_lines_without_a_value_say_nothing() {
        for text in ["# fs.inotify.max_user_watches = 7", ";a=7", "fs.inotify.max_user_watches 7", "", "  ", "="] {
            assert!(only(Reader::Procps, text).is_none(), "{text:?} says nothing");
        }
        assert_eq!(only(Reader::Systemd, "-fs.inotify.max_user_watches"), Some((WATCHES.to_vec(), None)));
    }

    #[test]
    fn the_readers_differ_in_blanks_and_line_ends() {
        assert_eq!(lines(Reader::Systemd, b"a=1\rb=2\0\rc=3\n\rd=4").len(), 4, "each ends a line for systemd");
        assert_eq!(lines(Reader::Procps, b"a=1\rb=2\0\rc=3\n\rd=4").len(), 2, "only line feeds do for procps");
        assert_eq!(only(Reader::Systemd, "- fs.a = 1").map(|line| line.0), Some(b"fs/a".to_vec()));
        assert_eq!(only(Reader::Procps, "- fs.a = 1").map(|line| line.0), Some(b" fs/a".to_vec()));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_and_lines_are_numbered_upwards(text in proptest::collection::vec(any::<u8>(), 0..300)) {
            for reader in [Reader::Systemd, Reader::Procps] {
                let numbers: Vec<_> = lines(reader, &text).iter().map(|line| line.number).collect();
                prop_assert!(numbers.is_sorted());
            }
        }

        #[test]
        fn assignments_among_noise_are_found(key in "[a-z]{1,8}", value in "[0-9]{1,9}", noise in "[#;][^\n\r\0]{0,20}") {
            let text = format!("{noise}\n{key} = {value}\n{noise}");
            for reader in [Reader::Systemd, Reader::Procps] {
                let expected = SysctlLine { number: 2, key: key.clone().into(), value: Some(value.clone().into()) };
                prop_assert_eq!(lines(reader, text.as_bytes()), vec![expected]);
            }
        }
    }
}
