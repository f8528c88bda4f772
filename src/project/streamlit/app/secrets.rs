//! `st.secrets`: what stands in the secrets files, of which every kind of access raises where there is no file.

use super::arguments::Arguments;
use super::stops::StopReason;
use super::value::{Shared, Value};
use super::{Interpreter, paths};
use crate::guarded;
use std::path::{Path, PathBuf};

/// Bytes of a secrets file that are read.
const LARGEST_BYTES: u64 = 1 << 20;

/// The secrets files, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Secrets {
    /// One of them is there.
    there: bool,
    /// The content of one cannot be read here.
    unknown: bool,
    values: toml_edit::DocumentMut,
}

/// Tells whether this is `st.secrets`.
pub(super) fn is_secrets(name: &str) -> bool {
    name == "streamlit.secrets"
}

impl Interpreter<'_> {
    /// The values, or what the access raises.
    pub(super) fn secrets(&mut self) -> &Secrets {
        if self.secrets.is_none() {
            let home = self.launch.variables.get(std::ffi::OsStr::new("HOME")).map(PathBuf::from);
            let folders = home.into_iter().chain([self.launch.cwd.clone(), paths::folder(&self.launch.script)]);
            let mut all = Secrets::default();
            for folder in folders {
                all.add(&folder.join(".streamlit/secrets.toml"));
            }
            all.unknown |= self.launch.flags.iter().any(|(key, _)| key == "secrets.files")
                || self.launch.variables.keys().any(|name| name.to_string_lossy().contains("SECRETS_FILES"));
            self.secrets = Some(all);
        }
        self.secrets.get_or_insert_default()
    }

    /// `st.secrets[key]`, `st.secrets.key`
    pub(super) fn secret(&mut self, key: &Value) -> Value {
        let Some(key) = key.as_text() else {
            self.may_raise();
            return Value::Opaque;
        };
        let secrets = self.secrets();
        if secrets.unknown {
            self.may_raise();
            return Value::Opaque;
        }
        let no_file = !secrets.there;
        match secrets.values.get(&key) {
            Some(item) => value_of(item),
            None => {
                let class = if no_file { "StreamlitSecretNotFoundError" } else { "KeyError" };
                self.raise_for(class, StopReason::MissingSecret { key, no_file })
            }
        }
    }

    /// `key in st.secrets`; without a file this raises, too.
    pub(super) fn has_secret(&mut self, key: &str) -> Option<bool> {
        let secrets = self.secrets();
        if secrets.unknown {
            return None;
        }
        let (there, has) = (secrets.there, secrets.values.contains_key(key));
        if !there {
            let reason = StopReason::MissingSecret { key: key.to_owned(), no_file: true };
            self.raise_for("StreamlitSecretNotFoundError", reason);
        }
        Some(has)
    }

    /// The methods of a mapping.
    pub(super) fn secrets_method(&mut self, method: &str, arguments: &Arguments) -> Value {
        let key = arguments.text(0, "key");
        match (method, key) {
            ("get", Some(key)) => match self.has_secret(&key) {
                Some(true) => self.secret(&Value::Text(key)),
                Some(false) => arguments.in_order.get(1).cloned().unwrap_or(Value::None),
                None => Value::Opaque,
            },
            ("has_key", Some(key)) => self.has_secret(&key).map_or(Value::Opaque, Value::Bool),
            ("load_if_toml_exists", _) => {
                let secrets = self.secrets();
                if secrets.unknown { Value::Opaque } else { Value::Bool(secrets.there) }
            }
            _ => {
                self.has_secret("");
                Value::Opaque
            }
        }
    }
}

impl Secrets {
    /// A value that is no table, as a variable of the environment has it.
    pub(super) fn plain(&self, key: &str) -> Option<String> {
        value_of(self.values.get(key)?).as_text()
    }

    /// Later files beat earlier ones.
    fn add(&mut self, file: &Path) {
        if !guarded::exists(file) {
            return;
        }
        self.there = true;
        let text = guarded::read_text(file, LARGEST_BYTES).ok();
        match text.and_then(|text| text.parse::<toml_edit::DocumentMut>().ok()) {
            Some(document) => {
                for (key, item) in document.iter() {
                    self.values.insert(key, item.clone());
                }
            }
            None => self.unknown = true,
        }
    }
}

/// A value of TOML as one of Python: texts, truths, numbers; tables as dictionaries.
fn value_of(item: &toml_edit::Item) -> Value {
    if let Some(table) = item.as_table_like() {
        let entries = table.iter().map(|(key, item)| (Value::text(key), value_of(item)));
        return Value::Dict(Shared::of(entries.collect()));
    }
    if let Some(array) = item.as_array() {
        return Value::list(array.iter().map(|value| value_of(&toml_edit::Item::Value(value.clone()))).collect());
    }
    match (item.as_str(), item.as_bool(), item.as_integer()) {
        (Some(text), ..) => Value::text(text),
        (_, Some(is), _) => Value::Bool(is),
        (_, _, Some(number)) => Value::Int(number),
        _ => Value::Opaque,
    }
}
