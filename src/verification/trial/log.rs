//! The app's log, read while it runs so that it never waits for a reader; bounded in memory.

use crate::words::visible;
use std::io::{self, PipeReader, Read};
use std::process::Stdio;

/// The most that is kept: the end, where the errors are.
const MOST_BYTES: usize = 256 * 1024;

/// The reading end of the app's output.
pub(super) struct Log {
    pipe: PipeReader,
    kept: Vec<u8>,
}

impl Log {
    /// The log, and the two ends to write to.
    pub(super) fn open() -> io::Result<(Self, Stdio, Stdio)> {
        let (pipe, output) = io::pipe()?;
        rustix::io::ioctl_fionbio(&pipe, true)?;
        let errors = output.try_clone()?;
        Ok((Self { pipe, kept: Vec::new() }, output.into(), errors.into()))
    }

    /// Takes what there is to read now.
    pub(super) fn drain(&mut self) {
        let mut piece = [0; 16 * 1024];
        // A writer that never pauses must not keep the trial here.
        for _ in 0..64 {
            match self.pipe.read(&mut piece) {
                Ok(0) | Err(_) => break,
                Ok(length) => self.kept.extend_from_slice(&piece[..length]),
            }
        }
        if self.kept.len() > MOST_BYTES {
            self.kept.drain(..self.kept.len() - MOST_BYTES);
        }
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.kept).into_owned()
    }

    /// The last line with something in it, cut to a few hundred characters.
    pub(super) fn last_line(&self) -> String {
        let text = self.text();
        let last = text.lines().rev().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        visible(last).chars().take(300).collect()
    }
}
