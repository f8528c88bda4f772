//! Arguments of the command line, in the user's language.

use crate::remedy::FileWatcher;
use crate::report::Format;
use crate::say;
use crate::watchers::{Documented, WatcherKind};
use crate::words::Words;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, ValueEnum, value_parser};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// The tasks of the program; their names are the subcommands.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Task {
    Report,
    Fix,
    Undo,
    Verify,
    Explain,
}

/// The tasks of `fix`; their names are the subcommands of `fix`.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Fix {
    RaiseLimits,
    StreamlitConfig,
    LaunchScript,
    SessionVariable,
    ClearCaches,
    VscodeExclude,
    Watcher,
}

/// The subcommand that was given, with what follows it.
pub(super) fn chosen<T: ValueEnum>(matches: &ArgMatches) -> Option<(T, &ArgMatches)> {
    let (word, options) = matches.subcommand()?;
    Some((T::from_str(word, false).ok()?, options))
}

/// A subcommand by its word.
fn subcommand(which: &impl ValueEnum, about: String) -> Command {
    Command::new(which.to_possible_value().map_or_else(String::new, |word| word.get_name().to_owned())).about(about)
}

/// The whole command line.
pub(super) fn command(words: &Words) -> Command {
    Command::new("inotify-doctor")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say!(words, "cli-about"))
        .arg(project(words))
        .arg(
            Arg::new("folder")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .conflicts_with("project")
                .help(say!(words, "cli-folder")),
        )
        .subcommands(Task::value_variants().iter().map(|task| task.command(words)))
}

impl Task {
    fn takes_command(self, word: &OsStr) -> bool {
        let named = self.to_possible_value().is_some_and(|name| word == name.get_name());
        named && matches!(self, Self::Report | Self::Fix | Self::Verify)
    }

    fn command(self, words: &Words) -> Command {
        match self {
            Self::Report => report(subcommand(&self, say!(words, "cli-report-about")), words),
            Self::Fix => fix(subcommand(&self, say!(words, "cli-fix-about")), words),
            Self::Undo => undo(subcommand(&self, say!(words, "cli-undo-about")), words),
            Self::Verify => verify(subcommand(&self, say!(words, "cli-verify-about")), words),
            Self::Explain => explain(subcommand(&self, say!(words, "cli-explain-about")), words),
        }
    }
}

impl Fix {
    fn command(self, words: &Words) -> Command {
        let with = |about| subcommand(&self, about);
        let command = match self {
            Self::RaiseLimits => raise_limits(with(say!(words, "cli-raise-limits")), words),
            Self::StreamlitConfig => streamlit_config(with(say!(words, "cli-streamlit-config")), words),
            Self::LaunchScript => with(say!(words, "cli-launch-script"))
                .arg(Arg::new("file").required(true).value_name("FILE").value_parser(value_parser!(PathBuf)))
                .arg(file_watcher(words).default_value("none")),
            Self::SessionVariable => {
                with(say!(words, "cli-session-variable")).arg(file_watcher(words).default_value("none"))
            }
            Self::ClearCaches => with(say!(words, "cli-clear-caches")),
            Self::VscodeExclude => with(say!(words, "cli-vscode-exclude")),
            Self::Watcher => watcher(with(say!(words, "cli-watcher")), words),
        };
        command.arg(launch_command(words))
    }
}

/// The project options and `--dry-run`, `--yes` may stand before or after the remedy.
fn fix(command: Command, words: &Words) -> Command {
    let options = project_options(words).into_iter().filter(|option| option.get_id() != "command");
    command
        .subcommand_required(true)
        .args(options.map(|option| option.global(true)))
        .arg(switch("dry-run").global(true).help(say!(words, "cli-dry-run")))
        .arg(switch("yes").global(true).help(say!(words, "cli-yes")))
        .subcommands(Fix::value_variants().iter().map(|fix| fix.command(words)))
}

fn raise_limits(command: Command, words: &Words) -> Command {
    command
        .arg(number("watches").help(say!(words, "cli-watches")))
        .arg(number("instances").help(say!(words, "cli-instances")))
        .arg(number("queued-events").help(say!(words, "cli-queued-events")))
        .arg(switch("until-reboot").help(say!(words, "cli-until-reboot")))
}

fn streamlit_config(command: Command, words: &Words) -> Command {
    let truth = Arg::new("run-on-save").long("run-on-save").value_name("true|false").value_parser(value_parser!(bool));
    command
        .arg(file_watcher(words))
        .arg(truth.help(say!(words, "cli-run-on-save")))
        .arg(switch("personal").help(say!(words, "cli-personal")))
        .group(ArgGroup::new("what").args(["file-watcher", "run-on-save"]).multiple(true).required(true))
}

/// `fix watcher vite --file package.json`, `fix watcher uvicorn --file dev.sh --reload-dir api`.
fn watcher(command: Command, words: &Words) -> Command {
    let kinds = WatcherKind::ALL.into_iter().filter(|kind| kind.is_server());
    let named = |word: String| {
        let documented = Documented::ALL.into_iter().find(|one| one.program() == word).map(ToldProgram::Documented);
        let kind = WatcherKind::ALL.into_iter().find(|kind| program(*kind) == word).map(ToldProgram::Foretold);
        documented.or(kind)
    };
    let words_of_documented = Documented::ALL.into_iter().map(Documented::program);
    let kind = PossibleValuesParser::new(kinds.map(program).chain(words_of_documented)).map(named);
    command
        .arg(
            Arg::new("watcher")
                .required(true)
                .value_name("WATCHER")
                .value_parser(kind)
                .help(say!(words, "cli-watcher-kind")),
        )
        .arg(path("file", "FILE").help(say!(words, "cli-watcher-file")))
        .arg(switch("session").conflicts_with_all(["file", "reload-dir"]).help(say!(words, "cli-watcher-session")))
        .arg(
            Arg::new("reload-dir")
                .long("reload-dir")
                .value_name("DIR")
                .action(ArgAction::Append)
                .help(say!(words, "cli-watcher-reload-dir")),
        )
}

/// Programs that `fix watcher` can tell to watch less.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ToldProgram {
    /// A watcher whose need is foretold.
    Foretold(WatcherKind),
    /// A program of which only its documentation is known.
    Documented(Documented),
}

/// The word for a watcher on this command line.
pub(super) fn program(kind: WatcherKind) -> &'static str {
    kind.programs().first().copied().unwrap_or_default()
}

fn undo(command: Command, words: &Words) -> Command {
    command
        .arg(Arg::new("id").value_name("ID").value_parser(value_parser!(u32)).help(say!(words, "cli-undo-id")))
        .arg(switch("list").conflicts_with_all(["id", "yes"]).help(say!(words, "cli-undo-list")))
        .arg(switch("yes").help(say!(words, "cli-yes")))
}

fn file_watcher(words: &Words) -> Arg {
    let choices = FileWatcher::ALL.map(FileWatcher::word);
    Arg::new("file-watcher")
        .long("file-watcher")
        .value_name("none|poll|auto")
        .value_parser(PossibleValuesParser::new(choices).map(|word| FileWatcher::named(&word)))
        .help(say!(words, "cli-file-watcher"))
}

fn number(name: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("N").value_parser(value_parser!(u64))
}

fn switch(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

fn report(command: Command, words: &Words) -> Command {
    command
        .args(project_options(words))
        .arg(format(&Format::ALL).help(say!(words, "cli-format")))
        .arg(path("output", "FILE").help(say!(words, "cli-output")))
        .arg(switch("no-redact").help(say!(words, "cli-no-redact")))
        .arg(path("watching", "PATH").help(say!(words, "cli-watching")))
}

fn verify(command: Command, words: &Words) -> Command {
    command
        .args(project_options(words))
        .arg(format(&[Format::Text, Format::Json]).help(say!(words, "cli-verify-format")))
        .arg(switch("trial").help(say!(words, "cli-verify-trial")))
        .arg(switch("no-redact").help(say!(words, "cli-no-redact")))
}

fn explain(command: Command, words: &Words) -> Command {
    let file = Arg::new("file").value_name("FILE").value_parser(value_parser!(PathBuf));
    command
        .arg(file.help(say!(words, "cli-explain-file")))
        .arg(format(&[Format::Text, Format::Json]).help(say!(words, "cli-verify-format")))
}

/// One of `formats`; text where none is named.
fn format(formats: &'static [Format]) -> Arg {
    let named = |word: String| formats.iter().find(|format| format.slug() == word).copied().unwrap_or_default();
    Arg::new("format")
        .long("format")
        .value_name("FORMAT")
        .value_parser(PossibleValuesParser::new(formats.iter().map(|format| format.slug())).map(named))
        .default_value(Format::Text.slug())
}

/// `--project`, `--cwd`, `--script`, `--python` and the launch command after `--`.
fn project_options(words: &Words) -> Vec<Arg> {
    vec![
        project(words),
        path("cwd", "DIR").help(say!(words, "cli-cwd")),
        path("script", "FILE").help(say!(words, "cli-script")),
        path("python", "EXE").help(say!(words, "cli-python")),
        launch_command(words),
    ]
}

fn launch_command(words: &Words) -> Arg {
    Arg::new("command")
        .last(true)
        .num_args(1..)
        .value_name("COMMAND")
        .value_parser(value_parser!(OsString))
        .help(say!(words, "cli-command"))
}

fn project(words: &Words) -> Arg {
    path("project", "DIR").help(say!(words, "cli-project"))
}

fn path(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).value_parser(value_parser!(PathBuf))
}

/// Tells whether a launch command was announced by `--` and then left out, which clap takes for none at all.
pub(super) fn lacks_command(arguments: &[OsString]) -> bool {
    let first = arguments.iter().position(|argument| argument == "--");
    first.is_some_and(|first| first + 1 == arguments.len())
        && arguments.get(1).is_some_and(|task| Task::value_variants().iter().any(|known| known.takes_command(task)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn the_command_line_is_well_formed_in_every_language() {
        for language in Language::ALL {
            command(&Words::new(language)).debug_assert();
        }
    }
}
