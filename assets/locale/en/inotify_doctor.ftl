program-name = Inotify Doctor
between-sentences = {" "}

## Diagnosis: verdict, findings, recommendation, what an error text means

verdict-limit-unknown = The kernel does not tell its inotify limit here, so nothing can be judged.
verdict-account = Your account may hold { $limit ->
    [one] { $limit } watch
   *[other] { $limit } watches
} and uses { $held }.
verdict-nothing-needed-poll = Your project needs no watches: Streamlit polls the files instead.
verdict-nothing-needed-none = Your project needs no watches: Streamlit does not watch files.
verdict-gap = Your app misses { $unwatched ->
    [one] { $unwatched } folder
   *[other] { $unwatched } folders
} of the { $need } it should watch. Your account may hold { $limit } watches and uses { $held }.
verdict-gap-instances = Your app misses { $unwatched ->
    [one] { $unwatched } folder
   *[other] { $unwatched } folders
}, because there was no inotify instance left: your account may hold { $limit } and uses { $held }.
verdict-does-not-fit = Your project needs { $need ->
    [one] { $need } watch
   *[other] { $need } watches
}. Your account may hold { $limit } and already uses { $held }.
verdict-instances-do-not-fit = Your project needs { $need ->
    [one] { $need } inotify instance
   *[other] { $need } inotify instances
}. Your account may hold { $limit } and already uses { $held }.
verdict-running = Your app holds { $need ->
    [one] the { $need } watch
   *[other] all { $need } watches
} it needs. Your account may hold { $limit } and uses { $held }.
verdict-fits = Your project needs { $need ->
    [one] { $need } watch, and it fits
   *[other] { $need } watches, and they fit
}: your account may hold { $limit } and uses { $held }.
verdict-namespace = This user namespace sets that limit, not the kernel.
headline-fine = Nothing is wrong.
headline-little-reserve = It fits, but little is left in reserve.
headline-finding = { $title }.
headline-gap-limit = Streamlit cannot watch { $unwatched ->
    [one] { $unwatched } of your folders
   *[other] { $unwatched } of your folders
}: the limit is too low.
headline-gap-instances = Streamlit cannot watch { $unwatched ->
    [one] { $unwatched } of your folders
   *[other] { $unwatched } of your folders
}: the inotify instances have run out.
headline-gap-restart = Your app misses { $unwatched ->
    [one] { $unwatched } folder
   *[other] { $unwatched } folders
} until it is restarted: the limit suffices now.
headline-app-loops = Your app restarts its watching without end: the event queue is too short.
headline-queue-loops = Your app will restart its watching without end: the event queue is too short.
headline-queue-until = One overflow, and your app restarts its watching without end: the event queue is too short.
headline-does-not-fit = The limit is too low for your project: { $missing ->
    [one] { $missing } watch is
   *[other] { $missing } watches are
} missing.
headline-instances = There are too few inotify instances for your project.
figures-gap = It should watch { $need }. Your account may hold { $limit } watches and uses { $held }.
figures-app-loops = It puts { $events } events into a queue that holds { $queue }, keeps a processor core busy and misses changes.
figures-queue = watchdog 7.1 puts { $events } events for { $directories } folders into a queue that holds { $queue }.
figures-does-not-fit = It needs { $need }. Your account may hold { $limit } and already uses { $held }.
figures-instances = It needs { $need }. Your account may hold { $limit } and already uses { $held }.
figures-instances-holder = Most are held by { $program } (process { $pid }): { $instances }.

severity-critical = critical
severity-warning = warning
severity-info = info
severity-ok = ok

finding-watches-exhausted = All watches of your account are in use
finding-watches-exhausted-detail = { $held } of { $limit } are held. The next program that asks for one gets errno 28, "No space left on device". Your disk is not meant. Raise the limit, or end a program that holds many.
finding-watches-exhausted-namespace = { $held } of the { $limit } that this user namespace allows are held. The next program that asks for one gets errno 28, "No space left on device". Your disk is not meant. Raising the kernel's limit does not help; ending a program that holds many does, or one that polls instead.
finding-instances-exhausted = All inotify instances of your account are in use
finding-instances-exhausted-detail = { $held } of { $limit } are held. The next program that asks for one gets errno 24, "Too many open files". Raising the limit of watches does not help; the limit of instances is the one to raise.
finding-instances-exhausted-namespace = { $held } of the { $limit } that this user namespace allows are held. The next program that asks for one gets errno 24, "Too many open files". Raising the kernel's limits does not help.
finding-watches-nearly = Nearly all watches of your account are in use
finding-watches-nearly-detail = { $held } of { $limit } are held. The next larger project will not fit.
finding-instances-nearly = Nearly all inotify instances of your account are in use
finding-instances-nearly-detail = { $held } of { $limit } are held. Each program that watches files needs at least one.
finding-watches-needed = The limit is too low for this project
finding-watches-needed-detail = { $to_add ->
    [one] { $to_add } more watch is
   *[other] { $to_add } more watches are
} needed and { $free } of { $limit } are free: { $missing ->
    [one] { $missing } is
   *[other] { $missing } are
} missing. A high limit costs nothing by itself; only a watch in use takes about 1.3 KiB of kernel memory.
finding-watches-needed-namespace = { $to_add ->
    [one] { $to_add } more watch is
   *[other] { $to_add } more watches are
} needed and { $free } of the { $limit } that this user namespace allows are free: { $missing ->
    [one] { $missing } is
   *[other] { $missing } are
} missing. Raising the kernel's limit does not help.
finding-instances-needed = There are not enough inotify instances for this project
finding-instances-needed-detail = { $to_add ->
    [one] { $to_add } more instance is
   *[other] { $to_add } more instances are
} needed and { $free } of { $limit } are free: { $missing ->
    [one] { $missing } is
   *[other] { $missing } are
} missing. watchdog 6 and older open one instance for each folder that Streamlit registers.
finding-instances-needed-namespace = { $to_add ->
    [one] { $to_add } more instance is
   *[other] { $to_add } more instances are
} needed and { $free } of the { $limit } that this user namespace allows are free: { $missing ->
    [one] { $missing } is
   *[other] { $missing } are
} missing. Raising the kernel's limits does not help.
finding-gap = { $unwatched ->
    [one] { $unwatched } folder is not watched by the running app
   *[other] { $unwatched } folders are not watched by the running app
}
finding-gap-detail = Process { $pid } should watch { $expected ->
    [one] { $expected } folder
   *[other] { $expected } folders
}. It does not notice changes in: { $examples }.
finding-gap-silent = { $unwatched ->
    [one] { $unwatched } folder is silently not watched
   *[other] { $unwatched } folders are silently not watched
}
finding-gap-silent-detail = Process { $pid } should watch { $expected ->
    [one] { $expected } folder
   *[other] { $expected } folders
}. It does not notice changes in: { $examples }. watchdog 7 gives no error when the limit is reached.
finding-gap-changing = What it holds is changing from second to second, so the numbers are those of one moment.
finding-settings-broken = Streamlit ignores the whole settings file { $file }
finding-settings-broken-detail = Line { $line } is the first that is wrong: { $reason }. It reads: { $text }
toml-byte-order-mark = it begins with an invisible byte-order mark (U+FEFF), which some editors write; save the file as UTF-8 without it
toml-open-quote = a quotation mark is not closed
toml-open-bracket = a bracket is not closed
toml-no-equals = there is no "=" between name and value
toml-no-value = nothing stands after "="
toml-no-quotes = the word has no straight quotation marks around it
toml-twice = the same name is set twice
toml-broken-braces = what is in braces goes over several lines, which Python does not read
toml-other = it is not valid TOML
finding-settings-broken-suggestion = Line { $line } is not valid TOML, because the word has no quotes. It reads { $text } and should read { $suggestion }
finding-settings-outside = Streamlit does not start with the settings file { $file }
finding-settings-outside-detail = Line { $line }: "{ $key }" stands outside a section. It should read { $suggestion }
finding-settings-unreadable = The settings file { $file } could not be read
finding-settings-unreadable-detail = The reason: { $reason }. What it sets is not part of this diagnosis.
finding-unknown-word = { $key } = "{ $value }" is not a word that Streamlit knows
finding-unknown-word-detail = Set by { $source }. Streamlit then does not watch files at all, without saying so. It knows "auto", "watchdog", "poll" and "none".
finding-unknown-keys = { $count ->
    [one] Streamlit does not know a key in { $file }
   *[other] Streamlit does not know { $count } keys in { $file }
}
finding-unknown-keys-detail = Without effect: { $keys }.
finding-contradicted = { $key } is set twice; { $source } wins
finding-contradicted-detail = In effect: { $value }. What { $beaten } says ({ $beaten_value }) has no effect.
finding-run-on-save = runOnSave = false has no effect on watches
finding-run-on-save-detail = Set by { $source }. It only decides whether a change reruns the app; the app takes { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
} either way. It is also the default.
finding-blacklist = folderWatchBlacklist has no effect on watches
finding-blacklist-detail = Set by { $source }. It filters Python modules, not directories; folders named in it are still watched as part of the script's folder. The app takes { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
} with it.
finding-lost-at-boot = { $key } falls from { $now } to { $at_boot } at the next boot
finding-lost-at-boot-detail = { $file } will set it then. Put the value into a file that is read later.
finding-lost-at-boot-default = { $key } falls back at the next boot
finding-lost-at-boot-default-detail = It is { $now } now, and no file that is read at boot sets it. The kernel's own default on this machine is about { $at_boot }.
finding-line-not-read = A line in { $file } has no effect at boot
finding-line-not-read-detail = Line { $line } sets { $key } to { $value }, but this file is not read at boot, or another one stands in its place. A file of its own name in /etc/sysctl.d is read.
finding-line-refused = A line in { $file } is refused by the kernel
finding-line-refused-detail = Line { $line } sets { $key } to "{ $value }". The kernel takes whole numbers from 0 to 2,147,483,647 only.
finding-held-by-other = { $program } holds { $percent }% of what your account may hold
finding-held-by-other-detail = Process { $pid } has { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
}. Ending it, or letting it watch fewer folders, would free them.
finding-editor = { $editor } holds { $watches } watches for this folder, { $generated } of them in installed or generated files
finding-editor-detail = Process { $pid } watches { $folders }. One line in .vscode/settings.json frees them within seconds, without a restart: "inotify-doctor fix vscode-exclude" writes it.
finding-idle-instances = { $instances } inotify instances have not a single watch
finding-idle-instances-detail = Your account may have { $limit } instances. Held without a watch: { $holders }. Ending or restarting these programs frees them; a higher limit of watches does not help.
finding-idle-dotnet = A program of .NET may take an instance for each set of files that it watches; its documentation names two variables against that: { $variables }.
finding-container = The limit belongs to the host ({ $name })
finding-container-detail = A container shares the limit of the machine it runs on. It has to be raised there; a sysctl line in the image does nothing.
finding-wsl = On this WSL no sysctl file is read at start
finding-wsl-detail = systemd is not enabled. Set systemd=true below [boot] in /etc/wsl.conf, or set the value anew after each start.
finding-read-only-sysctl = The kernel's settings cannot be changed from in here
finding-read-only-sysctl-detail = /proc/sys is mounted read-only. Not even root can raise the limit in this place.
finding-namespace = This user namespace has a lower limit of its own
finding-namespace-detail = Here { $watches ->
    [one] { $watches } watch is
   *[other] { $watches } watches are
} allowed, though the kernel's limit is { $kernel }. Both are checked and the lower one decides, so raising the kernel's does not help here.
finding-cannot-see = { $count ->
    [one] { $count } process could not be read
   *[other] { $count } processes could not be read
}
finding-cannot-see-own = { $own ->
    [one] { $own } belongs to your account: what it holds counts against your limit and is missing here.
   *[other] { $own } belong to your account: what they hold counts against your limit and is missing here.
}
finding-cannot-see-others = { $others ->
    [one] { $others } belongs to another user; what it holds does not count against your limit.
   *[other] { $others } belong to other users; what they hold does not count against your limit.
}
finding-hidden = Some processes may not be visible from here
finding-hidden-detail = /proc shows only part of the machine's processes here. What the others hold may count against the same limit.
finding-sharing-unknown = Some instances may have been counted twice
finding-sharing-unknown-detail = The kernel does not let this program compare descriptors of different processes, so a shared instance cannot always be recognised.
finding-stops = This app stops at line { $line } of { $file }
finding-stops-module = The module “{ $module }” is neither installed for this Python nor part of the project.
finding-stops-relative = It imports “{ $module }” relative to a package, and a script that is run is part of none.
finding-stops-streamlit = Streamlit { $version } has no “{ $name }”.
finding-stops-name = The module “{ $module }” that is found here has no “{ $name }”.
finding-stops-syntax = Python cannot read this line: there is a mistake in it, or it was written for Python 2.
finding-stops-no-secrets = It asks st.secrets for “{ $key }”, and there is no secrets file.
finding-stops-secret = It asks st.secrets for “{ $key }”, which the secrets file does not have.
finding-stops-file = It opens { $file }, which is not there.
finding-stops-variable = It reads the environment variable { $name } without a default, and that is not set.
finding-stops-page = It names the page { $file }, which is not there.
finding-stops-undefined = It uses the name “{ $name }”, which is defined nowhere.
finding-stops-key = It asks a dictionary for “{ $key }”, which has no such key.
finding-stops-place = It asks a list for an entry beyond its end.
finding-stops-none = It asks for “{ $name }” where the value is None.
finding-stops-arguments = It calls “{ $name }” with arguments that this function does not take.
finding-stops-circular = It imports “{ $name }” from “{ $module }”, which is still being imported itself: the two import each other in a circle.
finding-stops-raised = The script itself raises { $class } there.
finding-stops-after = Nothing after that line runs, so the need was counted without it.
finding-range = This app needs between { $least } and { $most } watches
finding-range-detail = What its script loads depends on something that is only known while it runs, such as data, a login or the time. The larger number is the one that is judged.
finding-estimate = The number of watches needed is an estimate
finding-estimate-detail = It is exact for Streamlit 1.28 to { $newest } with an environment outside the script's folder. Installed here: { $version }.
finding-estimate-newer = Streamlit { $version } is newer than any that was measured. The newest measured is { $newest }; its rules were used.
finding-estimate-unknown-detail = No Streamlit was found for this project's Python; the rules of the newest known version were used.
finding-watchdog-missing = watchdog is not installed, so Streamlit polls
finding-watchdog-missing-detail = Polling takes no watches and some CPU. With watchdog installed, the app would need watches.
finding-no-script = No entry script was found in this project
finding-no-script-detail = The need was counted for a program that watches the whole folder. Choose the script that you give to "streamlit run" for the exact number.
finding-unreadable-folders = { $count ->
    [one] { $count } folder of the project could not be read
   *[other] { $count } folders of the project could not be read
}
finding-unreadable-folders-detail = What cannot be read takes no watch, and what is in it is not counted: { $examples }.
finding-open-files = { $count ->
    [one] { $count } folder could not be looked into: too many files are open
   *[other] { $count } folders could not be looked into: too many files are open
}
finding-open-files-detail = The folders are counted, what is in them is not. This is the limit of open files of this program or of the whole computer, not a permission: raise it (ulimit -n 1024) and scan again.
finding-unresponsive = A mounted file system does not answer
finding-unresponsive-detail = It was left out of the count: { $mounts }. A program that watches it may hang.
finding-error-in-log = A log of this project contains an inotify error
finding-error-in-log-detail = { $file }: { $line }
finding-error-in-log-over = The app no longer has this problem.
finding-overflow-in-log = A log of this project says that an event queue overflowed
finding-overflow-in-log-way = Changes were missed then. Against it: a longer queue (max_queued_events), polling, watchdog before 7.1, or fewer folders.
finding-all-good = Nothing has to be fixed
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

verdict-app-loops = Your app restarts its watching without end: it puts { $events } events into a queue that holds { $queue }.
verdict-queue-loops = The event queue is too short for { $directories } folders: the app will restart its watching without end. It puts { $events } events into a queue that holds { $queue }.
verdict-queue-until = The event queue is too short for { $directories } folders: after its first overflow the app restarts its watching without end. It then puts { $events } events into a queue that holds { $queue }.
finding-queue-loops = The event queue is too short: the app overflows it by itself
finding-queue-until = The event queue is too short to recover from an overflow
finding-queue-loops-detail = watchdog 7.1 puts 4 events into its own queue for each of { $directories } folders when it starts, and 5 when it starts over after an overflow: { $events }. The queue holds { $queue } (max_queued_events), so it overflows again each time: a whole core is used and changes are missed.
finding-queue-until-detail = The app starts well. But any overflow, after a git checkout or an npm install for example, makes watchdog 7.1 start over, which puts { $events } events for { $directories } folders into a queue that holds { $queue } (max_queued_events): from then on it starts over without end.
finding-ways = Ways out: { $ways }.
finding-ways-out = Ways out:
finding-queue-way-raise = a queue of { $wanted } (needs an administrator; the app has to be restarted)
finding-queue-way-poll = fileWatcherType = "poll" (no administrator, hot reload kept; a change is noticed within { $seconds } s for { $files ->
    [one] { $files } file
   *[other] { $files } files
} and one open tab)
finding-queue-way-older = watchdog below 7.1 in the app's own environment, such as: pip install "watchdog<7.1"
finding-queue-way-fewer = fewer folders below the script
finding-app-loops = The running app restarts its watching without end
finding-app-loops-detail = Process { $pid } took its watches anew while it was looked at: between { $fewest } and { $most } of them, with { $percent }% of a core in use. What it misses changes from moment to moment.
finding-nobody = Nobody has the app open
finding-nobody-detail = Process { $pid } watches its folders only while a browser tab shows it. It watches nothing now, and that is as it should be.
recommend-raise-queue = Set the length of event queues to { $events }, and restart the app: it takes the length when it starts.
recommend-none = Nothing has to be changed.
recommend-see-findings = No limit has to be raised. What was found is worth a look.
recommend-raise = Raise the limit of watches to { $watches }. That leaves room for what runs now, for this project, and a reserve.
recommend-raise-instances = Raise the limit of inotify instances to { $instances }.
recommend-raise-both = Raise the limit of watches to { $watches } and that of inotify instances to { $instances }.
recommend-on-host = Raise it on the host: it cannot be done from in here.
recommend-raise-namespace = This user namespace allows { $now ->
    [one] { $now } watch
   *[other] { $now } watches
}, whatever the kernel's limit is. Raise its own limit to { $wanted }; the step Fix has the command.
recommend-raise-namespace-instances = This user namespace allows { $now ->
    [one] { $now } inotify instance
   *[other] { $now } inotify instances
}, whatever the kernel's limit is. Raise its own limit to { $wanted }; the step Fix has the command.
recommend-kernel-too = The kernel's limit is too low as well. { $raise }
recommend-fewer-watches = This user namespace allows { $now ->
    [one] { $now } watch
   *[other] { $now } watches
}, whatever the kernel's limit is, and that cannot be raised from in here. Let Streamlit poll or not watch at all, which takes no watch, or need fewer directories.
recommend-fewer-instances = This user namespace allows { $now ->
    [one] { $now } inotify instance
   *[other] { $now } inotify instances
}, whatever the kernel's limit is, and that cannot be raised from in here. Let Streamlit poll or not watch at all, which takes no instance.
recommend-keep = Write the limits into a file that is read at boot, so that they stay.
recommend-restart = Restart the app. The limit suffices, but the running app has not taken up the missing folders.
recommend-repair = Repair the settings file that Streamlit ignores.
recommend-poll = Let Streamlit poll its few files: that takes no watches, no administrator and hardly any CPU.

kind-ai-agent = AI coding agent
kind-log-collector = Log collector
kind-file-indexer = File indexer
kind-file-sync = File sync
kind-file-manager = File manager
kind-desktop = Desktop
kind-other = Other

## Remedy: plans, promises, what came of them

remedy-raise-limits = Raise the limits
remedy-streamlit-config = Change the project's Streamlit settings
remedy-launch-script = Set it in a launch script
remedy-session-variable = Set it for the desktop session
remedy-clear-caches = Need fewer directories
remedy-vscode-exclude = Let the editor watch fewer folders
remedy-watcher-launch = Tell the watcher's launch to poll or to watch less
remedy-restart = Restart the app

promise-administrator = needs administrator
promise-no-administrator = no administrator
promise-survives = survives a reboot
promise-until-reboot = until the reboot
promise-reload-kept = hot reload kept
promise-reload-polling = hot reload by polling
promise-reload-lost = no hot reload
promise-restart = restart the app
promise-no-restart = no restart needed
promise-watches-after = Watches the app takes afterwards: { $watches }
promise-watches-unknown = The watches afterwards are not known beforehand.

change-make-folder = Make the folder { $path }
change-write-new = Write the new file { $path }
change-write = Change the file { $path }
change-limit = { $key }: { $before } → { $after }
change-boot-file = Write { $path }, read at each boot
change-trash-folder = Move to the trash: { $path } ({ $directories ->
    [one] { $directories } folder
   *[other] { $directories } folders
}, { $size })
change-trash-file = Move to the trash: { $path } ({ $size })
change-restart = End process { $pid } and start it again in { $folder }: { $command }
change-restart-variable = with { $name }={ $value } in its environment
change-restart-kill = It is ended by force (SIGKILL), at once and without being asked.

done-folder = Folder made: { $path }
done-file = File written: { $path }
done-limits = The kernel now says { $key } = { $after }; it was { $before }
done-limits-same = The kernel's limits were already as asked
done-trashed = In the trash: { $path }
done-restarted = The app runs as process { $pid }.
done-restarted-kept = The app runs as process { $pid } and goes on writing into { $log }
done-restarted-log = A terminal cannot be handed on: what the app says is now in { $log }

outcome-nothing-to-do = Everything is already as asked. Nothing was changed.
outcome-applied = Done. To take it back: inotify-doctor undo { $id }
outcome-applied-final = Done. A restart cannot be taken back.
outcome-stale = Nothing was changed, because something is no longer as it was when the plan was made.
outcome-failed = Not done: { $reason }
outcome-nothing-left = Nothing is left half done.
outcome-left = These could not be taken back:

stale-file = { $path } was changed meanwhile.
stale-link = A link stands in place of { $path } now.
stale-folder = The folder { $path } is there now.
stale-gone = { $path } is gone, or is something else now.
stale-limits = The kernel's limits were changed meanwhile.
stale-process = Process { $pid } has ended.

undo-done = Taken back.
undo-back-file = { $path } holds again what it held before:
undo-back-file-gone = { $path } was not there before. It is gone again.
undo-back-folder-gone = The folder { $path } was not there before. It is gone again.
undo-back-trash = { $path } is back from the trash.
undo-back-limit = The kernel now says { $key } = { $to } again; it was { $from }.
undo-already = It was taken back before. Nothing was changed.
undo-refused = Nothing was taken back, because someone else has changed this since:
undo-failed = Not taken back completely: { $reason } Say "undo" again to go on.
undo-list-empty = Nothing has been changed by this program that could be taken back.
undo-state-applied = applied
undo-state-undone = taken back
undo-state-interrupted = interrupted
undo-limits = Undo takes back all raises of the limits together:
undo-limits-others = Taken back together with it, by their numbers: { $numbers }
undo-limits-stay = The limits in force are not as this program set them. They stay.
undo-limits-file = Remove { $path }
undo-limits-gone = Nothing is left of the raises of the limits. No password is asked for.
undo-ask = Take this back?
undo-unreadable = This journal file could not be understood: { $path }

conflict-changed = { $path } is neither what was written nor what it was before.
conflict-gone = { $path } is not there any more.
left-folder = The folder { $path } stays, because something else is in it.
left-there-again = { $path } has been made anew; the old one stays in the trash.
left-not-in-trash = { $path } is not in the trash any more.
left-restarted = Process { $pid } was ended and does not come back; the app started in its stead runs on.

error-foreign-owned = { $path } belongs to another user (number { $owner }). Writing it would change its owner.
error-not-permitted = You may not write { $path }. Check the permissions of the file and of its folder.
error-read-only = { $path } is on a read-only file system.
error-disk-full = There is no space left for { $path }. Free some and try again.
error-vanished = { $path } is not there.
error-changed = { $path } was changed while this program was at work. Look at it and try again.
error-not-a-file = { $path } is not a file.
error-link = A link stands on the way to { $path }. Links that were not there before are not followed.
error-link-outside = { $path } is a link that leads to { $target }, outside of your home folder and the project. Change that file yourself.
error-outside = { $path } is outside of your home folder and the project. Change that file yourself.
error-not-utf8 = { $path } is not UTF-8 text from byte { $byte } on. Save it as UTF-8 first.
error-broken = { $path }, line { $line }: { $reason }. The file is not written over.
error-broken-repair = Line { $line } should read: { $suggestion }
error-not-a-table = "{ $key }" in { $path } is not a table, so nothing can be set in it.
error-broken-json = { $path } is not valid JSON, not even with comments: { $reason }. Correct it in the editor first.
error-not-a-script = { $path } is not a shell script.
error-no-launch-line = No line of { $path } runs "streamlit run".
error-unclear-script = { $path } is written in a way in which no line can be added with certainty. Put "export STREAMLIT_SERVER_FILE_WATCHER_TYPE=…" before the line that starts Streamlit yourself.
error-no-watcher-launch = Nothing in { $path } starts { $program } in a way in which it watches files.
error-unclear-launch = { $path } is written in a way in which nothing can be added with certainty. Put "{ $text }" where { $program } is started yourself.
error-no-home = Your home folder is not known: HOME is not set to a whole path.
error-trash = The trash refused { $path }: { $reason }
error-process-gone = Process { $pid } has ended.
error-foreign-process = Process { $pid } belongs to another user (number { $owner }). Other people's processes are never touched.
error-command-unknown = Process { $pid } has written over its command line, so that this program cannot start it again. End it where it runs, and start it the way you usually do.
error-started-by = { $starter } has started process { $pid } and would end with it, or start it anew beside this program. End it there, and start it again the way you usually do.
error-still-running = Process { $pid } does not end when asked gently or firmly.
error-did-not-start = The app was ended and did not start again: { $reason }.
error-see-log = What it said is in { $log }.
error-busy = Another run of this program is changing something right now. Wait for it and try again.
error-foreign-journal = { $path } belongs to another user (number { $owner }). What it says is not done. Only that user can take back what is in it.
error-open-to-others = Other users can write to { $path }. What it says is not done. If you trust it: chmod go-w { $path }
error-foreign-home = You are root here, but { $path } belongs to another user (number { $owner }). What root writes there would lock that user out. Run this as that user, without sudo: where a password is needed, it is asked for. For root itself: sudo -H inotify-doctor
error-mount-point = Something is mounted on { $path } or in it (a volume of a container, say). It is left alone.
error-silent = The file system that { $path } is on does not answer. Nothing was changed. A network mount may have lost its server: unmount it or bring the server back, then try again.
error-too-large = { $path } is larger than a file of its kind ever is. It was not read.
error-no-entry = The journal has no entry { $id } that could be used for this. "inotify-doctor undo --list" shows them.
error-system = { $path }: { $reason }

refusal-nothing = No limit is to be raised.
refusal-out-of-range = { $value } is not possible: a limit is a whole number from 1 to 2,147,483,647.
refusal-would-lower = { $value } is lower than the { $before } in force. This program never lowers a limit.
refusal-changed = The limits were changed since the plan was made. Nothing was done.
refusal-dismissed = The password was not given. Nothing was changed.
refusal-denied = The password was wrong, or this account is not an administrator. Nothing was changed.
refusal-no-agent = Nothing here can ask for a password: no desktop session with a password dialog, no terminal.
refusal-not-installed = The program that asks for the password (pkexec or sudo) is not installed.
refusal-no-bus = The system bus, which pkexec needs, is not running.
refusal-no-polkitd = The polkit service, which pkexec needs, is not there.
refusal-no-new-privileges = This program was started in a way in which nothing may gain administrator rights (no_new_privs).
refusal-not-setuid = pkexec or sudo cannot become administrator: it has lost its set-user-id bit, or its disk is mounted nosuid.
refusal-killed-waiting = The password dialog was ended by signal { $signal }. Nothing was changed.
refusal-not-started = The program that asks for the password could not be started.
refusal-not-understood = The script did not understand what it was told. This is a mistake of this program; report it.
refusal-not-root = The script does not run as administrator.
refusal-tool-missing = A basic command that the script needs is not installed.
refusal-no-lock = The lock in /run/inotify-doctor could not be made.
refusal-another-run = Another run of the script has not ended yet.
refusal-limit-unreadable = The kernel's limits could not be read.
refusal-higher = The limit, or its value in our file, is already higher than asked.
refusal-target-not-a-file = { $path } is a link or something else that is no file. It is left alone.
refusal-target-foreign = { $path } was written by someone else, or was edited. It is left alone.
refusal-read-only-folder = { $path } cannot be written: its file system is read-only.
refusal-disk-full = There is no space left for { $path }. Nothing was changed.
refusal-file-not-written = { $path } could not be written.
refusal-read-only-kernel = /proc/sys is read-only here: not even an administrator can raise the limit in this place.
refusal-by-kernel = The kernel did not accept the value. What was done was taken back.
refusal-not-taken-back = A step failed, and one before it could not be taken back: the limits may differ from before.
refusal-killed-working = The script was ended by signal { $signal }: the limits may be raised without the file for the next boot. Undo puts it right.
refusal-unexpected = Something unexpected came back. Nothing is known to have been changed.
refusal-details = It said: { $details }

guidance-host = The limit belongs to the host. Run this there:
guidance-node = The limit belongs to each node of the cluster. Whoever runs it puts this into a terminal there:
guidance-nixos = NixOS makes /etc from its configuration. Put these lines into configuration.nix:
guidance-wsl = This WSL reads no settings files at start. Put these lines into /etc/wsl.conf and run "wsl --shutdown" in Windows:
guidance-wsl1 = WSL 1 has no Linux kernel whose limits could be raised. Convert the distribution to WSL 2.
guidance-sandbox = From inside this sandbox the limit cannot be raised. Run this in a terminal outside:
guidance-namespace = Its root can raise it, for as long as the namespace lasts. Run this in here as that root:
guidance-namespace-fixed = Raising it takes the capability CAP_SYS_RESOURCE in this namespace, which this program does not have. Taking fewer watches helps: let Streamlit poll or not watch at all.
guidance-namespace-kernel = The kernel's limit of { $kernel } is too low as well, and has to be raised outside.
guidance-terminal = No password dialog can be shown from here. Run this in a terminal:

boot-not-read = Nothing reads settings files when this place starts, so the limit lasts only until then.
boot-beaten = At the next boot { $file }, line { $line }, is read later and sets { $key } to { $value }.
boot-would-lower = { $file }, line { $line }, sets { $key } to { $value }; the new file would lower it at the next boot.
boot-set-back = { $file }, line { $line }, names { $key }: the next "sysctl --system", which package updates run, sets it back to { $value }.
boot-kde-survey = KDE's inotify-survey writes a file that is read before this one. Its button changes nothing any more for the limits that are set here.
boot-unreadable = { $file } may not be read by this user: whether it sets the same limit is not known.

stronger-flag = The command line sets { $key } too, and wins.
stronger-environment = The environment variable { $name } sets { $key } too, and wins.
stronger-file = { $path } sets { $key } too, and wins.
stronger-not-read = This launch does not read the file.
stronger-own-environment = { $by } starts Streamlit with an environment of its own, which the variable does not reach.

advice-move = { $path } could live elsewhere, with a link to it in its place: links are not followed. Saves { $saves ->
    [one] { $saves } watch
   *[other] { $saves } watches
}.
advice-own-folder = The entry script could live in a folder of its own, with what it imports and its pages. Its folder is { $folder }; saves up to { $saves ->
    [one] { $saves } watch
   *[other] { $saves } watches
}.

size-bytes = { $value } B
size-kib = { $value } KiB
size-mib = { $value } MiB
size-gib = { $value } GiB

## Verification

verify-title-limit-now = The limit is { $limit } watches now
verify-title-limit-now-short = The limit of { $limit } watches is too low
verify-title-limit-now-unknown = The limit of watches is not known
verify-title-instances-now = The limit is { $limit } instances now
verify-title-instances-now-short = The limit of { $limit } instances is too low
verify-title-instances-now-unknown = The limit of instances is not known
verify-title-about = about { $limit }
verify-title-limit-at-boot = The limit is { $limit } watches after a reboot
verify-title-limit-at-boot-short = A reboot leaves only { $limit } watches
verify-title-limit-at-boot-unknown = The limit of watches after a reboot is not known
verify-title-instances-at-boot = The limit is { $limit } instances after a reboot
verify-title-instances-at-boot-short = A reboot leaves only { $limit } instances
verify-title-instances-at-boot-unknown = The limit of instances after a reboot is not known
verify-title-instances-added = { $added ->
    [one] { $added } instance was really opened
   *[other] { $added } instances were really opened
}
verify-title-instances-held = The app holds all { $need } instances it needs
verify-title-instances-short = Only { $count } of { $need } instances could be opened
verify-title-instances-untried = The instances could not be tried
verify-title-watches-added = { $added ->
    [one] { $added } watch was really added
   *[other] { $added } watches were really added
}
verify-title-watches-none = No watch is needed
verify-title-watches-held = The app holds as many as the { $need } watches it needs
verify-title-watches-short = Only { $count } of { $need } watches could be had
verify-title-watches-refused = Not every watch could be added
verify-title-watches-untried = The watches could not be tried
verify-title-settings-watchdog = Streamlit will watch with inotify
verify-title-settings-poll = Streamlit will poll and take no watches
verify-title-settings-none = Streamlit will not watch files
verify-title-settings-ignored = Streamlit ignores a settings file
verify-title-settings-unreadable = A settings file cannot be read
verify-title-settings-unknown-word = Streamlit does not know the word { $value }
verify-title-settings-beaten = A setting has no effect
verify-title-settings-not-chosen = Streamlit will not use the file watcher that was chosen
verify-title-settings-no-script = Streamlit's settings are not known
verify-title-apps-new = No app runs with old settings
verify-title-apps-none = No app of this project is running
verify-title-apps-old = { $apps ->
    [one] An app still runs with old settings
   *[other] { $apps } apps still run with old settings
}
verify-title-apps-unknown = Whether an app runs with old settings is not known
verify-title-holds-all = { $apps ->
    [one] The app holds every watch it needs
   *[other] { $apps } apps hold every watch they need
}
verify-title-holds-gap = { $count ->
    [one] The running app misses { $count } folder
   *[other] The running app misses { $count } folders
}
verify-title-holds-no-app = No app is running to compare with
verify-title-queue-now = An event queue holds { $queue } events now
verify-title-queue-now-short = The event queue of { $queue } events is too short
verify-title-queue-now-unknown = The length of event queues is not known
verify-title-queue-at-boot = An event queue holds { $queue } events after a reboot
verify-title-queue-at-boot-short = A reboot leaves an event queue of only { $queue } events
verify-title-queue-at-boot-unknown = The length of event queues after a reboot is not known
verify-title-holds-loops = The running app restarts its watching without end
verify-holds-loops = Process { $pid } takes its watches anew all the time, between { $fewest } and { $most } of them. An app takes the length of its queue when it starts: restart it once the queue is long enough.
verify-queue-unknown = max_queued_events could not be read.
verify-queue-short = The app puts { $events } events into its own queue when it starts over, and the queue holds { $queue }.
verify-queue-enough = The app puts { $events } events at most into its own queue, which holds { $queue }.
verify-title-holds-not-yet = The running app does not watch yet
verify-title-holds-unreadable = What the app watches could not be read
verify-title-trial-held = { $watches ->
    [one] The app really held { $watches } watch
   *[other] The app really held { $watches } watches
}
verify-title-trial-error = The app's log tells of an inotify error
verify-title-trial-gap = { $count ->
    [one] The app missed { $count } folder
   *[other] The app missed { $count } folders
}
verify-title-trial-nothing = The trial launch gave no result
verify-aside-was = was { $before }
verify-aside-took = { $seconds } s
verify-sentence-separator = {" "}
verify-passed = passed
verify-failed = failed
verify-could-not-run = could not be checked
verify-step-project = Choosing the project or its app helps: step Project.
verify-step-diagnosis = The step Diagnosis shows why.
verify-step-fix = The step Fix offers what to do.

verify-limit-unknown = The kernel does not tell its limit here.
verify-limit-of-kernel = This account may hold { $limit ->
    [one] { $limit } watch
   *[other] { $limit } watches
}.
verify-limit-of-namespace = In this user namespace this account may hold { $limit ->
    [one] { $limit } watch
   *[other] { $limit } watches
}, fewer than the kernel allows.
verify-instances-of-kernel = This account may hold { $limit ->
    [one] { $limit } inotify instance
   *[other] { $limit } inotify instances
}.
verify-instances-of-namespace = In this user namespace this account may hold { $limit ->
    [one] { $limit } inotify instance
   *[other] { $limit } inotify instances
}, fewer than the kernel allows.
verify-limit-enough = It holds { $held } now and { $total } with the project: they fit.
verify-limit-held = It holds { $held } now.
verify-limit-short = It holds { $held } now and would hold { $total } with the project: { $missing } too many.
verify-limit-minimum = Not every process can be seen and read here, so more may be held.
verify-boot-set = Line { $line } of { $file } sets it to { $limit }.
verify-boot-default = No file sets it; the kernel's own default is about { $limit }.
verify-boot-default-unknown = No file sets it, and the kernel's own default cannot be computed here.
verify-boot-host = This is a container: the computer it runs on sets the limit.
verify-boot-unreadable = { $file } is read at boot and may not be read by this account, so the answer is not known.
verify-boot-enough = It has to be at least { $wanted }: that is enough.
verify-boot-short = It has to be at least { $wanted }: that is not enough.
verify-boot-lower = It is lower than the { $now } of now.
verify-instances-added = { $added ->
    [one] { $added } instance was opened and released.
   *[other] { $added } instances were opened and released.
}
verify-instances-beside = The app needs { $need }. It holds { $held }; the other { $added } were opened and released.
verify-instances-refused = The app needs { $need }. It holds { $held }, and { $added } more could be opened; then the kernel refused with errno { $errno }. All were released.
verify-instances-descriptors = After { $added } instances this program itself had too many files open (errno { $errno }), which says nothing about instances.
verify-added = { $added ->
    [one] The app takes { $added } watch. It was added and released.
   *[other] The app takes { $added } watches. All were added and released.
}
verify-added-none-needed = The app takes no watches, so none were added.
verify-added-app-holds = The app takes { $need ->
    [one] 1 watch
   *[other] { $need } watches
}, and process { $pid } holds as many. Nothing had to be added.
verify-added-beside = The app takes { $need ->
    [one] 1 watch
   *[other] { $need } watches
}. Process { $pid } holds { $held }; the { $added } it lacks were added and released.
verify-added-given-back = The { $added } that process { $pid } lacked could be added, but only because it gave back some of its { $held } meanwhile: both together are more than the limit. At the limit, watchdog 7 changes what it holds from second to second.
verify-added-stand-ins = { $count ->
    [one] { $count } of them is for a folder that Python has yet to make; it was added on a file instead.
   *[other] { $count } of them are for folders that Python has yet to make; they were added on files instead.
}
verify-added-refused = The app takes { $need ->
    [one] 1 watch
   *[other] { $need } watches
}. It holds { $held }, and { $added } more could be added; then the kernel refused { $folder } with errno { $errno }. All were released.
verify-added-folder-to-come = a folder that Python has yet to make
verify-settings-no-script = No entry script is known, so Streamlit's settings are not known either.
verify-settings-broken = Line { $line } of { $file } is not valid TOML, so Streamlit ignores the whole file: { $text }
verify-settings-unreadable = { $file } cannot be read: { $reason }
verify-settings-watcher = At its next start Streamlit will see server.fileWatcherType = { $value }, from { $source }.
verify-settings-watchdog = It watches with inotify.
verify-settings-poll = It polls and takes no watches.
verify-settings-none = It does not watch files and takes no watches.
verify-settings-unknown-word = Streamlit does not know this word and does not watch files.
verify-settings-beaten = { $value } from { $source } has no effect, because the other place is stronger.
verify-settings-chosen = Chosen was { $value }.
verify-apps-none = No app of this project is running, so this check proves nothing. The next one that is started takes the settings of now.
verify-apps-unknown = It is not known when process { $pid } started.
verify-apps-new = Process { $pid } started at { $started }, after the last change.
verify-apps-unaffected = Process { $pid } started at { $started }, before the limits were raised. That makes no difference to it: it has all it needs.
verify-apps-old = Process { $pid } started at { $started }, before { $path } was changed at { $changed }. It still runs with the old settings.
verify-apps-restart = It holds { $watches ->
    [one] 1 watch
   *[other] { $watches } watches
}; restarted, it will hold { $after }.
verify-holds-no-app = No app of this project is running, so there is nothing to compare.
verify-holds-all = Process { $pid } watches each of the { $expected } folders it should.
verify-holds-none-needed = Process { $pid } holds { $watches ->
    [one] 1 watch
   *[other] { $watches } watches
} and needs none.
verify-holds-not-yet = Process { $pid } does not watch yet: open the app in a browser. It should then watch { $expected } folders.
verify-holds-unreadable = What process { $pid } watches may not be read.
verify-holds-gap = Process { $pid } holds { $watches ->
    [one] 1 watch
   *[other] { $watches } watches
} and should watch { $expected } folders. { $count ->
    [one] Changes in this folder are missed: { $folders }.
   *[other] Changes in { $count } folders are missed: { $folders }.
}
verify-trial-counted = The app ran with one session open and held { $watches ->
    [one] 1 watch
   *[other] { $watches } watches
}; { $need } were forecast.
verify-trial-no-script = No entry script is known, so there is nothing to start.
verify-trial-no-python = No Python with Streamlit is known that could start the app.
verify-trial-no-room = Process { $pid } already runs this app, and the { $need ->
    [one] 1 watch
   *[other] { $need } watches
} of a second one do not fit beside it.
verify-trial-not-started = The app could not be started: { $reason }
verify-trial-died = The app ended by itself ({ $status }).
verify-trial-no-session = The app did not open a session within the time.
verify-trial-closed = The app closed the session before its script had ended: { $reason }
verify-trial-still-running = The script did not end within the time. The app held { $watches ->
    [one] 1 watch
   *[other] { $watches } watches
} until then; { $need } were forecast.
verify-trial-said = The last line it wrote: { $line }
verify-trial-gap = { $count ->
    [one] It did not watch this folder: { $folders }.
   *[other] It did not watch { $count } folders: { $folders }.
}
verify-trial-error = Its log says: { $line }
verify-compare-no-file = by no file
verify-compare-unknown = unknown
verify-compare-limit = Limit of watches
verify-compare-at-boot = Set for the next boot
verify-compare-instances = Limit of instances
verify-compare-queue = Length of event queues
verify-compare-held = Held by this account
verify-compare-need = Needed by the project
verify-compare-missing = Watches missing
verify-compare-gaps = Folders that running apps miss

## Report

report-title = Inotify Doctor report
report-made = Made on { $time } UTC by Inotify Doctor { $version }.

report-heading-findings = What was found
report-heading-recommendation = What to do
report-heading-limits = Limits
report-heading-processes = Processes
report-heading-project = Project
report-heading-streamlit = Streamlit
report-heading-settings = Settings
report-heading-system = System
report-heading-privacy = Privacy

report-watches = Watches
report-instances = Instances
report-unknown = not known
report-not-found = not found
report-not-set = not set
report-none = none

report-gauge-held = # held now: { $count }
report-gauge-to-add = + the project will add: { $count }
report-gauge-limit = limit: { $count }
report-gauge-limit-passed = | limit: { $count }

report-column-limit = Limit
report-column-now = Now
report-column-at-boot = After a reboot
report-column-set-by = Set at boot by
report-column-line-without-effect = Line without effect
report-column-value = Value
report-column-why = Why
report-kernel-default = no file; the kernel's own default
report-boot-reader = Files are applied at boot by { $reader }.
report-boot-nobody = Nothing applies sysctl files at boot here.
report-boot-unreadable = The values after a reboot are uncertain, because these files could not be read: { $files }.
report-namespace-limits = This user namespace allows { $watches } watches and { $instances } instances of its own.
report-line-overridden = a later line wins
report-line-not-read = the file is not read at boot
report-line-masked = another file of the same name is read instead
report-line-refused = the kernel refuses the value

report-column-pid = PID
report-column-program = Program
report-column-kind = What it is
report-column-uid = User ID
report-column-share = Share of limit
report-column-command = Command line
report-share-other-account = not yours
report-account = Your account (user ID { $uid }) holds { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
} in { $instances ->
    [one] { $instances } instance
   *[other] { $instances } instances
}.
report-processes-more = { $count ->
    [one] { $count } more process holds
   *[other] { $count } more processes hold
} an instance; the JSON form of this report names all of them.
report-processes-shared = Some processes share an instance. It is counted once, for one of them; the share of the limit goes by that.
report-processes-unreadable-own = { $count ->
    [one] { $count } process of your account could not be read: what it holds counts too, and is missing here.
   *[other] { $count } processes of your account could not be read: what they hold counts too, and is missing here.
}
report-processes-unreadable-others = { $count ->
    [one] { $count } process of another user could not be read; it does not count against your limit.
   *[other] { $count } processes of other users could not be read; they do not count against your limit.
}
report-processes-hidden = There may be processes that cannot be seen from here at all; what they hold is missing.

report-fact-folder = Folder
report-fact-script = Entry script
report-fact-size = Size
report-fact-unreadable = Directories that could not be read
report-fact-mount = Another file system in it
report-fact-unresponsive = Did not answer, left out
report-size-small = small: { $files ->
    [one] { $files } file
   *[other] { $files } files
} in { $directories ->
    [one] { $directories } directory
   *[other] { $directories } directories
}
report-size-medium = medium: { $files ->
    [one] { $files } file
   *[other] { $files } files
} in { $directories ->
    [one] { $directories } directory
   *[other] { $directories } directories
}
report-size-large = large: { $files ->
    [one] { $files } file
   *[other] { $files } files
} in { $directories ->
    [one] { $directories } directory
   *[other] { $directories } directories
}
report-column-directories = Directories
report-column-files = Files
report-column-heaviest = Heaviest folders
report-column-log = Log
report-column-line = Last line with an inotify error

report-fact-streamlit = Streamlit
report-fact-watchdog = watchdog
report-fact-watcher = How it watches
report-fact-need = What it needs
report-watcher-watchdog = with inotify, by watchdog
report-watcher-poll = by polling, which takes no watches
report-watcher-none = not at all
report-fact-cwd = Started in
report-need = { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
} and { $instances ->
    [one] { $instances } instance
   *[other] { $instances } instances
} with one session open
report-need-between = between { $least } and { $most } watches and up to { $instances ->
    [one] { $instances } instance
   *[other] { $instances } instances
} with one session open
report-need-ranges = between { $least } and { $most } watches and between { $fewest } and { $instances } instances with one session open
report-need-estimate = about { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
} and { $instances ->
    [one] { $instances } instance
   *[other] { $instances } instances
} with one session open
report-column-watched-folder = Watched folder
report-column-because = Because
report-because-script = the entry script is in it
report-because-page = the page { $file } is in it
report-because-module = the imported module { $file } is in it
report-because-component = an installed component package has its files in it
report-because-watch-list = it stands in server.folderWatchList
report-because-config-file = the settings file { $file } is in it
report-because-other = Streamlit watches { $file } in it
report-column-running = Running app (PID)
report-column-holds = Watches held
report-column-expected = Should hold
report-column-unwatched = Folders not watched

report-column-setting = Setting
report-column-source = Comes from
report-setting-overridden = { $place }, without effect
report-column-settings-file = Settings file
report-column-state = State
report-settings-read = read
report-settings-ignored = ignored whole
report-settings-broken = Line { $line } of { $file } is not valid TOML, so the whole file is ignored: { $text } ({ $reason })
report-settings-unreadable = could not be read: { $reason }
report-settings-no-file = There is no settings file.

report-fact-distribution = Distribution
report-fact-kernel = Kernel
report-fact-desktop = Desktop
report-fact-container = Container
report-fact-wsl = WSL
report-fact-init = Init system
report-fact-administrator = Administrator rights
report-init-other = not systemd
report-pkexec-usable = pkexec can ask for a password
report-pkexec-not-installed = pkexec is not installed
report-pkexec-not-setuid = pkexec has no right to become root
report-pkexec-no-new-privileges = this process may never gain privileges
report-pkexec-no-system-bus = there is no system bus, which pkexec needs
report-pkexec-no-polkitd = the polkit daemon is not installed
report-pkexec-confined = root in here is not the machine's root
report-in-user-namespace = This report was made inside a user namespace.
report-in-flatpak = This report was made inside a Flatpak.
report-in-snap = This report was made inside a Snap.
report-on-nixos = This is NixOS: limits that are to last belong in boot.kernel.sysctl.
report-on-ostree = This is an image-based system: /usr is read-only, /etc can be changed.
report-read-only-sysctl = /proc/sys is read-only here.
report-etc-not-writable = /etc is read-only here.

report-privacy-removed = Names, addresses and secrets were removed where they could be recognised. Look the report over before you share it.
report-privacy-nothing-found = Nothing private was recognised, so nothing was removed. Look the report over before you share it.
report-privacy-nothing-removed = Nothing was removed from this report. It may contain names, paths and secrets; think before you share it.
report-removed-secrets = Passwords, tokens and keys
report-removed-home = Home folder, now ~
report-removed-users = User names, now "user"
report-removed-host = Host name, now "host"
report-removed-addresses = Network addresses
report-removed-emails = E-mail addresses
report-removed-long-texts = Ends of texts too long to look through
report-removed-times = { $count ->
    [one] removed once
   *[other] removed { $count } times
}
report-left-out-secrets = passwords, tokens and keys { $count ->
    [one] once
   *[other] { $count } times
}
report-left-out-home = home folder { $count ->
    [one] once
   *[other] { $count } times
}
report-left-out-users = user names { $count ->
    [one] once
   *[other] { $count } times
}
report-left-out-host = host name { $count ->
    [one] once
   *[other] { $count } times
}
report-left-out-addresses = network addresses { $count ->
    [one] once
   *[other] { $count } times
}
report-left-out-emails = e-mail addresses { $count ->
    [one] once
   *[other] { $count } times
}
report-left-out-long-texts = ends of overlong texts { $count ->
    [one] once
   *[other] { $count } times
}

report-heading-changes = What was done
report-caption-changes = Changes made by Inotify Doctor that are not undone
report-column-when = When (UTC)
report-column-undo = Undo it with
report-column-what = What was done
report-change-separator = {"; "}
report-change-interrupted = Interrupted, so only begun: { $what }
report-change-for-good = cannot be undone

report-heading-checks = Checks
report-heading-compare = Before and after
report-caption-compare = Figures before anything was done, and now
report-column-figure = Figure
report-column-before = Before
report-picture-compare = Watches before and now
report-bar-before = { $name }, before
report-bar-now = { $name }, now

report-heading-by-hand = The same by hand, on another machine
report-by-hand-file = Save these lines as { $file }:
report-by-hand-apply = Apply them now; the file is read again at each boot:
report-by-hand-boot = Files are read in the order of their names, and the last value wins: this name comes after 99-sysctl.conf, but a file whose name begins with a letter is read later still.
report-by-hand-places = The limit of a container is that of its host: do this on the host. WSL 2 reads such files at boot only with systemd enabled. NixOS wants the values in boot.kernel.sysctl.
report-by-hand-config = Or let Streamlit take no watches at all, at the price of hot reload. Put these lines into { $file } in the folder the app is started from, and restart the app ("poll" instead of "none" keeps hot reload, at the price of CPU time):
report-by-hand-variable = The same for everything started from one terminal; this variable wins over settings files, a flag on the command line wins over it:

report-gauge-instances = Instances of your account
report-gauge-held-now = held now
report-picture-heaviest = Heaviest folders, by directories in them
report-caption-limits = Kernel limits of inotify (fs.inotify)
report-caption-without-effect = Lines without effect
report-caption-processes = Processes that hold watches, most first
report-caption-logs = Logs with an inotify error
report-caption-roots = Folders Streamlit watches, with everything below them
report-caption-running = Running apps of this project
watchers-heading = Who watches this project
watchers-caption = Programs that watch this project, most watches in it first
watchers-column-here = In the project
watchers-column-heavy = Most of it in
watchers-column-knobs = What reduces it (watches left)
watchers-reduced-by = What reduces { $program }, and the watches left: { $knobs }
watchers-range = { $fewest } to { $most }
watching-heading = Who watches this path
watching-path = Path
watching-nobody = No process that can be read here watches it or a folder below it.
watching-caption = Processes that watch it or folders below it
watching-column-itself = The path itself
watching-column-below = Folders below
watching-yes = yes
watching-no = no
report-caption-settings = Settings in effect
report-caption-files = Settings files

report-write-no-name = "{ $path }" does not end in a file name. Name a file, such as report.md.
report-write-folder = The folder { $path } cannot be opened: { $reason }. Nothing was written.
report-write-link = { $path } is a symbolic link. Nothing was written, because that would change something else than it seems to; name a plain file.
report-write-not-a-file = { $path } is not a plain file. Nothing was written; name a file that may be replaced.
report-write-file = { $path } could not be written: { $reason }. Whatever was there before is unchanged.

## Command line

cli-about = Finds out why Linux ran out of inotify watches, fixes it, and proves that it is fixed
cli-fix-about = Shows what a remedy will do, asks, does it
cli-verify-about = Checks whether it worked, and adds the project's watches for a moment as a proof
cli-verify-trial = Also start the app for a moment, open one session, count its watches and end it. This runs your code
cli-verify-format = The form of the result
cli-verify-limits-only = No project was named, so only the limits were checked. Name one with --project.
cli-verify-all-passed = { $passed ->
    [one] { $passed } check passed.
   *[other] { $passed } checks passed.
}
cli-verify-some-not = { $passed } passed, { $failed } failed, { $unknown } could not be checked.
cli-undo-about = Takes back what was changed
cli-explain-about = Says what an error text or a log means: what ran out, whose limit it is, what to do
cli-explain-file = The text or log; its end is read. Without it, standard input
cli-explain-paste = Paste the error text, then press Ctrl+D on a line of its own.
cli-explain-unreadable = { $file } is not a file that can be read.
cli-dry-run = Stop after showing the plan
cli-yes = Do not ask
cli-raise-limits = Raise the kernel's limits; without numbers, to the recommended ones
cli-streamlit-config = Change .streamlit/config.toml of the project
cli-launch-script = Put the environment variable into a launch script of the project
cli-session-variable = Put the environment variable into your desktop session
cli-clear-caches = Move caches of the project to the trash
cli-vscode-exclude = Leave installed and generated folders out of what VS Code watches, in .vscode/settings.json
cli-watcher = Let another watcher poll, or watch some folders only
cli-watcher-kind = The watcher
cli-watcher-file = The shell script or package.json that starts it; package.json of the project if none is named
cli-watcher-session = Set the variable for your desktop session instead
cli-watcher-reload-dir = The only folder that uvicorn shall watch, as its --reload-dir names it; can be given several times
cli-watcher-only-session = { $program } can only be told by a variable of the session: add --session.
cli-watcher-no-folder = --reload-dir is an option of uvicorn; { $program } has none like it.
cli-watcher-no-polling = { $program } has no variable that makes it poll.
cli-watcher-no-file = The project has no package.json. Name the script that starts it with --file, or take --session.
cli-watches = New limit of watches
cli-instances = New limit of inotify instances
cli-queued-events = New limit of queued events
cli-until-reboot = Only until the reboot
cli-run-on-save = Whether a change reruns the app; it frees no watch
cli-personal = Your own settings, ~/.streamlit/config.toml, instead of the project's
cli-file-watcher = How Streamlit watches files
cli-undo-id = The number of the change; the last one if none is given
cli-undo-list = List the changes
cli-script-heading = This script runs as administrator:
cli-script-command = It is run by: { $command }
cli-ask = Apply this?
cli-yes-or-no = [y/N]
cli-answers-yes = y yes
cli-said-no = Nothing was changed.
cli-report-about = Prints the diagnosis
cli-project = The project's folder
cli-folder = The project's folder, opened in the window
cli-cwd = The folder that the app is started in; otherwise the project's folder
cli-script = The entry script, as given to "streamlit run"
cli-python = The interpreter whose installed packages are looked at; it is not run
cli-command = The launch command as you type it: streamlit run app.py --server.port=8501
cli-format = The form of the report
cli-output = Write to this file instead of standard output
cli-no-redact = Keep names, the home folder and secrets in the report
cli-watching = Also say which processes watch this path, or folders below it
cli-no-window = No window can be shown: { $reason } Here is the diagnosis as text.
cli-already-open = The window of an earlier start was raised.
cli-without-window = This build of Inotify Doctor has no window. Here is the diagnosis as text.
cli-foreign-command = What stands after -- does not run Streamlit: { $command }. It should look like: streamlit run app.py
cli-survey-died = The survey ended unexpectedly. This is a mistake of this program; report it with the command you used.
cli-command-missing = After -- the launch command is missing. It should look like: streamlit run app.py
cli-silent-mounts = A mounted file system does not answer and was left out: { $mounts }
cli-progress = { $directories ->
    [one] { $directories } folder
   *[other] { $directories } folders
} and { $files ->
    [one] { $files } file
   *[other] { $files } files
} counted

survey-no-folder = The project folder { $path } cannot be opened: { $reason }. Name a folder that is there and that you may read.
survey-not-a-folder = { $path } is not a folder. Name the folder of the project.
survey-remote-script = This command runs a script from the Internet, { $address }. Streamlit loads it into a temporary folder of its own and watches only that, so nothing of this project can be counted for it. Name a script of the project instead.
survey-no-script = There is no script { $path }. Name a file in the project, or a whole path.
survey-no-python = { $path } is not a Python interpreter. Name the python of the environment that has Streamlit installed.
survey-cancelled = Stopped before the end.

## Window: frame

window-step-project = Project
window-step-diagnosis = Diagnosis
window-step-fix = Fix
window-step-verify = Verify
window-back = Back
window-next = Next
window-cancel = Cancel
window-scan-again = Scan again
window-export = Export report…
window-language = Language
window-theme = Light or dark
window-theme-system = System
window-theme-light = Light
window-theme-dark = Dark
window-about-project = not chosen yet
window-about-diagnosis-none = not yet run
window-about-diagnosis-taking = looking
window-about-diagnosis-failed = could not be made
window-about-diagnosis-ready = { $problems ->
    [0] no problem
    [one] { $problems } problem
   *[other] { $problems } problems
}
window-about-fix = not yet
window-about-verify = not yet
window-about-limit-raised = limit raised
window-about-settings-changed = settings changed
window-about-script-changed = launch script changed
window-about-variable-set = variable set
window-about-caches-gone = caches in the trash
window-about-restarted = app restarted
window-about-checking = checking
window-about-left = 1 act left
window-about-editor-changed = editor changed
window-about-launch-changed = launch changed
window-about-fixed = fixed
window-about-well = all well
window-hint-project = Looking changes nothing on this computer.
window-hint-nothing-changed = Nothing has been changed on this computer.
window-problem = problem
window-stopped = stopped

window-about = About

notifier-scan = The scan has ended
notifier-checks = The checks have ended
notifier-nearly-full = Watches are running out

about-version = Version { $version }, MIT licence
about-what = Finds out why Linux ran out of inotify watches, fixes it, and proves that it is fixed.
about-private = Nothing leaves this computer: the program sends nothing anywhere. A report is a file that you look through and send yourself.
about-problem = To report a problem
about-problem-how = Press "{ window-export }", look through the file, and send it with a sentence on what you did and what you saw to the place where you got this program.
about-more = To read more
link-streamlit-settings = Streamlit: config.toml
link-inotify = Manual page inotify(7)
link-kernel-settings = Kernel: limits in /proc/sys/fs
about-keys = Keys
about-key-back = back, on
about-key-folder = choose the project's folder
about-key-export = export the report
about-key-scan = scan again
about-key-stop = stop the scan, close a dialog
about-key-about = this page
about-key-quit = quit
about-licences = The typefaces Inter and Noto Sans SC are under the SIL Open Font License 1.1, Hack is under the MIT and the Bitstream Vera licence.

failure-no-folder = There is no folder { $path }
failure-no-folder-detail = Check the spelling, or press "Choose folder…". A path starts with / or with ~ for your home folder.
failure-folder = The folder { $path } cannot be opened
failure-folder-detail = The system says: { $reason }. Choose a folder that you may read.
failure-not-a-folder = { $path } is a file, not a folder
failure-not-a-folder-detail = Give the project's folder; the entry script is found in it and can be changed.
failure-remote-script = This command runs a script from the Internet
failure-no-script = There is no script { $path }
failure-no-script-detail = Give the file that you pass to "streamlit run", starting from the project's folder.
failure-no-python = { $path } is not a Python interpreter
failure-no-python-detail = Give the python program of the environment the app runs in, such as .venv/bin/python.
failure-cancelled = The scan was stopped
failure-cancelled-detail = Nothing was changed. Press "Scan again" to start over.
failure-crashed = The program made a mistake while scanning
failure-crashed-detail = This is not your fault. Report it with these words: { $message }

export-title = Export the report
export-format = Format
export-format-text = Text
export-redact = Leave out my name, home folder, host name and secrets
export-preparing = The preview is being made.
export-file = Save as
export-browse = Browse…
export-look-first = This is the whole file. Look through it before you send it to anyone.
export-left-out = Left out: { $list }.
export-left-out-nothing = Nothing private was recognised, so nothing is left out.
export-left-out-off = Nothing is left out: names, paths and secrets stay in.
export-ask = The file would then hold your user name, home folder and host name, and whatever stands in command lines and settings, passwords and tokens included. Anyone who gets the file can read it.
export-ask-yes = Keep everything in
export-ask-no = Leave it out
export-read-text = The file is a web page. This is its text; the page shows the same with pictures.
export-open = Open
export-copy-markdown = Copy as Markdown
export-copied = The Markdown form is on the clipboard.
export-not-opened = { $path } could not be opened: { $reason }. Open it yourself from the folder it is in.
export-no-program = xdg-open is not installed
export-open-failed = xdg-open found no program for it, or that one failed (exit status { $status })
export-save = Save
export-close = Close
export-done = Saved to { $path }.
window-no-display = no display can be reached ({ $reason }).
window-no-opengl = OpenGL does not work here ({ $reason }).
window-not-opened = the window system says { $reason }.
window-none = Inotify Doctor cannot open its window
window-none-detail = No window can be shown: { $reason } The diagnosis can be had without one: type "inotify-doctor report" in a terminal.
window-no-chinese-font = No Chinese font was found on this computer. Install one, such as Noto Sans CJK, to read Chinese here.
window-drop = Drop the project folder, or a log file

## Window: step Project

project-title = Which project has the problem?
project-below-apps = Choose a running app, or point to the project's folder.
project-below = Point to the project's folder.
project-below-no-apps = Point to the project's folder. No running Streamlit app was found.
project-folder = Project folder
project-folder-hint = /path/to/project
project-choose = Choose folder…
project-choose-title = Choose the project's folder
project-choosing = A dialog is open. You can also type the path here.
project-chose-nothing = No folder was chosen. If no dialog appeared, choose one above or type the path.
project-list = Folders in { $path }
project-list-use = Use { $path }
project-list-none = No folder in there begins like this.
project-list-more = { $count ->
    [one] and { $count } more: type on to narrow them down
   *[other] and { $count } more: type on to narrow them down
}
project-list-unreadable = { $path } cannot be read.
project-wide-root = / is the whole computer
project-wide-home = ~ is your whole home folder
project-wide-below = An app watches the folder its script is in. Choose the folder of one project, or have everything looked at: that takes a while and changes nothing.
project-wide-inside = Choose a folder in it
project-wide-all = Look at all of it
project-large = More than { $count } directories so far
project-large-below = Is this the folder of one project? The count goes on meanwhile and changes nothing.
project-large-go-on = Go on
project-drop = You can also drop a folder or a log file on this window.
project-counting = Counted so far: { $directories ->
    [one] 1 directory
   *[other] { $directories } directories
}, { $files ->
    [one] 1 file
   *[other] { $files } files
}.
project-counted = { $directories ->
    [one] { $directories } directory
   *[other] { $directories } directories
}, { $files ->
    [one] { $files } file
   *[other] { $files } files
}.
project-recent = Recent:
project-app-name = { $command }, process { $pid }
project-app-running = Running
project-app-process = process { $pid }
project-app-holds = holds { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
}
project-app-holds-unknown = its watches cannot be read
project-app-holds-all = { $watches ->
    [one] holds its { $watches } watch
   *[other] holds all { $watches } watches
}
project-app-holds-changing = restarts its watching without end
project-app-holds-part = holds { $watches } of { $expected ->
    [one] { $expected } watch
   *[other] { $expected } watches
}
project-script = Entry script
project-script-other = Another script
project-script-none = No file that starts a Streamlit app was found. Give the one that you pass to "streamlit run".
project-script-chosen = Chosen by you.
project-script-running = The running app was started with it.
project-script-named = Found in { $file }.
project-script-imports = It imports streamlit.
project-script-folder = {" "}Streamlit watches this script's folder, not the whole project.
project-none-found = none found
project-python = Python
project-python-other = Another interpreter
project-python-none = No Python was found for this project. The rules of the newest known Streamlit are used.
project-python-chosen = Chosen by you.
project-python-running = The running app uses it.
project-python-virtual-env = The active virtual environment.
project-python-project = The project's own environment.
project-python-path = It belongs to the streamlit command.
project-python-installed = {" "}Streamlit { $streamlit } with watchdog { $watchdog }.
project-python-no-watchdog = {" "}Streamlit { $streamlit } without watchdog.
project-python-no-streamlit = {" "}Streamlit is not installed in it.

project-started-in = Started in
project-started-in-other = Another folder
project-started-in-assumed = Assumed: the folder in which you type "streamlit run". Streamlit reads .streamlit/config.toml there.
project-started-in-running = The running app was started there. Streamlit reads .streamlit/config.toml there.
project-started-in-chosen = Chosen by you. Streamlit reads .streamlit/config.toml there.
project-error = Have an error message?
project-error-optional = optional
project-error-hint = Paste it here, for example: OSError: [Errno 28] inotify watch limit reached
project-error-nothing-in = { $file } does not speak of inotify near its end.
project-error-unknown = No error about inotify or its limits is recognised in this text.
project-error-log = { $file }, last written { $when }, contains an inotify error.
project-error-explain = Explain the error in { $file }
project-error-watches = A program asked for a watch and your account had none left. Your disk is not meant, even where the text says "device".
project-error-queue = The event queue of an inotify instance overflowed: changes came faster than the program read them, and some were missed. The limit is fs.inotify.max_queued_events, for each instance; more watches do not help.
project-error-is = By what is in use now, this is the likely cause: { $cause }.
project-error-several = By what is in use now, the likely cause is one of these: { $causes }.
project-error-open = The text alone does not tell the cause. It is one of these: { $causes }.
project-error-or = {" · "}
project-cause-watches = the watches of your account are used up
project-cause-instances = the inotify instances of your account are used up
project-cause-disk = the disk is full
project-cause-inodes = the disk can hold no more files
project-cause-descriptors = the process has too many files open
project-cause-queue = the event queue of a watching program overflowed
error-way-watches = Raise the limit of watches (fs.inotify.max_user_watches): step Fix, or inotify-doctor fix raise-limits. Or let the program watch fewer folders, or poll.
error-way-instances = Raise the limit of instances (fs.inotify.max_user_instances): step Fix, or inotify-doctor fix raise-limits --instances 1024. Or end programs that hold many; more watches do not help.
error-way-descriptors = Or raise the number of files that this process may open: ulimit -n, or LimitNOFILE= of its service.
error-way-disk = If it is the disk, make room on it; no inotify limit helps then.
error-way-queue = Ways out: a longer queue (step Fix, or inotify-doctor fix raise-limits --queued-events 131072, then restart the program), polling instead of watching, or fewer folders below what is watched.
error-way-queue-watchdog = Ways out: a longer queue (step Fix, or inotify-doctor fix raise-limits --queued-events 131072, then restart the app), polling (inotify-doctor fix streamlit-config --file-watcher poll), watchdog before 7.1 in the app's environment, or fewer folders beside its script.

## Window: step Diagnosis

diagnosis-none = Nothing has been looked at yet.
diagnosis-taking = Looking at this computer and the project
diagnosis-taking-nothing = Nothing counted so far
diagnosis-taking-counted = { $directories ->
    [one] 1 directory
   *[other] { $directories } directories
}, { $files ->
    [one] 1 file
   *[other] { $files } files
} so far
diagnosis-taking-processes = Reading who holds watches
diagnosis-failed = There is no diagnosis.
diagnosis-go-project = Choose another folder
diagnosis-details = Details
diagnosis-details-names = Processes · Folders · Settings · System
diagnosis-below-no-project = No project was chosen, so only what runs now is judged.
diagnosis-below-whole-folder = Counted for a program that watches the whole project folder.
diagnosis-below-streamlit = Counted for { $script } with one browser session open, from the settings and packages found.
diagnosis-tab-processes = Processes
diagnosis-tab-folders = Folders
diagnosis-tab-settings = Settings
diagnosis-tab-system = System

picture-as-table = Show as a table
picture-no-table = Hide the table
share = { $percent }%
share-least = less than 0.1%
path-copy = Copy path
bar-with-limit = { $label }: { $value }, limit { $limit }
bar-without-limit = { $label }: { $value }

gauge-title = Watches of your account
gauge-limit = limit { $limit }
gauge-process = { $program } ({ $pid })
gauge-others = { $count ->
    [one] { $count } other program
   *[other] { $count } other programs
}
gauge-fits = your project will add
gauge-missing = missing for your project
gauge-in-words = Watches of your account, limit { $limit }: { $parts }
gauge-free = free
gauge-held = held
gauge-queue-title = Event queue of the app
gauge-queue-length = length { $queue }
gauge-queue-fits = fits
gauge-queue-missing = missing
gauge-instances-title = Inotify instances of your account
gauge-who = Who
gauge-no-limit = The kernel does not tell the limit here, so there is nothing to compare with. Your account holds { $held ->
    [one] { $held } watch
   *[other] { $held } watches
}.
gauge-summary = { $held } of { $limit } are held, { $share }; { $free } are free.
gauge-summary-partly = { $held } of { $limit } are known to be held, { $share }. Not every process can be seen and read here: it may be more.
gauge-since = { $said } So it was at { $at }; now { $now } are held. Scan again for a new diagnosis.
gauge-nobody = Nobody in your account holds a watch; all { $limit } are free.
gauge-about-held = { $name }: { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
}, { $share } of the limit.
gauge-about-app = { $name }, an app of this project: { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
}, { $share } of the limit.
gauge-about-fits = Your project will add { $watches ->
    [one] { $watches } watch that fits
   *[other] { $watches } watches that fit
} under the limit, { $share } of it.
gauge-about-missing = { $watches ->
    [one] { $watches } watch of your project does
   *[other] { $watches } watches of your project do
} not fit under the limit.
gauge-about-free = { $watches ->
    [one] { $watches } watch stays
   *[other] { $watches } watches stay
} free, { $share } of the limit.

watched-title = Watches of your account since this window was opened
watched-once = { $watches } at { $at }, the only reading so far.
watched-steady = { $watches } from { $from } to { $until }, without a change.
watched-summary = From { $from } to { $until }: { $least } at least, { $most } at most, { $last } in the end.
watched-limit-far = { $said } The limit, { $limit }, is too far above to be drawn.
watched-at = At { $at }: { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
}.
watched-run = From { $from } to { $until }: { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
}.
watched-full-at-once = At this rate the limit is reached in less than a minute.
watched-full-minutes = At this rate the limit is reached in { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}.
watched-full-hours = At this rate the limit is reached in { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}.
watched-from = From
watched-until = To

processes-program = Program
processes-kind = What it is
processes-user = User
processes-pid = PID
processes-instances = Instances
processes-watches = Watches
processes-share = Share of the limit
processes-filter = Filter processes
processes-watching = Programs that watched { $path } or folders in it when the project was looked at.
processes-sum = Your account holds { $watches ->
    [one] 1 watch
   *[other] { $watches } watches
} in { $instances ->
    [one] { $instances } instance
   *[other] { $instances } instances
}.
processes-none = No process that holds watches can be seen.
processes-none-match = No process matches "{ $filter }".
processes-show = Show the command line of { $program }, process { $pid }
processes-details = { $program }, process { $pid }
processes-cwd = Started in { $path }
processes-shared = Shares an instance with process { $pids }
processes-not-charged = Does not count against your account's limit.
processes-only-grow = ↑ marks what has only taken more watches since this window was opened.
processes-grown = Has only grown since this window was opened: from { $first } to { $last } watches.
processes-copy = Copy command line

table-ascending = sorted, the smallest or first on top
table-descending = sorted, the largest or last on top

folders-no-project = No project was chosen. Choose one on the first step to see where its directories are.
folders-heaviest = Heaviest folders, in directories
folders-root = Streamlit watches { $path } with all below it: { $directories ->
    [one] { $directories } directory
   *[other] { $directories } directories
}
folders-none-inside = There are no folders to show in here. Directories, this one included: { $directories }.
folders-rest = everything else
folders-part = { $name }: { $directories ->
    [one] 1 directory
   *[other] { $directories } directories
}, { $files ->
    [one] 1 file
   *[other] { $files } files
}.
folders-rest-of = Everything else in { $name }: { $directories ->
    [one] { $directories } directory
   *[other] { $directories } directories
}.
folders-rest-part = Everything else: { $directories ->
    [one] { $directories } directory
   *[other] { $directories } directories
}.
folders-part-shaded = { $said } { $directories } of them shaded.
folders-how-to-read = The larger an area, the more directories there are in it. Point at one, or reach it with Tab and the arrow keys, for its figures; press it to look inside.
folders-in-words = A map of { $directories } directories. The largest areas: { $parts }
folders-shaded = Shaded

shade-title = Show what would go
shade-nothing = Nothing
shade-caches = Caches to the trash
shade-move = { $folder } moved elsewhere
shade-stop = File watching set to poll or none
shade-looking = Looking through the project …
shade-no-caches = No caches were found that can go without harm.
shade-directories = { $directories ->
    [one] { $directories } directory would go.
   *[other] { $directories } directories would go.
} How many watches that saves is not known without an entry script.
shade-not-watched = { $directories ->
    [one] { $directories } directory is shaded, but Streamlit does not watch it: that saves no watches.
   *[other] { $directories } directories are shaded, but Streamlit does not watch them: that saves no watches.
}
shade-caches-go = { $directories ->
    [one] { $directories } directory would go;
   *[other] { $directories } directories would go;
} the app takes { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
} less until they are made anew.
shade-moves = { $folder } holds { $directories ->
    [one] { $directories } directory;
   *[other] { $directories } directories;
} moved out of what Streamlit watches, it saves { $watches ->
    [one] { $watches } watch.
   *[other] { $watches } watches.
}
shade-stops = The directories stay, but none of them takes a watch any more: that saves { $watches ->
    [one] { $watches } watch.
   *[other] { $watches } watches.
}
folders-name = Folder
folders-directories = Directories
folders-files = Files
folders-share = Share

settings-none = No entry script is known, so there are no Streamlit settings to show.

## Window: steps Fix and Verify

check-title = Did it work?
check-title-nothing = Nothing was changed yet
check-below = "Run checks" reads the limits again and adds every watch of your project for a moment. All are counted and released at once.
check-run = Run checks
check-running = The checks are running.
check-running-counted = { $directories ->
    [one] { $directories } folder so far
   *[other] { $directories } folders so far
}
check-running-line = { $running } { $counted }
check-all-passed = It works.
check-none-failed = Nothing failed.
check-failed = { $failed ->
    [one] { $failed } check failed.
   *[other] { $failed } checks failed.
}
check-tag = { $passed } of { $total } passed
check-unknown = { $unknown ->
    [one] { $unknown } check could not be run; it says why.
   *[other] { $unknown } checks could not be run; each says why.
}
check-each-says = Each says what was seen.
check-go-project = Go to Project
check-go-diagnosis = Go to Diagnosis
check-go-fix = Go to Fix
check-fixed = It is fixed.
check-heard = { $title } { $tally }
check-title-running = Checking whether it worked
check-title-left = One act is left: restart the app.
check-title-left-more = { $apps } apps are left to be restarted.
check-below-left = A running app keeps the way of watching that it was started with.
check-below-running = The limits are read again, and every watch of your project is added for a moment and released.
check-nothing-done = Nothing was changed by this program.
check-restart-app = Restart the app
check-restart-myself = I restart it myself
check-restart-yourself = Restart it in the way you started it, then press "Run checks".
check-restart-name = Restart process { $pid }
check-done = Done
check-open-app = Process { $pid } watches its folders once the app is open in a browser.
check-start-app = No app of this project is running; the next one that is started has all it needs.
check-show-all = Show what each check saw
check-hide-all = Hide what each check saw
check-all-held = All { $need ->
    [one] { $need } watch fits
   *[other] { $need } watches fit
}, now and after a reboot, and the running app holds every one it needs.
check-none-needed = With its settings as they are now, the project takes no watches.
check-go-restart = Restart process { $pid }…
check-restart = Restart
check-restart-not = Let it run
check-restart-planning = Working out what would be done…
check-restart-then = Open sessions of the app are lost. Then the checks are run again.
check-trial = Try it with the app itself
check-trial-below = This starts your app for a moment, so your own code runs. Only this computer reaches it; it is ended after { $minutes } minutes at the latest.
check-trial-folder = In { $folder }:
check-trial-port = In place of PORT stands a port that is free when the app is started.
check-trial-start = Start the app
check-trial-running = Your app runs for the trial: { $seconds } s.
check-trial-stopping = Your app is being ended.
check-trial-told = { $title }. The checks above tell more.
check-trial-planning = Working out how the app is started…
check-compare = Before and after
check-before = Before
check-after = Now
check-not-run = The checks could not be run: { $reason }

fix-no-facts = There is no diagnosis yet.
fix-no-facts-below = Go to the second step, or press "Scan again".
fix-title = Choose a fix
fix-title-none = Nothing has to be changed
fix-title-see-findings = No limit has to be raised
fix-below = Each card says what it costs. Nothing is done before you press Apply; all but a restart can be undone.
fix-planning = Working out what each remedy would do.
fix-no-project = Choose a project in the first step to see what else can be done.
fix-recommended = Recommended
fix-apply = Apply
fix-it = Fix it
fix-others = Other ways ({ $count })
fix-undo = Undo
fix-finish = Finish
fix-copy = Copy
fix-copied = Copied.
fix-after = watches after:
fix-after-of = { $watches } of { $limit }
fix-after-at-most = at most { $room } of { $watches }
fix-this-launch = this launch only
fix-until-made-anew = until made anew
fix-reload-in-part = hot reload in part
fix-reload-slow = hot reload, slowly
fix-waiting-password = Waiting for the password dialog. The window stays usable.
fix-waiting = Being done.
fix-already = Everything is already as asked.
fix-password-once = asks for your password once
fix-no-administrator = no password needed
fix-no-password = You are not an administrator here? The other cards need no password.
fix-no-dialog = No password dialog can be shown here: { $reason }. Copy these lines into a terminal:
fix-have-run = I have run it, check now
fix-message-copy = Message for my administrator
fix-message-copied = Copied. This is the message:
fix-message-ask = Please raise the inotify limits of this computer; programs that watch files run out of them:
fix-message-how = These lines do it, now and after each reboot:
fix-message-harmless = A higher limit takes no memory by itself; a watch in use takes about 1.3 KiB of kernel memory.
fix-own-command = The same by this program, which can take it back: { $command }

fix-raise-to = Raise the limit to { $watches }
fix-raise-keep = Keep the limit for good
fix-raise-queue = Lengthen the event queue to { $events }
fix-raise-queue-too = Event queues will hold { $events } events.
fix-raise-done = Nothing to do: the limit of { $limit } watches is in force, and stays after a reboot.
fix-raise-fits = What runs now and your project hold { $total ->
    [one] 1 watch
   *[other] { $total } watches
} together; { $free } stay free.
fix-raise-fits-account = What runs now holds { $total ->
    [one] 1 watch
   *[other] { $total } watches
}; { $free } stay free.
fix-raise-too-low = This is still too low: { $missing ->
    [one] { $missing } watch
   *[other] { $missing } watches
} would be missing.
fix-raise-host = This has to be done on the host.
fix-raise-namespace = Raise the limit of this user namespace
fix-raise-namespace-detail = This user namespace allows { $now ->
    [one] { $now } watch
   *[other] { $now } watches
}; raising the kernel's limit does not change that.
fix-raise-namespace-instances = This user namespace allows { $now ->
    [one] { $now } inotify instance
   *[other] { $now } inotify instances
}; raising the kernel's limit does not change that.
fix-new-limit = New limit
fix-limit-why = Recommended: the need and a quarter more, at least 65,536 for up to 1,000 files, 262,144 for up to 10,000, and 524,288 above.
fix-new-instances = New limit of instances
fix-until-reboot = Only until the reboot
fix-until-reboot-from-here = Until the reboot it can be raised from here: choose "Only until the reboot".
fix-memory = up to { $most } of kernel memory if every watch is used
fix-memory-project = up to { $most } of kernel memory if every watch is used; { $project } for this project
fix-not-a-number = "{ $text }" is not a whole number. Write digits, for example 524288.
fix-now = {"  "}now: { $key } { $before } → { $after }
fix-show-script = Show the script that runs as root
fix-show-script-short = Show the script
fix-hide-script = Hide the script
fix-script-command = It is run by: { $command } (… is the script above)
fix-sysctl-in-container = A sysctl line inside the container does nothing: the limit of { $limit } in here is the host's own.

fix-title-repair = Repair the settings file
fix-settings-none = Stop Streamlit watching files
fix-settings-already = It is so already in { $file }.
fix-settings-poll = Let Streamlit poll the files
fix-settings-auto = Let Streamlit watch files again
fix-settings-none-detail = Sets fileWatcherType = "none" in { $file }. You reload the page by hand.
fix-settings-poll-detail = Sets fileWatcherType = "poll" in { $file }. Files are looked at again and again, which takes some CPU.
fix-settings-auto-detail = Sets fileWatcherType = "auto" in { $file }: inotify where it works, which is the default.
fix-settings-broken = Streamlit ignores { $file } as a whole, because it is not valid TOML.
fix-settings-broken-short = It is not valid TOML, so none of what it sets counts.
fix-mend-line = Line { $line } is the first that is wrong: { $reason }.
fix-mend-open = Open the file
fix-mend-earlier = Put the earlier text back
fix-mend-earlier-below = The last text of this file that this program has seen and that Streamlit can read:
fix-mend-watched = What was meant here, only you know. As soon as the file is saved and can be read, the checks run by themselves.
fix-watcher = File watcher
fix-watcher-none = none
fix-watcher-poll = poll
fix-watcher-auto = auto
fix-watcher-none-means = none: Streamlit watches nothing, takes no watches, and you reload the page by hand. For production.
fix-watcher-poll-means = poll: Streamlit looks at its own files in turn. No watches, hot reload kept; each file adds 0.05 s until a change is noticed.
fix-watcher-auto-means = auto: the kernel tells of each change at once (inotify), for one watch a folder. This is the default.
fix-run-on-save = Run on save
fix-run-on-save-keep = as it is
fix-run-on-save-on = on
fix-run-on-save-off = off
fix-place = Where
fix-place-project = this project
fix-place-personal = all my projects
fix-starter = Begin the new file with the settings people ask for, as comments
fix-poll = Let Streamlit poll
fix-poll-detail = Streamlit looks at its { $files ->
    [one] own file
   *[other] { $files } own files
} in turn: changes are seen within { $seconds } s, for under 1% of a core.
fix-poll-detail-slow = Streamlit looks at its { $files } own files in turn. With so many, a change is seen only after up to { $seconds } s, and ending the app takes as long.
fix-poll-detail-unknown = Instead of watching folders, Streamlit looks at its own files in turn: each adds 0.05 s until a change is seen.
fix-poll-blind = Measured with one open tab; each further one adds as much. Not noticed until the tab is opened anew: a file that was away for a moment, as on another git branch, or was replaced by an older one.
fix-older = Install watchdog below 7.1
fix-older-detail = It does not start over when its event queue overflows, so the app stays steady. You run the command; this program never does.
fix-older-then = Then restart the app, and press "Scan again". The next upgrade of the environment may bring the newer watchdog back.

compared-title = The ways side by side
compared-way = Way
compared-cost = What it costs
compared-after = Afterwards
compared-reboot = Survives a reboot
compared-administrator = Administrator
compared-yes = yes
compared-no = no
compared-raise = Raise the limits
compared-fewer = Fewer directories
compared-password = One password.
compared-elsewhere = It has to be done where the limits are set, not here.
compared-delay = A change of its { $files ->
    [one] file
   *[other] { $files } files
} is seen after up to { $seconds } s.
compared-command = A command that you run in a terminal.
compared-move = { $directories ->
    [one] One directory has
   *[other] { $directories } directories have
} to leave the script's folder.
compared-restart = Then a restart of the app.
compared-watches = { $watches ->
    [0] No watches.
    [one] One watch.
   *[other] { $watches } watches.
}
compared-queue-holds = The queue holds { $length } events, and the app queues { $needed } at most.
compared-queue-unused = No event queue.
compared-queue-harmless = An overflow does no harm any more.
compared-queue-enough = The queue is long enough.
fix-directories = What could live elsewhere saves up to { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
}.
fix-caches-title = Caches
fix-frees-nothing = Often recommended, without effect on watches: runOnSave and folderWatchBlacklist. This app takes { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
} with either.

fix-launch = Set it for one launch
fix-launch-detail = An environment variable: to copy, or for your whole desktop session.
fix-launch-detail-script = An environment variable: to copy, to put into { $script }, or for your whole desktop session.
fix-launch-copied = only a command to copy
fix-launch-script = in { $script }
fix-launch-session = for the desktop session
fix-launch-no-script = No entry script is known, so there is no command to show. Choose one in the first step.
fix-launch-folder = To be run in { $folder }.
fix-session-login = It holds from the next login on.
fix-show-snippets = For a Dockerfile, compose and systemd
fix-hide-snippets = Hide these

fix-caches-none = No caches were found in this project.
fix-caches = { $directories ->
    [one] { $directories } folder
   *[other] { $directories } folders
} of caches with { $size } can go to the trash.
fix-caches-watches = { $directories ->
    [one] { $directories } folder
   *[other] { $directories } folders
} of caches with { $size } can go to the trash. The app takes { $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
} less until caches are made anew.
fix-cache-holds = { $directories ->
    [0] { $size }
    [one] { $directories } folder, { $size }
   *[other] { $directories } folders, { $size }
}
fix-egg-info = *.egg-info is not ticked: it makes an editable install work.
fix-lone-bytecode = A *.pyc without its source is not ticked: it may be the only copy.
fix-bytecode-returns = Python makes __pycache__ again with the next import, so these free watches for a while only.
fix-caches-unreadable = { $count ->
    [one] { $count } folder could not be read; there may be caches in it.
   *[other] { $count } folders could not be read; there may be caches in them.
}
fix-caches-mounted = { $count ->
    [one] Left alone, since something is mounted there (a volume of a container, say): { $paths }
   *[other] { $count } caches are left alone, since something is mounted there (volumes of a container, say): { $paths }
}
fix-to-trash = they go to the trash, and come back with Undo
fix-by-yourself = What only you can do

fix-restart-detail = { $apps ->
    [one] { $apps } app of this project runs with what it was started with.
   *[other] { $apps } apps of this project run with what they were started with.
}
fix-restart-app = process { $pid }, { $script }
fix-restart-how = It is asked to end (SIGINT, then SIGTERM), and started again with the same command, folder and environment. A file that it writes into is kept.
fix-restart-kill = It did not end when asked. End it by force (SIGKILL)
fix-restart-force = It can be ended by force: that can be ticked on its card now. What it has not saved is lost then.
fix-restart-final = cannot be undone; open sessions are lost
fix-restart-as-before = as before
fix-log-open = Open the log
fix-log = What the app says, from { $file }
fix-log-cut = The last { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
}; earlier ones are in the file.
fix-log-empty = It has not said anything.
fix-log-ended = This process has ended.
fix-log-copy = Copy these lines
fix-log-show = Show what the app says
fix-log-hide = Hide what the app says

fix-told-done = done
fix-told-look = look again
fix-told-not-done = not done
fix-told-heard = { $word }: { $title }
fix-terminal-instead = Run these lines in a terminal instead:
fix-stale = The plan was made anew. Look at it before you press Apply again.
fix-not-finished = It could not be finished
fix-not-undone = It was not taken back completely. Undo goes on from there.
fix-hint-changed = What was changed can be undone on the step Fix.
fix-hint-restarted = A restart cannot be taken back.
fix-history = Changed by this program
fix-interrupted = It was interrupted on the way. Undo puts back what was begun; Finish does the rest.
fix-run-on-save-note = Run on save only decides whether a change reruns the app; it frees no watch.
fix-editor-exclude = The editor watches { $now } folders of this project; afterwards it watches { $after }, within seconds and without a restart.
fix-editor-exclude-lost = What other programs change in the folders left out no longer shows by itself in the editor.
fix-editor-detail = Leaves installed and generated folders out of what the editor watches, in .vscode/settings.json of the project. It takes effect within seconds.
fix-watchers = Let { $watcher } poll
fix-watchers-detail = { $watcher } then looks at its files again and again instead of watching them: no watches, at the price of CPU. It holds { $watches } now.
fix-watchers-narrow = Let { $watcher } watch fewer folders
fix-watchers-narrow-detail = { $watcher } then watches only the folders chosen here, and starts its app again only when something changes in these. It holds { $watches } now.
fix-watchers-way = Way
fix-watchers-poll = poll
fix-watchers-some = watch only some folders
fix-watchers-folder = { $folder } ({ $watches ->
    [one] { $watches } watch
   *[other] { $watches } watches
})
fix-watchers-no-folder = Tick the folders with the files that it shall look out for: at least that of the app.
fix-watchers-then = Then start { $watcher } again the way you usually do.
fix-watchers-then-poll = Then start { $watcher } again the way you usually do, or let the card for restarts do it, polling.
fix-watchers-snippet = Or let it watch less. The settings of { $watcher } are code, so put this in yourself.
fix-watchers-snippet-after = Or let it watch less. The settings of { $watcher } are code, so put this in yourself; { $after } watches remain.
note-documented = From the documentation of { $program }; not measured by this program's authors. It holds for what is started after the next login.
fix-run-on-save-watches = Run on save only decides whether a change reruns the app; it frees no watch: { $watches } with it and without it.
