//! Records that the script writes, and those that it will write: the drop-in's exact text, before anything is done.

use super::RaiseLimits;
use super::script::{DROP_IN, UNTIL_REBOOT};
use crate::guarded::{self, Refusal};
use crate::machine::{Limit, Places};
use std::path::{Path, PathBuf};

/// The first line of every file of ours.
const TITLE: &str = "# Limits raised by Inotify Doctor. To take them back: inotify-doctor undo";

/// One limit in a file of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitEntry {
    /// The value before the first raise.
    pub before: u64,
    /// The value in force when this raise began, where it is neither of the other two: a raise that is killed between
    /// the record and the kernel leaves it in force.
    pub then: Option<u64>,
    /// The value raised to.
    pub raised: u64,
}

/// A file of ours: an entry for each limit that it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record([Option<LimitEntry>; 3]);

/// Records that earlier raises have left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// The drop-in; `None`: not there, unreadable, or not ours.
    pub boot: Option<Record>,
    /// The record that holds until the reboot; `None` likewise.
    pub until_reboot: Option<Record>,
}

impl LimitEntry {
    fn is_made_by_it(self, now: u64) -> bool {
        self.raised == now || self.then == Some(now)
    }
}

impl Record {
    /// Reads a file of ours; `None` where anybody else has written to it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let body = text.strip_prefix(TITLE)?;
        let mut record = Self::default();
        let mut lines = body.strip_prefix('\n')?.lines();
        while let Some(first) = lines.next() {
            let (limit, before) = entry_line(first.strip_prefix("# before: ")?)?;
            let mut line = lines.next()?;
            let then = line.strip_prefix("# then: ").map(entry_line);
            if then.is_some() {
                line = lines.next()?;
            }
            let (same, raised) = entry_line(line)?;
            let then = match then {
                Some(entry) => Some(entry.filter(|(of, _)| *of == limit)?.1),
                None => None,
            };
            if same != limit || record.0[limit as usize].replace(LimitEntry { before, then, raised }).is_some() {
                return None;
            }
        }
        Some(record)
    }

    /// Returns the entry for a limit.
    #[must_use]
    pub const fn get(&self, limit: Limit) -> Option<LimitEntry> {
        self.0[limit as usize]
    }

    /// The file, byte for byte.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{TITLE}\n");
        for limit in Limit::ALL {
            let Some(LimitEntry { before, then, raised }) = self.get(limit) else { continue };
            let key = limit.key();
            let then = then.map(|then| format!("# then: {key} = {then}\n")).unwrap_or_default();
            text.push_str(&format!("# before: {key} = {before}\n{then}{key} = {raised}\n"));
        }
        text
    }
}

fn entry_line(line: &str) -> Option<(Limit, u64)> {
    let (key, value) = line.split_once(" = ")?;
    let limit = Limit::ALL.into_iter().find(|limit| limit.key() == key)?;
    let plain = value.bytes().all(|byte| byte.is_ascii_digit()) && (value == "0" || !value.starts_with('0'));
    Some((limit, value.parse().ok().filter(|_| plain)?))
}

impl Records {
    /// Reads both files.
    #[must_use]
    pub fn read(places: &Places) -> Self {
        let read = |path: &Path| Record::parse(&guarded::read_text(path, guarded::SMALL_BYTES).ok()?);
        Self { boot: read(&places.at(DROP_IN)), until_reboot: read(&places.at(UNTIL_REBOOT)) }
    }

    /// The files that a raise has left, whoever has changed them since, also those of a run that was killed; where that
    /// cannot be known, they are taken to be there. Without any of them there is nothing to undo.
    #[must_use]
    pub fn files(places: &Places) -> Vec<PathBuf> {
        let gone = |file: &str| guarded::about_link(&places.at(file)) == Err(Refusal::Missing);
        let files = [DROP_IN, UNTIL_REBOOT].into_iter().flat_map(|file| [file.to_owned(), format!("{file}.new")]);
        files.filter(|file| !gone(file)).map(PathBuf::from).collect()
    }

    /// Returns what the request will write: to the drop-in, or to the record that ends with the reboot. An entry that
    /// the request leaves alone is kept; a value in force that is ours already keeps the value before it.
    #[must_use]
    pub fn after(&self, request: &RaiseLimits) -> Record {
        let same_file = if request.until_reboot { self.until_reboot } else { self.boot };
        let mut record = same_file.unwrap_or_default();
        for (limit, raised) in request.asked() {
            let now = request.before(limit);
            let before = self.before_all(limit, now).unwrap_or(now);
            let then = Some(now).filter(|then| *then != before && *then != raised);
            record.0[limit as usize] = Some(LimitEntry { before, then, raised });
        }
        record
    }

    /// The record on the disk is what the request would make it.
    pub(super) fn hold(&self, request: &RaiseLimits) -> bool {
        let same_file = if request.until_reboot { self.until_reboot } else { self.boot };
        same_file == Some(self.after(request))
    }

    /// Returns what undoing will put each limit back to, from the value in force; `None`: it stays.
    #[must_use]
    pub fn put_back(&self, now: [Option<u64>; 3]) -> [Option<(u64, u64)>; 3] {
        Limit::ALL.map(|limit| {
            let now = now[limit as usize]?;
            self.before_all(limit, now).filter(|before| *before != now).map(|before| (now, before))
        })
    }

    /// The value before all raises, where the one in force is the work of a raise.
    fn before_all(&self, limit: Limit, now: u64) -> Option<u64> {
        let records = [self.boot, self.until_reboot].into_iter().flatten();
        let entry = records.filter_map(|record| record.get(limit)).find(|entry| entry.is_made_by_it(now))?;
        Some(entry.before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(watches: Option<(u64, u64)>, instances: Option<(u64, u64)>) -> Record {
        let entry = |pair: Option<(u64, u64)>| pair.map(|(before, raised)| LimitEntry { before, then: None, raised });
        Record([entry(watches), entry(instances), None])
    }

    #[test]
    fn a_second_raise_keeps_what_was_before_the_first() {
        let records = Records { boot: Some(record(Some((8192, 65_536)), None)), until_reboot: None };
        let again = RaiseLimits {
            watches: Some(524_288),
            instances: Some(512),
            queued_events: None,
            until_reboot: false,
            before: [65_536, 128, 16_384],
        };
        let mut expected = record(Some((8192, 524_288)), Some((128, 512)));
        expected.0[0].as_mut().unwrap().then = Some(65_536);
        assert_eq!(records.after(&again), expected);
        let changed_by_hand = RaiseLimits { before: [100_000, 128, 16_384], ..again };
        assert_eq!(records.after(&changed_by_hand), record(Some((100_000, 524_288)), Some((128, 512))));
    }

    #[test]
    fn a_file_that_someone_else_touched_is_not_ours() {
        let text = record(Some((8192, 65_536)), None).text();
        assert!(Record::parse(&text).is_some());
        for foreign in [text.replace("65536", "065536"), format!("{text}kernel.sysrq = 1\n"), text[1..].to_owned()] {
            assert_eq!(Record::parse(&foreign), None, "{foreign}");
        }
    }

    #[test]
    fn what_is_put_back_is_the_value_before_all_raises_also_after_a_raise_that_was_killed_halfway() {
        let entry = |before, then, raised| Some(LimitEntry { before, then, raised });
        let boot =
            Record([entry(8192, Some(65_536), 524_288), entry(128, Some(256), 1024), entry(16_384, None, 131_072)]);
        let records = Records { boot: Some(boot), until_reboot: None };
        let halfway = [524_288, 256, 131_072].map(Some);
        assert_eq!(records.put_back(halfway), [Some((524_288, 8192)), Some((256, 128)), Some((131_072, 16_384))]);
        assert_eq!(records.put_back([600_000, 128, 16_384].map(Some)), [None; 3], "somebody else's value stays");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(watches: Option<(u32, u32)>, instances: Option<(u32, u32)>, then: Option<u32>) {
            let wide = |pair: Option<(u32, u32)>| pair.map(|(a, b)| (u64::from(a), u64::from(b)));
            let mut record = record(wide(watches), wide(instances));
            if let Some(entry) = &mut record.0[1] {
                entry.then = then.map(u64::from);
            }
            prop_assert_eq!(Record::parse(&record.text()), Some(record));
        }

        #[test]
        fn any_text_is_a_record_or_none(text in ".*") {
            let _: Option<Record> = Record::parse(&format!("{TITLE}\n{text}"));
        }
    }
}
