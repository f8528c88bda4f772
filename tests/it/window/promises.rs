//! Small promises that hold on every page: the home folder is `~`, a wide window's page stands in its middle, the ring
//! of the keyboard is around words and not on them, nothing is shortened where there is room, numbers are grouped.

use super::blocks::Block;
use super::contradictions::page;
use super::fixtures;
use super::layout::lines;
use super::person::{Opened, Person, label};
use super::scenes::{Reader, Scene, go};
use super::theme::sources;
use eframe::egui::accesskit::Role;
use eframe::egui::epaint::{RectShape, TextShape};
use eframe::egui::{Key, Modifiers, OutputCommand, Rect, Shape, StrokeKind, Vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use inotify_doctor::window::settings::ThemeChoice;
use inotify_doctor::window::theme::{Tokens, size};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A window in which there is room for everything.
const ROOMY: [f32; 2] = [1600.0, 4000.0];

/// Every page and every state of one, one after the other.
fn on_every_page(reader: Reader, theme: ThemeChoice, size: [f32; 2], mut look: impl FnMut(&mut Person, &str)) {
    let mut person = reader.opens(theme, size);
    for scene in Scene::ALL {
        go(&mut person, scene);
        look(&mut person, &format!("{scene:?}"));
    }
    for block in Block::ALL {
        look(&mut block.opens(reader, theme, size), &format!("{block:?}"));
    }
}

#[test]
fn the_home_folder_is_a_tilde_on_every_page() {
    for reader in [Reader::English, Reader::Chinese] {
        on_every_page(reader, ThemeChoice::Light, ROOMY, |person, place| {
            let home = person.harness.state().state().home.clone().expect("there is one");
            let home = home.to_str().expect("a plain path");
            let told: Vec<String> = page(person).into_iter().filter(|said| said.contains(home)).collect();
            assert!(told.is_empty(), "{reader:?} {place}: {told:#?}");
        });
    }
}

#[test]
fn in_a_wide_window_the_page_stands_in_the_middle() {
    for width in [1600.0, 3840.0] {
        on_every_page(Reader::English, ThemeChoice::Light, [width, 2000.0], |person, place| {
            let cards: Vec<Rect> = rects(person).filter(is_card).map(|card| card.rect).collect();
            let page = cards.into_iter().reduce(Rect::union).unwrap_or_else(|| panic!("{place} has cards"));
            let (left, right) = (page.left() - size::STEPPER, width - page.right());
            assert!((left - right).abs() <= 2.0, "{place} at {width}: {left} to the left, {right} to the right");
            assert!(page.width() <= size::PAGE + 1.0, "{place} at {width}: {} wide", page.width());
        });
    }
}

/// A card, and no ring around a field that has the keyboard.
fn is_card(shape: &RectShape) -> bool {
    shape.corner_radius.nw == size::CARD_RADIUS && shape.stroke.width > 0.0 && shape.stroke_kind == StrokeKind::Inside
}

fn rects(person: &Person) -> impl Iterator<Item = RectShape> {
    let mut found = Vec::new();
    person.harness.output().shapes.iter().for_each(|clipped| each_rect(&clipped.shape, &mut found));
    found.into_iter()
}

fn each_rect(shape: &Shape, found: &mut Vec<RectShape>) {
    match shape {
        Shape::Rect(rect) => found.push(rect.clone()),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| each_rect(shape, found)),
        _ => {}
    }
}

#[test]
fn the_ring_of_the_keyboard_is_around_words_and_is_not_the_line_of_what_is_chosen() {
    for (theme, tokens) in [(ThemeChoice::Light, Tokens::LIGHT), (ThemeChoice::Dark, Tokens::DARK)] {
        assert_ne!(tokens.text, tokens.accent);
        let is_ring = |rect: &RectShape| {
            rect.stroke_kind == StrokeKind::Outside
                && rect.stroke.color == tokens.text
                && (rect.stroke.width - size::STRONG_LINE).abs() < f32::EPSILON
        };
        let mut person = Reader::English.opens(theme, [1120.0, 3000.0]);
        for scene in [Scene::Project, Scene::Judgement, Scene::Fix, Scene::Checked] {
            go(&mut person, scene);
            let mut reached = Vec::new();
            loop {
                person.keys(Modifiers::NONE, Key::Tab);
                let Some(now) = focused(&person) else { continue };
                if reached.contains(&now) || reached.len() > 100 {
                    break;
                }
                let rings: Vec<RectShape> = rects(&person).filter(is_ring).collect();
                let [ring] = &rings[..] else { panic!("{scene:?}: “{now}” has one ring: {rings:?}") };
                let outer = ring.rect.expand(ring.stroke.width);
                let on_it = lines(&person.harness).into_iter().find(|line| {
                    let words = line.rect.intersect(line.clip);
                    words.is_positive() && outer.intersects(words) && !ring.rect.expand(0.5).contains_rect(words)
                });
                assert!(on_it.is_none(), "{theme:?} {scene:?}: the ring of “{now}” crosses “{}”", on_it.unwrap().words);
                reached.push(now);
            }
            assert!(reached.len() > 8, "{scene:?}: Tab leads through the page: {reached:?}");
        }
    }
}

/// What has the keyboard, by its role, name and place.
fn focused(person: &Person) -> Option<String> {
    let mut all = person.harness.root().children_recursive();
    let node = all.find(|node| node.accesskit_node().is_focused())?;
    Some(format!("{:?} {} {:?}", node.accesskit_node().role(), label(&node).unwrap_or_default(), node.rect().min))
}

#[test]
fn where_there_is_room_nothing_is_shortened() {
    for reader in [Reader::English, Reader::Chinese] {
        on_every_page(reader, ThemeChoice::Light, ROOMY, |person, place| {
            let mut cut = Vec::new();
            // An area of the map is as small as what it stands for.
            let map = person.harness.query_all_by_role(Role::Image).next().map_or(Rect::NOTHING, |map| map.rect());
            for clipped in &person.harness.output().shapes {
                each_text(&clipped.shape, &mut |text| {
                    if is_shortened(text) && !map.contains(text.pos) {
                        cut.push(text.galley.text().to_owned());
                    }
                });
            }
            assert!(cut.is_empty(), "{reader:?} {place}: {cut:#?}");
        });
    }
}

/// Cut at its end, or a path without its middle; other ellipses belong to the words.
fn is_shortened(text: &TextShape) -> bool {
    let without_middle = |word: &str| word.contains('/') && word.trim_end_matches('…').contains('…');
    text.galley.elided || text.galley.text().split_whitespace().any(without_middle)
}

fn each_text(shape: &Shape, found: &mut impl FnMut(&TextShape)) {
    match shape {
        Shape::Text(text) => found(text),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| each_text(shape, found)),
        _ => {}
    }
}

/// One sign for what opens: drawn, in one place, for menus, fields and disclosures alike.
#[test]
fn there_is_one_kind_of_caret() {
    let window = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/window");
    let (mut choices, mut others) = (0, Vec::new());
    for file in sources(&window) {
        let code = fs::read_to_string(&file).expect("the source can be read");
        let boxes = code.matches("ComboBox::from").count();
        choices += boxes;
        let ours = code.matches(".icon(field::arrow)").count() + code.matches(".icon(self::arrow)").count();
        if boxes != ours || code.contains("CollapsingHeader") || code.contains(['▼', '▾', '▸', '▶', '⌄', '›', '⏵', '⏷'])
        {
            others.push(file);
        }
    }
    assert!(others.is_empty(), "signs of their own: {others:?}");
    assert!(choices > 1, "there are choices");
}

fn at_fix() -> Person {
    let mut person = Opened { size: [1120.0, 2400.0], ..Opened::default() }.open().shown(fixtures::starved());
    person.press("Fix");
    person.waits_until("the plans are made", |person| person.harness.state().state().fix.is_current());
    person
}

fn field(person: &Person, name: &str) -> String {
    person.harness.get_by_role_and_label(Role::TextInput, name).accesskit_node().value().unwrap_or_default()
}

#[test]
fn numbers_in_fields_are_grouped_and_explained() {
    let mut person = at_fix();
    assert_eq!(field(&person, "New limit"), "524,288");
    let why = "Recommended: the need and a quarter more, at least 65,536 for up to 1,000 files";
    assert!(person.sees_part(why), "the table behind the recommended value stands where it is offered");
    person.replace_text("New limit", "1000000");
    person.keys(Modifiers::NONE, Key::Tab);
    assert_eq!(field(&person, "New limit"), "1,000,000", "once the keyboard has left the field");
    person.waits_until("the plan is made anew", |person| person.harness.state().state().fix.is_current());
    assert!(person.sees("+ fs.inotify.max_user_watches = 1000000"), "a file has plain digits");
}

#[test]
fn whoever_wants_more_finds_the_documentation() {
    let mut person = at_fix();
    for (card, document) in [
        ("", "Manual page inotify(7)"),
        ("", "Kernel: limits in /proc/sys/fs"),
        ("Stop Streamlit watching files", "Streamlit: config.toml"),
    ] {
        if !card.is_empty() {
            person.press(card);
            person.waits_until("the plans are made", |person| person.harness.state().state().fix.is_current());
        }
        person.harness.get_by_label(document).click();
        person.harness.step();
        let opens =
            |command: &OutputCommand| matches!(command, OutputCommand::OpenUrl(url) if url.url.starts_with("https://"));
        let asked = &person.harness.output().platform_output.commands;
        assert!(asked.iter().any(opens), "“{document}” is opened: {asked:?}");
    }
}

#[test]
fn the_log_of_a_restarted_app_is_shown_and_opened_by_the_desktop() {
    let mut person = Block::Restarted.opens(Reader::English, ThemeChoice::Light, [1120.0, 2400.0]);
    let home = person.kept[0].path().to_owned();
    let opened = home.join("opened");
    let desktop = home.join("bin/xdg-open");
    fs::create_dir_all(desktop.parent().expect("it is in a folder")).expect("a folder can be made");
    fs::write(&desktop, format!("#!/bin/sh\necho \"$1\" > {}\n", opened.display())).expect("a file can be written");
    fs::set_permissions(&desktop, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let log = "~/.local/state/inotify-doctor/logs/7.log";
    assert!(person.sees(&format!("A terminal cannot be handed on: what the app says is now in {log}")));
    assert!(person.sees_part("inotify watch limit reached"), "its end is on the page");
    person.press("Open the log");
    let written = |file: &Path| fs::read_to_string(file).is_ok_and(|text| text.ends_with("logs/7.log\n"));
    person.waits_until("the desktop has opened it", |_| written(&opened));
}

/// The page as large as the smallest window, to be sure that the tests above look at what is drawn.
#[test]
fn a_shortened_path_is_seen_as_one() {
    let mut person = Reader::English.opens(ThemeChoice::Light, size::LEAST_WINDOW);
    go(&mut person, Scene::Project);
    person.harness.set_size(Vec2::new(420.0, 560.0));
    person.look();
    let mut cut = 0;
    for clipped in &person.harness.output().shapes {
        each_text(&clipped.shape, &mut |text| {
            cut += usize::from(is_shortened(text));
        });
    }
    assert!(cut > 0, "there is no room here");
}
