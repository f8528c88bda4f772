//! Subtrees to name to a person: heavy ones, under a name that says something.

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

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with that many directories of its own, besides the ones in `children`.
    fn folder(name: &str, own: u64, children: Vec<Folder>) -> Folder {
        let directories = own + children.iter().map(|child| child.directories).sum::<u64>();
        Folder { name: name.into(), directories, files: 0, children }
    }

    fn named(root: &Folder) -> Vec<String> {
        heaviest(root, 5).iter().map(|heavy| format!("{} {}", heavy.path.display(), heavy.directories)).collect()
    }

    #[test]
    fn a_folder_yields_to_the_known_one_that_holds_its_weight() {
        let frontend = folder("frontend", 5, vec![folder("node_modules", 500, vec![])]);
        let docs = folder("docs", 90, vec![folder("build", 10, vec![])]);
        let root = folder("", 1, vec![frontend, docs]);
        assert_eq!(named(&root), ["frontend/node_modules 500", "docs 100"]);
    }

    #[test]
    fn what_is_inside_a_known_folder_is_not_named() {
        let packages = folder("site-packages", 300, vec![]);
        let venv = folder(".venv", 1, vec![folder("lib", 1, vec![packages])]);
        assert_eq!(named(&folder("", 1, vec![venv, folder("src", 4, vec![])])), [".venv 302", "src 4"]);
    }

    #[test]
    fn a_folder_that_is_nearly_everything_is_opened() {
        let parts = ["a", "b", "c"].map(|name| folder(name, 100, vec![]));
        let root = folder("", 1, vec![folder("packages", 1, parts.into())]);
        assert_eq!(named(&root), ["packages/a 100", "packages/b 100", "packages/c 100"]);
    }

    #[test]
    fn an_empty_tree_has_none() {
        assert_eq!(named(&folder("", 1, vec![])), Vec::<String>::new());
    }
}
