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
    for line in [format!("Icon={APP_ID}"), format!("StartupWMClass={APP_ID}"), "Exec=inotify-doctor".to_owned()] {
        assert!(text.lines().any(|found| found == line), "the menu entry lacks {line}");
    }
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
