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
true 8>&2 || exec 2>/dev/null # Where nobody listens, the work is the same.
{ true 8>&1; } 2>/dev/null || exec >/dev/null
echo "inotify-doctor raise-limits 1"
IFS="
" # Every list has one item a line.
kernel=/proc/sys/fs/inotify limits="max_user_watches${IFS}max_user_instances${IFS}max_queued_events"
boot=/etc/sysctl.d/99-zz-inotify-doctor.conf until_reboot=/run/inotify-doctor/until-reboot
title="# Limits raised by Inotify Doctor. To take them back: inotify-doctor undo"
records="" old="" stored="" made="" taken="" steps="" error=""

fail() { # fail STATUS SENTENCE: says why, takes back what was done, ends. What is not taken back stays on record.
    status=$1
    echo "$2 $error" >&2
    for step in $taken; do step=${step% *} && put "${step% *}" "${step#* }" || status=39; done
    if [ "$status" != 39 ] && [ -n "$stored" ]; then store "$stored" "$old" || status=39; fi
    if [ "$status" != 39 ] && [ -n "$made" ]; then rmdir "$made" || [ ! -e "$made" ] || status=39; fi
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
ask() { now=$(cat "$kernel/$1") && number "$now"; } # ask LIMIT: $now is what the kernel says.
put() { # put LIMIT VALUE: tells the kernel, reads back. What was before is what fail puts back.
    ask "$1" || return 1
    [ "$now" != "$2" ] || return 0
    taken="$1 $now $2$IFS$taken"
    error=$(echo "$2" | tee "$kernel/$1" 2>&1 >/dev/null)
    ask "$1" && [ "$now" = "$2" ]
}
store() { # store FILE TEXT: the file holds the text, whole and on the disk; no text, no file. Else it is as it was.
    if [ -z "$2" ]; then error=$(rm -f "$1" "$1.new" 2>&1) || [ ! -e "$1" ]; return; fi
    error=$({ rm -f "$1.new" && echo "$2" | tee "$1.new" >/dev/null && chmod 644 "$1.new" && sync "$1.new"; } 2>&1) &&
        [ "$(cat "$1.new")" = "$2" ] && error=$(mv -f "$1.new" "$1" 2>&1)
    rm -f "$1.new"
    [ "$(cat "$1" 2>/dev/null)" = "$2" ] # And not what mv answered: a command that dies may have done its work.
}
known() { # known LIMIT VALUE: a raise made it so. $first is what was before all raises.
    first=""
    for line in $records; do
        case $line in
        "# before: fs.inotify.$1 = "*) first=${line##* } ;;
        *"fs.inotify.$1 = $2") [ -z "$first" ] || return 0 ;;
        esac
    done
    return 1
}
plain() { [ ! -L "$1" ] && { [ -f "$1" ] || [ ! -e "$1" ]; }; } # A file, or nothing: reading it waits for nobody.
ours() { # ours TEXT: it was written by this script and by nobody else since.
    [ "${1%%"$IFS"*}" = "$title" ] || return 1
    for line in ${1#"$title"}; do
        line=${line#"# before: "} && line=${line#"# then: "}
        case ${line% = *} in
        fs.inotify.max_user_watches | fs.inotify.max_user_instances | fs.inotify.max_queued_events) ;;
        *) return 1 ;;
        esac
        number "${line##* = }" || return 1
    done
}
raise() { # raise WATCHES INSTANCES EVENTS. The record is on the disk before the kernel is told.
    all=$title folder=${file%/*}
    for limit in $limits; do
        want=$1 entry="" high=0
        shift
        for line in $old; do
            case $line in *"fs.inotify.$limit = "*) entry="$entry$IFS$line" high=${line##* } ;; esac
        done
        ask "$limit" || fail 25 "$kernel/$limit could not be read."
        if [ "$want" != 0 ]; then
            if [ "$want" -lt "$now" ] || [ "$want" -lt "$high" ]; then fail 26 "$limit is higher already."; fi
            known "$limit" "$now" || first=$now
            entry="$IFS# before: fs.inotify.$limit = $first"
            case $now in "$first" | "$want") ;; *) entry="$entry$IFS# then: fs.inotify.$limit = $now" ;; esac
            entry="$entry${IFS}fs.inotify.$limit = $want" steps="$steps$IFS$limit $want"
        fi
        all=$all$entry
    done
    [ -d "$folder" ] || made=$folder
    [ -d "$folder" ] || error=$(mkdir "$folder" 2>&1) || [ -d "$folder" ] || refused "$folder"
    stored=$file
    store "$file" "$all" || refused "$file"
    sync "$folder" 2>/dev/null || sync
    for step in $steps; do put "${step% *}" "${step#* }" || refused "$kernel/${step% *}"; done
}
undo() {
    for limit in $limits; do
        ask "$limit" || fail 25 "$kernel/$limit could not be read."
        if known "$limit" "$now"; then put "$limit" "$first" || refused "$kernel/$limit"; fi
    done
    store "$boot" "" || refused "$boot"
    back=$taken taken="" # Without its record, no limit is raised again.
    store "$until_reboot" "" || refused "$until_reboot"
    taken=$back
    sync "${boot%/*}" 2>/dev/null || sync
}

case "${1-} $# ${5-}" in # A verb and whole numbers, nothing else: no path, no environment, no input.
"raise 5 now-and-boot") file=$boot ;;
"raise 5 until-reboot") file=$until_reboot ;;
"undo 1 ") file="" ;;
*) fail 20 "Use: raise WATCHES INSTANCES EVENTS now-and-boot, the same with until-reboot, or undo." ;;
esac
for want in "${2-0}" "${3-0}" "${4-0}"; do number "$want" || fail 20 "A limit is a whole number up to 2147483647."; done
[ "${2-}${3-}${4-}" != 000 ] || fail 20 "There is nothing to raise."
[ "$(id -u)" = 0 ] || fail 21 "This has to run as root."
for tool in cat flock mv rm tee; do command -v "$tool" >/dev/null || fail 22 "$tool is missing."; done
lock=/run/inotify-doctor/lock
mkdir -p "${lock%/*}"
if ! plain "$lock" || ! (umask 077 && true >"$lock"); then fail 23 "$lock could not be made."; fi
exec 9<"$lock"
flock -n 9 || fail 24 "Another run has not ended yet."
for record in "$boot" "$until_reboot"; do
    plain "$record" || fail 27 "$record is a link, or is not a file."
    [ -e "$record" ] || continue
    text=$(cat "$record") || refused "$record"
    ours "$text" || fail 28 "$record was written by someone else."
    records=$records$IFS$text
    [ "$record" != "$file" ] || old=$text
done
if [ "$1" = raise ]; then raise "$2" "$3" "$4"; else undo; fi
for step in $taken; do echo "$step"; done
exit 0
