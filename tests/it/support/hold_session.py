"""Starts a real Streamlit app, opens one session as a browser does, and prints what it watches as one line of JSON.

Usage: PYTHON hold_session.py COMMAND...     (run with the interpreter that has streamlit and websockets)
COMMAND is the whole `streamlit run` command; port and address are added through the environment. Its environment
and working folder are the caller's. With HOLD=1 the app stays open until standard input ends.
With AT_ONCE=1 it does not wait until the watches stay the same.
With `--many`, apps are named one a line on standard input, as JSON {"cwd", "arguments", "environment"}; each is run by a
fork of this process, which has imported Streamlit already, and answered by one line. Ten apps take the time of two.
With `--attach PID PORT` in place of a command, the session is opened to an app that runs already and is left running.
"""
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

SETTLED = 4  # looks in a row that must find the same number
LOOK_S = 0.1
GIVE_UP_S = 60


def descriptors(pid):
    """For each inotify descriptor the (inode, sdev) pairs of its watches, as numbers."""
    found = []
    for fd in sorted(os.listdir(f"/proc/{pid}/fd"), key=int):
        try:
            if os.readlink(f"/proc/{pid}/fd/{fd}") != "anon_inode:inotify":
                continue
            with open(f"/proc/{pid}/fdinfo/{fd}") as info:
                lines = [line.split() for line in info if line.startswith("inotify")]
        except FileNotFoundError:
            continue
        pairs = [dict(part.split(":", 1) for part in line[1:]) for line in lines]
        found.append([[int(pair["ino"], 16), int(pair["sdev"], 16)] for pair in pairs])
    return found


async def settled(pid):
    """Waits until the watches stay the same; they are added right after the message that the script has ended."""
    last, same = None, 0
    while same < SETTLED:
        now = [len(one) for one in descriptors(pid)]
        same, last = (same + 1, last) if now == last else (0, now)
        await asyncio.sleep(LOOK_S)


async def session(port, app, report):
    import websockets
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    url = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with websockets.connect(url, subprotocols=["streamlit"], max_size=None, open_timeout=GIVE_UP_S) as ws:
        await ws.send(b"\x5a\x00")

        async def run_ends():
            while True:
                message = ForwardMsg()
                message.ParseFromString(await ws.recv())
                if message.WhichOneof("type") == "script_finished":
                    return

        async def keep_reading():
            while True:
                await ws.recv()

        await asyncio.wait_for(run_ends(), GIVE_UP_S)
        reading = asyncio.ensure_future(keep_reading())
        if not os.environ.get("AT_ONCE"):
            await settled(app.pid)
        report["instances"] = descriptors(app.pid)
        report["pid"] = app.pid
        print(json.dumps(report), flush=True)
        if os.environ.get("HOLD"):
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        reading.cancel()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port, app):
    end = time.monotonic() + GIVE_UP_S
    while app.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
            return True
        except OSError:
            time.sleep(0.05)
    return False


class Attached:
    """An app that someone else has started and will end."""

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        return None if os.path.exists(f"/proc/{self.pid}") else -1


def attach(pid, port):
    app, report = Attached(pid), {}
    if listens(port, app):
        asyncio.run(session(port, app, report))


class Forked:
    """An app that a fork of this process runs."""

    def __init__(self, wanted, port, log):
        self.pid = os.fork()
        self.status = None
        if self.pid == 0:
            try:
                become(wanted, port, log)
            finally:
                os._exit(1)

    def poll(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = status if pid else None
        return self.status

    def end(self):
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def become(wanted, port, log):
    """Runs `streamlit` with these arguments, as its console script does."""
    from streamlit.web.cli import main as streamlit

    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(log.fileno(), 1)
    os.dup2(log.fileno(), 2)
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["environment"], **settings(port))
    sys.dont_write_bytecode = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
    sys.path[0] = os.path.dirname(sys.executable)
    sys.argv = [os.path.join(sys.path[0], "streamlit"), *wanted["arguments"]]
    streamlit()


def many():
    import streamlit.web.cli  # noqa: F401  for the forks
    import websockets  # noqa: F401
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: F401

    for line in sys.stdin:
        port, report = free_port(), {}
        with tempfile.TemporaryFile("w+") as log:
            app = Forked(json.loads(line), port, log)
            try:
                if listens(port, app):
                    asyncio.run(session(port, app, report))
            finally:
                app.end()
            if "instances" not in report:
                log.seek(0)
                print(json.dumps({"died": app.poll(), "log": log.read()[-3000:]}), flush=True)


def settings(port):
    return {
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "STREAMLIT_SERVER_PORT": str(port),
    }


def main():
    if sys.argv[1] == "--many":
        return many()
    if sys.argv[1] == "--attach":
        return attach(int(sys.argv[2]), int(sys.argv[3]))
    port = free_port()
    environment = dict(os.environ, **settings(port))
    environment.pop("HOLD", None)
    with tempfile.TemporaryFile("w+") as log:
        app = subprocess.Popen(sys.argv[1:], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        report = {}
        try:
            if listens(port, app):
                asyncio.run(session(port, app, report))
        finally:
            if app.poll() is None:
                app.send_signal(signal.SIGINT)
                try:
                    app.wait(5)
                except subprocess.TimeoutExpired:
                    app.kill()
                    app.wait()
            log.seek(0)
            text = log.read()
        if "instances" not in report:
            print(json.dumps({"died": app.returncode, "log": text[-3000:]}), flush=True)
        if os.environ.get("SHOW_LOG"):
            print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
