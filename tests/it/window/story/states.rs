//! What is wrong at the beginning of a story: a real app in trouble, and what is proved of it in the end.

use super::names::Names;
use super::world::{Limits, number_in};
use crate::support::counted::{holders, watched_inodes};
use crate::support::exhausted::{App, Session};
use crate::support::xvfb::Waited;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::MetadataExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What the app lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The limit of watches is below the number of folders.
    Watches,
    /// More folders than the event queue bears.
    Queue,
    /// Another program holds all instances.
    Instances,
    /// A settings file that Streamlit ignores, because of one word without quotes.
    Settings,
}

/// Installations of Streamlit, by the beginning of their folder's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// With watchdog 7.1: one instance, silent at the limit, starts over after an overflow.
    V167,
    /// With watchdog 6: an instance a root, says so at the limit, never starts over.
    V157,
}

/// The settings file of [`Trouble::Settings`], as people paste it.
const BROKEN: &str = "[server]\nfileWatcherType = none\n";
const SETTINGS: &str = "project/.streamlit/config.toml";

/// An app in trouble, with a tab open.
pub(super) struct Play {
    pub(super) app: App,
    pub(super) first: u32,
    trouble: Trouble,
    /// Share of a core that the app took when it was in trouble.
    busy: f64,
    _tab: Session,
    _hog: Option<Hog>,
}

impl Trouble {
    pub(super) const fn limits(self) -> Limits {
        match self {
            Self::Watches => Limits { watches: 150, ..Limits::AMPLE },
            Self::Instances => Limits { instances: 12, ..Limits::AMPLE },
            Self::Queue | Self::Settings => Limits::AMPLE,
        }
    }

    /// Whether it is one with this version. watchdog 6 does not start over after an overflow: with as many folders it
    /// rests, and nothing is wrong.
    pub(super) const fn happens_with(self, version: Version) -> bool {
        !matches!((self, version), (Self::Queue, Version::V157))
    }

    const fn folders(self) -> usize {
        match self {
            Self::Watches => 320,
            // A queue of 16,384 events bears 4,096.
            Self::Queue => 6_000,
            Self::Instances | Self::Settings => 20,
        }
    }

    /// The card that is recommended. Limits are raised in other tests: here no password can be typed, because a
    /// namespace's limit is not polkit's to raise; what needs none is recommended.
    pub(super) const fn remedy(self, names: &Names) -> &'static str {
        match self {
            Self::Watches | Self::Queue | Self::Instances => names.poll,
            Self::Settings => names.repair,
        }
    }
}

impl Play {
    /// Starts the app and gets it into trouble.
    pub(super) fn begin(trouble: Trouble, version: Version) -> Self {
        Self::begin_with(trouble, version, BROKEN)
    }

    /// The same with this text in the settings file that is ignored.
    pub(super) fn begin_with(trouble: Trouble, version: Version, settings: &str) -> Self {
        let installation = match version {
            Version::V167 => "streamlit-1.67-watchdog-7",
            Version::V157 => "streamlit-1.57",
        };
        let more: &[_] = if trouble == Trouble::Settings { &[(".streamlit/config.toml", settings)] } else { &[] };
        let app = App::of(trouble.folders(), more, installation);
        let hog = (trouble == Trouble::Instances).then(Hog::of_all_instances);
        let first = app.start();
        let loops = trouble == Trouble::Queue && version == Version::V167;
        let tab = if loops { app.opens_a_session_at_once(first) } else { app.opens_a_session(first) };
        let mut busy = 0.0;
        if loops {
            let queue = number_in("/proc/sys/fs/inotify/max_queued_events");
            let folders = trouble.folders() as u64;
            assert!(queue < 5 * folders, "this machine's queue of {queue} is long enough, so nothing can be shown");
            let waited = Waited::begin();
            while newest_watch(first) < 3 * folders {
                waited.a_moment(|| format!("the app takes its watches anew, again and again: {}", newest_watch(first)));
            }
            busy = self::busy(first);
        }
        Self { app, first, trouble, busy, _tab: tab, _hog: hog }
    }

    /// Folders that the app does not watch, by the kernel's own numbers.
    pub(super) fn missed(&self) -> usize {
        let seen = watched_inodes(self.first);
        let folders = self.app.folders();
        folders.iter().filter(|folder| !seen.contains(&folder.metadata().expect("it is there").ino())).count()
    }

    /// Looks that one app runs, as another process, with a tab open, and that it lacks nothing; that process.
    pub(super) fn is_over(&self) -> (u32, Session) {
        let apps = self.app.processes();
        let [second] = apps[..] else { panic!("one app runs: {apps:?}") };
        assert_ne!(second, self.first, "the app is another process now");
        let written = fs::read_to_string(self.app.project.path(SETTINGS)).expect("it was written");
        let watcher = if self.trouble == Trouble::Settings { "none" } else { "poll" };
        assert!(written.contains(&format!("fileWatcherType = \"{watcher}\"")), "{written}");
        let tab = self.app.opens_a_session(second);
        assert_eq!(holders().get(&second).map_or(0, |(_, watches)| *watches), 0, "it takes no watch");
        if self.trouble == Trouble::Queue {
            let rests = busy(second);
            assert!(rests < 0.1, "the app rests: {rests} of a core, after {} before", self.busy);
        }
        (second, tab)
    }
}

/// A program that has left no instance to anybody else.
struct Hog(Child);

impl Hog {
    fn of_all_instances() -> Self {
        const TAKE: &str = "import ctypes, sys\n\
            libc = ctypes.CDLL(None)\n\
            taken = []\n\
            while (one := libc.inotify_init1(0)) >= 0:\n    \
                libc.inotify_add_watch(one, b'/etc', 2)\n    \
                taken.append(one)\n\
            print(len(taken), flush=True)\n\
            sys.stdin.read()\n";
        let mut program = Command::new("/usr/bin/python3")
            .args(["-c", TAKE])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 can be started");
        let mut taken = String::new();
        BufReader::new(program.stdout.take().expect("a pipe")).read_line(&mut taken).expect("it tells");
        assert_ne!(taken.trim(), "0", "it has taken what was left");
        Self(program)
    }
}

impl Drop for Hog {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The highest number of a watch that the process holds: each one that is taken anew gets a new number.
fn newest_watch(pid: u32) -> u64 {
    let infos = fs::read_dir(format!("/proc/{pid}/fdinfo")).expect("the app runs").flatten();
    let texts = infos.filter_map(|info| fs::read_to_string(info.path()).ok());
    let number = |line: &str| u64::from_str_radix(line.strip_prefix("inotify wd:")?.split(' ').next()?, 16).ok();
    texts.flat_map(|text| text.lines().filter_map(number).collect::<Vec<_>>()).max().unwrap_or(0)
}

/// Share of a core that a process uses, over some seconds.
fn busy(pid: u32) -> f64 {
    let ticks = || {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("the app runs");
        let fields: Vec<&str> = stat.rsplit(')').next().expect("a name in brackets").split_whitespace().collect();
        let number = |place: usize| fields[place].parse::<u32>().expect("a number");
        number(11) + number(12)
    };
    let (before, begun) = (ticks(), Instant::now());
    std::thread::sleep(Duration::from_secs(4));
    f64::from(ticks() - before) / 100.0 / begun.elapsed().as_secs_f64()
}
