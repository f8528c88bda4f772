//! The sentences of the ways side by side.

use crate::remedy::offer::{ComparedWay, QueueAfter, WayCost, WayOut};
use crate::say;
use crate::words::Words;

impl ComparedWay {
    /// The headings of the columns.
    #[must_use]
    pub fn headings(words: &Words) -> [String; 5] {
        [
            say!(words, "compared-way"),
            say!(words, "compared-cost"),
            say!(words, "compared-after"),
            say!(words, "compared-reboot"),
            say!(words, "compared-administrator"),
        ]
    }

    /// Its cells, one for each column.
    #[must_use]
    pub fn cells(&self, words: &Words) -> [String; 5] {
        let answer = |is: bool| if is { say!(words, "compared-yes") } else { say!(words, "compared-no") };
        [
            self.way.name(words),
            words.sentences(&[self.cost.sentence(words), say!(words, "compared-restart")]),
            words.sentences(&[say!(words, "compared-watches", watches = self.watches), self.queue.sentence(words)]),
            answer(self.survives_reboot),
            answer(self.needs_administrator),
        ]
    }
}

impl WayOut {
    fn name(self, words: &Words) -> String {
        match self {
            Self::Raise => say!(words, "compared-raise"),
            Self::Poll => say!(words, "fix-poll"),
            Self::OlderWatchdog => say!(words, "fix-older"),
            Self::FewerDirectories => say!(words, "compared-fewer"),
        }
    }
}

impl WayCost {
    fn sentence(self, words: &Words) -> String {
        match self {
            Self::Password => say!(words, "compared-password"),
            Self::Elsewhere => say!(words, "compared-elsewhere"),
            Self::Delay { tenths, files } => {
                let seconds = format!("{}.{}", tenths / 10, tenths % 10);
                say!(words, "compared-delay", seconds = seconds, files = files)
            }
            Self::Command => say!(words, "compared-command"),
            Self::Move { directories } => say!(words, "compared-move", directories = directories),
        }
    }
}

impl QueueAfter {
    fn sentence(self, words: &Words) -> String {
        match self {
            Self::Holds { length, needed } => say!(words, "compared-queue-holds", length = length, needed = needed),
            Self::Unused => say!(words, "compared-queue-unused"),
            Self::Harmless => say!(words, "compared-queue-harmless"),
            Self::Enough => say!(words, "compared-queue-enough"),
        }
    }
}
