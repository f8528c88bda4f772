"""A file system of a few files, spoken straight over /dev/fuse (include/uapi/linux/fuse.h), whose server takes one kind
of request and never answers it: `silent.py lookup|getattr|opendir|readdir|open|read|nothing MOUNTPOINT`, or of those
that change something: `create|write|setattr|flush|fsync|rename|unlink|mkdir`.

Prints a line once it is mounted; then a line for each kind of request that it leaves without an answer.
"""

import ctypes
import errno
import os
import stat
import struct
import sys

FILES = {
    "page.py": b"import streamlit as st\nst.write('page')\n",
    "app.log": b"OSError: [Errno 28] inotify watch limit reached\n",
    ".streamlit/config.toml": b"[server]\nfileWatcherType = \"auto\"\n",
    "__pycache__/page.cpython-311.pyc": b"\0" * 100,
    "data/2026/a.csv": b"1\n",
    "state/inotify-doctor/journal/0001.jsonl": b"{}\n",
}
NUMBERS = {
    1: "lookup", 2: "forget", 3: "getattr", 14: "open", 15: "read", 17: "statfs", 18: "release", 26: "init",
    27: "opendir", 28: "readdir", 29: "releasedir", 42: "batch_forget", 25: "flush", 36: "interrupt", 35: "create",
    16: "write", 4: "setattr", 20: "fsync", 30: "fsync", 12: "rename", 45: "rename", 10: "unlink", 9: "mkdir",
}


class Node:
    def __init__(self, content=None):
        self.content, self.children = content, {}


def tree():
    nodes = [None, Node()]
    for path, content in FILES.items():
        at = nodes[1]
        *folders, name = path.split("/")
        for folder in folders:
            if folder not in at.children:
                nodes.append(Node())
                at.children[folder] = len(nodes) - 1
            at = nodes[at.children[folder]]
        nodes.append(Node(bytearray(content)))
        at.children[name] = len(nodes) - 1
    return nodes


NODES = tree()


def add(folder, name, content):
    NODES.append(Node(content))
    NODES[folder].children[name.decode()] = len(NODES) - 1
    return found(len(NODES) - 1)


def found(child):
    # Nothing is remembered by the kernel: each look is a request.
    return struct.pack("<QQQQII", child, 0, 0, 0, 0, 0) + attributes(child)


def attributes(number):
    node = NODES[number]
    mode, size = (stat.S_IFDIR | 0o755, 0) if node.content is None else (stat.S_IFREG | 0o644, len(node.content))
    return struct.pack("<QQQQQQIIIIIIIIII", number, size, 1, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, 4096, 0)


def listing(number, offset):
    answer = b""
    for place, (name, child) in enumerate(NODES[number].children.items(), 1):
        if place > offset:
            kind = stat.S_IFDIR if NODES[child].content is None else stat.S_IFREG
            name = name.encode()
            entry = struct.pack("<QQII", child, place, len(name), kind >> 12) + name
            answer += entry + b"\0" * (-len(entry) % 8)
    return answer


def answer(kind, node, body):
    """What is sent back: bytes, or the number of an error."""
    if kind == "init":
        major, minor = struct.unpack_from("<II", body)
        return struct.pack("<IIIIHHIIHHIIIIII", 7, min(minor, 31), 65536, 0, 16, 12, 65536, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    if kind == "lookup":
        child = NODES[node].children.get(body.rstrip(b"\0").decode())
        return -errno.ENOENT if child is None else found(child)
    if kind == "getattr":
        return struct.pack("<QII", 0, 0, 0) + attributes(node)
    if kind in ("open", "opendir"):
        return struct.pack("<QII", 0, 1, 0)
    if kind == "readdir":
        return listing(node, struct.unpack_from("<QQI", body)[1])
    if kind == "read":
        offset, size = struct.unpack_from("<QI", body, 8)
        return bytes(NODES[node].content[offset:offset + size])
    if kind == "statfs":
        return struct.pack("<QQQQQIIII24x", 1000, 500, 500, 100, 50, 4096, 255, 4096, 0)
    if kind in ("release", "releasedir", "flush", "fsync"):
        return b""
    return change(kind, node, body)


def change(kind, node, body):
    if kind == "create":
        return add(node, body[16:].rstrip(b"\0"), bytearray()) + struct.pack("<QII", 0, 1, 0)
    if kind == "mkdir":
        return add(node, body[8:].rstrip(b"\0"), None)
    if kind == "write":
        _, offset, size = struct.unpack_from("<QQI", body)
        NODES[node].content[offset:offset + size] = body[40:40 + size]
        return struct.pack("<II", size, 0)
    if kind == "setattr":
        valid, _, _, size = struct.unpack_from("<IIQQ", body)
        if valid & 8:
            del NODES[node].content[size:]
        return struct.pack("<QII", 0, 0, 0) + attributes(node)
    if kind == "unlink":
        return b"" if NODES[node].children.pop(body.rstrip(b"\0").decode(), None) else -errno.ENOENT
    if kind == "rename":
        target = struct.unpack_from("<Q", body)[0]
        # The one with flags has them behind the folder: of the two names, the last ones are told by their ends.
        names = body[8:].lstrip(b"\0\1").rstrip(b"\0").split(b"\0")
        moved = NODES[node].children.pop(names[0].decode(), None)
        if moved is None:
            return -errno.ENOENT
        NODES[target].children[names[1].decode()] = moved
        return b""
    return -errno.ENOSYS


def main():
    stop, target = sys.argv[1:]
    device = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode=40000,user_id=0,group_id=0".encode()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"silent", os.fsencode(target), b"fuse", 0, options) != 0:
        sys.exit(os.strerror(ctypes.get_errno()))
    print("mounted", flush=True)
    while True:
        try:
            request = os.read(device, 1 << 20)
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.EINTR, errno.EAGAIN):
                continue
            return
        length, number, unique, node = struct.unpack_from("<IIQQ", request)
        kind = NUMBERS.get(number, str(number))
        if kind in ("forget", "batch_forget", "interrupt"):
            continue
        if kind == stop:
            print("silent at", kind, flush=True)
            continue
        reply = answer(kind, node, request[40:length])
        error, data = (reply, b"") if isinstance(reply, int) else (0, reply)
        try:
            os.write(device, struct.pack("<IiQ", 16 + len(data), error, unique) + data)
        except OSError as error:
            # Nobody waits for it any more.
            if error.errno != errno.ENOENT:
                raise


main()
