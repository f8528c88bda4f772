//! The folders that Streamlit watches recursively, each with its reason.

use super::app::Loaded;
use super::components::ComponentFolders;
use super::rules::Rules;
use super::settings::Settings;
use super::{ConfigState, Launch, RootReason, glob, paths};
use crate::guarded;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// Finds the roots in the order in which Streamlit adds them, each once.
pub(super) fn find(
    launch: &Launch,
    settings: &Settings,
    rules: Rules,
    app: &Loaded,
    components: &ComponentFolders,
) -> Vec<(PathBuf, RootReason)> {
    let mut roots = Roots::default();
    for component in &components.folders {
        roots.add(component.path.clone(), RootReason::Component(component.distribution.clone()));
    }
    if rules.config_roots {
        for file in settings.files.iter().rev().filter(|file| file.state != ConfigState::Missing) {
            roots.add(paths::folder(&paths::real(&file.path)), RootReason::ConfigFile(file.path.clone()));
        }
    }
    let script = paths::real(&launch.script);
    let script_folder = paths::folder(&script);
    roots.add(script_folder.clone(), RootReason::Script);
    if rules.link_folder_is_root {
        roots.add(paths::real(&paths::folder(&launch.script)), RootReason::Script);
    }
    for entry in &settings.watch_list {
        let folder = launch.cwd.join(entry);
        if guarded::is_folder(&folder) {
            roots.add(paths::real(&folder), RootReason::WatchList);
        }
    }
    let python_path = paths::list(launch.variables.get(OsStr::new("PYTHONPATH")).map(|value| &**value), &launch.cwd);
    for module in &app.modules {
        let file = paths::real(module);
        let inside = |folder: &Path| glob::file_is_in(&file, folder.as_os_str().as_bytes());
        let wanted = inside(&script_folder) || python_path.iter().any(|entry| inside(entry));
        if wanted && !glob::is_blacklisted(&file, &settings.blacklist) {
            let folder = if guarded::is_folder(&file) { file.clone() } else { paths::folder(&file) };
            roots.add(folder, RootReason::Module(file));
        }
    }
    for page in &app.pages {
        let page = paths::real(page);
        roots.add(paths::folder(&page), RootReason::Page(page));
    }
    roots.0
}

/// Counts the files that polling looks at in turn.
pub(super) fn polled_files(launch: &Launch, app: &Loaded) -> u64 {
    let folder = paths::folder(&paths::real(&launch.script));
    let modules = app.modules.iter().map(|module| paths::real(module)).filter(|module| module.starts_with(&folder));
    1 + modules.count() as u64 + app.pages.len() as u64
}

#[derive(Default)]
struct Roots(Vec<(PathBuf, RootReason)>);

impl Roots {
    fn add(&mut self, folder: PathBuf, because: RootReason) {
        if !self.0.iter().any(|(known, _)| *known == folder) {
            self.0.push((folder, because));
        }
    }
}
