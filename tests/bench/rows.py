"""Measures row by row and prints the table; `tests/bench/run` prepares everything and starts it.

Ratios are of runs in turn (A B C A B C …), each with what ran beside it in the same turn: median (smallest – largest).
"""
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from contextlib import contextmanager, ExitStack
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT, TREES, WORK = (Path(os.environ["BENCH_" + name]) for name in ("BUILT", "TREES", "WORK"))
DOCTOR = BUILT / "inotify-doctor"
LIBRARY, FLOOR, TIMED = (WORK / name for name in ("library", "floor", "timed"))
FD = shutil.which("fdfind") or shutil.which("fd")
VENV = Path(os.environ.get("INOTIFY_DOCTOR_VENVS", HERE.parent / ".cache/venvs")) / "streamlit-1.67-watchdog-7"
WALK = "import os, sys\nfor _ in os.walk(sys.argv[1]): pass"

# Settings, journals and interpreters of whoever runs this are no part of what is measured.
ENVIRONMENT = {"HOME": str(WORK), "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"}
TABLE = []


def say(text):
    print(text, file=sys.stderr, flush=True)


def row(what, against, ratio, figures=""):
    TABLE.append(f"| {what} | {against} | {ratio} | {figures} |")
    say(TABLE[-1])


def tree(directories, files, copy=""):
    """The path of such a tree, made unless it is there."""
    path = TREES / f"{directories}-{files}{copy}"
    if not path.exists():
        say(f"making {directories} directories with {files} files")
        part = path.with_suffix(".part")
        subprocess.run([WORK / "tree", part, str(directories), str(files)], check=True, stdout=subprocess.DEVNULL)
        part.rename(path)
    return path


def project():
    return tree(60_000, 300_000)


def report(path):
    return [DOCTOR, "report", "--format", "json", "--project", path]


def output(command):
    return subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout


def timed(command):
    """Wall and CPU time in seconds, largest resident memory in bytes."""
    wall, cpu, kib, status = output([TIMED, *command]).split()
    if status not in ("0", "1"):  # 1: the report found something to fix
        sys.exit(f"{command} ended with {status}")
    return float(wall), float(cpu), int(kib) * 1024


def in_turn(commands, times, before=lambda: None, warm=True):
    """For each name the results of its command, run in turn; once before, not counted, to warm the cache."""
    results = {name: [] for name in commands}
    for turn in range(0 if warm else 1, times + 1):
        for name, command in commands.items():
            before()
            result = timed(command)
            if turn > 0:
                results[name].append(result)
    return results


def wall(results):
    return [result[0] for result in results]


def middle(values, digits=2):
    return f"{statistics.median(values):.{digits}f}"


def spread(values, digits=2):
    return f"{middle(values, digits)} ({min(values):.{digits}f} – {max(values):.{digits}f})"


def ratio(one, other):
    return spread([a / b for a, b in zip(one, other)])


def compared(what, against, ours, theirs):
    """A row of two results of `in_turn`."""
    cpu = statistics.median(a[1] / b[1] for a, b in zip(ours, theirs))
    figures = f"{middle(wall(ours))} s; {middle(wall(theirs))} s; of CPU time {cpu:.2f}"
    row(what, against, ratio(wall(ours), wall(theirs)), figures)


def speed(path, times, title, **how):
    """`report` against everything else that lists a tree."""
    commands = {"report": report(path), "C loop of openat and getdents64, one thread": [FLOOR, "list", path]}
    if FD:
        commands["`fd -u -t d`"] = [FD, "-u", "-t", "d", ".", path]
    commands["`find -type d`"] = ["find", path, "-type", "d"]
    commands["Python's os.walk"] = [sys.executable, "-I", "-c", WALK, path]
    results = in_turn(commands, times, **how)
    for name in list(results)[1:]:
        compared(title, name, results["report"], results[name])
        title = "the same"
    if not FD:
        row(title, "`fd -u -t d`", "not measured", "fd is missing (Debian: fd-find)")


def speed_warm():
    speed(project(), 15, "`report` on 60,000 directories, 300,000 files, warm")
    alone = wall(in_turn({"alone": [DOCTOR, "report", "--format", "json"]}, 15)["alone"])
    row("`report` without a project (start, limits, processes)", "–", "–", f"{middle(alone, 3)} s")


def speed_cold():
    def forget():
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3")

    speed(project(), 3, "`report` on the same tree, cold cache", before=forget, warm=False)


CALLS = "open,openat,openat2,stat,lstat,fstat,newfstatat,statx,access,faccessat,faccessat2,readlink,readlinkat"


def calls(command, path):
    """Opens of a directory, stats of a directory and other look-ups of a path in the tree, each by directory."""
    log, folders = WORK / "strace", {folder for folder, _, _ in os.walk(path)}
    strace = ["strace", "-f", "--seccomp-bpf", "-y", "-s", "4096", "-o", log, "-e", f"trace={CALLS}", *command]
    subprocess.run(strace, env=ENVIRONMENT, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    opens = stats = others = 0
    begun, returned = {}, re.compile(r"= \d+<(.*)>$")
    with open(log, errors="surrogateescape") as lines:
        for line in lines:
            thread, call = line.rstrip().split(maxsplit=1)
            if call.endswith("<unfinished ...>"):
                begun[thread] = call.removesuffix("<unfinished ...>")
                continue
            if call.startswith("<... "):
                call = begun.pop(thread, "") + call.partition("resumed>")[2]
            if str(path) not in call:
                continue
            if call.startswith("open"):
                opened = returned.search(call)
                opens += bool(opened) and opened[1] in folders
            elif "S_IFDIR" in call:
                stats += 1
            else:
                others += 1
    log.unlink()
    return [count / len(folders) for count in (opens, stats, others)]


def calls_row(what, command, path):
    opens, stats, others = calls(command, path)
    figures = f"{others:.1f} other look-ups of a path"
    row(what, "opens and stats of each directory, by strace", f"{opens:.1f} and {stats:.1f}", figures)


def verify(path):
    return [DOCTOR, "verify", "--format", "json", "--project", path]


def calls_without_apps():
    if not shutil.which("strace"):
        return row("opens and stats of a directory", "strace", "not measured", "strace is missing")
    calls_row("`report`, 60,000 directories", report(project()), project())
    path = watchable()
    calls_row(f"`verify`, {path.name.split('-')[0]} directories", verify(path), path)


def watchable():
    """The largest tree whose watches fit beside what the account holds already."""
    limit = int(Path("/proc/sys/fs/inotify/max_user_watches").read_text())
    return project() if limit > 100_000 else tree(5_000, 25_000) if limit > 8_192 else tree(1_000, 5_000)


@contextmanager
def running(command, folder):
    """A program that runs from its first line of output on until the end of the block."""
    pipe = subprocess.PIPE
    app = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT | {"HOLD": "1"}, stdin=pipe, stdout=pipe, text=True)
    try:
        line = app.stdout.readline()
        if not line or "died" in line:
            raise RuntimeError(f"the app did not start: {line}")
        yield
    finally:
        app.stdin.close()
        app.wait()


def stand_in(path, watchdog=None):
    """A process that is an app by its command line and holds its watches; see there why it is not the real one. Where
    a version of watchdog is given, the app's environment names it."""
    folder = WORK / f"environment-{watchdog}"
    packages = folder / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    (folder / "bin").mkdir(parents=True, exist_ok=True)
    python = folder / "bin/python" if watchdog else sys.executable
    if watchdog and not python.exists():
        python.symlink_to(sys.executable)
        (folder / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).parent}\n")
        for name, version in (("streamlit", "1.57.0"), ("watchdog", watchdog)):
            metadata = packages / f"{name}-{version}.dist-info/METADATA"
            metadata.parent.mkdir(parents=True)
            (packages / name).mkdir()
            metadata.write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    shutil.copy(HERE / "streamlit_stand_in.py", folder / "bin/streamlit")
    return running([python, folder / "bin/streamlit", "run", path / "app.py"], path)


def real_app(path):
    hold = HERE.parent / "it/support/hold_session.py"
    return running([VENV / "bin/python", hold, VENV / "bin/streamlit", "run", path / "app.py"], path)


def calls_with_apps():
    if not shutil.which("strace"):
        return
    # Few enough that watchdog 7.1 keeps its watches: more directories than a quarter of the queue make it loop.
    path, is_real = tree(2_000, 10_000), (VENV / "bin/streamlit").exists()
    apps = "three running " + ("apps of Streamlit 1.67" if is_real else "stand-ins for apps")
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(real_app(path) if is_real else stand_in(path))
        calls_row(f"`report` with {apps}, 2,000 directories", report(path), path)
        calls_row("`verify`, the same", verify(path), path)
        dry_run = [DOCTOR, "fix", "clear-caches", "--dry-run", "--project", path]
        calls_row("`fix clear-caches --dry-run`, the same", dry_run, path)


def growth():
    """Difference quotients: what does not grow with the tree cancels out."""
    sizes = (10_000, 100_000, 1_000_000)
    paths = {size: tree(size, size) for size in sizes}
    for name, command in (("`report`", report), ("the C loop", lambda path: [FLOOR, "list", path])):
        results = in_turn({size: command(path) for size, path in paths.items()}, 3)

        def one_more(smaller, larger, what):
            return [(b[what] - a[what]) / (larger - smaller) for a, b in zip(results[smaller], results[larger])]

        small, large = one_more(*sizes[:2], 0), one_more(*sizes[1:], 0)
        cpu = statistics.median(a / b for a, b in zip(one_more(*sizes[1:], 1), one_more(*sizes[:2], 1)))
        figures = f"{middle(large, 7)} s; {middle(small, 7)} s; of CPU time {cpu:.2f}"
        row(f"{name}: time of one more directory at 1 M", "at 100 k", ratio(large, small), figures)
        if name == "`report`":
            peak = ", ".join(middle([each[2] / 2**20 for each in results[size]], 1) for size in sizes)
            each = middle(one_more(*sizes[1:], 2), 0)
            row(f"{name}: peak memory of one more directory", "–", f"{each} bytes", f"{peak} MiB at 10 k, 100 k, 1 M")


def gap():
    """Two trees of one shape, one of them watched by an app: both runs scan the same processes."""
    path = watchable()
    if path != project():
        return row("a running app's gap", "scan and count alone", "not measured", "no room for 60,000 watches")
    other = tree(60_000, 300_000, "-copy")
    for watchdog, which in (("6.0.0", "that cannot loop (watchdog 6)"), (None, "that may loop (watchdog 7.1)")):
        with stand_in(path, watchdog):
            results = in_turn({"gap": report(path), "alone": report(other)}, 11)
        what = f"`report` with the gap of a running app {which}, 60,000 watches"
        compared(what, "scan and count alone", results["gap"], results["alone"])


def watches():
    path, took, floor = watchable(), [], []
    for turn in range(8):
        ours = json.loads(output([LIBRARY, "added", path]))
        count, theirs = output([FLOOR, "watch", path]).split()
        if ours["errno"]:
            return row("adding the watches", "C loop", "not measured", os.strerror(ours["errno"]))
        if turn > 0:
            took.append(ours["took_s"])
            floor.append(float(theirs))
    what = f"adding and releasing {ours['added']:,} watches (verify)"
    row(what, "C loop of inotify_add_watch and close", ratio(took, floor), f"{middle(took)} s; {middle(floor)} s")


def cancel():
    for what, path, times in (
        ("1,000,000 files in one directory", tree(1, 1_000_000), "20"),
        ("1,000,000 directories", tree(1_000_000, 1_000_000), "6"),
    ):
        told = json.loads(output([LIBRARY, "cancel", path, times]))
        still = f"counters stood still for {told['longest_standstill_ms']:.0f} ms at most"
        figures = f"{told['whole_s']:.1f} s when not cancelled; {still}"
        row(f"from Cancel to the end, {what}", "–", f"{spread(told['returned_ms'], 1)} ms", figures)


def profile():
    """The ten symbols in which `report` spends most, with perf or else callgrind (user code only)."""
    data, command = WORK / "profile", report(project())
    timed(command)  # warms the cache
    quiet = {"env": ENVIRONMENT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if shutil.which("perf"):
        record = ["perf", "record", "-q", "-e", "cpu-clock", "-F", "4999", "-o", data, *command]
        subprocess.run(record, **quiet, check=False)
        lines = output(["perf", "report", "-i", data, "--stdio", "-q", "-F", "overhead,dso,sym"]).splitlines()
    elif shutil.which("valgrind"):
        callgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={data}", *command]
        subprocess.run(callgrind, **quiet, check=False)
        listed = output(["callgrind_annotate", data]).splitlines()
        lines = [line for line in listed if re.match(r" *[\d,]+ \(", line)][1:]
    else:
        lines = ["perf and valgrind are missing"]
    return ["", "```", *[line.strip() for line in lines if line.strip()][:10], "```"]


ROWS = {
    "speed": speed_warm,
    "calls": calls_without_apps,
    "apps": calls_with_apps,
    "growth": growth,
    "gap": gap,
    "watches": watches,
    "cancel": cancel,
}


def main():
    wanted = sys.argv[1:] or [*ROWS]
    for name, measure in ROWS.items():
        if name in wanted:
            measure()
    if os.environ["BENCH_COLD"] == "yes":
        speed_cold()
    print("| what | measured against | ratio: median (smallest – largest) | figures |\n|---|---|---|---|")
    print("\n".join(TABLE))
    if "profile" in wanted:
        print("\n".join(profile()))


main()
