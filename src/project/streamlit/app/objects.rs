//! Classes whose objects have fields: data classes, named tuples, enumerations; and the making of objects.

use super::arguments::Arguments;
use super::source::children;
use super::value::{Shared, Value};
use super::{Class, Flow, Frame, Interpreter};
use std::rc::Rc;
use tree_sitter::Node;

/// Kinds of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    #[default]
    Plain,
    /// Takes its fields as arguments: `@dataclass`, `@attrs.define`, pydantic's `BaseModel`.
    Fields,
    /// A tuple with names.
    Tuple,
    /// The names in its body are its members.
    Enumeration,
    /// A class with a foreign base: it may have any name.
    Foreign,
}

impl Interpreter<'_> {
    /// The body of a class runs at once; its methods do not.
    pub(super) fn define_class(&mut self, frame: &Frame, node: Node<'_>, decorators: &[Value]) -> Flow {
        let (Some(name), Some(body)) = (node.child_by_field_name("name"), node.child_by_field_name("body")) else {
            return Flow::Next;
        };
        let bases = node.child_by_field_name("superclasses").map(children).unwrap_or_default();
        let (keywords, bases): (Vec<Node<'_>>, Vec<Node<'_>>) =
            bases.into_iter().partition(|base| base.kind() == "keyword_argument");
        let mut bases: Vec<Value> = bases.into_iter().map(|base| self.value(frame, base)).collect();
        let mut named = Vec::new();
        for keyword in keywords {
            let name = keyword.child_by_field_name("name").map(|name| frame.source.text(name)).unwrap_or_default();
            let value = self.field_value(frame, keyword, "value");
            match (name.as_str(), &value) {
                ("metaclass", Value::Foreign(meta)) if &**meta == "abc.ABCMeta" => {}
                // What a metaclass makes of it is not known.
                ("metaclass", _) => bases.push(Value::Opaque),
                _ => named.push((name, value)),
            }
        }
        let scope = self.new_scope(Some(frame.scope));
        let inside = Frame { scope, ..frame.clone() };
        let flow = self.block(&inside, body);
        let mut fields = Vec::new();
        let mut shape = shape_of(decorators);
        for base in &bases {
            match base {
                Value::Class(base) => {
                    fields.extend(self.classes[*base].fields.clone());
                    shape = shape.or(self.classes[*base].shape);
                }
                Value::Foreign(name) => shape = shape.or(shape_of_base(name)),
                _ => shape = shape.or(Shape::Foreign),
            }
        }
        fields.extend(fields_in(frame, body));
        self.classes.push(Class { scope, bases, fields, shape });
        let class = self.classes.len() - 1;
        if shape == Shape::Enumeration {
            self.make_members(class);
        }
        let name = frame.source.text(name);
        self.set(frame.scope, &name, Value::Class(class));
        // A base of the project may keep a list of those that inherit.
        if let Some(Value::Function(hook)) = self.in_bases(class, &Value::Class(class), "__init_subclass__") {
            self.call_function(hook, &Arguments { named, ..Arguments::of(vec![Value::Class(class)]) });
        }
        if flow.unwinds() { flow } else { Flow::Next }
    }

    /// Each name of an enumeration becomes an object with `name` and `value`.
    fn make_members(&mut self, class: usize) {
        let scope = self.classes[class].scope;
        for name in self.classes[class].fields.clone() {
            let Some(value) = self.scopes[scope].names.get(&name).cloned() else { continue };
            if matches!(value, Value::Function(_)) || name.starts_with('_') {
                continue;
            }
            let own = self.new_scope(None);
            self.set(own, "name", Value::text(&name));
            self.set(own, "value", value);
            self.set(scope, &name, Value::Instance(class, own));
        }
    }

    /// The members of an enumeration.
    pub(super) fn members(&self, class: usize) -> Option<Vec<Value>> {
        let class = &self.classes[class];
        let names = &self.scopes[class.scope].names;
        let member = |name: &String| names.get(name).filter(|value| matches!(value, Value::Instance(..))).cloned();
        (class.shape == Shape::Enumeration).then(|| class.fields.iter().filter_map(member).collect())
    }

    /// `Class(…)`
    pub(super) fn instantiate(&mut self, frame: &Frame, class: usize, arguments: &Arguments) -> Value {
        match self.classes[class].shape {
            Shape::Enumeration => return self.member_of(class, arguments.in_order.first()),
            Shape::Tuple => {
                let values = self.field_values(frame, class, arguments);
                let names = Rc::new(self.classes[class].fields.clone());
                return Value::Named(names, Shared::of(values));
            }
            Shape::Plain | Shape::Fields | Shape::Foreign => {}
        }
        let own = self.new_scope(None);
        let object = Value::Instance(class, own);
        let init = self.attribute(&object, "__init__");
        if let Value::Bound(..) = init {
            self.call(frame, &init, arguments.clone());
        } else if matches!(self.classes[class].shape, Shape::Fields | Shape::Foreign) {
            let values = self.field_values(frame, class, arguments);
            for (name, value) in self.classes[class].fields.clone().into_iter().zip(values) {
                self.set(own, &name, value);
            }
            for (name, value) in &arguments.named {
                self.set(own, name, value.clone());
            }
        }
        if let method @ Value::Bound(..) = self.attribute(&object, "__post_init__") {
            self.call(frame, &method, Arguments::default());
        }
        object
    }

    /// Values of the fields as the arguments give them, else as the body of the class does.
    fn field_values(&mut self, frame: &Frame, class: usize, arguments: &Arguments) -> Vec<Value> {
        let fields = self.classes[class].fields.clone();
        let mut values = Vec::new();
        for (place, name) in fields.iter().enumerate() {
            let value = match arguments.get(place, name) {
                Some(value) => value.clone(),
                None => match self.in_class(class, name) {
                    // `field(default_factory=list)`
                    Some(Value::Partial(made)) => self.call(frame, &made.0.clone(), Arguments::default()),
                    Some(value) => value,
                    None if arguments.open => Value::Unknown,
                    None => Value::Opaque,
                },
            };
            values.push(value);
        }
        values
    }

    /// `Color("red")`: the member of this value.
    fn member_of(&mut self, class: usize, value: Option<&Value>) -> Value {
        let members = self.members(class).unwrap_or_default();
        let Some(value) = value else { return Value::Opaque };
        for member in &members {
            if let Value::Instance(_, own) = member
                && self.scopes[*own].names.get("value").and_then(|own| own.equals(value)) == Some(true)
            {
                return member.clone();
            }
        }
        Value::one_of(members)
    }

    /// `namedtuple("Page", "title module")`, `NamedTuple("Page", [("title", str)])`
    pub(super) fn make_named_tuple(&mut self, arguments: &Arguments) -> Value {
        let fields = match arguments.get(1, "field_names") {
            Some(Value::Text(text)) => text.replace(',', " ").split_whitespace().map(str::to_owned).collect(),
            Some(other) => {
                let first = |value: &Value| match super::value::items(value) {
                    Some(pair) if !matches!(value, Value::Text(_)) => pair.first().and_then(Value::as_text),
                    _ => value.as_text(),
                };
                let names: Option<Vec<String>> =
                    super::value::items(other).and_then(|all| all.iter().map(first).collect());
                match names {
                    Some(names) => names,
                    None => return Value::Opaque,
                }
            }
            None => return Value::Opaque,
        };
        let scope = self.new_scope(None);
        if let Some(Value::List(defaults)) = arguments.named("defaults") {
            let defaults = defaults.all();
            let fields: &Vec<String> = &fields;
            for (name, value) in fields.iter().rev().zip(defaults.into_iter().rev()) {
                self.set(scope, name, value);
            }
        }
        self.classes.push(Class { scope, bases: Vec::new(), fields, shape: Shape::Tuple });
        Value::Class(self.classes.len() - 1)
    }
}

impl Shape {
    fn or(self, other: Self) -> Self {
        if self == Self::Plain { other } else { self }
    }
}

fn shape_of(decorators: &[Value]) -> Shape {
    const FIELDS: [&str; 8] = [
        "dataclasses.dataclass",
        "attr.s",
        "attr.dataclass",
        "attrs.define",
        "attr.define",
        "attrs.frozen",
        "attr.frozen",
        "pydantic.dataclasses.dataclass",
    ];
    let makes = |value: &Value| matches!(value, Value::Foreign(name) if FIELDS.contains(&name.trim_end_matches("()")));
    if decorators.iter().any(makes) { Shape::Fields } else { Shape::Plain }
}

fn shape_of_base(name: &str) -> Shape {
    match name {
        "enum.Enum" | "enum.IntEnum" | "enum.StrEnum" | "enum.Flag" | "enum.IntFlag" => Shape::Enumeration,
        "typing.NamedTuple" | "typing_extensions.NamedTuple" => Shape::Tuple,
        "builtins.object" | "abc.ABC" | "typing.Protocol" | "typing.Generic" | "builtins.str" | "builtins.int" => {
            Shape::Plain
        }
        _ => Shape::Foreign,
    }
}

/// Names that a class body gives a value or a type, in order.
fn fields_in(frame: &Frame, body: Node<'_>) -> Vec<String> {
    let mut fields = Vec::new();
    for statement in children(body) {
        let inner = children(statement);
        let assigned = inner.iter().find(|child| child.kind() == "assignment");
        let target = assigned.and_then(|assignment| assignment.child_by_field_name("left"));
        if let Some(target) = target.filter(|target| target.kind() == "identifier") {
            fields.push(frame.source.text(target));
        }
    }
    fields
}
