//! Files that are replaced, appear meanwhile or are none.

use super::*;
use rustix::fs::XattrFlags;
use std::ffi::OsStr;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

fn names(folder: &Path) -> Vec<OsString> {
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

#[test]
fn a_replaced_file_keeps_its_mode_and_attributes_and_leaves_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    std::fs::write(&path, "old").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let marked = rustix::fs::setxattr(&path, "user.mark", b"kept", XattrFlags::empty()).is_ok();
    write(&path, b"new").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"new");
    assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o7777, 0o640);
    if marked {
        let mut value = [0; 16];
        let length = rustix::fs::getxattr(&path, "user.mark", &mut value[..]).unwrap();
        assert_eq!(&value[..length], b"kept");
    }
    assert_eq!(names(folder.path()), ["a.toml"]);
}

#[test]
fn a_file_that_appears_meanwhile_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let place = Place::of(&path).unwrap();
    let appears = |_: &Place| std::fs::write(&path, "theirs").map(|()| true);
    assert!(!place.put(b"ours", OsStr::new(".draft"), appears).unwrap());
    assert_eq!(std::fs::read(&path).unwrap(), b"theirs");
    assert_eq!(names(folder.path()), ["a"]);
}

#[test]
fn a_link_on_the_way_is_refused_and_a_link_as_the_file_too() {
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().canonicalize().unwrap();
    std::fs::create_dir(real.join("there")).unwrap();
    symlink(real.join("there"), real.join("link")).unwrap();
    symlink(real.join("x"), real.join("there/file")).unwrap();
    let error = Place::without_links(&real.join("link/file")).unwrap_err();
    assert_eq!(error.raw_os_error(), Some(Errno::LOOP.raw_os_error()));
    let error = Place::without_links(&real.join("there/file")).unwrap().read().unwrap_err();
    assert_eq!(error.raw_os_error(), Some(Errno::LOOP.raw_os_error()));
}

#[test]
fn what_is_not_a_file_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        folder.path().join("pipe"),
        rustix::fs::FileType::Fifo,
        Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    let error = Place::of(&folder.path().join("pipe")).unwrap().read().unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
    assert!(write(&folder.path().join("pipe"), b"x").is_err());
}
