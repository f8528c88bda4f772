//! Knowledge of the standard library: paths, the environment, and functions that call others.

use super::arguments::Arguments;
use super::stops::StopReason;
use super::value::{Shared, Value, items};
use super::{Flow, Frame, Interpreter, files, paths};
use crate::guarded;
use std::path::{Path, PathBuf};
use std::rc::Rc;

impl Interpreter<'_> {
    /// `module.name` of a foreign module.
    pub(super) fn foreign_attribute(&mut self, module: &str, name: &str) -> Value {
        if module == "streamlit" && self.exports.lacks_name(module, name) {
            let reason = StopReason::MissingName { module: module.to_owned(), name: name.to_owned() };
            return self.raise_for("AttributeError", reason);
        }
        match (module, name) {
            ("sys", "platform") => Value::text("linux"),
            ("os", "name") => Value::text("posix"),
            ("os", "sep") => Value::text("/"),
            ("sys", "version_info") => self.python_version(),
            // Whoever asks for these finds modules in ways of their own.
            ("sys", "meta_path" | "path_hooks") => {
                self.sweep.path = true;
                Value::Opaque
            }
            ("typing_extensions", "TYPE_CHECKING") => Value::foreign("typing.TYPE_CHECKING"),
            ("streamlit", "sidebar" | "main" | "_main") => Value::foreign(super::widgets::CONTAINER),
            _ => Value::foreign(&format!("{module}.{name}")),
        }
    }

    /// `(3, 11)` from the name of a packages' folder; unknown without one.
    fn python_version(&self) -> Value {
        let fields = Rc::new(["major", "minor"].map(str::to_owned).to_vec());
        let of = |minor| Value::Named(fields, Shared::of(vec![Value::Int(3), Value::Int(minor)]));
        self.finder.minor.and_then(|minor| i64::try_from(minor).ok()).map_or(Value::Opaque, of)
    }

    /// Calls a function of an installed or standard module.
    pub(super) fn call_foreign(&mut self, frame: &Frame, name: &str, arguments: &Arguments) -> Value {
        if let Some(value) = self.call_session(name, arguments) {
            return value;
        }
        if name.starts_with("streamlit.") || name.starts_with("streamlit_") {
            let connection = self.call_by_streamlit(frame, name, arguments);
            return connection.unwrap_or_else(|| self.call_streamlit(name, arguments));
        }
        let known = self
            .import_function(frame, name, arguments)
            .or_else(|| self.reads_or_writes(name, arguments))
            .or_else(|| self.environment_function(name, arguments))
            .or_else(|| self.container_function(frame, name, arguments))
            .or_else(|| self.function_on_entries(frame, name, arguments))
            .or_else(|| self.reflection(frame, name, arguments));
        known.unwrap_or_else(|| self.call_by_name(frame, name, arguments))
    }

    /// Functions of paths, processes and threads; else one of which nothing is known but its name.
    fn call_by_name(&mut self, frame: &Frame, name: &str, arguments: &Arguments) -> Value {
        let first = arguments.in_order.first();
        match name {
            "os.path.dirname" => path_of(first, |path| Some(paths::folder(path))),
            "os.path.abspath" | "os.path.normpath" => {
                path_of(first, |path| Some(paths::absolute(path, &self.at(Path::new("")))))
            }
            "os.path.realpath" => {
                path_of(first, |path| Some(paths::real(&paths::absolute(path, &self.at(Path::new(""))))))
            }
            "os.path.expanduser" | "os.fspath" | "builtins.str" | "os.fsdecode" => {
                first.and_then(Value::as_text).map_or(Value::Opaque, Value::Text)
            }
            "os.path.basename" => path_of(first, |path| Some(PathBuf::from(path.file_name().unwrap_or_default()))),
            "os.path.splitext" => first.and_then(Value::as_path).map_or(Value::Opaque, |path| split_extension(&path)),
            "os.path.join" => join(&arguments.in_order).map_or(Value::Opaque, |path| text(&path)),
            "os.path.exists" => self.asks_disk(first, guarded::exists),
            "os.path.isdir" => self.asks_disk(first, guarded::is_folder),
            "os.path.isfile" => self.asks_disk(first, guarded::is_file),
            "os.getcwd" => self.cwd.as_deref().map_or(Value::Opaque, text),
            "pathlib.Path.cwd" => self.cwd.clone().map_or(Value::Opaque, Value::Path),
            "os.chdir" => {
                self.change_folder(first);
                Value::None
            }
            "pathlib.Path" | "pathlib.PurePath" | "pathlib.PosixPath" => {
                join(&arguments.in_order).map_or(Value::Opaque, Value::Path)
            }
            "os.makedirs" | "os.mkdir" => {
                self.foreign_calls += 1;
                first.and_then(Value::as_path).into_iter().for_each(|path| self.made_folder(&path));
                Value::None
            }
            "os.listdir" => self.list_folder(first),
            "glob.glob" => self.glob(first),
            "platform.system" => Value::text("Linux"),
            "builtins.bool" => first.and_then(Value::truth).map_or(Value::Opaque, Value::Bool),
            "builtins.open" | "io.open" | "tokenize.open" => match first.and_then(Value::as_path) {
                Some(path) if path.extension().is_some_and(|end| end == "py") => Value::Code(self.at(&path)),
                _ => Value::Opaque,
            },
            "builtins.compile" => first.cloned().unwrap_or(Value::Opaque),
            "sys.exit" | "builtins.exit" | "builtins.quit" | "os._exit" => self.raise(Flow::Stop { again: false }),
            "typing.cast" => arguments.in_order.get(1).cloned().unwrap_or(Value::Opaque),
            "functools.partial" => match arguments.in_order.split_first() {
                Some((function, rest)) => {
                    let rest = Arguments { in_order: rest.to_vec(), ..arguments.clone() };
                    Value::Partial(Rc::new((function.clone(), rest)))
                }
                None => Value::Opaque,
            },
            "threading.Thread" | "multiprocessing.Process" => match arguments.get(1, "target").cloned() {
                Some(target) => {
                    let given = arguments.named("args").and_then(items).unwrap_or_default();
                    Value::Task(Rc::new((target, Arguments::of(given))))
                }
                None => Value::Opaque,
            },
            "asyncio.run"
            | "asyncio.create_task"
            | "asyncio.gather"
            | "builtins.print"
            | "builtins.sum"
            | "builtins.min"
            | "builtins.max" => {
                for value in &arguments.in_order {
                    self.iterate(frame, value);
                }
                Value::Opaque
            }
            "atexit.register" | "signal.signal" => Value::Opaque,
            name if name.starts_with("builtins.") && first.is_none() => Value::Opaque,
            _ => self.call_other(frame, name, arguments),
        }
    }

    /// Keeps what was raised until the statement ends.
    pub(super) fn raise(&mut self, flow: Flow) -> Value {
        self.raised = Some(flow);
        Value::Opaque
    }

    /// `glob.glob("folder/*.py")`
    fn glob(&self, pattern: Option<&Value>) -> Value {
        let Some(path) = pattern.and_then(Value::as_path) else { return Value::Opaque };
        let folder = path.parent().unwrap_or(Path::new(""));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match files::below(folder, files::matching(&self.at(folder), &name)) {
            Value::List(found) => Value::list(found.all().iter().filter_map(Value::as_text).map(Value::Text).collect()),
            other => other,
        }
    }

    fn list_folder(&self, folder: Option<&Value>) -> Value {
        let folder = match folder {
            None => self.cwd.clone(),
            Some(folder) => folder.as_path().map(|folder| self.at(&folder)),
        };
        folder.and_then(|folder| files::entries(&folder)).map_or(Value::Opaque, |entries| {
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
    value.and_then(Value::as_path).and_then(|path| change(&path)).map_or(Value::Opaque, |path| text(&path))
}

fn join(parts: &[Value]) -> Option<PathBuf> {
    let parts: Option<Vec<PathBuf>> = parts.iter().map(Value::as_path).collect();
    Some(parts?.iter().fold(PathBuf::new(), |path, part| path.join(part)))
}

fn split_extension(path: &Path) -> Value {
    let end = path.extension().map_or_else(String::new, |end| format!(".{}", end.to_string_lossy()));
    let whole = path.to_string_lossy();
    Value::list(vec![Value::text(whole.strip_suffix(end.as_str()).unwrap_or(&whole)), Value::Text(end)])
}
