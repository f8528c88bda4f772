//! Pages: those of the folder `pages`, those that `st.navigation` registers, and which one runs.

use super::arguments::Arguments;
use super::stops::StopReason;
use super::value::{Page, Value};
use super::{Frame, Interpreter, paths};
use crate::guarded;
use std::path::{Path, PathBuf};
use std::rc::Rc;

impl Interpreter<'_> {
    /// The pages in `pages/`, beside the script as it was given; `None` where there is no such folder.
    pub(super) fn pages_folder(&self) -> Option<Vec<PathBuf>> {
        if !guarded::exists(&paths::folder(&self.launch.script).join("pages")) {
            return None;
        }
        let folder = paths::folder(&paths::real(&self.launch.script)).join("pages");
        let mut pages = guarded::paths_in(&folder);
        pages.retain(|page| {
            let name = page.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(".py") && !name.starts_with('.') && name != "__init__.py"
        });
        pages.sort();
        Some(pages)
    }

    /// Registers the pages and gives back the one that runs: the default, else the first.
    pub(super) fn navigate(&mut self, arguments: &Arguments) -> Value {
        let pages = arguments.get(0, "pages").cloned().unwrap_or(Value::Opaque);
        let mut all = Vec::new();
        self.collect_pages(&pages, 0, !self.in_doubt(), &mut all);
        let mut files = Vec::new();
        let mut default: Vec<Value> = Vec::new();
        let mut first: Vec<Value> = Vec::new();
        let mut first_is_known = false;
        let mut intended = None;
        for (page, certain) in all {
            let page = as_page(page);
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
            None if self.sweep.navigation => Value::maybe(Value::one_of(chosen)),
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

    /// The file of a page, which is named from the folder of the script on.
    pub(super) fn page_file(&self, page: &Path) -> PathBuf {
        let folder = paths::folder(&self.launch.script);
        paths::real(&paths::absolute(&folder.join(page), &folder))
    }

    /// `page.run()`
    pub(super) fn run_page(&mut self, frame: &Frame, page: &Page) -> Value {
        let target = page.target.clone();
        self.for_each_choice(&target, |me, target| match target.as_path() {
            Some(file) => {
                let file = me.page_file(&file);
                if me.depth < super::DEEPEST {
                    let flow = me.run_script(&file, "__main__");
                    if me.was_ended(flow) {
                        return Value::Opaque;
                    }
                }
                Value::None
            }
            None => me.call(frame, &target, Arguments::default()),
        })
    }
}

/// `st.Page(target, default=False)`
pub(super) fn new_page(arguments: &Arguments) -> Value {
    let target = arguments.get(0, "page").cloned().unwrap_or(Value::Opaque);
    let default = arguments.named("default").and_then(Value::truth).unwrap_or(false);
    Value::Page(Rc::new(Page { target, default }))
}

/// The page itself, or the one that `st.navigation` makes of a path or function.
fn as_page(value: Value) -> Rc<Page> {
    match value {
        Value::Page(page) => page,
        target => Rc::new(Page { target, default: false }),
    }
}
