//! Messages as programs print them, most of them gathered from issue trackers and sources, some shortened or put together after their
//! pattern; and others that mean no such thing.

use super::{Resource, Tool, recognise};
use Resource::{AmbiguousFiles, AmbiguousSpace, Disk, Instances, QueueOverflow, Watches};

/// What is said, what ran out, who says it (as in the JSON, "" for nobody in particular).
const MESSAGES: &[(&str, Resource, &str)] = &[
    ("OSError: [Errno 28] inotify watch limit reached", Watches, "watchdog"),
    ("OSError: [Errno 24] inotify instance limit reached", Instances, "watchdog"),
    ("WARNING watchdog: Inotify queue overflowed; filesystem events were lost", QueueOverflow, "watchdog"),
    ("Inotify queue overflowed; reconciling recursive watches below b'/srv/app'", QueueOverflow, "watchdog"),
    (
        "_rust_notify.WatchfilesRustInternalError: OS file watch limit reached. about [\"/srv/a\"]",
        Watches,
        "watchfiles",
    ),
    ("Error creating recommended watcher: Too many open files (os error 24)", Instances, "watchfiles"),
    ("Failed to watch /; upper limit on inotify watches reached!", Watches, "inotifywait"),
    ("Couldn't initialize inotify: Too many open files", Instances, "inotifywait"),
    (
        "Please increase the amount of inotify watches allowed per user via `/proc/sys/fs/inotify/max_user_watches'.",
        Watches,
        "",
    ),
    ("Error: ENOSPC: System limit for number of file watchers reached, watch '/srv/app/x'", Watches, "Node.js"),
    ("Error: ENOSPC: no space left on device, watch '/srv/app/x'", Watches, "Node.js"),
    (
        "Error: watch ENOSPC\n    at exports._errnoException (util.js:749:11)\n    at FSWatcher.start (fs.js:1228:11)",
        Watches,
        "Node.js",
    ),
    ("Error: watch /srv/app/cases.xml ENOSPC\n    at _errnoException (util.js:992:11)", Watches, ""),
    ("SYSTEM_ERROR: watch ENOSPC\n    at exports._errnoException (util.js:749:11)", Watches, ""),
    (
        "Error: EMFILE: too many open files, watch '.'\nat FSWatcher.<computed> (node:internal/fs/watchers:244:19)",
        Instances,
        "Node.js",
    ),
    ("Error: watch EMFILE\n    at errnoException (fs.js:806:11)", Instances, "Node.js"),
    ("Error: Error watching file for changes: EMFILE", Instances, "Node.js"),
    ("[error] [File Watcher (parcel)] Inotify limit reached (ENOSPC) (path: /srv/app)", Watches, "VS Code"),
    ("Visual Studio Code is unable to watch for file changes in this large workspace", Watches, "VS Code"),
    (
        "System.IO.IOException: The configured user limit (128) on the number of inotify instances has been reached, or the per-process limit on the number of open file descriptors has been reached.",
        Instances,
        ".NET",
    ),
    (
        "System.IO.IOException: The configured user limit (8192) on the number of inotify watches has been reached.",
        Watches,
        ".NET",
    ),
    (
        "System.IO.InternalBufferOverflowException: Too many changes at once in directory:/srv/app.",
        QueueOverflow,
        ".NET",
    ),
    (
        "External file changes sync may be slow: The current inotify(7) watch limit is too low. More details.",
        Watches,
        "JetBrains",
    ),
    ("java.io.IOException: User limit of inotify watches reached\n\tat sun.nio.fs.LinuxWatchService", Watches, "Java"),
    (
        "java.io.IOException: User limit of inotify instances reached or too many open files\n\tat sun.nio.fs.LinuxWatchService.<init>",
        Instances,
        "Java",
    ),
    (
        "Gradle was unable to watch the file system for changes. The inotify watches limit is too low.",
        Watches,
        "Gradle",
    ),
    (
        "Unable to watch the file system for changes. The inotify instance limit is too low. See https://docs.gradle.org",
        Instances,
        "Gradle",
    ),
    ("Failed to allocate directory watch: Too many open files", Instances, "systemd"),
    ("Failed to add /run/systemd/ask-password to directory watch: No space left on device", Watches, "systemd"),
    ("Failed to add /run/systemd/ask-password to directory watch: inotify watch limit reached", Watches, "systemd"),
    (
        "systemd[2263]: borg.service: Failed to add inotify watch descriptor for control group /user.slice/borg.service: No space left on device",
        Watches,
        "systemd",
    ),
    ("Insufficient watch descriptors available. Reverting to -n.", Instances, "journalctl"),
    ("Failed to get journal fd: Too many open files", Instances, "journalctl"),
    ("tail: inotify resources exhausted\ntail: inotify cannot be used, reverting to polling", Watches, "tail"),
    ("tail: inotify cannot be used, reverting to polling: Too many open files", Instances, "tail"),
    ("tail: cannot watch '/var/log/x': No space left on device", Watches, "tail"),
    (
        "inotify-add-watch(/srv/app) -> The user limit on the total number of inotify watches was reached; increase the fs.inotify.max_user_watches sysctl",
        Watches,
        "Watchman",
    ),
    (
        "inotify_init: The user limit on the total number of inotify instances has been reached; increase the fs.inotify.max_user_instances sysctl",
        Instances,
        "Watchman",
    ),
    (
        "onedrive[8560]: ERROR: inotify_add_watch failed: ./Docs/x\nonedrive[8560]: The user limit on the total number of inotify watches has been reached.",
        Watches,
        "onedrive",
    ),
    ("monitor.MonitorException@src/monitor.d(72): inotify_add_watch failed (No space left on device)", Watches, ""),
    (
        "No space left on device - Failed to watch \"/srv/x\": The user limit on the total number of inotify watches was reached or the kernel failed to allocate a needed resource. (Errno::ENOSPC)",
        Watches,
        "listen",
    ),
    (
        "FATAL: Listen error: unable to monitor directories for changes.\nVisit https://github.com/guard/listen for info on how to fix this.",
        Watches,
        "listen",
    ),
    (
        "Failed to start filesystem watcher for folder \"a\" (b): failed to setup inotify handler. Please increase inotify limits, see https://docs.syncthing.net",
        Watches,
        "Syncthing",
    ),
    (
        "Failed to start filesystem watcher for folder \"a\" (b): error while traversing /home/u/d: no space left on device",
        Watches,
        "Syncthing",
    ),
    (
        "Dropbox[2194]: Unable to monitor entire Dropbox folder hierarchy. Please run \"echo fs.inotify.max_user_watches=100000 | sudo tee -a /etc/sysctl.conf; sudo sysctl -p\" and restart Dropbox to fix the problem.",
        Watches,
        "Dropbox",
    ),
    (
        "This problem usually happens when the inotify watches are exhausted. Check the FAQ for details.",
        Watches,
        "Nextcloud",
    ),
    (
        "baloo_file[2401]: KDE Baloo File Indexer has reached the inotify folder watch limit. File changes will be ignored.",
        Watches,
        "Baloo",
    ),
    ("Changes in synchronized folders could not be tracked reliably.", Watches, "Nextcloud"),
    ("fs.inotify.max_user_watches is too low; file watching disabled", Watches, ""),
    ("fs.inotify.max_user_instances is too low", Instances, ""),
    ("Consider increasing /proc/sys/fs/inotify/max_user_watches", Watches, ""),
    ("Warning: this usually means you need more inotify watches", Watches, ""),
    ("Tracker-WARNING **: Could not add monitor for path, inotify_add_watch limit reached", Watches, ""),
    ("Unable to add monitor: No space left on device", Watches, ""),
    ("error: failed to watch \"/srv/app\": Max files watch limit reached", Watches, ""),
    ("notify::Error { kind: MaxFilesWatch, paths: [\"/srv\"] }", Watches, ""),
    ("notify error: No space left on device (os error 28) about [\"/srv/app/target\"]", Watches, ""),
    ("Unable to watch directory: watch limit reached", Watches, ""),
    ("java.nio.file.WatchService: OVERFLOW event", QueueOverflow, ""),
    ("达到了 inotify 监视限制", Watches, ""),
    ("错误：ENOSPC：无法监视文件 '/srv/app'", Watches, ""),
    ("sqlite3.OperationalError: database or disk is full", Disk, ""),
    ("OSError: [Errno 28] No space left on device: '/srv/app/out.csv'", Disk, ""),
    ("inotify_add_watch(/home/u/.config/qt5ct) failed: (No space left on device)", Watches, ""),
    ("kf.coreaddons: inotify_init failed: \"Too many open files\"", Instances, "KDE"),
    ("dnsmasq: failed to create inotify: Too many open files", Instances, "dnsmasq"),
    ("nanny.go:108] dnsmasq: failed to create inotify: No file descriptors available", Instances, "dnsmasq"),
    (
        "msg=\"Failed to create target\" error=\"filetarget.fsnotify.NewWatcher: too many open files\"",
        Instances,
        "promtail",
    ),
    (
        "msg=\"error creating promtail\" error=\"failed to make file target manager: too many open files\"",
        Instances,
        "promtail",
    ),
    ("[error] [plugins/in_tail/tail_fs.c:218 errno=28] No space left on device", Watches, "Fluent Bit"),
    (
        "[error] [/src/fluent-bit/plugins/in_tail/tail_fs_inotify.c:360 errno=24] Too many open files",
        Instances,
        "Fluent Bit",
    ),
    ("failed to create fsnotify watcher: too many open files", Instances, "kubectl"),
    ("kubelet.go:1230] Failed to start cAdvisor inotify_init: too many open files", Instances, "kubelet"),
    (
        "kubelet.go:1344] Failed to start cAdvisor inotify_add_watch /sys/fs/cgroup/memory/x: no space left on device",
        Watches,
        "kubelet",
    ),
    (
        "Failed to watch directory \"/sys/fs/cgroup/memory\": inotify_add_watch /sys/fs/cgroup/memory/x.mount: no space left on device",
        Watches,
        "",
    ),
    (
        "thread 'main' panicked at 'unable to create watcher: Io(Error { repr: Os { code: 28, message: \"No space left on device\" } })'",
        Watches,
        "",
    ),
    (
        "pyinotify ERROR] add_watch: cannot watch /srv/x WD=-1, Errno=No space left on device (ENOSPC)",
        Watches,
        "pyinotify",
    ),
    ("[pyinotify WARNING] Event queue overflowed.", QueueOverflow, "pyinotify"),
    ("discovery=file msg=\"Error adding file watcher\" err=\"too many open files\"", Instances, ""),
    ("ode42.jna.inotify.InotifyManager] Unable to add watch for path /srv/x, errno 28", Watches, ""),
    ("pyuv._cpyuv.error.FSEventError: (-28, 'no space left on device')", Watches, ""),
    ("addWatch: resource exhausted (No space left on device)", Watches, ""),
    ("Unable to create new inotify object for Device 10.0.0.3: Too many open files", Instances, ""),
    ("fsnotify: queue or buffer overflow", QueueOverflow, ""),
    ("Event queue overflow.\nStatus code: 1", QueueOverflow, ""),
    ("Kernel inotify event queue overflow", QueueOverflow, ""),
    (
        "  File \"/v/watchdog/observers/inotify.py\", line 646, in _add_watch\n    Inotify._raise_error()\nOSError: No space left on device",
        Watches,
        "",
    ),
    ("tail: 无法监视 '/var/log/x': inotify: 设备上没有空间", Watches, "tail"),
];

#[test]
fn what_programs_really_print_is_understood() {
    for (text, resource, program) in MESSAGES {
        let found = recognise(text).unwrap_or_else(|| panic!("nothing is found in “{text}”"));
        assert_eq!(found.resource, *resource, "what ran out in “{text}”");
        let said_by = found.tool.name().unwrap_or_default();
        assert!(program.is_empty() || said_by == *program, "“{text}” is said by {program}, not by {said_by:?}");
    }
}

#[test]
fn words_of_watching_decide_and_names_of_files_do_not() {
    for (text, resource) in [
        ("No space left on device", AmbiguousSpace),
        ("OSError: [Errno 28] No space left on device: '/srv/out.csv'", Disk),
        ("OSError: [Errno 28] No space left on device: '/srv/watch/inotify.csv'", Disk),
        ("OSError: [Errno 24] Too many open files: '/srv/app.csv'", AmbiguousFiles),
        ("socket: too many open files", AmbiguousFiles),
        ("accept4() failed (24: Too many open files)", AmbiguousFiles),
        ("cp: error writing '/mnt/inotify-tools.tar': No space left on device", Disk),
        ("write /var/log/watch/x: no space left on device", Disk),
        ("mkdir: cannot create directory 'a': No space left on device", Disk),
        ("Error: ENOSPC: no space left on device, write", Disk),
        ("error writing watch.csv: No space left on device", Disk),
    ] {
        assert_eq!(recognise(text).map(|found| found.resource), Some(resource), "“{text}”");
    }
}

#[test]
fn what_is_no_such_error_is_none() {
    for text in [
        "fs.inotify.max_user_watches = 524288",
        "sysctl fs.inotify.max_user_instances\nfs.inotify.max_user_instances = 128",
        "Setting up watches. Watches established.",
        "The inotify watch limit is 8,192.",
        "watching for file changes with StatReloader",
        "java.lang.StackOverflowError",
        "audit: kauditd hold queue overflow",
        "RuntimeError: event loop is closed",
        "rate limit reached for requests",
        "You have reached the limit of your plan",
        "[nodemon] watching: *.*",
        "errno 2: no such file",
        "HTTP 28 24",
    ] {
        assert_eq!(recognise(text), None, "“{text}”");
    }
}

#[test]
fn the_last_line_that_is_certain_counts_by_its_words_too() {
    let text = "inotify watch limit reached\nKernel inotify event queue overflow\nwrite: No space left on device\n";
    assert_eq!(recognise(text).map(|found| found.resource), Some(QueueOverflow));
    let text = "write: No space left on device\nKernel inotify event queue overflow\r\nend";
    let found = recognise(text).expect("an overflow");
    assert_eq!((found.resource, found.line.as_str()), (QueueOverflow, "Kernel inotify event queue overflow"));
    assert_eq!(found.tool, Tool::Any);
}
