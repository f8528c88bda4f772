"""Before the first tab, during, and after the last: established connections on the app's port, and the watches it holds.

Usage: PYTHON session_open.py [none|script|home]     (where a settings file lies)
"""
import os
import sys
import time

from lab import App, Folder, Session, versions


def own_sockets(pid):
    found = set()
    for fd in os.listdir(f"/proc/{pid}/fd"):
        try:
            target = os.readlink(f"/proc/{pid}/fd/{fd}")
        except OSError:
            continue
        if target.startswith("socket:["):
            found.add(target[8:-1])
    return found


def connections(pid):
    """The ports the process listens on, and how many of its own established sockets have one of them as local port."""
    listening, established, own = set(), [], own_sockets(pid)
    for table in ("tcp", "tcp6"):
        with open(f"/proc/{pid}/net/{table}") as file:
            for line in file.readlines()[1:]:
                fields = line.split()
                port, state, inode = int(fields[1].rsplit(":", 1)[1], 16), fields[3], fields[9]
                if inode in own:
                    if state == "0A":
                        listening.add(port)
                    elif state == "01":
                        established.append(port)
    return sorted(listening), sum(port in listening for port in established)


def say(when, app):
    listening, open_ = connections(app.pid)
    print(f"  {when:<28} listens {listening == [app.port]} established {open_} watches {app.watches()}", flush=True)


def given_up(app, before):
    """Seconds after the tab closed until the watches change for the last time; what is held then."""
    start, last, changed = time.monotonic(), before, None
    first_without = None
    while time.monotonic() - start < 20:
        now = app.watches()
        if now != last:
            last, changed = now, time.monotonic() - start
        if first_without is None and connections(app.pid)[1] == 0:
            first_without = time.monotonic() - start
        time.sleep(0.02)
    return first_without, changed, last


with Folder() as folder:
    where = sys.argv[1] if len(sys.argv) > 1 else "none"
    folder.fill(20)
    folder.write("mod/m.py", "")
    folder.write("app.py", "import streamlit as st\nfrom mod import m\nst.write('x')\n")
    if where == "script":
        folder.write(".streamlit/config.toml", "[server]\nrunOnSave = false\n")
    app = App(folder.path)
    if where == "home":
        os.makedirs(f"{app.home}/.streamlit")
        open(f"{app.home}/.streamlit/config.toml", "w").write("[server]\nrunOnSave = false\n")
    print(versions(), "settings file:", where)
    with app:
        time.sleep(2)
        say("before the first tab", app)
        with Session(app) as first:
            app.settle()
            say("one tab", app)
            with Session(app):
                app.settle()
                say("two tabs", app)
            time.sleep(3)
            say("one of them closed for 3 s", app)
            held = app.watches()
            first.close()
            without, changed, last = given_up(app, held)
            print(f"  last tab closed: no connection after {without and round(without, 2)} s, watches changed last after "
                  f"{changed and round(changed, 2)} s, then {last}")
        say("20 s after the last tab", app)
