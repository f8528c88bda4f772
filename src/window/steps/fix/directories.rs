//! The card about needing fewer directories: caches for the trash, and advice.

use super::parts::{FixView, Hands, apply_ui, inside, tick};
use crate::remedy::caches::{Cache, CacheKind, watches_freed};
use crate::remedy::offer::mounted_caches;
use crate::say;
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{line, text};
use eframe::egui::{self, Ui};

/// Rows seen at once at most; a longer list scrolls within itself.
const ROWS: f32 = 7.0;

fn chosen<'a>(view: &FixView<'a>) -> Vec<&'a Cache> {
    let caches = &view.offers.found.caches.items;
    caches.iter().filter(|cache| view.offers.choices.ticked(cache)).collect()
}

pub(super) fn sentence(view: &FixView<'_>) -> String {
    let words = view.look.words;
    // What saves most is said first.
    if let Some(most) = view.case.advice.first() {
        return say!(words, "fix-directories", watches = most.saves());
    }
    if view.offers.found.caches.items.is_empty() { say!(words, "fix-caches-none") } else { caches_sentence(view) }
}

/// Words what the ticked caches hold.
fn caches_sentence(view: &FixView<'_>) -> String {
    let (words, chosen) = (view.look.words, chosen(view));
    let directories: u64 = chosen.iter().map(|cache| cache.directories).sum();
    let bytes = words.bytes(chosen.iter().map(|cache| cache.bytes).sum());
    let freed = view.case.streamlit.as_ref().map(|now| watches_freed(&chosen, now));
    match freed {
        Some(freed) if freed > 0 => {
            say!(words, "fix-caches-watches", directories = directories, size = bytes, watches = freed)
        }
        _ => say!(words, "fix-caches", directories = directories, size = bytes),
    }
}

/// The open card.
pub(super) fn ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let (look, caches) = (view.look, &view.offers.found.caches);
    advice_ui(ui, view);
    if !caches.items.is_empty() {
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "fix-caches-title"));
        text(ui, Type::Small, look.tokens.muted, caches_sentence(view));
        list_ui(ui, view, hands);
    } else if !view.case.advice.is_empty() {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-caches-none"));
    }
    if caches.items.iter().any(|cache| cache.kind == CacheKind::EggInfo) {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-egg-info"));
    }
    if caches.items.iter().any(|cache| cache.kind == CacheKind::StrayBytecode && !cache.ticked) {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-lone-bytecode"));
    }
    if caches.items.iter().any(|cache| cache.kind == CacheKind::PythonBytecode) {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-bytecode-returns"));
    }
    if caches.unreadable > 0 {
        text(
            ui,
            Type::Small,
            look.tokens.warning,
            say!(look.words, "fix-caches-unreadable", count = caches.unreadable),
        );
    }
    if !caches.mounted.is_empty() {
        text(ui, Type::Small, look.tokens.muted, mounted_caches(&caches.mounted, look.words));
    }
    if let Err(obstacle) = &view.offers.caches.plan {
        text(ui, Type::Small, look.tokens.critical, obstacle.sentence(look.words));
    }
    if !caches.items.is_empty() {
        let hint = say!(look.words, "fix-to-trash");
        apply_ui(ui, view, view.offers.caches.plan.as_ref().ok(), &hint, hands.actions);
    }
}

fn list_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let caches = &view.offers.found.caches.items;
    let list = egui::ScrollArea::vertical().id_salt("caches").max_height(ROWS * size::ROW);
    list.show_rows(ui, size::ROW - space::S, caches.len(), |ui, seen| {
        ui.set_width(ui.available_width());
        for cache in &caches[seen] {
            cache_ui(ui, view, hands, cache);
        }
    });
}

/// A tick box with the path, what it holds at the right.
fn cache_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>, cache: &Cache) {
    const FIGURES: f32 = 200.0;
    let look = view.look;
    let name = inside(view, &cache.path);
    ui.horizontal(|ui| {
        ui.set_height(size::ROW - space::S);
        let width = ui.available_width() - FIGURES;
        let mut ticked = hands.choices.ticked(cache);
        ui.allocate_ui_with_layout(
            egui::vec2(width, size::ROW - space::S),
            egui::Layout::left_to_right(egui::Align::Center),
            |ui| {
                ui.set_width(width);
                if tick(ui, look, &mut ticked, name) && !hands.choices.turned.remove(&cache.path) {
                    hands.choices.turned.insert(cache.path.clone());
                }
            },
        );
        let size = look.words.bytes(cache.bytes);
        let holds = say!(look.words, "fix-cache-holds", directories = cache.directories, size = size);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            line(ui, Type::Small, look.tokens.muted, holds);
        });
    });
}

/// Draws what nobody can do but the person.
fn advice_ui(ui: &mut Ui, view: &FixView<'_>) {
    let look = view.look;
    if view.case.advice.is_empty() {
        return;
    }
    text(ui, Type::Strong, look.tokens.text, say!(look.words, "fix-by-yourself"));
    for advice in &view.case.advice {
        text(ui, Type::Small, look.tokens.muted, advice.sentence(look.words));
    }
}
