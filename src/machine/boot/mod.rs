//! The limits after the next boot: which sysctl files will be read, in which order, and which value wins.

mod command_line;
mod files;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod glob;
mod kernel;
mod parse;
mod reader;
mod writes;

use super::{Environment, Limit, Places};
use files::{File, Files};
use parse::SysctlLine;
pub use reader::Reader;
use std::path::{Path, PathBuf};
use writes::SysctlSource;

/// One line of a sysctl file that names the limit, explicitly or by a glob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The file, as the user knows it (without a test's root).
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// The text after `=`, trimmed as the reader trims it.
    pub value: String,
}

/// The value of one limit after the next boot, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BootLimit {
    /// The value; `None` where no line sets it: the kernel then computes its default at boot (of the watches: 1 % of
    /// the memory, clamped to 8192…1048576 since Linux 5.11), which may differ from today's value. For
    /// [`Reader::Nobody`] in a container, `None` says nothing about the host, whose limit it is.
    pub value: Option<u64>,
    /// The line that wins.
    pub winner: Option<Assignment>,
    /// The lines that would have set it and are beaten, in the order in which they are read: by a later line, by a line
    /// that names the key where they are a glob, or by one like `-key` that keeps globs away from it.
    pub overridden: Vec<Assignment>,
    /// Lines that look as if they set it but are never read at boot (`/etc/sysctl.conf` where nothing links to
    /// it, a masked file, a file name that does not end in `.conf`) or are refused by the kernel (no number).
    pub ineffective: Vec<Ineffective>,
}

/// A line that looks as if it set a limit and does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ineffective {
    /// The line.
    pub assignment: Assignment,
    /// The reason why it has no effect.
    pub why: WhyIneffective,
}

/// Reasons why a line has no effect at the next boot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyIneffective {
    /// The file is not read at boot.
    NotRead,
    /// A file of the same name in this folder is read instead.
    Masked(PathBuf),
    /// The kernel refuses the value.
    Refused,
}

/// The three limits after the next boot.
#[derive(Clone, Debug)]
pub struct BootLimits {
    /// The program that applies the files.
    pub reader: Reader,
    /// `fs.inotify.max_user_watches`.
    pub watches: BootLimit,
    /// `fs.inotify.max_user_instances`.
    pub instances: BootLimit,
    /// `fs.inotify.max_queued_events`.
    pub queued_events: BootLimit,
    /// Files that would be read but that this user may not read: the answer is uncertain.
    pub unreadable: Vec<PathBuf>,
}

impl BootLimits {
    /// Reads the sysctl files as the machine's own reader will, after the kernel's command line. Not looked at: systemd's
    /// credential `sysctl.extra`, and what other services write later.
    #[must_use]
    pub fn read(places: &Places, environment: &Environment) -> Self {
        let reader = Reader::of(places, environment);
        let mut files = Files::list(places, reader);
        if reader == Reader::Nobody {
            let masked = files.masked.drain(..).map(|(file, _)| file);
            files.passed_by.splice(0..0, files.read.drain(..).chain(masked));
            files.unreadable.clear();
        }
        let before = if environment.container.is_none() { command_line::lines(places) } else { Vec::new() };
        let texts = Texts::parse(reader, &files, &before);
        Self {
            reader,
            watches: texts.outcome(reader, Limit::Watches),
            instances: texts.outcome(reader, Limit::Instances),
            queued_events: texts.outcome(reader, Limit::QueuedEvents),
            unreadable: files.unreadable,
        }
    }

    /// One of the three.
    #[must_use]
    pub const fn get(&self, limit: Limit) -> &BootLimit {
        match limit {
            Limit::Watches => &self.watches,
            Limit::Instances => &self.instances,
            Limit::QueuedEvents => &self.queued_events,
        }
    }
}

/// The lines of all files, by what becomes of the file.
struct Texts<'a> {
    command_line: &'a [SysctlLine],
    read: Vec<(&'a Path, Vec<SysctlLine>)>,
    not_read: Vec<(&'a Path, Vec<SysctlLine>, WhyIneffective)>,
}

impl<'a> Texts<'a> {
    fn parse(reader: Reader, files: &'a Files, command_line: &'a [SysctlLine]) -> Self {
        let parse = |file: &'a File| (file.shown.as_path(), parse::lines(reader, &file.contents));
        let not_read = |file: &'a File, why| {
            let (path, lines) = parse(file);
            (path, lines, why)
        };
        let masked = files.masked.iter().map(|(file, by)| not_read(file, WhyIneffective::Masked(by.clone())));
        let passed_by = files.passed_by.iter().map(|file| not_read(file, WhyIneffective::NotRead));
        Self { command_line, read: files.read.iter().map(parse).collect(), not_read: masked.chain(passed_by).collect() }
    }

    fn outcome(&self, reader: Reader, limit: Limit) -> BootLimit {
        let before: Vec<SysctlSource<'_>> =
            SysctlSource::all(Path::new(command_line::SHOWN), self.command_line).collect();
        let read: Vec<SysctlSource<'_>> =
            self.read.iter().flat_map(|(file, lines)| SysctlSource::all(file, lines)).collect();
        let mut boot = writes::outcome(reader, limit, &before, &read);
        for (file, lines, why) in &self.not_read {
            let naming = SysctlSource::all(file, lines).filter(|source| source.names(reader, limit));
            let ineffective = naming.filter_map(|source| source.assignment());
            boot.ineffective.extend(ineffective.map(|assignment| Ineffective { assignment, why: why.clone() }));
        }
        boot
    }
}
