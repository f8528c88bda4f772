//! The lines that the kernel writes about an inotify descriptor into `/proc/PID/fdinfo/FD` (`proc_pid_fdinfo(5)`).

use super::WatchedInode;
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, BufRead};

/// One line per watch starts with this word (`inotify_fdinfo`, fs/notify/fdinfo.c); other lines are the descriptor's.
const WATCH: &[u8] = b"inotify ";

/// What is worth remembering of an instance without keeping its watches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Summary {
    /// Number of watches.
    pub(super) watches: u64,
    /// Equal for two descriptors with the same watches in the same order; only comparable within one run.
    pub(super) digest: u64,
}

/// Hands every watch's line to `on_watch`, without its newline. `line` is working memory, to be used again.
pub(super) fn for_each_watch(
    mut reader: impl BufRead,
    line: &mut Vec<u8>,
    mut on_watch: impl FnMut(&[u8]),
) -> io::Result<()> {
    loop {
        line.clear();
        if reader.read_until(b'\n', line)? == 0 {
            return Ok(());
        }
        if line.starts_with(WATCH) {
            on_watch(line.strip_suffix(b"\n").unwrap_or(line));
        }
    }
}

/// Counts the watches and remembers what they are.
pub(super) fn summarise(reader: impl BufRead, line: &mut Vec<u8>) -> io::Result<Summary> {
    let (mut watches, mut digest) = (0, DefaultHasher::new());
    for_each_watch(reader, line, |watch| {
        watches += 1;
        digest.write(watch);
    })?;
    Ok(Summary { watches, digest: digest.finish() })
}

/// The inode of one watch's line; `None` where the line is not what the kernel writes.
pub(super) fn inode(line: &[u8]) -> Option<WatchedInode> {
    let text = std::str::from_utf8(line.strip_prefix(WATCH)?).ok()?;
    let hexadecimal = |name: &str| {
        let value = text.split(' ').find_map(|field| field.strip_prefix(name)?.strip_prefix(':'))?;
        u64::from_str_radix(value, 16).ok()
    };
    Some(WatchedInode { ino: hexadecimal("ino")?, sdev: hexadecimal("sdev")? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Taken from a running kernel (6.18).
    const REAL: &[u8] = b"pos:\t0\nflags:\t02004000\nmnt_id:\t15\nino:\t2076\n\
        inotify wd:11 ino:8e1b sdev:fe00000 mask:3cc ignored_mask:0 fhandle-bytes:8 fhandle-type:1 f_handle:1b8e0000d3a1c2b4\n\
        inotify wd:a ino:2f sdev:1b mask:800afce ignored_mask:0 fhandle-bytes:c fhandle-type:81 f_handle:00\n";

    fn inodes(text: &[u8]) -> Vec<WatchedInode> {
        let mut inodes = Vec::new();
        for_each_watch(text, &mut Vec::new(), |line| inodes.extend(inode(line))).expect("memory can be read");
        inodes
    }

    fn kernel_line(wd: u32, at: &WatchedInode) -> String {
        format!("inotify wd:{wd:x} ino:{:x} sdev:{:x} mask:3cc ignored_mask:0 fhandle-bytes:8\n", at.ino, at.sdev)
    }

    #[test]
    fn every_number_of_a_line_is_hexadecimal() {
        let expected = [WatchedInode { ino: 0x8e1b, sdev: 0xfe0_0000 }, WatchedInode { ino: 0x2f, sdev: 0x1b }];
        assert_eq!(inodes(REAL), expected);
        assert_eq!(summarise(REAL, &mut Vec::new()).expect("memory can be read").watches, 2);
    }

    #[test]
    fn the_digest_tells_different_watches_apart() {
        let digest = |text: &[u8]| summarise(text, &mut Vec::new()).expect("memory can be read").digest;
        let moved_on: Vec<u8> = [b"pos:\t7\n".as_slice(), &REAL[7..]].concat();
        assert_eq!(digest(REAL), digest(&moved_on), "only the watches count");
        assert_ne!(digest(REAL), digest(&REAL[..REAL.len() - 2]));
    }

    #[test]
    fn a_line_cut_short_is_still_a_watch_but_has_no_inode() {
        assert_eq!(summarise(&b"inotify wd:1 ino:2"[..], &mut Vec::new()).expect("memory can be read").watches, 1);
        assert_eq!(inodes(b"inotify wd:1 ino:2"), []);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(text: Vec<u8>) {
            let watches = summarise(text.as_slice(), &mut Vec::new()).expect("memory can be read").watches;
            prop_assert!(inodes(&text).len() as u64 <= watches);
        }

        #[test]
        fn any_bytes_after_the_first_word_are_read_without_panic(text: Vec<u8>) {
            inode(&[WATCH, &text].concat());
        }

        #[test]
        fn what_the_kernel_writes_is_read_back(at: Vec<(u64, u64)>) {
            let watched: Vec<_> = at.into_iter().map(|(ino, sdev)| WatchedInode { ino, sdev }).collect();
            let text: String = (1..).zip(&watched).map(|(wd, at)| kernel_line(wd, at)).collect();
            let text = format!("pos:\t0\nflags:\t02004000\n{text}");
            prop_assert_eq!(summarise(text.as_bytes(), &mut Vec::new()).expect("memory can be read").watches,
                watched.len() as u64);
            prop_assert_eq!(inodes(text.as_bytes()), watched);
        }
    }
}
