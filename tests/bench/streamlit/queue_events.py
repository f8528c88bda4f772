"""How many events watchdog puts into its own queue by adding its watches, and by adding them again after an overflow.

Usage: PYTHON queue_events.py          (any interpreter with watchdog; real watchdog code, nobody reads the queue meanwhile)
"""
import collections
import os
import struct
import sys

from lab import Folder, versions
from watchdog.observers import inotify_c

NAMES = {0x20: "open", 0x10: "close", 0x8000: "ignored", 0x4000: "OVERFLOW", 0x100: "create", 0x4: "attrib"}


def read_all(fd):
    os.set_blocking(fd, False)
    counts = collections.Counter()
    while True:
        try:
            data = os.read(fd, 1 << 20)
        except BlockingIOError:
            return counts
        at = 0
        while at < len(data):
            _, mask, _, length = struct.unpack_from("iIII", data, at)
            at += 16 + length
            of = "child" if length else "self"
            name = NAMES.get(mask & ~0x40000000, hex(mask))
            counts[f"{name} {of}" if name in ("open", "close") else name] += 1


def shown(counts):
    return f"{sum(counts.values()):>6} = " + " + ".join(f"{n} {name}" for name, n in sorted(counts.items()))


def watch(roots):
    """The events of a start, and of a rebuild where this watchdog has one. One instance for all roots, or one each (<= 6)."""
    if hasattr(inotify_c, "InotifyFD"):
        from watchdog.observers.inotify import InotifyWatchGroup
        from watchdog.observers.inotify_c import WATCHDOG_ALL_EVENTS

        fd = object.__new__(inotify_c.InotifyFD)  # 7.0 makes one of its own and starts to read it: not that one
        fd.__init__()
        groups = [InotifyWatchGroup(fd, os.fsencode(root), event_mask=WATCHDOG_ALL_EVENTS, is_recursive=True) for root in roots]
        yield "start", read_all(fd._inotify_fd)
        if hasattr(groups[0], "on_queue_overflow"):
            for group in groups:
                group.on_queue_overflow()
            yield "rebuild", read_all(fd._inotify_fd)
    else:
        for number, root in enumerate(roots):
            one = inotify_c.Inotify(os.fsencode(root), recursive=True)
            yield f"start of instance {number}", read_all(one._inotify_fd)


def chain(folder, depth):
    os.makedirs(os.path.join(folder.path, *["d"] * depth))


def case(name, make, roots=("",)):
    with Folder() as folder:
        make(folder)
        directories = [sum(1 for _ in os.walk(os.path.join(folder.path, root))) for root in roots]
        for when, counts in watch([os.path.join(folder.path, root) for root in roots]):
            print(f"{name:<34} directories {directories} {when}: {shown(counts)}")


def files(folder):
    folder.fill(99)
    for top, _, _ in list(os.walk(folder.path)):
        for number in range(10):
            open(f"{top}/f{number}.py", "w").close()


def links(folder):
    folder.fill(99)
    for number in range(50):
        os.symlink(f"{folder.path}/a0", f"{folder.path}/link{number}")


def caches(folder):
    folder.fill(49)
    for top, _, _ in list(os.walk(folder.path))[1:51]:
        os.mkdir(f"{top}/__pycache__")


def closed(folder):
    folder.fill(99)
    for number in range(10):
        os.chmod(f"{folder.path}/a0/b{number}", 0)


if __name__ == "__main__":
    print(versions(), "euid", os.geteuid())
    case("1 directory", lambda f: None)
    case("flat", lambda f: f.fill(99))
    case("flat, 1,000", lambda f: f.fill(999, wide=999))
    case("a chain, 100 deep", lambda f: chain(f, 99))
    case("flat, 10 files in each", files)
    case("flat, 50 links to directories", links)
    case("flat, half of it __pycache__", caches)
    case("root and two folders below", lambda f: (f.fill(49, "x"), f.fill(29, "y")), ("", "x", "y"))
    case("two roots side by side", lambda f: (f.fill(49, "x"), f.fill(29, "y")), ("x", "y"))
    if os.geteuid():
        case("10 of 100 not readable", closed)
