//! Which subtrees to name to a person: heavy ones, under a name that says something.

use super::{Folder, Heavy};
use std::cmp::Reverse;
use std::ffi::OsStr;
use std::path::Path;

/// Names that people know, and that stand for the whole of what is below them.
const WELL_KNOWN: &[&str] = &[
    ".cache",
    ".conda",
    ".git",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".next",
    ".nox",
    ".npm",
    ".nuxt",
    ".pixi",
    ".pnpm-store",
    ".pytest_cache",
    ".ruff_cache",
    ".svn",
    ".terraform",
    ".tox",
    ".venv",
    ".virtualenv",
    ".yarn",
    "__pycache__",
    "anaconda3",
    "bower_components",
    "build",
    "checkpoints",
    "conda",
    "data",
    "dataset",
    "datasets",
    "dist",
    "downloads",
    "env",
    "experiments",
    "images",
    "lightning_logs",
    "logs",
    "media",
    "miniconda3",
    "miniforge3",
    "mlruns",
    "models",
    "node_modules",
    "output",
    "outputs",
    "results",
    "runs",
    "site-packages",
    "target",
    "tmp",
    "uploads",
    "vendor",
    "venv",
    "virtualenv",
    "wandb",
];

/// A folder yields to the well-known ones inside it when they hold at least this share of its directories.
const TELLING_PERCENT: u64 = 50;

/// A folder that holds this share of the whole tree says nothing: its parts are named instead.
const NEARLY_ALL_PERCENT: u64 = 60;

#[derive(Clone)]
struct Pick<'a> {
    names: Vec<&'a OsStr>,
    folder: &'a Folder,
}

pub(super) fn heaviest(root: &Folder, most: usize) -> Vec<Heavy> {
    let mut picks = inside(&Pick { names: Vec::new(), folder: root });
    while let Some(place) = picks.iter().position(|pick| is_nearly_all(pick, root)) {
        let parts = inside(&picks[place]);
        picks.splice(place..=place, parts);
    }
    picks.sort_by_key(|pick| (Reverse(pick.folder.directories), Reverse(pick.folder.files)));
    picks.truncate(most);
    picks.iter().map(Pick::heavy).collect()
}

/// The picks of all sub-folders.
fn inside<'a>(pick: &Pick<'a>) -> Vec<Pick<'a>> {
    pick.children().flat_map(|child| telling(&child).unwrap_or_else(|| vec![child])).collect()
}

/// The well-known folders to name in place of this one; `None` when it is better named itself.
fn telling<'a>(pick: &Pick<'a>) -> Option<Vec<Pick<'a>>> {
    if pick.is_well_known() {
        return None;
    }
    let known: Vec<Pick<'a>> = pick.children().flat_map(|child| known_within(&child)).collect();
    let weight: u64 = known.iter().map(|pick| pick.folder.directories).sum();
    (weight * 100 >= pick.folder.directories * TELLING_PERCENT && !known.is_empty()).then_some(known)
}

/// The topmost well-known folders of a subtree.
fn known_within<'a>(pick: &Pick<'a>) -> Vec<Pick<'a>> {
    if pick.is_well_known() {
        return vec![pick.clone()];
    }
    pick.children().flat_map(|child| known_within(&child)).collect()
}

fn is_nearly_all(pick: &Pick<'_>, root: &Folder) -> bool {
    let weight = pick.folder.directories;
    let named: u64 = pick.folder.children.iter().map(|child| child.directories).sum();
    !pick.is_well_known() && weight * 100 >= root.directories * NEARLY_ALL_PERCENT && named * 2 >= weight
}

impl<'a> Pick<'a> {
    fn children(&self) -> impl Iterator<Item = Self> + use<'a> {
        let names = self.names.clone();
        self.folder
            .children
            .iter()
            .map(move |folder| Self { names: names.iter().copied().chain([folder.name.as_os_str()]).collect(), folder })
    }

    fn is_well_known(&self) -> bool {
        self.folder.name.to_str().is_some_and(|name| WELL_KNOWN.contains(&name))
    }

    fn heavy(&self) -> Heavy {
        let path = self.names.iter().map(Path::new).collect();
        Heavy { path, directories: self.folder.directories, files: self.folder.files }
    }
}
