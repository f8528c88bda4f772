//! Every page for the eye: both languages, both themes, four sizes and a fine screen, as PNG files.
//!
//! `INOTIFY_DOCTOR_TEST_PICTURES=DIR tests/run --test it window::gallery -- --include-ignored`; with
//! `INOTIFY_DOCTOR_TEST_PICTURES_OF='zh-dark-whole en-light-800'` those alone whose name contains one of these.

use super::blocks::Block;
use super::person::Person;
use super::scenes::{Reader, Scene, go};
use eframe::egui::{Vec2, ViewportId};
use image::RgbaImage;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use inotify_doctor::window::settings::ThemeChoice;
use std::env;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Names the folder for the pictures.
const FOLDER: &str = "INOTIFY_DOCTOR_TEST_PICTURES";

/// Parts of the names of the pictures that are made, with spaces between; all where it is not set.
const PARTS: &str = "INOTIFY_DOCTOR_TEST_PICTURES_OF";

/// Inner sizes of the window in points, and pixels for a point; the last shows a page as a whole.
const VIEWS: [(&str, [f32; 2], f32); 5] = [
    ("800x560", [800.0, 560.0], 1.0),
    ("1024x640", [1024.0, 640.0], 1.0),
    ("1600x1000", [1600.0, 1000.0], 1.0),
    ("1024x640-twice", [1024.0, 640.0], 2.0),
    ("whole", [1024.0, 2200.0], 1.0),
];

#[test]
#[ignore = "makes 340 pictures to be looked at"]
fn every_page_is_drawn() {
    let folder = PathBuf::from(env::var_os(FOLDER).unwrap_or_else(|| panic!("{FOLDER} names the folder for them")));
    let parts = env::var(PARTS).unwrap_or_else(|_| "-".to_owned());
    for (reader, language) in [(Reader::English, "en"), (Reader::Chinese, "zh")] {
        for (theme, shade) in [(ThemeChoice::Light, "light"), (ThemeChoice::Dark, "dark")] {
            let draw = |person: &mut Person, page: &str| {
                for (view, size, scale) in VIEWS {
                    let name = format!("{language}-{shade}-{view}-{page}");
                    if !parts.split_whitespace().any(|part| name.contains(part)) {
                        continue;
                    }
                    shows(person, size, scale);
                    keeps(&person.harness.render().expect("the processor can draw"), &folder.join(name));
                }
                shows(person, VIEWS[0].1, 1.0);
            };
            let mut person = reader.opens(theme, VIEWS[0].1);
            for (number, scene) in Scene::ALL.into_iter().enumerate() {
                go(&mut person, scene);
                draw(&mut person, &number.to_string());
            }
            for block in Block::ALL {
                draw(&mut block.opens(reader, theme, VIEWS[0].1), &format!("{block:?}"));
            }
        }
    }
}

/// Writes it as PNG; quickly, as nobody keeps it for long.
fn keeps(picture: &RgbaImage, file: &Path) {
    let output = BufWriter::new(File::create(file.with_extension("png")).expect("the file can be written"));
    let encoder = PngEncoder::new_with_quality(output, CompressionType::Fast, FilterType::NoFilter);
    picture.write_with_encoder(encoder).expect("the file can be written");
}

fn shows(person: &mut Person, size: [f32; 2], scale: f32) {
    person.harness.set_size(Vec2::from(size));
    let screen = person.harness.input_mut().viewports.get_mut(&ViewportId::ROOT).expect("there is one window");
    screen.native_pixels_per_point = Some(scale);
    person.look();
}
