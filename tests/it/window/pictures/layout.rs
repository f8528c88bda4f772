//! The step in every size of window and of letters, with sentences that are longer than English ones.

use super::{fixtures, states};
use eframe::egui::epaint::{ClippedShape, Shape};
use eframe::egui::{Rect, accesskit::Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use inotify_doctor::diagnosis;
use inotify_doctor::machine::Places;
use inotify_doctor::remedy::offer::Case;
use inotify_doctor::survey::Survey;
use inotify_doctor::window::look::{Actions, Look};
use inotify_doctor::window::state::{Judged, SurveyState, Tab, WindowState, WizardStep};
use inotify_doctor::window::theme::{self, Tokens, size, space};
use inotify_doctor::window::{chrome, fonts, steps};
use inotify_doctor::words::{Language, Words};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Widths of the window in points, not pixels; so high that nothing has to be scrolled to, as only what is in sight is
/// drawn.
const WIDTHS: [f32; 5] = [800.0, 960.0, 1024.0, 1600.0, 3840.0];
const HEIGHT: f32 = 2600.0;
const SCALES: [f32; 3] = [1.25, 1.5, 2.0];
const CLOSE: f32 = 1.0;

/// Sentences as another language may say them: every vowel twice makes them a good third longer.
fn long_words() -> Words {
    fn longer(text: &str) -> Cow<'_, str> {
        let twice = |letter: char| std::iter::repeat_n(letter, 1 + usize::from("aeiouyAEIOUY".contains(letter)));
        text.chars().flat_map(twice).collect::<String>().into()
    }
    let words = Words::new(Language::English);
    words.loader.with_bundles_mut(|bundle| bundle.set_transform(Some(longer)));
    words
}

fn state(survey: Survey, tab: Tab) -> WindowState {
    let diagnosis = diagnosis::judge(&survey);
    let mut state =
        WindowState { step: WizardStep::Diagnosis, home: Some("/home/mia".into()), ..WindowState::default() };
    state.fix.take(Case::of(&survey, &diagnosis, &BTreeMap::new(), &Places::default()));
    state.request.project = survey.project.as_ref().map(|project| project.root.clone());
    let page = &mut state.diagnosis;
    (page.tab, page.details, page.gauge_table, page.watched_table) = (tab, true, true, true);
    page.selected = Some(fixtures::APP);
    for (at, watches) in [(1_760_000_000, 8_190), (1_760_000_060, 8_102), (1_760_000_120, 8_192)] {
        page.watched.read(at, watches);
    }
    state.facts = SurveyState::Ready(Arc::new(Judged { survey, diagnosis }));
    state
}

/// The step in a window of this size, without the bars around it.
fn drawn(survey: Survey, tab: Tab, size: [f32; 2], scale: f32) -> Harness<'static, WindowState> {
    let words = long_words();
    let mut harness = Harness::builder()
        .with_size(vec2(size[0], size[1]))
        .with_pixels_per_point(scale)
        .with_max_steps(12)
        .with_context_setup(|ctx| {
            theme::apply(ctx);
            fonts::install(ctx, None);
        })
        .build_ui_state(
            move |ui, state: &mut WindowState| {
                let home = state.home.clone();
                let look = Look { words: &words, tokens: &Tokens::LIGHT, home: home.as_deref() };
                let mut actions = Actions::new();
                chrome::stepper::show(ui, look, state, &mut actions);
                steps::show(ui, look, state, &mut actions);
            },
            state(survey, tab),
        );
    harness.run();
    harness
}

/// Text that is cut by what it stands in, or that leaves the window to the side.
fn cut(shapes: &[ClippedShape], width: f32) -> Vec<String> {
    fn texts(shape: &Shape, found: &mut Vec<(Rect, String)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, found)),
            Shape::Text(text) => found.push((text.visual_bounding_rect(), text.galley.text().to_owned())),
            _ => {}
        }
    }
    let mut cut = Vec::new();
    for ClippedShape { clip_rect, shape, .. } in shapes {
        let mut found = Vec::new();
        texts(shape, &mut found);
        let seen = |rect: &Rect| {
            rect.is_positive() && clip_rect.is_positive() && clip_rect.y_range().intersects(rect.y_range())
        };
        for (rect, text) in found.into_iter().filter(|(rect, _)| seen(rect)) {
            let (left, right) = (clip_rect.left().max(0.0) - CLOSE, clip_rect.right().min(width) + CLOSE);
            if rect.left() < left || rect.right() > right {
                cut.push(format!("“{text}” at {rect:?} in {clip_rect:?}"));
            }
        }
    }
    cut
}

/// Words that lie on other words.
fn overlapping(harness: &Harness<'_, WindowState>) -> Vec<String> {
    let roles = [Role::Label, Role::Link, Role::Heading, Role::Tab, Role::ColumnHeader, Role::TextInput];
    let mut words: Vec<(Rect, String)> = Vec::new();
    for node in harness.root().children_recursive() {
        let inner = node.accesskit_node();
        let name = inner.label().or_else(|| inner.value()).unwrap_or_default();
        if roles.contains(&inner.role()) && !name.is_empty() {
            words.push((node.rect().shrink(CLOSE), name));
        }
    }
    let mut found = Vec::new();
    for (place, (rect, name)) in words.iter().enumerate() {
        for (other, other_name) in &words[place + 1..] {
            if rect.is_positive() && other.is_positive() && rect.intersects(*other) {
                found.push(format!("“{name}” {rect:?} and “{other_name}” {other:?}"));
            }
        }
    }
    found
}

fn check(survey: &Survey, tab: Tab, width: f32, scale: f32) {
    let harness = drawn(survey.clone(), tab, [width, HEIGHT], scale);
    let problems = cut(&harness.output().shapes, width);
    assert!(problems.is_empty(), "cut: {tab:?} at {width} × {scale}: {problems:#?}");
    let wide = too_wide(&harness.output().shapes, width);
    assert!(wide.is_empty(), "too wide: {tab:?} at {width} × {scale}: {wide:?}");
    let problems = overlapping(&harness);
    assert!(problems.is_empty(), "covered: {tab:?} at {width} × {scale}: {problems:#?}");
}

/// Cards and tables that are wider than the page.
fn too_wide(shapes: &[ClippedShape], width: f32) -> Vec<Rect> {
    let right = width - space::PAGE;
    let cards = shapes.iter().filter_map(|clipped| match &clipped.shape {
        Shape::Rect(card) if card.corner_radius.nw == size::CARD_RADIUS => Some(card.rect),
        _ => None,
    });
    let cards: Vec<Rect> = cards.collect();
    assert!(cards.len() > 2, "the step has cards: {cards:?}");
    cards.into_iter().filter(|card| card.right() > right + CLOSE).collect()
}

#[test]
fn nothing_is_cut_or_covered_in_any_size_of_the_window() {
    for (width, tab) in WIDTHS.into_iter().flat_map(|width| Tab::ALL.map(|tab| (width, tab))) {
        check(&fixtures::starved(), tab, width, 1.0);
    }
}

#[test]
fn nothing_is_cut_or_covered_in_any_size_of_the_letters() {
    for (scale, tab) in SCALES.into_iter().flat_map(|scale| Tab::ALL.map(|tab| (scale, tab))) {
        check(&fixtures::starved(), tab, WIDTHS[0], scale);
    }
}

#[test]
fn a_huge_project_is_not_cut_either() {
    for tab in [Tab::Processes, Tab::Folders] {
        for width in [WIDTHS[0], WIDTHS[3]] {
            let harness = drawn(states::huge(), tab, [width, HEIGHT], 1.0);
            let problems = cut(&harness.output().shapes, width);
            assert!(problems.is_empty(), "{tab:?} at {width}: {problems:#?}");
        }
    }
}

/// The bar is of the survey; when the account holds something else by now, that is said.
#[test]
fn a_gauge_that_has_grown_old_says_so() {
    let mut harness = drawn(fixtures::starved(), Tab::Processes, [1600.0, HEIGHT], 1.0);
    assert_eq!(harness.query_all_by_label_contains("9,000").count(), 0);
    let mut holders = fixtures::starved().machine.holders;
    holders.account.watches = 9_000;
    harness.state_mut().diagnosis.holders = Some(holders.into());
    harness.run();
    let told = harness
        .query_all_by_label_contains("8,190")
        .filter(|node| node.accesskit_node().value().is_some_and(|words| words.contains("9,000")));
    assert_eq!(told.count(), 1, "both figures in one sentence, below the bar");
}
