#!/bin/sh
# Set the inotify limits of Linux: how many folders and files programs may watch. Part of Inotify Doctor.
# This runs as root and does only this:
#   raise WATCHES INSTANCES EVENTS now-and-boot   raise the limits now, and at every boot by the file "boot" below
#   raise WATCHES INSTANCES EVENTS until-reboot   raise the limits now, until the computer restarts
#   undo                                          put back what the limits were before, remove the file
# Each limit is a whole number up to 2147483647; 0 leaves it as it is. Only undo ever lowers a limit.
# When a step fails, the steps before it are taken back. Exit status 0: done. 20 to 39: not done, one reason each.
set -uf
PATH=/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin LC_ALL=C
export PATH LC_ALL
umask 022
trap "" HUP INT QUIT TERM PIPE
exec </dev/null
echo "inotify-doctor raise-limits 1"

kernel=/proc/sys/fs/inotify
limits="max_user_watches max_user_instances max_queued_events"
boot=/etc/sysctl.d/99-zz-inotify-doctor.conf
until_reboot=/run/inotify-doctor/until-reboot
title="# Limits raised by Inotify Doctor. To take them back: inotify-doctor undo"
line="(# before: )?fs[.]inotify[.]max_(user_watches|user_instances|queued_events) = (0|[1-9][0-9]{0,9})"
steps="" taken="" new="" made="" error="" report=""

fail() { # fail STATUS SENTENCE: takes back what was done, says why, ends.
    status=$1 reason="$2 $error"
    for step in $taken; do
        [ "$(cat "$kernel/${step%=*}")" = "${step#*=}" ] || put "${step%=*}" "${step#*=}" || status=39
    done
    [ -z "$new" ] || rm -f "$new" || status=39
    [ -z "$made" ] || rmdir "$made" || status=39
    echo "$reason" >&2
    exit "$status"
}
fail_file() { # fail_file FILE: it could not be written or removed, for the reason in $error.
    case $error in
    *"Read-only file system"*) fail 29 "$1 is on a read-only file system." ;;
    *"No space left"* | *"quota exceeded"*) fail 30 "The disk is full: $1 could not be written." ;;
    *) fail 31 "$1 could not be changed." ;;
    esac
}
number() { # A whole number from 0 to 2147483647 without leading zeros.
    case $1 in "" | *[!0123456789]* | 0?* | ???????????*) return 1 ;; esac
    [ "$1" -le 2147483647 ]
}
raised() { sed -n "s/^fs[.]inotify[.]$2 = //p" "$1" 2>/dev/null | tail -n 1; }           # raised FILE LIMIT
before() { sed -n "s/^# before: fs[.]inotify[.]$2 = //p" "$1" 2>/dev/null | tail -n 1; } # before FILE LIMIT
ours() { # The file was written by this script and by nobody else since.
    [ "$(sed 1q "$1")" = "$title" ] && ! sed 1d "$1" | grep -qvxE "$line"
}
check() { # check FILE: refuses what is not ours, tidies up after a run that was killed.
    if [ -L "$1" ]; then fail 27 "$1 is a symbolic link."; fi
    if [ -e "$1" ]; then
        [ -f "$1" ] || fail 27 "$1 is not a file."
        ours "$1" || fail 28 "$1 was written by someone else."
    fi
    [ -L "$1.new" ] || [ -e "$1.new" ] || return 0
    if [ ! -L "$1.new" ] && [ -f "$1.new" ] && ours "$1.new"; then
        for limit in $limits; do # Its numbers are in force already: it is the record of how to undo them.
            value=$(raised "$1.new" "$limit")
            if [ "$value" = "$(cat "$kernel/$limit")" ] && [ "$value" != "$(raised "$1" "$limit")" ]; then
                error=$(mv -f "$1.new" "$1" 2>&1) || fail_file "$1"
                return
            fi
        done
    fi
    error=$(rm -f "$1.new" 2>&1) || fail_file "$1.new"
}
put() { # put LIMIT VALUE: tells the kernel, reads back.
    error=$(echo "$2" | tee "$kernel/$1" 2>&1 >/dev/null) && [ "$(cat "$kernel/$1")" = "$2" ]
}
change() { # change LIMIT VALUE: the same, taken back by fail.
    was=$(cat "$kernel/$1")
    [ "$was" = "$2" ] && return
    taken="$1=$was $taken" report="$report$1 $was $2
"
    put "$1" "$2" && return
    case $error in
    *"Read-only file system"*) fail 32 "$kernel is read-only here." ;;
    *) fail 33 "The kernel did not accept $2 for $1." ;;
    esac
}
raise() { # raise WATCHES INSTANCES EVENTS FILE
    file=$4 text=$title folder=${4%/*}
    for limit in $limits; do
        want=$1 old=$(raised "$file" "$limit") now=$(cat "$kernel/$limit")
        shift
        number "$now" || fail 25 "$kernel/$limit could not be read."
        if [ "$want" = 0 ]; then
            want=$old first=$(before "$file" "$limit")
        else
            steps="$steps $limit=$want"
            if [ "$want" -lt "$now" ] || [ "$want" -lt "${old:-0}" ]; then fail 26 "$limit is higher already."; fi
            first=$now # Where the value in force is ours, what counts is the one before it.
            if [ "$now" = "$(raised "$until_reboot" "$limit")" ]; then first=$(before "$until_reboot" "$limit"); fi
            if [ "$now" = "$(raised "$boot" "$limit")" ]; then first=$(before "$boot" "$limit"); fi
        fi
        [ -z "$want" ] || text="$text
# before: fs.inotify.$limit = ${first:-$now}
fs.inotify.$limit = $want"
    done
    if [ ! -d "$folder" ]; then error=$(mkdir "$folder" 2>&1) || fail_file "$folder"; made=$folder; fi
    new=$file.new
    error=$(echo "$text" | tee "$new" 2>&1 >/dev/null) || fail_file "$file"
    [ "$(cat "$new")" = "$text" ] || fail_file "$file"
    error=$(chmod 644 "$new" 2>&1 && sync "$new" 2>&1) || fail_file "$file"
    for step in $steps; do change "${step%=*}" "${step#*=}"; done
    error=$(mv -f "$new" "$file" 2>&1) || fail_file "$file"
    sync "$folder" 2>/dev/null || sync
}
undo() {
    for file in "$until_reboot" "$boot"; do
        for limit in $limits; do
            value=$(raised "$file" "$limit") first=$(before "$file" "$limit")
            if [ -n "$first" ] && [ "$value" = "$(cat "$kernel/$limit")" ]; then change "$limit" "$first"; fi
        done
    done
    for file in "$boot" "$until_reboot"; do
        [ ! -e "$file" ] || error=$(rm -f "$file" 2>&1) || fail_file "$file"
        [ ! -d "${file%/*}" ] || sync "${file%/*}" 2>/dev/null || sync
    done
}

case "${1-} $#" in # A verb and whole numbers, nothing else: no path, no environment, no input.
"raise 5")
    for want in "$2" "$3" "$4"; do number "$want" || fail 20 "A limit is a whole number up to 2147483647."; done
    [ "$2$3$4" != 000 ] || fail 20 "There is nothing to raise."
    case $5 in
    now-and-boot) set -- raise "$2" "$3" "$4" "$boot" ;;
    until-reboot) set -- raise "$2" "$3" "$4" "$until_reboot" ;;
    *) fail 20 "After the limits: now-and-boot or until-reboot." ;;
    esac ;;
"undo 1") ;;
*) fail 20 "Use: raise WATCHES INSTANCES EVENTS now-and-boot, the same with until-reboot, or undo." ;;
esac
[ "$(id -u)" = 0 ] || fail 21 "This has to run as root."
for tool in cat chmod flock grep mkdir mv rm rmdir sed sync tail tee; do
    command -v "$tool" >/dev/null || fail 22 "The command $tool is missing."
done
lock=/run/inotify-doctor/lock
if ! mkdir -p "${lock%/*}" || ! (umask 077 && true >"$lock"); then fail 23 "$lock could not be made."; fi
exec 9<"$lock"
flock -n 9
case $? in
0) ;;
1) fail 24 "Another run has not ended yet." ;;
*) fail 23 "$lock could not be locked." ;;
esac
check "$boot"
check "$until_reboot"
"$@"
printf "%s" "$report"
