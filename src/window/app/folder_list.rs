//! Reading the folders that complete a typed path.

use super::WindowApp;
use crate::guarded;
use crate::window::jobs::{Job, take};
use crate::window::state::folder_list::Names;
use std::path::{Path, PathBuf};

/// A folder, and the names of the folders in it.
pub(super) type ListJob = Job<(PathBuf, Names)>;

impl WindowApp {
    /// Reads the folders in `folder`, in place of whatever was being read.
    pub(super) fn list_folders(&mut self, folder: PathBuf) {
        self.state.project.list.read = Some((folder.clone(), None));
        self.work.list = Some(Job::start("folder-list", &self.work.wake, move |_| {
            let names = names_in(&folder);
            (folder, names)
        }));
    }

    pub(super) fn collect_list(&mut self) {
        match take(&mut self.work.list) {
            Some(Ok((folder, names))) => self.state.project.list.take(&folder, names),
            Some(Err(crash)) => log::error!("listing folders: {crash}"),
            None => {}
        }
    }
}

/// The names of the folders in `folder`, in order. A name that is not text cannot be typed and is left out.
fn names_in(folder: &Path) -> Names {
    /// A folder of more entries than this is nobody's folder of projects.
    const MOST: usize = 10_000;
    let entries = guarded::entries(folder).ok()?.into_iter().take(MOST);
    let folders = entries.filter(|entry| match entry.kind {
        guarded::Kind::Folder => true,
        guarded::Kind::Link => guarded::is_folder(&folder.join(&entry.name)),
        guarded::Kind::File | guarded::Kind::Other => false,
    });
    let mut names: Vec<String> = folders.filter_map(|entry| entry.name.into_string().ok()).collect();
    names.sort_by_cached_key(|name| name.to_lowercase());
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn folders_and_links_to_folders_are_listed_in_order() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["beta", "Alpha"] {
            fs::create_dir(folder.path().join(name)).expect("a folder can be made");
        }
        fs::write(folder.path().join("file"), "").expect("a file can be written");
        std::os::unix::fs::symlink("beta", folder.path().join("link")).expect("a link can be made");
        std::os::unix::fs::symlink("file", folder.path().join("other")).expect("a link can be made");
        assert_eq!(names_in(folder.path()), Some(vec!["Alpha".into(), "beta".into(), "link".into()]));
        assert_eq!(names_in(&folder.path().join("no")), None);
    }
}
