//! A settings file that Streamlit ignores: where it is wrong first, and what mends it. Where nobody but its owner knows
//! what was meant, the file is watched until it can be read.

use super::Case;
use crate::progress::{Cancelled, Progress};
use crate::project::streamlit::{BrokenToml, broken_toml};
use crate::remedy::{Change, Journal, Plan, State, file_change, streamlit_config};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Lines that are shown before and after the first wrong one.
const AROUND: usize = 2;
/// Interval at which a file is looked at until it is mended.
const PAUSE: Duration = Duration::from_millis(500);

/// A broken settings file and the ways to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The file.
    pub file: PathBuf,
    /// The first mistake in it.
    pub broken: BrokenToml,
    /// The lines around that, each with its number, counted from 1.
    pub excerpt: Vec<(usize, String)>,
    /// The correction, where every mistake is a known one.
    pub repair: Option<Plan>,
    /// Puts back the newest text of the file that this program has known and that Streamlit reads.
    pub earlier: Option<Plan>,
}

impl Case {
    /// Returns what mends the settings file of the project (or of the person), or another one that the diagnosis found
    /// broken; `None` where none is. Reads the file and the journal.
    #[must_use]
    pub fn mend(&self, personal: bool, journal: Option<&Journal>) -> Option<Mend> {
        let chosen = self.settings_file(personal).ok();
        let found = self.broken_settings.clone().filter(|_| !personal);
        chosen.into_iter().chain(found).find_map(|file| self.mend_of(&file, journal))
    }

    fn mend_of(&self, file: &Path, journal: Option<&Journal>) -> Option<Mend> {
        let real = self.own.resolve(file).ok()?;
        let now = file_change::read(&real).ok()??;
        let text = std::str::from_utf8(&now).ok()?;
        let broken = broken_toml(text)?;
        let first = broken.line.saturating_sub(AROUND).max(1);
        let lines = text.lines().enumerate().map(|(place, line)| (place + 1, line.trim_end().to_owned()));
        let excerpt = lines.skip(first - 1).take_while(|(number, _)| *number <= broken.line + AROUND).collect();
        let repair = streamlit_config::repair(file, &self.own).ok().flatten();
        let known = journal.filter(|_| repair.is_none()).and_then(|journal| known_text(&real, &now, journal));
        let earlier = known.and_then(|known| streamlit_config::rewrite(&real, now.clone(), known).ok());
        Some(Mend { file: file.to_path_buf(), broken, excerpt, repair, earlier })
    }
}

/// The newest text of the file that the journal has and that Streamlit reads.
fn known_text(file: &Path, now: &[u8], journal: &Journal) -> Option<Vec<u8>> {
    let entries = journal.entries().ok()?.entries;
    let texts = entries.iter().rev().flat_map(|entry| {
        let changes = entry.plan.changes.iter().rev();
        let of_change = changes.filter_map(|change| match change {
            Change::WriteFile { path, before, after } if path == file => Some((before.as_ref(), after)),
            Change::WriteFile { .. }
            | Change::MakeFolder { .. }
            | Change::RaiseLimits(_)
            | Change::Trash { .. }
            | Change::Restart(_) => None,
        });
        of_change.flat_map(|(before, after)| {
            let undone = entry.state == State::Undone;
            let both = [Some(after), before];
            if undone { [both[1], both[0]] } else { both }
        })
    });
    let reads = |text: &[u8]| std::str::from_utf8(text).is_ok_and(|text| broken_toml(text).is_none());
    texts.flatten().find(|text| text.as_slice() != now && reads(text)).cloned()
}

/// Waits until the file can be read by Streamlit, or is gone. Blocks: not for the drawing thread.
///
/// # Errors
/// [`Cancelled`] only.
pub fn mended(file: &Path, progress: &Progress) -> Result<(), Cancelled> {
    loop {
        progress.check()?;
        let wrong = file_change::read(file).is_ok_and(|now| {
            now.as_deref().and_then(|now| std::str::from_utf8(now).ok()).is_some_and(|now| broken_toml(now).is_some())
        });
        if !wrong {
            return Ok(());
        }
        std::thread::sleep(PAUSE);
    }
}
