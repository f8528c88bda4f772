"""The person at the desktop, who uses the window by what a screen reader is told (AT-SPI): an app of 320 folders that ran
out of watches is chosen, mended and proved to be mended. Runs as an ordinary user in a session of their own."""

import glob
import os
import socket
import subprocess
import sys
import threading
import time

from gi.repository import GLib
from reader import PUSH_BUTTON, TOGGLE, Reader, WaitedInVain, accessibility, until

FOLDERS = 320


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_app(port):
    """As in a terminal; under a limit of its own that really ends at 150, which is what the stand-in of the kernel's says."""
    project = os.path.expanduser("~/project")
    for number in range(FOLDERS):
        os.makedirs(f"{project}/data/{number:03}")
    with open(f"{project}/app.py", "w", encoding="utf-8") as script:
        script.write("import streamlit as st\n\nst.write('hello')\n")
    limit = "echo 150 >/proc/sys/user/max_inotify_watches && exec setpriv --inh-caps=-all --ambient-caps=-all -- \"$@\""
    app = ["/opt/streamlit/bin/streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    app += ["--server.address=127.0.0.1", "--browser.gatherUsageStats=false"]
    command = ["unshare", "--user", "--map-current-user", "--keep-caps", "sh", "-c", limit, "sh", *app]
    log = open(os.path.expanduser("~/app.log"), "w", encoding="utf-8")
    return subprocess.Popen(command, cwd=project, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def pid_of(port):
    """The app itself, however it was started."""
    for file in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            words = open(file, encoding="utf-8").read().split("\0")
        except OSError:
            continue
        if f"--server.port={port}" in words and "python" in words[0]:
            return int(file.split("/")[2])
    return None


def keep_open(port):
    """A browser tab, open until its standard input is closed."""
    once = "import sys; sys.path.insert(0,'/tmp'); sys.argv=['x','--attach',sys.argv[1],sys.argv[2]]; import hold_session; hold_session.main()"
    pid = until("the app runs", lambda: pid_of(port))
    environment = dict(os.environ, HOLD="1", AT_ONCE="1", PYTHONDONTWRITEBYTECODE="1")
    command = ["/opt/streamlit/bin/python", "-c", once, str(pid), str(port)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment)


class Browser(threading.Thread):
    """A tab that comes back by itself when the app was started again, as a browser's does."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.tab, self.of = port, None, None
        self.start()

    def run(self):
        while True:
            pid = pid_of(self.port)
            if pid and pid != self.of:
                self.close()
                self.tab, self.of = keep_open(self.port), pid
            time.sleep(0.2)

    def close(self):
        if self.tab:
            self.tab.stdin.close()


class Presses:
    """What a person presses, counted."""

    def __init__(self, reader):
        self.reader, self.count = reader, 0

    def press(self, role, so, what):
        self.reader.press(role, so, what)
        self.count += 1


def watches(pid):
    total = 0
    for info in glob.glob(f"/proc/{pid}/fdinfo/*"):
        try:
            total += sum(line.startswith("inotify wd") for line in open(info, encoding="utf-8"))
        except OSError:
            continue
    return total


def answers_the_password_dialog(pid):
    """polkit's authentication agent of that program, as a desktop has one: tells the right password, writes down each dialog."""
    sys.path.insert(0, "/tmp")
    sys.argv = ["agent.py", "accept", "/tmp/dialogs"]
    import agent

    threading.Thread(target=GLib.MainLoop().run, daemon=True).start()
    return agent.register(pid)


def program():
    """The process id of the program, once the menu entry has started it."""
    for file in glob.glob("/proc/[0-9]*/comm"):
        try:
            with open(file, encoding="utf-8") as comm:
                if comm.read().strip() == "inotify-doctor":
                    return int(file.split("/")[2])
        except OSError:
            continue
    return None


def log_says(text):
    with open(os.path.expanduser("~/app.log"), encoding="utf-8") as log:
        return text in log.read()


def limit():
    with open("/proc/sys/fs/inotify/max_user_watches", encoding="utf-8") as file:
        return int(file.read() or 0)  # Between emptying and writing it is neither.


def story(reader, port, first):
    presses = Presses(reader)
    presses.press(TOGGLE, lambda name: name.startswith("streamlit run") and f"process {first}" in name, "the app's card")
    presses.press(PUSH_BUTTON, lambda name: name == "Fix it", "Fix it")
    until("the limit is raised", lambda: limit() > 150)
    presses.press(PUSH_BUTTON, lambda name: name == "Restart the app", "Restart the app")
    second = until("the app runs again", lambda: (lambda pid: pid and pid != first and pid)(pid_of(port)))
    until("it says that it is fixed", lambda: reader.reads("It is fixed."))
    until("the app watches all of its folders", lambda: watches(second) >= FOLDERS)
    print("the app holds", watches(second), "watches", flush=True)
    if presses.count != 3 or reader.reads("failed"):
        sys.exit(f"not three clicks, or something failed:\n{reader.told()}")
    print(f"It is fixed. {presses.count} clicks and a password.", flush=True)
    return second


def main():
    reader = None
    try:
        port = free_port()
        accessibility(os.environ)
        start_app(port)
        browser = Browser(port)
        until("the app has said that it ran out of watches", lambda: log_says("inotify watch limit reached"))
        first = pid_of(port)
        print("the app ran out, with", watches(first), "watches", flush=True)
        # The menu entry, as a desktop starts it.
        entry = glob.glob("/usr/share/applications/*InotifyDoctor.desktop")[0]
        subprocess.Popen(["gio", "launch", entry], start_new_session=True)
        _alive = answers_the_password_dialog(until("the program runs", program))
        reader = Reader()
        second = story(reader, port, first)
        browser.close()
        os.kill(second, 15)
    except WaitedInVain as what:
        with open(os.path.expanduser("~/app.log"), encoding="utf-8") as log:
            print("app.log:", log.read()[-2000:])
        sys.exit(f"waited in vain until {what}\n{reader.told() if reader else ''}")


if __name__ == "__main__":
    main()
