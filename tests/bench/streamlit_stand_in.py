"""Holds a watch on each directory of the script's folder, as Streamlit with an open session does, until its standard
input ends. Its events stay in the queue: a real app that reads them would compete with what is measured.

Usage: PYTHON .../streamlit run SCRIPT     (this file copied under that name: a running app is told by its command line)
"""
import ctypes
import os
import sys

MASK = 0x3DE | 0x20 | 0x400 | 0x02000000  # what watchdog asks for

libc = ctypes.CDLL(None, use_errno=True)
instance = libc.inotify_init1(0)
for folder, _, _ in os.walk(os.path.dirname(os.path.realpath(sys.argv[2]))):
    if libc.inotify_add_watch(instance, os.fsencode(folder), MASK) < 0:
        sys.exit(os.strerror(ctypes.get_errno()))
print("ready", flush=True)
sys.stdin.read()
