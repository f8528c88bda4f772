//! Promises about changed launch scripts, for any bytes.

use super::super::watcher::FILE_WATCHER_VARIABLE;
use super::edit::LaunchScript;
use crate::project::launch::shell::Script;

/// A changed script has the same commands, is as clear as it was, and changes no more when it is changed again (an unclear
/// one may not be known again). Where the variable was not named, a line is all that has come.
pub(crate) fn check(text: &[u8]) {
    let was_clear = Script::read(text).is_clear();
    for value in ["none", "poll"] {
        let Ok(after) = LaunchScript::read(text).with_variable(value) else { continue };
        let second = LaunchScript::read(&after).with_variable(value);
        assert!(second.as_ref() == Ok(&after) || !was_clear && second.is_err(), "a second time: {second:?}");
        if was_clear {
            assert!(Script::read(&after).is_clear(), "it stays clear");
            let commands = |script| LaunchScript::read(script).commands();
            assert_eq!(commands(&after), commands(text), "the commands are the same");
        }
        if memchr::memmem::find(text, FILE_WATCHER_VARIABLE.as_bytes()).is_none() {
            let lines = after.split_inclusive(|byte| *byte == b'\n');
            let others = lines.filter(|line| memchr::memmem::find(line, FILE_WATCHER_VARIABLE.as_bytes()).is_none());
            let others = others.collect::<Vec<_>>().concat();
            // A last line without an end gets one where the new line follows it.
            let is_ended = others.strip_suffix(b"\n") == Some(text);
            assert!(others == text || is_ended, "a line is all that has come: {}", after.escape_ascii());
        }
    }
}
