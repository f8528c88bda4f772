//! What the command line understands, in the user's language.

use crate::report::Format;
use crate::say;
use crate::words::Words;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};
use std::ffi::OsString;
use std::path::PathBuf;

/// The whole command line.
pub(super) fn command(words: &Words) -> Command {
    Command::new("inotify-doctor")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say!(words, "cli-about"))
        .arg(project(words))
        .subcommand(report(words))
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
        .arg(Arg::new("no-redact").long("no-redact").action(ArgAction::SetTrue).help(say!(words, "cli-no-redact")))
}

/// `--project`, `--script`, `--python` and the launch command after `--`.
fn project_options(words: &Words) -> Vec<Arg> {
    vec![
        project(words),
        path("script", "FILE").help(say!(words, "cli-script")),
        path("python", "EXE").help(say!(words, "cli-python")),
        Arg::new("command")
            .last(true)
            .num_args(1..)
            .value_name("COMMAND")
            .value_parser(value_parser!(OsString))
            .help(say!(words, "cli-command")),
    ]
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
