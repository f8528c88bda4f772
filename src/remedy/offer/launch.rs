//! One launch with the environment variable: the command to copy, and what it brings.

use super::Case;
use crate::project::Launch;
use crate::remedy::snippets::{Shell, launch_command};
use crate::remedy::{FileWatcher, Promise, watcher};
use std::ffi::OsString;

impl Case {
    /// The command with the variable; `None` where no entry script is known.
    #[must_use]
    pub fn command(&self, shell: Shell, choice: FileWatcher) -> Option<String> {
        self.launch.as_ref().map(|launch| launch_command(shell, choice, &words(launch)))
    }

    /// Returns the promise of a launch with the variable.
    #[must_use]
    pub fn launch_promise(&self, choice: FileWatcher) -> Promise {
        let stronger = self.now().and_then(|now| watcher::stronger_than_variable(now, watcher::FILE_WATCHER_KEY));
        Promise { survives_reboot: false, ..choice.promise(self.now(), stronger.as_ref()) }
    }
}

/// The command as it would be typed in the folder that the app is started from.
fn words(launch: &Launch) -> Vec<OsString> {
    let start: &[&str] = if launch.as_module { &["python", "-m", "streamlit", "run"] } else { &["streamlit", "run"] };
    let script = launch.script.strip_prefix(&launch.cwd).unwrap_or(&launch.script);
    let flags = launch.flags.iter().map(|(key, value)| OsString::from(format!("--{key}={value}")));
    start.iter().map(OsString::from).chain([script.as_os_str().to_owned()]).chain(flags).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_as_one_would_type_it_in_its_folder() {
        let launch = Launch {
            script: "/p/app/Main.py".into(),
            cwd: "/p".into(),
            flags: vec![("server.port".into(), "8501".into())],
            ..Launch::default()
        };
        assert_eq!(words(&launch), ["streamlit", "run", "app/Main.py", "--server.port=8501"].map(OsString::from));
        let module = Launch { as_module: true, flags: Vec::new(), ..launch };
        assert_eq!(words(&module), ["python", "-m", "streamlit", "run", "app/Main.py"].map(OsString::from));
    }
}
