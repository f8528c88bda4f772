//! Calls: of the project's own functions and classes, and of what is known of others.

use super::arguments::Arguments;
use super::session::is_session;
use super::source::{SourcePlace, children};
use super::value::Value;
use super::{Flow, Frame, Interpreter};
use std::rc::Rc;
use tree_sitter::Node;

/// Number of times that one function is followed; its imports rarely depend on more.
const MOST_CALLS: u32 = 64;

impl Interpreter<'_> {
    pub(super) fn call_node(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let Some(function) = node.child_by_field_name("function") else { return Value::Unknown };
        let callee = self.value(frame, function);
        let mut arguments = Arguments::default();
        for argument in node.child_by_field_name("arguments").map(children).unwrap_or_default() {
            match argument.kind() {
                "keyword_argument" => {
                    let name = argument.child_by_field_name("name").map(|name| frame.source.text(name));
                    let value = argument.child_by_field_name("value").map(|value| self.value(frame, value));
                    arguments.named.extend(name.zip(value));
                }
                "list_splat" => {
                    let inner = children(argument).first().map_or(Value::Unknown, |inner| self.value(frame, *inner));
                    arguments.in_order.extend(super::value::items(&inner).unwrap_or_default());
                }
                _ => {
                    let value = self.value(frame, argument);
                    arguments.in_order.push(value);
                }
            }
        }
        if self.raised.is_some() {
            return Value::Unknown;
        }
        self.call(frame, &callee, arguments)
    }

    /// Calls a value.
    pub(super) fn call(&mut self, frame: &Frame, callee: &Value, arguments: Arguments) -> Value {
        match callee {
            Value::Function(id) => self.call_function(*id, &arguments),
            Value::Bound(id, object) => {
                let mut with_object = arguments;
                with_object.in_order.insert(0, object.as_ref().clone());
                self.call_function(*id, &with_object)
            }
            Value::Class(id) => self.instantiate(frame, *id, &arguments),
            Value::Instance(_) => match self.attribute(callee, "__call__") {
                Value::Unknown => Value::Unknown,
                method => self.call(frame, &method, arguments),
            },
            Value::Foreign(name) => self.call_foreign(frame, name, &arguments),
            Value::Method(object, name) => self.call_method(frame, object, name, &arguments),
            _ => Value::Unknown,
        }
    }

    pub(super) fn call_function(&mut self, id: usize, arguments: &Arguments) -> Value {
        let function = &mut self.functions[id];
        function.calls += 1;
        if function.calls > MOST_CALLS || self.depth > super::DEEPEST || !self.active.insert(id) {
            return Value::Unknown;
        }
        let (body, module, parent) = (function.body.clone(), function.module, function.scope);
        let parameters = function.parameters.clone();
        let scope = self.new_scope(Some(parent));
        for (place, (name, default)) in parameters.iter().enumerate() {
            let value = arguments.get(place, name).unwrap_or(default).clone();
            self.set(scope, name, value);
        }
        let flow = self.run_place(&body, scope, module);
        self.active.remove(&id);
        match flow {
            Flow::Return(value) => value,
            Flow::Raise(_) | Flow::Stop { .. } => {
                self.raised = Some(flow);
                Value::Unknown
            }
            _ => Value::None,
        }
    }

    fn run_place(&mut self, body: &SourcePlace, scope: usize, module: usize) -> Flow {
        let Some(node) = body.node() else { return Flow::Next };
        let frame = Frame { source: Rc::clone(&body.source), scope, module };
        let outer = std::mem::take(&mut self.expression_depth);
        let flow = self.block(&frame, node);
        self.expression_depth = outer;
        flow
    }

    fn instantiate(&mut self, frame: &Frame, class: usize, arguments: &Arguments) -> Value {
        let object = Value::Instance(class);
        for name in ["__init__", "__post_init__"] {
            if let method @ Value::Bound(..) = self.attribute(&object, name) {
                self.call(frame, &method, arguments.clone());
            }
        }
        object
    }

    /// Returns what a decorator makes of a function: what the project's own one returns, else the function itself.
    pub(super) fn decorate(&mut self, maker: &Value, function: &Value) -> Value {
        let arguments = Arguments::of(vec![function.clone()]);
        match maker {
            Value::Function(id) => self.call_function(*id, &arguments),
            Value::Class(id) => {
                let object = Value::Instance(*id);
                if let Value::Bound(init, _) = self.attribute(&object, "__init__") {
                    self.call_function(init, &Arguments::of(vec![object.clone(), function.clone()]));
                }
                object
            }
            _ => function.clone(),
        }
    }

    pub(super) fn attribute_node(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let (Some(object), Some(name)) = (node.child_by_field_name("object"), node.child_by_field_name("attribute"))
        else {
            return Value::Unknown;
        };
        let object = self.value(frame, object);
        let name = frame.source.text(name);
        match self.attribute(&object, &name) {
            Value::Bound(id, object) if self.functions[id].is_property => {
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
                self.session_item(name, Value::Method(Box::new(object.clone()), name.into()))
            }
            Value::Foreign(module) => self.foreign_attribute(module, name),
            Value::Class(class) => self.in_class(*class, name, 0).unwrap_or(Value::Unknown),
            Value::Instance(class) => match self.in_class(*class, name, 0) {
                Some(Value::Function(id)) => Value::Bound(id, Box::new(object.clone())),
                Some(value) => value,
                None => Value::Unknown,
            },
            Value::Super(class, object) => {
                let bases = self.classes[*class].bases.clone();
                match bases
                    .iter()
                    .find_map(|base| if let Value::Class(base) = base { self.in_class(*base, name, 0) } else { None })
                {
                    Some(Value::Function(id)) => Value::Bound(id, object.clone()),
                    Some(value) => value,
                    None => Value::Unknown,
                }
            }
            Value::Spec(..) if name == "loader" => object.clone(),
            Value::Text(_) | Value::Path(_) | Value::List(_) | Value::Dict(_) => super::files::property(object, name)
                .unwrap_or_else(|| Value::Method(Box::new(object.clone()), name.into())),
            Value::Page(_) | Value::Code(_) | Value::Spec(..) => Value::Method(Box::new(object.clone()), name.into()),
            _ => Value::Unknown,
        }
    }

    /// A name of a class or of its bases.
    fn in_class(&self, class: usize, name: &str, depth: usize) -> Option<Value> {
        let class = &self.classes[class];
        if let Some(value) = self.scopes[class.scope].names.get(name) {
            return Some(value.clone());
        }
        class.bases.iter().find_map(|base| match base {
            Value::Class(base) if depth < 50 => self.in_class(*base, name, depth + 1),
            _ => None,
        })
    }
}
