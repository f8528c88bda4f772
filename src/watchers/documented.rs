//! Programs whose need is not foretold, and the variables by which their documentation lets them watch less or poll. None
//! of these was measured: no such program could be run where the tests are.

use super::{Knob, Lever, PollingVariable};
use crate::machine::Kind;
use std::ffi::OsString;

/// Programs with such variables.
///
/// Of Codex and Claude Code a short search found no switch for their watching, which does not say that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumIter))]
pub enum Documented {
    /// .NET: `PhysicalFileProvider` polls by the first variable (learn.microsoft.com, `UsePollingFileWatcher`); the host
    /// does not watch its settings files by the second (`HostBuilder`, `hostBuilder:reloadConfigOnChange`), each of which
    /// takes an instance otherwise.
    Dotnet,
    /// opencode, an AI coding agent: the table of variables of its command line (opencode.ai/docs/cli).
    OpenCode,
}

impl Documented {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Dotnet, Self::OpenCode];

    /// The program that a process is, where it is one of these.
    #[must_use]
    pub fn of(kind: Kind, command: &[OsString]) -> Option<Self> {
        let names = |name: &str| {
            let mut words = command.iter().filter_map(|word| word.to_str()).flat_map(|word| word.split('/'));
            words.any(|part| part.split('.').find(|part| !part.is_empty()).is_some_and(|part| part == name))
        };
        if kind == Kind::Dotnet {
            return Some(Self::Dotnet);
        }
        (kind == Kind::AiAgent && (names("opencode") || names("opencode-ai"))).then_some(Self::OpenCode)
    }

    /// The word for it on a command line.
    #[must_use]
    pub const fn program(self) -> &'static str {
        match self {
            Self::Dotnet => "dotnet",
            Self::OpenCode => "opencode",
        }
    }

    /// Its own name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dotnet => ".NET",
            Self::OpenCode => "opencode",
        }
    }

    /// The variables, what turns them on with them.
    #[must_use]
    pub const fn variables(self) -> &'static [PollingVariable] {
        match self {
            Self::Dotnet => &[
                PollingVariable { name: "DOTNET_USE_POLLING_FILE_WATCHER", value: "1" },
                PollingVariable { name: "DOTNET_hostBuilder__reloadConfigOnChange", value: "false" },
            ],
            Self::OpenCode => &[PollingVariable { name: "OPENCODE_EXPERIMENTAL_DISABLE_FILEWATCHER", value: "true" }],
        }
    }

    /// The same as knobs; what is left then is not known.
    #[must_use]
    pub fn knobs(self) -> Vec<Knob> {
        let knob = |one: &PollingVariable| Knob { lever: Lever::Variable(one.name, one.value), watches_after: None };
        self.variables().iter().map(knob).collect()
    }

    /// The variables as they are typed, one behind the other.
    #[must_use]
    pub fn text(self) -> String {
        self.variables().iter().map(|one| format!("{}={}", one.name, one.value)).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_programs_whose_documentation_says_so_have_variables() {
        for (kind, line, expected) in [
            (Kind::Dotnet, "dotnet run", Some(Documented::Dotnet)),
            (Kind::AiAgent, "/home/a/.opencode/bin/opencode", Some(Documented::OpenCode)),
            (Kind::AiAgent, "node /n/node_modules/opencode-ai/bin/opencode", Some(Documented::OpenCode)),
            (Kind::AiAgent, "claude", None),
            (Kind::AiAgent, "node /n/node_modules/@openai/codex/bin/codex.js", None),
            (Kind::Node, "node opencode.js", None),
        ] {
            let command: Vec<OsString> = line.split(' ').map(Into::into).collect();
            assert_eq!(Documented::of(kind, &command), expected, "{line}");
        }
    }
}
