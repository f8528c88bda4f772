"""The two services of a desktop that the window speaks to, on a bus of their own: settings and notifications.

Prints a line for every notification: one JSON object with the arguments. Reads lines from standard input: each is the
key of a setting and the value to change it to. The first argument is the colour scheme at the beginning; the portal
knows no other setting until it is changed.
"""

import json
import sys
import threading

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

APPEARANCE = "org.freedesktop.appearance"
GNOME = "org.gnome.desktop.interface"
SETTINGS = "org.freedesktop.portal.Settings"
NOTIFICATIONS = "org.freedesktop.Notifications"


class Portal(dbus.service.Object):
    def __init__(self, bus, scheme):
        super().__init__(bus, "/org/freedesktop/portal/desktop")
        self.settings = {(APPEARANCE, "color-scheme"): dbus.UInt32(scheme, variant_level=1)}

    @dbus.service.method(SETTINGS, in_signature="ss", out_signature="v")
    def ReadOne(self, namespace, key):
        if (namespace, key) not in self.settings:
            raise dbus.DBusException("not found", name="org.freedesktop.portal.Error.NotFound")
        return self.settings[namespace, key]

    @dbus.service.signal(SETTINGS, signature="ssv")
    def SettingChanged(self, namespace, key, value):
        pass

    def change(self, key, value):
        if key == "text-scaling-factor":
            namespace, value = GNOME, dbus.Double(float(value), variant_level=1)
        else:
            namespace, value = APPEARANCE, dbus.UInt32(int(value), variant_level=1)
        self.settings[namespace, key] = value
        self.SettingChanged(namespace, key, value)


class Notifications(dbus.service.Object):
    def __init__(self, bus):
        super().__init__(bus, "/org/freedesktop/Notifications")

    @dbus.service.method(NOTIFICATIONS, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app_name, replaces, icon, summary, body, actions, hints, timeout):
        told = {"app_name": app_name, "replaces": replaces, "icon": icon, "summary": summary, "body": body}
        told |= {"actions": list(actions), "desktop_entry": hints.get("desktop-entry"), "timeout": timeout}
        print(json.dumps(told), flush=True)
        return 1


def main():
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    bus = dbus.SessionBus()
    portal = Portal(bus, int(sys.argv[1]))
    notifications = Notifications(bus)
    names = [dbus.service.BusName(name, bus) for name in (NOTIFICATIONS, "org.freedesktop.portal.Desktop")]
    loop = GLib.MainLoop()

    def listen():
        for line in sys.stdin:
            GLib.idle_add(portal.change, *line.split())
        GLib.idle_add(loop.quit)

    threading.Thread(target=listen, daemon=True).start()
    print("ready", flush=True)
    loop.run()
    del notifications, names


main()
