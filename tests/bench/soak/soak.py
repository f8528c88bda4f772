"""What tests/bench/soak/run does for so many minutes:   soak.py PROGRAM MINUTES FOLDER

The window runs with a clock of the day that this program sets, by libfaketime ($FAKETIME_LIBRARY): as where somebody sets
the clock, or a laptop wakes up. What it measures durations by goes on, as the kernel's own does then."""

import ctypes
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

from reader import PUSH_BUTTON, Reader, WaitedInVain, accessibility, until

PROGRAM, MINUTES, WORK = sys.argv[1], float(sys.argv[2]), sys.argv[3]
TREE = f"{WORK}/project"
FOLDERS = 3000
INSTANCES = 3
HELD = (500, 637, 571, 914)  # watches in all, one number after the other
# Seconds by which the clock of the day is off the true time, one jump after the other: an hour, a night, back to the day
# before, right again, a year, twenty years back, right again, beyond 2038.
JUMPS = (3_600, 3_600 + 8 * 3_600, -86_400, 0, 400 * 86_400, -20 * 365 * 86_400, 0, 3_600 * 24 * 365 * 13, 0)
COMING_AND_GOING = 100  # processes a second
PATIENCE_S = 120
FLAT = 1.05  # what memory may grow by, between the thirds of the time after it has settled

over = threading.Event()
told = {"processes": 0, "folders": 0, "reports": 0, "scans": 0, "changes seen": 0, "stops": 0, "jumps of the clock": 0}
faults = []


class Holder:
    """A known number of watches, which this process holds."""

    def __init__(self):
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.instances = [self.libc.inotify_init1(os.O_CLOEXEC) for _ in range(INSTANCES)]
        self.watches = []
        self.unchanged = threading.Lock()  # Held by whoever counts, so that there is one true number.
        os.makedirs(f"{WORK}/held")
        for number in range(max(HELD)):
            os.mkdir(f"{WORK}/held/{number}")

    def hold(self, wanted):
        with self.unchanged:
            while len(self.watches) > wanted:
                self.libc.inotify_rm_watch(*self.watches.pop())
            while len(self.watches) < wanted:
                number = len(self.watches)
                instance = self.instances[number % INSTANCES]
                watch = self.libc.inotify_add_watch(instance, f"{WORK}/held/{number}".encode(), 0x100)
                if watch < 0:
                    sys.exit("soak: the watches that are to be counted could not be added")
                self.watches.append((instance, watch))


class Clock:
    """The clock of the day, as the window is told it."""

    def __init__(self):
        self.file = f"{WORK}/clock"
        self.jumps = itertools.cycle(JUMPS)
        self.environment = {"LD_PRELOAD": os.environ["FAKETIME_LIBRARY"], "FAKETIME_TIMESTAMP_FILE": self.file}
        # Read again each second; nothing but the time of the day is another one.
        self.environment |= {"FAKETIME_CACHE_DURATION": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}
        self.set(0)

    def set(self, offset):
        with open(self.file + ".new", "w", encoding="utf-8") as file:
            file.write(f"{offset:+d}\n")
        os.rename(self.file + ".new", self.file)

    def jump(self):
        offset = next(self.jumps)
        self.set(offset)
        # That it works is seen by a program that is started with the same variables.
        seen = subprocess.run(["date", "+%s"], env=dict(os.environ, **self.environment), stdout=subprocess.PIPE, check=True)
        if abs(int(seen.stdout) - time.time() - offset) > 5:
            faults.append(f"the clock was not moved by {offset} s")
        told["jumps of the clock"] += 1


def make_tree():
    for number in range(FOLDERS):
        os.makedirs(f"{TREE}/{number % 50}/{number}")
    with open(f"{TREE}/app.py", "w", encoding="utf-8") as script:
        script.write("import streamlit as st\nst.write('hello')\n")


def processes_come_and_go():
    """Half of them hold an instance (`tail -f`), half are gone at once; each lives for a tenth of a second at most."""
    alive, next_one = [], time.monotonic()
    while not over.is_set():
        command = ["tail", "-f", "/etc/hostname"] if told["processes"] % 2 else ["true"]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        alive.append((time.monotonic(), process))
        told["processes"] += 1
        while alive and alive[0][0] + 0.1 < time.monotonic():
            process = alive.pop(0)[1]
            process.kill()
            process.wait()
        next_one += 1 / COMING_AND_GOING
        over.wait(max(0.0, next_one - time.monotonic()))
    for _, process in alive:
        process.kill()
        process.wait()


def tree_changes():
    chance = random.Random(1)
    while not over.is_set():
        folder = f"{TREE}/{chance.randrange(50)}/come-{chance.randrange(40)}"
        if os.path.exists(folder):
            shutil.rmtree(folder, ignore_errors=True)
        else:
            os.makedirs(f"{folder}/a/b/c", exist_ok=True)
            with open(f"{folder}/a/module.py", "w", encoding="utf-8") as file:
                file.write("import os\n")
        told["folders"] += 1
        over.wait(0.02)


def reports_are_right(holder):
    while not over.wait(15):
        command = [PROGRAM, "report", "--format", "json", "--no-redact", "--project", TREE]
        with holder.unchanged:
            held = (INSTANCES, len(holder.watches))
            try:
                done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE_S, check=False)
            except subprocess.TimeoutExpired:
                faults.append("a report did not end")
                continue
        told["reports"] += 1
        if done.returncode not in (0, 1):
            faults.append(f"a report ended with {done.returncode}: {done.stderr.decode()[-300:]}")
            continue
        report = json.loads(done.stdout)
        mine = [(row["instances"], row["watches"]) for row in report["processes"] if row["pid"] == os.getpid()]
        if mine != [held]:
            faults.append(f"a report counts {mine} where {held} are held")
        if report["account"]["watches"] < held[1] or report["project"]["directories"] < FOLDERS:
            faults.append(f"a report tells {report['account']} and {report['project']['directories']} directories")


def of(pid, key):
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(key))


def sample(window, start, samples):
    while not over.wait(5):
        if window.poll() is not None:
            return
        row = (time.monotonic() - start, of(window.pid, "VmRSS"), of(window.pid, "Threads"), len(os.listdir(f"/proc/{window.pid}/fd")))
        samples.append(row)


def use_the_window(window, end, holder, clock):
    """Asks for a scan and waits for its end, changes what is held and waits until the table of processes says so by itself;
    suspends the program and resumes it; lets the clock jump, now before a scan and now during the stop; again and again."""
    reader = None
    scan_again = lambda: reader.find(PUSH_BUTTON, lambda name: name == "Scan again")
    listed = lambda number: any(name == f"{number:,}" for _path, _role, name, _can in reader.things())
    try:
        reader = Reader()
        while not scan_again():
            reader.press(PUSH_BUTTON, lambda name: name == "Next", "Next")
            over.wait(2)
        reader.press(PUSH_BUTTON, lambda name: name == "Details", "Details")
        for held in itertools.cycle(HELD):
            if time.monotonic() > end:
                return
            if told["scans"] % 2:
                clock.jump()
            reader.press(PUSH_BUTTON, lambda name: name == "Scan again", "Scan again")
            until("a scan that was asked for has ended", scan_again)
            told["scans"] += 1
            holder.hold(held)
            until(f"the table that refreshes itself says {held}", lambda: listed(held))
            told["changes seen"] += 1
            window.send_signal(signal.SIGSTOP)
            if told["scans"] % 2:
                clock.jump()
            over.wait(3)
            window.send_signal(signal.SIGCONT)
            told["stops"] += 1
            over.wait(5)
    except WaitedInVain as what:
        with open(f"{WORK}/window.log", encoding="utf-8") as log:
            faults.append(f"waited in vain until {what}: {log.read()[-1000:]} {reader.told()[:3000] if reader else ''}")


def main():
    holder, clock = Holder(), Clock()
    holder.hold(HELD[0])
    make_tree()
    accessibility(os.environ)
    with open(f"{WORK}/window.log", "w", encoding="utf-8") as log:
        environment = dict(os.environ, **clock.environment)
        window = subprocess.Popen([PROGRAM, "--project", TREE], env=environment, stdout=log, stderr=log)
    start, samples = time.monotonic(), []
    work = [processes_come_and_go, tree_changes, lambda: reports_are_right(holder), lambda: sample(window, start, samples)]
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    use_the_window(window, start + MINUTES * 60, holder, clock)
    over.set()
    for thread in threads:
        thread.join()
    if window.poll() is not None:
        faults.append(f"the window ended with {window.returncode}")
    else:
        with open(f"/proc/{window.pid}/maps", encoding="utf-8") as maps:
            if "libfaketime" not in maps.read():
                faults.append("the window had the machine's clock")
        window.terminate()
    with open(f"{WORK}/window.log", encoding="utf-8") as log:
        panics = [line for line in log if "panic" in line]
        if panics:
            faults.append(f"a job of the window died: {panics[0]}")
    show(samples)


def show(samples):
    print(f"{MINUTES:g} minutes: " + ", ".join(f"{count} {what}" for what, count in told.items()))
    print("minute  resident KiB  threads  descriptors")
    every = max(1, len(samples) // 12)
    for at, resident, threads, descriptors in samples[::every] + samples[-1:]:
        print(f"{at / 60:6.1f}  {resident:12}  {threads:7}  {descriptors:11}")
    # Flat after the first ten minutes, or after the first third of a short run: medians, because a scan needs some for a moment.
    settled = [row for row in samples if row[0] >= min(600, MINUTES * 20)]
    third = max(1, len(settled) // 3)
    median = lambda rows: sorted(row[1] for row in rows)[len(rows) // 2]
    if settled:
        first, last = median(settled[:third]), median(settled[-third:])
        print(f"resident, median of the first and of the last third once settled: {first} and {last} KiB, ratio {last / first:.3f}")
        if last > first * FLAT:
            faults.append(f"memory grew from {first} to {last} KiB")
        threads, descriptors = (max(row[place] for row in settled) for place in (2, 3))
        print(f"at most {threads} threads and {descriptors} descriptors")
    for fault in faults:
        print("FAULT:", fault)
    sys.exit(1 if faults else 0)


main()
