"""Which changes the session is told of with `poll` and with `watchdog`: the ordinary ones, and those that polling may miss.

Usage: PYTHON poll_blind.py
"""
import os
import random
import time

from lab import App, Folder, Session, versions

PATIENCE_S = 8


def write(path):
    with open(path, "w") as file:
        file.write(f"VALUE = {random.random()}\n")


def saved_by_rename(path):
    write(f"{path}.new")
    os.replace(f"{path}.new", path)


def older(path):
    write(f"{path}.new")
    os.utime(f"{path}.new", (1e9, 1e9))
    os.replace(f"{path}.new", path)


def gone_a_while(path):
    os.remove(path)
    time.sleep(2)
    write(path)


def measure(watcher):
    with Folder() as folder:
        folder.write("app.py", "import streamlit as st\n" + "".join(f"from mod import m{n}\n" for n in range(6)) + "st.write('x')\n")
        for name in ("__init__", *(f"m{n}" for n in range(6))):
            folder.write(f"mod/{name}.py", "VALUE = 1\n")
        folder.write("pages/p.py", "")
        folder.write("list/deep/file.txt", "")
        flags = [f"--server.fileWatcherType={watcher}", f"--server.folderWatchList={folder.path}/list"]
        with App(folder.path, flags=flags) as app, Session(app) as session:
            app.settle()
            time.sleep(1)
            path = f"{folder.path}/mod/m"
            acts = {
                "saved in place": lambda: write(f"{path}0.py"),
                "saved by rename": lambda: saved_by_rename(f"{path}1.py"),
                "replaced by a file with an older date": lambda: older(f"{path}2.py"),
                "removed, back after 2 s": lambda: gone_a_while(f"{path}3.py"),
                "the same file, saved again": lambda: write(f"{path}3.py"),
                "new file in folderWatchList": lambda: folder.write("list/new.txt", "1"),
                "file of folderWatchList saved": lambda: folder.write("list/new.txt", "12"),
                "file below folderWatchList saved": lambda: folder.write("list/deep/file.txt", "12"),
            }
            for name, act in acts.items():
                seen = len(session.told)
                delay = session.told_after(act, PATIENCE_S)
                time.sleep(1.5)
                print(f"{watcher:<8} {name:<40} {'not told' if delay is None else f'told {len(session.told) - seen}x, first after {delay:.2f} s'}", flush=True)


print(versions())
for one in ("poll", "watchdog"):
    measure(one)
