"""The person at the machine, who uses the window by what a screen reader is told:   person.py mend|look|undo

Streamlit with watchdog 7.1 begins over without end in their project of 6,000 folders."""

import glob
import json
import os
import subprocess
import sys
import time

import story
from reader import PUSH_BUTTON, TOGGLE, Reader, WaitedInVain, accessibility, until
from story import Browser, Presses, free_port, pid_of, watches

FOLDERS = 6_000
STREAMLIT = "/opt/streamlit/bin/streamlit"


def start_app(port):
    """As in a terminal."""
    project = os.path.expanduser("~/project")
    for number in range(FOLDERS):
        os.makedirs(f"{project}/data/{number // 100:03}/{number:04}", exist_ok=True)
    with open(f"{project}/app.py", "w", encoding="utf-8") as script:
        script.write("import streamlit as st\n\nst.write('hello')\n")
    command = [STREAMLIT, "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    command += ["--server.address=127.0.0.1", "--browser.gatherUsageStats=false"]
    log = open(os.path.expanduser("~/app.log"), "w", encoding="utf-8")
    return subprocess.Popen(command, cwd=project, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def newest_watch(pid):
    """The highest number of a watch: each one that is taken anew gets a new number."""
    newest = 0
    for info in glob.glob(f"/proc/{pid}/fdinfo/*"):
        try:
            lines = [line for line in open(info, encoding="utf-8") if line.startswith("inotify wd:")]
        except OSError:
            continue
        newest = max([newest, *(int(line.split()[1].removeprefix("wd:"), 16) for line in lines)])
    return newest


def busy(pid, seconds=5):
    """Share of a core that a process uses, over some seconds."""
    def ticks():
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    before, begun = ticks(), time.monotonic()
    time.sleep(seconds)
    return (ticks() - before) / os.sysconf("SC_CLK_TCK") / (time.monotonic() - begun)


def rests(pid):
    """The app holds all of its folders, takes none anew, and uses next to nothing of the processor; before it was a core."""
    until("the app watches all of its folders", lambda: watches(pid) >= FOLDERS)
    until("the app rests", lambda: busy(pid) < 0.1)
    before = (watches(pid), newest_watch(pid))
    share = busy(pid, 10)
    after = (watches(pid), newest_watch(pid))
    if before != after or share >= 0.1:
        sys.exit(f"the app does not rest: {before} watches and newest number, then {after}, {share:.2f} of a core")
    print(f"the app holds {after[0]:,} watches, takes none anew, and uses {share:.1%} of a core", flush=True)


def mend():
    port = free_port()
    start_app(port)
    _browser = Browser(port)
    first = until("the app runs", lambda: pid_of(port))
    until("the app takes its watches anew, again and again", lambda: newest_watch(first) >= 3 * FOLDERS)
    print(f"the app begins over without end: {busy(first):.0%} of a core, watch number {newest_watch(first):,}", flush=True)

    entry = glob.glob("/usr/share/applications/*InotifyDoctor.desktop")[0]
    subprocess.Popen(["gio", "launch", entry], start_new_session=True)
    _agent = story.answers_the_password_dialog(until("the program runs", story.program))
    reader = Reader()
    presses = Presses(reader)
    try:
        presses.press(TOGGLE, lambda name: name.startswith("streamlit run") and f"process {first}" in name, "the app's card")
        loops = "Your app restarts its watching without end: the event queue is too short."
        until("the judgement", lambda: reader.reads(loops))
        presses.press(PUSH_BUTTON, lambda name: name == "Fix it", "Fix it")
        presses.press(PUSH_BUTTON, lambda name: name == "Restart the app", "Restart the app")
        second = until("the app runs again", lambda: (lambda pid: pid and pid != first and pid)(pid_of(port)))
        until("it says that it is fixed", lambda: reader.reads("It is fixed."))
    except WaitedInVain as what:
        raise WaitedInVain(f"{what}\n{reader.told()}") from what
    print(f"It is fixed. {presses.count} clicks and a password.", flush=True)
    if presses.count != 3 or reader.reads("failed"):
        sys.exit(f"not as promised:\n{reader.told()}")
    rests(second)
    presses.press(PUSH_BUTTON, lambda name: name == "Done", "Done")


def look():
    """After the machine was switched off and on: the same app is left alone, and the report says why."""
    port = free_port()
    start_app(port)
    _browser = Browser(port)
    pid = until("the app runs", lambda: pid_of(port))
    rests(pid)
    command = ["inotify-doctor", "report", "--format", "json", "--project", os.path.expanduser("~/project")]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    report = json.loads(done.stdout)
    queue = report["limits"]["max_queued_events"]
    with open("/proc/sys/fs/inotify/max_queued_events", encoding="utf-8") as file:
        true = int(file.read())
    told = (queue["now"], queue["at_boot"], queue["boot_source"])
    if told != (true, true, "/etc/sysctl.d/99-zz-inotify-doctor.conf"):
        sys.exit(f"the report says of the queue of {true}: {queue}")
    wrong = [finding for finding in report["findings"] if finding["severity"] in ("critical", "warning")]
    [running] = report["streamlit"]["running"]
    if done.returncode != 0 or wrong or not running["steady"] or running["watches"] != watches(pid):
        sys.exit(f"the report ended with {done.returncode}: {wrong} {running}")
    print(f"the report: nothing to fix, the app steady with {running['watches']:,} watches, the queue that of the drop-in", flush=True)


def undo():
    """As the drop-in says it: the last change, which started the app again, cannot be taken back; the raise is meant."""
    command = ["sh", "-c", "read go && exec inotify-doctor undo --yes"]
    program = subprocess.Popen(command, stdin=subprocess.PIPE)
    _agent = story.answers_the_password_dialog(program.pid)
    program.stdin.write(b"go\n")
    program.stdin.close()
    if program.wait() != 0:
        sys.exit(f"undo ended with {program.returncode}")


def main():
    try:
        accessibility(os.environ)
        {"mend": mend, "look": look, "undo": undo}[sys.argv[1]]()
    except WaitedInVain as what:
        sys.exit(f"waited in vain until {what}")


if __name__ == "__main__":
    main()
