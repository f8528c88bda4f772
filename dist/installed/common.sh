# Helpers of the checks, which run as root in a system of their own.

fail() { echo "FAILED: $*" >&2; exit 1; }

# Every file of the system but what package tools and the checks themselves write.
files() {
  find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /var/lib/dpkg -o -path /var/lib/apt \
    -o -path /var/cache -o -path /var/log -o -path /check -o -path /out -o -path /wheels -o -path /usr/share/mime \) -prune -o \
    ! -name '__pycache__' ! -name '*.pyc' ! -name '*.cache' -print | LC_ALL=C sort
}

# What the menu entry says, as a desktop without a file to open starts it.
menu_command() { sed -n 's/^Exec=\(.*\) %f$/\1/p' "$1"; }

# Starts a menu entry as the user and waits until it has drawn itself; sees to it that it ends.
opens_a_window() { # opens_a_window ENTRY USER
  local command process count=0
  command=$(menu_command "$1")
  [ -n "$command" ] || fail "$1 names no command"
  setpriv --reuid="$(id -u "$2")" --regid="$(id -g "$2")" --clear-groups env HOME="$(getent passwd "$2" | cut -d: -f6)" \
    XDG_RUNTIME_DIR=/tmp PATH="${USER_PATH:-$PATH}" sh -c "exec $command" >/tmp/window.log 2>&1 &
  process=$!
  # A look from outside (see `enter`) says how many colours are on the screen, once a window of ours is.
  until [ "$(cat /tmp/window-seen 2>/dev/null || echo 0)" -gt 50 ]; do
    kill -0 "$process" 2>/dev/null || { cat /tmp/window.log >&2; fail "the program ended before there was a window"; }
    count=$((count + 1))
    [ "$count" -lt 600 ] || { cat /tmp/window.log >&2; fail "no window came"; }
    sleep 0.1
  done
  kill "$process"
  wait "$process" || true
  until [ ! -e /tmp/window-seen ]; do sleep 0.1; done
}

# Three ways to run it without a window. The limit here is 150, so that something may have to be fixed: status 0 or 1.
speaks() { # speaks PROGRAM
  local status=0
  [ "$("$1" --version)" = "inotify-doctor $VERSION" ] || fail "$1 --version"
  "$1" report --format json --project /usr >/tmp/report.json || status=$?
  [ "$status" -le 1 ] || fail "$1 report ended with $status"
  grep -q '"schema": *"inotify-doctor-report/1"' /tmp/report.json || fail "no report"
}

user() { # user NAME: a person with a home of their own.
  getent passwd "$1" >/dev/null || useradd --create-home --shell /bin/sh "$1"
}
as() { # as NAME COMMAND…
  setpriv --reuid="$(id -u "$1")" --regid="$(id -g "$1")" --clear-groups env HOME="/home/$1" USER="$1" "${@:2}"
}

# Whatever of it was not there before. A person's home keeps what they made with it: settings, the journal that undo reads.
nothing_is_left() { # nothing_is_left BEFORE
  local more
  more=$(files | comm -13 "$1" - | grep -v -E '^/home/|^/var/lib/(systemd|polkit)|^/etc/\.pwd\.lock' || true)
  more+=$(find /home -iname '*inotify*' ! -path '*/.config/*' ! -path '*/.local/state/*' ! -path '*/.cache/*')
  [ -z "$more" ] || fail "this was left: $more"
}
