//! Folders that mean something for what lies in them.

/// The depth down to which people's own files lie, near the top.
const DEEPEST_OWN: u32 = 7;

/// Folders that are installed or generated.
const SKIPPED: &[&[u8]] = &[b"__pycache__", b"node_modules", b"site-packages", b"venv", b"virtualenv"];

/// Folders that are hidden, and yet written by people.
const HIDDEN_AND_OWN: &[&[u8]] = &[b".devcontainer", b".github", b".vscode"];

/// Makers of caches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CacheKind {
    /// `__pycache__`: Python makes it again with the next import.
    PythonBytecode,
    /// A `*.pyc` outside of `__pycache__`.
    StrayBytecode,
    /// `.pytest_cache`
    Pytest,
    /// `.mypy_cache`
    Mypy,
    /// `.ruff_cache`
    Ruff,
    /// `.ipynb_checkpoints`: Jupyter's last saved state of notebooks.
    NotebookCheckpoints,
    /// `node_modules/.cache`
    NodeCache,
    /// `*.egg-info`
    EggInfo,
}

impl CacheKind {
    /// The kind of cache that a folder of this name is, if it is one.
    pub(in crate::project) fn of_folder(name: &[u8], in_node_modules: bool) -> Option<Self> {
        match name {
            b"__pycache__" => Some(Self::PythonBytecode),
            b".pytest_cache" => Some(Self::Pytest),
            b".mypy_cache" => Some(Self::Mypy),
            b".ruff_cache" => Some(Self::Ruff),
            b".ipynb_checkpoints" => Some(Self::NotebookCheckpoints),
            b".cache" if in_node_modules => Some(Self::NodeCache),
            _ => (name.len() > b".egg-info".len() && name.ends_with(b".egg-info")).then_some(Self::EggInfo),
        }
    }
}

/// The meaning of a folder's place in the tree for the files in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::project::tree) struct Zone {
    pub(super) depth: u32,
    /// Whether it is among what people write themselves.
    pub(super) own: bool,
    /// Whether it is in a folder for logs.
    pub(super) logs: bool,
    /// Whether it is the project's folder or a visible one right below: where launch scripts lie.
    pub(super) near: bool,
    node_modules: bool,
    pub(super) git: bool,
    /// Whether it is in a cache.
    pub(in crate::project::tree) cache: bool,
}

impl Zone {
    pub(in crate::project::tree) const ROOT: Self =
        Self { depth: 0, own: true, logs: false, near: true, node_modules: false, git: false, cache: false };

    /// The zone of a sub-folder called `name`.
    pub(in crate::project::tree) fn below(self, name: &[u8]) -> Self {
        let depth = self.depth + 1;
        let hidden = name.starts_with(b".");
        let skipped = SKIPPED.contains(&name) || hidden && !HIDDEN_AND_OWN.contains(&name);
        let git = self.git || name == b".git";
        let cache = self.cache || !git && CacheKind::of_folder(name, self.node_modules).is_some();
        Self {
            depth,
            own: self.own && !skipped && depth <= DEEPEST_OWN,
            logs: self.logs || matches!(name, b"logs" | b"log"),
            near: depth == 1 && !hidden,
            node_modules: name == b"node_modules",
            git,
            cache,
        }
    }

    /// The same after `pyvenv.cfg` was found in the folder: it was installed, not written.
    pub(in crate::project::tree) fn as_environment(self) -> Self {
        Self { own: self.own && self.depth == 0, ..self }
    }
}
