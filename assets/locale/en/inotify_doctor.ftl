program-name = Inotify Doctor

## Diagnosis: verdict, findings, recommendation, what an error text means

verdict-limit-unknown = The kernel does not tell its inotify limit here, so nothing can be judged.
verdict-account = Your account may hold { $limit } watches and uses { $held }.
verdict-nothing-needed-poll = Your project needs no watches: Streamlit polls the files instead.
verdict-nothing-needed-none = Your project needs no watches: Streamlit does not watch files.
verdict-gap = Your app misses { $unwatched ->
    [one] { $unwatched } folder
   *[other] { $unwatched } folders
} of the { $need } it should watch. Your account may hold { $limit } watches and uses { $held }.
verdict-does-not-fit = Your project needs { $need } watches. Your account may hold { $limit } and already uses { $held }.
verdict-instances-do-not-fit = Your project needs { $need } inotify instances. Your account may hold { $limit } and already uses { $held }.
verdict-running = Your app holds all { $need } watches it needs. Your account may hold { $limit } and uses { $held }.
verdict-fits = Your project needs { $need } watches, and they fit: your account may hold { $limit } and uses { $held }.

severity-critical = critical
severity-warning = warning
severity-info = info
severity-ok = ok

finding-watches-exhausted = All watches of your account are in use
finding-watches-exhausted-detail = { $held } of { $limit } are held. The next program that asks for one gets errno 28, "No space left on device". Your disk is not meant. Raise the limit, or end a program that holds many.
finding-instances-exhausted = All inotify instances of your account are in use
finding-instances-exhausted-detail = { $held } of { $limit } are held. The next program that asks for one gets errno 24, "Too many open files". Raising the limit of watches does not help; the limit of instances is the one to raise.
finding-watches-nearly = Nearly all watches of your account are in use
finding-watches-nearly-detail = { $held } of { $limit } are held. The next larger project will not fit.
finding-instances-nearly = Nearly all inotify instances of your account are in use
finding-instances-nearly-detail = { $held } of { $limit } are held. Each program that watches files needs at least one.
finding-watches-needed = The limit is too low for this project
finding-watches-needed-detail = { $to_add } more watches are needed and { $free } of { $limit } are free: { $missing } are missing. A high limit costs nothing by itself; only a watch in use takes about 1.3 KiB of kernel memory.
finding-instances-needed = There are not enough inotify instances for this project
finding-instances-needed-detail = { $to_add } more instances are needed and { $free } of { $limit } are free: { $missing } are missing. watchdog 6 and older open one instance for each folder that Streamlit registers.
finding-gap = { $unwatched ->
    [one] { $unwatched } folder is not watched by the running app
   *[other] { $unwatched } folders are not watched by the running app
}
finding-gap-detail = Process { $pid } should watch { $expected } folders. Changes in these do not reload the app: { $examples }.
finding-gap-silent = { $unwatched ->
    [one] { $unwatched } folder is silently not watched
   *[other] { $unwatched } folders are silently not watched
}
finding-gap-silent-detail = Process { $pid } should watch { $expected } folders. Changes in these do not reload the app: { $examples }. watchdog 7 gives no error when the limit is reached.
finding-settings-broken = Streamlit ignores the whole settings file { $file }
finding-settings-broken-detail = Line { $line }, column { $column } is not valid TOML: { $reason }. The line reads: { $text }
finding-settings-broken-suggestion = Line { $line } is not valid TOML, because the word has no quotes. It reads { $text } and should read { $suggestion }
finding-settings-unreadable = The settings file { $file } could not be read
finding-settings-unreadable-detail = The system says: { $reason }. What it sets is not part of this diagnosis.
finding-unknown-word = { $key } = "{ $value }" is not a word that Streamlit knows
finding-unknown-word-detail = Set by { $source }. Streamlit then does not watch files at all, without saying so. It knows "auto", "watchdog", "poll" and "none".
finding-unknown-keys = { $count ->
    [one] Streamlit does not know a key in { $file }
   *[other] Streamlit does not know { $count } keys in { $file }
}
finding-unknown-keys-detail = They have no effect: { $keys }.
finding-contradicted = { $key } is set twice; { $source } wins
finding-contradicted-detail = In effect: { $value }. What { $beaten } says ({ $beaten_value }) has no effect.
finding-run-on-save = runOnSave = false has no effect on watches
finding-run-on-save-detail = Set by { $source }. It only decides whether a change reruns the app; the same { $watches } watches are taken. It is also the default.
finding-blacklist = folderWatchBlacklist has no effect on watches
finding-blacklist-detail = Set by { $source }. It filters Python modules, not directories; folders named in it are still watched as part of the script's folder. The app takes { $watches } watches with it.
finding-lost-at-boot = { $key } falls from { $now } to { $at_boot } at the next boot
finding-lost-at-boot-detail = { $file } will set it then. Put the value into a file that is read later.
finding-lost-at-boot-default = { $key } falls back at the next boot
finding-lost-at-boot-default-detail = It is { $now } now, and no file that is read at boot sets it. The kernel's own default on this machine is about { $at_boot }.
finding-line-not-read = A line in { $file } has no effect at boot
finding-line-not-read-detail = Line { $line } sets { $key } to { $value }, but this file is not read at boot, or another one stands in its place.
finding-line-refused = A line in { $file } is refused by the kernel
finding-line-refused-detail = Line { $line } sets { $key } to "{ $value }". The kernel takes whole numbers from 0 to 2147483647 only.
finding-held-by-other = { $program } holds { $percent } % of what your account may hold
finding-held-by-other-detail = Process { $pid } has { $watches } watches. Ending it, or letting it watch fewer folders, would free them.
finding-container = The limit belongs to the host ({ $name })
finding-container-detail = A container shares the limit of the machine it runs on. It has to be raised there; a sysctl line in the image does nothing.
finding-wsl = On this WSL no sysctl file is read at start
finding-wsl-detail = systemd is not enabled. Set systemd=true below [boot] in /etc/wsl.conf, or set the value anew after each start.
finding-read-only-sysctl = The kernel's settings cannot be changed from in here
finding-read-only-sysctl-detail = /proc/sys is mounted read-only. Not even root can raise the limit in this place.
finding-namespace = This user namespace has a lower limit of its own
finding-namespace-detail = Here { $watches } watches are allowed, though the kernel's limit is { $kernel }. Both are checked; the lower one decides.
finding-cannot-see = { $count ->
    [one] { $count } process could not be read
   *[other] { $count } processes could not be read
}
finding-cannot-see-own = { $own } of them belong to your account: what they hold counts against your limit and is missing here.
finding-cannot-see-others = They belong to other users; what they hold does not count against your limit.
finding-sharing-unknown = Some instances may have been counted twice
finding-sharing-unknown-detail = The kernel does not let this program compare descriptors of different processes, so a shared instance cannot always be recognised.
finding-estimate = The number of watches needed is an estimate
finding-estimate-detail = It is exact for Streamlit 1.47 and later. Installed here: { $version }.
finding-estimate-unknown-detail = No Streamlit was found for this project's Python; the rules of the newest known version were used.
finding-watchdog-missing = watchdog is not installed, so Streamlit polls
finding-watchdog-missing-detail = Polling takes no watches and some CPU. With watchdog installed, the app would need watches.
finding-no-script = No entry script was found in this project
finding-no-script-detail = The need was counted for a program that watches the whole folder. Choose the script that you give to "streamlit run" for the exact number.
finding-unreadable-folders = { $count ->
    [one] { $count } folder of the project could not be read
   *[other] { $count } folders of the project could not be read
}
finding-unreadable-folders-detail = They take no watch, and what is in them is not counted: { $examples }.
finding-unresponsive = A mounted file system does not answer
finding-unresponsive-detail = It was left out of the count: { $mounts }. A program that watches it may hang.
finding-error-in-log = A log of this project contains an inotify error
finding-error-in-log-detail = { $file }: { $line }
finding-all-good = Nothing is wrong
finding-all-good-detail = The limit leaves room for what runs now and for this project.
finding-all-good-no-project-detail = The limit leaves room for what runs now. Choose a project to see what it will need.

list-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
list-separator = {", "}

source-flag = the command line
source-environment = the environment variable { $name }
source-file = the file { $path }
source-default = Streamlit's default

recommend-none = Nothing has to be changed.
recommend-raise = Raise the limit of watches to { $watches }. That leaves room for what runs now, for this project, and a reserve.
recommend-raise-instances = Raise the limit of inotify instances to { $instances }.
recommend-raise-both = Raise the limit of watches to { $watches } and that of inotify instances to { $instances }.
recommend-on-host = Raise it on the host: it cannot be done from in here.
recommend-keep = Write the limits into a file that is read at boot, so that they stay.
recommend-restart = Restart the app. The limit suffices, but the running app has not taken up the missing folders.
recommend-repair = Repair the settings file that Streamlit ignores.

kind-file-indexer = File indexer
kind-file-sync = File sync
kind-file-manager = File manager
kind-desktop = Desktop
kind-other = Other


## Report

report-write-no-name = "{ $path }" does not end in a file name. Name a file, such as report.md.
report-write-folder = The folder { $path } cannot be opened: { $reason }. Nothing was written.
report-write-link = { $path } is a symbolic link. Nothing was written, because that would change something else than it seems to; name a plain file.
report-write-not-a-file = { $path } is not a plain file. Nothing was written; name a file that may be replaced.
report-write-file = { $path } could not be written: { $reason }. Whatever was there before is unchanged.


## Command line


## Window: frame


## Window: step Project


## Window: step Diagnosis


## Window: steps Fix and Verify

