//! Sentences for what will be done, and what was done, change by change.

use crate::machine::Limit;
use crate::remedy::raise_limits::{DROP_IN, RaiseLimits};
use crate::remedy::{Change, Done};
use crate::say;
use crate::words::{Words, visible};

impl Change {
    /// Words what will be done, a line each.
    #[must_use]
    pub fn lines(&self, words: &Words) -> Vec<String> {
        match self {
            Self::MakeFolder { path } => vec![say!(words, "change-make-folder", path = words.path(path))],
            Self::WriteFile { path, before: None, .. } => {
                vec![say!(words, "change-write-new", path = words.path(path))]
            }
            Self::WriteFile { path, .. } => vec![say!(words, "change-write", path = words.path(path))],
            Self::RaiseLimits(request) => limit_lines(request, words),
            Self::Trash { path, directories: 0, bytes } => {
                vec![say!(words, "change-trash-file", path = words.path(path), size = words.bytes(*bytes))]
            }
            Self::Trash { path, directories, bytes } => {
                let (path, size) = (words.path(path), words.bytes(*bytes));
                vec![say!(words, "change-trash-folder", path = path, directories = *directories, size = size)]
            }
            Self::Restart(restart) => {
                let command: Vec<_> = restart.command.iter().map(|word| visible(&word.to_string_lossy())).collect();
                let (pid, folder) = (restart.pid.to_string(), words.path(&restart.cwd));
                let mut lines =
                    vec![say!(words, "change-restart", pid = pid, folder = folder, command = command.join(" "))];
                let set = |(name, value): &(String, String)| {
                    say!(words, "change-restart-variable", name = name.as_str(), value = value.as_str())
                };
                lines.extend(restart.variables.iter().map(set));
                if restart.kill {
                    lines.push(say!(words, "change-restart-kill"));
                }
                lines
            }
        }
    }
}

fn limit_lines(request: &RaiseLimits, words: &Words) -> Vec<String> {
    let line = |(limit, after): (Limit, u64)| {
        say!(words, "change-limit", key = limit.key(), before = request.before(limit), after = after)
    };
    let mut lines: Vec<String> = request.asked().map(line).collect();
    if !request.until_reboot {
        lines.push(say!(words, "change-boot-file", path = DROP_IN));
    }
    lines
}

impl Done {
    /// Words what was done, a line each; `change` is the one it came of.
    #[must_use]
    pub fn lines(&self, change: &Change, words: &Words) -> Vec<String> {
        let path = change.path().map(|path| words.path(path)).unwrap_or_default();
        match self {
            Self::FolderMade => vec![say!(words, "done-folder", path = path)],
            Self::FileWritten => vec![say!(words, "done-file", path = path)],
            Self::Trashed => vec![say!(words, "done-trashed", path = path)],
            Self::Restarted { pid, log, kept: true } => {
                vec![say!(words, "done-restarted-kept", pid = pid.to_string(), log = words.path(log))]
            }
            Self::Restarted { pid, log, kept: false } => {
                let log = say!(words, "done-restarted-log", log = words.path(log));
                vec![say!(words, "done-restarted", pid = pid.to_string()), log]
            }
            Self::LimitsRaised(applied) => {
                let changed = Limit::ALL.into_iter().filter_map(|limit| Some((limit, applied.change(limit)?)));
                let line = |(limit, (before, after)): (Limit, (u64, u64))| {
                    say!(words, "done-limits", key = limit.key(), before = before, after = after)
                };
                let lines: Vec<String> = changed.map(line).collect();
                if lines.is_empty() { vec![say!(words, "done-limits-same")] } else { lines }
            }
        }
    }
}
