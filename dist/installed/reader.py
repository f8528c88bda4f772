"""A window as a screen reader is told of it, over AT-SPI: what is in it, and how it is pressed. Needs python3-gi, a session
bus and the accessibility bus."""

import subprocess
import time

from gi.repository import Gio, GLib

PATIENCE_S = 180
PUSH_BUTTON, TOGGLE, PAGE_TAB = 43, 62, 37
SENSITIVE = 24


class WaitedInVain(Exception):
    """What was waited for did not come."""


def until(what, so, patience=PATIENCE_S):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = so()
        if found:
            return found
        time.sleep(0.1)
    raise WaitedInVain(what)


def accessibility(environment):
    """Starts the accessibility bus of the session, as where a screen reader is in use."""
    environment = dict(environment, GSETTINGS_BACKEND="memory")
    environment.pop("DISPLAY", None)
    command = ["/usr/libexec/at-spi-bus-launcher", "--launch-immediately", "--a11y=1", "--screen-reader=1"]
    launcher = subprocess.Popen(command, env=environment)
    session, name = Gio.bus_get_sync(Gio.BusType.SESSION), GLib.Variant("(s)", ("org.a11y.Bus",))
    dbus = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner")
    # Before anyone asks for it, and the session bus starts a second one that knows of no screen reader.
    until("the accessibility bus is there", lambda: session.call_sync(*dbus, name, None, 0, -1, None).unpack()[0])
    return launcher


class Reader:
    """What the one window tells, and how its things are pressed."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        reply = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1, None)
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(reply.unpack()[0], flags, None, None)
        self.name = until("the window is told of", self.application)

    def call(self, name, path, interface, method, arguments=None):
        return self.bus.call_sync(name, path, interface, method, arguments, None, 0, 90_000, None).unpack()

    def application(self):
        root, accessible = "/org/a11y/atspi/accessible/root", "org.a11y.atspi.Accessible"
        (children,) = self.call("org.a11y.atspi.Registry", root, accessible, "GetChildren")
        return next((name for name, _path in children if name), None)

    def things(self):
        """(path, role, name, pressable) of everything, in the order in which it is read."""
        try:
            (items,) = self.call(self.name, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems")
        except GLib.Error:  # A window that has just come is named before it can be asked.
            return []
        return [(item[0][1], item[7], item[6], bool(item[9][0] >> SENSITIVE & 1)) for item in items]

    def find(self, role, so):
        return next((thing for thing in self.things() if thing[1] == role and so(thing[2]) and thing[3]), None)

    def press(self, role, so, what):
        def pressed():
            thing = self.find(role, so)
            if thing is None:
                return False
            try:
                self.call(self.name, thing[0], "org.a11y.atspi.Action", "DoAction", GLib.Variant("(i)", (0,)))
            except GLib.Error:
                return False
            return True

        until(f"{what} can be pressed", pressed)
        print("pressed:", what, flush=True)

    def reads(self, text):
        return any(text in name for _path, _role, name, _can in self.things())

    def told(self):
        return "\n".join(f"{role} {name!r} {can}" for _path, role, name, can in self.things() if name)
