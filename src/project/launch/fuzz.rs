//! Promises about commands as typed into a shell, for any bytes.

use super::LaunchCommand;
use super::shell::Script;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

/// Words that are quoted come back as they are, however odd.
pub(crate) fn check(bytes: &[u8]) {
    let _ = LaunchCommand::parse_line(bytes);
    let words: Vec<&[u8]> = bytes.split(|byte| *byte == 0).take(8).collect();
    let line = words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(&b' ');
    let script = Script::read(&line);
    if script.is_clear() {
        let commands = script.commands();
        assert_eq!(commands.len(), 1, "one command");
        assert!(commands[0].words.iter().map(|word| word.text.as_slice()).eq(words.iter().copied()), "the same words");
        let words: Vec<OsString> = words.into_iter().map(|word| OsString::from_vec(word.to_vec())).collect();
        assert_eq!(LaunchCommand::parse_line(&line), LaunchCommand::parse(&words), "the same command");
    } else {
        assert!(std::str::from_utf8(bytes).is_err(), "words in quotes are clear");
    }
}

fn quoted(word: &[u8]) -> Vec<u8> {
    let pieces: Vec<&[u8]> = word.split(|byte| *byte == b'\'').collect();
    [b"'", pieces.join(&b"'\\''"[..]).as_slice(), b"'"].concat()
}
