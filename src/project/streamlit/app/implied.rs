//! What runs without being called by its name: methods that Python itself calls, functions that widgets call, modules
//! that libraries import by a text.

use super::arguments::Arguments;
use super::finder::{self, FoundModule};
use super::source::{PythonSource, children, is_in_names};
use super::value::{Value, items};
use super::{Flow, Frame, Interpreter};
use tree_sitter::Node;

/// Functions that are taken as possibly called.
pub(super) const MOST_FUNCTIONS: usize = 2_000;
/// Depth of lists in dictionaries in arguments that are looked through for names.
const DEEPEST_ARGUMENT: usize = 4;

impl Interpreter<'_> {
    /// Calls the methods of the app's classes that nothing has called yet and others call by themselves: Python its
    /// operators, conversions, hooks of classes and what shows an object; a foreign base any of them.
    pub(super) fn call_implied(&mut self) {
        let mut functions = Vec::new();
        for class in &self.classes {
            let names = &self.scopes[class.scope].names;
            let any = class.shape == super::objects::Shape::Foreign;
            let implied = names.iter().filter(|(name, _)| is_implied(name) || any && *name != "__init__");
            functions.extend(implied.filter_map(|(_, value)| match value {
                Value::Function(id) if self.functions[*id].calls == 0 => Some(*id),
                _ => None,
            }));
        }
        functions.sort_unstable();
        for id in functions.into_iter().take(MOST_FUNCTIONS) {
            self.call_openly(id);
        }
    }

    /// Runs a function that may be called, with arguments of which nothing is known.
    pub(super) fn call_openly(&mut self, id: usize) {
        let scope = self.functions[id].scope;
        self.perhaps(scope, |me| {
            me.call_function(id, &Arguments::any());
            Flow::Next
        });
        self.raised = None;
        self.exits = super::Exits::default();
    }

    /// Functions handed to foreign code may be called by it.
    pub(super) fn hand_over(&mut self, frame: &Frame, arguments: &Arguments) {
        let named = arguments.named.iter().filter(|(name, _)| !name.starts_with("on_")).map(|(_, value)| value);
        let handed: Vec<Value> =
            arguments.in_order.iter().chain(named).filter(|value| value.may_be_called()).cloned().collect();
        self.import_what_is_named(arguments);
        for value in handed {
            self.perhaps(frame.scope, |me| {
                match value {
                    Value::Generator(_) => drop(me.iterate(frame, &value)),
                    Value::Class(_) => {}
                    _ => drop(me.call(frame, &value, Arguments::any())),
                }
                Flow::Next
            });
        }
    }

    /// Calls what Streamlit calls of what it is handed. Returns the connection, where it makes one.
    pub(super) fn call_by_streamlit(&mut self, frame: &Frame, name: &str, arguments: &Arguments) -> Option<Value> {
        self.call_format(frame, arguments);
        let connection = self.connection(frame, name, arguments);
        if connection.is_none() {
            self.call_what_is_shown(frame, name, arguments);
        }
        // Its files are looked for at once, in what was built of the package.
        let is_file = |value: &Value| value.as_text().is_some_and(|text| !text.contains('\n'));
        let files = ["js", "css"].iter().filter_map(|kind| arguments.named(kind));
        if name.ends_with("components.v2.component") && files.into_iter().any(is_file) {
            self.may_raise();
        }
        connection
    }

    /// `format_func` of a choice runs once for each option.
    fn call_format(&mut self, frame: &Frame, arguments: &Arguments) {
        let Some(function) = arguments.named("format_func").filter(|value| value.may_be_called()).cloned() else {
            return;
        };
        match arguments.get(1, "options").and_then(items) {
            Some(options) => {
                for option in options {
                    self.for_each_choice(&option, |me, one| me.call(frame, &function, Arguments::of(vec![one])));
                }
            }
            None => self.hand_over(frame, &Arguments::of(vec![function])),
        }
    }

    /// Streamlit goes through generators and calls functions that it is to show: `st.write_stream(words())`. Pages and what
    /// is decorated wait, callbacks too.
    fn call_what_is_shown(&mut self, frame: &Frame, name: &str, arguments: &Arguments) {
        const WAITS: [&str; 12] = [
            "Page",
            "navigation",
            "page_link",
            "switch_page",
            "cache_data",
            "cache_resource",
            "cache",
            "fragment",
            "dialog",
            "help",
            "code",
            "App",
        ];
        let last = name.rsplit(['.', '_']).next().unwrap_or_default();
        let last_word = name.rsplit('.').next().unwrap_or_default();
        if WAITS.contains(&last_word) || last_word.starts_with("experimental_") && WAITS.contains(&last) {
            return;
        }
        let shown = arguments.in_order.iter().filter(|value| value.may_be_called()).cloned();
        let shown: Vec<Value> = shown.collect();
        if !shown.is_empty() {
            self.hand_over(frame, &Arguments::of(shown));
        }
    }

    /// `st.connection(name, type=Class)`: an object of the class, which connects when it is first asked.
    fn connection(&mut self, frame: &Frame, name: &str, arguments: &Arguments) -> Option<Value> {
        let class = arguments.get(1, "type").filter(|_| name.ends_with(".connection"))?;
        let Value::Class(id) = class else { return None };
        let mut made = Value::Unknown;
        self.perhaps(frame.scope, |me| {
            made = me.instantiate(frame, *id, &Arguments::any());
            Flow::Next
        });
        Some(made)
    }

    /// A library that is handed the dotted name of a module may import it: `mock.patch("app.load")`, handlers of
    /// `logging.config`, tasks and servers.
    pub(super) fn import_what_is_named(&mut self, arguments: &Arguments) {
        let mut names = Vec::new();
        arguments.all().for_each(|value| collect(value, 0, &mut names));
        for name in names {
            if let Some(module) = self.module_in(&name) {
                self.perhaps(usize::MAX, |me| {
                    // Where it fails, it was not what was meant.
                    let _ = me.import(&module);
                    Flow::Next
                });
                self.raised = None;
            }
        }
    }

    /// The module of the project that a text such as `package.module:function` begins with.
    fn module_in(&self, text: &str) -> Option<String> {
        let parts: Vec<&str> = text.split(['.', ':']).collect();
        let (first, rest) = parts.split_first()?;
        let mut found = self.finder.find(first)?;
        let mut known = 1;
        for part in rest {
            let folders = match &found {
                FoundModule::Source { package: Some(folder), .. } => vec![folder.clone()],
                FoundModule::Namespace(folders) => folders.clone(),
                FoundModule::Source { .. } | FoundModule::Binary(_) | FoundModule::Foreign => break,
            };
            let Some(next) = finder::find_in(&folders, part) else { break };
            (found, known) = (next, known + 1);
        }
        let FoundModule::Source { file, .. } = found else { return None };
        // `model.pkl` is a file, also beside a module of that name.
        let is_meant = match parts.get(known) {
            None => true,
            Some(name) => {
                let source = PythonSource::read(&file, self.finder.minor)?;
                super::exports::bound_names(&source).contains(*name)
            }
        };
        is_meant.then(|| parts[..known].join("."))
    }

    /// An annotation runs where the definition does, before Python 3.14; only calls in it matter.
    pub(super) fn annotation(&mut self, frame: &Frame, node: Option<Node<'_>>) {
        let put_off = self.finder.minor.is_some_and(|minor| minor >= 14);
        let Some(node) = node.filter(|node| !put_off && holds(*node, "call")) else { return };
        let root = children(frame.source.root());
        let is_text = |child: &Node<'_>| {
            child.kind() == "future_import_statement" && frame.source.text(*child).contains("annotations")
        };
        if !root.iter().any(is_text) {
            self.value(frame, node);
        }
    }
}

/// Tells whether Python calls a method of this name by itself. `__init__` is called by the making of an object, which is
/// followed.
fn is_implied(name: &str) -> bool {
    name.starts_with("__") && name.ends_with("__") && !["__init__", "__post_init__"].contains(&name)
        || name.starts_with("_repr_")
}

/// Texts that look like dotted names: `package.module`, `package.module:function`.
fn collect(value: &Value, depth: usize, names: &mut Vec<String>) {
    let is_name =
        |part: &str| part.starts_with(|c: char| c.is_alphabetic() || c == '_') && part.chars().all(is_in_names);
    match value {
        _ if depth > DEEPEST_ARGUMENT => {}
        Value::Text(text) => {
            let dotted = text.len() < 200 && text.contains(['.', ':']) && text.split(['.', ':']).all(is_name);
            if dotted && !text.ends_with(".py") {
                names.push(text.clone());
            }
        }
        Value::List(entries) => entries.all().iter().for_each(|entry| collect(entry, depth + 1, names)),
        Value::Dict(entries) => entries.all().iter().for_each(|(_, entry)| collect(entry, depth + 1, names)),
        _ => {}
    }
}

/// Tells whether a node of this kind stands anywhere in a node.
pub(super) fn holds(node: Node<'_>, kind: &str) -> bool {
    node.kind() == kind || children(node).into_iter().any(|child| holds(child, kind))
}
