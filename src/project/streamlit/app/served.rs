//! `app = streamlit.starlette.App("main.py")`: a script that serves another one. Streamlit 1.53 and later look for it in
//! the script that they are given, import that as a module, and run the other one for each session.
//!
//! Follows `streamlit/web/server/app_discovery.py` of 1.67.

use super::Interpreter;
use super::finder::FoundModule;
use super::source::{PythonSource, children, in_field};
use crate::guarded;
use crate::progress::Progress;
use crate::project::{Launch, Python};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use tree_sitter::Node;

/// Streamlit's own class under all its names.
const CLASSES: [&str; 4] = [
    "streamlit.App",
    "streamlit.starlette.App",
    "streamlit.web.server.starlette.App",
    "streamlit.web.server.starlette.starlette_app.App",
];

/// Tells whether this is the class.
pub(super) fn is_app_class(name: &str) -> bool {
    CLASSES.contains(&name)
}

/// The script that `launch` really shows, where the one it is given serves another.
pub(super) fn script(launch: &Launch, python: Option<&Python>, progress: &Progress) -> Option<PathBuf> {
    let looks_for_it = python?
        .site_packages
        .iter()
        .any(|folder| guarded::is_file(&folder.join("streamlit/web/server/app_discovery.py")));
    let source = PythonSource::read(&launch.script, None).filter(|_| looks_for_it)?;
    let mut imports = HashMap::new();
    collect_imports(&source, source.root(), &mut imports);
    if !assigns_app(&source, source.root(), &imports) {
        return None;
    }
    let mut interpreter = Interpreter::new(launch, python, progress);
    interpreter.load_server(&launch.script);
    let served = interpreter.served.take()?;
    let script = super::paths::absolute(&served, &super::paths::folder(&launch.script));
    guarded::is_file(&script).then_some(script)
}

impl Interpreter<'_> {
    /// Imports the script that serves, as the module that it is.
    pub(super) fn load_server(&mut self, script: &Path) {
        let name = script.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // What fails here keeps the app from starting; there is nothing to foretell.
        let _ = self.load(&name, FoundModule::Source { file: script.to_path_buf(), package: None });
        self.raised = None;
    }
}

/// Names of imports, with what they stand for.
fn collect_imports(source: &PythonSource, node: Node<'_>, imports: &mut HashMap<String, String>) {
    if ["import_statement", "import_from_statement"].contains(&node.kind()) {
        let module = node.child_by_field_name("module_name").map(|module| source.text(module) + ".");
        for name in in_field(node, "name") {
            let named = name.child_by_field_name("name").unwrap_or(name);
            let alias = name.child_by_field_name("alias").unwrap_or(named);
            let whole = format!("{}{}", module.as_deref().unwrap_or_default(), source.text(named));
            imports.insert(source.text(alias), whole);
        }
        return;
    }
    children(node).into_iter().for_each(|child| collect_imports(source, child, imports));
}

/// `name = App(…)`, anywhere.
fn assigns_app(source: &PythonSource, node: Node<'_>, imports: &HashMap<String, String>) -> bool {
    let called = (node.kind() == "assignment").then(|| node.child_by_field_name("right")).flatten();
    let called = called.filter(|right| right.kind() == "call").and_then(|call| call.child_by_field_name("function"));
    let is_app = called.is_some_and(|function| {
        let text = source.text(function);
        let (first, rest) = text.split_once('.').map_or((text.as_str(), None), |(first, rest)| (first, Some(rest)));
        let first = imports.get(first).map_or(first, String::as_str);
        is_app_class(&rest.map_or_else(|| first.to_owned(), |rest| format!("{first}.{rest}")))
    });
    is_app || children(node).into_iter().any(|child| assigns_app(source, child, imports))
}
