"""Holds inotify watches until standard input ends, and reports on standard output what it holds.

Arguments: one JSON object {"folders": path of a folder of folders, "instances": [watches of each],
"duplicates": further descriptors of the first instance, "children": forked processes that keep everything open,
"own": watches of one more instance that each child makes for itself, "churn": whether to fork children without end
that inherit everything and exit at once, "swing": whether to give the watches of the first instance back and take
them again without end, one after the other}. Further arguments mean nothing.
"""

import ctypes
import json
import os
import select
import sys

libc = ctypes.CDLL(None, use_errno=True)
IN_CREATE = 0x100


def instance(folders, wanted):
    """An inotify descriptor and the number of different watches the kernel gave it."""
    descriptor = libc.inotify_init1(0)
    if descriptor < 0:
        raise OSError(ctypes.get_errno(), "inotify_init1")
    given = set()
    for index in range(wanted):
        watch = libc.inotify_add_watch(descriptor, os.fsencode(f"{folders}/{index}"), IN_CREATE)
        if watch < 0:
            raise OSError(ctypes.get_errno(), "inotify_add_watch")
        given.add(watch)
    return descriptor, len(given)


plan = json.loads(sys.argv[1])
made = [instance(plan["folders"], wanted) for wanted in plan["instances"]]
duplicates = [os.dup(made[0][0]) for _ in range(plan["duplicates"])]
children = []
for _ in range(plan["children"]):
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        own = instance(plan["folders"], plan["own"])[1] if plan["own"] else 0
        os.write(write_end, str(own).encode())
        os.close(write_end)
        os.read(0, 1)
        os._exit(0)
    os.close(write_end)
    children.append({"pid": pid, "own_watches": int(os.read(read_end, 20))})
    os.close(read_end)
report = {"pid": os.getpid(), "instances": [watches for _, watches in made], "children": children}
print(json.dumps(report), flush=True)
while plan["churn"] and not select.select([0], [], [], 0)[0]:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
while plan["swing"] and not select.select([0], [], [], 0)[0]:
    for index in range(plan["instances"][0]):
        path = os.fsencode(f"{plan['folders']}/{index}")
        libc.inotify_rm_watch(made[0][0], libc.inotify_add_watch(made[0][0], path, IN_CREATE))
        libc.inotify_add_watch(made[0][0], path, IN_CREATE)
os.read(0, 1)
