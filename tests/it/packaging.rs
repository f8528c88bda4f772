//! What a package installs: the desktop's own checkers read it, the icon's pictures are those of the drawing.

use crate::support::needed::needed_program;
use inotify_doctor::window::APP_ID;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Runs a checker; what it says when it is not content.
fn content(program: &str, arguments: &[&str], file: &Path) -> Result<(), String> {
    let output = Command::new(program).args(arguments).arg(file).output().expect("the checker can be started");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if output.status.success() { Ok(()) } else { Err(said) }
}

/// Every file below `folder` by its path in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![folder.to_path_buf()];
    while let Some(inside) = left.pop() {
        for entry in fs::read_dir(&inside).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                left.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it is below the folder").to_path_buf();
                found.insert(name, fs::read(&path).expect("the file can be read"));
            }
        }
    }
    found
}

#[test]
fn the_menu_entry_is_valid_and_belongs_to_the_window() {
    needed_program("/usr/bin/desktop-file-validate", "desktop-file-utils");
    let file = here(&format!("dist/applications/{APP_ID}.desktop"));
    assert_eq!(content("desktop-file-validate", &[], &file), Ok(()));
    let text = fs::read_to_string(&file).expect("the menu entry is there");
    let exec = ["TryExec=inotify-doctor", "Exec=inotify-doctor %f", "MimeType=inode/directory;"];
    let own = [format!("Icon={APP_ID}"), format!("StartupWMClass={APP_ID}")];
    for line in exec.map(str::to_owned).into_iter().chain(own) {
        assert!(text.lines().any(|found| found == line), "the menu entry lacks {line}");
    }
}

/// A desktop puts the folder that was opened in the place of `%f`, or nothing: both are taken.
#[test]
fn what_the_menu_entry_says_is_understood_with_a_folder_and_without() {
    for folder in [None, Some("/")] {
        let output = Command::new(env!("CARGO_BIN_EXE_inotify-doctor"))
            .args(folder)
            .env_clear()
            .output()
            .expect("the built program can be started");
        // Without a display the report is printed.
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// What is named after the program's id has that of the code, and nothing has another one.
#[test]
fn every_file_for_the_desktop_is_named_by_the_programs_id() {
    let folders = ["applications", "icons", "metainfo", "polkit"];
    let all = folders.into_iter().flat_map(|folder| files(&here("dist").join(folder)));
    let mut seen = 0;
    for (path, bytes) in all {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a plain name");
        let (stem, ending) = name.strip_prefix(APP_ID).map_or((name, ""), |ending| (APP_ID, ending));
        assert!(stem == APP_ID && ending.starts_with('.'), "{} is not named {APP_ID}.…", path.display());
        seen += 1;
        if ending == ".policy" {
            let text = String::from_utf8(bytes).expect("XML is text");
            let ids: Vec<_> = text.split("<action id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert_eq!(ids, [format!("{APP_ID}.raise-limits"), format!("{APP_ID}.undo")]);
        }
    }
    assert_eq!(seen, 12, "nine icons, menu entry, description, policy");
}

/// The archive's own scripts: what one wrote the other takes away, and what was there stays.
#[test]
fn what_the_archives_install_wrote_its_uninstall_takes_away() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (archive, home) = (folder.path().join("archive"), folder.path().join("home"));
    let put = |to: PathBuf, from: &Path| {
        fs::create_dir_all(to.parent().expect("it is in a folder")).expect("a folder can be made");
        fs::copy(from, to).expect("a file can be copied");
    };
    put(archive.join("bin/inotify-doctor"), Path::new(env!("CARGO_BIN_EXE_inotify-doctor")));
    let entry = format!("share/applications/{APP_ID}.desktop");
    put(archive.join(&entry), &here(&format!("dist/applications/{APP_ID}.desktop")));
    for script in ["install", "uninstall"] {
        put(archive.join(script), &here("dist/scripts").join(script));
    }
    let own = home.join(".local/bin/own");
    fs::create_dir_all(own.parent().expect("it is in a folder")).expect("a folder can be made");
    fs::write(&own, "mine").expect("a file can be written");
    let before = files(&home);

    let prefix = home.join(".local");
    let run = |script: &Path, arguments: &[&Path]| {
        let output = Command::new(script).args(arguments).env("HOME", &home).output().expect("it can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    // Twice, as an update does.
    for _ in 0..2 {
        run(&archive.join("install"), &[&prefix]);
    }
    let text = fs::read_to_string(prefix.join(entry)).expect("the menu entry is installed");
    assert!(text.contains(&format!("\nTryExec={}/bin/inotify-doctor\n", prefix.display())), "{text}");
    assert!(text.contains(&format!("\nExec={}/bin/inotify-doctor %f\n", prefix.display())), "{text}");
    let version = Command::new(prefix.join("bin/inotify-doctor")).arg("--version").output().expect("it is installed");
    assert!(String::from_utf8_lossy(&version.stdout).contains(env!("CARGO_PKG_VERSION")));

    run(&prefix.join("share/inotify-doctor/uninstall"), &[]);
    assert_eq!(files(&home).keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "nothing is left");
    assert!(!prefix.join("share").exists(), "no empty folder is left");
}

#[test]
fn the_description_for_software_centres_is_valid_and_of_this_version() {
    needed_program("/usr/bin/appstreamcli", "appstream");
    let file = here(&format!("dist/metainfo/{APP_ID}.metainfo.xml"));
    assert_eq!(content("appstreamcli", &["validate", "--no-net", "--no-color"], &file), Ok(()));
    let text = fs::read_to_string(&file).expect("the description is there");
    let version = format!("<release version=\"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(&version), "the newest release is not {version}");
    let desktop = format!("<launchable type=\"desktop-id\">{APP_ID}.desktop</launchable>");
    assert!(text.contains(&desktop), "the menu entry is not named");
}

/// The screenshots need an address of the packager's; with one, each that is named is there.
#[test]
fn the_description_with_screenshots_is_valid_and_every_picture_is_there() {
    const ADDRESS: &str = "https://inotify-doctor.example/screenshots";
    needed_program("/usr/bin/appstreamcli", "appstream");
    let made = Command::new(here("dist/make-metainfo")).arg(ADDRESS).output().expect("the script can be started");
    let text = String::from_utf8(made.stdout).expect("XML is text");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join(format!("{APP_ID}.metainfo.xml"));
    fs::write(&file, &text).expect("a temporary file");
    assert_eq!(content("appstreamcli", &["validate", "--no-net", "--no-color"], &file), Ok(()));
    let images = text.split(ADDRESS).skip(1).filter_map(|rest| rest.split('<').next());
    let images: Vec<_> = images.map(|name| here("dist/screenshots").join(name.trim_start_matches('/'))).collect();
    assert_eq!(images.len(), 8, "four steps in two languages");
    for image in images {
        let picture = image::open(&image).unwrap_or_else(|error| panic!("{}: {error}", image.display()));
        assert!(picture.width() >= 752 && picture.height() >= 423, "{} is too small for AppStream", image.display());
    }
    let address = text.replace(ADDRESS, "");
    assert!(!address.contains("<url"), "no address is invented");
    let made = Command::new(here("dist/make-metainfo")).args(["--homepage", ADDRESS]).output();
    let text = String::from_utf8(made.expect("the script can be started").stdout).expect("XML is text");
    assert!(text.contains(&format!("<url type=\"homepage\">{ADDRESS}</url>")), "{text}");
    let refused = Command::new(here("dist/make-metainfo")).arg("http://x\"/>").output().expect("it can be started");
    assert_eq!(refused.status.code(), Some(2), "an address that could break the file is refused");
}

/// The same drawing made into pictures again: the same sizes, and no pixel far from the one in the repository.
/// Other versions of librsvg may round a corner's pixel otherwise.
#[test]
fn the_icons_pictures_are_made_from_the_drawing() {
    const FAR: u8 = 8;
    needed_program("/usr/bin/rsvg-convert", "librsvg2-bin");
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(content("/bin/bash", &[here("dist/make-icons").to_str().expect("a plain path")], folder.path()), Ok(()));
    let (made, kept) = (files(folder.path()), files(&here("dist/icons")));
    assert_eq!(made.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>(), "sizes were added or left out");
    for (name, bytes) in &kept {
        if name.extension().is_some_and(|ending| ending == "svg") {
            assert_eq!(bytes, &made[name], "{} is not the drawing", name.display());
            continue;
        }
        let picture = |bytes: &[u8]| image::load_from_memory(bytes).expect("a picture").to_rgba8();
        let (now, then) = (picture(&made[name]), picture(bytes));
        assert_eq!(now.dimensions(), then.dimensions(), "{}", name.display());
        let far = now.as_raw().iter().zip(then.as_raw()).filter(|(one, other)| one.abs_diff(**other) > FAR).count();
        assert_eq!(far, 0, "{} is not what assets/icon.svg looks like: run dist/make-icons", name.display());
    }
}
