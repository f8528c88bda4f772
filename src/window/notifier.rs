//! Tells the desktop that something long has ended, or that watches run out, while the person looks elsewhere.
//! <https://specifications.freedesktop.org/notification-spec/latest/protocol.html>
//!
//! The worker tells it and not the window: a window that is hidden may draw nothing, and then notices nothing.

use super::APP_ID;
use super::bus::Bus;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};
use zbus::zvariant::Value;

/// Time above which the end of work is worth a notification.
pub const LONG: Duration = Duration::from_secs(10);

/// Knows whether the window is looked at, and how to tell where it is not.
#[derive(Clone, Debug)]
pub struct Notifier {
    bus: Option<Bus>,
    long: Duration,
    looked_at: Arc<AtomicBool>,
}

/// News that is told.
pub struct News {
    /// The title, in a few words.
    pub title: String,
    /// The text, in a sentence.
    pub text: String,
}

impl Notifier {
    /// Tells on `bus` the end of what took at least `long`; nothing without a bus.
    #[must_use]
    pub fn new(bus: Option<Bus>, long: Duration) -> Self {
        Self { bus, long, looked_at: Arc::new(AtomicBool::new(true)) }
    }

    /// Takes note of whether the window has the person's attention.
    pub fn set_looked_at(&self, looked_at: bool) {
        self.looked_at.store(looked_at, Relaxed);
    }

    /// Tells that work which began at `began` has ended. Blocks while the desktop takes the news: for a worker's
    /// thread.
    pub fn tell(&self, began: Instant, news: impl FnOnce() -> News) {
        let Some(bus) = self.bus.as_ref().filter(|_| self.is_worth_telling(began.elapsed())) else { return };
        if let Err(error) = notify(bus, &news()) {
            // No notification service: common on small desktops, and the window shows the same.
            log::info!("the desktop was not notified: {error}");
        }
    }

    /// Tells what has changed, where the person looks elsewhere. Blocks as [`Self::tell`] does.
    pub fn tell_of_change(&self, news: impl FnOnce() -> News) {
        let Some(bus) = self.bus.as_ref().filter(|_| !self.looked_at.load(Relaxed)) else { return };
        if let Err(error) = notify(bus, &news()) {
            log::info!("the desktop was not notified: {error}");
        }
    }

    fn is_worth_telling(&self, took: Duration) -> bool {
        took >= self.long && !self.looked_at.load(Relaxed)
    }
}

fn notify(bus: &Bus, news: &News) -> zbus::Result<()> {
    const DESKTOP_DECIDES: i32 = -1;
    const REPLACES_NONE: u32 = 0;
    let name = "org.freedesktop.Notifications";
    let hints = HashMap::from([("desktop-entry", Value::from(APP_ID))]);
    let actions: &[&str] = &[];
    let text = as_markup(&news.text);
    let message = ("Inotify Doctor", REPLACES_NONE, APP_ID, news.title.as_str(), text, actions, hints, DESKTOP_DECIDES);
    bus.connect()?.call_method(Some(name), "/org/freedesktop/Notifications", Some(name), "Notify", &message)?;
    Ok(())
}

/// The text may be taken for markup by the service.
fn as_markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_what_was_long_and_not_looked_at_is_told() {
        let notifier = Notifier::new(None, LONG);
        assert!(!notifier.is_worth_telling(LONG), "the person sees it in the window");
        notifier.set_looked_at(false);
        assert!(notifier.is_worth_telling(LONG));
        assert!(!notifier.is_worth_telling(LONG / 2), "nobody has turned to something else for so little");
    }

    #[test]
    fn a_text_is_no_markup() {
        assert_eq!(as_markup("a <b> & c"), "a &lt;b&gt; &amp; c");
    }
}
