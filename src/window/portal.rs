//! The desktop's preferences, from the portal: light or dark, contrast, size of text. winit reports none of them on
//! Linux. <https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>

use super::bus::Bus;
use super::jobs::Wake;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use zbus::blocking::Proxy;
use zbus::zvariant::{OwnedValue, Value};

/// Settings that are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    ColourScheme,
    Contrast,
    TextScale,
}

impl Setting {
    const ALL: [Self; 3] = [Self::ColourScheme, Self::Contrast, Self::TextScale];

    /// Namespace and key. Of the size of text only GNOME's own setting is passed on by portals; it is what GTK and
    /// Firefox go by.
    const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::ColourScheme => ("org.freedesktop.appearance", "color-scheme"),
            Self::Contrast => ("org.freedesktop.appearance", "contrast"),
            Self::TextScale => ("org.gnome.desktop.interface", "text-scaling-factor"),
        }
    }
}

/// The desktop's preferences; light, ordinary contrast and text of its own size until it says otherwise.
#[derive(Clone, Default)]
pub struct Appearance(Arc<Preferences>);

#[derive(Default)]
struct Preferences {
    dark: AtomicBool,
    high_contrast: AtomicBool,
    /// The bits of the factor; none are set before the desktop has said one.
    text: AtomicU32,
}

impl Appearance {
    /// The ordinary size of text.
    pub const ORDINARY: f32 = 1.0;

    /// Tells whether dark is preferred.
    #[must_use]
    pub fn dark(&self) -> bool {
        self.0.dark.load(Relaxed)
    }

    /// Tells whether higher contrast is preferred.
    #[must_use]
    pub fn high_contrast(&self) -> bool {
        self.0.high_contrast.load(Relaxed)
    }

    /// The size of text, 1 being ordinary: from 0.5 to 3, whatever the desktop says.
    #[must_use]
    pub fn text_scale(&self) -> f32 {
        match self.0.text.load(Relaxed) {
            0 => Self::ORDINARY,
            bits => f32::from_bits(bits),
        }
    }

    /// Follows the portal on `bus`, on a thread of its own, for as long as the program runs.
    #[must_use]
    pub fn follow(bus: Bus, wake: &Wake) -> Self {
        let appearance = Self::default();
        let (mine, wake) = (appearance.clone(), Arc::clone(wake));
        let thread = std::thread::Builder::new().name("appearance".to_owned());
        let spawned = thread.spawn(move || {
            if let Err(error) = mine.listen(&bus, &wake) {
                // No bus or no portal: common on small desktops, and the defaults are what is shown then.
                log::info!("the desktop's preferences are not known: {error}");
            }
        });
        if let Err(error) = spawned {
            log::warn!("the desktop's preferences are not followed: {error}");
        }
        appearance
    }

    fn listen(&self, bus: &Bus, wake: &Wake) -> zbus::Result<()> {
        let bus = bus.connect()?;
        let path = "/org/freedesktop/portal/desktop";
        let portal = Proxy::new(&bus, "org.freedesktop.portal.Desktop", path, "org.freedesktop.portal.Settings")?;
        let changes = portal.receive_signal("SettingChanged")?;
        for setting in Setting::ALL {
            // A portal that knows one of them need not know the others.
            match read(&portal, setting) {
                Ok(value) => self.set(setting, &value, wake),
                Err(error) => log::info!("{setting:?} is not known: {error}"),
            }
        }
        for change in changes {
            let body = change.body();
            let (namespace, key, value): (String, String, Value<'_>) = body.deserialize()?;
            let changed = Setting::ALL.into_iter().find(|setting| setting.name() == (&*namespace, &*key));
            if let Some(setting) = changed {
                self.set(setting, &value, wake);
            }
        }
        Ok(())
    }

    fn set(&self, setting: Setting, value: &Value<'_>, wake: &Wake) {
        let Preferences { dark, high_contrast, text } = &*self.0;
        let changed = match setting {
            Setting::ColourScheme => change(dark, number(value) == Some(1)),
            Setting::Contrast => change(high_contrast, number(value) == Some(1)),
            Setting::TextScale => {
                let bits = scale(value).unwrap_or(Self::ORDINARY).to_bits();
                text.swap(bits, Relaxed) != bits
            }
        };
        if changed {
            wake();
        }
    }
}

fn change(kept: &AtomicBool, now: bool) -> bool {
    kept.swap(now, Relaxed) != now
}

fn read(portal: &Proxy<'_>, setting: Setting) -> zbus::Result<OwnedValue> {
    let name = setting.name();
    portal.call("ReadOne", &name).or_else(|_| portal.call("Read", &name))
}

/// What is inside any number of variants: the older `Read` wraps a value in one more.
fn inner<'a>(value: &'a Value<'a>) -> &'a Value<'a> {
    if let Value::Value(value) = value { inner(value) } else { value }
}

/// Reads a choice; of the colour scheme: 0 no preference, 1 dark, 2 light; of the contrast: 1 higher.
fn number(value: &Value<'_>) -> Option<u32> {
    if let Value::U32(number) = inner(value) { Some(*number) } else { None }
}

/// Reads the size of text, kept where a window can still be used.
#[expect(clippy::cast_possible_truncation, reason = "a factor of a few digits")]
fn scale(value: &Value<'_>) -> Option<f32> {
    let Value::F64(scale) = inner(value) else { return None };
    scale.is_finite().then(|| scale.clamp(0.5, 3.0) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_below_any_number_of_wrappers() {
        assert_eq!(number(&Value::U32(1)), Some(1));
        assert_eq!(number(&Value::Value(Box::new(Value::Value(Box::new(Value::U32(2)))))), Some(2));
        assert_eq!(number(&Value::from("dark")), None);
        assert_eq!(scale(&Value::Value(Box::new(Value::F64(1.25)))), Some(1.25));
    }

    #[test]
    fn a_size_of_text_that_no_window_could_show_is_kept_in_bounds() {
        for (said, taken) in [(0.0, Some(0.5)), (40.0, Some(3.0)), (f64::NAN, None)] {
            assert_eq!(scale(&Value::F64(said)), taken, "{said}");
        }
        assert!((Appearance::default().text_scale() - 1.0).abs() < f32::EPSILON);
    }
}
