//! The folders of the XDG base directory specification.

use std::ffi::OsString;
use std::path::PathBuf;

/// Purposes of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Settings: `XDG_CONFIG_HOME`, else `~/.config`.
    Config,
    /// State remembered from one run to the next: `XDG_STATE_HOME`, else `~/.local/state`.
    State,
    /// Data of programs: `XDG_DATA_HOME`, else `~/.local/share`.
    Data,
}

impl Purpose {
    /// The folder. `variable` looks one up in the environment; as the specification asks, an empty or relative path in
    /// one is ignored. `None` where no home folder is known either.
    pub fn folder(self, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
        let (name, below_home) = match self {
            Self::Config => ("XDG_CONFIG_HOME", ".config"),
            Self::State => ("XDG_STATE_HOME", ".local/state"),
            Self::Data => ("XDG_DATA_HOME", ".local/share"),
        };
        let absolute = |name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        absolute(name).or_else(|| absolute("HOME").map(|home| home.join(below_home)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_or_empty_variable_is_ignored() {
        let folder = |xdg: &'static str, home: &'static str| {
            Purpose::State.folder(move |name| Some(if name == "HOME" { home } else { xdg }.into()))
        };
        for (xdg, home, found) in [
            ("/state", "/home/mia", Some("/state")),
            ("state", "/home/mia", Some("/home/mia/.local/state")),
            ("", "/home/mia", Some("/home/mia/.local/state")),
            ("state", "mia", None),
        ] {
            assert_eq!(folder(xdg, home), found.map(PathBuf::from), "{xdg:?} {home:?}");
        }
    }
}
