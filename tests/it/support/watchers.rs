//! Processes that hold inotify watches and say themselves how many: the count the program is measured against.

use serde::Deserialize;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use tempfile::TempDir;

/// A folder of numbered folders to watch, readable by every user. It is removed when nobody watches it any more.
#[derive(Clone)]
pub(crate) struct Folders(Rc<TempDir>);

impl Folders {
    pub(crate) fn new(count: usize) -> Self {
        let folders = tempfile::tempdir().expect("the temporary folder can be written");
        let everyone = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folders.path(), everyone).expect("one's own folder");
        for index in 0..count {
            std::fs::create_dir(folders.path().join(index.to_string())).expect("a new folder");
        }
        Self(Rc::new(folders))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn remove(&self, index: usize) {
        std::fs::remove_dir(self.path().join(index.to_string())).expect("an empty folder");
    }
}

/// What a watching process shall hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Watches {
    /// Watches of each instance.
    pub(crate) instances: Vec<usize>,
    /// Further descriptors of the first instance.
    pub(crate) duplicates: usize,
    /// Forked processes that keep all instances open.
    pub(crate) children: usize,
    /// Watches of one more instance that each child makes for itself; 0 for none.
    pub(crate) own: usize,
    /// Forks children without end that inherit everything and exit at once.
    pub(crate) churn: bool,
    /// Gives the watches of the first instance back and takes them again, one after the other, without end.
    pub(crate) swing: bool,
}

/// What a watching process says it holds.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Report {
    pub(crate) pid: u32,
    pub(crate) instances: Vec<u64>,
    pub(crate) children: Vec<ReportedChild>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ReportedChild {
    pub(crate) pid: u32,
    pub(crate) own_watches: u64,
}

impl Report {
    pub(crate) fn watches(&self) -> u64 {
        self.instances.iter().sum()
    }
}

/// A running process that holds watches until it is dropped.
pub(crate) struct Watcher {
    child: Child,
    _folders: Folders,
    pub(crate) report: Report,
}

impl Watcher {
    pub(crate) fn start(folders: &Folders, watches: &Watches) -> Self {
        Self::start_through(&[], folders, watches, &[])
    }

    /// Started by a command like `setpriv …`, with further arguments that mean nothing to it.
    pub(crate) fn start_through(before: &[&str], folders: &Folders, watches: &Watches, further: &[&[u8]]) -> Self {
        let mut child = spawn(before, folders, watches, further);
        let report = report(&mut child);
        Self { child, _folders: folders.clone(), report }
    }

    /// Started through a command that waits for a line on standard input, sent after `prepare` has been called.
    pub(crate) fn start_after(
        before: &[&str],
        folders: &Folders,
        watches: &Watches,
        prepare: impl FnOnce(u32),
    ) -> Self {
        let mut child = spawn(before, folders, watches, &[]);
        prepare(child.id());
        child.stdin.as_mut().expect("piped").write_all(b"\n").expect("the command waits for a line");
        let report = report(&mut child);
        Self { child, _folders: folders.clone(), report }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.report.pid
    }
}

fn spawn(before: &[&str], folders: &Folders, watches: &Watches, further: &[&[u8]]) -> Child {
    let plan = serde_json::json!({
        "folders": folders.path(), "instances": watches.instances, "duplicates": watches.duplicates,
        "children": watches.children, "own": watches.own, "churn": watches.churn, "swing": watches.swing,
    });
    let words = before.iter().copied().chain([python(), "-c", include_str!("watch.py")]).map(OsString::from);
    let further = further.iter().map(|bytes| OsString::from_vec(bytes.to_vec()));
    let words: Vec<OsString> = words.chain([plan.to_string().into()]).chain(further).collect();
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).stdin(Stdio::piped()).stdout(Stdio::piped());
    command.spawn().expect("python3 and the command before it are installed")
}

fn report(child: &mut Child) -> Report {
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line of text");
    serde_json::from_str(&line).expect("the watching process reports what it holds")
}

impl Drop for Watcher {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        _ = self.child.wait();
    }
}

/// The interpreter itself: a version manager's shim in PATH may live where other users may not look.
fn python() -> &'static str {
    if Path::new("/usr/bin/python3").exists() { "/usr/bin/python3" } else { "python3" }
}
