//! Values that Streamlit's functions give in the first run of a fresh session: buttons are not pressed, choices are at
//! their first entry, nothing is uploaded. And pages: which are registered, and which one runs.

use super::arguments::Arguments;
use super::stops::StopReason;
use super::value::{Page, Value};
use super::{Flow, Frame, Interpreter, paths};
use crate::guarded;
use std::path::{Path, PathBuf};
use std::rc::Rc;

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
            "Page" => Self::new_page(arguments),
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

    fn new_page(arguments: &Arguments) -> Value {
        let target = arguments.get(0, "page").cloned().unwrap_or(Value::Opaque);
        let default = arguments.named("default").and_then(Value::truth).unwrap_or(false);
        Self::page(target, default)
    }

    /// Registers the pages and gives back the one that runs: the default, else the first.
    fn navigate(&mut self, arguments: &Arguments) -> Value {
        let pages = arguments.get(0, "pages").cloned().unwrap_or(Value::Opaque);
        let mut all = Vec::new();
        self.collect_pages(&pages, 0, !self.in_doubt(), &mut all);
        let mut files = Vec::new();
        let mut default: Vec<Value> = Vec::new();
        let mut first: Vec<Value> = Vec::new();
        let mut first_is_known = false;
        let mut intended = None;
        for (page, certain) in all {
            let Value::Page(page) = as_page(page) else { continue };
            if let Some(file) = page.target.as_path() {
                let file = self.page_file(&file);
                if !guarded::is_file(&file) {
                    if certain {
                        return self.raise_for("StreamlitAPIException", StopReason::MissingPage(file));
                    }
                    self.may_raise();
                    continue;
                }
                if self.intended.as_ref() == Some(&file) {
                    intended = Some(Value::Page(Rc::clone(&page)));
                }
                files.push((file, certain));
            } else if matches!(page.target, Value::Opaque | Value::Unknown | Value::Partly(..)) {
                self.sweep.navigation = true;
                self.sweep.imports = true;
                self.may_raise();
            }
            if page.default {
                default.push(Value::Page(Rc::clone(&page)));
            }
            if !first_is_known {
                first.push(Value::Page(page));
                first_is_known = certain;
            }
        }
        if self.navigation.is_none() || !self.in_doubt() {
            self.navigation = Some(files);
        } else if let Some(known) = &mut self.navigation {
            known.iter_mut().for_each(|(_, certain)| *certain = false);
            known.extend(files.into_iter().map(|(file, _)| (file, false)));
        }
        let chosen = if default.is_empty() { first } else { default };
        match intended {
            Some(page) => page,
            None if chosen.is_empty() => Value::Opaque,
            None if self.sweep.navigation => Value::Maybe(Box::new(Value::one_of(chosen))),
            None => Value::one_of(chosen),
        }
    }

    /// Page objects, paths and functions in lists and in the sections of a dictionary, each with whether it is there
    /// for sure.
    fn collect_pages(&mut self, pages: &Value, depth: usize, certain: bool, all: &mut Vec<(Value, bool)>) {
        match pages {
            Value::List(entries) if depth < 3 => {
                for entry in entries.all() {
                    self.collect_pages(&entry, depth + 1, certain, all);
                }
            }
            Value::Dict(sections) if depth < 3 => {
                for (_, entries) in super::files::last_of_each(&sections.all()) {
                    self.collect_pages(&entries, depth + 1, certain, all);
                }
            }
            Value::Maybe(inner) => self.collect_pages(inner, depth, false, all),
            Value::OneOf(values) => {
                for value in values.iter() {
                    self.collect_pages(value, depth, false, all);
                }
            }
            page => all.push((page.clone(), certain)),
        }
    }

    fn page_file(&self, page: &Path) -> PathBuf {
        let folder = paths::folder(&self.launch.script);
        paths::real(&paths::absolute(&folder.join(page), &folder))
    }

    /// `page.run()`
    pub(super) fn run_page(&mut self, frame: &Frame, page: &Page) -> Value {
        let target = page.target.clone();
        self.for_each_choice(&target, |me, target| match target.as_path() {
            Some(file) => {
                let file = me.page_file(&file);
                if me.depth < super::DEEPEST
                    && let flow @ (Flow::Raise(_) | Flow::Stop { .. }) = me.run_script(&file, "__main__")
                {
                    return me.raise(flow);
                }
                Value::None
            }
            None => me.call(frame, &target, Arguments::default()),
        })
    }
}

fn as_page(value: Value) -> Value {
    match value {
        Value::Page(_) => value,
        other => Interpreter::page(other, false),
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
