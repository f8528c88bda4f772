//! The `pyproject.toml` of a component package: whose it is, and the folders it names.

use super::distribution::Distribution;
use crate::guarded;
use crate::project::files::read_start;
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Item, TableLike};

const MANIFEST_BYTES: u64 = 1024 * 1024;

/// A manifest that belongs to its distribution.
pub(super) struct Manifest {
    pub(super) path: PathBuf,
    document: DocumentMut,
}

impl Manifest {
    /// The first that its list of files names, else the one beside the package or one folder up.
    pub(super) fn find(distribution: &Distribution, package: Option<&Path>) -> Option<Self> {
        let beside = [package, package.and_then(Path::parent)].into_iter().flatten();
        let beside = beside.map(|folder| folder.join("pyproject.toml"));
        distribution.recorded_manifests().chain(beside).find_map(|path| Self::read(path, &distribution.name))
    }

    fn read(path: PathBuf, owner: &str) -> Option<Self> {
        let text = String::from_utf8(read_start(&path, MANIFEST_BYTES)?).ok()?;
        let document: DocumentMut = text.parse().ok()?;
        let named = |keys: &[&str]| item(&document, keys)?.as_str().map(canonical);
        let name = named(&["project", "name"]).or_else(|| named(&["tool", "setuptools", "package-name"]))?;
        (name == canonical(owner)).then_some(Self { path, document })
    }

    /// The folders of its components, real paths, below `base`; `None`: one of them is not there or not below.
    pub(super) fn asset_folders(&self, base: &Path) -> Option<Vec<PathBuf>> {
        let Some(components) = item(&self.document, &["tool", "streamlit", "component", "components"]) else {
            return Some(Vec::new());
        };
        let tables = tables(components);
        tables.into_iter().filter_map(asset_dir).map(|asset_dir| real_folder(base, asset_dir)).collect()
    }
}

/// `[[…components]]`, or a list of inline tables, where other entries are passed over.
fn tables(components: &Item) -> Vec<&dyn TableLike> {
    if let Some(tables) = components.as_array_of_tables() {
        return tables.iter().map(|table| table as &dyn TableLike).collect();
    }
    let entries = components.as_array().into_iter().flatten();
    entries.filter_map(|entry| entry.as_inline_table()).map(|table| table as &dyn TableLike).collect()
}

/// `None` where the component has no folder, or is passed over as malformed.
fn asset_dir(component: &dyn TableLike) -> Option<&str> {
    component.get("name")?.as_str().filter(|name| !name.is_empty())?;
    component.get("asset_dir")?.as_str()
}

fn real_folder(base: &Path, asset_dir: &str) -> Option<PathBuf> {
    if is_unsafe(asset_dir) {
        return None;
    }
    let folder = guarded::real_path(&base.join(asset_dir)).ok()?;
    (guarded::is_folder(&folder) && folder.starts_with(guarded::real_path(base).ok()?)).then_some(folder)
}

/// Tells whether a path is absolute, with a drive letter as on Windows, or leading out of the package.
fn is_unsafe(path: &str) -> bool {
    let drive = path.starts_with(|letter: char| letter.is_ascii_alphabetic()) && path[1..].starts_with(':');
    let outside = path.split(['/', '\\']).any(|part| part == "..");
    path.contains('\0') || path.starts_with(['/', '\\']) || drive || outside
}

fn item<'d>(document: &'d DocumentMut, keys: &[&str]) -> Option<&'d Item> {
    keys.iter().try_fold(document.as_item(), |item, key| item.get(key))
}

/// A name as PEP 503 compares it.
fn canonical(name: &str) -> String {
    let words = name.split(['-', '_', '.']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}
