# Makes a private machine out of this one and runs one test in it. Started as root by
#   unshare --mount --pid --fork --kill-child --mount-proc sh stage.sh TEST_PROGRAM TEST_NAME
# Private: the kernel's inotify limits (plain files stand in for them), /run, /etc and /usr (writable layers in
# memory), the system bus, polkitd, the user database with its one more user, every process. All of it ends with us.
set -eu
program=$1 name=$2

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

INOTIFY_DOCTOR_STAGE=1 "$program" --exact "$name" --nocapture
