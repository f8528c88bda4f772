//! Documentation of others, where a reader may want more than a sentence.

use super::theme::{Tokens, Type, size, space};
use super::widgets::focus_ring;
use crate::say;
use crate::words::Words;
use eframe::egui::{Hyperlink, Ui};

/// Documents that are linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// Streamlit's own description of its settings.
    StreamlitSettings,
    /// The manual page inotify(7).
    Inotify,
    /// The kernel's description of fs.inotify and its neighbours.
    KernelSettings,
}

impl Document {
    /// All, in the order in which they are read.
    pub const ALL: [Self; 3] = [Self::StreamlitSettings, Self::Inotify, Self::KernelSettings];

    const fn address(self) -> &'static str {
        match self {
            Self::StreamlitSettings => "https://docs.streamlit.io/develop/api-reference/configuration/config.toml",
            Self::Inotify => "https://man7.org/linux/man-pages/man7/inotify.7.html",
            Self::KernelSettings => "https://docs.kernel.org/admin-guide/sysctl/fs.html",
        }
    }

    fn title(self, words: &Words) -> String {
        match self {
            Self::StreamlitSettings => say!(words, "link-streamlit-settings"),
            Self::Inotify => say!(words, "link-inotify"),
            Self::KernelSettings => say!(words, "link-kernel-settings"),
        }
    }
}

/// Draws links side by side; the desktop's browser opens them.
pub fn links_ui(ui: &mut Ui, words: &Words, tokens: &Tokens, documents: &[Document]) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::L;
        for document in documents {
            let title = Type::Small.text(document.title(words), tokens.accent);
            let link = ui.add(Hyperlink::from_label_and_url(title, document.address()));
            focus_ring(ui, tokens, &link, size::WORDS_RADIUS);
            link.on_hover_text(document.address());
        }
    });
}
