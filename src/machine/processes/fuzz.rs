//! Promises about fdinfo, for any bytes.

use super::fdinfo::{count, for_each_watch, inode, summarise};
use crate::progress::Progress;
use std::io::{self, Read};

/// Hands out a few bytes at a time, as the kernel may.
struct Trickle<'a>(&'a [u8]);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(7);
        self.0.read(&mut buffer[..most])
    }
}

/// What is read in pieces is the same; every line of a watch counts; no line gives two inodes.
pub(crate) fn check(text: &[u8]) {
    let progress = Progress::default();
    let whole = summarise(text, &progress).expect("memory can be read");
    assert_eq!(summarise(Trickle(text), &progress).expect("memory can be read"), whole, "read in pieces");
    assert_eq!(count(text, &progress).expect("memory can be read").watches, whole.watches, "counted only");
    let lines = text.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"inotify ")).count();
    assert_eq!(whole.watches, lines as u64, "lines of watches");
    let mut inodes = 0;
    for_each_watch(text, &progress, |line| inodes += u64::from(inode(line).is_some())).expect("memory can be read");
    assert!(inodes <= whole.watches, "a watch has one inode at most");
}
