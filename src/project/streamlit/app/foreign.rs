//! Knowledge of the standard library: paths, the environment, and functions that call others.

use super::arguments::Arguments;
use super::value::Value;
use super::{Flow, Frame, Interpreter, files, paths};
use crate::guarded;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

impl Interpreter<'_> {
    /// `module.name` of a foreign module.
    pub(super) fn foreign_attribute(&self, module: &str, name: &str) -> Value {
        match (module, name) {
            ("sys", "platform") => Value::text("linux"),
            ("os", "name") => Value::text("posix"),
            ("os", "sep") => Value::text("/"),
            ("sys", "version_info") => self.python_version(),
            ("typing_extensions", "TYPE_CHECKING") => Value::foreign("typing.TYPE_CHECKING"),
            ("streamlit", "sidebar" | "main") => Value::foreign("streamlit"),
            _ => Value::foreign(&format!("{module}.{name}")),
        }
    }

    /// `(3, 11)` from the name of a packages' folder; unknown without one.
    fn python_version(&self) -> Value {
        let folders = self.python.map(|python| python.site_packages.as_slice()).unwrap_or_default();
        let version = folders.iter().flat_map(|folder| folder.iter()).find_map(|part| {
            let (major, minor) = part.to_str()?.strip_prefix("python")?.split_once('.')?;
            Some((major.parse().ok()?, minor.parse().ok()?))
        });
        version.map_or(Value::Unknown, |(major, minor)| Value::list(vec![Value::Int(major), Value::Int(minor)]))
    }

    /// A variable of the app's environment.
    pub(super) fn variable(&self, name: &str, default: Value) -> Value {
        let value = self.launch.variables.get(OsStr::new(name));
        value.map_or(default, |value| Value::Text(value.to_string_lossy().into_owned()))
    }

    /// Calls a function of an installed or standard module.
    pub(super) fn call_foreign(&mut self, frame: &Frame, name: &str, arguments: &Arguments) -> Value {
        if let Some(value) = self.call_session(name, arguments) {
            return value;
        }
        if name.starts_with("streamlit.") || name.starts_with("streamlit_") {
            return self.call_streamlit(name, arguments);
        }
        if let Some(value) = self.import_function(frame, name, arguments) {
            return value;
        }
        let first = arguments.in_order.first();
        match name {
            "os.path.dirname" => path_of(first, |path| Some(paths::folder(path))),
            "os.path.abspath" | "os.path.normpath" => {
                path_of(first, |path| Some(paths::absolute(path, &self.launch.cwd)))
            }
            "os.path.realpath" => path_of(first, |path| Some(paths::real(&paths::absolute(path, &self.launch.cwd)))),
            "os.path.expanduser" | "os.fspath" | "builtins.str" | "os.fsdecode" => {
                first.and_then(Value::as_text).map_or(Value::Unknown, Value::Text)
            }
            "os.path.basename" => path_of(first, |path| Some(PathBuf::from(path.file_name().unwrap_or_default()))),
            "os.path.splitext" => first.and_then(Value::as_path).map_or(Value::Unknown, |path| split_extension(&path)),
            "os.path.join" => join(&arguments.in_order).map_or(Value::Unknown, |path| text(&path)),
            "os.path.exists" => self.asks(first, guarded::exists),
            "os.path.isdir" => self.asks(first, guarded::is_folder),
            "os.path.isfile" => self.asks(first, guarded::is_file),
            "os.getcwd" => text(&self.launch.cwd),
            "pathlib.Path.cwd" => Value::Path(self.launch.cwd.clone()),
            "pathlib.Path" | "pathlib.PurePath" | "pathlib.PosixPath" => {
                join(&arguments.in_order).map_or(Value::Unknown, Value::Path)
            }
            "os.environ.get" | "os.getenv" => {
                let default = arguments.in_order.get(1).cloned().unwrap_or(Value::None);
                first.and_then(Value::as_text).map_or(Value::Unknown, |name| self.variable(&name, default))
            }
            "os.listdir" => self.list_folder(first),
            "glob.glob" => self.glob(first),
            "platform.system" => Value::text("Linux"),
            "builtins.list" | "builtins.tuple" | "builtins.sorted" | "builtins.iter" | "builtins.set" => {
                first.and_then(super::value::items).map_or(Value::Unknown, Value::list)
            }
            "builtins.enumerate" => first.and_then(super::value::items).map_or(Value::Unknown, |items| {
                Value::list(items.into_iter().map(|item| Value::list(vec![Value::Unknown, item])).collect())
            }),
            "builtins.zip" => zip(&arguments.in_order),
            "builtins.map" => self.map(frame, arguments),
            "builtins.len" => first
                .and_then(super::value::items)
                .map_or(Value::Unknown, |items| i64::try_from(items.len()).map_or(Value::Unknown, Value::Int)),
            "builtins.range" => match first {
                Some(Value::Int(0)) => Value::list(Vec::new()),
                _ => Value::Unknown,
            },
            "builtins.getattr" => match (first.cloned(), arguments.text(1, "")) {
                (Some(object), Some(name)) => self.attribute(&object, &name),
                _ => Value::Unknown,
            },
            "builtins.bool" => first.and_then(Value::truth).map_or(Value::Unknown, Value::Bool),
            "builtins.open" | "io.open" | "tokenize.open" => match first.and_then(Value::as_path) {
                Some(path) if path.extension().is_some_and(|end| end == "py") => {
                    Value::Code(self.launch.cwd.join(path))
                }
                _ => Value::Unknown,
            },
            "builtins.compile" => first.cloned().unwrap_or(Value::Unknown),
            "builtins.super" => self.super_object(frame),
            "sys.exit" | "builtins.exit" | "builtins.quit" | "os._exit" => self.raise(Flow::Stop { again: false }),
            "typing.cast" => arguments.in_order.get(1).cloned().unwrap_or(Value::Unknown),
            "functools.partial" => first.cloned().unwrap_or(Value::Unknown),
            _ => self.call_arguments(frame, arguments),
        }
    }

    /// `super()`: the method's function stands in the scope of its class.
    fn super_object(&self, frame: &Frame) -> Value {
        let parent = self.scopes[frame.scope].parent;
        let class = self.classes.iter().position(|class| Some(class.scope) == parent);
        class.map_or(Value::Unknown, |class| Value::Super(class, Box::new(self.lookup(frame.scope, "self"))))
    }

    /// Functions handed to foreign code (`Thread(target=f)`, `map(f, …)`) are taken as called.
    fn call_arguments(&mut self, frame: &Frame, arguments: &Arguments) -> Value {
        let named = arguments.named.iter().filter(|(name, _)| !name.starts_with("on_")).map(|(_, value)| value);
        let handed: Vec<Value> = arguments.in_order.iter().chain(named).cloned().collect();
        for value in handed {
            if let Value::Function(_) | Value::Bound(..) = value {
                self.call(frame, &value, Arguments::default());
            }
        }
        Value::Unknown
    }

    /// `map(function, items)`
    fn map(&mut self, frame: &Frame, arguments: &Arguments) -> Value {
        let Some(function) = arguments.in_order.first().cloned() else { return Value::Unknown };
        match arguments.in_order.get(1).and_then(super::value::items) {
            Some(items) => {
                let call = |item| self.call(frame, &function, Arguments::of(vec![item]));
                Value::list(items.into_iter().map(call).collect())
            }
            None => {
                self.call(frame, &function, Arguments::default());
                Value::Unknown
            }
        }
    }

    /// Keeps what was raised until the statement ends.
    pub(super) fn raise(&mut self, flow: Flow) -> Value {
        self.raised = Some(flow);
        Value::Unknown
    }

    /// A method of a value that is known.
    pub(super) fn call_method(&mut self, frame: &Frame, object: &Value, name: &str, arguments: &Arguments) -> Value {
        if super::assign::adds(object, name, arguments) {
            return Value::None;
        }
        match (object, name) {
            (Value::Foreign(_), method) => self.session_method(method, arguments),
            (Value::Page(page), "run") => self.run_page(frame, page),
            (Value::Code(_), "read" | "encode" | "decode") => object.clone(),
            (Value::Spec(..), "exec_module") => {
                if let Some(Value::Spec(file)) = arguments.in_order.first() {
                    self.run_file_as_module(file);
                }
                Value::None
            }
            (Value::Dict(_), "get") => match files::method(object, name, arguments, &self.launch.cwd) {
                Value::Unknown => arguments.in_order.get(1).cloned().unwrap_or(Value::Unknown),
                found => found,
            },
            _ => files::method(object, name, arguments, &self.launch.cwd),
        }
    }

    fn asks(&self, path: Option<&Value>, question: impl Fn(&Path) -> bool) -> Value {
        path.and_then(Value::as_path).map_or(Value::Unknown, |path| Value::Bool(question(&self.launch.cwd.join(path))))
    }

    /// `glob.glob("folder/*.py")`
    fn glob(&self, pattern: Option<&Value>) -> Value {
        let Some(path) = pattern.and_then(Value::as_path) else { return Value::Unknown };
        let folder = path.parent().unwrap_or(Path::new(""));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match files::below(folder, files::matching(&self.launch.cwd.join(folder), &name)) {
            Value::List(found) => Value::list(found.all().iter().filter_map(Value::as_text).map(Value::Text).collect()),
            other => other,
        }
    }

    fn list_folder(&self, folder: Option<&Value>) -> Value {
        let folder = match folder {
            None => Some(self.launch.cwd.clone()),
            Some(folder) => folder.as_path().map(|folder| self.launch.cwd.join(folder)),
        };
        folder.and_then(|folder| files::entries(&folder)).map_or(Value::Unknown, |entries| {
            let name =
                |entry: PathBuf| Value::Text(entry.file_name().unwrap_or_default().to_string_lossy().into_owned());
            Value::list(entries.into_iter().map(name).collect())
        })
    }
}

fn text(path: &Path) -> Value {
    Value::Text(path.to_string_lossy().into_owned())
}

fn path_of(value: Option<&Value>, change: impl Fn(&Path) -> Option<PathBuf>) -> Value {
    value.and_then(Value::as_path).and_then(|path| change(&path)).map_or(Value::Unknown, |path| text(&path))
}

fn join(parts: &[Value]) -> Option<PathBuf> {
    let parts: Option<Vec<PathBuf>> = parts.iter().map(Value::as_path).collect();
    Some(parts?.iter().fold(PathBuf::new(), |path, part| path.join(part)))
}

/// `zip(…)`; of an endless unknown one, such as `st.tabs(…)`, each entry is the same.
fn zip(lists: &[Value]) -> Value {
    let Some(length) = lists.iter().filter_map(|list| Some(super::value::items(list)?.len())).min() else {
        return Value::Unknown;
    };
    let row = |place: usize| {
        let entry = |list: &Value| match (super::value::items(list), list) {
            (Some(items), _) => items[place].clone(),
            (None, Value::Foreign(_)) => list.clone(),
            (None, _) => Value::Unknown,
        };
        Value::list(lists.iter().map(entry).collect())
    };
    Value::list((0..length).map(row).collect())
}

fn split_extension(path: &Path) -> Value {
    let end = path.extension().map_or_else(String::new, |end| format!(".{}", end.to_string_lossy()));
    let whole = path.to_string_lossy();
    Value::list(vec![Value::text(whole.strip_suffix(end.as_str()).unwrap_or(&whole)), Value::Text(end)])
}
