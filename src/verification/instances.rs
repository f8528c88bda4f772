//! The instances an app with watchdog 6 and earlier opens: one for each watch root, really opened and released.

use super::{Check, Facts};
use crate::project::streamlit::Watcher;
use crate::survey::Project;
use rustix::fd::OwnedFd;
use rustix::fs::inotify::{CreateFlags, init};
use rustix::io::Errno;
use std::fs::File;

/// The outcome of opening them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instances {
    /// Watches or instances that the app needs altogether.
    pub need: u64,
    /// The part of the need that its running app holds.
    pub held: u64,
    /// Instances opened for the proof, and released.
    pub added: u64,
    /// The reason why no more could be opened.
    pub refused: Option<Errno>,
    /// Whether it was this program's own limit of open files (`RLIMIT_NOFILE`), which says nothing about instances.
    pub descriptors: bool,
}

/// An instance as watchdog opens it, and closed in programs that are started meanwhile.
pub(super) fn instance() -> Result<OwnedFd, Errno> {
    init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC)
}

/// `None` where one instance serves all roots: it is opened with the watches anyway.
pub(super) fn check(project: &Project) -> Option<Check> {
    let streamlit = project.streamlit.as_ref()?;
    let need = streamlit.need.instances;
    if streamlit.watcher != Watcher::Watchdog || need < 2 {
        return None;
    }
    let held = project.running.iter().map(|app| app.instances).max().unwrap_or(0).min(need);
    let facts = open_and_release(need, held);
    Some(match facts.refused {
        None => Check::passed(Facts::Instances(facts)),
        Some(_) if facts.descriptors => Check::could_not_run(Facts::Instances(facts)),
        Some(_) => Check::failed(Facts::Instances(facts)),
    })
}

fn open_and_release(need: u64, held: u64) -> Instances {
    let mut opened = Vec::new();
    let refused = (held..need).find_map(|_| instance().map(|one| opened.push(one)).err());
    // EMFILE stands for both; a file of another kind tells them apart.
    #[allow(clippy::disallowed_methods, reason = "asks whether one more descriptor can be had")]
    let descriptors = refused == Some(Errno::MFILE) && File::open("/dev/null").is_err();
    Instances { need, held, added: opened.len() as u64, refused, descriptors }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_already_is_not_opened_again() {
        let facts = open_and_release(5, 3);
        assert_eq!((facts.added, facts.refused), (2, None));
    }
}
