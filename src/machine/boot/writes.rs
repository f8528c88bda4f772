//! Writes of the reader to the kernel, in which order, and what the kernel makes of it.

use super::parse::SysctlLine;
use super::{Assignment, BootLimit, Ineffective, Limit, Reader, WhyIneffective, glob, kernel};
use std::path::Path;

/// A line and the file it stands in.
#[derive(Clone, Copy)]
pub(super) struct SysctlSource<'a> {
    pub(super) file: &'a Path,
    pub(super) line: &'a SysctlLine,
}

/// The kernel's files for one limit. `user.max_inotify_*` is the same number again in the initial user namespace
/// (`init_user_ns.ucount_max`, kernel/ucount.c).
const fn paths(limit: Limit) -> &'static [&'static [u8]] {
    match limit {
        Limit::Watches => &[b"fs/inotify/max_user_watches", b"user/max_inotify_watches"],
        Limit::Instances => &[b"fs/inotify/max_user_instances", b"user/max_inotify_instances"],
        Limit::QueuedEvents => &[b"fs/inotify/max_queued_events"],
    }
}

impl<'a> SysctlSource<'a> {
    /// Returns all lines of a file.
    pub(super) fn all(file: &'a Path, lines: &'a [SysctlLine]) -> impl Iterator<Item = Self> {
        lines.iter().map(move |line| Self { file, line })
    }

    /// Tells whether the line names the limit, by itself or by a glob.
    pub(super) fn names(&self, reader: Reader, limit: Limit) -> bool {
        paths(limit).iter().any(|path| self.names_path(reader, path))
    }

    fn names_path(&self, reader: Reader, path: &[u8]) -> bool {
        let key = &self.line.key;
        match reader {
            _ if !glob::is_glob(key) => key == path,
            Reader::Procps => glob::matches(key, path),
            Reader::Systemd | Reader::Nobody => glob::matches_with_braces(key, path),
        }
    }

    pub(super) fn assignment(&self) -> Option<Assignment> {
        let value = String::from_utf8_lossy(self.line.value.as_ref()?).into_owned();
        Some(Assignment { file: self.file.to_path_buf(), line: self.line.number, value })
    }

    fn accepted(&self, limit: Limit) -> Option<u64> {
        kernel::accepted(limit, self.line.value.as_ref()?)
    }
}

/// One setting as the reader holds it, after all files are read: several lines where they say the same.
struct HeldSetting<'a> {
    lines: Vec<SysctlSource<'a>>,
    key: &'a [u8],
    value: Option<&'a [u8]>,
}

/// Returns what becomes of the limit when the kernel has applied what stands `before` all files, on its command line,
/// and the reader then these lines of the files.
pub(super) fn outcome<'a>(
    reader: Reader,
    limit: Limit,
    before: &[SysctlSource<'a>],
    lines: &[SysctlSource<'a>],
) -> BootLimit {
    let naming = |sources: &[SysctlSource<'a>]| -> Vec<SysctlSource<'a>> {
        sources.iter().copied().filter(|source| source.names(reader, limit)).collect()
    };
    let (before, lines) = (naming(before), naming(lines));
    let settings = settings(reader, &lines);
    let written = written(reader, limit, &settings);
    let mut all = before.iter().copied().chain(written);
    let winner = all.rfind(|source| source.accepted(limit).is_some());
    let mut boot = BootLimit {
        value: winner.and_then(|source| source.accepted(limit)),
        winner: winner.and_then(|source| source.assignment()),
        ..BootLimit::default()
    };
    for source in before.iter().chain(&lines) {
        let Some(assignment) = source.assignment() else { continue };
        if source.accepted(limit).is_none() {
            boot.ineffective.push(Ineffective { assignment, why: WhyIneffective::Refused });
        } else if winner.is_none_or(|winner| !std::ptr::eq(winner.line, source.line)) {
            boot.overridden.push(assignment);
        }
    }
    boot
}

/// The settings in the order in which they will be written.
fn settings<'a>(reader: Reader, lines: &[SysctlSource<'a>]) -> Vec<HeldSetting<'a>> {
    let mut settings: Vec<HeldSetting<'a>> = Vec::new();
    for source in lines {
        let new = HeldSetting { lines: vec![*source], key: &source.line.key, value: source.line.value.as_deref() };
        let known = settings.iter().position(|setting| setting.key == new.key);
        match known {
            // procps writes every line. systemd keeps one setting for each key: saying the same again leaves it at its
            // place, another value moves it to the end.
            Some(at) if reader != Reader::Procps => {
                if settings[at].value == new.value {
                    settings[at].lines.push(*source);
                } else {
                    settings.remove(at);
                    settings.push(new);
                }
            }
            _ => settings.push(new),
        }
    }
    settings
}

/// The lines whose values reach the kernel, in that order. A glob spares a path that a line names by itself, whether
/// that line sets it or, with a dash and no value, only excludes it.
fn written<'a>(reader: Reader, limit: Limit, settings: &[HeldSetting<'a>]) -> Vec<SysctlSource<'a>> {
    let writes = |setting: &&HeldSetting<'a>| {
        setting.value.is_some()
            && paths(limit).iter().any(|path| {
                let spared = glob::is_glob(setting.key) && settings.iter().any(|other| other.key == *path);
                setting.lines[0].names_path(reader, path) && !spared
            })
    };
    settings.iter().filter(writes).filter_map(|setting| setting.lines.last().copied()).collect()
}
