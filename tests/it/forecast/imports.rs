//! What the script imports, and in which way: every folder with a loaded module is a root of its own.

use super::all_equal;
use crate::support::streamlit::Project;

#[test]
fn packages_and_names() {
    all_equal(|| {
        vec![
            (
                "transitive relative imports",
                Project::of(&[
                    ("app.py", "from pkg.a import x\n"),
                    ("pkg/__init__.py", ""),
                    ("pkg/a.py", "from .b.c import d as x\nfrom . import sibling\n"),
                    ("pkg/sibling.py", "from ..other import nothing\n"),
                    ("pkg/b/__init__.py", "from ..e import *\n"),
                    ("pkg/b/c.py", "from .. import f\nd = 1\n"),
                    ("pkg/e/__init__.py", "__all__ = ['g']\n"),
                    ("pkg/e/g/__init__.py", "import pkg.h.i as renamed, json\n"),
                    ("pkg/f/__init__.py", ""),
                    ("pkg/h/__init__.py", ""),
                    ("pkg/h/i.py", ""),
                    ("pkg/unused/__init__.py", ""),
                ]),
            ),
            (
                "namespace packages",
                Project::of(&[
                    ("app.py", "import space.inner.mod\nimport other_space.thing\nfrom third import part\n"),
                    ("space/inner/mod.py", ""),
                    ("space/data/", ""),
                    ("other_space/thing/__init__.py", ""),
                    ("third/part.py", ""),
                ]),
            ),
            (
                "a namespace package in two places of PYTHONPATH",
                Project::of(&[
                    ("ui/app.py", "import space.one\nimport space.two\n"),
                    ("left/space/one.py", ""),
                    ("right/space/two/__init__.py", ""),
                    ("right/space/data/", ""),
                ])
                .script("ui/app.py")
                .variable("PYTHONPATH", "left:right"),
            ),
            (
                "names of loaded and of other standard modules",
                Project::of(&[
                    ("app.py", "import types, random, calendar\nimport sub.csv\nimport wave\nimport utils, config\n"),
                    ("types/__init__.py", ""),
                    ("random.py", ""),
                    ("calendar/__init__.py", ""),
                    ("sub/csv.py", ""),
                    ("wave/__init__.py", ""),
                    ("utils/__init__.py", ""),
                    ("config/__init__.py", "from .base import *\n"),
                    ("config/base.py", ""),
                ]),
            ),
            (
                "an editable install beside the script",
                Project::of(&[
                    ("ui/app.py", "import sys, os\nsys.path.append(os.path.join(os.path.dirname(__file__), 'src'))\nimport mine.core\n"),
                    ("ui/src/mine/__init__.py", ""),
                    ("ui/src/mine/core/__init__.py", ""),
                ])
                .script("ui/app.py"),
            ),
            (
                "paths computed in the script",
                Project::of(&[
                    (
                        "app.py",
                        "import sys\nfrom pathlib import Path\nROOT = Path(__file__).resolve().parent\n\
                         sys.path.insert(0, str(ROOT / 'lib'))\nsys.path.insert(0, f'{ROOT}/more')\n\
                         import inlib, inmore\nfor name in ('one', 'two'):\n    __import__(f'plugins.{name}')\n",
                    ),
                    ("lib/inlib/__init__.py", ""),
                    ("more/inmore/__init__.py", ""),
                    ("plugins/one/__init__.py", ""),
                    ("plugins/two/__init__.py", ""),
                    ("plugins/three/__init__.py", ""),
                ]),
            ),
            (
                "modules found by listing a folder",
                Project::of(&[
                    (
                        "app.py",
                        "import os, importlib, pkgutil\nfrom pathlib import Path\n\
                         for f in os.listdir(os.path.join(os.path.dirname(__file__), 'views')):\n\
                         \x20   if f.endswith('.py') and not f.startswith('_'):\n\
                         \x20       importlib.import_module(f'views.{f[:-3]}')\n\
                         for p in Path(__file__).parent.joinpath('tools').glob('*.py'):\n\
                         \x20   importlib.import_module('tools.' + p.stem)\n\
                         import plug\nfor _, name, _ in pkgutil.iter_modules(plug.__path__):\n\
                         \x20   importlib.import_module('.' + name, plug.__name__)\n",
                    ),
                    ("views/a.py", "import deps.va"),
                    ("views/_no.py", "import deps.no"),
                    ("tools/b.py", "import deps.vb"),
                    ("plug/__init__.py", ""),
                    ("plug/c/__init__.py", ""),
                    ("deps/va/__init__.py", ""),
                    ("deps/vb/__init__.py", ""),
                    ("deps/no/__init__.py", ""),
                ]),
            ),
            (
                "started as a module from the project",
                Project::of(&[
                    ("ui/app.py", "import core.x\nimport local\n"),
                    ("core/x.py", ""),
                    ("ui/local/__init__.py", "")
                ])
                .script("ui/app.py")
                .started_as_module(),
            ),
        ]
    });
}

#[test]
fn what_runs_and_what_does_not() {
    all_equal(|| {
        vec![
            (
                "functions called and not called",
                Project::of(&[
                    (
                        "app.py",
                        "import streamlit as st\nfrom helpers import load, lazy\nimport later\n\
                         def main():\n    from called import x\n    load()\n    App().run()\n\
                         def other():\n    from uncalled import x\n\
                         class App:\n    def __init__(self):\n        import in_init.x\n    def run(self):\n        import in_run.x\n\
                         \x20   def never(self):\n        import in_never.x\n\
                         if __name__ == '__main__':\n    main()\n\
                         st.button('x', on_click=other)\nif st.button('y'):\n    later.go()\n",
                    ),
                    ("helpers.py", "def load():\n    import loaded.x\ndef lazy():\n    import lazily.x\n"),
                    ("later.py", "def go():\n    import gone.x\n"),
                    ("called/x.py", ""),
                    ("uncalled/x.py", ""),
                    ("in_init/x.py", ""),
                    ("in_run/x.py", ""),
                    ("in_never/x.py", ""),
                    ("loaded/x.py", ""),
                    ("lazily/x.py", ""),
                    ("gone/x.py", ""),
                ]),
            ),
            (
                "conditions that are known",
                Project::of(&[
                    (
                        "app.py",
                        "from __future__ import annotations\nimport sys, os, typing\nfrom typing import TYPE_CHECKING\n\
                         if TYPE_CHECKING:\n    import a.x\nif typing.TYPE_CHECKING:\n    import b.x\n\
                         if sys.platform == 'win32':\n    import c.x\nelse:\n    import d.x\n\
                         if os.name == 'nt':\n    import e.x\nif sys.version_info >= (3, 8):\n    import f.x\n\
                         if sys.version_info < (3,):\n    import g.x\nDEBUG = False\nif DEBUG:\n    import h.x\n\
                         if os.environ.get('SOMETHING_UNSET'):\n    import i.x\nimport lib\n",
                    ),
                    ("lib.py", "if __name__ == '__main__':\n    import j.x\n"),
                    ("a/x.py", ""),
                    ("b/x.py", ""),
                    ("c/x.py", ""),
                    ("d/x.py", ""),
                    ("e/x.py", ""),
                    ("f/x.py", ""),
                    ("g/x.py", ""),
                    ("h/x.py", ""),
                    ("i/x.py", ""),
                    ("j/x.py", ""),
                ]),
            ),
            (
                "imports that fail and are caught",
                Project::of(&[
                    (
                        "app.py",
                        "try:\n    import not_there.x\nexcept ImportError:\n    import fallback.x\nelse:\n    import otherwise.x\n\
                         try:\n    import there.x\nexcept ModuleNotFoundError:\n    import unneeded.x\nfinally:\n    import finally_.x\n\
                         from contextlib import suppress\nwith suppress(ImportError):\n    import broken.x\n\
                         try:\n    import raises\nexcept Exception:\n    pass\n",
                    ),
                    ("fallback/x.py", ""),
                    ("otherwise/x.py", ""),
                    ("there/x.py", ""),
                    ("unneeded/x.py", ""),
                    ("finally_/x.py", ""),
                    ("broken/x.py", "import missing_thing\nimport after.x\n"),
                    ("after/x.py", ""),
                    ("raises/__init__.py", "import before_raise.x\nraise RuntimeError('no')\nimport after.x\n"),
                    ("before_raise/x.py", ""),
                ]),
            ),
            (
                "a script that ends early",
                Project::of(&[
                    ("app.py", "import streamlit as st\nimport first.x\nst.stop()\nimport second.x\n"),
                    ("first/x.py", ""),
                    ("second/x.py", ""),
                ]),
            ),
            (
                "a script that fails at an import",
                Project::of(&[
                    ("app.py", "import first.x\nimport missing_package\nimport second.x\n"),
                    ("first/x.py", ""),
                    ("second/x.py", ""),
                ]),
            ),
            (
                "the first choice of a menu",
                Project::of(&[
                    (
                        "app.py",
                        "import streamlit as st\nwhere = st.sidebar.selectbox('Go to', ['Home', 'Data'])\n\
                         if where == 'Home':\n    import home.x\nelif where == 'Data':\n    import data.x\n\
                         up = st.file_uploader('File')\nif up is not None:\n    import parse.x\n\
                         left, right = st.columns(2)\nwith left:\n    if left.button('go'):\n        import pressed.x\n",
                    ),
                    ("home/x.py", ""),
                    ("data/x.py", ""),
                    ("parse/x.py", ""),
                    ("pressed/x.py", ""),
                ]),
            ),
        ]
    });
}

#[test]
fn pages() {
    all_equal(|| {
        vec![
            (
                "a folder of pages",
                Project::of(&[
                    ("app.py", "import helper.x\n"),
                    ("helper/x.py", ""),
                    ("pages/1_one.py", "import only_on_page.x\n"),
                    ("pages/2_two.py", ""),
                    ("pages/__init__.py", ""),
                    ("pages/sub/deep.py", ""),
                    ("only_on_page/x.py", ""),
                ]),
            ),
            ("a folder of pages without pages", Project::of(&[("app.py", ""), ("pages/data/x/", "")])),
            (
                "a page that is a link to a file elsewhere",
                Project::of(&[("ui/app.py", ""), ("ui/pages/", ""), ("shared/real.py", ""), ("shared/sub/", "")])
                    .link("ui/pages/one.py", "../../shared/real.py")
                    .script("ui/app.py"),
            ),
            (
                "navigation by paths",
                Project::of(&[
                    (
                        "app.py",
                        "import streamlit as st\npg = st.navigation([st.Page('views/first.py'), st.Page('more/second.py', title='2'),\n\
                         \x20   st.Page('extra/third.py', default=True)])\npg.run()\n",
                    ),
                    ("views/first.py", "import lib_a.x\n"),
                    ("more/second.py", "import lib_b.x\n"),
                    ("extra/third.py", "import lib_c.x\nif __name__ == '__main__':\n    import lib_d.x\n"),
                    ("lib_a/x.py", ""),
                    ("lib_b/x.py", ""),
                    ("lib_c/x.py", ""),
                    ("lib_d/x.py", ""),
                    ("pages/unused.py", ""),
                ]),
            ),
            (
                "navigation by functions and sections",
                Project::of(&[
                    (
                        "app.py",
                        "import streamlit as st\nfrom views import home, settings\n\
                         def about():\n    import for_about.x\n\
                         pages = {'Main': [st.Page(home.show, title='Home'), st.Page(settings.show, title='Settings', url_path='s')],\n\
                         \x20        'Other': [st.Page(about)]}\nst.navigation(pages).run()\n",
                    ),
                    ("views/__init__.py", ""),
                    ("views/home.py", "def show():\n    import for_home.x\n"),
                    ("views/settings.py", "def show():\n    import for_settings.x\n"),
                    ("for_home/x.py", ""),
                    ("for_settings/x.py", ""),
                    ("for_about/x.py", ""),
                ]),
            ),
            (
                "navigation outside the folder of the script",
                Project::of(&[
                    ("ui/app.py", "import streamlit as st\nst.navigation(['../pages_elsewhere/a.py', 'b.py'])\n"),
                    ("ui/b.py", ""),
                    ("pages_elsewhere/a.py", "import never.x"),
                    ("pages_elsewhere/deep/er/", ""),
                ])
                .script("ui/app.py"),
            ),
        ]
    });
}
