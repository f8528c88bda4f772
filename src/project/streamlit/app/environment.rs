//! The environment and the working folder of the app, as it changes them itself: `os.environ["X"] = …`, `load_dotenv()`,
//! `os.chdir(…)`.

use super::arguments::Arguments;
use super::stops::StopReason;
use super::value::Value;
use super::{Interpreter, paths};
use crate::guarded;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Bytes of a `.env` file that are read.
const LARGEST_BYTES: u64 = 1 << 20;

impl Interpreter<'_> {
    /// A variable of the app's environment, where it is set.
    fn variable_value(&self, name: &str) -> Option<Value> {
        match self.variables.get(OsStr::new(name)) {
            Some(Some(value)) => Some(Value::text(value)),
            Some(None) => Some(Value::Opaque),
            None => {
                // The process gets the plain values of the secrets file as variables, too.
                let secret = self.secrets.as_ref().and_then(|secrets| secrets.plain(name));
                if let Some(secret) = secret {
                    return Some(Value::Text(secret));
                }
                let value = self.launch.variables.get(OsStr::new(name))?;
                Some(Value::Text(value.to_string_lossy().into_owned()))
            }
        }
    }

    /// A variable of the app's environment.
    pub(super) fn variable(&self, name: &str, default: Value) -> Value {
        match self.variable_value(name) {
            Some(value) => value,
            // Something that is not known may have set it.
            None if self.variables.contains_key(OsStr::new(ANY)) => Value::one_of([default, Value::Opaque]),
            None => default,
        }
    }

    /// `os.environ[name]`
    pub(super) fn needed_variable(&mut self, name: &str) -> Value {
        match self.variable_value(name) {
            Some(value) => value,
            None if self.variables.contains_key(OsStr::new(ANY)) => {
                self.may_raise();
                Value::Opaque
            }
            None => self.raise_for("KeyError", StopReason::MissingVariable(name.to_owned())),
        }
    }

    /// `name in os.environ`
    pub(super) fn has_variable(&self, name: &str) -> Option<bool> {
        let known = self.variable_value(name).is_some();
        (known || !self.variables.contains_key(OsStr::new(ANY))).then_some(known)
    }

    /// Functions of the environment; `None`: another function.
    pub(super) fn environment_function(&mut self, name: &str, arguments: &Arguments) -> Option<Value> {
        let first = arguments.in_order.first();
        Some(match name {
            "os.environ.setdefault" => {
                let name = first.cloned().unwrap_or(Value::Opaque);
                let default = arguments.in_order.get(1).cloned().unwrap_or(Value::Opaque);
                let known = name.as_text().map(|name| self.variable(&name, default.clone()));
                self.set_variable(&name, known.as_ref().unwrap_or(&Value::Opaque));
                known.unwrap_or(Value::Opaque)
            }
            "os.environ.update" => {
                let entries = match first {
                    Some(Value::Dict(entries)) => entries.all(),
                    _ => vec![(Value::Opaque, Value::Opaque)],
                };
                entries.iter().for_each(|(name, value)| self.set_variable(name, value));
                Value::None
            }
            "dotenv.load_dotenv" | "dotenv.main.load_dotenv" => self.load_dotenv(arguments),
            "os.environ.get" | "os.getenv" => {
                let default = arguments.in_order.get(1).cloned().unwrap_or(Value::None);
                first.and_then(Value::as_text).map_or(Value::Opaque, |name| self.variable(&name, default))
            }
            _ => return None,
        })
    }

    /// Sets a variable; of an unknown name, any.
    pub(super) fn set_variable(&mut self, name: &Value, value: &Value) {
        let doubtful = self.in_doubt();
        let name = name.as_text().unwrap_or_else(|| ANY.to_owned());
        let value = value.as_text().filter(|_| !doubtful && name != ANY);
        self.variables.insert(name.into(), value);
    }

    /// `load_dotenv()`: the `.env` beside the file that calls, or in a folder above it; set variables stay.
    pub(super) fn load_dotenv(&mut self, arguments: &Arguments) -> Value {
        let named = arguments.get(0, "dotenv_path").filter(|value| !matches!(value, Value::None));
        let overrides = arguments.named("override").and_then(Value::truth).unwrap_or(false);
        let file = match named {
            Some(value) => value.as_path().map(|path| self.launch.cwd.join(path)),
            None => {
                self.place.0.ancestors().skip(1).map(|folder| folder.join(".env")).find(|file| guarded::is_file(file))
            }
        };
        let Some(file) = file else {
            if named.is_some() {
                self.set_variable(&Value::Opaque, &Value::Opaque);
            }
            return Value::Bool(false);
        };
        for (name, value) in read_dotenv(&file) {
            if overrides || self.variable_value(&name).is_none() {
                self.set_variable(&Value::Text(name), &Value::Text(value));
            }
        }
        Value::Bool(guarded::is_file(&file))
    }

    /// `os.chdir(…)`
    pub(super) fn change_folder(&mut self, folder: Option<&Value>) {
        let folder = folder.and_then(Value::as_path).filter(|_| !self.in_doubt());
        self.cwd = self.cwd.take().zip(folder).map(|(cwd, folder)| paths::absolute(&folder, &cwd));
    }

    /// A path as the app means it; as if it had not changed its folder, where that is not known.
    pub(super) fn at(&self, path: &Path) -> PathBuf {
        self.cwd.as_ref().unwrap_or(&self.launch.cwd).join(path)
    }
}

/// Stands for variables of any name.
const ANY: &str = "*";

/// `NAME=value`, `export NAME='value' # why`.
fn read_dotenv(file: &Path) -> Vec<(String, String)> {
    let text = guarded::read(file, LARGEST_BYTES).unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let pairs = text.lines().filter_map(|line| {
        let line = line.trim();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=')?;
        let value = value.trim();
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or_default(),
            _ => value.split(" #").next().unwrap_or_default().trim_end(),
        };
        (!name.starts_with('#')).then(|| (name.trim().to_owned(), value.to_owned()))
    });
    pairs.collect()
}
