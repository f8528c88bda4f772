//! A desktop without a screen: a message bus of its own, and on it the portal's settings and the notification service
//! that `desktop.py` plays.

use super::needed::needed_program;
use inotify_doctor::window::bus::Bus;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Longest that anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A bus with both services; all end with it.
pub(crate) struct Desktop {
    daemon: Child,
    services: Child,
    orders: Option<ChildStdin>,
    told: Receiver<String>,
    address: String,
}

impl Desktop {
    /// Starts a desktop that prefers light (2), dark (1) or nothing (0).
    pub(crate) fn start(scheme: u32) -> Self {
        needed_program("/usr/bin/dbus-daemon", "dbus");
        needed_program("/usr/lib/python3/dist-packages/dbus", "python3-dbus");
        needed_program("/usr/lib/python3/dist-packages/gi", "python3-gi");
        let mut daemon = Command::new("/usr/bin/dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("a bus can be started");
        let mut address = String::new();
        let output = daemon.stdout.take().expect("the output is a pipe");
        BufReader::new(output).read_line(&mut address).expect("the bus tells its address");
        let address = address.trim().to_owned();
        let mut services = Command::new("/usr/bin/python3")
            .args([concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/desktop.py"), &scheme.to_string()])
            .env("DBUS_SESSION_BUS_ADDRESS", &address)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the services can be started");
        let output = BufReader::new(services.stdout.take().expect("the output is a pipe"));
        let (sender, told) = channel();
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let orders = services.stdin.take();
        let desktop = Self { daemon, services, orders, told, address };
        assert_eq!(desktop.line(), "ready");
        desktop
    }

    /// Its bus.
    pub(crate) fn bus(&self) -> Bus {
        Bus::At(self.address.clone())
    }

    /// Prefers another colour scheme from now on.
    pub(crate) fn prefer(&mut self, scheme: u32) {
        self.set("color-scheme", &scheme.to_string());
    }

    /// Changes a setting of the portal: `color-scheme`, `contrast` or `text-scaling-factor`.
    pub(crate) fn set(&mut self, key: &str, value: &str) {
        let orders = self.orders.as_mut().expect("the services listen");
        writeln!(orders, "{key} {value}").expect("the services listen");
    }

    /// The next notification's arguments.
    pub(crate) fn notification(&self) -> Value {
        serde_json::from_str(&self.line()).expect("the service prints JSON")
    }

    /// Whether no notification is waiting to be read.
    pub(crate) fn is_silent(&self) -> bool {
        self.told.try_recv().is_err()
    }

    fn line(&self) -> String {
        self.told.recv_timeout(PATIENCE).expect("the services say something")
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for child in [&mut self.services, &mut self.daemon] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
