//! The meaning of an error text: which limit it speaks of, and, where the text alone does not tell, what the facts say.

use crate::machine::Machine;
use crate::project::disk::DiskFree;
use crate::project::logs::{Recognised, Resource, Tool, recognise};
use crate::survey::Survey;
use std::path::PathBuf;

/// Bytes below which a disk is full for a program that writes a file.
const FULL_DISK_BYTES: u64 = 1024 * 1024;

/// A limit counts as reached from here on: what failed has given back a part of what it had.
const REACHED_PERCENT: u64 = 90;

/// An error that speaks of inotify, or may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorText {
    /// The resource that ran out, as far as the text alone tells.
    pub resource: Resource,
    /// The program that says so.
    pub tool: Tool,
    /// The line, cleaned of colours and wraps.
    pub line: String,
    /// A path named in it: what could not be watched, or written.
    pub path: Option<PathBuf>,
    /// The limit named in it (.NET does).
    pub limit: Option<u64>,
}

/// Understands a pasted text: one line, a traceback, a whole log. `None` where no known error is in it.
#[must_use]
pub fn explain(text: &str) -> Option<ErrorText> {
    let Recognised { resource, tool, line } = recognise(text)?;
    Some(ErrorText { resource, tool, path: path_in(&line), limit: limit_in(&line), line })
}

impl ErrorText {
    /// The limits it may speak of, as far as the text alone tells, the likeliest first: the words of the JSON.
    #[must_use]
    pub const fn limits(&self) -> &'static [&'static str] {
        match self.resource {
            Resource::Watches => &["watches"],
            Resource::Instances => &["instances"],
            Resource::QueueOverflow => &["queue"],
            Resource::AmbiguousSpace => &["watches", "disk"],
            Resource::AmbiguousFiles => &["instances", "descriptors"],
            Resource::Disk => &["disk"],
        }
    }
}

/// The first absolute path in quotes, brackets or between blanks. The files of the limits themselves, named in advice,
/// are not what failed.
fn path_in(line: &str) -> Option<PathBuf> {
    let starts = line.match_indices('/').map(|(at, _)| at);
    starts.filter_map(|at| path_at(line, at)).find(|path| !path.starts_with("/proc/sys")).map(PathBuf::from)
}

/// A path is read to its closing quote, or, without quotes, to the next blank.
fn path_at(line: &str, at: usize) -> Option<&str> {
    let before = line[..at].chars().next_back();
    let rest = &line[at..];
    let end = match before {
        Some(quote @ ('"' | '\'' | '`')) => rest.find(quote),
        Some('(') => rest.find(')'),
        Some('[') => rest.find(']'),
        Some(' ' | '=') | None => rest.find([' ', ';', ',', ')']),
        Some(_) => return None,
    };
    let path = rest[..end.unwrap_or(rest.len())].trim_end_matches([':', '.', '!']);
    (path.len() > 1).then_some(path)
}

/// `The configured user limit (128) on …`.
fn limit_in(line: &str) -> Option<u64> {
    let (_, rest) = line.split_once("user limit (")?;
    rest.split_once(')')?.0.replace([',', '.'], "").parse().ok()
}

/// Facts of the computer when an error is judged; `None` is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// Free space where the project lies.
    pub disk: Option<DiskFree>,
    /// Watches: in use by this account, and their limit.
    pub watches: Option<Use>,
    /// Instances: in use by this account, and their limit.
    pub instances: Option<Use>,
    /// Descriptors open in the process that failed, and its `RLIMIT_NOFILE`.
    pub descriptors: Option<Use>,
}

impl Circumstances {
    /// Takes what a survey tells. Of several running apps, the one nearest to its descriptor limit counts.
    #[must_use]
    pub fn of(survey: &Survey) -> Self {
        let machine = Self::of_machine(&survey.machine);
        let Some(project) = &survey.project else { return machine };
        let uses = project.running.iter().filter_map(|app| app.descriptors);
        let nearest = uses.min_by_key(|descriptors| descriptors.limit.saturating_sub(descriptors.open));
        let descriptors = nearest.map(|descriptors| Use { used: descriptors.open, limit: descriptors.limit });
        Self { disk: project.disk, descriptors, ..machine }
    }

    /// Takes what the machine alone tells.
    #[must_use]
    pub fn of_machine(machine: &Machine) -> Self {
        let account = &machine.holders.account;
        Self {
            watches: machine.watch_limit().map(|limit| Use { used: account.watches, limit }),
            instances: machine.instance_limit().map(|limit| Use { used: account.instances, limit }),
            ..Self::default()
        }
    }
}

/// Usage of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// The number in use.
    pub used: u64,
    /// The limit.
    pub limit: u64,
}

impl Use {
    fn is_reached(self) -> bool {
        self.used.saturating_mul(100) >= self.limit.saturating_mul(REACHED_PERCENT)
    }
}

/// Causes that may be behind an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(strum::EnumIter))]
pub enum Cause {
    /// The limit of watches.
    WatchLimit,
    /// The limit of instances.
    InstanceLimit,
    /// The disk has no room.
    DiskFull,
    /// The disk takes no more files.
    NoInodes,
    /// `RLIMIT_NOFILE` of the process.
    DescriptorLimit,
    /// The event queue ran over.
    QueueOverflow,
}

/// Conclusions about what is behind an error, judged by facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The only cause that fits.
    Is(Cause),
    /// The facts speak for each of these, the likeliest first.
    Several(Vec<Cause>),
    /// The facts speak for none of these now, or are unknown: each is possible, the likeliest first.
    Open(Vec<Cause>),
}

impl Resolution {
    /// What is, or may be, behind it.
    #[must_use]
    pub fn causes(&self) -> &[Cause] {
        match self {
            Self::Is(cause) => std::slice::from_ref(cause),
            Self::Several(causes) | Self::Open(causes) => causes,
        }
    }
}

/// Decides what an error means, with the facts where the text is ambiguous.
#[must_use]
pub fn resolve(resource: Resource, facts: &Circumstances) -> Resolution {
    let watches = (Cause::WatchLimit, facts.watches.is_some_and(Use::is_reached));
    let instances = (Cause::InstanceLimit, facts.instances.is_some_and(Use::is_reached));
    let descriptors = (Cause::DescriptorLimit, facts.descriptors.is_some_and(Use::is_reached));
    let disk = (Cause::DiskFull, facts.disk.is_some_and(|disk| disk.bytes < FULL_DISK_BYTES));
    let inodes = (Cause::NoInodes, facts.disk.is_some_and(|disk| disk.inodes == Some(0)));
    match resource {
        Resource::Watches => Resolution::Is(Cause::WatchLimit),
        Resource::QueueOverflow => Resolution::Is(Cause::QueueOverflow),
        Resource::Instances | Resource::AmbiguousFiles => weigh(&[instances, descriptors]),
        Resource::AmbiguousSpace => weigh(&[watches, disk, inodes]),
        Resource::Disk => weigh(&[disk, inodes]),
    }
}

fn weigh(causes: &[(Cause, bool)]) -> Resolution {
    let spoken_for: Vec<Cause> = causes.iter().filter(|(_, fits)| *fits).map(|(cause, _)| *cause).collect();
    match spoken_for.as_slice() {
        [] => Resolution::Open(causes.iter().map(|(cause, _)| *cause).collect()),
        [cause] => Resolution::Is(*cause),
        _ => Resolution::Several(spoken_for),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn explained(text: &str) -> ErrorText {
        explain(text).unwrap_or_else(|| panic!("“{text}” is a known error"))
    }

    #[test]
    fn paths_and_limits_named_in_the_text_are_found() {
        for (text, path) in [
            (r#"OS file watch limit reached. about ["/srv/my app/data"]"#, Some("/srv/my app/data")),
            ("Error: ENOSPC: System limit for number of file watchers reached, watch '/srv/app/x'", Some("/srv/app/x")),
            ("Failed to watch /srv/app; upper limit on inotify watches reached!", Some("/srv/app")),
            ("OSError: [Errno 28] No space left on device: '/srv/out.csv'", Some("/srv/out.csv")),
            ("inotify watch limit reached, see /proc/sys/fs/inotify/max_user_watches", None),
            ("OSError: [Errno 28] inotify watch limit reached", None),
        ] {
            assert_eq!(explained(text).path, path.map(PathBuf::from), "the path in “{text}”");
        }
        let dot_net = "The configured user limit (128) on the number of inotify instances has been reached";
        assert_eq!((explained(dot_net).limit, explained(dot_net).resource), (Some(128), Resource::Instances));
    }

    #[test]
    fn an_error_inside_a_traceback_is_found() {
        let text = concat!(
            "Traceback (most recent call last):\n",
            "  File \"/v/lib/python3.11/site-packages/watchdog/observers/inotify_c.py\", line 428, in _raise_error\n",
            "    raise OSError(errno.ENOSPC, \"inotify watch limit reached\")\n",
            "OSError: [Errno 28] inotify watch limit reached\n",
        );
        let error = explained(text);
        assert_eq!((error.resource, error.tool, error.path), (Resource::Watches, Tool::Watchdog, None));
        assert_eq!(error.line, "OSError: [Errno 28] inotify watch limit reached");
        assert_eq!(explain("FileNotFoundError: [Errno 2] No such file or directory: '/x'"), None);
    }

    const FREE: DiskFree = DiskFree { bytes: 1 << 30, inodes: Some(1000) };
    const PLENTY: Use = Use { used: 10, limit: 8192 };
    const OUT: Use = Use { used: 8190, limit: 8192 };

    #[test]
    fn facts_decide_what_the_text_leaves_open() {
        let calm = Circumstances {
            disk: Some(FREE),
            watches: Some(PLENTY),
            instances: Some(PLENTY),
            descriptors: Some(PLENTY),
        };
        let space = |facts| resolve(Resource::AmbiguousSpace, &facts);
        let files = |facts| resolve(Resource::AmbiguousFiles, &facts);
        let full = Some(DiskFree { bytes: 0, ..FREE });
        let no_inodes = Some(DiskFree { inodes: Some(0), ..FREE });
        assert_eq!(space(Circumstances { watches: Some(OUT), ..calm }), Resolution::Is(Cause::WatchLimit));
        assert_eq!(space(Circumstances { disk: full, ..calm }), Resolution::Is(Cause::DiskFull));
        assert_eq!(space(Circumstances { disk: no_inodes, ..calm }), Resolution::Is(Cause::NoInodes));
        let both = Circumstances { disk: full, watches: Some(OUT), ..calm };
        assert_eq!(space(both), Resolution::Several(vec![Cause::WatchLimit, Cause::DiskFull]));
        assert_eq!(files(Circumstances { descriptors: Some(OUT), ..calm }), Resolution::Is(Cause::DescriptorLimit));
        assert_eq!(files(calm), Resolution::Open(vec![Cause::InstanceLimit, Cause::DescriptorLimit]));
        let disk = |facts| resolve(Resource::Disk, &facts);
        assert_eq!(disk(Circumstances { disk: full, watches: Some(OUT), ..calm }), Resolution::Is(Cause::DiskFull));
        assert_eq!(disk(calm), Resolution::Open(vec![Cause::DiskFull, Cause::NoInodes]));
        assert_eq!(resolve(Resource::Watches, &calm), Resolution::Is(Cause::WatchLimit));
        let instances = Circumstances { instances: Some(OUT), ..calm };
        assert_eq!(resolve(Resource::Instances, &instances), Resolution::Is(Cause::InstanceLimit));
    }

    proptest! {
        #[test]
        fn any_text_is_survived(before in "(?s).{0,40}", after in "(?s)[/'\"(\\[ a-zé]{0,40}") {
            let _ = explain(&format!("{before}user limit ({after}) No space left on device {after}"));
        }
    }
}
