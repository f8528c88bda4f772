//! Every page for the eye: both languages, both themes, four sizes and a fine screen, as PNG files.
//!
//! `INOTIFY_DOCTOR_TEST_PICTURES=DIR tests/run --test it window::gallery -- --include-ignored`

use super::scenes::{Reader, Scene, go};
use eframe::egui::{Vec2, ViewportId};
use inotify_doctor::window::settings::ThemeChoice;
use std::env;
use std::path::PathBuf;

/// Names the folder for the pictures.
const FOLDER: &str = "INOTIFY_DOCTOR_TEST_PICTURES";

/// Inner sizes of the window in points, and pixels for a point; the last shows a page as a whole.
const VIEWS: [(&str, [f32; 2], f32); 5] = [
    ("800x560", [800.0, 560.0], 1.0),
    ("1024x640", [1024.0, 640.0], 1.0),
    ("1600x1000", [1600.0, 1000.0], 1.0),
    ("1024x640-twice", [1024.0, 640.0], 2.0),
    ("whole", [1024.0, 2200.0], 1.0),
];

#[test]
#[ignore = "makes 200 pictures to be looked at"]
fn every_page_is_drawn() {
    let folder = PathBuf::from(env::var_os(FOLDER).unwrap_or_else(|| panic!("{FOLDER} names the folder for them")));
    for (reader, language) in [(Reader::English, "en"), (Reader::Chinese, "zh")] {
        for (theme, shade) in [(ThemeChoice::Light, "light"), (ThemeChoice::Dark, "dark")] {
            let mut person = reader.opens(theme, VIEWS[0].1);
            for (number, scene) in Scene::ALL.into_iter().enumerate() {
                go(&mut person, scene);
                for (view, size, scale) in VIEWS {
                    person.harness.set_size(Vec2::from(size));
                    let viewports = &mut person.harness.input_mut().viewports;
                    let screen = viewports.get_mut(&ViewportId::ROOT).expect("there is one window");
                    screen.native_pixels_per_point = Some(scale);
                    person.look();
                    let picture = person.harness.render().expect("the processor can draw");
                    picture.save(folder.join(format!("{language}-{shade}-{view}-{number}.png"))).unwrap();
                }
                person.harness.set_size(Vec2::from(VIEWS[0].1));
                person.look();
            }
        }
    }
}
