"""A real Streamlit app, its sessions, and what the kernel says of its process. Used by the scripts beside this one.

Every script is run with the interpreter of the environment to be measured, which must have streamlit and websockets:
    python3 -m venv V && V/bin/pip install streamlit==1.67.0 watchdog==7.1.0 websockets
    unshare -Ur V/bin/python queue_loop.py 4090 4110      (a user namespace keeps the counts apart; no setting is written)
"""
import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from importlib.metadata import PackageNotFoundError, version

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
PATIENCE_S = 120


def installed(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def versions():
    return f"streamlit {installed('streamlit')} watchdog {installed('watchdog')} python {sys.version.split()[0]}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, seconds=PATIENCE_S, step=0.02):
    """Seconds until `what()` is true, or None."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        if what():
            return time.monotonic() - start
        time.sleep(step)
    return None


class Folder:
    """A temporary folder without a dot in front: modules below a hidden folder are never watched."""

    def __enter__(self):
        self.path = os.path.realpath(tempfile.mkdtemp(prefix="streamlit-bench-"))
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def write(self, name, text):
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
        return path

    def fill(self, directories, below="", wide=99):
        """Makes exactly so many directories below the folder (which is not counted itself)."""
        made = 0
        while made < directories:
            top = os.path.join(self.path, below, f"a{made}")
            os.makedirs(top)
            made += 1
            for number in range(min(wide, directories - made)):
                os.mkdir(f"{top}/b{number}")
                made += 1


class App:
    """`streamlit run SCRIPT` in a folder, ended when left."""

    def __init__(self, folder, script="app.py", flags=(), environment=None):
        self.folder, self.port = folder, free_port()
        self.home = tempfile.mkdtemp(prefix="streamlit-bench-home-")
        self.log_file = tempfile.NamedTemporaryFile("w+", prefix="streamlit-bench-log-")
        self.command = [sys.executable, "-m", "streamlit", "run", script, *flags]
        self.environment = dict(
            os.environ,
            HOME=self.home,
            STREAMLIT_BROWSER_GATHER_USAGE_STATS="false",
            STREAMLIT_SERVER_HEADLESS="true",
            STREAMLIT_SERVER_ADDRESS="127.0.0.1",
            STREAMLIT_SERVER_PORT=str(self.port),
            **(environment or {}),
        )
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=self.log_file, stderr=self.log_file
        )
        self.pid = self.process.pid
        if wait_for(self.answers) is None:
            raise SystemExit(f"the app does not answer: {self.log()}")
        return self

    def __exit__(self, *_):
        self.end()
        shutil.rmtree(self.home, ignore_errors=True)

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 0.2).close()
            return True
        except OSError:
            return self.process.poll() is not None

    def end(self, patience=8):
        """Seconds from Ctrl+C until the process is gone; None if it had to be killed."""
        start = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(patience)
            return time.monotonic() - start
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None

    def log(self):
        with open(self.log_file.name) as file:
            return file.read()

    def watches(self):
        """The number of watches of each inotify instance."""
        counts = []
        for fd in sorted(os.listdir(f"/proc/{self.pid}/fd"), key=int):
            try:
                if os.readlink(f"/proc/{self.pid}/fd/{fd}") == "anon_inode:inotify":
                    with open(f"/proc/{self.pid}/fdinfo/{fd}") as info:
                        counts.append(info.read().count("inotify wd"))
            except OSError:
                pass
        return counts

    def held(self):
        return sum(self.watches())

    def ticks(self):
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def cpu_ticks_in(self, seconds):
        before = self.ticks()
        time.sleep(seconds)
        return self.ticks() - before

    def settle(self, looks=8, step=0.25, patience=60):
        """The watches once they stay the same for two seconds; None if they never do."""
        last, same, end = None, 0, time.monotonic() + patience
        while same < looks and time.monotonic() < end:
            now = self.watches()
            same, last = (same + 1, last) if now == last else (0, now)
            time.sleep(step)
        return last if same >= looks else None


class Session:
    """One open browser tab, without a browser."""

    def __init__(self, app, page=""):
        self.app, self.page, self.told, self.failure = app, page, [], None
        self.stop, self.finished, self.closed = threading.Event(), threading.Event(), threading.Event()

    def __enter__(self):
        threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True).start()
        if not self.finished.wait(PATIENCE_S):
            raise SystemExit(f"the script does not end: {self.failure} {self.app.log()}")
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.stop.set()
        self.closed.wait(10)

    async def _run(self):
        import websockets
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        hello = BackMsg()
        hello.rerun_script.page_name = self.page
        url = f"ws://127.0.0.1:{self.app.port}/_stcore/stream"
        try:
            async with websockets.connect(url, subprotocols=["streamlit"], max_size=None) as socket_:
                await socket_.send(hello.SerializeToString())
                while not self.stop.is_set():
                    try:
                        raw = await asyncio.wait_for(socket_.recv(), 0.1)
                    except asyncio.TimeoutError:
                        continue
                    message = ForwardMsg()
                    message.ParseFromString(raw)
                    kind = message.WhichOneof("type")
                    if kind == "script_finished":
                        self.finished.set()
                    if kind == "session_event" and message.session_event.WhichOneof("type") == "script_changed_on_disk":
                        self.told.append(time.monotonic())
        except Exception as failure:  # the app ended first
            self.failure = failure
        self.closed.set()

    def told_after(self, act, patience):
        """Seconds from the end of `act` until the session is told that the script changed; None if it is not."""
        seen = len(self.told)
        act()
        start = time.monotonic()
        if wait_for(lambda: len(self.told) > seen, patience, 0.005) is None:
            return None
        return self.told[seen] - start
