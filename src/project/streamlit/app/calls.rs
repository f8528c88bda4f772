//! Calls: of the project's own functions and classes, and of what is known of others.

use super::arguments::Arguments;
use super::source::{SourcePlace, children};
use super::stops::StopReason;
use super::value::{Shared, Value};
use super::{Flow, Frame, FunctionKind, Interpreter};
use std::rc::Rc;
use tree_sitter::Node;

/// Depth to which a function is followed that calls itself with arguments that are known.
const MOST_NESTED: u32 = 40;
/// Number of times that one function is followed.
const MOST_CALLS: u32 = 300;

impl Interpreter<'_> {
    pub(super) fn call_node(&mut self, frame: &Frame, node: Node<'_>) -> Value {
        let Some(function) = node.child_by_field_name("function") else { return Value::Opaque };
        let callee = self.value(frame, function);
        let list = node.child_by_field_name("arguments");
        let mut arguments = Arguments::default();
        // `list(x for x in y)` has no list of arguments.
        let given = match list {
            Some(one) if one.kind() == "generator_expression" => vec![one],
            other => other.map(children).unwrap_or_default(),
        };
        for argument in given {
            self.argument(frame, argument, &mut arguments);
        }
        if matches!(callee, Value::None) {
            self.of_none("TypeError", &frame.source.text(function));
        }
        self.takes_arguments(&callee, &arguments);
        if self.raised.is_some() {
            return Value::Opaque;
        }
        self.call(frame, &callee, arguments)
    }

    fn argument(&mut self, frame: &Frame, argument: Node<'_>, arguments: &mut Arguments) {
        match argument.kind() {
            "keyword_argument" => {
                let name = argument.child_by_field_name("name").map(|name| frame.source.text(name));
                let value = argument.child_by_field_name("value").map(|value| self.value(frame, value));
                arguments.named.extend(name.zip(value));
            }
            "list_splat" => match super::value::items(&self.inner_value(frame, argument)) {
                Some(items) => arguments.in_order.extend(items),
                None => arguments.open = true,
            },
            "dictionary_splat" => match self.inner_value(frame, argument) {
                Value::Dict(entries) => {
                    let named = entries.all().into_iter().filter_map(|(key, value)| Some((key.as_text()?, value)));
                    arguments.named.extend(named);
                }
                _ => arguments.open = true,
            },
            _ => {
                let value = self.value(frame, argument);
                arguments.in_order.push(value);
            }
        }
    }

    /// Calls a value.
    pub(super) fn call(&mut self, frame: &Frame, callee: &Value, arguments: Arguments) -> Value {
        match callee {
            Value::Function(id) if self.functions[*id].kind == FunctionKind::Generator => {
                Value::Generator(Rc::new((callee.clone(), arguments)))
            }
            Value::Function(id) => self.call_function(*id, &arguments),
            Value::Bound(id, object) => {
                let mut with_object = arguments;
                if self.functions[*id].kind != FunctionKind::Static {
                    with_object.in_order.insert(0, object.as_ref().clone());
                }
                self.call(frame, &Value::Function(*id), with_object)
            }
            Value::Partial(made) => {
                let (function, first) = made.as_ref().clone();
                let mut all = first;
                all.in_order.extend(arguments.in_order);
                all.named.extend(arguments.named);
                all.open |= arguments.open;
                self.call(frame, &function, all)
            }
            Value::Class(id) => self.instantiate(frame, *id, &arguments),
            Value::Instance(..) => match self.attribute(callee, "__call__") {
                method @ (Value::Bound(..) | Value::Function(_)) => self.call(frame, &method, arguments),
                _ => Value::Opaque,
            },
            Value::Foreign(name) => self.call_foreign_with_choices(frame, name, &arguments),
            Value::Method(object, name) => self.call_method(frame, object, name, &arguments),
            Value::OneOf(_) | Value::Maybe(_) => {
                let arguments = &arguments;
                self.for_each_choice(callee, |me, one| me.call(frame, &one, arguments.clone()))
            }
            Value::Unknown => {
                self.sweep.calls = true;
                Value::Unknown
            }
            _ => {
                // A method of something foreign: `frame.apply(f)` may call what it is handed.
                self.foreign_calls += 1;
                self.notes_paths(&arguments);
                self.hand_over(frame, &arguments);
                Value::Opaque
            }
        }
    }

    /// Calls a foreign function once for each value that an argument may have, where that may decide about imports.
    fn call_foreign_with_choices(&mut self, frame: &Frame, name: &str, arguments: &Arguments) -> Value {
        let open = arguments.in_order.iter().position(|value| matches!(value, Value::OneOf(_) | Value::Maybe(_)));
        let Some(place) = open.filter(|_| !is_quiet(name)) else { return self.call_foreign(frame, name, arguments) };
        let open = arguments.in_order[place].clone();
        self.for_each_choice(&open, |me, one| {
            let mut chosen = arguments.clone();
            chosen.in_order[place] = one;
            me.call_foreign_with_choices(frame, name, &chosen)
        })
    }

    pub(super) fn call_function(&mut self, id: usize, arguments: &Arguments) -> Value {
        let function = &mut self.functions[id];
        function.calls += 1;
        if function.calls > MOST_CALLS || self.depth > super::DEEPEST {
            self.sweep.imports = true;
            return Value::Unknown;
        }
        let nested = self.active.get(&id).copied().unwrap_or_default();
        let known = !arguments.open && arguments.in_order.iter().all(Value::is_known);
        let arguments = match nested {
            0 => arguments,
            // What it imports is known from the call under way.
            _ if !self.may_import_otherwise(id, arguments) => return Value::Opaque,
            1..MOST_NESTED if known && !self.in_doubt() => arguments,
            // It calls itself, how often is not known: once more with anything shows all that it may import.
            1 => &Arguments::any(),
            _ => {
                self.sweep.imports |= !self.in_doubt();
                return Value::Opaque;
            }
        };
        self.active.insert(id, nested + 1);
        let (body, module, parent) =
            (self.functions[id].body.clone(), self.functions[id].module, self.functions[id].scope);
        let parameters = self.functions[id].parameters.clone();
        let scope = self.new_scope(Some(parent));
        self.bind(scope, &parameters, arguments);
        let (flow, own) = self.within(|me| me.run_place(&body, scope, module));
        self.active.insert(id, nested);
        let value = self.after_call(flow, own);
        if self.functions[id].pickled && matches!(value, Value::Module(_) | Value::Generator(_)) {
            const CLASS: &str = "UnserializableReturnValueError";
            return self.raise_for(CLASS, StopReason::Raised(CLASS.to_owned()));
        }
        value
    }

    /// Tells whether a function that calls itself may import something else with other arguments: it imports within a
    /// branch, or its file imports by names that are made.
    fn may_import_otherwise(&self, id: usize, arguments: &Arguments) -> bool {
        const BY_NAME: [&str; 4] = ["import_module", "__import__", "exec(", "runpy"];
        let source = &self.functions[id].body.source;
        let has_arguments = arguments.open || !arguments.in_order.is_empty() || !arguments.named.is_empty();
        let body = self.functions[id].body.node().map(|body| source.text(body)).unwrap_or_default();
        let whole = source.text(source.root());
        has_arguments && (body.contains("import ") || BY_NAME.iter().any(|word| whole.contains(word)))
    }

    fn bind(&mut self, scope: usize, parameters: &[(String, Value)], arguments: &Arguments) {
        let mut place = 0;
        for (name, default) in parameters {
            if let Some(rest) = name.strip_prefix("**") {
                let known: Vec<&String> = parameters.iter().map(|(name, _)| name).collect();
                let named = arguments.named.iter().filter(|(name, _)| !known.contains(&name));
                let entries: Vec<(Value, Value)> =
                    named.map(|(name, value)| (Value::text(name), value.clone())).collect();
                self.set(scope, rest, Value::Dict(Shared::of(entries)));
            } else if let Some(rest) = name.strip_prefix('*') {
                let more = arguments.in_order.get(place..).unwrap_or_default().to_vec();
                place = arguments.in_order.len();
                self.set(scope, rest, if arguments.open { Value::Opaque } else { Value::list(more) });
            } else {
                let given = arguments.get(place, name).cloned();
                let value = given.unwrap_or_else(|| match default {
                    Value::Unknown if arguments.open => Value::Opaque,
                    default => default.clone(),
                });
                self.set(scope, name, value);
                place += 1;
            }
        }
    }

    fn run_place(&mut self, body: &SourcePlace, scope: usize, module: usize) -> Flow {
        let Some(node) = body.node() else { return Flow::Next };
        let frame = Frame { source: Rc::clone(&body.source), scope, module };
        let outer = std::mem::take(&mut self.expression_depth);
        self.depth += 1;
        let flow = if node.kind() == "block" {
            self.block(&frame, node)
        } else {
            // The body of a lambda.
            let value = self.value(&frame, node);
            self.raised.take().unwrap_or(Flow::Return(value))
        };
        self.depth -= 1;
        self.expression_depth = outer;
        flow
    }

    /// Returns what a decorator makes of a function: what the project's own one returns, else the function itself.
    pub(super) fn decorate(&mut self, maker: &Value, function: &Value) -> Value {
        let arguments = Arguments::of(vec![function.clone()]);
        match maker {
            Value::Function(id) => self.call_function(*id, &arguments),
            Value::Bound(id, object) => {
                self.call_function(*id, &Arguments::of(vec![object.as_ref().clone(), function.clone()]))
            }
            Value::Class(id) => {
                let own = self.new_scope(None);
                let object = Value::Instance(*id, own);
                if let Value::Bound(init, _) = self.attribute(&object, "__init__") {
                    self.call_function(init, &Arguments::of(vec![object.clone(), function.clone()]));
                }
                object
            }
            _ => function.clone(),
        }
    }
}

/// Functions of which the result does not matter for each choice: they show things.
fn is_quiet(name: &str) -> bool {
    name.starts_with("streamlit.")
        && !["Page", "navigation", "switch_page", "page_link"].iter().any(|function| name.ends_with(function))
        || name.starts_with("builtins.print")
}
