//! Promises about journal entries, for any bytes.

use super::{JournalRecord, parse, pen};

/// What is obeyed is whole lines; a torn line after them changes nothing; the plan written again is read as the same.
pub(crate) fn check(bytes: &[u8]) {
    let Some((entry, whole)) = parse(7, bytes) else { return };
    let whole = usize::try_from(whole).expect("it is in memory");
    assert!(bytes[..whole].ends_with(b"\n") && !bytes[whole..].contains(&b'\n'), "whole lines");
    let torn = [&bytes[..whole], b"{\"state\":\"undo"].concat();
    assert_eq!(parse(7, &torn), Some((entry.clone(), whole as u64)), "a torn line counts for nothing");
    let mut written = pen::line(&JournalRecord::Plan { when: entry.when, plan: entry.plan.clone() });
    for change in 0..entry.begun {
        written.extend(pen::line(&JournalRecord::Begun(change)));
    }
    for done in entry.done.clone() {
        written.extend(pen::line(&JournalRecord::Done(done)));
    }
    written.extend(pen::line(&JournalRecord::State(entry.state)));
    assert_eq!(parse(7, &written).map(|(entry, _)| entry), Some(entry), "written again");
}
