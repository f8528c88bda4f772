//! Entries of any bytes, torn ones, and two runs at a time.

use super::*;
use crate::remedy::{Change, HotReload, Promise, RemedyName};
use proptest::prelude::*;
use std::io::Write;
use std::os::unix::ffi::OsStringExt;

fn plan(path: Vec<u8>, before: Option<Vec<u8>>, after: Vec<u8>) -> Plan {
    let path = PathBuf::from(OsString::from_vec(path));
    let promise = Promise {
        watches_after: Some(0),
        hot_reload: HotReload::Lost,
        needs_administrator: false,
        survives_reboot: true,
        needs_restart: true,
    };
    let changes = vec![Change::WriteFile { path: path.clone(), before, after }, Change::MakeFolder { path }];
    Plan { remedy: RemedyName::StreamlitConfig, changes, promise }
}

proptest! {
    #[test]
    fn a_plan_of_any_bytes_comes_back_as_it_was(path: Vec<u8>, before: Option<Vec<u8>>, after: Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::at(folder.path().join("journal"));
        let plan = plan(path, before, after);
        let mut pen = journal.begin(&plan, &journal.lock().unwrap()).unwrap();
        pen.begun(0).unwrap();
        let entry = journal.entry(pen.id).unwrap();
        prop_assert_eq!((entry.plan, entry.begun, entry.state), (plan, 1, State::Applying));
    }

    #[test]
    fn any_bytes_are_an_entry_or_none(bytes: Vec<u8>) {
        let _ = parse(1, &bytes);
    }
}

#[test]
fn a_torn_line_counts_for_nothing_and_is_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::at(folder.path().to_path_buf());
    let lock = journal.lock().unwrap();
    let mut pen = journal.begin(&plan(b"/a".to_vec(), None, Vec::new()), &lock).unwrap();
    pen.begun(0).unwrap();
    let mut file = File::options().append(true).open(journal.path(1)).unwrap();
    file.write_all(b"{\"state\":\"app").unwrap();
    assert_eq!(journal.entry(1).unwrap().state, State::Applying);
    journal.resume(1).unwrap().state(State::Applied).unwrap();
    assert_eq!(journal.entry(1).unwrap().state, State::Applied);
}

#[test]
fn what_cannot_be_understood_is_named_and_hides_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::at(folder.path().to_path_buf());
    std::fs::write(folder.path().join("0001.jsonl"), "{}\n").unwrap();
    journal.begin(&plan(b"/a".to_vec(), None, Vec::new()), &journal.lock().unwrap()).unwrap();
    let all = journal.entries().unwrap();
    assert_eq!(all.unreadable, [folder.path().join("0001.jsonl")]);
    assert_eq!(all.entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), [2]);
}

#[test]
fn only_one_run_is_at_work() {
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::at(folder.path().to_path_buf());
    let lock = journal.lock().unwrap();
    journal.begin(&plan(b"/a".to_vec(), None, Vec::new()), &lock).unwrap();
    assert_eq!(journal.lock().unwrap_err(), RemedyError::Busy);
    assert!(journal.unfinished().unwrap().is_empty(), "what is at work is not unfinished");
    drop(lock);
    assert_eq!(journal.unfinished().unwrap().len(), 1);
}
