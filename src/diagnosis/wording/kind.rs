//! Labels of processes, for a table. Product names are the same in every language.

use crate::machine::Kind;
use crate::say;
use crate::words::Words;

impl Kind {
    /// Returns the label of the process, for a table.
    #[must_use]
    pub fn label(self, words: &Words) -> String {
        match self {
            Self::Streamlit => "Streamlit".into(),
            Self::Uvicorn => "uvicorn".into(),
            Self::Jupyter => "Jupyter".into(),
            Self::Django => "Django".into(),
            Self::Flask => "Flask".into(),
            Self::Vscode => "VS Code".into(),
            Self::Jetbrains => "JetBrains".into(),
            Self::Vite => "Vite".into(),
            Self::Webpack => "webpack".into(),
            Self::Next => "Next.js".into(),
            Self::Nodemon => "nodemon".into(),
            Self::Jest => "Jest".into(),
            Self::Watchman => "Watchman".into(),
            Self::AiAgent => say!(words, "kind-ai-agent"),
            Self::Node => "Node.js".into(),
            Self::Dotnet => ".NET".into(),
            Self::Gradle => "Gradle".into(),
            Self::Java => "Java".into(),
            Self::Watchmedo => "watchmedo".into(),
            Self::Watchfiles => "watchfiles".into(),
            Self::Python => "Python".into(),
            Self::Tail => "tail".into(),
            Self::Inotifywait => "inotifywait".into(),
            Self::Kubelet => "kubelet".into(),
            Self::LogCollector => say!(words, "kind-log-collector"),
            Self::Systemd => "systemd".into(),
            Self::Docker => "Docker".into(),
            Self::FileIndexer => say!(words, "kind-file-indexer"),
            Self::FileSync => say!(words, "kind-file-sync"),
            Self::FileManager => say!(words, "kind-file-manager"),
            Self::Desktop => say!(words, "kind-desktop"),
            Self::Other => say!(words, "kind-other"),
        }
    }
}
