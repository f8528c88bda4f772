"""What `poll` costs and how late it is, beside watchdog: CPU at rest, and the delay from a save to the session being told.

Usage: PYTHON poll_cost.py [--sessions N] [--watchers poll,watchdog] CASE...
    CASE is a number of local modules that the script imports, or `pages:N` for N files in pages/. The session is told of the
    page it shows only, with every watcher: there the page that is shown is saved.
"""
import argparse
import os
import random
import time
from contextlib import ExitStack

from lab import App, Folder, Session, versions


def project(folder, case):
    """Writes the project; returns the page to open, the number of watched files, and those whose saving is timed."""
    kind, _, number = case.rpartition(":")
    number = int(number)
    if kind == "pages":
        for page in range(number):
            folder.write(f"pages/p{page}.py", f"import streamlit as st\nst.write({page})\n")
        folder.write("app.py", "import streamlit as st\nst.write('x')\n")
        return "p7", number + 1, [f"{folder.path}/pages/p7.py"]
    folder.write("mod/__init__.py", "")
    for module in range(number):
        folder.write(f"mod/m{module}.py", f"VALUE = {module}\n")
    imports = "".join(f"from mod import m{module}\n" for module in range(number))
    folder.write("app.py", f"import streamlit as st\n{imports}st.write('x')\n")
    return "", number + 2, [f"{folder.path}/mod/m{module}.py" for module in range(number)]


def save(path):
    with open(path, "a") as file:
        file.write(f"# {random.random()}\n")


def delays(session, paths, times, patience, period):
    found = []
    for _ in range(times):
        time.sleep(0.3 + random.uniform(0, period))  # not in step with the poll
        found.append(session.told_after(lambda: save(random.choice(paths)), patience))
    return found


def shown(found):
    known = [one for one in found if one is not None]
    text = f"{min(known):.2f}-{max(known):.2f}" if known else "-"
    lost = len(found) - len(known)
    return text + (f" ({lost} of {len(found)} never told)" if lost else "")


def measure(case, watcher, sessions):
    with Folder() as folder, ExitStack() as stack:
        page, files, others = project(folder, case)
        app = stack.enter_context(App(folder.path, flags=[f"--server.fileWatcherType={watcher}"]))
        idle = app.ticks()
        time.sleep(1)
        session = stack.enter_context(Session(app, page))
        for _ in range(sessions - 1):
            stack.enter_context(Session(app))
        app.settle()
        started = app.ticks() - idle
        rest = [app.cpu_ticks_in(10) for _ in range(3)]
        period = files * sessions * 0.05
        patience = 15 + 1.2 * period
        times = 6 if files < 500 else 4
        script = delays(session, [f"{folder.path}/app.py"], times, patience, period)
        other = delays(session, others, times, patience, period)
        held = app.watches()
        end = app.end(patience=120)
        print(f"{case:>9} {watcher:<8} sessions {sessions} watches {held} start {started} ticks, at rest in 10 s {rest} ticks, "
              f"told after s: script {shown(script)}, other file {shown(other)}; gone after Ctrl+C in "
              f"{'more than 120' if end is None else f'{end:.1f}'} s", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--sessions", type=int, default=1)
    parser.add_argument("--watchers", default="poll,watchdog")
    parser.add_argument("cases", nargs="+")
    chosen = parser.parse_args()
    print(versions(), f"{os.sysconf('SC_CLK_TCK')} ticks a second", flush=True)
    for case_ in chosen.cases:
        for watcher_ in chosen.watchers.split(","):
            measure(case_, watcher_, chosen.sessions)
