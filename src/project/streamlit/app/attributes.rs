//! `object.name`: of modules, of objects with their classes and bases, and of values that are known.

use super::arguments::Arguments;
use super::objects::Shape;
use super::secrets::is_secrets;
use super::session::is_session;
use super::value::Value;
use super::{Frame, FunctionKind, Interpreter};
use tree_sitter::Node;

const DICT_METHODS: [&str; 12] = [
    "get",
    "keys",
    "values",
    "items",
    "update",
    "setdefault",
    "pop",
    "copy",
    "clear",
    "popitem",
    "fromkeys",
    "to_dict",
];

const SECRETS_METHODS: [&str; 8] =
    ["get", "keys", "values", "items", "has_key", "to_dict", "load_if_toml_exists", "file_change_listener"];

impl Interpreter<'_> {
    pub(super) fn attribute_node(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let (Some(object), Some(name)) = (node.child_by_field_name("object"), node.child_by_field_name("attribute"))
        else {
            return Value::Opaque;
        };
        let object = self.value(frame, object);
        if self.raised.is_some() {
            return Value::Opaque;
        }
        let name = frame.source.text(name);
        if matches!(object, Value::None) && !name.starts_with("__") {
            return self.of_none("AttributeError", &name);
        }
        match self.attribute(&object, &name) {
            Value::Bound(id, object) if self.functions[id].kind == FunctionKind::Property => {
                self.call_function(id, &Arguments::of(vec![*object]))
            }
            value => value,
        }
    }

    /// `object.name`
    pub(super) fn attribute(&mut self, object: &Value, name: &str) -> Value {
        match object {
            Value::Module(id) => self.module_attribute(*id, name),
            Value::Foreign(module) if is_session(module) => {
                if !DICT_METHODS.contains(&name) && !self.session.contains_key(name) {
                    self.may_raise();
                    return Value::Opaque;
                }
                self.session_item(name, Value::Method(Box::new(object.clone()), name.into()))
            }
            Value::Foreign(module) if is_secrets(module) && !SECRETS_METHODS.contains(&name) => {
                self.secret(&Value::text(name))
            }
            Value::Foreign(module) => self.foreign_attribute(module, name),
            Value::Class(class) => match self.in_class(*class, name) {
                Some(Value::Function(id)) if self.functions[id].kind == FunctionKind::OfClass => {
                    Value::Bound(id, Box::new(object.clone()))
                }
                Some(value) => value,
                None if name == "__members__" => self.members(*class).map_or(Value::Opaque, Value::list),
                None if ["__name__", "__doc__", "__module__", "__qualname__"].contains(&name) => Value::Opaque,
                // `__subclasses__()`, `mro()`: classes and functions of the project.
                None if name.starts_with("__") || name == "mro" => Value::Unknown,
                None => Value::Opaque,
            },
            Value::Instance(class, own) => self.of_instance(object, *class, *own, name),
            Value::Super(class, object) => match self.in_bases(*class, object, name) {
                Some(Value::Function(id)) => Value::Bound(id, object.clone()),
                Some(value) => value,
                None => Value::Opaque,
            },
            Value::Named(fields, entries) => match fields.iter().position(|field| field == name) {
                Some(place) => entries.all().get(place).cloned().unwrap_or(Value::Opaque),
                None => Value::Method(Box::new(object.clone()), name.into()),
            },
            Value::Spec(..) if name == "loader" => object.clone(),
            Value::Dict(entries) if !DICT_METHODS.contains(&name) => {
                // Of `st.secrets` and of dictionaries with attributes.
                super::operators::item(&entries.all(), &Value::text(name))
            }
            Value::Text(_) | Value::Path(_) | Value::List(_) | Value::Dict(_) => super::files::property(object, name)
                .unwrap_or_else(|| Value::Method(Box::new(object.clone()), name.into())),
            Value::Page(_) | Value::Code(_) | Value::Spec(..) | Value::Task(_) => {
                Value::Method(Box::new(object.clone()), name.into())
            }
            Value::OneOf(_) | Value::Maybe(_) => {
                Value::one_of(object.choices().iter().map(|one| self.attribute(one, name)).collect::<Vec<_>>())
            }
            Value::Unknown => Value::Unknown,
            _ => Value::Opaque,
        }
    }

    fn of_instance(&mut self, object: &Value, class: usize, own: usize, name: &str) -> Value {
        if let Some(value) = self.scopes[own].names.get(name) {
            return value.clone();
        }
        match self.in_class(class, name) {
            Some(Value::Function(id)) if self.functions[id].kind == FunctionKind::OfClass => {
                Value::Bound(id, Box::new(Value::Class(class)))
            }
            Some(Value::Function(id)) => Value::Bound(id, Box::new(object.clone())),
            Some(value @ Value::Instance(..)) => self.through_descriptor(object, class, value),
            Some(value) => value,
            None if name == "__class__" => Value::Class(class),
            None => match self.in_class(class, "__getattr__") {
                Some(Value::Function(id)) if !name.starts_with("__") => {
                    self.call_function(id, &Arguments::of(vec![object.clone(), Value::text(name)]))
                }
                // What a foreign base does may call methods of the project: `Thread.start()`.
                _ if self.classes[class].shape == Shape::Foreign && !name.starts_with("__") => Value::Unknown,
                _ => Value::Opaque,
            },
        }
    }

    /// An attribute of the class that is an object with `__get__`.
    fn through_descriptor(&mut self, object: &Value, class: usize, value: Value) -> Value {
        let Value::Instance(of, _) = value else { return value };
        match self.in_class(of, "__get__") {
            Some(Value::Function(get)) => {
                self.call_function(get, &Arguments::of(vec![value, object.clone(), Value::Class(class)]))
            }
            _ => value,
        }
    }

    /// A name of the classes that come after `class` for an object, as `super()` finds it.
    pub(super) fn in_bases(&self, class: usize, object: &Value, name: &str) -> Option<Value> {
        let of = if let Value::Instance(of, _) | Value::Class(of) = object { *of } else { class };
        let order = self.resolution_order(of, 0);
        let after = order.iter().position(|one| *one == class).map_or(0, |place| place + 1);
        order[after..].iter().find_map(|class| self.scopes[self.classes[*class].scope].names.get(name).cloned())
    }

    /// A name of a class or of its bases.
    pub(super) fn in_class(&self, class: usize, name: &str) -> Option<Value> {
        let order = self.resolution_order(class, 0);
        order.iter().find_map(|class| self.scopes[self.classes[*class].scope].names.get(name).cloned())
    }

    /// The class and its bases of the project in the order in which Python asks them: a class before its bases, and none
    /// before all that come before it in any of them.
    fn resolution_order(&self, class: usize, depth: usize) -> Vec<usize> {
        const DEEPEST_BASE: usize = 50;
        let bases = self.classes[class].bases.iter();
        let bases: Vec<usize> =
            bases.filter_map(|base| if let Value::Class(base) = base { Some(*base) } else { None }).collect();
        let mut order = vec![class];
        if depth > DEEPEST_BASE || bases.is_empty() {
            return order;
        }
        let mut lists: Vec<Vec<usize>> = bases.iter().map(|base| self.resolution_order(*base, depth + 1)).collect();
        lists.push(bases);
        while let Some(first) = lists.iter().find_map(|list| list.first().copied()) {
            let waits = |one: usize| lists.iter().any(|list| list.iter().skip(1).any(|other| *other == one));
            // Where the bases contradict each other, Python refuses the class.
            let next = lists.iter().filter_map(|list| list.first().copied()).find(|one| !waits(*one)).unwrap_or(first);
            order.push(next);
            lists.iter_mut().for_each(|list| list.retain(|one| *one != next));
        }
        order
    }
}
