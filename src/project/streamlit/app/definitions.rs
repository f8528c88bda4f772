//! Definitions of functions and classes, with their decorators.

use super::source::{SourcePlace, children};
use super::value::Value;
use super::{Flow, Frame, Function, FunctionKind, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    pub(super) fn decorated(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let decorators: Vec<Node<'_>> = children(node).into_iter().filter(|c| c.kind() == "decorator").collect();
        match node.child_by_field_name("definition") {
            Some(function) if function.kind() == "function_definition" => self.define(frame, function, &decorators),
            Some(class) => {
                let makers: Vec<Value> =
                    decorators.into_iter().map(|decorator| self.first_value(frame, decorator)).collect();
                let flow = self.define_class(frame, class, &makers);
                let name = class.child_by_field_name("name").map(|name| frame.source.text(name)).unwrap_or_default();
                for maker in makers.into_iter().rev() {
                    // A decorator of the project may keep the class in a list.
                    let value = self.lookup(frame.scope, &name);
                    if let made @ (Value::Function(_) | Value::Class(_) | Value::Instance(..)) =
                        self.decorate(&maker, &value)
                    {
                        self.set(frame.scope, &name, made);
                    }
                }
                flow
            }
            None => Flow::Next,
        }
    }

    pub(super) fn define(&mut self, frame: &Frame, node: Node<'_>, decorators: &[Node<'_>]) -> Flow {
        let (Some(name), Some(body)) = (node.child_by_field_name("name"), node.child_by_field_name("body")) else {
            return Flow::Next;
        };
        let makers: Vec<Value> = decorators.iter().map(|decorator| self.first_value(frame, *decorator)).collect();
        let parameters = match node.child_by_field_name("parameters") {
            Some(list) => self.parameters(frame, list),
            None => Vec::new(),
        };
        let has =
            |ending: &str| makers.iter().any(|maker| matches!(maker, Value::Foreign(name) if name.ends_with(ending)));
        let kind = if has("property") {
            FunctionKind::Property
        } else if has("staticmethod") {
            FunctionKind::Static
        } else if has("classmethod") {
            FunctionKind::OfClass
        } else if yields(body) {
            FunctionKind::Generator
        } else {
            FunctionKind::Plain
        };
        self.annotation(frame, node.child_by_field_name("return_type"));
        let mut value = self.new_function(frame, body, parameters, kind);
        let pickles = |node: &Node<'_>| {
            let text = frame.source.text(*node);
            text.contains("cache_data") || text.contains("experimental_memo")
        };
        if let (Value::Function(id), true) = (&value, decorators.iter().any(pickles)) {
            self.functions[*id].pickled = true;
        }
        for maker in makers.into_iter().rev() {
            if let made @ (Value::Function(_) | Value::Class(_) | Value::Instance(..)) = self.decorate(&maker, &value) {
                value = made;
            }
        }
        let changes_property = decorators.iter().any(|decorator| {
            let text = frame.source.text(*decorator);
            text.ends_with(".setter") || text.ends_with(".deleter")
        });
        if changes_property {
            return Flow::Next;
        }
        let name = frame.source.text(name);
        self.set(frame.scope, &name, value);
        Flow::Next
    }

    pub(super) fn new_function(
        &mut self,
        frame: &Frame,
        body: Node<'_>,
        parameters: Vec<(String, Value)>,
        kind: FunctionKind,
    ) -> Value {
        self.functions.push(Function {
            body: SourcePlace::of(&frame.source, body),
            parameters,
            scope: frame.scope,
            module: frame.module,
            kind,
            pickled: false,
            calls: 0,
        });
        Value::Function(self.functions.len() - 1)
    }

    /// `lambda …: body`
    pub(super) fn lambda(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let Some(body) = node.child_by_field_name("body") else { return Value::Opaque };
        let parameters = match node.child_by_field_name("parameters") {
            Some(list) => self.parameters(frame, list),
            None => Vec::new(),
        };
        self.new_function(frame, body, parameters, FunctionKind::Plain)
    }

    fn parameters(&mut self, frame: &Frame, list: Node<'_>) -> Vec<(String, Value)> {
        let mut parameters = Vec::new();
        for parameter in children(list) {
            let name = match parameter.kind() {
                "identifier" => Some(parameter),
                "typed_parameter" => children(parameter).into_iter().find(|child| child.kind() == "identifier"),
                "default_parameter" | "typed_default_parameter" => parameter.child_by_field_name("name"),
                _ => None,
            };
            self.annotation(frame, parameter.child_by_field_name("type"));
            let default = parameter.child_by_field_name("value").map_or(Value::Unknown, |node| self.value(frame, node));
            if let Some(name) = name {
                parameters.push((frame.source.text(name), default));
            } else if ["list_splat_pattern", "dictionary_splat_pattern", "keyword_separator"]
                .contains(&parameter.kind())
            {
                // Its name stands with its stars: `*args`, `**kwargs`.
                parameters.push((frame.source.text(parameter), Value::Opaque));
            }
        }
        parameters
    }
}

/// Tells whether a function yields: then its call runs nothing yet.
fn yields(node: Node<'_>) -> bool {
    node.kind() == "yield"
        || !["function_definition", "class_definition", "lambda"].contains(&node.kind())
            && children(node).into_iter().any(yields)
}
