//! Folders of a project that hold what was installed or generated, by how many directories they hold: nobody waits for
//! news of changes in them.

use crate::project::Inventory;
use crate::project::tree::{Index, Node};
use std::collections::BTreeMap;
use std::ops::Range;

/// Names of folders whose contents tools install or generate.
const GENERATED: [&str; 14] = [
    "node_modules",
    "bower_components",
    "__pycache__",
    "site-packages",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".tox",
    ".nox",
    ".next",
    ".nuxt",
    ".turbo",
    ".gradle",
    ".cache",
];

/// Folders of one name, or one environment of an unusual one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeavyFolder {
    /// The pattern that leaves them out: `**/node_modules/**`, or the path of one folder below the project.
    pub pattern: String,
    /// The name to speak of: `.venv`.
    pub name: String,
    /// Directories in them, themselves included.
    pub directories: u64,
    /// The parts of the project's tree that they are.
    pub ranges: Vec<Range<Node>>,
}

/// Finds them in the project, what holds most first. None lies in another one.
#[must_use]
pub fn heavy_folders(inventory: &Inventory) -> Vec<HeavyFolder> {
    let Some(index) = inventory.index() else { return Vec::new() };
    let mut found: BTreeMap<String, HeavyFolder> = BTreeMap::new();
    let (mut node, end) = (1, index.all().end);
    while node < end {
        let range = index.subtree(node);
        let Some((pattern, name)) = recognise(index, node) else {
            node += 1;
            continue;
        };
        node = range.end;
        let entry = || HeavyFolder { pattern: pattern.clone(), name, directories: 0, ranges: Vec::new() };
        let folder = found.entry(pattern.clone()).or_insert_with(entry);
        folder.directories += index.directories(&range);
        folder.ranges.push(range);
    }
    let mut all: Vec<HeavyFolder> = found.into_values().collect();
    all.sort_by_key(|folder| std::cmp::Reverse(folder.directories));
    all
}

/// Tells whether a folder holds what was installed or generated.
#[must_use]
pub fn is_heavy(index: &Index, node: Node) -> bool {
    recognise(index, node).is_some()
}

/// The pattern and the name of a folder that was installed or generated.
fn recognise(index: &Index, node: Node) -> Option<(String, String)> {
    let name = index.name(node).to_str()?;
    if GENERATED.contains(&name) || index.is_environment(node) && matches!(name, ".venv" | "venv" | ".env" | "env") {
        return Some((format!("**/{name}/**"), name.to_owned()));
    }
    // Another folder of such a name may be something else: only this very one.
    let path = index.path(node).strip_prefix(index.root()).ok()?.to_str()?.to_owned();
    (index.is_environment(node) && !path.contains(['*', '?', '[', '{', '!', '\\'])).then(|| (path.clone(), path))
}
