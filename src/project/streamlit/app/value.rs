//! Values that an expression is known to have. Most are [`Value::Unknown`]; what decides about imports is worth
//! knowing.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

/// A value as far as it is known without running anything.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Unknown,
    None,
    Bool(bool),
    Int(i64),
    Text(String),
    /// A `pathlib.Path`.
    Path(PathBuf),
    /// A list, a tuple or a set.
    List(Shared<Value>),
    Dict(Shared<(Value, Value)>),
    /// A module of the project, by its place in the interpreter's list.
    Module(usize),
    /// A thing of an installed or standard module, by its dotted name: `os.path.join`.
    Foreign(Rc<str>),
    Function(usize),
    Class(usize),
    Instance(usize),
    /// A method with its object.
    Bound(usize, Box<Value>),
    /// `super()` in a method of this class, with its object.
    Super(usize, Box<Value>),
    /// A method of a text, path, list, page …, by its name.
    Method(Box<Value>, Rc<str>),
    /// `st.Page(…)`, and what `st.navigation` gives back.
    Page(Rc<Page>),
    /// The content of a Python file, from `open(…).read()`.
    Code(PathBuf),
    /// The spec that `spec_from_file_location` makes of a file.
    Spec(PathBuf),
}

/// Lists in lists that are compared; a list may contain itself.
const DEEPEST_LIST: usize = 20;

/// The entries of a list or dictionary, seen by everyone who has it.
#[derive(Clone, Debug)]
pub(super) struct Shared<T>(Rc<RefCell<Vec<T>>>);

impl<T: Clone> Shared<T> {
    pub(super) fn of(entries: Vec<T>) -> Self {
        Self(Rc::new(RefCell::new(entries)))
    }

    /// The entries as they are now.
    pub(super) fn all(&self) -> Vec<T> {
        self.0.borrow().clone()
    }

    pub(super) fn extend(&self, entries: impl IntoIterator<Item = T>) {
        // Collected first: the entries may come from this list itself.
        let entries: Vec<T> = entries.into_iter().collect();
        self.0.borrow_mut().extend(entries);
    }
}

/// A page of `st.navigation`.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) target: Value,
    pub(super) default: bool,
}

impl Value {
    pub(super) fn foreign(name: &str) -> Self {
        Self::Foreign(name.into())
    }

    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(super) fn list(entries: Vec<Self>) -> Self {
        Self::List(Shared::of(entries))
    }

    /// Python's truth of it, where it is known.
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::None => Some(false),
            Self::Bool(is) => Some(*is),
            Self::Int(number) => Some(*number != 0),
            Self::Text(text) => Some(!text.is_empty()),
            Self::List(entries) => Some(!entries.all().is_empty()),
            Self::Dict(entries) => Some(!entries.all().is_empty()),
            Self::Path(_) | Self::Module(_) | Self::Function(_) | Self::Class(_) | Self::Bound(..) | Self::Page(_) => {
                Some(true)
            }
            Self::Foreign(name) if &**name == "typing.TYPE_CHECKING" => Some(false),
            _ => None,
        }
    }

    /// `==`, where it is known.
    pub(super) fn equals(&self, other: &Self) -> Option<bool> {
        self.same(other, 0)
    }

    fn same(&self, other: &Self, depth: usize) -> Option<bool> {
        if depth > DEEPEST_LIST {
            return None;
        }
        match (self, other) {
            (Self::Unknown | Self::Foreign(_) | Self::Instance(_), _)
            | (_, Self::Unknown | Self::Foreign(_) | Self::Instance(_)) => None,
            (Self::None, Self::None) => Some(true),
            (Self::Bool(a), Self::Bool(b)) => Some(a == b),
            (Self::Int(a), Self::Int(b)) => Some(a == b),
            (Self::Text(a), Self::Text(b)) => Some(a == b),
            (Self::Path(a), Self::Path(b)) => Some(a == b),
            (Self::Function(a), Self::Function(b)) => Some(a == b),
            (Self::List(a), Self::List(b)) => {
                let (a, b) = (a.all(), b.all());
                let same: Option<Vec<bool>> = a.iter().zip(&b).map(|(a, b)| a.same(b, depth + 1)).collect();
                same.map(|same| a.len() == b.len() && same.into_iter().all(|same| same))
            }
            (Self::None | Self::Bool(_) | Self::Int(_) | Self::Text(_) | Self::Path(_), _) => Some(false),
            _ => None,
        }
    }

    /// `<` as used with numbers and `sys.version_info`, where it is known.
    pub(super) fn less(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => Some(a < b),
            (Self::Text(a), Self::Text(b)) => Some(a < b),
            (Self::List(a), Self::List(b)) => {
                let (a, b) = (a.all(), b.all());
                for (a, b) in a.iter().zip(&b) {
                    if !a.equals(b)? {
                        let numbers = !matches!((a, b), (Self::List(_), Self::List(_)));
                        return if numbers { a.less(b) } else { None };
                    }
                }
                Some(a.len() < b.len())
            }
            _ => None,
        }
    }

    /// Joins both in one, for a value that depends on what is not known.
    pub(super) fn or(self, other: Self) -> Self {
        match self {
            Self::Unknown => other,
            known => known,
        }
    }

    /// `str(…)` of it, where it is known.
    pub(super) fn as_text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Path(path) => path.to_str().map(str::to_owned),
            Self::Int(number) => Some(number.to_string()),
            Self::Bool(is) => Some(if *is { "True" } else { "False" }.to_owned()),
            Self::None => Some("None".to_owned()),
            _ => None,
        }
    }

    /// A path given as text or as a `Path`.
    pub(super) fn as_path(&self) -> Option<PathBuf> {
        match self {
            Self::Text(text) => Some(PathBuf::from(text)),
            Self::Path(path) => Some(path.clone()),
            _ => None,
        }
    }
}

/// Returns what a loop over this gives, where it is known.
pub(super) fn items(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(entries) => Some(entries.all()),
        Value::Dict(entries) => Some(entries.all().into_iter().map(|(key, _)| key).collect()),
        Value::Text(text) => Some(text.chars().map(|letter| Value::Text(letter.to_string())).collect()),
        _ => None,
    }
}
