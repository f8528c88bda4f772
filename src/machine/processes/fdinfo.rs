//! The lines that the kernel writes about an inotify descriptor into `/proc/PID/fdinfo/FD` (`proc_pid_fdinfo(5)`).

use super::WatchedInode;
use crate::progress::Progress;
use rustix::io::Errno;
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, ErrorKind, Read};

/// One line per watch starts with this word (`inotify_fdinfo`, fs/notify/fdinfo.c); other lines are the descriptor's.
const WATCH: &[u8] = b"inotify ";

/// Bytes read at once; a longer line is taken for two.
const CHUNK: usize = 64 * 1024;

/// Facts worth remembering of an instance without keeping its watches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FdinfoSummary {
    /// Number of watches.
    pub(super) watches: u64,
    /// A digest that is equal for two descriptors with the same watches in the same order; only comparable within one
    /// run. 0 where it was not asked for.
    pub(super) digest: u64,
}

/// Hands every watch's line to `on_watch`, without its newline. Ends early with `ECANCELED` when cancelled.
pub(super) fn for_each_watch(
    mut file: impl Read,
    progress: &Progress,
    mut on_watch: impl FnMut(&[u8]),
) -> io::Result<()> {
    let mut buffer = vec![0; CHUNK];
    let mut line = |line: &[u8]| {
        if line.starts_with(WATCH) {
            on_watch(line);
        }
    };
    // The beginning of a line whose end is not there yet.
    let mut kept = 0;
    loop {
        progress.check().map_err(|_| Errno::CANCELED)?;
        let end = match file.read(&mut buffer[kept..]) {
            Ok(0) => break,
            Ok(bytes) => kept + bytes,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let mut begin = 0;
        for newline in memchr::memchr_iter(b'\n', &buffer[..end]) {
            line(&buffer[begin..newline]);
            begin = newline + 1;
        }
        if begin == 0 && end == CHUNK {
            line(&buffer);
            begin = end;
        }
        buffer.copy_within(begin..end, 0);
        kept = end - begin;
    }
    line(&buffer[..kept]);
    Ok(())
}

/// Counts the watches.
pub(super) fn count(file: impl Read, progress: &Progress) -> io::Result<FdinfoSummary> {
    let mut watches = 0;
    for_each_watch(file, progress, |_| watches += 1)?;
    Ok(FdinfoSummary { watches, digest: 0 })
}

/// Counts the watches and remembers what they are.
pub(super) fn summarise(file: impl Read, progress: &Progress) -> io::Result<FdinfoSummary> {
    let (mut watches, mut digest) = (0, DefaultHasher::new());
    for_each_watch(file, progress, |watch| {
        watches += 1;
        digest.write(watch);
    })?;
    Ok(FdinfoSummary { watches, digest: digest.finish() })
}

/// The inode of one watch's line; `None` where the line is not what the kernel writes.
pub(super) fn inode(line: &[u8]) -> Option<WatchedInode> {
    let mut fields = line.strip_prefix(WATCH)?.split(|byte| *byte == b' ');
    let mut field = |name: &[u8]| fields.find_map(|field| hexadecimal(field.strip_prefix(name)?));
    let ino = field(b"ino:")?;
    Some(WatchedInode { ino, sdev: u32::try_from(field(b"sdev:")?).ok()? })
}

fn hexadecimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    digits.iter().try_fold(0, |number, digit| Some(number << 4 | u64::from(char::from(*digit).to_digit(16)?)))
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
        for_each_watch(text, &Progress::default(), |line| inodes.extend(inode(line))).expect("memory can be read");
        inodes
    }

    fn kernel_line(wd: u32, at: &WatchedInode) -> String {
        format!("inotify wd:{wd:x} ino:{:x} sdev:{:x} mask:3cc ignored_mask:0 fhandle-bytes:8\n", at.ino, at.sdev)
    }

    #[test]
    fn every_number_of_a_line_is_hexadecimal() {
        let expected = [WatchedInode { ino: 0x8e1b, sdev: 0xfe0_0000 }, WatchedInode { ino: 0x2f, sdev: 0x1b }];
        assert_eq!(inodes(REAL), expected);
        assert_eq!(summarise(REAL, &Progress::default()).expect("memory can be read").watches, 2);
    }

    #[test]
    fn the_digest_tells_different_watches_apart() {
        let digest = |text: &[u8]| summarise(text, &Progress::default()).expect("memory can be read").digest;
        let moved_on: Vec<u8> = [b"pos:\t7\n".as_slice(), &REAL[7..]].concat();
        assert_eq!(digest(REAL), digest(&moved_on), "only the watches count");
        assert_ne!(digest(REAL), digest(&REAL[..REAL.len() - 2]));
    }

    #[test]
    fn a_line_cut_short_is_still_a_watch_but_has_no_inode() {
        assert_eq!(summarise(&b"inotify wd:1 ino:2"[..], &Progress::default()).expect("memory can be read").watches, 1);
        assert_eq!(inodes(b"inotify wd:1 ino:2"), []);
    }

    /// Gives its text in pieces of these sizes, again and again.
    struct Pieces<'a>(&'a [u8], std::iter::Cycle<std::slice::Iter<'a, usize>>);

    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let bytes = self.0.len().min(buffer.len()).min(*self.1.next().expect("at least one"));
            let (now, later) = self.0.split_at(bytes);
            (self.0, _) = (later, buffer[..bytes].copy_from_slice(now));
            Ok(bytes)
        }
    }

    #[test]
    fn a_line_longer_than_the_buffer_ends_it_like_any_other() {
        let text = [b"inotify ".as_slice(), &vec![b'x'; 3 * CHUNK], b"\ninotify wd:1\n"].concat();
        assert_eq!(count(text.as_slice(), &Progress::default()).expect("memory can be read").watches, 2);
    }

    #[test]
    fn cancelling_ends_it_between_two_reads() {
        let progress = Progress::default();
        let (mut watches, many) = (0, REAL.repeat(10_000));
        let outcome = for_each_watch(many.as_slice(), &progress, |_| {
            watches += 1;
            progress.cancel();
        });
        assert_eq!(outcome.expect_err("it was cancelled").raw_os_error(), Some(Errno::CANCELED.raw_os_error()));
        assert!((1..1000).contains(&watches), "{watches} of 20000 watches were read before the next look");
    }

    proptest! {
        #[test]
        fn a_text_read_in_pieces_is_the_same(pieces in proptest::collection::vec(1_usize..300, 1..8), copies in 1_usize..40) {
            let text = REAL.repeat(copies);
            let whole = summarise(text.as_slice(), &Progress::default()).expect("memory can be read");
            let pieces = Pieces(&text, pieces.iter().cycle());
            prop_assert_eq!(summarise(pieces, &Progress::default()).expect("memory can be read"), whole);
            prop_assert_eq!(whole.watches, 2 * copies as u64);
        }

        #[test]
        fn any_bytes_are_read_without_panic(text: Vec<u8>) {
            let watches = summarise(text.as_slice(), &Progress::default()).expect("memory can be read").watches;
            prop_assert!(inodes(&text).len() as u64 <= watches);
        }

        #[test]
        fn any_bytes_after_the_first_word_are_read_without_panic(text: Vec<u8>) {
            inode(&[WATCH, &text].concat());
        }

        #[test]
        fn what_the_kernel_writes_is_read_back(at: Vec<(u64, u32)>) {
            let watched: Vec<_> = at.into_iter().map(|(ino, sdev)| WatchedInode { ino, sdev }).collect();
            let text: String = (1..).zip(&watched).map(|(wd, at)| kernel_line(wd, at)).collect();
            let text = format!("pos:\t0\nflags:\t02004000\n{text}");
            let counted = count(text.as_bytes(), &Progress::default()).expect("memory can be read").watches;
            prop_assert_eq!(counted, watched.len() as u64);
            prop_assert_eq!(summarise(text.as_bytes(), &Progress::default()).expect("memory can be read").watches,
                watched.len() as u64);
            prop_assert_eq!(inodes(text.as_bytes()), watched);
        }
    }
}
