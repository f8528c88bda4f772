//! An older watchdog in the app's own environment: the command to copy. This program never runs it.

use super::Case;
use crate::guarded;
use crate::remedy::snippets::{Shell, quote};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Programs that install Python packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Installer {
    /// pip of the app's own interpreter.
    Pip,
    /// uv, for a project with a lock file of it.
    Uv,
    /// uv in an environment that has no pip, because uv made it.
    UvPip,
    /// Poetry.
    Poetry,
    /// conda, or what calls itself so.
    Conda,
}

/// A command that installs a watchdog below 7.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OlderWatchdog {
    /// The program.
    pub installer: Installer,
    /// The command for a terminal.
    pub command: String,
    /// The folder to run it in.
    pub folder: PathBuf,
}

impl Case {
    /// Makes the command, where the event queue is too short for the watchdog of now. Looks for lock files.
    #[must_use]
    pub fn older_watchdog(&self) -> Option<OlderWatchdog> {
        self.recommendation.queued_events?;
        self.streamlit.as_ref().filter(|now| now.need.queue.rebuilds)?;
        let (root, python) = (self.root.clone()?, self.python.as_deref()?);
        let prefix = python.parent().and_then(Path::parent).unwrap_or(python);
        let installer = Installer::of(&root, prefix);
        Some(OlderWatchdog { installer, command: installer.command(python, prefix), folder: root })
    }
}

impl Installer {
    fn of(root: &Path, prefix: &Path) -> Self {
        let about_prefix = || guarded::read_text(&prefix.join("pyvenv.cfg"), guarded::SMALL_BYTES);
        let made_by_uv = || about_prefix().is_ok_and(|text| text.contains("\nuv = "));
        if guarded::is_folder(&prefix.join("conda-meta")) {
            Self::Conda
        } else if guarded::is_file(&root.join("uv.lock")) {
            Self::Uv
        } else if guarded::is_file(&root.join("poetry.lock")) {
            Self::Poetry
        } else if made_by_uv() {
            Self::UvPip
        } else {
            Self::Pip
        }
    }

    fn command(self, python: &Path, prefix: &Path) -> String {
        let word = |path: &Path| quote(Shell::Bash, &OsString::from(path));
        let (python, prefix) = (word(python), word(prefix));
        // The same for bash, zsh and fish.
        const BELOW: &str = "'watchdog<7.1'";
        match self {
            Self::Pip => format!("{python} -m pip install {BELOW}"),
            Self::Uv => format!("uv add {BELOW}"),
            Self::UvPip => format!("uv pip install --python {python} {BELOW}"),
            Self::Poetry => format!("poetry add {BELOW}"),
            Self::Conda => format!("conda install --prefix {prefix} {BELOW}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_command_is_that_of_the_program_the_project_uses() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (root, prefix) = (folder.path().join("project"), folder.path().join("venv"));
        let python = prefix.join("bin/python");
        let command = || Installer::of(&root, &prefix).command(Path::new("/v/bin/python"), Path::new("/v"));
        fs::create_dir_all(&root).and_then(|()| fs::create_dir_all(&prefix)).expect("folders can be made");
        assert_eq!(command(), "/v/bin/python -m pip install 'watchdog<7.1'");
        fs::write(prefix.join("pyvenv.cfg"), "home = /usr/bin\nuv = 0.9.1\n").expect("a file can be written");
        assert_eq!(command(), "uv pip install --python /v/bin/python 'watchdog<7.1'");
        fs::write(root.join("poetry.lock"), "").expect("a file can be written");
        assert_eq!(command(), "poetry add 'watchdog<7.1'");
        fs::write(root.join("uv.lock"), "").expect("a file can be written");
        assert_eq!(command(), "uv add 'watchdog<7.1'");
        fs::create_dir(prefix.join("conda-meta")).expect("a folder can be made");
        assert_eq!(command(), "conda install --prefix /v 'watchdog<7.1'");
        assert_eq!(python.parent().and_then(Path::parent), Some(prefix.as_path()));
    }
}
