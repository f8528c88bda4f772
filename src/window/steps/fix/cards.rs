//! A card: its head with the title, the sentence, the four tags and the watches after; below it, once opened, exactly
//! what will be done.

use super::parts::{FixView, Hands};
use super::{directories, editor, launch, older_watchdog, poll, raise, restart, settings, watchers};
use crate::diagnosis::recommendation::{FEW_TO_POLL, MANY_TO_POLL};
use crate::machine::Limit;
use crate::remedy::Promise;
use crate::remedy::offer::RestartableApp;
use crate::say;
use crate::window::state::fix::{Card, recommended};
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{Tone, card, focus_ring, tag, text};
use eframe::egui::{
    self, Align, CursorIcon, Id, Layout, Role, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo,
};

/// Draws one card; whether its head was pressed.
pub(super) fn ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>, which: Card, open: bool) -> bool {
    let tokens = view.look.tokens;
    let ground = ui.painter().add(Shape::Noop);
    let none = egui::Color32::TRANSPARENT;
    let frame = card::frame(tokens).fill(none).stroke(Stroke::new(size::LINE, none));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let title = title(view, which);
        let builder = UiBuilder::new().scope_id(Id::unique(("fix", which))).sense(Sense::click());
        let head = ui.scope_builder(builder, |ui| head_ui(ui, view, which, &title)).response;
        head.widget_info(|| WidgetInfo::selected(Role::Button, true, open, &title));
        ui.ctx().accesskit_node_builder(head.id, |node| {
            node.set_expanded(open);
            node.set_description(sentence(view, which));
        });
        focus_ring(ui, tokens, &head, size::RADIUS);
        if open {
            ui.add_space(space::XS);
            ui.spacing_mut().item_spacing.y = space::S;
            body_ui(ui, view, hands, which);
        }
        head.on_hover_cursor(CursorIcon::PointingHand)
    });
    let line = match (open, shown.inner.hovered()) {
        (true, _) => Stroke::new(size::STRONG_LINE, tokens.accent),
        (false, true) => Stroke::new(size::LINE, tokens.faint),
        (false, false) => Stroke::new(size::LINE, tokens.line),
    };
    let rect = shown.response.rect;
    let surface = egui::epaint::RectShape::new(rect, size::CARD_RADIUS, tokens.surface, line, StrokeKind::Inside);
    ui.painter().set(ground, surface);
    shown.inner.clicked()
}

/// The head's words are those of one button, so the title is painted and not heard twice.
fn head_ui(ui: &mut Ui, view: &FixView<'_>, which: Card, title: &str) {
    let look = view.look;
    ui.set_width(ui.available_width());
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.style_mut().interaction.selectable_labels = false; // the whole head is one button
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let galley = ui.painter().layout_no_wrap(title.to_owned(), Type::Strong.font(), look.tokens.text);
        let (rect, _) = ui.allocate_exact_size(egui::vec2(galley.size().x, 22.0), Sense::hover());
        ui.painter().galley(rect.left_center() - egui::vec2(0.0, galley.size().y / 2.0), galley, look.tokens.text);
        if recommended(view.case) == Some(which) {
            tag(ui, look.tokens, Tone::Accent, &say!(look.words, "fix-recommended"));
        }
    });
    text(ui, Type::Body, look.tokens.muted, sentence(view, which));
    if let Some(promise) = promise(view, which) {
        ui.add_space(space::XS);
        promise_ui(ui, view, which, promise);
    }
}

pub(super) fn promise_ui(ui: &mut Ui, view: &FixView<'_>, which: Card, promise: Promise) {
    let look = view.look;
    let after = after(view, which, promise);
    let label = say!(look.words, "fix-after");
    let measure =
        |words: &str, kind: Type| ui.painter().layout_no_wrap(words.to_owned(), kind.font(), look.tokens.text).size().x;
    let right =
        after.as_ref().map_or(0.0, |after| measure(&label, Type::Small) + measure(after, Type::Strong) + space::XS);
    let width = ui.available_width() - right - space::L;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let layout = Layout::left_to_right(Align::Center).with_main_wrap(true);
        ui.allocate_ui_with_layout(egui::vec2(width, 22.0), layout, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = egui::vec2(space::S, space::XS);
            for (tone, word) in tags(view, which, promise) {
                tag(ui, look.tokens, tone, &word);
            }
        });
        let Some(after) = after else { return };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            text(ui, Type::Strong, look.tokens.text, after);
            text(ui, Type::Small, look.tokens.muted, label);
        });
    });
}

/// The same four words on every card; what has to be borne is yellow where it hurts, grey where it is a fact. What does
/// not hold for this card, or for what is so now, is not among them.
fn tags(view: &FixView<'_>, which: Card, promise: Promise) -> Vec<(Tone, String)> {
    let words = view.look.words;
    let copied = which == Card::Launch && view.offers.placed.is_none();
    let short = room(view, which).zip(promise.watches_after).is_some_and(|(room, watches)| watches > room);
    let tags = promise.tags(words).into_iter().enumerate();
    tags.filter_map(|(place, (word, pleasant))| {
        Some(match (place, pleasant) {
            (1, _) if copied || which == Card::Restart => (Tone::Plain, say!(words, "fix-this-launch")),
            (1, _) if which == Card::Directories => (Tone::Plain, say!(words, "fix-until-made-anew")),
            (2, _) if which == Card::Poll => polled(view),
            (2, true) if short => (Tone::Warning, say!(words, "fix-reload-in-part")),
            // The card itself is the restart; where no app runs there is none to restart.
            (3, _) if which == Card::Restart || !view.case.apps.iter().any(RestartableApp::is_streamlit) => {
                return None;
            }
            (_, true) => (Tone::Ok, word),
            (1 | 3, false) => (Tone::Plain, word),
            (_, false) => (Tone::Warning, word),
        })
    })
    .collect()
}

/// Polling keeps hot reload, and is quick with few files only.
fn polled(view: &FixView<'_>) -> (Tone, String) {
    let words = view.look.words;
    match view.case.polled_files() {
        Some(..=FEW_TO_POLL) => (Tone::Ok, say!(words, "promise-reload-kept")),
        Some(MANY_TO_POLL..) => (Tone::Warning, say!(words, "fix-reload-slow")),
        Some(_) | None => (Tone::Plain, say!(words, "promise-reload-polling")),
    }
}

/// Watches that the app can have at most once this card's plan is carried out: the limit then, without what others hold.
fn room(view: &FixView<'_>, which: Card) -> Option<u64> {
    let raised = view.offers.raise.as_ref().ok().and_then(|raise| raise.request).and_then(|request| request.watches);
    let raised = raised.filter(|_| which == Card::RaiseLimits);
    let limit = raised.or_else(|| view.case.machine.watch_limit())?;
    Some(limit.saturating_sub(view.case.held_by_others()))
}

/// The watches that the app takes then; `None` where that is not known.
fn after(view: &FixView<'_>, which: Card, promise: Promise) -> Option<String> {
    let words = view.look.words;
    let watches = promise.watches_after?;
    let raised = view.offers.raise.as_ref().ok().and_then(|raise| raise.request).and_then(|request| request.watches);
    let limit = raised.or_else(|| view.case.machine.limits.get(Limit::Watches));
    Some(match (room(view, which), limit) {
        (Some(room), _) if watches > room => say!(words, "fix-after-at-most", room = room, watches = watches),
        (_, Some(limit)) if which == Card::RaiseLimits => {
            say!(words, "fix-after-of", watches = watches, limit = limit)
        }
        _ => words.number(watches),
    })
}

pub(super) fn title(view: &FixView<'_>, which: Card) -> String {
    match which {
        Card::RaiseLimits => raise::title(view),
        Card::Poll => say!(view.look.words, "fix-poll"),
        Card::OlderWatchdog => say!(view.look.words, "fix-older"),
        Card::Settings => settings::title(view),
        Card::Launch => launch::title(view),
        Card::Directories => say!(view.look.words, "remedy-clear-caches"),
        Card::Editor => say!(view.look.words, "remedy-vscode-exclude"),
        Card::Watchers => watchers::title(view),
        Card::Restart => say!(view.look.words, "remedy-restart"),
    }
}

pub(super) fn sentence(view: &FixView<'_>, which: Card) -> String {
    match which {
        Card::RaiseLimits => raise::sentence(view),
        Card::Poll => poll::sentence(view),
        Card::OlderWatchdog => say!(view.look.words, "fix-older-detail"),
        Card::Settings => settings::sentence(view),
        Card::Launch => launch::sentence(view),
        Card::Directories => directories::sentence(view),
        Card::Editor => editor::sentence(view),
        Card::Watchers => watchers::sentence(view),
        Card::Restart => restart::sentence(view),
    }
}

pub(super) fn promise(view: &FixView<'_>, which: Card) -> Option<Promise> {
    let offers = view.offers;
    let plan = match which {
        Card::Poll => offers.poll.as_ref()?.plan.as_ref().ok(),
        Card::OlderWatchdog => return older_watchdog::promise(view),
        Card::RaiseLimits => offers.raise.as_ref().ok()?.offer.plan.as_ref().ok(),
        Card::Settings => settings::plan(view),
        Card::Launch => return Some(launch::promise(view)),
        Card::Directories => offers.caches.plan.as_ref().ok(),
        Card::Editor => offers.editor.as_ref()?.plan.as_ref().ok(),
        Card::Watchers => offers.watcher.as_ref()?.plan.as_ref().ok(),
        Card::Restart => offers.restart.as_ref()?.plan.as_ref().ok(),
    };
    // What is so already promises nothing.
    plan.filter(|plan| !plan.is_empty()).map(|plan| plan.promise)
}

fn body_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>, which: Card) {
    match which {
        Card::RaiseLimits => raise::ui(ui, view, hands),
        Card::Poll => poll::ui(ui, view, hands),
        Card::OlderWatchdog => older_watchdog::ui(ui, view, hands),
        Card::Settings => settings::ui(ui, view, hands),
        Card::Launch => launch::ui(ui, view, hands),
        Card::Directories => directories::ui(ui, view, hands),
        Card::Editor => editor::ui(ui, view, hands),
        Card::Watchers => watchers::ui(ui, view, hands),
        Card::Restart => restart::ui(ui, view, hands),
    }
}
