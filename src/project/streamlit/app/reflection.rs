//! Knowledge of what asks for names by their text: `getattr`, `globals()`, `super()`.

use super::arguments::Arguments;
use super::value::Value;
use super::{Frame, Interpreter};

impl Interpreter<'_> {
    /// Builtin functions that look at objects; `None`: another function.
    pub(super) fn reflection(&mut self, frame: &Frame, name: &str, arguments: &Arguments) -> Option<Value> {
        let first = arguments.in_order.first();
        Some(match name {
            "builtins.globals" | "builtins.locals" | "builtins.vars" => match first {
                Some(Value::Module(id)) => Value::Module(*id),
                Some(_) => Value::Opaque,
                None => Value::Module(frame.module),
            },
            "builtins.hasattr" => match (first.cloned(), arguments.text(1, "")) {
                (Some(Value::Module(id)), Some(name)) => {
                    let known = self.names_in(id).contains_key(&name);
                    if known || !self.is_open(id) { Value::Bool(known) } else { Value::Opaque }
                }
                (Some(Value::Instance(class, own)), Some(name)) => {
                    let known = self.scopes[own].names.contains_key(&name) || self.in_class(class, &name).is_some();
                    if known { Value::Bool(true) } else { Value::Opaque }
                }
                (Some(Value::Foreign(module)), Some(name)) if &*module == "streamlit" => {
                    if self.exports.lacks_name(&module, &name) { Value::Bool(false) } else { Value::Opaque }
                }
                (Some(Value::Foreign(module)), Some(name)) if super::session::is_session(&module) => {
                    Value::Bool(self.session.contains_key(&name))
                }
                _ => Value::Opaque,
            },
            "builtins.callable" => {
                let callable = first.is_some_and(Value::may_be_called);
                if callable { Value::Bool(true) } else { Value::Opaque }
            }
            "builtins.isinstance" | "builtins.issubclass" => Value::Opaque,
            "builtins.getattr" => match (first.cloned(), arguments.text(1, "")) {
                (Some(Value::Foreign(module)), Some(name))
                    if arguments.in_order.len() > 2
                        && &*module == "streamlit"
                        && self.exports.lacks_name(&module, &name) =>
                {
                    arguments.in_order[2].clone()
                }
                (Some(Value::Instance(class, own)), Some(name))
                    if arguments.in_order.len() > 2
                        && self.classes[class].shape != super::objects::Shape::Foreign
                        && !self.scopes[own].names.contains_key(&name)
                        && self.in_class(class, &name).is_none()
                        && self.in_class(class, "__getattr__").is_none() =>
                {
                    arguments.in_order[2].clone()
                }
                (Some(Value::Module(id)), Some(name))
                    if arguments.in_order.len() > 2 && !self.names_in(id).contains_key(&name) =>
                {
                    let default = arguments.in_order[2].clone();
                    let value = self.attribute(&Value::Module(id), &name);
                    if self.is_open(id) { Value::one_of([value, default]) } else { default }
                }
                (Some(object), Some(name)) => {
                    let value = self.attribute(&object, &name);
                    match arguments.in_order.get(2) {
                        Some(default) if matches!(value, Value::Opaque) => Value::one_of([value, default.clone()]),
                        _ => value,
                    }
                }
                (Some(Value::Module(id)), None) => self.any_function(id),
                (Some(Value::Instance(class, _)), None) => {
                    let scope = self.classes[class].scope;
                    let methods = self.scopes[scope].names.values().filter(|value| value.may_be_called());
                    let object = first.cloned().unwrap_or(Value::Opaque);
                    let bound = methods.map(|value| match value {
                        Value::Function(id) => Value::Bound(*id, Box::new(object.clone())),
                        other => other.clone(),
                    });
                    Value::one_of(bound)
                }
                _ => Value::Opaque,
            },
            "builtins.setattr" => {
                match (first.cloned(), arguments.text(1, ""), arguments.in_order.get(2)) {
                    (Some(Value::Module(id)), Some(name), Some(value)) => {
                        let scope = self.modules[id].scope;
                        self.set(scope, &name, value.clone());
                    }
                    (Some(Value::Instance(_, own)), Some(name), Some(value)) => self.set(own, &name, value.clone()),
                    (Some(Value::Foreign(module)), Some(name), Some(value)) if super::session::is_session(&module) => {
                        self.set_session(&name, value.clone());
                    }
                    _ => {}
                }
                Value::None
            }
            "builtins.super" => self.super_object(frame),
            _ => return None,
        })
    }

    /// `super()`: the method's function stands in the scope of its class.
    fn super_object(&self, frame: &Frame) -> Value {
        let parent = self.scopes[frame.scope].parent;
        let class = self.classes.iter().position(|class| Some(class.scope) == parent);
        class.map_or(Value::Opaque, |class| Value::Super(class, Box::new(self.lookup(frame.scope, "self"))))
    }
}
