//! One window for a person: a second start raises the first one and hands it the folder that it was given, as the
//! desktop does by D-Bus. <https://specifications.freedesktop.org/desktop-entry-spec/latest/dbus.html>

use super::APP_ID;
use super::bus::Bus;
use super::jobs::Wake;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use std::collections::HashMap;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use zbus::blocking::Connection;
use zbus::fdo::RequestNameFlags;
use zbus::zvariant::{OwnedValue, Value};

const INTERFACE: &str = "org.freedesktop.Application";
/// Characters of a path that stand for themselves in a URI.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Outcomes of the claim to be the one window.
pub enum Claim {
    /// This is the first; it is asked to come to the front from now on.
    First(Activation),
    /// There is one already, and it was raised.
    Second,
    /// There is no bus to ask on: nothing is known of other windows.
    Alone,
}

/// What others who were started have asked the first window for.
pub struct Activation {
    calls: Receiver<Call>,
    wake: SharedWake,
    _bus: Connection,
}

/// A call to come to the front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The folder to look at, where one was given.
    pub folder: Option<PathBuf>,
}

type SharedWake = Arc<Mutex<Option<Wake>>>;

/// The object on the bus.
struct Application {
    calls: Sender<Call>,
    wake: SharedWake,
}

impl Application {
    fn call(&self, folder: Option<PathBuf>) {
        // The window is closing when nobody listens any more.
        let _ = self.calls.send(Call { folder });
        let wake = self.wake.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(wake) = wake {
            wake();
        }
    }
}

#[zbus::interface(name = "org.freedesktop.Application")]
impl Application {
    fn activate(&self, _platform_data: HashMap<String, OwnedValue>) {
        self.call(None);
    }

    #[allow(clippy::needless_pass_by_value, reason = "D-Bus hands over a list")]
    fn open(&self, uris: Vec<String>, _platform_data: HashMap<String, OwnedValue>) {
        self.call(uris.into_iter().next().and_then(|uri| path_of(&uri)));
    }

    fn activate_action(&self, _name: String, _parameter: Vec<OwnedValue>, _platform_data: HashMap<String, OwnedValue>) {
        self.call(None);
    }
}

/// Claims to be the one window on `bus`; where there is one, raises it and hands it `folder`. May block: before the
/// window is opened.
#[must_use]
pub fn claim(bus: &Bus, folder: Option<&Path>) -> Claim {
    attempt(bus, folder).unwrap_or_else(|error| {
        log::info!("other windows of this program are not known: {error}");
        Claim::Alone
    })
}

fn attempt(bus: &Bus, folder: Option<&Path>) -> zbus::Result<Claim> {
    let bus = bus.connect()?;
    let (sender, calls) = channel();
    let wake = SharedWake::default();
    // Before the name is had: whoever finds the name finds the object.
    bus.object_server().at(object_path(), Application { calls: sender, wake: Arc::clone(&wake) })?;
    match bus.request_name_with_flags(APP_ID, RequestNameFlags::DoNotQueue.into()) {
        Ok(_) => Ok(Claim::First(Activation { calls, wake, _bus: bus })),
        Err(zbus::Error::NameTaken) => raise(&bus, folder).map(|()| Claim::Second),
        Err(error) => Err(error),
    }
}

/// Has the first window come to the front. What the desktop allows it to do so with is in the environment.
fn raise(bus: &Connection, folder: Option<&Path>) -> zbus::Result<()> {
    let given = [("activation-token", "XDG_ACTIVATION_TOKEN"), ("desktop-startup-id", "DESKTOP_STARTUP_ID")];
    let given = given.into_iter().filter_map(|(key, name)| Some((key, Value::from(std::env::var(name).ok()?))));
    let data: HashMap<&str, Value<'_>> = given.collect();
    let call = |method: &str, uris: Option<Vec<String>>| match uris {
        Some(uris) => bus.call_method(Some(APP_ID), object_path(), Some(INTERFACE), method, &(uris, &data)),
        None => bus.call_method(Some(APP_ID), object_path(), Some(INTERFACE), method, &(&data,)),
    };
    match folder {
        Some(folder) => call("Open", Some(vec![uri_of(folder)]))?,
        None => call("Activate", None)?,
    };
    Ok(())
}

/// The object's path, as the specification derives it from the application's name.
fn object_path() -> String {
    format!("/{}", APP_ID.replace('.', "/").replace('-', "_"))
}

fn uri_of(folder: &Path) -> String {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    format!("file://{}", percent_encode(folder.as_os_str().as_bytes(), PLAIN))
}

/// The path of a URI of a file on this computer, or a plain path.
fn path_of(uri: &str) -> Option<PathBuf> {
    let path = match uri.split_once("://") {
        Some(("file", rest)) => {
            OsString::from_vec(percent_decode_str(rest.strip_prefix("localhost").unwrap_or(rest)).collect())
        }
        Some(_) => return None,
        None => uri.into(),
    };
    Some(PathBuf::from(path)).filter(|path| path.is_absolute())
}

impl Activation {
    /// Has `wake` called for each call.
    pub fn wake_with(&self, wake: &Wake) {
        *self.wake.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(wake));
        wake(); // one may have come before
    }

    /// The calls since the last time.
    pub fn calls(&self) -> impl Iterator<Item = Call> {
        self.calls.try_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_survives_its_way_as_a_uri() {
        for path in ["/srv/my app/100%", "/家/项目", "/a?b#c"] {
            let uri = uri_of(Path::new(path));
            assert!(uri.is_ascii() && !uri.contains([' ', '?', '#']), "{uri}");
            assert_eq!(path_of(&uri).as_deref(), Some(Path::new(path)));
        }
        let odd = PathBuf::from(OsString::from_vec(b"/not\xff\xfeutf8".to_vec()));
        assert_eq!(path_of(&uri_of(&odd)), Some(odd), "what is no text does so, too");
    }

    #[test]
    fn what_is_no_file_here_is_not_opened() {
        assert_eq!(path_of("https://example.org/x"), None);
        assert_eq!(path_of("relative"), None);
        assert_eq!(path_of("file://localhost/srv"), Some("/srv".into()));
    }
}
