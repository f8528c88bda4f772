//! The folders of component packages, held against what real Streamlit watches beside them.

use crate::support::streamlit::{Installed, Project, beside_streamlit_extras, installations};
use inotify_doctor::project::Python;
use inotify_doctor::project::streamlit::components::ComponentFolders;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A distribution as pip leaves it below `packages/`, found by `PYTHONPATH`.
struct Package {
    name: &'static str,
    asset_dirs: &'static [&'static str],
    /// Further folders.
    folders: &'static [&'static str],
}

fn project(packages: &[Package]) -> Project {
    let project = Project::of(&[("app.py", "import streamlit as st\nst.write('x')\n"), ("data/", "")]);
    let site = project.path("packages");
    for package in packages {
        let name = package.name.replace('-', "_");
        let info = site.join(format!("{name}-1.0.dist-info"));
        for folder in [&info, &site.join(&name)] {
            fs::create_dir_all(folder).unwrap();
        }
        for folder in package.asset_dirs.iter().chain(package.folders).filter(|folder| **folder != "missing") {
            fs::create_dir_all(site.join(&name).join(folder)).unwrap();
        }
        let components: String = package
            .asset_dirs
            .iter()
            .enumerate()
            .map(|(number, dir)| {
                format!("[[tool.streamlit.component.components]]\nname = \"c{number}\"\nasset_dir = \"{dir}\"\n")
            })
            .collect();
        let manifest = format!("[project]\nname = \"{}\"\nversion = \"1.0\"\n{components}", package.name);
        let record = format!("{name}/__init__.py,,\n{name}/pyproject.toml,,\n");
        let metadata =
            format!("Metadata-Version: 2.1\nName: {}\nVersion: 1.0\nRequires-Dist: streamlit\n", package.name);
        fs::write(site.join(&name).join("__init__.py"), "").unwrap();
        fs::write(site.join(&name).join("pyproject.toml"), manifest).unwrap();
        fs::write(info.join("METADATA"), metadata).unwrap();
        fs::write(info.join("RECORD"), record).unwrap();
    }
    project.variable("PYTHONPATH", "{}/packages")
}

/// The interpreter with the packages that the project brings.
fn python(with: &Installed, project: &Project) -> Python {
    let mut python = with.python.clone();
    python.site_packages.insert(0, project.path("packages"));
    python
}

fn directories(folder: &Path) -> Vec<PathBuf> {
    let inside = fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.file_type().unwrap().is_dir());
    std::iter::once(folder.to_path_buf()).chain(inside.flat_map(|entry| directories(&entry.path()))).collect()
}

/// The inodes that an app with one session open should watch: its own folder, and those of the components.
fn expected(project: &Project, components: &ComponentFolders) -> BTreeSet<u64> {
    let roots = components.folders.iter().map(|folder| folder.path.clone());
    let roots = roots.chain([project.path("project")]);
    roots.flat_map(|root| directories(&root)).map(|folder| fs::metadata(folder).unwrap().ino()).collect()
}

fn watched(project: &Project, with: &Installed) -> BTreeSet<u64> {
    project.measure(with).0.into_iter().flatten().map(|(inode, _)| inode).collect()
}

#[test]
fn asset_folders_are_watched_with_all_that_is_in_them() {
    let packages = [
        Package { name: "my-part", asset_dirs: &["front", "back/build", "./front"], folders: &["front/js", "src"] },
        Package { name: "st_other", asset_dirs: &["."], folders: &["css"] },
        Package { name: "plain", asset_dirs: &[], folders: &["data"] },
    ];
    for with in installations() {
        let project = project(&packages);
        let components = ComponentFolders::of(&python(&with, &project));
        let before = with.name.starts_with("streamlit-1.49");
        assert_eq!(components.folders.len(), if before { 0 } else { 3 }, "{}", with.name);
        assert_eq!(watched(&project, &with), expected(&project, &components), "{}", with.name);
    }
}

#[test]
fn one_missing_folder_ends_the_watching_of_all() {
    let packages = [
        Package { name: "my-part", asset_dirs: &["front"], folders: &[] },
        Package { name: "st-broken", asset_dirs: &["missing"], folders: &[] },
    ];
    for with in installations() {
        let project = project(&packages);
        let components = ComponentFolders::of(&python(&with, &project));
        let spoilt = (!with.name.starts_with("streamlit-1.49")).then_some("st-broken");
        assert_eq!(components.spoilt_by.as_deref(), spoilt, "{}", with.name);
        assert_eq!(watched(&project, &with), expected(&project, &components), "{}", with.name);
    }
}

#[test]
fn the_folders_of_streamlit_extras_are_watched() {
    let with = beside_streamlit_extras();
    let project = Project::of(&[("app.py", "import streamlit as st\nst.write('x')\n")]);
    let components = ComponentFolders::of(&with.python);
    assert_eq!(components.folders.len(), 9, "{components:?}");
    assert!(components.folders.iter().all(|folder| folder.distribution == "streamlit-extras"));
    assert_eq!(watched(&project, &with), expected(&project, &components));
}
