//! Labels of processes, for a table. Product names are the same in every language.

use crate::machine::Kind;
use crate::machine::processes::Family;
use crate::say;
use crate::words::Words;

impl Kind {
    /// Returns the label of the process, for a table.
    #[must_use]
    pub fn label(self, words: &Words) -> String {
        match self.product() {
            Ok(product) => product.to_owned(),
            Err(Family::AiAgent) => say!(words, "kind-ai-agent"),
            Err(Family::LogCollector) => say!(words, "kind-log-collector"),
            Err(Family::FileIndexer) => say!(words, "kind-file-indexer"),
            Err(Family::FileSync) => say!(words, "kind-file-sync"),
            Err(Family::FileManager) => say!(words, "kind-file-manager"),
            Err(Family::Desktop) => say!(words, "kind-desktop"),
            Err(Family::Other) => say!(words, "kind-other"),
        }
    }
}
