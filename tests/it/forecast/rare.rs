//! Shapes that are rarer, and ways to choose what to import that many apps share.

use super::{all_equal, difference};
use crate::support::streamlit::{Installed, Project, installations};
use inotify_doctor::project::Python;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

const EMPTY: &str = "";

#[test]
fn menus_made_by_hand() {
    all_equal(|| {
        vec![
            (
                "a class that collects pages",
                Project::of(&[
                    (
                        "app.py",
                        "import streamlit as st\nfrom multi import MultiApp\nfrom apps import home, data\n\
                         app = MultiApp()\napp.add_app('Home', home.app)\napp.add_app('Data', data.app)\napp.run()\n",
                    ),
                    (
                        "multi.py",
                        "import streamlit as st\nclass MultiApp:\n    def __init__(self):\n        self.apps = []\n\
                         \x20   def add_app(self, title, func):\n        self.apps.append({'title': title, 'function': func})\n\
                         \x20   def run(self):\n        app = st.selectbox('Go', self.apps, format_func=lambda a: a['title'])\n\
                         \x20       app['function']()\n",
                    ),
                    ("apps/__init__.py", EMPTY),
                    ("apps/home.py", "def app():\n    import for_home.x\n"),
                    ("apps/data.py", "def app():\n    import for_data.x\n"),
                    ("for_home/x.py", EMPTY),
                    ("for_data/x.py", EMPTY),
                ]),
            ),
            (
                "a dictionary of functions",
                Project::of(&[
                    (
                        "app.py",
                        "import streamlit as st\nfrom apps.home import show as home\nfrom apps.data import show as data\n\
                         PAGES = {'Home': home, 'Data': data}\n\
                         def main():\n    with st.sidebar:\n        page = st.radio('Go', list(PAGES.keys()), index=1)\n    PAGES[page]()\n\
                         main()\n",
                    ),
                    ("apps/home.py", "def show():\n    import for_home.x\n"),
                    ("apps/data.py", "def show():\n    import for_data.x\n"),
                    ("for_home/x.py", EMPTY),
                    ("for_data/x.py", EMPTY),
                ]),
            ),
            (
                "state of the session and of the address",
                Project::of(&[
                    (
                        "app.py",
                        "import streamlit as st\nimport importlib\n\
                         if 'page' not in st.session_state:\n    st.session_state['page'] = 'home'\n\
                         if 'user' not in st.session_state:\n    import login.x\n\
                         if st.session_state.page == 'home':\n    import home.x\nelse:\n    import away.x\n\
                         if st.session_state.get('admin'):\n    import admin.x\n\
                         importlib.import_module('views.' + st.query_params.get('view', 'main'))\n\
                         if 'debug' in st.query_params:\n    import debug.x\n",
                    ),
                    ("login/x.py", EMPTY),
                    ("home/x.py", EMPTY),
                    ("away/x.py", EMPTY),
                    ("admin/x.py", EMPTY),
                    ("views/main.py", EMPTY),
                    ("debug/x.py", EMPTY),
                ]),
            ),
            (
                "a login",
                Project::of(&[
                    (
                        "app.py",
                        "import streamlit as st\ndef login():\n    import for_login.x\n    if st.button('Log in'):\n        import for_user.x\n\
                         if not st.session_state.get('user', False):\n    login()\n    st.stop()\nimport for_user.x\n",
                    ),
                    ("for_login/x.py", EMPTY),
                    ("for_user/x.py", EMPTY),
                ]),
            ),
            (
                "another page at once",
                Project::of(&[
                    (
                        "app.py",
                        "import streamlit as st\nimport for_main.x\nst.switch_page('pages/two.py')\nimport never.x\n",
                    ),
                    ("pages/one.py", "import for_one.x\n"),
                    // What the second run imports is watched or not, by a race within Streamlit.
                    ("pages/two.py", EMPTY),
                    ("for_main/x.py", EMPTY),
                    ("for_one/x.py", EMPTY),
                    ("never/x.py", EMPTY),
                ]),
            ),
            (
                "tabs, threads, decorators and lazy names",
                Project::of(&[
                    (
                        "app.py",
                        "import streamlit as st\nimport importlib, threading, asyncio\nfrom functools import wraps\nimport lazy\n\
                         for tab, name in zip(st.tabs(['A', 'B']), ['a', 'b']):\n    with tab:\n        importlib.import_module(f'tabs.{name}.view')\n\
                         def work():\n    import in_thread.x\nt = threading.Thread(target=work)\nt.start()\nt.join()\n\
                         async def main():\n    import in_async.x\nasyncio.run(main())\n\
                         def logged(f):\n    @wraps(f)\n    def inner(*args):\n        return f(*args)\n    return inner\n\
                         @logged\ndef wrapped():\n    import in_wrapped.x\nwrapped()\n\
                         @st.cache_data\ndef cached():\n    import in_cached.x\n    return 1\ncached()\n\
                         @st.fragment\ndef part():\n    import in_fragment.x\npart()\n\
                         lazy.Thing\nlist(map(importlib.import_module, ['mapped.x']))\n\
                         COUNT = 0\ndef bump():\n    global COUNT\n    COUNT = 1\nbump()\nif COUNT:\n    import bumped.x\n",
                    ),
                    (
                        "lazy/__init__.py",
                        "def __getattr__(name):\n    if name == 'Thing':\n        from .thing import deep\n        return deep\n    raise AttributeError(name)\n",
                    ),
                    ("lazy/thing/deep.py", EMPTY),
                    ("tabs/a/view.py", EMPTY),
                    ("tabs/b/view.py", EMPTY),
                    ("in_thread/x.py", EMPTY),
                    ("in_async/x.py", EMPTY),
                    ("in_wrapped/x.py", EMPTY),
                    ("in_cached/x.py", EMPTY),
                    ("in_fragment/x.py", EMPTY),
                    ("mapped/x.py", EMPTY),
                    ("bumped/x.py", EMPTY),
                ]),
            ),
        ]
    });
}

#[test]
fn broken_and_odd_files() {
    all_equal(|| {
        let odd = Project::of(&[("app.py", "import lib.x\n"), ("lib/x.py", EMPTY), ("näme with space/新/", EMPTY)]);
        fs::create_dir(odd.path("project").join(OsStr::from_bytes(b"bad\xff\nname"))).unwrap();
        vec![
            ("odd names of folders", odd.link("loop/again", "..")),
            (
                "a script with a mistake",
                Project::of(&[("app.py", "import lib.x\nif True\n    pass\n"), ("lib/x.py", EMPTY)]),
            ),
            (
                "a script with a mistake beside pages",
                Project::of(&[("app.py", "import lib.x\ndef f(:\n"), ("lib/x.py", EMPTY), ("pages/one.py", EMPTY)]),
            ),
            (
                "a module with a mistake",
                Project::of(&[
                    (
                        "app.py",
                        "try:\n    import bad.worse\nexcept SyntaxError:\n    import good.x\nimport bad\nimport after.x\n",
                    ),
                    ("bad/__init__.py", EMPTY),
                    ("bad/worse.py", "import never.x\ndef f(:\n"),
                    ("good/x.py", EMPTY),
                    ("after/x.py", EMPTY),
                    ("never/x.py", EMPTY),
                ]),
            ),
            (
                "files run in other ways",
                Project::of(&[
                    (
                        "app.py",
                        "import runpy, importlib.util, sys\nexec(open('part.py').read())\nrunpy.run_path('script/other.py')\n\
                         spec = importlib.util.spec_from_file_location('byhand', 'hand/made.py')\n\
                         module = importlib.util.module_from_spec(spec)\nsys.modules['byhand'] = module\nspec.loader.exec_module(module)\n\
                         import app\n",
                    ),
                    ("part.py", "import by_exec.x\n"),
                    ("script/other.py", "if __name__ == '__main__':\n    import by_main.x\nimport by_path.x\n"),
                    ("hand/made.py", "import by_hand.x\n"),
                    ("by_exec/x.py", EMPTY),
                    ("by_main/x.py", EMPTY),
                    ("by_path/x.py", EMPTY),
                    ("by_hand/x.py", EMPTY),
                ]),
            ),
            (
                "no compiled files",
                Project::of(&[("app.py", "import lib.x\n"), ("lib/x.py", EMPTY)])
                    .variable("PYTHONDONTWRITEBYTECODE", "1"),
            ),
            (
                "the working folder on PYTHONPATH, and the package by its full name",
                Project::of(&[
                    ("ui/__init__.py", EMPTY),
                    ("ui/app.py", "from ui.parts import a\nimport parts.a\nimport core\n"),
                    ("ui/parts/__init__.py", EMPTY),
                    ("ui/parts/a.py", "from ..shared import b\n"),
                    ("ui/shared/b.py", EMPTY),
                    ("core/__init__.py", "from core.deep import *\n"),
                    ("core/deep/__init__.py", EMPTY),
                    ("node_modules/a/b/", EMPTY),
                ])
                .script("ui/app.py")
                .variable("PYTHONPATH", "."),
            ),
        ]
    });
}

#[test]
fn code_that_organises_itself() {
    all_equal(|| {
        vec![
            (
                "pages found by a pattern",
                Project::of(&[
                    (
                        "ui/app.py",
                        "import streamlit as st\nfrom pathlib import Path\nHERE = Path(__file__).resolve().parent\n\
                         pages = [st.Page(p, title=p.stem.title()) for p in sorted((HERE / 'views').glob('*.py'))]\n\
                         pages.append(st.Page('extra/last.py', default=True))\npg = st.navigation({'All': pages})\npg.run()\n",
                    ),
                    ("ui/views/a.py", "import of_a.x\n"),
                    ("ui/views/b.py", "import of_b.x\n"),
                    ("ui/extra/last.py", "import of_last.x\n"),
                    ("ui/of_a/x.py", EMPTY),
                    ("ui/of_b/x.py", EMPTY),
                    ("ui/of_last/x.py", EMPTY),
                ])
                .script("ui/app.py"),
            ),
            (
                "a registry filled by decorators",
                Project::of(&[
                    (
                        "app.py",
                        "import streamlit as st\nfrom registry import PAGES\nimport views\n\
                         choice = st.sidebar.selectbox('Page', list(PAGES))\nPAGES[choice]()\n",
                    ),
                    ("registry.py", "PAGES = {}\ndef page(name):\n    def keep(f):\n        PAGES[name] = f\n        return f\n    return keep\n"),
                    ("views/__init__.py", "from . import one, two\n"),
                    ("views/one.py", "from registry import page\n@page('One')\ndef show():\n    import of_one.x\n"),
                    ("views/two.py", "from registry import page\n@page('Two')\ndef show():\n    import of_two.x\n"),
                    ("of_one/x.py", EMPTY),
                    ("of_two/x.py", EMPTY),
                ]),
            ),
            (
                "classes that inherit",
                Project::of(&[
                    ("start me.py", "from src.main import main\nif __name__ == '__main__':\n    main()\n"),
                    (
                        "src/main.py",
                        "from .base import Base\nclass Home(Base):\n    def __init__(self):\n        super().__init__('home')\n\
                         \x20   def content(self):\n        import of_content.x\n    def unused(self):\n        import of_unused.x\n\
                         def main():\n    page = Home()\n    page.render()\n    print(page.name)\n",
                    ),
                    (
                        "src/base.py",
                        "class Root:\n    def __init__(self):\n        import of_root.x\nclass Base(Root):\n    def __init__(self, title):\n\
                         \x20       super().__init__()\n        self.title = title\n    def render(self):\n        self.content()\n\
                         \x20   @property\n    def name(self):\n        import of_property.x\n        return self.title\n",
                    ),
                    ("of_content/x.py", EMPTY),
                    ("of_unused/x.py", EMPTY),
                    ("of_root/x.py", EMPTY),
                    ("of_property/x.py", EMPTY),
                ])
                .script("start me.py"),
            ),
            (
                "a relative import in the script",
                Project::of(&[("app.py", "import first.x\nfrom .first import x\nimport second.x\n"), ("first/x.py", EMPTY), ("second/x.py", EMPTY)]),
            ),
            (
                "folders within folders, all named",
                Project::of(&[("a/b/ui/app.py", "import lib.x\n"), ("a/b/ui/lib/x.py", EMPTY), ("a/c/.venv/d/", EMPTY)])
                    .link("short", "a/b")
                    .script("a/b/ui/app.py")
                    .variable("PYTHONPATH", "{}/project/a/b:{}/project/a/b/ui/lib:{}/project")
                    .flag("--server.folderWatchList=a")
                    .flag("--server.folderWatchList=short")
                    .flag("--server.folderWatchList=a/c/.venv"),
            ),
            (
                "pages with odd names",
                Project::of(&[
                    ("app.py", "from pages.common import tool\n"),
                    ("pages/1_🎈_Élan vital.py", EMPTY),
                    ("pages/_hidden.py", EMPTY),
                    ("pages/.dot.py", EMPTY),
                    ("pages/common/tool.py", EMPTY),
                    ("pages/data/x/", EMPTY),
                ]),
            ),
        ]
    });
}

/// An environment inside the project, made with the interpreter of another whose packages it borrows.
fn own_environment(project: &Project, with: &Installed, name: &str) -> Installed {
    let folder = project.path("project").join(name);
    let made = Command::new(&with.python.executable).args(["-m", "venv", "--without-pip"]).arg(&folder).status();
    assert!(made.unwrap().success(), "an environment can be made");
    let lib = fs::read_dir(folder.join("lib")).unwrap().next().unwrap().unwrap().path();
    let packages = lib.join("site-packages");
    fs::write(packages.join("borrowed.pth"), with.python.site_packages[0].to_str().unwrap()).unwrap();
    fs::write(packages.join("editable.pth"), project.path("project/src").to_str().unwrap()).unwrap();
    fs::create_dir_all(folder.join("bin")).unwrap();
    let script = format!(
        "#!{0}/bin/python\nimport sys\nfrom streamlit.web.cli import main\nsys.exit(main())\n",
        folder.display()
    );
    fs::write(folder.join("bin/streamlit"), script).unwrap();
    fs::set_permissions(folder.join("bin/streamlit"), fs::Permissions::from_mode(0o755)).unwrap();
    let python = Python { executable: folder.join("bin/python"), site_packages: vec![packages], ..with.python.clone() };
    Installed { name: with.name, python }
}

#[test]
fn an_environment_and_an_editable_package_inside_the_project() {
    for with in installations() {
        for (name, as_module) in [("env", false), (".venv", true)] {
            let mut project = Project::of(&[
                ("app.py", "import mine.core\nimport local.x\n"),
                ("src/mine/__init__.py", EMPTY),
                ("src/mine/core/__init__.py", EMPTY),
                ("local/x.py", EMPTY),
            ]);
            if as_module {
                project = project.started_as_module();
            }
            let own = own_environment(&project, &with, name);
            let wrong = difference(&own, &("an environment in the project", project));
            assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
        }
    }
}
