//! The notification that the watches are nearly used up, while the window is open and not looked at.

use crate::say;
use crate::window::notifier::{News, Notifier};
use crate::words::Words;
use std::sync::Arc;

/// Percent of the limit at which it is told, and below which it is told anew.
const NEAR: u64 = 90;
const FAR: u64 = 80;

/// Tells it once for each time.
pub(super) struct Alarm {
    notifier: Notifier,
    words: Arc<Words>,
    limit: Option<u64>,
    told: bool,
}

impl Alarm {
    /// Tells it of `limit`, unless `held` is as near now: then the diagnosis says so.
    pub(super) fn new(notifier: Notifier, words: Arc<Words>, limit: Option<u64>, held: u64) -> Self {
        let told = share(held, limit).is_some_and(|share| share >= NEAR);
        Self { notifier, words, limit, told }
    }

    /// Takes a reading in. Blocks while the desktop takes the news.
    pub(super) fn read(&mut self, held: u64) {
        let (Some(share), Some(limit)) = (share(held, self.limit), self.limit) else { return };
        self.told &= share >= FAR;
        if share < NEAR || self.told {
            return;
        }
        self.told = true;
        self.notifier.tell_of_change(|| News {
            title: say!(self.words, "notifier-nearly-full"),
            text: say!(self.words, "finding-watches-nearly-detail", held = held, limit = limit),
        });
    }
}

fn share(held: u64, limit: Option<u64>) -> Option<u64> {
    held.saturating_mul(100).checked_div(limit?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn it_is_told_once_until_there_is_room_again() {
        let notifier = Notifier::new(None, std::time::Duration::ZERO);
        let mut alarm = Alarm::new(notifier.clone(), Arc::new(Words::new(Language::English)), Some(1_000), 500);
        let mut told = |held| {
            let before = alarm.told;
            alarm.read(held);
            alarm.told && !before
        };
        assert_eq!([899, 900, 950, 850, 950, 700, 900].map(&mut told), [false, true, false, false, false, false, true]);
        let near = Alarm::new(notifier, Arc::new(Words::new(Language::English)), Some(1_000), 950);
        assert!(near.told, "the diagnosis has said so");
        assert_eq!(share(5, Some(0)), None);
    }
}
