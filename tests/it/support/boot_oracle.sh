# Runs a real sysctl reader on trees of files, where nothing it writes can reach the machine.
# Started in user, mount and network namespaces of its own: sh -eu THIS READER TREE…
# Prints one line for each tree: max_user_watches, max_user_instances and max_queued_events after the reader ran.
reader=$1; shift

# First guard: this account may not write the machine's settings at all. Real root inside a user namespace still may,
# and a glob like `*/*` would then rewrite the whole machine.
for file in /proc/sys/fs/inotify/max_user_watches /proc/sys/fs/file-max /proc/sys/kernel/pid_max; do
    if [ -w $file ]; then echo "refusing to start: $file of this machine could be written" >&2; exit 1; fi
done

# The stand-ins: files of these namespaces with the kernel's own handlers for the limits, the unsigned long of the
# first two and the int of the third.
mount -t tmpfs -o mode=755 tmpfs /mnt
for name in watches instances queue; do : > /mnt/$name; done
mount --bind /proc/sys/user/max_inotify_watches /mnt/watches
mount --bind /proc/sys/user/max_inotify_instances /mnt/instances
mount --bind /proc/sys/net/core/somaxconn /mnt/queue

# Second guard: all of /proc/sys is covered, and plain files stand beside the stand-ins for globs to hit.
mount -t tmpfs -o mode=755 tmpfs /proc/sys
[ "$(stat -f -c %T /proc/sys)" = tmpfs ] || { echo "nothing covers /proc/sys" >&2; exit 1; }
cd /proc/sys
mkdir -p fs/inotify fs/epoll user kernel
for file in fs/inotify/max_user_watches fs/inotify/max_user_instances fs/inotify/max_queued_events \
    user/max_inotify_watches user/max_inotify_instances fs/epoll/max_user_watches fs/file-max kernel/pid_max; do
    : > $file
done
mount --bind /mnt/watches fs/inotify/max_user_watches
mount --bind /mnt/watches user/max_inotify_watches
mount --bind /mnt/instances fs/inotify/max_user_instances
mount --bind /mnt/instances user/max_inotify_instances
mount --bind /mnt/queue fs/inotify/max_queued_events

for tree in "$@"; do
    for name in watches instances queue; do echo 777 > /mnt/$name; done
    for folder in etc run usr/local usr/lib/sysctl.d; do mount --bind "$tree/$folder" "/$folder"; done
    case $reader in
        systemd) /lib/systemd/systemd-sysctl > /dev/null 2>&1 || true ;;
        procps) sysctl -q --system > /dev/null 2>&1 || true ;;
    esac
    for folder in etc run usr/local usr/lib/sysctl.d; do umount "/$folder"; done
    echo "$(cat /mnt/watches) $(cat /mnt/instances) $(cat /mnt/queue)"
done
