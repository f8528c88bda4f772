//! The walk: every directory of a tree once, in the order of `find`, without recursion and with a bounded number of
//! open files, however deep and however wide the tree is.
//!
//! What it tells is laid down in `visitor`.

pub use super::directory::Identity;
pub use super::visitor::{Descend, Entry, Visitor, WalkProblems, Watch};
use super::walker::Walk;
use crate::progress::{Cancelled, Progress};
use std::path::Path;

/// Walks `root` and hands over each directory, the root first. A symbolic link as root is followed, no other is.
/// A root that does not exist, or is no directory, is not handed over; it counts as vanished.
///
/// # Errors
/// [`Cancelled`] only.
pub fn visit(
    root: &Path,
    progress: &Progress,
    on_directory: &mut dyn FnMut(&Entry<'_>),
) -> Result<WalkProblems, Cancelled> {
    struct Each<'f>(&'f mut dyn FnMut(&Entry<'_>));
    impl Visitor for Each<'_> {
        fn enter(&mut self, entry: &Entry<'_>) -> Descend {
            (self.0)(entry);
            Descend::Into
        }
    }
    visit_all(root, progress, &mut Each(on_directory))
}

/// Walks `root` as [`visit`] does, with files, and lets the visitor leave out what it likes.
///
/// # Errors
/// [`Cancelled`] only.
pub fn visit_all(root: &Path, progress: &Progress, visitor: &mut dyn Visitor) -> Result<WalkProblems, Cancelled> {
    Walk::new(root, progress, visitor).run()
}
