//! Text to copy: the variable for one launch, and for places where this program does not write.

use super::watcher::{FILE_WATCHER_VARIABLE, FileWatcher};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

/// The shell a command is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// bash and zsh.
    Bash,
    /// fish.
    Fish,
}

/// The command with the variable set for this one launch.
#[must_use]
pub fn launch_command(shell: Shell, choice: FileWatcher, command: &[OsString]) -> String {
    let mut words = match shell {
        Shell::Bash => vec![],
        // `NAME=value command` needs fish 3.1; `env` works in every one.
        Shell::Fish => vec!["env".to_owned()],
    };
    words.push(format!("{FILE_WATCHER_VARIABLE}={}", choice.word()));
    words.extend(command.iter().map(|word| quote(shell, word)));
    words.join(" ")
}

/// Returns the snippet for a Dockerfile.
#[must_use]
pub fn dockerfile(choice: FileWatcher) -> String {
    format!("ENV {FILE_WATCHER_VARIABLE}={}\n", choice.word())
}

/// Returns the snippet for a compose file; `service` is the service's name in it.
#[must_use]
pub fn compose(service: &str, choice: FileWatcher) -> String {
    // The quotes keep YAML from reading a word such as `none` as something else.
    format!("services:\n  {service}:\n    environment:\n      {FILE_WATCHER_VARIABLE}: \"{}\"\n", choice.word())
}

/// Returns the snippet for a systemd unit, as `systemctl edit` takes it.
#[must_use]
pub fn systemd_unit(choice: FileWatcher) -> String {
    format!("[Service]\nEnvironment={FILE_WATCHER_VARIABLE}={}\n", choice.word())
}

/// The word as the shell has to be told it.
#[must_use]
pub fn quote(shell: Shell, word: &OsStr) -> String {
    let bytes = word.as_bytes();
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-./:=@%+,".contains(byte);
    // zsh expands `=name` at the start of a word to the path of a command.
    if !bytes.is_empty() && bytes.iter().all(plain) && bytes[0] != b'=' {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    match word.to_str().filter(|text| !text.chars().any(char::is_control)) {
        Some(text) => match shell {
            Shell::Bash => format!("'{}'", text.replace('\'', r"'\''")),
            Shell::Fish => format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'")),
        },
        None => escaped(shell, bytes),
    }
}

/// Escapes byte by byte what has no letter: control characters and bytes that are not UTF-8.
fn escaped(shell: Shell, bytes: &[u8]) -> String {
    match shell {
        Shell::Bash => {
            let byte = |byte: &u8| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' | b' ' => {
                    char::from(*byte).to_string()
                }
                byte => format!("\\x{byte:02x}"),
            };
            // A hexadecimal digit after `\xHH` would not be taken for a third one: bash and zsh read two at most.
            format!("$'{}'", bytes.iter().map(byte).collect::<String>())
        }
        Shell::Fish => bytes.iter().map(|byte| format!("\\X{byte:02x}")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::os::unix::ffi::OsStringExt;
    use std::process::Command;

    #[test]
    fn the_command_can_be_copied_as_it_is() {
        let command: Vec<OsString> = ["streamlit", "run", "my app.py", "--", "it's"].map(OsString::from).to_vec();
        assert_eq!(
            launch_command(Shell::Bash, FileWatcher::None, &command),
            r"STREAMLIT_SERVER_FILE_WATCHER_TYPE=none streamlit run 'my app.py' -- 'it'\''s'"
        );
        assert_eq!(
            launch_command(Shell::Fish, FileWatcher::Poll, &command),
            r"env STREAMLIT_SERVER_FILE_WATCHER_TYPE=poll streamlit run 'my app.py' -- 'it\'s'"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn bash_reads_every_word_as_it_was(bytes in proptest::collection::vec(1u8.., 0..20)) {
            let word = OsString::from_vec(bytes.clone());
            let script = format!("printf %s {}", quote(Shell::Bash, &word));
            let said = Command::new("bash").args(["-c", &script]).env("LC_ALL", "C").output().unwrap();
            prop_assert_eq!(said.stdout, bytes, "{}", script);
        }
    }
}
