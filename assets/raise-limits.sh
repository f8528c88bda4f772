#!/bin/sh
# Set the inotify limits of Linux: how many folders and files programs may watch. Part of Inotify Doctor.
# This runs as root and does only this:
#   raise WATCHES INSTANCES EVENTS now-and-boot   raise the limits now, and at every boot by the file "boot" below
#   raise WATCHES INSTANCES EVENTS until-reboot   raise the limits now, until the computer restarts
#   undo                                          put back what the limits were before, remove the file
# Each limit is a whole number up to 2147483647; 0 leaves it as it is. Only undo ever lowers a limit.
# When a step fails, the steps before it are taken back. Exit status 0: done. 20 to 39: not done, one reason each.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin LC_ALL=C
set -uf
umask 022
trap "" HUP INT QUIT TERM PIPE
exec </dev/null
echo "inotify-doctor raise-limits 1"
kernel=/proc/sys/fs/inotify limits="max_user_watches max_user_instances max_queued_events"
boot=/etc/sysctl.d/99-zz-inotify-doctor.conf until_reboot=/run/inotify-doctor/until-reboot
title="# Limits raised by Inotify Doctor. To take them back: inotify-doctor undo"
line="(# before: )?fs[.]inotify[.]max_(user_watches|user_instances|queued_events) = (0|[1-9][0-9]{0,9})"
taken="" new="" made="" error=""

fail() { # fail STATUS SENTENCE: says why, takes back what was done, ends.
    status=$1
    echo "$2 $error" >&2
    for step in $taken; do put "${step%=*}" "${step#*=}" || status=39; done
    [ -z "$new" ] || rm -f "$new" || status=39
    [ -z "$made" ] || rmdir "$made" || status=39
    exit "$status"
}
refused() { # refused FILE: it could not be changed, for the reason in $error.
    case "$1 $error" in
    "$kernel"*"Read-only file system"*) fail 32 "$kernel is read-only here." ;;
    "$kernel"*) fail 33 "The kernel did not accept the value for $1." ;;
    *"Read-only file system"*) fail 29 "$1 is on a read-only file system." ;;
    *"No space left"* | *"quota exceeded"*) fail 30 "The disk is full: $1 could not be written." ;;
    *) fail 31 "$1 could not be changed." ;;
    esac
}
number() { # A whole number from 0 to 2147483647 without leading zeros.
    case $1 in "" | *[!0123456789]* | 0?* | ???????????*) return 1 ;; esac
    [ "$1" -le 2147483647 ]
}
says() { [ "$(cat "$kernel/$1")" = "$2" ]; } # says LIMIT VALUE: the kernel does.
put() { # put LIMIT VALUE: tells the kernel, reads back. What was before is what fail puts back.
    if says "$1" "$2"; then return; fi
    taken="$1=$(cat "$kernel/$1") $taken"
    error=$(echo "$2" | tee "$kernel/$1" 2>&1 >/dev/null) && says "$1" "$2"
}
raised() { sed -n "s/^fs[.]inotify[.]$2 = //p" "$1" 2>/dev/null | tail -n 1; }           # raised FILE LIMIT
before() { sed -n "s/^# before: fs[.]inotify[.]$2 = //p" "$1" 2>/dev/null | tail -n 1; } # before FILE LIMIT
ours() { # The file was written by this script and by nobody else since.
    [ ! -L "$1" ] && [ -f "$1" ] && [ "$(sed 1q "$1")" = "$title" ] && ! sed 1d "$1" | grep -qvxE "$line"
}
check() { # check FILE: refuses what is not ours, tidies up after a run that was killed.
    if [ -L "$1" ] || { [ -e "$1" ] && [ ! -f "$1" ]; }; then fail 27 "$1 is a link, or is not a file."; fi
    if [ -e "$1" ] && ! ours "$1"; then fail 28 "$1 was written by someone else."; fi
    for limit in $limits; do # Numbers in force that only the new file has: it is the record of how to undo them.
        value=$(raised "$1.new" "$limit")
        if ours "$1.new" && says "$limit" "$value" && [ "$value" != "$(raised "$1" "$limit")" ]; then
            error=$(mv -f "$1.new" "$1" 2>&1) || refused "$1"
        fi
    done
    if [ -L "$1.new" ] || [ -e "$1.new" ]; then error=$(rm -f "$1.new" 2>&1) || refused "$1.new"; fi
}
raise() { # raise WATCHES INSTANCES EVENTS, into $file
    text=$title folder=${file%/*} steps=""
    for limit in $limits; do
        want=$1 old=$(raised "$file" "$limit") now=$(cat "$kernel/$limit") first=$(before "$file" "$limit")
        shift
        number "$now" || fail 25 "$kernel/$limit could not be read."
        if [ "$want" != 0 ]; then
            if [ "$want" -lt "$now" ] || [ "$want" -lt "${old:-0}" ]; then fail 26 "$limit is higher already."; fi
            steps="$steps $limit=$want" old=$want first=$now
            for record in "$until_reboot" "$boot"; do # Where the value in force is ours, the one before it counts.
                if [ "$now" = "$(raised "$record" "$limit")" ]; then first=$(before "$record" "$limit"); fi
            done
        fi
        [ -z "$old" ] || text="$text
# before: fs.inotify.$limit = ${first:-$now}
fs.inotify.$limit = $old"
    done
    if [ ! -d "$folder" ]; then error=$(mkdir "$folder" 2>&1) || refused "$folder"; made=$folder; fi
    new=$file.new
    error=$({ echo "$text" | tee "$new" >/dev/null && chmod 644 "$new" && sync "$new"; } 2>&1) || refused "$file"
    [ "$(cat "$new")" = "$text" ] || refused "$file"
    for step in $steps; do put "${step%=*}" "${step#*=}" || refused "$kernel/${step%=*}"; done
    error=$(mv -f "$new" "$file" 2>&1) || refused "$file"
    sync "$folder" 2>/dev/null || sync
}
undo() {
    for file in "$until_reboot" "$boot"; do
        for limit in $limits; do
            first=$(before "$file" "$limit")
            if [ -z "$first" ] || ! says "$limit" "$(raised "$file" "$limit")"; then continue; fi
            put "$limit" "$first" || refused "$kernel/$limit"
        done
    done
    error=$({ rm -f "$boot" && rm -f "$until_reboot"; } 2>&1) || refused "$boot"
    sync "${boot%/*}" 2>/dev/null || sync
}

case "${1-} $# ${5-}" in # A verb and whole numbers, nothing else: no path, no environment, no input.
"raise 5 now-and-boot") file=$boot ;;
"raise 5 until-reboot") file=$until_reboot ;;
"undo 1 ") ;;
*) fail 20 "Use: raise WATCHES INSTANCES EVENTS now-and-boot, the same with until-reboot, or undo." ;;
esac
for want in "${2-0}" "${3-0}" "${4-0}"; do number "$want" || fail 20 "A limit is a whole number up to 2147483647."; done
[ "${2-}${3-}${4-}" != 000 ] || fail 20 "There is nothing to raise."
[ "$(id -u)" = 0 ] || fail 21 "This has to run as root."
for tool in cat flock grep mv rm sed tail tee; do command -v "$tool" >/dev/null || fail 22 "$tool is missing."; done
lock=/run/inotify-doctor/lock
if ! mkdir -p "${lock%/*}" || ! (umask 077 && true >"$lock"); then fail 23 "$lock could not be made."; fi
exec 9<"$lock"
flock -n 9 || fail 24 "Another run has not ended yet."
check "$boot"
check "$until_reboot"
if [ "$1" = raise ]; then raise "$2" "$3" "$4"; else undo; fi
for step in $taken; do echo "${step%=*} ${step#*=} $(cat "$kernel/${step%=*}")"; done
