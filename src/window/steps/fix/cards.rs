//! A card: its head with the title, the sentence, the four tags and the watches after; below it, once opened, exactly
//! what will be done.

use super::parts::{FixView, Hands};
use super::{directories, editor, launch, raise, restart, settings};
use crate::machine::Limit;
use crate::remedy::Promise;
use crate::say;
use crate::window::state::fix::Card;
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
        if super::recommended(view.case) == Some(which) {
            tag(ui, look.tokens, Tone::Accent, &say!(look.words, "fix-recommended"));
        }
    });
    text(ui, Type::Body, look.tokens.muted, sentence(view, which));
    if let Some(promise) = promise(view, which) {
        ui.add_space(space::XS);
        promise_ui(ui, view, which, promise);
    }
}

fn promise_ui(ui: &mut Ui, view: &FixView<'_>, which: Card, promise: Promise) {
    let look = view.look;
    let after = after(view, which, promise);
    let label = say!(look.words, "fix-after");
    let measure =
        |words: &str, kind: Type| ui.painter().layout_no_wrap(words.to_owned(), kind.font(), look.tokens.text).size().x;
    let right = measure(&label, Type::Small) + measure(&after, Type::Strong) + space::XS;
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
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            text(ui, Type::Strong, look.tokens.text, after);
            text(ui, Type::Small, look.tokens.muted, label);
        });
    });
}

/// The same four words on every card; what has to be borne is yellow where it hurts, grey where it is a fact. A restart
/// is one launch, and itself the restart.
fn tags(view: &FixView<'_>, which: Card, promise: Promise) -> Vec<(Tone, String)> {
    let words = view.look.words;
    let copied = which == Card::Launch && view.offers.placed.is_none();
    let tags = promise.tags(words).into_iter().enumerate();
    tags.map(|(place, (word, pleasant))| match (place, pleasant) {
        (1, _) if copied || which == Card::Restart => (Tone::Plain, say!(words, "fix-this-launch")),
        (3, _) if which == Card::Restart => (Tone::Plain, say!(words, "promise-restart")),
        (_, true) => (Tone::Ok, word),
        (1 | 3, false) => (Tone::Plain, word),
        (_, false) => (Tone::Warning, word),
    })
    .collect()
}

/// The watches that the app takes then.
fn after(view: &FixView<'_>, which: Card, promise: Promise) -> String {
    let words = view.look.words;
    let raised = view.offers.raise.as_ref().ok().and_then(|raise| raise.request).and_then(|request| request.watches);
    let limit = raised.or_else(|| view.case.machine.limits.get(Limit::Watches));
    match (promise.watches_after, limit) {
        (None, _) => say!(words, "fix-after-unknown"),
        (Some(watches), Some(limit)) if which == Card::RaiseLimits => {
            say!(words, "fix-after-of", watches = watches, limit = limit)
        }
        (Some(watches), _) => words.number(watches),
    }
}

fn title(view: &FixView<'_>, which: Card) -> String {
    match which {
        Card::RaiseLimits => raise::title(view),
        Card::Settings => settings::title(view),
        Card::Launch => launch::title(view),
        Card::Directories => say!(view.look.words, "remedy-clear-caches"),
        Card::Editor => say!(view.look.words, "remedy-vscode-exclude"),
        Card::Restart => say!(view.look.words, "remedy-restart"),
    }
}

fn sentence(view: &FixView<'_>, which: Card) -> String {
    match which {
        Card::RaiseLimits => raise::sentence(view),
        Card::Settings => settings::sentence(view),
        Card::Launch => launch::sentence(view),
        Card::Directories => directories::sentence(view),
        Card::Editor => editor::sentence(view),
        Card::Restart => restart::sentence(view),
    }
}

fn promise(view: &FixView<'_>, which: Card) -> Option<Promise> {
    let offers = view.offers;
    let plan = match which {
        Card::RaiseLimits => offers.raise.as_ref().ok()?.offer.plan.as_ref().ok(),
        Card::Settings => settings::plan(view),
        Card::Launch => return Some(launch::promise(view)),
        Card::Directories => offers.caches.plan.as_ref().ok().filter(|plan| !plan.is_empty()),
        Card::Editor => offers.editor.as_ref()?.plan.as_ref().ok(),
        Card::Restart => offers.restart.as_ref()?.plan.as_ref().ok(),
    };
    plan.map(|plan| plan.promise)
}

fn body_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>, which: Card) {
    match which {
        Card::RaiseLimits => raise::ui(ui, view, hands),
        Card::Settings => settings::ui(ui, view, hands),
        Card::Launch => launch::ui(ui, view, hands),
        Card::Directories => directories::ui(ui, view, hands),
        Card::Editor => editor::ui(ui, view, hands),
        Card::Restart => restart::ui(ui, view, hands),
    }
}
