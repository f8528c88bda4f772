//! The card that lets Streamlit poll: what it costs with this app's files, measured.

use super::parts::{FixView, Hands, apply_ui, offer_ui};
use crate::diagnosis::recommendation::{MANY_TO_POLL, longest_delay_tenths};
use crate::say;
use crate::window::links::{Document, links_ui};
use crate::window::theme::Type;
use crate::window::widgets::text;
use eframe::egui::Ui;

/// Words what it is and what it costs.
pub(super) fn sentence(view: &FixView<'_>) -> String {
    let words = view.look.words;
    let Some(files) = view.case.polled_files() else { return say!(words, "fix-poll-detail-unknown") };
    let tenths = longest_delay_tenths(files);
    let seconds = format!("{}.{}", tenths / 10, tenths % 10);
    if files >= MANY_TO_POLL {
        say!(words, "fix-poll-detail-slow", files = files, seconds = seconds)
    } else {
        say!(words, "fix-poll-detail", files = files, seconds = seconds)
    }
}

/// The open card.
pub(super) fn ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let look = view.look;
    let Some(offer) = &view.offers.poll else { return };
    offer_ui(ui, look, offer);
    text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-poll-blind"));
    apply_ui(ui, view, offer.plan.as_ref().ok(), &say!(look.words, "fix-no-administrator"), hands.actions);
    links_ui(ui, look.words, look.tokens, &[Document::StreamlitSettings]);
}
