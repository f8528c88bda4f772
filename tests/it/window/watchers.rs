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
use inotify_doctor::window::settings::{ThemeChoice, WindowSettings};
use inotify_doctor::words::Language;
use std::fs;
use std::path::PathBuf;

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

    assert!(person.sees_part("What reduces Vite ("), "below the table, where it is not cut");

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

/// uvicorn in a project with a package of its own, a folder beside it, and an environment.
fn with_uvicorn() -> (Project, Running) {
    let project = Project::of(&[
        "api/main.py: app = None",
        "api/routes/x.py",
        "lib/a/b.py",
        "docs/x/y.md",
        ".venv/pyvenv.cfg: home = /usr/bin",
        ".hidden/x",
    ]);
    (0..20).for_each(|at| project.put(&format!(".venv/lib/p{at}/x.py")));
    let start = Start::python("uvicorn-0.54", "uvicorn", "api.main:app --port 0 --reload");
    let line = start.command.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    fs::write(project.path().join("dev.sh"), format!("#!/bin/sh\nexec {line}\n")).unwrap();
    let start = start.with("PYTHONDONTWRITEBYTECODE", "1");
    let mut running = start.run(&project.path());
    held(&mut running);
    (project, running)
}

fn opened(project: &Project, language: Language) -> Person {
    opened_at(project, language, [1400.0, 3000.0], WindowSettings::default())
}

fn opened_at(project: &Project, language: Language, size: [f32; 2], settings: WindowSettings) -> Person {
    let home = project.path().parent().unwrap().join("home");
    let variables = [("HOME".into(), home.into()), ("PATH".into(), "/usr/bin:/bin".into())].into();
    let request = Request { project: Some(project.path()), variables, ..Request::default() };
    let survey = Survey::take(&request, &Progress::default()).unwrap();
    Opened { size, request, language, settings, ..Opened::default() }.open().shown(survey)
}

#[test]
fn the_folders_that_uvicorn_shall_watch_are_chosen_written_and_taken_back() {
    let (project, running) = with_uvicorn();
    let script = project.path().join("dev.sh");
    let before = fs::read_to_string(&script).unwrap();
    let mut person = opened(&project, Language::English);
    person.press("Fix");
    person.waits_until("the offers are made", |person| person.sees("Let uvicorn poll"));
    person.press("Let uvicorn poll");
    person.waits_until("the card is open", |person| person.sees("watch only some folders"));
    person.press("watch only some folders");
    // The package that the app is in is chosen already.
    person.waits_until("the choice is shown", |person| person.sees_part("--reload-dir api"));
    assert!(person.sees("Let uvicorn watch fewer folders") && person.sees("lib (2 watches)"));
    assert!(!person.sees_part(".venv (") && !person.sees_part(".hidden ("), "what nobody edits is no choice");
    person.press("lib (2 watches)");
    person.waits_until("both are in the plan", |person| person.sees_part("--reload-dir api --reload-dir lib"));
    assert_eq!(fs::read_to_string(&script).unwrap(), before, "nothing is changed by looking at it");
    person.press("Apply");
    let after = before.replace("--reload\n", "--reload --reload-dir api --reload-dir lib\n");
    person.waits_until("it is written", |_| fs::read_to_string(&script).unwrap() == after);
    drop(running);
    let start = Start { command: vec!["sh".into(), "dev.sh".into()], ..Start::default() };
    let (_, now) = start.with("PYTHONDONTWRITEBYTECODE", "1").run(&project.path()).held(false);
    assert_eq!(now.len(), 4, "api, api/routes, lib, lib/a");
    person.press("Fix");
    person.waits_until("it can be taken back", |person| person.sees("Undo"));
    person.press("Undo");
    person.waits_until("it is taken back", |_| fs::read_to_string(&script).unwrap() == before);
}

#[test]
fn the_folders_are_told_in_chinese_as_well() {
    let (project, _running) = with_uvicorn();
    let mut person = opened(&project, Language::Chinese);
    person.press("修复");
    person.waits_until("the offers are made", |person| person.sees("让 uvicorn 改用轮询"));
    person.press("让 uvicorn 改用轮询");
    person.waits_until("the card is open", |person| person.sees("只监视部分文件夹"));
    person.press("只监视部分文件夹");
    person.waits_until("the choice is shown", |person| person.sees("lib（2 个监视项）"));
}

#[test]
#[ignore = "makes pictures to be looked at: INOTIFY_DOCTOR_TEST_PICTURES=DIR"]
fn the_card_of_folders_is_drawn() {
    let folder = PathBuf::from(std::env::var_os("INOTIFY_DOCTOR_TEST_PICTURES").unwrap());
    let (project, _running) = with_uvicorn();
    let languages = [
        (Language::English, ["Fix", "Let uvicorn poll", "watch only some folders", "Diagnosis", "Details", "Folders"]),
        (Language::Chinese, ["修复", "让 uvicorn 改用轮询", "只监视部分文件夹", "诊断", "详细信息", "文件夹"]),
    ];
    for (language, [fix, poll, some, diagnosis, details, folders]) in languages {
        for theme in [ThemeChoice::Light, ThemeChoice::Dark] {
            for size in [[1024.0, 640.0], [1024.0, 2200.0], [1600.0, 1000.0]] {
                let settings = WindowSettings { theme, ..WindowSettings::default() };
                let mut person = opened_at(&project, language, size, settings);
                let save = |person: &mut Person, page: &str| {
                    let picture = person.harness.render().unwrap();
                    picture
                        .save(folder.join(format!("{page}-{language:?}-{theme:?}-{}x{}.png", size[0], size[1])))
                        .unwrap();
                };
                person.press(diagnosis);
                person.press(details);
                person.press_tab(folders);
                save(&mut person, "folders");
                person.press(fix);
                person.waits_until("the offers are made", |person| person.sees(poll));
                person.press(poll);
                person.waits_until("the card is open", |person| person.sees(some));
                person.press(some);
                person.waits_until("the choice is shown", |person| person.sees_part("--reload-dir api"));
                save(&mut person, "fix");
            }
        }
    }
}
