# Makes a private machine out of this one and runs one test in it. Started as root by
#   unshare --mount --pid --fork --kill-child --mount-proc sh stage.sh TEST_PROGRAM TEST_NAME LIMITS
# Private: the kernel's inotify limits (LIMITS "files": plain files stand in for them; "kernel": three of the kernel's
# own settings do, those of a user namespace, which keep their value when they are opened and not written), /run, /etc and /usr (writable layers in
# memory), the system bus, polkitd, the user database with its one more user, every process. All of it ends with us.
set -eu
program=$1 name=$2 limits=$3

mount -t tmpfs stand-in /proc/sys/fs/inotify
[ "$(stat -f -c %T /proc/sys/fs/inotify)" = tmpfs ] || { echo "The kernel's limits are not private." >&2; exit 1; }
echo 8192 >/proc/sys/fs/inotify/max_user_watches
echo 128 >/proc/sys/fs/inotify/max_user_instances
echo 16384 >/proc/sys/fs/inotify/max_queued_events

mount -t tmpfs -o mode=755 run /run
stage=/run/stage
mkdir -p "$stage/home" /run/dbus /run/lock
for folder in etc usr; do
    mkdir -p "$stage/$folder/upper" "$stage/$folder/work"
    mount -t overlay -o "lowerdir=/$folder,upperdir=$stage/$folder/upper,workdir=$stage/$folder/work" private "/$folder"
    [ "$(stat -f -c %T "/$folder")" = overlayfs ] || { echo "/$folder is not private." >&2; exit 1; }
done
rm -f /etc/sysctl.d/99-zz-inotify-doctor.conf

# The password is "tester-pw", made with `openssl passwd -6`.
# shellcheck disable=SC2016 # The dollar signs belong to the hash.
hash='$6$inotifydoctor$G2Oul0TYDepzOHaN7OU2OPvN6/Qi4z0NDwF.Fkj9NcDLBcmXw4MoqE39APrdgVMF.gvNn6X.Vmh0e0ChRtthG1'
echo "tester:x:61999:61999::$stage/home:/bin/sh" >>/etc/passwd
echo "tester:x:61999:" >>/etc/group
echo "tester:$hash:19000:0:99999:7:::" >>/etc/shadow
chown 61999:61999 "$stage/home"
mkdir -p /etc/polkit-1/rules.d
chmod 755 /etc/polkit-1/rules.d
echo 'polkit.addAdminRule(function() { return ["unix-user:tester"]; });' >/etc/polkit-1/rules.d/00-tester.rules

touch "$stage/it" "$stage/agent.py"
mount --bind "$program" "$stage/it" # The tester may not be allowed into the project's folder.
cp "${0%/*}/agent.py" "$stage/agent.py"
dbus-daemon --system --fork --nopidfile

export INOTIFY_DOCTOR_STAGE=1
[ "$limits" = kernel ] || exec "$program" --exact "$name" --include-ignored --nocapture
# shellcheck disable=SC2016 # The words belong to the inner shell.
exec unshare --user --map-root-user --mount sh -euc '
    [ "$(readlink /proc/self/ns/user)" != "user:[4026531837]" ]
    for pair in max_inotify_watches:max_user_watches:8192 max_inotify_instances:max_user_instances:128 \
        max_cgroup_namespaces:max_queued_events:16384; do
        own=/proc/sys/user/${pair%%:*} limit=${pair#*:} value=${pair##*:}
        limit=/proc/sys/fs/inotify/${limit%:*}
        [ "$(cat "$own")" = 2147483647 ] || [ "${own##*/}" = max_cgroup_namespaces ]
        echo "$value" >"$own"
        mount --bind "$own" "$limit"
        [ "$(cat "$limit")" = "$value" ]
    done
    exec "$0" --exact "$1" --include-ignored --nocapture' "$program" "$name"
