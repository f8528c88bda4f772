//! Everything that a path can lead to, on the real file system.

use super::*;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::process::Command;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn only_regular_files_are_read_and_nobody_waits_for_the_others() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    Command::new("mkfifo").arg(at("fifo")).status().unwrap();
    symlink("fifo", at("to-fifo")).unwrap();
    symlink("/dev/zero", at("zero")).unwrap();
    symlink("/dev/tty", at("terminal")).unwrap();
    std::fs::create_dir(at("folder")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    for name in ["fifo", "to-fifo", "zero", "terminal", "folder", "socket"] {
        assert_eq!(read(&at(name), 10), Err(Refusal::NotAFile), "{name}");
        assert_eq!(read_start(&at(name), 10), Err(Refusal::NotAFile), "{name}");
        assert_eq!(read_end(&at(name), 10), Err(Refusal::NotAFile), "{name}");
    }
    assert_eq!(read(&at("missing"), 10), Err(Refusal::Missing));
    assert_eq!(read(&at("fifo/x"), 10), Err(Refusal::Missing));
    assert_eq!(entries(&at("fifo")), Err(Refusal::NotAFolder));
    assert_eq!(entries(&at("missing")), Err(Refusal::Missing));
}

#[test]
fn no_more_is_read_than_was_asked_for() {
    let folder = folder();
    let path = folder.path().join("sparse");
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(b"begin").unwrap();
    file.set_len(1 << 40).unwrap();
    assert_eq!(read(&path, 100), Err(Refusal::TooLarge { most: 100 }));
    assert_eq!(read_start(&path, 5).unwrap(), b"begin");
    assert_eq!(read_end(&path, 3).unwrap(), [0; 3]);
    file.set_len(5).unwrap();
    assert_eq!(read(&path, 5).unwrap(), b"begin");
    assert_eq!(read_end(&path, 100).unwrap(), b"begin");
}

#[test]
fn a_text_is_utf_8() {
    let folder = folder();
    let path = folder.path().join("text");
    std::fs::write(&path, "grün").unwrap();
    assert_eq!(read_text(&path, 10).unwrap(), "grün");
    std::fs::write(&path, b"gr\xfcn").unwrap();
    assert_eq!(read_text(&path, 10), Err(Refusal::NotText));
}

#[test]
fn links_are_followed_or_not_as_asked() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("file"), "text").unwrap();
    symlink("file", at("link")).unwrap();
    symlink("missing", at("broken")).unwrap();
    assert_eq!(about(&at("link")).unwrap().kind, Kind::File);
    assert_eq!(about_link(&at("link")).unwrap().kind, Kind::Link);
    assert!(exists(&at("link")) && is_file(&at("link")) && !is_folder(&at("link")));
    assert!(!exists(&at("broken")) && about_link(&at("broken")).is_ok());
    assert_eq!(real_path(&at("link")).unwrap(), at("file").canonicalize().unwrap());
    let mut listed: Vec<_> =
        entries(folder.path()).unwrap().into_iter().map(|entry| (entry.name, entry.kind)).collect();
    listed.sort_by(|one, other| one.0.cmp(&other.0));
    let expected = [("broken", Kind::Link), ("file", Kind::File), ("link", Kind::Link)];
    assert_eq!(listed, expected.map(|(name, kind)| (name.into(), kind)));
    assert_eq!(paths_in(folder.path()).len(), 3);
}

#[test]
fn a_file_in_which_nobody_may_look_is_told_apart_from_one_that_is_not_there() {
    use rustix::thread::{CapabilitySet, CapabilitySets, set_capabilities};
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("closed");
    std::fs::write(&path, "text").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o0)).unwrap();
    let read_without_privileges = std::thread::spawn(move || {
        let none = CapabilitySet::empty();
        let capabilities = CapabilitySets { effective: none, permitted: none, inheritable: none };
        set_capabilities(None, capabilities).unwrap();
        (read(&path, 10), may_run(&path))
    });
    assert_eq!(read_without_privileges.join().unwrap(), (Err(Refusal::Denied), false));
}

#[test]
fn a_helper_answers_as_this_program_does() {
    let folder = folder();
    std::fs::write(folder.path().join("file"), "text").unwrap();
    let (mut apart, progress) = (Apart::default(), Progress::default());
    let question = Question::List { most: 10, follow: true };
    let answer = apart.ask(folder.path(), &question, 0, &progress).unwrap().unwrap();
    assert!(matches!(answer, Answer::Listing(listing) if listing.entries.len() == 1));
    let missing = apart.ask(&folder.path().join("missing"), &Question::Read { most: 1 }, 0, &progress);
    assert_eq!(missing.unwrap().unwrap_err(), Refusal::Missing);
    progress.cancel();
    assert_eq!(apart.ask(folder.path(), &question, 0, &progress).unwrap_err(), NoAnswer::Cancelled);
}
