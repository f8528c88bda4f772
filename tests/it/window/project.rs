//! A small real project: an app, two pages' worth of folders, and an environment with Streamlit in it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// A project in a temporary folder.
pub(super) struct Project {
    folder: PathBuf,
    /// The temporary folder: the project's own, or the home that it is in.
    pub(super) home: tempfile::TempDir,
}

impl Project {
    /// `app/Main.py` beside `app/pages/deep` and `app/data`; `.venv` holds the metadata of Streamlit and watchdog.
    pub(super) fn new() -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        Self::made(home.path().to_path_buf(), home)
    }

    /// The same in a folder of somebody's home.
    pub(super) fn at_home() -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        Self::made(home.path().join("projects/emo_hallo"), home)
    }

    fn made(folder: PathBuf, home: tempfile::TempDir) -> Self {
        let project = Self { folder, home };
        project.write("app/Main.py", "import streamlit as st\n\nst.write('hello')\n");
        project.write("app/pages/deep/note.txt", "");
        project.write("app/data/rows.csv", "");
        project.write("run.sh", "streamlit run app/Main.py\n");
        project.write(".venv/bin/activate", "");
        // As in a real environment, python is a link to a program; it is looked at and never run.
        symlink("/bin/sh", project.path().join(".venv/bin/python")).expect("a link can be made");
        project.write(".venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.11.2\n");
        for (name, version) in [("streamlit", "1.67.0"), ("watchdog", "7.1.0")] {
            let text = format!("Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n");
            let folder = format!(".venv/lib/python3.11/site-packages/{name}");
            project.write(&format!("{folder}-{version}.dist-info/METADATA"), &text);
            project.write(&format!("{folder}/__init__.py"), "");
        }
        project
    }

    /// Its folder.
    pub(super) fn path(&self) -> &Path {
        &self.folder
    }

    /// Directories at and below `app`: what Streamlit watches.
    pub(super) fn watched(&self) -> usize {
        directories(&self.folder.join("app"))
    }

    /// Writes a file, with the folders above it.
    pub(super) fn write(&self, path: &str, text: &str) -> PathBuf {
        let file = self.folder.join(path);
        fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("a folder can be made");
        fs::write(&file, text).expect("a file can be written");
        file
    }
}

fn directories(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("the project can be read").map(|entry| entry.expect("an entry").path());
    1 + entries.filter(|path| path.is_dir()).map(|path| directories(&path)).sum::<usize>()
}
