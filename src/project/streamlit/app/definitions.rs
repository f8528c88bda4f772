//! Definitions of functions and classes, with their decorators.

use super::source::{SourcePlace, children};
use super::value::Value;
use super::{Class, Flow, Frame, Function, Interpreter};
use tree_sitter::Node;

impl Interpreter<'_> {
    pub(super) fn decorated(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let decorators: Vec<Node<'_>> = children(node).into_iter().filter(|c| c.kind() == "decorator").collect();
        match node.child_by_field_name("definition") {
            Some(function) if function.kind() == "function_definition" => self.define(frame, function, &decorators),
            Some(class) => {
                for decorator in decorators {
                    self.first_value(frame, decorator);
                }
                self.define_class(frame, class)
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
        let is_property =
            makers.iter().any(|maker| matches!(maker, Value::Foreign(name) if name.ends_with("property")));
        self.functions.push(Function {
            body: SourcePlace::of(&frame.source, body),
            parameters,
            scope: frame.scope,
            module: frame.module,
            is_property,
            calls: 0,
        });
        let mut value = Value::Function(self.functions.len() - 1);
        for maker in makers.into_iter().rev() {
            if let made @ (Value::Function(_) | Value::Class(_) | Value::Instance(_)) = self.decorate(&maker, &value) {
                value = made;
            }
        }
        let name = frame.source.text(name);
        self.set(frame.scope, &name, value);
        Flow::Next
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
            let default = parameter.child_by_field_name("value").map_or(Value::Unknown, |node| self.value(frame, node));
            if let Some(name) = name {
                parameters.push((frame.source.text(name), default));
            }
        }
        parameters
    }

    /// The body of a class runs at once; its methods do not.
    pub(super) fn define_class(&mut self, frame: &Frame, node: Node<'_>) -> Flow {
        let (Some(name), Some(body)) = (node.child_by_field_name("name"), node.child_by_field_name("body")) else {
            return Flow::Next;
        };
        let bases = node.child_by_field_name("superclasses").map(children).unwrap_or_default();
        let bases = bases.into_iter().map(|base| self.value(frame, base)).collect();
        let scope = self.new_scope(Some(frame.scope));
        let inside = Frame { scope, ..frame.clone() };
        let flow = self.block(&inside, body);
        self.classes.push(Class { scope, bases });
        let name = frame.source.text(name);
        let class = Value::Class(self.classes.len() - 1);
        self.set(frame.scope, &name, class);
        if matches!(flow, Flow::Raise(_) | Flow::Stop { .. }) { flow } else { Flow::Next }
    }
}
