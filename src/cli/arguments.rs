//! What the command line understands, in the user's language.

use crate::remedy::FileWatcher;
use crate::report::Format;
use crate::say;
use crate::words::Words;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgGroup, Command, value_parser};
use std::ffi::OsString;
use std::path::PathBuf;

/// The whole command line.
pub(super) fn command(words: &Words) -> Command {
    Command::new("inotify-doctor")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say!(words, "cli-about"))
        .arg(project(words))
        .subcommand(report(words))
        .subcommand(fix(words))
        .subcommand(undo(words))
        .subcommand(verify(words))
}

/// The project options and `--dry-run`, `--yes` may stand before or after the remedy.
fn fix(words: &Words) -> Command {
    let options = project_options(words).into_iter().filter(|option| option.get_id() != "command");
    Command::new("fix")
        .about(say!(words, "cli-fix-about"))
        .subcommand_required(true)
        .args(options.map(|option| option.global(true)))
        .arg(switch("dry-run").global(true).help(say!(words, "cli-dry-run")))
        .arg(switch("yes").global(true).help(say!(words, "cli-yes")))
        .subcommand(raise_limits(words))
        .subcommand(streamlit_config(words))
        .subcommand(
            Command::new("launch-script")
                .about(say!(words, "cli-launch-script"))
                .arg(Arg::new("file").required(true).value_name("FILE").value_parser(value_parser!(PathBuf)))
                .arg(launch_command(words))
                .arg(file_watcher(words).default_value("none")),
        )
        .subcommand(
            remedy("session-variable", say!(words, "cli-session-variable"), words)
                .arg(file_watcher(words).default_value("none")),
        )
        .subcommand(remedy("clear-caches", say!(words, "cli-clear-caches"), words))
}

fn raise_limits(words: &Words) -> Command {
    remedy("raise-limits", say!(words, "cli-raise-limits"), words)
        .arg(number("watches").help(say!(words, "cli-watches")))
        .arg(number("instances").help(say!(words, "cli-instances")))
        .arg(number("queued-events").help(say!(words, "cli-queued-events")))
        .arg(switch("until-reboot").help(say!(words, "cli-until-reboot")))
}

fn streamlit_config(words: &Words) -> Command {
    let truth = Arg::new("run-on-save").long("run-on-save").value_name("true|false").value_parser(value_parser!(bool));
    remedy("streamlit-config", say!(words, "cli-streamlit-config"), words)
        .arg(file_watcher(words))
        .arg(truth.help(say!(words, "cli-run-on-save")))
        .arg(switch("personal").help(say!(words, "cli-personal")))
        .group(ArgGroup::new("what").args(["file-watcher", "run-on-save"]).multiple(true).required(true))
}

fn undo(words: &Words) -> Command {
    Command::new("undo")
        .about(say!(words, "cli-undo-about"))
        .arg(Arg::new("id").value_name("ID").value_parser(value_parser!(u32)).help(say!(words, "cli-undo-id")))
        .arg(switch("list").help(say!(words, "cli-undo-list")))
        .arg(switch("yes").help(say!(words, "cli-yes")))
}

fn remedy(name: &'static str, about: String, words: &Words) -> Command {
    Command::new(name).about(about).arg(launch_command(words))
}

fn file_watcher(words: &Words) -> Arg {
    let choices = FileWatcher::ALL.map(FileWatcher::word);
    Arg::new("file-watcher")
        .long("file-watcher")
        .value_name("none|poll|auto")
        .value_parser(PossibleValuesParser::new(choices))
        .help(say!(words, "cli-file-watcher"))
}

fn number(name: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("N").value_parser(value_parser!(u64))
}

fn switch(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

fn report(words: &Words) -> Command {
    let formats = Format::ALL.map(Format::slug);
    Command::new("report")
        .about(say!(words, "cli-report-about"))
        .args(project_options(words))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(PossibleValuesParser::new(formats))
                .default_value(Format::Text.slug())
                .help(say!(words, "cli-format")),
        )
        .arg(path("output", "FILE").help(say!(words, "cli-output")))
        .arg(switch("no-redact").help(say!(words, "cli-no-redact")))
}

fn verify(words: &Words) -> Command {
    let format = Arg::new("format").long("format").value_name("FORMAT").default_value("text");
    Command::new("verify")
        .about(say!(words, "cli-verify-about"))
        .args(project_options(words))
        .arg(format.value_parser(PossibleValuesParser::new(["text", "json"])).help(say!(words, "cli-verify-format")))
        .arg(switch("trial").help(say!(words, "cli-verify-trial")))
        .arg(switch("no-redact").help(say!(words, "cli-no-redact")))
}

/// `--project`, `--script`, `--python` and the launch command after `--`.
fn project_options(words: &Words) -> Vec<Arg> {
    vec![
        project(words),
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
