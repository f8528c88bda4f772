"""Which folders an app that imports nothing but Streamlit watches from its start on, before any tab: asset folders of component packages.

Usage: PYTHON component_roots.py     (an environment with a component package, e.g. streamlit-extras)
"""
import os
import sysconfig
import time

from lab import App, Folder, Session, versions, installed


def watched(app, places):
    """The watched folders below the places, by instance, found by inode."""
    names = {}
    for place in places:
        for top, _, _ in os.walk(place):
            names[os.stat(top).st_ino] = top
    result = []
    for fd in sorted(os.listdir(f"/proc/{app.pid}/fd"), key=int):
        try:
            if os.readlink(f"/proc/{app.pid}/fd/{fd}") != "anon_inode:inotify":
                continue
            with open(f"/proc/{app.pid}/fdinfo/{fd}") as info:
                inodes = [int(line.split()[2][4:], 16) for line in info if line.startswith("inotify")]
        except OSError:
            continue
        result.append(sorted(names.get(inode, f"inode {inode}") for inode in inodes))
    return result


with Folder() as folder:
    folder.write("app.py", "import streamlit as st\nst.write('x')\n")
    site = sysconfig.get_paths()["purelib"]
    print(versions(), "streamlit-extras", installed("streamlit-extras"))
    with App(folder.path) as app:
        time.sleep(3)
        for instance in watched(app, [site, folder.path]):
            print("  before any tab:", [os.path.relpath(one, site) for one in instance])
        with Session(app):
            app.settle()
            print("  one tab:", app.watches())
        time.sleep(2)
        print("  after it:", app.watches())
