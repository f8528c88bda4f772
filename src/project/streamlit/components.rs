//! The folders that installed component packages add as watch roots (Streamlit 1.51 and later): every `asset_dir` of a
//! `[tool.streamlit.component]` manifest, watched recursively from the start of the app to its end, imported or not.
//!
//! Follows `streamlit/components/v2/manifest_scanner.py` of 1.67, measured beside streamlit-extras and packages made for
//! it (tests/bench/streamlit/FACTS.md). Streamlit looks when the script's folder already stands first on `sys.path`: a
//! package in the project hides the installed one of that name, and where its component was never built, all are lost.

mod distribution;
mod manifest;

use super::{Launch, Python, Version, app, paths};
use distribution::Distribution;
use manifest::Manifest;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The folders that component packages add.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComponentFolders {
    /// Folders, each once, as real paths, in the order of their names.
    pub folders: Vec<ComponentFolder>,
    /// The distribution whose manifest names a folder that is not there: Streamlit then watches none of any package.
    pub spoilt_by: Option<String>,
}

/// One folder with a component's assets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ComponentFolder {
    /// The folder.
    pub path: PathBuf,
    /// The distribution it belongs to, by the name it has in its metadata.
    pub distribution: String,
}

impl ComponentFolders {
    /// Looks through the packages that `launch` finds with `python`, reading a bounded part of each. Without a Streamlit
    /// the newest is assumed.
    #[must_use]
    pub fn of(launch: &Launch, python: &Python) -> Self {
        if !is_scanned_by(python.streamlit.as_ref()) {
            return Self::default();
        }
        let search_path = app::search_path(launch, python);
        let mut found = BTreeSet::new();
        for distribution in distribution::installed(&search_path) {
            let Some(folders) = asset_folders(&distribution, &search_path) else {
                return Self { folders: Vec::new(), spoilt_by: Some(distribution.name) };
            };
            let name = &distribution.name;
            found.extend(folders.into_iter().map(|path| ComponentFolder { path, distribution: name.clone() }));
        }
        let mut folders: Vec<ComponentFolder> = found.into_iter().collect();
        folders.dedup_by(|later, earlier| later.path == earlier.path);
        Self { folders, spoilt_by: None }
    }
}

/// 1.50.0 has no such components, 1.51.0 watches them (measured).
fn is_scanned_by(streamlit: Option<&Version>) -> bool {
    streamlit.is_none_or(|version| version.at_least(1, 51))
}

/// The folders of one distribution, none where it has no manifest; `None`: one of them is not there.
fn asset_folders(distribution: &Distribution, search_path: &[PathBuf]) -> Option<Vec<PathBuf>> {
    let package = distribution.package_folder(search_path);
    let Some(manifest) = Manifest::find(distribution, package.as_deref()) else { return Some(Vec::new()) };
    let base = package.or_else(|| distribution.recorded_package());
    let base = base.unwrap_or_else(|| paths::folder(&manifest.path));
    manifest.asset_folders(&base)
}

#[cfg(test)]
mod tests {
    use super::super::super::python::FoundBy;
    use super::*;
    use std::fs;
    use std::path::Path;

    /// An interpreter whose packages are those installed by the test.
    fn python(site: &Path, streamlit: &str) -> Python {
        Python {
            executable: PathBuf::from("/usr/bin/python3"),
            found_by: FoundBy::Chosen,
            site_packages: vec![site.to_path_buf()],
            streamlit: Version::parse(streamlit),
            watchdog: Version::parse("7.1.0"),
        }
    }

    /// The folders of an app in a folder of its own.
    fn of(python: &Python) -> ComponentFolders {
        let launch = Launch { script: PathBuf::from("/nowhere/app.py"), ..Launch::default() };
        ComponentFolders::of(&launch, python)
    }

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    /// Installs `NAME`, whose manifest has these `asset_dir`s, as pip leaves it.
    fn install(site: &Path, name: &str, asset_dirs: &[&str]) {
        let package = name.replace('-', "_");
        let info = site.join(format!("{package}-1.0.dist-info"));
        let components = asset_dirs
            .iter()
            .map(|dir| format!("[[tool.streamlit.component.components]]\nname = \"one\"\nasset_dir = {dir:?}\n"));
        let manifest = format!("[project]\nname = \"{name}\"\n{}", components.collect::<String>());
        write(&site.join(&package).join("pyproject.toml"), &manifest);
        write(&site.join(&package).join("__init__.py"), "");
        write(&info.join("METADATA"), &format!("Name: {name}\nRequires-Dist: pandas\nRequires-Dist: Streamlit>1\n\nx"));
        write(&info.join("RECORD"), &format!("{package}/__init__.py,,\n\"{package}/pyproject.toml\",sha256=x,9\n"));
    }

    fn paths_of(found: &ComponentFolders, below: &Path) -> Vec<String> {
        let below = below.canonicalize().expect("it is there");
        let inside = |folder: &ComponentFolder| folder.path.strip_prefix(&below).map(|path| path.display().to_string());
        found.folders.iter().map(|folder| inside(folder).unwrap_or_else(|_| "elsewhere".to_owned())).collect()
    }

    #[test]
    fn every_asset_folder_is_a_root_once_since_1_51() {
        let site = tempfile::tempdir().expect("a temporary folder");
        let site = site.path();
        install(site, "my-part", &["front", "back", "./front"]);
        for folder in ["my_part/front/sub", "my_part/back"] {
            fs::create_dir_all(site.join(folder)).expect("folders can be made");
        }
        let found = of(&python(site, "1.51.0"));
        assert_eq!(paths_of(&found, site), ["my_part/back", "my_part/front"]);
        assert_eq!(found.folders[0].distribution, "my-part");
        assert_eq!(of(&python(site, "1.50.0")), ComponentFolders::default());
    }

    #[test]
    fn one_folder_that_is_not_there_spoils_all() {
        for asset_dir in ["missing", "__init__.py", "../my_part/front", "/usr", "c:front", "out"] {
            let site = tempfile::tempdir().expect("a temporary folder");
            let site = site.path();
            install(site, "my-part", &["front"]);
            install(site, "st-other", &[asset_dir]);
            fs::create_dir_all(site.join("my_part/front")).expect("folders can be made");
            std::os::unix::fs::symlink("/usr", site.join("st_other/out")).expect("a link");
            let found = of(&python(site, "1.67.0"));
            assert_eq!(found.spoilt_by.as_deref(), Some("st-other"), "{asset_dir}");
            assert!(found.folders.is_empty(), "{asset_dir}");
        }
    }

    #[test]
    fn a_manifest_of_somebody_else_is_not_taken() {
        let site = tempfile::tempdir().expect("a temporary folder");
        let site = site.path();
        install(site, "my-part", &["front"]);
        fs::create_dir_all(site.join("my_part/front")).expect("folders can be made");
        write(&site.join("my_part-1.0.dist-info/METADATA"), "Name: pandas\nSummary: tables\n\nuses streamlit");
        assert!(of(&python(site, "1.67.0")).folders.is_empty(), "it has nothing to do with Streamlit");
        write(&site.join("my_part-1.0.dist-info/METADATA"), "Name: other\nSummary: for StreamLit\n\n");
        assert!(of(&python(site, "1.67.0")).folders.is_empty(), "the manifest is another project's");
    }

    #[test]
    fn an_editable_package_is_found_where_it_is_written() {
        let all = tempfile::tempdir().expect("a temporary folder");
        let (site, source) = (all.path().join("site"), all.path().join("my work"));
        install(&site, "my-part", &["front"]);
        fs::create_dir_all(source.join("my_part/front")).expect("folders can be made");
        fs::rename(site.join("my_part/pyproject.toml"), source.join("pyproject.toml")).expect("it is there");
        fs::rename(site.join("my_part/__init__.py"), source.join("my_part/__init__.py")).expect("it is there");
        let url = format!("file://{}", source.display()).replace(' ', "%20");
        let direct = format!("{{\"dir_info\": {{\"editable\": true}}, \"url\": \"{url}\"}}");
        write(&site.join("my_part-1.0.dist-info/direct_url.json"), &direct);
        write(&site.join("my_part-1.0.dist-info/RECORD"), "__editable__.my_part-1.0.pth,,\n");
        let found = of(&python(&site, "1.67.0"));
        assert_eq!(paths_of(&found, &source), ["my_part/front"]);
    }

    #[test]
    fn a_package_beside_the_script_hides_the_installed_one() {
        let all = tempfile::tempdir().expect("a temporary folder");
        let (site, project) = (all.path().join("site"), all.path().join("project"));
        install(&site, "my-part", &["front"]);
        install(&site, "st-other", &["front"]);
        for package in ["my_part", "st_other"] {
            fs::create_dir_all(site.join(package).join("front")).expect("folders can be made");
        }
        write(&project.join("my_part/__init__.py"), "");
        let launch = Launch { script: project.join("app.py"), ..Launch::default() };
        let found = ComponentFolders::of(&launch, &python(&site, "1.67.0"));
        assert_eq!(found.spoilt_by.as_deref(), Some("my-part"), "its component is not built there");
        fs::create_dir_all(project.join("my_part/front")).expect("folders can be made");
        let found = ComponentFolders::of(&launch, &python(&site, "1.67.0"));
        assert_eq!(paths_of(&found, all.path()), ["project/my_part/front", "site/st_other/front"]);
    }

    #[test]
    fn what_setuptools_leaves_beside_the_sources_is_a_distribution() {
        let all = tempfile::tempdir().expect("a temporary folder");
        let (site, project) = (all.path().join("site"), all.path().join("project"));
        install(&project, "my-part", &["front"]);
        fs::create_dir_all(project.join("my_part/front")).expect("folders can be made");
        let (info, egg) = (project.join("my_part-1.0.dist-info"), project.join("my_part.egg-info"));
        fs::rename(&info, &egg).expect("it is there");
        fs::rename(egg.join("METADATA"), egg.join("PKG-INFO")).expect("it is there");
        fs::remove_file(egg.join("RECORD")).expect("it is there");
        write(&egg.join("SOURCES.txt"), "my_part/__init__.py\nmy_part/pyproject.toml\n");
        let launch = Launch { script: project.join("app.py"), ..Launch::default() };
        let found = ComponentFolders::of(&launch, &python(&site, "1.67.0"));
        assert_eq!(paths_of(&found, all.path()), ["project/my_part/front"]);
    }

    #[test]
    fn what_is_broken_or_no_file_is_passed_over() {
        let site = tempfile::tempdir().expect("a temporary folder");
        let site = site.path();
        install(site, "my-part", &["front"]);
        fs::create_dir_all(site.join("my_part/front")).expect("folders can be made");
        install(site, "st-toml", &[]);
        write(&site.join("st_toml/pyproject.toml"), "[project\n");
        install(site, "st-fifo", &["x"]);
        fs::remove_file(site.join("st_fifo/pyproject.toml")).expect("it is there");
        let mode = rustix::fs::Mode::RUSR;
        rustix::fs::mknodat(rustix::fs::CWD, site.join("st_fifo/pyproject.toml"), rustix::fs::FileType::Fifo, mode, 0)
            .expect("a FIFO");
        fs::create_dir_all(site.join("st_empty-1.0.dist-info")).expect("folders can be made");
        let found = of(&python(site, "1.67.0"));
        assert_eq!(paths_of(&found, site), ["my_part/front"]);
    }
}
