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
    pub(super) fn contains(&self, container: &Value, key: &Value) -> Option<bool> {
        match (container, key) {
            (Value::Foreign(name), Value::Text(key)) if is_session(name) => Some(self.session.contains_key(key)),
            (Value::Foreign(name), _) if is_query(name) => Some(false),
            _ => super::operators::contains(container, key),
        }
    }

    /// The methods of both.
    pub(super) fn call_session(&mut self, name: &str, arguments: &Arguments) -> Option<Value> {
        let (object, method) = name.rsplit_once('.')?;
        if is_query(object) {
            let default = arguments.in_order.get(1).cloned().unwrap_or(Value::None);
            return Some(if method == "get" { default } else { Value::Unknown });
        }
        is_session(object).then(|| self.session_method(method, arguments))
    }

    /// `st.session_state.get(…)` and its like.
    pub(super) fn session_method(&mut self, method: &str, arguments: &Arguments) -> Value {
        let Some(key) = arguments.text(0, "key") else { return Value::Unknown };
        let default = arguments.in_order.get(1).cloned().unwrap_or(Value::None);
        match method {
            "get" => self.session_item(&key, default),
            "setdefault" => self.session.entry(key).or_insert(default).clone(),
            "pop" => self.session.remove(&key).unwrap_or(default),
            _ => Value::Unknown,
        }
    }
}
