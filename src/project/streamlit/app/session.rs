//! Knowledge of a new session: `st.session_state` and `st.query_params` begin empty.

use super::Interpreter;
use super::arguments::Arguments;
use super::value::Value;

/// Tells whether this is the session state.
pub(super) fn is_session(name: &str) -> bool {
    name == "streamlit.session_state"
}

fn is_query(name: &str) -> bool {
    name == "streamlit.query_params"
}

impl Interpreter<'_> {
    /// An entry of the session state.
    pub(super) fn session_item(&self, key: &str, otherwise: Value) -> Value {
        self.session.get(key).cloned().unwrap_or(otherwise)
    }

    /// `key in container`, where it is known.
    pub(super) fn contains(&mut self, container: &Value, key: &Value) -> Option<bool> {
        match (container, key) {
            (Value::Foreign(name), Value::Text(key)) if is_session(name) => Some(self.session.contains_key(key)),
            (Value::Foreign(name), _) if is_query(name) => Some(false),
            (Value::Foreign(name), Value::Text(key)) if &**name == "os.environ" => self.has_variable(key),
            (Value::Foreign(name), Value::Text(key)) if super::secrets::is_secrets(name) => self.has_secret(key),
            _ => super::operators::contains(container, key),
        }
    }

    /// The methods of both.
    pub(super) fn call_session(&mut self, name: &str, arguments: &Arguments) -> Option<Value> {
        let (object, method) = name.rsplit_once('.')?;
        if is_query(object) {
            let default = arguments.in_order.get(1).cloned().unwrap_or(Value::None);
            return Some(if method == "get" { default } else { Value::Opaque });
        }
        if super::secrets::is_secrets(object) {
            return Some(self.secrets_method(method, arguments));
        }
        is_session(object).then(|| self.session_method(method, arguments))
    }

    /// `st.session_state.get(…)` and its like.
    pub(super) fn session_method(&mut self, method: &str, arguments: &Arguments) -> Value {
        let Some(key) = arguments.text(0, "key") else { return Value::Opaque };
        let default = arguments.in_order.get(1).cloned().unwrap_or(Value::None);
        match method {
            "get" => self.session_item(&key, default),
            "setdefault" => {
                let value = self.session_item(&key, default);
                self.set_session(&key, value.clone());
                value
            }
            "pop" => {
                self.keep(None, &key);
                self.session.remove(&key).unwrap_or(default)
            }
            _ => Value::Opaque,
        }
    }

    /// Sets an entry of the session state.
    pub(super) fn set_session(&mut self, key: &str, value: Value) {
        self.keep(None, key);
        self.session.insert(key.to_owned(), value);
    }
}
