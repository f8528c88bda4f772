"""Does an app hold its watches steadily, with so many directories? And after a push that overflows its queue once?

Usage: PYTHON queue_loop.py DIRECTORIES[:BELOW]...
    DIRECTORIES counts the script's folder too. BELOW of them are a second root inside the first: the folder of an imported module.
"""
import os
import sys
import threading
import time

from lab import App, Folder, Session, versions


def readings(app, seconds=8):
    before, seen = app.ticks(), []
    for _ in range(seconds):
        seen.append(app.held())
        time.sleep(1)
    return seen, app.ticks() - before


def push(folder):
    """Overflows the queue once: lists the tree on four threads, twice, as a program that looks at a project may."""

    def look():
        for _ in range(2):
            for _ in os.walk(folder):
                pass

    threads = [threading.Thread(target=look) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def measure(directories, below):
    with Folder() as folder:
        folder.write("app.py", "import streamlit as st\nst.write('x')\n")
        if below:
            folder.write("app.py", "import streamlit as st\nfrom mod import m\nst.write('x')\n")
            folder.write("mod/m.py", "")
            os.mkdir(f"{folder.path}/mod/__pycache__")  # the run would make it
            folder.fill(below - 2, "mod")
        folder.fill(directories - 1 - below)
        with App(folder.path) as app, Session(app):
            time.sleep(4)
            for when in ("started", "pushed"):
                if when == "pushed":
                    for _ in range(10):
                        before = app.log().count("events were lost")
                        os.system(f"{sys.executable} {__file__} --push {folder.path}")
                        time.sleep(1)
                        if app.log().count("events were lost") > before:
                            break
                    time.sleep(4)
                seen, ticks = readings(app)
                steady = len(set(seen)) == 1
                print(f"{directories:>6}:{below} {when}: {'steady' if steady else 'NOT STEADY'} {seen} {ticks} ticks in 8 s, "
                      f"{app.log().count('events were lost')} overflows", flush=True)
                if not steady:
                    break


if sys.argv[1] == "--push":
    push(sys.argv[2])
else:
    print(versions(), "max_queued_events", open("/proc/sys/fs/inotify/max_queued_events").read().strip())
    for case in sys.argv[1:]:
        total, _, inside = case.partition(":")
        measure(int(total), int(inside or 0))
