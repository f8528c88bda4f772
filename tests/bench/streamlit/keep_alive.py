"""How long an app keeps a connection that is no session (a plain HTTP request), and what it watches meanwhile.

Usage: PYTHON keep_alive.py
"""
import socket
import time

from lab import App, Folder, versions

with Folder() as folder:
    folder.write("app.py", "import streamlit as st\nst.write('x')\n")
    with App(folder.path) as app, socket.create_connection(("127.0.0.1", app.port)) as client:
        for text in (b"", b"GET /_stcore/health HTTP/1.1\r\nHost: localhost\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", app.port)) as client:
                client.sendall(text)
                client.settimeout(40)
                start = time.monotonic()
                try:
                    while client.recv(4096):
                        pass
                    kept = f"closed by the app after {time.monotonic() - start:.1f} s"
                except TimeoutError:
                    kept = "still open after 40 s"
                print(versions(), "answered request" if text else "silent connection", kept, "watches", app.watches(), flush=True)
