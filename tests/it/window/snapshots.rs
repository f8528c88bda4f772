//! The four steps as pictures, light and dark, in both languages. A change is looked at before it is kept:
//! `UPDATE_SNAPSHOTS=1 tests/run --test it snapshots` writes new ones, and git shows them side by side.
//!
//! They are drawn by the processor alone (`support/painter.rs`), so no graphics driver has a say. The Chinese ones need
//! the very font they were made with; the test says so where it is another one.

use super::person::Person;
use super::scenes::{Reader, Scene, go};
use eframe::egui::accesskit::Role;
use eframe::egui::{Rect, pos2, vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::{SnapshotOptions, SnapshotResults};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use inotify_doctor::say;
use inotify_doctor::window::settings::ThemeChoice;
use inotify_doctor::window::theme::{size, space};
use inotify_doctor::words::Words;
use std::fs::File;
use std::io::BufWriter;
use std::process::Command;

const FOLDER: &str = "tests/it/window/snapshots";
const SIZE: [f32; 2] = [1024.0, 640.0];

const STEPS: [(Scene, &str); 4] = [
    (Scene::Project, "1-project"),
    (Scene::Judgement, "2-diagnosis"),
    (Scene::Fix, "3-fix"),
    (Scene::Checked, "4-verify"),
];

fn looks_as_kept(reader: Reader, language: &str, theme: ThemeChoice, theme_name: &str) {
    let options = SnapshotOptions::new().output_path(FOLDER);
    let mut person = reader.opens(theme, SIZE);
    let mut results = SnapshotResults::new();
    for (scene, name) in STEPS {
        go(&mut person, scene);
        mask_password(&mut person);
        let name = format!("{name}-{language}-{theme_name}");
        results.add(person.harness.try_snapshot_options(&name, &options));
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            squeeze(&format!("{FOLDER}/{name}.png"));
        }
    }
    results.unwrap();
}

/// Whether a password is needed depends on whether root runs the test: what stands from Apply on down is covered, and
/// the scroll bar, whose length tells how much there is.
fn mask_password(person: &mut Person) {
    let words = Words::new(person.harness.state().language());
    let (apply, back) = (say!(words, "fix-apply"), say!(words, "window-back"));
    let button =
        |name: &str| person.harness.query_all_by_role_and_label(Role::Button, name).next().map(|button| button.rect());
    let (Some(apply), Some(back)) = (button(&apply), button(&back)) else { return };
    let end = back.top() - space::M;
    let right = person.harness.ctx.content_rect().right();
    person.harness.mask(Rect::from_min_max(apply.left_top() - vec2(space::XL, 0.0), pos2(right, end)));
    person.harness.mask(Rect::from_min_max(pos2(right - space::M, size::TOP_BAR), pos2(right, end)));
}

/// The same picture in fewer bytes: the repository keeps every version of it.
fn squeeze(file: &str) {
    let picture = image::open(file).expect("it was just written").to_rgb8();
    let output = BufWriter::new(File::create(file).expect("it can be written again"));
    let encoder = PngEncoder::new_with_quality(output, CompressionType::Best, FilterType::NoFilter);
    picture.write_with_encoder(encoder).expect("it can be written again");
}

/// Noto Sans CJK 2.004, which Debian 12 and 13 have; fontconfig tells versions in 65536ths.
fn has_the_pictures_font() {
    let answer = Command::new("fc-match").args(["-f", "%{family[0]} %{fontversion}", "sans-serif:lang=zh-cn"]).output();
    let answer = answer.expect("fc-match can be started (package fontconfig)");
    let font = String::from_utf8_lossy(&answer.stdout).into_owned();
    assert_eq!(
        font, "Noto Sans CJK SC 131334",
        "the Chinese pictures were made with Noto Sans CJK SC 2.004 (package fonts-noto-cjk) as the system's choice"
    );
}

#[test]
fn in_english_and_light() {
    looks_as_kept(Reader::English, "en", ThemeChoice::Light, "light");
}

#[test]
fn in_english_and_dark() {
    looks_as_kept(Reader::English, "en", ThemeChoice::Dark, "dark");
}

#[test]
fn in_chinese_and_light() {
    has_the_pictures_font();
    looks_as_kept(Reader::Chinese, "zh-CN", ThemeChoice::Light, "light");
}

#[test]
fn in_chinese_and_dark() {
    has_the_pictures_font();
    looks_as_kept(Reader::Chinese, "zh-CN", ThemeChoice::Dark, "dark");
}
