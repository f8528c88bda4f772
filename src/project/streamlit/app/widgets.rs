//! Values that Streamlit's functions give in the first run of a fresh session: buttons are not pressed, choices are at
//! their first entry, nothing is uploaded.

use super::arguments::Arguments;
use super::stops::StopReason;
use super::value::Value;
use super::{Flow, Interpreter};
use crate::guarded;

/// A part of the page that has all functions that Streamlit itself has: a column, the sidebar.
pub(super) const CONTAINER: &str = "streamlit.container";

impl Interpreter<'_> {
    /// Calls `st.<name>(…)`; what a widget with a key gives is in the session state, too.
    pub(super) fn call_streamlit(&mut self, name: &str, arguments: &Arguments) -> Value {
        let value = self.widget(name, arguments);
        if let Some(key) = arguments.named("key").and_then(Value::as_text)
            && !self.session.contains_key(&key)
        {
            self.set_session(&key, value.clone());
        }
        value
    }

    fn widget(&mut self, name: &str, arguments: &Arguments) -> Value {
        if super::served::is_app_class(name) {
            self.served = arguments.get(0, "script_path").and_then(Value::as_path);
            return Value::Opaque;
        }
        match name {
            "streamlit.runtime.exists" => return Value::Bool(true),
            name if name.ends_with("get_script_run_ctx") => return Value::list(vec![Value::Opaque]),
            _ => {}
        }
        match name.rsplit('.').next().unwrap_or_default() {
            "button" | "form_submit_button" | "download_button" | "menu_button" => Value::Bool(false),
            "checkbox" | "toggle" => arguments.get(1, "value").cloned().unwrap_or(Value::Bool(false)),
            "selectbox" | "radio" => first_choice(arguments),
            "option_menu" => first_choice(&Arguments {
                in_order: arguments.in_order.iter().take(2).cloned().collect(),
                named: arguments.named.iter().filter(|(name, _)| name == "options").cloned().collect(),
                open: false,
            }),
            "segmented_control" | "pills" => match arguments.named("default") {
                Some(chosen) => chosen.clone(),
                None if arguments.text(2, "selection_mode").is_some_and(|mode| mode == "multi") => {
                    Value::list(Vec::new())
                }
                None => Value::None,
            },
            "multiselect" => match arguments.get(2, "default") {
                None | Some(Value::None) => Value::list(Vec::new()),
                Some(chosen) => chosen.clone(),
            },
            "text_input" | "text_area" => arguments.get(1, "value").cloned().unwrap_or_else(|| Value::text("")),
            "file_uploader" => match arguments.named("accept_multiple_files").and_then(Value::truth) {
                Some(true) => Value::list(Vec::new()),
                _ => Value::None,
            },
            "chat_input" | "camera_input" | "audio_input" => Value::None,
            "slider" | "select_slider" if arguments.named("options").is_none() => {
                let value = arguments.get(3, "value").or_else(|| arguments.get(1, "min_value"));
                value.cloned().filter(|value| !matches!(value, Value::None)).unwrap_or(Value::Opaque)
            }
            "color_picker" => arguments.get(1, "value").cloned().unwrap_or(Value::text("#000000")),
            "stop" => self.raise(Flow::Stop { again: false }),
            "rerun" | "experimental_rerun" => {
                self.may_rerun = true;
                self.raise(Flow::Stop { again: true })
            }
            "switch_page" => {
                let target = match arguments.get(0, "page") {
                    Some(Value::Page(page)) => page.target.as_path(),
                    other => other.and_then(Value::as_path),
                };
                let file = target.map(|page| self.page_file(&page));
                if let Some(file) = file.as_ref().filter(|file| !guarded::is_file(file)) {
                    let reason = StopReason::MissingPage(file.clone());
                    return self.raise_for("StreamlitAPIException", reason);
                }
                if !self.in_doubt() || self.intended.is_none() {
                    self.intended = file;
                }
                self.may_rerun |= self.intended.is_some();
                self.raise(Flow::Stop { again: self.intended.is_some() })
            }
            "Page" => super::pages::new_page(arguments),
            "navigation" => self.navigate(arguments),
            "columns" | "tabs" => {
                let count = match arguments.in_order.first().or_else(|| arguments.named("spec")) {
                    Some(Value::Int(count)) => usize::try_from(*count).ok(),
                    Some(list) => super::value::items(list).map(|list| list.len()),
                    None => None,
                };
                match count.filter(|count| *count < 100) {
                    Some(count) => Value::list(vec![Value::foreign(CONTAINER); count]),
                    None => Value::foreign(CONTAINER),
                }
            }
            "container" | "expander" | "form" | "empty" | "popover" | "sidebar" | "chat_message" | "status"
            | "spinner" => Value::foreign(CONTAINER),
            // `@st.cache_data(ttl=…)` is a decorator that leaves the function as it is.
            "cache_data" | "cache_resource" | "fragment" | "dialog" | "cache" => arguments
                .in_order
                .iter()
                .find(|value| matches!(value, Value::Function(_)))
                .cloned()
                .unwrap_or(Value::Opaque),
            "connection" => {
                self.may_raise();
                Value::Opaque
            }
            _ => Value::Opaque,
        }
    }
}

/// The chosen entry of `st.selectbox(label, options, index=0)`.
fn first_choice(arguments: &Arguments) -> Value {
    let options = arguments.get(1, "options").and_then(super::value::items);
    match (arguments.get(2, "index"), options) {
        (Some(Value::None), _) => Value::None,
        (None, Some(options)) => options.first().cloned().unwrap_or(Value::None),
        (Some(Value::Int(place)), Some(options)) => super::operators::nth(&options, *place).unwrap_or(Value::Opaque),
        _ => Value::Opaque,
    }
}
