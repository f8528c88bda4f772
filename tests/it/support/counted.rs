//! Watches counted from /proc by another way than the program's own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// All processes that can be seen.
pub(crate) fn pids() -> Vec<u32> {
    let entries = fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().file_name());
    entries.filter_map(|name| name.to_str()?.parse().ok()).collect()
}

/// The lines of /proc that stand for the watches of each inotify instance of a process.
fn instances(pid: u32) -> Vec<Vec<String>> {
    let Ok(descriptors) = fs::read_dir(format!("/proc/{pid}/fd")) else { return Vec::new() };
    let inotify = descriptors
        .flatten()
        .filter(|entry| fs::read_link(entry.path()).is_ok_and(|target| target == Path::new("anon_inode:inotify")));
    let infos = inotify.map(|entry| format!("/proc/{pid}/fdinfo/{}", entry.file_name().display()));
    let lines = infos.filter_map(|info| fs::read_to_string(info).ok());
    lines.map(|text| text.lines().filter(|line| line.starts_with("inotify ")).map(str::to_owned).collect()).collect()
}

/// Instances and watches of each process of this namespace that has any.
pub(crate) fn holders() -> BTreeMap<u32, (u64, u64)> {
    let each = pids().into_iter().map(|pid| (pid, instances(pid)));
    let some = each.filter(|(_, instances)| !instances.is_empty());
    some.map(|(pid, all)| (pid, (all.len() as u64, all.iter().map(Vec::len).sum::<usize>() as u64))).collect()
}

/// The inodes that a process watches.
pub(crate) fn watched_inodes(pid: u32) -> BTreeSet<u64> {
    let lines = instances(pid).into_iter().flatten();
    let inode = |line: String| {
        let inode = line.split_whitespace().find_map(|word| word.strip_prefix("ino:"))?;
        u64::from_str_radix(inode, 16).ok()
    };
    lines.filter_map(inode).collect()
}
