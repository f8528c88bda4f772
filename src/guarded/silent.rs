//! File systems that did not answer: known to everybody in this program, so that each costs its patience once.

use super::MountId;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// By the kernel's number of the mount: one that is mounted anew is asked again.
static SILENT: Mutex<Vec<(MountId, PathBuf)>> = Mutex::new(Vec::new());

fn all() -> MutexGuard<'static, Vec<(MountId, PathBuf)>> {
    SILENT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes that a mount did not answer.
pub(crate) fn note(mount: MountId, point: &Path) {
    let mut all = all();
    if all.iter().all(|(id, _)| *id != mount) {
        log::warn!("{} does not answer and is left out", point.display());
        all.push((mount, point.to_path_buf()));
    }
}

/// Tells whether a mount did not answer before.
pub(crate) fn is(mount: MountId) -> bool {
    all().iter().any(|(id, _)| *id == mount)
}

/// The mount points of the file systems that did not answer so far.
#[must_use]
pub fn mounts() -> Vec<PathBuf> {
    let mut points: Vec<PathBuf> = all().iter().map(|(_, point)| point.clone()).collect();
    points.sort();
    points
}
