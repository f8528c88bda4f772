//! Projects of different shapes: where the script is, what lies beside it, where it is started.

use super::all_equal;
use crate::support::streamlit::Project;

const HELLO: &str = "import streamlit as st\nst.write('hello')\n";

#[test]
fn folders_around_the_script() {
    all_equal(|| {
        vec![
            ("a plain script", Project::of(&[("app.py", HELLO)])),
            (
                "packages, data and hidden folders",
                Project::of(&[
                    ("app.py", HELLO),
                    (".venv/lib/python3.11/site-packages/x/y/z.py", ""),
                    ("node_modules/a/b/c.js", ""),
                    (".git/objects/aa/1", ""),
                    ("data/2024/01/", ""),
                ]),
            ),
            (
                "a script in a sub-folder, started from the project",
                Project::of(&[("ui/app.py", HELLO), ("ui/assets/img/", ""), ("data/a/b/c/", "")]).script("ui/app.py"),
            ),
            (
                "started from elsewhere",
                Project::of(&[("ui/app.py", HELLO), ("ui/assets/img/", "")]).cwd("home").script("../project/ui/app.py"),
            ),
            (
                "a script given as a link",
                Project::of(&[
                    ("real/main.py", "import helper\nimport beside_link\n"),
                    ("real/helper.py", ""),
                    ("real/sub/", ""),
                    ("links/beside_link.py", ""),
                    ("links/helper.py", ""),
                ])
                .link("links/app.py", "../real/main.py")
                .script("links/app.py"),
            ),
            (
                "links to folders",
                Project::of(&[("app.py", "import linked.x\n"), ("ui/x/y/", ""), ("other/pkg/x.py", "")])
                    .link("ui/up", "..")
                    .link("linked", "other/pkg")
                    .link("gone", "nowhere"),
            ),
            (
                "a link as working folder",
                Project::of(&[("inner/app.py", "import helper\n"), ("inner/helper.py", ""), ("inner/d/", "")])
                    .link("short", "inner")
                    .cwd("project/short"),
            ),
            (
                "a folder whose name is a pattern",
                Project::of(&[("app[1]/app.py", "import lib.x\n"), ("app[1]/lib/x.py", ""), ("app1/lib/y/", "")])
                    .script("app[1]/app.py"),
            ),
            (
                "everything in a hidden folder",
                Project::of(&[(".work/app.py", "import lib.x\n"), (".work/lib/x.py", "")]).script(".work/app.py"),
            ),
        ]
    });
}

#[test]
fn folders_named_by_settings_and_variables() {
    all_equal(|| {
        vec![
            (
                "PYTHONPATH inside and outside",
                Project::of(&[
                    ("ui/app.py", "import shared.core\nimport near\nimport far\n"),
                    ("shared/__init__.py", ""),
                    ("shared/core/__init__.py", "from . import deep\nfrom .deep import more\n"),
                    ("shared/core/deep/__init__.py", ""),
                    ("shared/core/deep/more.py", ""),
                    ("shared/data/x/", ""),
                    ("libs/near.py", ""),
                    ("libs/unused/sub/", ""),
                    ("ui/far.py", ""),
                ])
                .script("ui/app.py")
                .variable("PYTHONPATH", "{}/project:libs"),
            ),
            (
                "one entry of PYTHONPATH, empty",
                Project::of(&[("ui/app.py", "import shared\n"), ("shared.py", ""), ("data/x/", "")])
                    .script("ui/app.py")
                    .variable("PYTHONPATH", ":/nonexistent"),
            ),
            (
                "PYTHONPATH through a link",
                Project::of(&[("ui/app.py", "import mod\n"), ("real/mod.py", ""), ("real/x/", "")])
                    .link("short", "real")
                    .script("ui/app.py")
                    .variable("PYTHONPATH", "short"),
            ),
            (
                "a list of further folders",
                Project::of(&[("ui/app.py", HELLO), ("ui/in/x/", ""), ("data/a/b/", ""), ("plain.txt", "")])
                    .script("ui/app.py")
                    .flag("--server.folderWatchList=data")
                    .flag("--server.folderWatchList=ui/in")
                    .flag("--server.folderWatchList=missing")
                    .flag("--server.folderWatchList=plain.txt"),
            ),
            (
                "a list in the environment",
                Project::of(&[("app.py", HELLO), ("data/a/", ""), ("more/b/c/", "")])
                    .variable("STREAMLIT_SERVER_FOLDER_WATCH_LIST", "data {}/project/more {}/home"),
            ),
            (
                "a blacklist for modules",
                Project::of(&[
                    ("app.py", "import keep.a\nimport drop.b\n"),
                    ("keep/a.py", ""),
                    ("drop/b.py", ""),
                    (".streamlit/config.toml", "[server]\nfolderWatchBlacklist = ['**/drop']\n"),
                ]),
            ),
            (
                "secrets, read by the app",
                Project::of(&[
                    ("ui/app.py", "import streamlit as st\nst.write(st.secrets['a'])\n"),
                    (".streamlit/secrets.toml", "a = 1\n"),
                    (".streamlit/extra/", ""),
                ])
                .script("ui/app.py"),
            ),
            (
                "config files in three places",
                Project::of(&[
                    ("ui/app.py", HELLO),
                    (".streamlit/config.toml", "[server]\nrunOnSave = true\n"),
                    (".streamlit/themes/x/", ""),
                    ("ui/.streamlit/config.toml", "[server]\nrunOnSave = true\n"),
                    ("../home/.streamlit/config.toml", "[server]\nrunOnSave = true\n"),
                ])
                .script("ui/app.py"),
            ),
        ]
    });
}
