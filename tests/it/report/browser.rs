//! The HTML form in a real browser: it follows the reader's light or dark scheme, and it prints on A4.

use super::{big, proof, rendered};
use inotify_doctor::report::Format;
use inotify_doctor::words::Language;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Nothing of Chromium's own goes out, and nothing outlives the test.
const QUIETLY: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-pdf-header-footer",
    "--window-size=1100,900",
];

/// A folder with the big report as `page.html`.
fn folder(language: Language) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let report = proof::report(&big::survey(), language, true);
    let page = rendered(&report, Format::Html, language);
    fs::write(folder.path().join("page.html"), page).expect("the page can be written");
    folder
}

/// Opens the page where `dark` is the reader's scheme, and makes what `option` asks for.
fn open(folder: &Path, dark: bool, option: &str) {
    let scheme =
        if dark { "--blink-settings=preferredColorScheme=0" } else { "--blink-settings=preferredColorScheme=1" };
    let output = Command::new("timeout")
        .args(["60", "chromium"])
        .args(QUIETLY)
        .args([scheme, option])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("file://{}", folder.join("page.html").display()))
        .current_dir(folder)
        .output()
        .expect("chromium can be started (tests/run installs it)");
    assert!(output.status.success(), "chromium shows the page: {}", String::from_utf8_lossy(&output.stderr));
}

/// The colour of the page's corner.
fn ground(folder: &Path, picture: &str) -> String {
    let output = Command::new("convert")
        .args([picture, "-depth", "8", "-format", "%[hex:p{2,2}]", "info:"])
        .current_dir(folder)
        .output()
        .expect("ImageMagick can be started (tests/run installs it)");
    String::from_utf8_lossy(&output.stdout).chars().take(6).collect()
}

#[test]
fn the_page_follows_the_scheme_of_its_reader() {
    for language in Language::ALL {
        let folder = folder(language);
        for (dark, colour) in [(false, "F6F7F9"), (true, "15181D")] {
            open(folder.path(), dark, "--screenshot=page.png");
            assert_eq!(ground(folder.path(), "page.png"), colour, "in a dark scheme: {dark}");
        }
    }
}

#[test]
fn the_page_prints_on_a4() {
    let folder = folder(Language::English);
    open(folder.path(), true, "--print-to-pdf=page.pdf");
    let pdf = fs::read(folder.path().join("page.pdf")).expect("the page was printed");
    let text = String::from_utf8_lossy(&pdf);
    let sizes: Vec<&str> = text.split("/MediaBox [").skip(1).filter_map(|rest| rest.split(']').next()).collect();
    assert!(!sizes.is_empty() && sizes.len() < 12, "the big report takes a few pages: {}", sizes.len());
    // 210 by 297 mm in points, as Chromium rounds them.
    assert!(sizes.iter().all(|size| size.starts_with("0 0 59") && size.contains(" 84")), "every page is A4: {sizes:?}");
}
