//! One project that Streamlit, Vite and an editor watch together, as the window tells of it: real programs, and what the
//! third step writes for one of them.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use super::person::{Opened, Person};
use crate::support::apps::{Server, Tab};
use crate::support::streamlit::installations;
use crate::watchers::program::{editor, held};
use crate::watchers::real::{Project, Running, Start, npm};
use inotify_doctor::progress::Progress;
use inotify_doctor::survey::{Request, Survey};
use inotify_doctor::words::Language;
use std::fs;

/// The project and what watches it, until it is dropped.
struct Watched {
    project: Project,
    _app: (Tab, Server),
    vite: Running,
    editor: Running,
}

impl Watched {
    fn start() -> Self {
        let project = Project::of(&[
            "app.py: import streamlit as st\nst.write(1)\n",
            "index.html: <p>",
            "src/a/b/c.js",
            "docs/x.md",
            ".venv/pyvenv.cfg: home = /usr/bin",
        ]);
        let vite = npm().join("vite/bin/vite.js");
        let dev = format!("{{\n  \"scripts\": {{ \"dev\": \"node {} --port 0\" }}\n}}\n", vite.display());
        fs::write(project.path().join("package.json"), dev).unwrap();
        (0..30).for_each(|at| project.put(&format!(".venv/lib/python3/site-packages/p{at}/x.py")));
        (0..25).for_each(|at| project.put(&format!("node_modules/p{at}/index.js")));
        let start = Start::node("vite/bin/vite.js", "--port 0");
        // A first time, for the folders of its cache.
        held(&mut start.run(&project.path()));
        let (mut vite, mut editor) = (start.run(&project.path()), editor().run(&project.path()));
        held(&mut vite);
        held(&mut editor);
        let server = Server::streamlit(&installations()[0], &project.path(), "app.py");
        let tab = Tab::of(&installations()[0], &server);
        Self { project, _app: (tab, server), vite, editor }
    }

    fn request(&self) -> Request {
        let home = self.project.path().parent().unwrap().join("home");
        let variables = [("HOME".into(), home.into()), ("PATH".into(), "/usr/bin:/bin".into())].into();
        Request { project: Some(self.project.path()), variables, ..Request::default() }
    }

    fn in_the_window(&self, language: Language) -> Person {
        let survey = Survey::take(&self.request(), &Progress::default()).unwrap();
        let request = self.request();
        let opened = Opened { size: [1400.0, 3000.0], request, language, ..Opened::default() };
        opened.open().shown(survey)
    }
}

#[test]
fn streamlit_vite_and_an_editor_are_told_together_and_vite_can_be_told_to_poll() {
    let mut watched = Watched::start();
    let (vite, editor) = (watched.vite.pid(), watched.editor.pid());
    let mut person = watched.in_the_window(Language::English);
    person.press("Diagnosis");
    person.press("Details");
    person.press_tab("Folders");
    assert!(person.sees("Programs that watch this project, most watches in it first"));
    for row in [format!("Vite ({vite})"), format!("VS Code ({editor})")] {
        assert!(person.sees(&row), "{row}");
    }
    assert!(person.sees_part("Streamlit ("), "the app is told beside them");
    assert!(person.sees_part("CHOKIDAR_USEPOLLING=1 → 0"), "with what reduces them");

    person.press_tab("Processes");
    for (filter, shown) in [("src/a", [true, true]), ("node_modules/", [false, true]), ("src/a/none/", [false, false])]
    {
        person.replace_text("Filter processes", filter);
        let rows = [vite, editor].map(|pid| person.sees(&pid.to_string()));
        assert_eq!(rows, shown, "who watches {filter}");
    }

    person.press("Fix");
    person.waits_until("the offers are made", |person| person.sees("Let Vite poll"));
    person.press("Let Vite poll");
    person.waits_until("the card is open", |person| person.sees_part("CHOKIDAR_USEPOLLING=1 node "));
    assert!(person.sees_part("ignored: ['**/.venv/**']"), "the line for its settings, which are code, is shown");
    let before = fs::read_to_string(watched.project.path().join("package.json")).unwrap();
    assert!(!before.contains("CHOKIDAR"), "nothing is changed by looking at it");
    assert!(person.sees("Let the editor watch fewer folders"), "the editor's card stands beside it");
    held(&mut watched.vite);
}

#[test]
fn the_card_is_told_in_chinese_as_well() {
    let watched = Watched::start();
    let mut person = watched.in_the_window(Language::Chinese);
    person.press("修复");
    person.waits_until("the offers are made", |person| person.sees("让 Vite 改用轮询"));
    person.press("让 Vite 改用轮询");
    person.waits_until("the card is open", |person| person.sees_part("CHOKIDAR_USEPOLLING=1 node "));
}
