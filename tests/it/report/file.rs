//! Saving a report: all of it or nothing, never through a link, never over anything that is not a plain file.

use inotify_doctor::report::{WriteError, write_file};
use inotify_doctor::words::{Language, Words};
use std::fs;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_new_file_holds_the_report_and_nothing_else_is_left() {
    let folder = folder();
    write_file(&folder.path().join("report.md"), b"hello\n").expect("it can be written");
    assert_eq!(names_in(folder.path()), ["report.md"], "no temporary file is left");
    assert_eq!(fs::read(folder.path().join("report.md")).expect("it can be read"), b"hello\n");
}

#[test]
fn a_file_that_is_replaced_keeps_its_mode() {
    let folder = folder();
    let path = folder.path().join("report.md");
    fs::write(&path, "a much longer text that was there before").expect("it can be written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("its mode can be set");
    write_file(&path, b"new").expect("it can be replaced");
    assert_eq!(fs::read(&path).expect("it can be read"), b"new", "nothing of the old text is left");
    let mode = fs::metadata(&path).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o7777, 0o640, "the mode is kept");
}

#[test]
fn a_link_is_not_followed_and_not_replaced() {
    let folder = folder();
    let (elsewhere, link) = (folder.path().join("important"), folder.path().join("report.md"));
    fs::write(&elsewhere, "important").expect("it can be written");
    for target in [elsewhere.as_path(), Path::new("nowhere"), Path::new("/dev/null")] {
        symlink(target, &link).expect("a link can be made");
        let error = write_file(&link, b"new").expect_err("a link is refused");
        assert!(matches!(error, WriteError::Link(_)), "{error}");
        assert_eq!(fs::read_link(&link).expect("it is still a link"), target);
        fs::remove_file(&link).expect("it can be removed");
    }
    assert_eq!(fs::read(&elsewhere).expect("it can be read"), b"important", "what the link led to is untouched");
    assert_eq!(names_in(folder.path()), ["important"]);
}

#[test]
fn a_device_and_a_folder_are_refused() {
    let folder = folder();
    for path in [Path::new("/dev/full"), folder.path()] {
        let error = write_file(path, b"new").expect_err("it is no plain file");
        assert!(matches!(error, WriteError::NotAFile(_)), "{error}");
    }
    let device = fs::metadata("/dev/full").expect("it is there").file_type();
    assert!(device.is_char_device(), "the device is still a device");
}

#[test]
fn a_path_that_leads_nowhere_is_told_in_a_sentence() {
    let folder = folder();
    let words = Words::new(Language::English);
    let missing = folder.path().join("missing/report.md");
    let sentence = write_file(&missing, b"new").expect_err("there is no such folder").sentence(&words);
    assert!(sentence.contains("missing cannot be opened: No such file or directory"), "{sentence}");
    let sentence = write_file(Path::new("/"), b"new").expect_err("no file name").sentence(&words);
    assert!(sentence.contains("does not end in a file name"), "{sentence}");
}

#[test]
fn a_full_disk_leaves_the_old_file_and_no_trace() {
    let seen = on_a_small_disk("true");
    assert!(seen.contains("could not be written: No space left on device"), "{seen}");
    assert!(seen.contains("files: [\"report.md\"], old: \"old\""), "{seen}");
}

#[test]
fn a_read_only_disk_leaves_the_old_file_and_no_trace() {
    let seen = on_a_small_disk("mount -o remount,ro \"$FOLDER\"");
    assert!(seen.contains("could not be written: Read-only file system"), "{seen}");
    assert!(seen.contains("files: [\"report.md\"], old: \"old\""), "{seen}");
}

#[test]
fn a_folder_that_may_not_be_written_leaves_the_old_file_and_no_trace() {
    // Not as the root of a namespace, who may write everywhere: as a user without rights, inside it.
    let seen = on_a_small_disk("chmod 555 \"$FOLDER\"; set -- setpriv --inh-caps=-all --bounding-set=-all \"$@\"");
    assert!(seen.contains("could not be written: Permission denied"), "{seen}");
    assert!(seen.contains("files: [\"report.md\"], old: \"old\""), "{seen}");
}

/// Runs [`writes_half_a_megabyte`] in a private mount namespace, on a disk of 64 KiB that `then` has changed.
fn on_a_small_disk(then: &str) -> String {
    let folder = folder();
    let script = format!(
        "mount -t tmpfs -o size=64k none \"$FOLDER\" && printf old > \"$FOLDER/report.md\" && {{ {then}; }} && exec \"$@\""
    );
    let program = std::env::current_exe().expect("a test knows its own file");
    let test = ["--exact", "report::file::writes_half_a_megabyte", "--ignored", "--nocapture"];
    let output: Output = Command::new("unshare")
        .args(["-rm", "sh", "-c", &script, "sh"])
        .arg(program)
        .args(test)
        .env("FOLDER", folder.path())
        .output()
        .expect("unshare can be run");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "the inner test ran: {}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

#[test]
#[ignore = "run by the tests above, on a disk that they prepare"]
#[allow(clippy::print_stdout, reason = "the tests above read it")]
fn writes_half_a_megabyte() {
    let folder = std::env::var_os("FOLDER").expect("the tests above set it");
    let path = Path::new(&folder).join("report.md");
    let error = write_file(&path, &vec![b'x'; 512 * 1024]).expect_err("the disk does not take it");
    println!("{}", error.sentence(&Words::new(Language::English)));
    println!(
        "files: {:?}, old: {:?}",
        names_in(Path::new(&folder)),
        fs::read_to_string(&path).expect("it can be read")
    );
}
