//! Every page in every size, on finer and coarser screens, in every language and in one with longer words: nothing is
//! cut off, nothing lies on something else, nothing is wider than the window.

use super::blocks::Block;
use super::person::Person;
use super::scenes::{Reader, Scene, go};
use eframe::egui::accesskit::Role;
use eframe::egui::epaint::{ClippedShape, TextShape};
use eframe::egui::{Align2, Button, Color32, Rect, Shape, TextStyle, Vec2, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use inotify_doctor::window::fonts;
use inotify_doctor::window::settings::ThemeChoice;
use std::collections::BTreeSet;

/// Inner sizes of the window in points.
const SIZES: [Vec2; 4] =
    [Vec2::new(800.0, 560.0), Vec2::new(1024.0, 640.0), Vec2::new(1600.0, 1000.0), Vec2::new(3840.0, 2160.0)];
/// Pixels for a point.
const SCALES: [f32; 4] = [1.0, 1.25, 1.5, 2.0];
/// So high that no page has to be scrolled.
const WHOLE_PAGE: f32 = 4_000.0;
/// Less than this is rounding.
const SLACK: f32 = 1.0;

/// One line of text on the screen.
pub(super) struct Line {
    pub(super) words: String,
    /// Where it would be.
    pub(super) rect: Rect,
    /// Where it can be seen.
    pub(super) clip: Rect,
    /// Lines of one text are laid out together and do not meet.
    text: usize,
}

/// The lines above the topmost veil: what lies below it is meant to be covered.
pub(super) fn lines<State>(harness: &Harness<'_, State>) -> Vec<Line> {
    let mut lines = Vec::new();
    let screen = harness.ctx.content_rect();
    for (text, ClippedShape { clip_rect, shape, .. }) in harness.output().shapes.iter().enumerate() {
        if covers(shape, screen) {
            lines.clear();
        }
        each_text(shape, &mut |shape| {
            lines.extend(shape.galley.rows.iter().filter_map(|row| {
                let glyphs = &row.row.glyphs;
                let first = glyphs.iter().find(|glyph| !glyph.chr.is_whitespace())?;
                let last = glyphs.iter().rev().find(|glyph| !glyph.chr.is_whitespace())?;
                let (left, right) = (first.pos.x, last.pos.x + last.advance_width);
                let at = shape.pos + row.pos.to_vec2();
                let rect = Rect::from_min_max(at + Vec2::new(left, 0.0), at + Vec2::new(right, row.row.size.y));
                let words = glyphs.iter().map(|glyph| glyph.chr).collect();
                Some(Line { words, rect, clip: *clip_rect, text })
            }));
        });
    }
    lines
}

fn covers(shape: &Shape, screen: Rect) -> bool {
    matches!(shape, Shape::Rect(rect) if rect.rect.contains_rect(screen) && !rect.fill.is_opaque() && rect.fill.a() > 0)
}

fn each_text(shape: &Shape, found: &mut impl FnMut(&TextShape)) {
    match shape {
        Shape::Text(text) => found(text),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| each_text(shape, found)),
        _ => {}
    }
}

/// Fields scroll what is longer than they are, and code is scrolled by hand.
fn fields<State>(harness: &Harness<'_, State>) -> Vec<Rect> {
    let roles = [Role::TextInput, Role::MultilineTextInput];
    roles.into_iter().flat_map(|role| harness.query_all_by_role(role).map(|node| node.rect())).collect()
}

fn faults<State>(harness: &Harness<'_, State>) -> BTreeSet<String> {
    let (lines, fields) = (lines(harness), fields(harness));
    let mut faults = BTreeSet::new();
    for line in &lines {
        let in_field = fields.iter().any(|field| field.expand(SLACK).contains(line.clip.center()));
        let cut = line.rect.left() < line.clip.left() - SLACK || line.rect.right() > line.clip.right() + SLACK;
        if cut && line.rect.intersects(line.clip) && !in_field {
            faults.insert(format!("“{}” is cut off at the side", line.words));
        }
    }
    for (place, one) in lines.iter().enumerate() {
        for other in lines[place + 1..].iter().filter(|other| other.text != one.text) {
            let seen = |line: &Line| line.rect.intersect(line.clip).shrink(SLACK);
            let (a, b) = (seen(one), seen(other));
            if a.is_positive() && b.is_positive() && a.intersects(b) {
                faults.insert(format!("“{}” lies on “{}”", one.words, other.words));
            }
        }
    }
    faults.extend(beyond(harness));
    faults
}

/// Things to press or to read that are wider than the window.
fn beyond<State>(harness: &Harness<'_, State>) -> Vec<String> {
    let screen = harness.ctx.content_rect().expand(SLACK);
    let mut left = vec![harness.root()];
    let mut found = Vec::new();
    while let Some(node) = left.pop() {
        let has_place = node.accesskit_node().bounding_box().is_some();
        if has_place {
            let rect = node.rect();
            let inside = rect.left() >= screen.left() && rect.right() <= screen.right();
            if !inside && rect.is_positive() {
                let name = node.accesskit_node().label().unwrap_or_default();
                found.push(format!("{:?} “{name}” leaves the window: {rect:?}", node.accesskit_node().role()));
            }
        }
        left.extend(node.children());
    }
    found
}

/// Window sizes and scales: each size as it is, and as high as the page at each scale.
fn views(scales: &[f32]) -> Vec<(Vec2, f32)> {
    let as_it_is = SIZES.into_iter().map(|size| (size, 1.0));
    let of = |size: Vec2| scales.iter().map(move |scale| (Vec2::new(size.x, WHOLE_PAGE), *scale));
    let whole = SIZES.into_iter().flat_map(of);
    as_it_is.chain(whole).collect()
}

/// The screen's own scale, as the desktop sets it; the size stays the same in points.
fn show_at(person: &mut Person, size: Vec2, scale: f32) {
    person.harness.set_size(size);
    let screen = person.harness.input_mut().viewports.get_mut(&ViewportId::ROOT).expect("there is one window");
    screen.native_pixels_per_point = Some(scale);
    person.look();
    let shown = (person.harness.ctx.content_rect().size(), person.harness.ctx.pixels_per_point());
    assert_eq!(shown, (size, scale));
}

fn faults_in_views(person: &mut Person, scales: &[f32], page: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (size, scale) in views(scales) {
        show_at(person, size, scale);
        let place = format!("{page} {}×{} at {scale}", size.x, size.y);
        found.extend(faults(&person.harness).into_iter().map(|fault| format!("{fault}\n    ({place})")));
    }
    found
}

fn every_page_holds(reader: Reader) {
    let mut person = reader.opens(ThemeChoice::Light, SIZES[0].into());
    let mut found = BTreeSet::new();
    for scene in Scene::ALL {
        go(&mut person, scene);
        found.extend(faults_in_views(&mut person, &SCALES, &format!("{reader:?} {scene:?}")));
        show_at(&mut person, SIZES[0], 1.0);
    }
    for block in Block::ALL {
        let mut person = block.opens(reader, ThemeChoice::Light, SIZES[0].into());
        found.extend(faults_in_views(&mut person, &SCALES[..1], &format!("{reader:?} {block:?}")));
    }
    let found: Vec<String> = found.into_iter().collect();
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn english_holds() {
    every_page_holds(Reader::English);
}

#[test]
fn chinese_holds() {
    every_page_holds(Reader::Chinese);
}

#[test]
fn words_that_are_longer_hold() {
    every_page_holds(Reader::Longer);
}

/// The checker itself: two texts on one spot, one beyond its clip, and a button beyond the window.
#[test]
fn faults_are_found() {
    let builder = Harness::builder().with_size(Vec2::new(200.0, 100.0));
    let bad = builder.with_context_setup(|ctx| fonts::install(ctx, None)).build_ui(|ui| {
        let at = ui.max_rect().left_top();
        for words in ["one", "other"] {
            ui.painter().text(at, Align2::LEFT_TOP, words, TextStyle::Body.resolve(ui.style()), Color32::WHITE);
        }
        let narrow = Rect::from_min_size(at + Vec2::new(0.0, 50.0), Vec2::new(20.0, 20.0));
        let painter = ui.painter_at(narrow);
        painter.text(narrow.min, Align2::LEFT_TOP, "a long one", TextStyle::Body.resolve(ui.style()), Color32::WHITE);
        ui.put(Rect::from_min_size(at + Vec2::new(0.0, 70.0), Vec2::new(300.0, 20.0)), Button::new("wide"));
    });
    let found: Vec<String> = faults(&bad).into_iter().collect();
    for fault in ["“one” lies on “other”", "“a long one” is cut off", "“wide” leaves the window"] {
        assert!(found.iter().any(|found| found.contains(fault)), "{fault} is not among {found:?}");
    }
}
