//! Values that an expression is known to have. Most are [`Value::Unknown`]; what decides about imports is worth
//! knowing.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

/// The key under which a `defaultdict` keeps what makes its entries.
pub(super) const DEFAULT: &str = "collections.defaultdict.maker";

/// Tells whether this is that key.
pub(super) fn is_maker(key: &Value) -> bool {
    matches!(key, Value::Foreign(name) if &**name == DEFAULT)
}

/// The arguments of a call.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    pub(super) in_order: Vec<Value>,
    pub(super) named: Vec<(String, Value)>,
    /// There may be others: `f(*unknown)`.
    pub(super) open: bool,
}

/// A value as far as it is known without running anything.
#[derive(Clone, Debug, Default)]
pub(super) enum Value {
    /// Anything, a function of the project as well.
    Unknown,
    /// A thing of foreign code: it imports nothing of the project by itself.
    #[default]
    Opaque,
    /// One of these, which one is not known.
    OneOf(Rc<Vec<Value>>),
    /// An entry of a list or dictionary that may not be there.
    Maybe(Box<Value>),
    /// A text of which the middle is not known: its beginning and its end.
    Partly(Rc<str>, Rc<str>),
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
    /// An object of a class, with the scope of its attributes.
    Instance(usize, usize),
    /// A named tuple: the names of its fields, and their values.
    Named(Rc<Vec<String>>, Shared<Value>),
    /// A function whose first arguments are given already.
    Partial(Rc<(Value, Arguments)>),
    /// The call of a function that yields, which runs when it is gone through.
    Generator(Rc<(Value, Arguments)>),
    /// The call of a function on another thread: `Thread(target=f)`, `executor.submit(f)`.
    Task(Rc<(Value, Arguments)>),
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

/// Values that are told apart where one of several is meant.
const MOST_CHOICES: usize = 40;

/// The entries of a list or dictionary, seen by everyone who has it.
#[derive(Clone, Debug)]
pub(super) struct Shared<T>(Rc<RefCell<Vec<T>>>);

impl<T: Clone> Shared<T> {
    pub(super) fn of(entries: Vec<T>) -> Self {
        Self(Rc::new(RefCell::new(entries)))
    }

    /// Tells whether it is the same list or dictionary: `a is b`.
    pub(super) fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Takes all entries out.
    pub(super) fn clear(&self) {
        self.0.borrow_mut().clear();
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

    /// One of these values; the value itself where there is one.
    pub(super) fn one_of(values: impl IntoIterator<Item = Self>) -> Self {
        let mut all: Vec<Self> = Vec::new();
        for value in values {
            let more = match value {
                Self::OneOf(inner) => inner.as_ref().clone(),
                Self::Maybe(inner) => vec![*inner],
                other => vec![other],
            };
            for value in more {
                if !all.iter().any(|known| known.is_same_as(&value)) {
                    all.push(value);
                }
                if all.len() > MOST_CHOICES {
                    return Self::Unknown;
                }
            }
        }
        if all.iter().any(|value| matches!(value, Self::Unknown)) {
            return Self::Unknown;
        }
        match all.len() {
            0 => Self::Opaque,
            1 => all.remove(0),
            _ => Self::OneOf(Rc::new(all)),
        }
    }

    /// An entry with this value that may not be there.
    pub(super) fn maybe(self) -> Self {
        Self::Maybe(Box::new(self))
    }

    /// An entry with this value, which may not be there where `doubtful`.
    pub(super) fn maybe_if(self, doubtful: bool) -> Self {
        if doubtful { self.maybe() } else { self }
    }

    /// The value itself, and whether it may not be there.
    pub(super) fn unless_missing(self) -> (Self, bool) {
        match self {
            Self::Maybe(inner) => (*inner, true),
            other => (other, false),
        }
    }

    /// The entry of a dictionary that stands for others, of which neither keys nor values are known.
    pub(super) fn other_entries() -> (Self, Self) {
        (Self::Opaque, Self::maybe(Self::Opaque))
    }

    /// The values that it may be.
    pub(super) fn choices(&self) -> Vec<Self> {
        match self {
            Self::OneOf(values) => values.as_ref().clone(),
            Self::Maybe(inner) => inner.choices(),
            other => vec![other.clone()],
        }
    }

    /// Tells whether it is the project's own, or holds something that is: foreign code may give that back.
    pub(super) fn is_own(&self) -> bool {
        let own = |value: &Self| value.may_be_called() || matches!(value, Self::Module(_));
        match self {
            Self::List(entries) => entries.all().iter().any(own),
            Self::Dict(entries) => entries.all().iter().any(|(_, value)| own(value)),
            value => own(value),
        }
    }

    /// Tells whether it, or something in it, can be called and is the project's own.
    pub(super) fn may_be_called(&self) -> bool {
        match self {
            Self::Function(_) | Self::Bound(..) | Self::Class(_) | Self::Partial(_) | Self::Generator(_) => true,
            Self::OneOf(values) => values.iter().any(Self::may_be_called),
            Self::Maybe(inner) => inner.may_be_called(),
            _ => false,
        }
    }

    /// Tells whether there is one value that it has.
    pub(super) fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown | Self::Opaque | Self::OneOf(_) | Self::Maybe(_) | Self::Partly(..))
    }

    /// Joins both in one, for a value that depends on what is not known.
    pub(super) fn or(self, other: Self) -> Self {
        Self::one_of([self, other])
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
        Value::List(entries) | Value::Named(_, entries) => Some(entries.all()),
        Value::Dict(entries) => Some(entries.all().into_iter().map(|(key, _)| key).collect()),
        Value::Text(text) => Some(text.chars().map(|letter| Value::Text(letter.to_string())).collect()),
        _ => None,
    }
}

/// The two entries of a list that has no others.
pub(super) fn as_pair(value: &Value) -> Option<(Value, Value)> {
    let entries = items(value)?;
    let [key, value] = entries.as_slice() else { return None };
    Some((key.clone(), value.clone()))
}

/// The thing that a loop over a value that is not known gives, one at a time.
pub(super) fn entry_of(value: &Value) -> Value {
    match value {
        Value::OneOf(values) => {
            Value::one_of(values.iter().flat_map(|value| items(value).unwrap_or_else(|| vec![Value::Opaque])))
        }
        // An object of the project gives what its own code says.
        Value::Unknown | Value::Instance(..) => Value::Unknown,
        _ => Value::Opaque,
    }
}
