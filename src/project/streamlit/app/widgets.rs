//! Values that Streamlit's functions give in the first run of a fresh session: buttons are not pressed, choices are at
//! their first entry, nothing is uploaded. And pages: which are registered, and which one runs.

use super::arguments::Arguments;
use super::value::{Page, Value};
use super::{Flow, Frame, Interpreter, paths};
use crate::guarded;
use std::path::{Path, PathBuf};
use std::rc::Rc;

impl Interpreter<'_> {
    /// Calls `st.<name>(…)`; what a widget with a key gives is in the session state, too.
    pub(super) fn call_streamlit(&mut self, name: &str, arguments: &Arguments) -> Value {
        let value = self.widget(name, arguments);
        if let Some(key) = arguments.named("key").and_then(Value::as_text) {
            self.session.entry(key).or_insert_with(|| value.clone());
        }
        value
    }

    fn widget(&mut self, name: &str, arguments: &Arguments) -> Value {
        match name.rsplit('.').next().unwrap_or_default() {
            "button" | "form_submit_button" | "download_button" | "menu_button" => Value::Bool(false),
            "checkbox" | "toggle" => arguments.get(1, "value").cloned().unwrap_or(Value::Bool(false)),
            "selectbox" | "radio" => first_choice(arguments),
            "option_menu" => first_choice(&Arguments {
                in_order: arguments.in_order.iter().take(2).cloned().collect(),
                named: arguments.named.iter().filter(|(name, _)| name == "options").cloned().collect(),
            }),
            "segmented_control" | "pills" => arguments.named("default").cloned().unwrap_or(Value::None),
            "multiselect" => arguments.get(2, "default").cloned().unwrap_or_else(|| Value::list(Vec::new())),
            "text_input" | "text_area" => arguments.get(1, "value").cloned().unwrap_or_else(|| Value::text("")),
            "file_uploader" => match arguments.named("accept_multiple_files").and_then(Value::truth) {
                Some(true) => Value::list(Vec::new()),
                _ => Value::None,
            },
            "chat_input" | "camera_input" | "audio_input" => Value::None,
            "stop" => self.raise(Flow::Stop { again: false }),
            "rerun" | "experimental_rerun" => self.raise(Flow::Stop { again: true }),
            "switch_page" => {
                let target = match arguments.get(0, "page") {
                    Some(Value::Page(page)) => page.target.as_path(),
                    other => other.and_then(Value::as_path),
                };
                self.intended = target.map(|page| self.page_file(&page));
                self.raise(Flow::Stop { again: self.intended.is_some() })
            }
            "Page" => Self::new_page(arguments),
            "navigation" => self.navigate(arguments),
            "columns" | "tabs" | "container" | "expander" | "form" | "empty" | "popover" | "sidebar"
            | "chat_message" | "status" => Value::foreign("streamlit"),
            // `@st.cache_data(ttl=…)` is a decorator that leaves the function as it is.
            "cache_data" | "cache_resource" | "fragment" | "dialog" | "cache" => arguments
                .in_order
                .iter()
                .find(|value| matches!(value, Value::Function(_)))
                .cloned()
                .unwrap_or(Value::Unknown),
            _ => Value::Unknown,
        }
    }

    fn new_page(arguments: &Arguments) -> Value {
        let target = arguments.get(0, "page").cloned().unwrap_or(Value::Unknown);
        let default = arguments.named("default").and_then(Value::truth).unwrap_or(false);
        Self::page(target, default)
    }

    /// Registers the pages and gives back the one that runs: the default, else the first.
    fn navigate(&mut self, arguments: &Arguments) -> Value {
        let pages = arguments.get(0, "pages").cloned().unwrap_or(Value::Unknown);
        let mut all = Vec::new();
        collect_pages(&pages, 0, &mut all);
        let mut files = Vec::new();
        let mut chosen: Option<Value> = None;
        let mut intended = None;
        for page in all {
            let Value::Page(page) = as_page(page) else { continue };
            if let Some(file) = page.target.as_path() {
                let file = self.page_file(&file);
                if !guarded::is_file(&file) {
                    return self.raise(Flow::Raise("StreamlitPageNotFoundError".into()));
                }
                if self.intended.as_ref() == Some(&file) {
                    intended = Some(Value::Page(Rc::clone(&page)));
                }
                files.push(file);
            }
            if page.default || chosen.is_none() {
                chosen = Some(Value::Page(page));
            }
        }
        self.navigation = Some(files);
        intended.or(chosen).unwrap_or(Value::Unknown)
    }

    fn page_file(&self, page: &Path) -> PathBuf {
        let folder = paths::folder(&self.launch.script);
        paths::real(&paths::absolute(&folder.join(page), &folder))
    }

    /// `page.run()`
    pub(super) fn run_page(&mut self, frame: &Frame, page: &Page) -> Value {
        match page.target.as_path() {
            Some(file) => {
                let file = self.page_file(&file);
                if self.depth < super::DEEPEST
                    && let flow @ (Flow::Raise(_) | Flow::Stop { .. }) = self.run_script(&file, "__main__")
                {
                    return self.raise(flow);
                }
                Value::None
            }
            None => self.call(frame, &page.target, Arguments::default()),
        }
    }
}

/// Page objects, paths and functions in lists and in the sections of a dictionary.
fn collect_pages(pages: &Value, depth: usize, all: &mut Vec<Value>) {
    match pages {
        Value::List(entries) if depth < 3 => {
            entries.all().iter().for_each(|entry| collect_pages(entry, depth + 1, all));
        }
        Value::Dict(sections) if depth < 3 => {
            sections.all().iter().for_each(|(_, entries)| collect_pages(entries, depth + 1, all));
        }
        page => all.push(page.clone()),
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
        (Some(Value::Int(place)), Some(options)) => super::operators::nth(&options, *place).unwrap_or(Value::Unknown),
        _ => Value::Unknown,
    }
}
