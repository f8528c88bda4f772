//! The look as it really is: every text on the ground it stands on, nothing that moves by itself, and no number of
//! the look outside the theme.

use super::person::Person;
use super::scenes::{Reader, Scene, go};
use eframe::egui::epaint::TextShape;
use eframe::egui::{Color32, Context, Rect, Rgba, Shape, Theme};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT;
use inotify_doctor::window::settings::ThemeChoice;
use inotify_doctor::window::theme;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// WCAG 2 AA, for text that is not large. The window has none that is.
const LEAST: f32 = 4.5;

/// Contrast of two opaque colours as WCAG 2 defines it.
fn contrast(one: Color32, other: Color32) -> f32 {
    let luminance = |colour: Color32| {
        let linear = Rgba::from(colour);
        0.2126 * linear.r() + 0.7152 * linear.g() + 0.0722 * linear.b()
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What has been painted so far, in the order of painting.
type Grounds = Vec<(Rect, Color32)>;

/// The colour below a text: whatever fills were painted there before it.
fn ground(grounds: &Grounds, text: Rect) -> Color32 {
    let below = grounds.iter().filter(|(rect, _)| rect.contains(text.center()));
    below.fold(Color32::TRANSPARENT, |ground, (_, fill)| ground.blend(*fill))
}

fn look_at(shape: &Shape, clip: Rect, grounds: &mut Grounds, found: &mut impl FnMut(&TextShape, &Grounds, Rect)) {
    match shape {
        Shape::Rect(rect) if rect.fill != Color32::TRANSPARENT => grounds.push((rect.rect.intersect(clip), rect.fill)),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| look_at(shape, clip, grounds, found)),
        Shape::Text(text) => found(text, grounds, clip),
        _ => {}
    }
}

/// Places of what cannot be pressed now: WCAG asks no contrast of it.
fn disabled(person: &Person) -> Vec<Rect> {
    let mut left: Vec<Node<'_>> = vec![person.harness.root()];
    let mut found = Vec::new();
    while let Some(node) = left.pop() {
        if node.accesskit_node().is_disabled() {
            found.push(node.rect());
        }
        left.extend(node.children());
    }
    found
}

/// Texts that can hardly be read, with their contrast.
fn pale(person: &Person) -> BTreeSet<String> {
    let (mut pale, disabled) = (BTreeSet::new(), disabled(person));
    let mut grounds = Grounds::new();
    for clipped in &person.harness.output().shapes {
        look_at(&clipped.shape, clipped.clip_rect, &mut grounds, &mut |text, grounds, clip| {
            let rect = text.visual_bounding_rect();
            if !rect.is_positive() || !clip.intersects(rect) || disabled.iter().any(|off| off.contains(rect.center())) {
                return;
            }
            let ground = ground(grounds, rect.intersect(clip));
            for section in &text.galley.job.sections {
                let own = section.format.color;
                let own = if own == Color32::PLACEHOLDER { text.fallback_color } else { own };
                let colour = ground.blend(text.override_text_color.unwrap_or(own).gamma_multiply(text.opacity_factor));
                let ratio = contrast(colour, ground);
                if ratio < LEAST {
                    pale.insert(format!("“{}”: {colour:?} on {ground:?} has {ratio:.2}", text.galley.text()));
                }
            }
        });
    }
    pale
}

#[test]
fn every_text_can_be_read_where_it_stands_in_both_themes() {
    for theme in [ThemeChoice::Light, ThemeChoice::Dark] {
        let mut person = Reader::English.opens(theme, [1120.0, 3_000.0]);
        for scene in Scene::ALL {
            go(&mut person, scene);
            person.harness.remove_cursor();
            person.look();
            let pale = pale(&person);
            assert!(pale.is_empty(), "{theme:?} {scene:?}, WCAG AA asks for {LEAST}: {pale:#?}");
        }
    }
}

/// "Reduce motion" has nothing to reduce.
#[test]
fn nothing_moves_by_itself() {
    // Not a harness' context: that one is kept from moving anyway.
    let ctx = Context::default();
    theme::apply(&ctx);
    for theme in [Theme::Light, Theme::Dark] {
        let style = ctx.style_of(theme);
        assert!(style.animation_time.abs() < f32::EPSILON, "{theme:?}: nothing fades or slides");
        assert_eq!(style.scroll_animation, eframe::egui::style::ScrollAnimation::none(), "{theme:?}: pages jump");
        assert!(!style.visuals.text_cursor.blink, "{theme:?}: the caret stays");
    }
}

/// Files with sizes of their own, and why.
const OWN_SIZES: [(&str, &str); 12] = [
    ("steps/diagnosis", "pictures and columns of tables, measured on their contents"),
    ("steps/fix", "columns and heights measured on their contents"),
    ("steps/verify", "the marks of the checks"),
    ("export.rs", "the dialog's columns"),
    ("portal.rs", "factors of the size of text"),
    ("state/tiles.rs", "the map of folders' own geometry"),
    ("widgets/bars.rs", "a chart's own geometry"),
    ("widgets/figures.rs", "columns shared out by their number"),
    ("widgets/line_chart.rs", "a chart's own geometry"),
    ("widgets/hatch.rs", "the pattern itself"),
    ("widgets/table.rs", "the arrow of the column that sorts"),
    ("widgets/treemap.rs", "no sizes, only areas; its tests have some"),
];

#[test]
fn sizes_and_colours_stand_in_the_theme() {
    let window = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/window");
    let mut strays = Vec::new();
    for file in sources(&window) {
        let name = file.strip_prefix(&window).expect("below the window").display().to_string();
        if name.starts_with("theme/") {
            continue;
        }
        let own = OWN_SIZES.iter().any(|(own, _)| name.starts_with(own));
        let text = fs::read_to_string(&file).expect("the source can be read");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let line = line.split("//").next().unwrap_or_default();
            let found = if own { colours(line) } else { [colours(line), sizes(line)].concat() };
            strays.extend(found.into_iter().map(|one| format!("{name}:{}: {one} in `{}`", number + 1, line.trim())));
        }
    }
    assert!(strays.is_empty(), "sizes and colours belong into src/window/theme:\n{}", strays.join("\n"));
}

#[test]
fn a_stray_size_is_found_and_a_factor_is_not() {
    assert_eq!(sizes("ui.add_space(13.0);"), ["13.0"]);
    assert_eq!(sizes("Margin::symmetric(12, 8)"), ["12", "8"]);
    assert_eq!(sizes("Stroke::new(1.5, ink)"), ["1.5"]);
    assert_eq!(sizes("egui::vec2(0.0, 2.0 * space::S) / 2.0 + rows * 3.0"), Vec::<String>::new());
    assert_eq!(sizes("for place in 0..5 { columns[1].0 }"), Vec::<String>::new());
    assert_eq!(colours("(Color32::RED, egui::Color32::TRANSPARENT)"), ["Color32::RED"]);
}

/// egui's own colours: no theme of ours knows them. What is no colour at all may be used.
fn colours(line: &str) -> Vec<String> {
    let named = line.split("Color32::").skip(1).map(|rest| {
        rest.chars().take_while(|letter| letter.is_ascii_uppercase() || *letter == '_').collect::<String>()
    });
    let of_egui = named.filter(|name| name.len() > 1 && !["TRANSPARENT", "PLACEHOLDER"].contains(&name.as_str()));
    of_egui.map(|name| format!("Color32::{name}")).collect()
}

/// Numbers with a point that are neither 0.0 nor a factor nor the end of a share, and whole numbers given to margins and corners.
fn sizes(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at].is_ascii_digit() && (at == 0 || !is_name(bytes[at - 1]));
        if !begins {
            at += 1;
            continue;
        }
        let end = at
            + line[at..]
                .find(|character: char| !character.is_ascii_digit() && character != '.')
                .unwrap_or(line.len() - at);
        let (number, before, after) = (&line[at..end], line[..at].trim_end(), line[end..].trim_start());
        let factor = before.ends_with(['*', '/']) || after.starts_with(['*', '/']) || before.ends_with(".min(");
        let whole = before.rsplit_once('(').is_some_and(|(call, between)| {
            let call = call.ends_with("Margin::same") || call.ends_with("symmetric") || call.ends_with("Radius::same");
            call && !between.contains(')')
        });
        let fraction = number
            .split_once('.')
            .is_some_and(|(_, fraction)| !fraction.is_empty() && fraction.chars().all(|digit| digit.is_ascii_digit()));
        let zero = number.trim_matches(['0', '.']).is_empty();
        if (fraction && !factor || whole) && !zero {
            found.push(number.to_owned());
        }
        at = end;
    }
    found
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.'
}

/// The files of source in and below a folder.
pub(super) fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the sources can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}
