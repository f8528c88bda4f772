"""A password dialog without a person: a polkit authentication agent for one program, with its answer fixed beforehand.

    agent.py ANSWER LOG PROGRAM ARGUMENT...

Runs PROGRAM as the user `tester` and answers whatever polkit asks on its behalf. Each dialog is one line of JSON in
LOG. The program's exit status becomes ours. ANSWER:
    accept   the right password, through PAM, by polkit's own set-user-id helper
    slow     the same, after the file LOG.go has appeared
    wrong    a wrong password
    dismiss  the dialog is closed
    hang     no answer ever
    nobody   there is no agent
"""
import glob
import json
import os
import pwd
import subprocess
import sys
import threading
import time

from gi.repository import Gio, GLib

ANSWER, LOG, COMMAND = sys.argv[1], sys.argv[2], sys.argv[3:]
TESTER = pwd.getpwnam("tester")
AUTHORITY = "org.freedesktop.PolicyKit1"
AGENT_PATH = "/tester/agent"
AGENT = """<node><interface name="org.freedesktop.PolicyKit1.AuthenticationAgent">
  <method name="BeginAuthentication">
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="a{ss}" direction="in"/><arg type="s" direction="in"/><arg type="a(sa{sv})" direction="in"/>
  </method>
  <method name="CancelAuthentication"><arg type="s" direction="in"/></method>
</interface></node>"""


def become_tester():
    os.initgroups("tester", TESTER.pw_gid)
    os.setgid(TESTER.pw_gid)
    os.setuid(TESTER.pw_uid)


def start_program():
    """Forks; the child becomes PROGRAM once the agent is registered for its process id."""
    ready, go = os.pipe()
    tester, changed = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(go)
        become_tester()
        os.write(changed, b"t")
        os.chdir("/")
        os.read(ready, 1)
        os.execvp(COMMAND[0], COMMAND)
    os.close(ready)
    os.read(tester, 1)  # polkit compares the users of the agent and of the program: it must be the tester's by now.
    return child, go


def give_password(password, cookie):
    """The conversation of polkit-agent-helper-1: the cookie first, then a password for each prompt."""
    places = ("/usr/lib/polkit-1", "/usr/libexec", "/usr/lib/policykit-1")
    helper = next(path for place in places for path in glob.glob(place + "/polkit-agent-helper-1"))
    talk = subprocess.Popen([helper, "tester"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    talk.stdin.write(cookie + "\n")
    talk.stdin.flush()
    for line in talk.stdout:
        if line.startswith("PAM_PROMPT_ECHO"):
            talk.stdin.write(password + "\n")
            talk.stdin.flush()
        elif line.strip() in ("SUCCESS", "FAILURE"):
            break
    talk.stdin.close()
    talk.wait()


def answer(call, cookie):
    if ANSWER == "dismiss":
        call.return_dbus_error(AUTHORITY + ".Error.Cancelled", "closed")
        return
    if ANSWER == "hang":
        return
    while ANSWER == "slow" and not os.path.exists(LOG + ".go"):
        time.sleep(0.02)
    give_password("no such password" if ANSWER == "wrong" else "tester-pw", cookie)
    call.return_value(None)


def on_call(_bus, _sender, _path, _interface, method, parameters, call):
    if method != "BeginAuthentication":
        call.return_value(None)
        return
    action, message, _icon, details, cookie, _who = parameters.unpack()
    with open(LOG, "a", encoding="utf-8") as log:
        log.write(json.dumps({"action": action, "message": message, "details": details}) + "\n")
    threading.Thread(target=answer, args=(call, cookie), daemon=True).start()


def register(child):
    with open(f"/proc/{child}/stat", encoding="utf-8") as stat:
        start_time = int(stat.read().rsplit(")", 1)[1].split()[19])
    about = {
        "pid": GLib.Variant("u", child),
        "start-time": GLib.Variant("t", start_time),
        "uid": GLib.Variant("i", TESTER.pw_uid),
    }
    bus = Gio.bus_get_sync(Gio.BusType.SYSTEM, None)
    interface = Gio.DBusNodeInfo.new_for_xml(AGENT).interfaces[0]
    bus.register_object(AGENT_PATH, interface, on_call, None, None)
    arguments = GLib.Variant("((sa{sv})ss)", (("unix-process", about), "en_US.UTF-8", AGENT_PATH))
    path = "/org/freedesktop/PolicyKit1/Authority"
    method = "RegisterAuthenticationAgent"
    bus.call_sync(AUTHORITY, path, AUTHORITY + ".Authority", method, arguments, None, 0, -1, None)
    return bus


def main():
    child, go = start_program()
    if ANSWER != "nobody":
        become_tester()
        _alive = register(child)  # polkit forgets the agent when its connection is dropped.
    loop, ended = GLib.MainLoop(), []
    GLib.child_watch_add(GLib.PRIORITY_DEFAULT, child, lambda _pid, status: (ended.append(status), loop.quit()))
    os.write(go, b"g")
    loop.run()
    sys.exit(os.waitstatus_to_exitcode(ended[0]) & 0xFF)


if __name__ == "__main__":
    main()
