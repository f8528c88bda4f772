//! The folders of component packages, held against what real Streamlit watches beside them.

use crate::support::streamlit::{Installed, Project, beside_streamlit_extras, installations};
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

fn found(project: &Project, with: &Installed) -> ComponentFolders {
    ComponentFolders::of(&project.launch(), &with.python)
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

fn instances(project: &Project, with: &Installed) -> u64 {
    project.measure(with).instances()
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
        let components = found(&project, &with);
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
        let components = found(&project, &with);
        let spoilt = (!with.name.starts_with("streamlit-1.49")).then_some("st-broken");
        assert_eq!(components.spoilt_by.as_deref(), spoilt, "{}", with.name);
        assert_eq!(watched(&project, &with), expected(&project, &components), "{}", with.name);
    }
}

/// The demo of a component beside its sources, with the released package and another one installed: the sources hide the
/// released package, and what they declare is there only once it is built.
#[test]
fn sources_of_a_component_hide_the_installed_one() {
    let packages = [
        Package { name: "my-part", asset_dirs: &["front/build"], folders: &[] },
        Package { name: "st-other", asset_dirs: &["front"], folders: &["front/js"] },
    ];
    for with in installations() {
        let has_components = !with.name.starts_with("streamlit-1.49");
        for is_built in [false, true] {
            let project = project(&packages);
            let sources = project.path("project/my_part");
            fs::create_dir_all(if is_built { sources.join("front/build/js") } else { sources.clone() }).unwrap();
            fs::write(sources.join("__init__.py"), "").unwrap();
            let components = found(&project, &with);
            let case = format!("{}, built: {is_built}", with.name);
            assert_eq!(components.spoilt_by.is_some(), has_components && !is_built, "{case}");
            assert_eq!(components.folders.len(), if has_components && is_built { 2 } else { 0 }, "{case}");
            assert_eq!(watched(&project, &with), expected(&project, &components), "{case}");
        }
    }
}

/// What an editable install by setuptools leaves beside the sources counts as installed.
#[test]
fn what_setuptools_leaves_beside_the_script_is_scanned() {
    for with in installations() {
        let project = project(&[Package { name: "my-part", asset_dirs: &["front"], folders: &["front/js"] }]);
        let (packages, own) = (project.path("packages"), project.path("project"));
        fs::rename(packages.join("my_part"), own.join("my_part")).unwrap();
        let egg = own.join("my_part.egg-info");
        fs::rename(packages.join("my_part-1.0.dist-info"), &egg).unwrap();
        fs::rename(egg.join("METADATA"), egg.join("PKG-INFO")).unwrap();
        fs::remove_file(egg.join("RECORD")).unwrap();
        let components = found(&project, &with);
        let has_components = !with.name.starts_with("streamlit-1.49");
        assert_eq!(components.folders.len(), usize::from(has_components), "{}", with.name);
        assert_eq!(instances(&project, &with), if has_components && with.name.contains("-6") { 2 } else { 1 });
        assert_eq!(watched(&project, &with), expected(&project, &components), "{}", with.name);
    }
}

#[test]
fn the_folders_of_streamlit_extras_are_watched() {
    let with = beside_streamlit_extras();
    let project = Project::of(&[("app.py", "import streamlit as st\nst.write('x')\n")]);
    let components = found(&project, &with);
    assert_eq!(components.folders.len(), 9, "{components:?}");
    assert!(components.folders.iter().all(|folder| folder.distribution == "streamlit-extras"));
    assert_eq!(watched(&project, &with), expected(&project, &components));
}
