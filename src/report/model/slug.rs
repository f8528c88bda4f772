//! The contract's words for what the program keeps as types.

use crate::diagnosis::Severity;
use crate::machine::Kind;
use crate::project::streamlit::Watcher;
use crate::project::tree::Size;
use serde::Serializer;

/// Has a word of its own in the JSON report.
pub(crate) trait Slug {
    /// That word; never changed once published.
    fn slug(&self) -> &'static str;
}

pub(super) fn serialize<T: Slug, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value.slug())
}

impl Slug for Kind {
    fn slug(&self) -> &'static str {
        match self {
            Self::Streamlit => "streamlit",
            Self::Uvicorn => "uvicorn",
            Self::Jupyter => "jupyter",
            Self::Django => "django",
            Self::Flask => "flask",
            Self::Vscode => "vscode",
            Self::Jetbrains => "jetbrains",
            Self::Vite => "vite",
            Self::Webpack => "webpack",
            Self::Next => "next",
            Self::Node => "node",
            Self::Dotnet => "dotnet",
            Self::Java => "java",
            Self::Python => "python",
            Self::FileIndexer => "file-indexer",
            Self::FileSync => "file-sync",
            Self::FileManager => "file-manager",
            Self::Desktop => "desktop",
            Self::Systemd => "systemd",
            Self::Docker => "docker",
            Self::Other => "other",
        }
    }
}

impl Slug for Severity {
    fn slug(&self) -> &'static str {
        Self::slug(*self)
    }
}

impl Slug for Size {
    fn slug(&self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

impl Slug for Watcher {
    fn slug(&self) -> &'static str {
        match self {
            Self::Watchdog => "watchdog",
            Self::Poll => "poll",
            Self::None => "none",
        }
    }
}
