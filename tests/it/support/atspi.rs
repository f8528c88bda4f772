//! The accessibility bus of a desktop, for one test alone: a session bus of its own, on it the real launcher and registry
//! of at-spi2-core, and what a program with a window tells and takes there. Names are those of AT-SPI.
//! <https://docs.gtk.org/atspi2/>

use super::needed::needed_program;
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use zbus::MatchRule;
use zbus::blocking::{Connection, MessageIterator, connection};
use zbus::message::Type::Signal;
use zbus::zvariant::{OwnedObjectPath, OwnedValue};

/// Longest that a bus or a program on it may take to answer.
const PATIENCE: Duration = Duration::from_secs(90);
const LAUNCHER: &str = "/usr/libexec/at-spi-bus-launcher";
const ROOT: &str = "/org/a11y/atspi/accessible/root";

/// Both buses. They end with their value.
pub(crate) struct Buses {
    session: Child,
    launcher: Child,
    address: String,
    _folder: tempfile::TempDir,
    bus: Connection,
    announced: Arc<Mutex<Vec<String>>>,
}

/// A thing in a window, as it is told to a screen reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Thing {
    pub(crate) path: OwnedObjectPath,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) role: Role,
    states: u64,
}

/// What kind of thing it is; the numbers are AT-SPI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    CheckBox,
    ColumnHeader,
    ComboBox,
    Dialog,
    Entry,
    Frame,
    Heading,
    Label,
    LevelBar,
    Link,
    ListItem,
    PageTab,
    PushButton,
    RadioButton,
    StatusBar,
    ToggleButton,
    Other(u32),
}

/// What can be the case with it; the numbers are those of the bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Checked = 4,
    Editable = 7,
    Focusable = 11,
    Focused = 12,
    Pressed = 20,
    Selected = 23,
    Sensitive = 24,
}

/// A program on the accessibility bus.
pub(crate) struct Application<'a> {
    bus: &'a Connection,
    name: String,
}

type Reference = (String, OwnedObjectPath);
/// Object, application, parent, place in it, children, interfaces, name, role, description, states.
type Item = (Reference, Reference, Reference, i32, i32, Vec<String>, String, u32, String, Vec<u32>);
type Event = (String, i32, i32, OwnedValue, HashMap<String, OwnedValue>);

impl Buses {
    /// Starts them, as on a desktop where a screen reader is in use.
    pub(crate) fn start() -> Self {
        needed_program(LAUNCHER, "at-spi2-core");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = folder.path().join("session.conf");
        let listen = folder.path().display();
        // No folder with services: nothing is started on it but what the test starts.
        let text = format!(
            "<busconfig><type>session</type><listen>unix:dir={listen}</listen><policy context=\"default\">\
             <allow send_destination=\"*\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>"
        );
        std::fs::write(&config, text).expect("a file can be written");
        let (session, address) = session_bus(&config);
        let launcher = Command::new(LAUNCHER)
            .args(["--launch-immediately", "--a11y=1", "--screen-reader=1"])
            .env_remove("DISPLAY")
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .env("XDG_RUNTIME_DIR", folder.path())
            .env("GSETTINGS_BACKEND", "memory")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the launcher of the accessibility bus can be started");
        let connected = connection::Builder::address(address.as_str()).and_then(connection::Builder::build);
        let connected = connected.expect("the session bus takes a connection");
        let there = patiently("the accessibility bus is there", || {
            let reply =
                connected.call_method(Some("org.a11y.Bus"), "/org/a11y/bus", Some("org.a11y.Bus"), "GetAddress", &());
            reply.ok()?.body().deserialize::<String>().ok()
        });
        let bus = connection::Builder::address(there.as_str()).and_then(connection::Builder::build);
        let bus = bus.expect("the accessibility bus takes a connection");
        let announced = Arc::default();
        listen_on(&bus, Arc::clone(&announced));
        Self { session, launcher, address, _folder: folder, bus, announced }
    }

    /// Where the session bus is; a program on it finds the other one there.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The one program with a window that is on the bus; waits for it.
    pub(crate) fn application(&self) -> Application<'_> {
        const REGISTRY: &str = "org.a11y.atspi.Registry";
        let name = patiently("a program is on the accessibility bus", || {
            let reply = self.bus.call_method(Some(REGISTRY), ROOT, Some(ACCESSIBLE), "GetChildren", &()).ok()?;
            let children: Vec<Reference> = reply.body().deserialize().ok()?;
            children.into_iter().map(|(name, _)| name).find(|name| !name.is_empty())
        });
        Application { bus: &self.bus, name }
    }

    /// What programs asked the screen reader to say, since it was last asked.
    pub(crate) fn announced(&self) -> Vec<String> {
        std::mem::take(&mut *self.announced.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";

fn session_bus(config: &std::path::Path) -> (Child, String) {
    let mut session = Command::new("dbus-daemon")
        .arg(format!("--config-file={}", config.display()))
        .args(["--nofork", "--print-address"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("dbus-daemon can be started (package dbus)");
    let mut address = String::new();
    let output = session.stdout.take().expect("the output is a pipe");
    BufReader::new(output).read_line(&mut address).expect("the bus tells its address");
    (session, address.trim().to_owned())
}

/// Collects announcements on a thread of its own, which ends with the bus.
fn listen_on(bus: &Connection, announced: Arc<Mutex<Vec<String>>>) {
    let rule = MatchRule::builder().msg_type(Signal).interface("org.a11y.atspi.Event.Object");
    let rule = rule.and_then(|rule| rule.member("Announcement")).expect("names of AT-SPI").build();
    let events = MessageIterator::for_match_rule(rule, bus, Some(1024)).expect("the bus takes a rule");
    std::thread::spawn(move || {
        for event in events.flatten() {
            let Ok((.., text, _)) = event.body().deserialize::<Event>() else { continue };
            if let Ok(text) = String::try_from(text) {
                announced.lock().unwrap_or_else(PoisonError::into_inner).push(text);
            }
        }
    });
}

fn patiently<T>(what: &str, mut try_it: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(value) = try_it() {
            return value;
        }
        assert!(start.elapsed() < PATIENCE, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

impl Drop for Buses {
    fn drop(&mut self) {
        // The launcher takes its own bus and the registry with it when it is asked to end.
        let pid = i32::try_from(self.launcher.id()).ok().and_then(rustix::process::Pid::from_raw);
        let _ = pid.map(|pid| rustix::process::kill_process(pid, rustix::process::Signal::TERM));
        let _ = self.launcher.wait();
        let _ = self.session.kill();
        let _ = self.session.wait();
    }
}

impl Application<'_> {
    /// Everything in the program's windows, in the order in which it is read.
    pub(crate) fn things(&self) -> Vec<Thing> {
        let (name, cache) = (Some(self.name.as_str()), Some("org.a11y.atspi.Cache"));
        let reply = self.bus.call_method(name, "/org/a11y/atspi/cache", cache, "GetItems", &());
        let reply = reply.expect("the program answers on the accessibility bus");
        let items: Vec<Item> = reply.body().deserialize().expect("items of a cache");
        items.into_iter().map(Thing::from).collect()
    }

    /// Presses it; whether that could be told.
    pub(crate) fn press(&self, thing: &Thing) -> bool {
        self.tell(thing, "org.a11y.atspi.Action", "DoAction", &(0_i32,))
    }

    /// Puts the keyboard there; whether that could be told.
    pub(crate) fn focus(&self, thing: &Thing) -> bool {
        self.tell(thing, "org.a11y.atspi.Component", "GrabFocus", &())
    }

    /// Puts `text` in the place of what stands in a field; whether that could be told.
    pub(crate) fn set_text(&self, thing: &Thing, text: &str) -> bool {
        self.tell(thing, "org.a11y.atspi.EditableText", "SetTextContents", &(text,))
    }

    /// What stands in a field.
    pub(crate) fn text(&self, thing: &Thing) -> Option<String> {
        let text = Some("org.a11y.atspi.Text");
        let reply = self.bus.call_method(Some(self.name.as_str()), &thing.path, text, "GetText", &(0_i32, -1_i32));
        reply.ok()?.body().deserialize().ok()
    }

    /// Left, top, width, height in the window.
    pub(crate) fn place(&self, thing: &Thing) -> Option<(i32, i32, i32, i32)> {
        const IN_WINDOW: u32 = 1;
        let component = Some("org.a11y.atspi.Component");
        let name = Some(self.name.as_str());
        let reply = self.bus.call_method(name, &thing.path, component, "GetExtents", &(IN_WINDOW,));
        reply.ok()?.body().deserialize().ok()
    }

    /// Whether the thing took it: one that has just come is listed before it can be talked to.
    fn tell<B>(&self, to: &Thing, interface: &str, method: &str, body: &B) -> bool
    where
        B: serde::Serialize + zbus::zvariant::DynamicType,
    {
        self.bus.call_method(Some(self.name.as_str()), &to.path, Some(interface), method, body).is_ok()
    }
}

impl Thing {
    /// Whether it is so with it.
    pub(crate) const fn is(&self, state: State) -> bool {
        self.states & (1 << state as u64) != 0
    }
}

impl From<Item> for Thing {
    fn from(item: Item) -> Self {
        let ((_, path), _, _, _, _, _, name, role, description, states) = item;
        let states = states.iter().rev().fold(0_u64, |all, word| (all << 32) | u64::from(*word));
        Self { path, name, description, role: Role::from(role), states }
    }
}

impl From<u32> for Role {
    fn from(number: u32) -> Self {
        match number {
            7 => Self::CheckBox,
            10 => Self::ColumnHeader,
            11 => Self::ComboBox,
            16 => Self::Dialog,
            23 => Self::Frame,
            29 => Self::Label,
            32 => Self::ListItem,
            37 => Self::PageTab,
            43 => Self::PushButton,
            44 => Self::RadioButton,
            54 => Self::StatusBar,
            62 => Self::ToggleButton,
            79 => Self::Entry,
            83 => Self::Heading,
            88 => Self::Link,
            103 => Self::LevelBar,
            other => Self::Other(other),
        }
    }
}
