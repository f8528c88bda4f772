//! The desktop's light or dark preference, from the portal: winit reports none on Linux.
//! <https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>

use super::bus::Bus;
use super::jobs::Wake;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use zbus::blocking::Proxy;
use zbus::zvariant::{OwnedValue, Value};

const NAMESPACE: &str = "org.freedesktop.appearance";
const KEY: &str = "color-scheme";

/// The desktop's preference for dark; light until it says otherwise.
#[derive(Clone, Default)]
pub struct ColourScheme(Arc<AtomicBool>);

impl ColourScheme {
    /// Tells whether dark is preferred.
    #[must_use]
    pub fn dark(&self) -> bool {
        self.0.load(Relaxed)
    }

    /// Follows the portal on `bus`, on a thread of its own, for as long as the program runs.
    #[must_use]
    pub fn follow(bus: Bus, wake: &Wake) -> Self {
        let scheme = Self::default();
        let (mine, wake) = (scheme.clone(), Arc::clone(wake));
        let thread = std::thread::Builder::new().name("colour-scheme".to_owned());
        let spawned = thread.spawn(move || {
            if let Err(error) = mine.listen(&bus, &wake) {
                // No bus or no portal: common on small desktops, and light is what is shown then.
                log::info!("the desktop's colour scheme is not known: {error}");
            }
        });
        if let Err(error) = spawned {
            log::warn!("the desktop's colour scheme is not followed: {error}");
        }
        scheme
    }

    fn listen(&self, bus: &Bus, wake: &Wake) -> zbus::Result<()> {
        let bus = bus.connect()?;
        let path = "/org/freedesktop/portal/desktop";
        let portal = Proxy::new(&bus, "org.freedesktop.portal.Desktop", path, "org.freedesktop.portal.Settings")?;
        let changes = portal.receive_signal("SettingChanged")?;
        let value: OwnedValue =
            portal.call("ReadOne", &(NAMESPACE, KEY)).or_else(|_| portal.call("Read", &(NAMESPACE, KEY)))?;
        self.set(&value, wake);
        for change in changes {
            let body = change.body();
            let (namespace, key, value): (String, String, Value<'_>) = body.deserialize()?;
            if namespace == NAMESPACE && key == KEY {
                self.set(&value, wake);
            }
        }
        Ok(())
    }

    fn set(&self, value: &Value<'_>, wake: &Wake) {
        let dark = scheme(value) == Some(1);
        if self.0.swap(dark, Relaxed) != dark {
            wake();
        }
    }
}

/// Reads the scheme: 0 no preference, 1 dark, 2 light. The older `Read` wraps it in one more variant.
fn scheme(value: &Value<'_>) -> Option<u32> {
    if let Value::Value(inner) = value {
        return scheme(inner);
    }
    if let Value::U32(number) = value { Some(*number) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_found_below_any_number_of_wrappers() {
        assert_eq!(scheme(&Value::U32(1)), Some(1));
        assert_eq!(scheme(&Value::Value(Box::new(Value::Value(Box::new(Value::U32(2)))))), Some(2));
        assert_eq!(scheme(&Value::from("dark")), None);
    }
}
