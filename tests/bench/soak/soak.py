"""What tests/bench/soak/run does for so many minutes:   soak.py PROGRAM MINUTES FOLDER"""

import ctypes
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
HELD = (3, 500)  # instances, and watches in all
COMING_AND_GOING = 100  # processes a second
PATIENCE_S = 120

over = threading.Event()
told = {"processes": 0, "folders": 0, "reports": 0, "scans": 0, "stops": 0}
faults = []


def hold():
    """Holds a known number of watches; they end with this process."""
    libc = ctypes.CDLL(None, use_errno=True)
    instances = [libc.inotify_init1(os.O_CLOEXEC) for _ in range(HELD[0])]
    os.makedirs(f"{WORK}/held")
    for number in range(HELD[1]):
        folder = f"{WORK}/held/{number}"
        os.mkdir(folder)
        if libc.inotify_add_watch(instances[number % len(instances)], folder.encode(), 0x100) < 0:
            sys.exit("soak: the watches that are to be counted could not be added")
    return instances


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


def reports_are_right():
    while not over.wait(15):
        command = [PROGRAM, "report", "--format", "json", "--no-redact", "--project", TREE]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE_S, check=False)
        told["reports"] += 1
        if done.returncode not in (0, 1):
            faults.append(f"a report ended with {done.returncode}: {done.stderr.decode()[-300:]}")
            continue
        report = json.loads(done.stdout)
        mine = [(row["instances"], row["watches"]) for row in report["processes"] if row["pid"] == os.getpid()]
        if mine != [HELD]:
            faults.append(f"a report counts {mine} where {HELD} are held")
        if report["account"]["watches"] < HELD[1] or report["project"]["directories"] < FOLDERS:
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


def use_the_window(window, end):
    """Asks for a scan, waits for its end, suspends the program and resumes it, again and again."""
    reader = None
    go_on = lambda: reader.find(PUSH_BUTTON, lambda name: name == "Scan again")
    try:
        reader = Reader()
        while not go_on():
            reader.press(PUSH_BUTTON, lambda name: name == "Next", "Next")
            over.wait(2)
        while time.monotonic() < end:
            reader.press(PUSH_BUTTON, lambda name: name == "Scan again", "Scan again")
            until("a scan that was asked for has ended", go_on)
            told["scans"] += 1
            window.send_signal(signal.SIGSTOP)
            over.wait(3)
            window.send_signal(signal.SIGCONT)
            told["stops"] += 1
            over.wait(10)
    except WaitedInVain as what:
        with open(f"{WORK}/window.log", encoding="utf-8") as log:
            faults.append(f"waited in vain until {what}: {log.read()[-1000:]} {reader.told()[:2000] if reader else ''}")


def main():
    kept = hold()
    make_tree()
    accessibility(os.environ)
    with open(f"{WORK}/window.log", "w", encoding="utf-8") as log:
        window = subprocess.Popen([PROGRAM, "--project", TREE], stdout=log, stderr=log)
    start, samples = time.monotonic(), []
    work = [processes_come_and_go, tree_changes, reports_are_right, lambda: sample(window, start, samples)]
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    use_the_window(window, start + MINUTES * 60)
    over.set()
    for thread in threads:
        thread.join()
    if window.poll() is not None:
        faults.append(f"the window ended with {window.returncode}")
    else:
        window.terminate()
    del kept
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
    for fault in faults:
        print("FAULT:", fault)
    sys.exit(1 if faults else 0)


main()
