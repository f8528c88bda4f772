//! Knowledge of what makes and goes through lists, dictionaries and tuples.

use super::arguments::Arguments;
use super::stops::Raised;
use super::value::{Shared, Value, as_pair};
use super::{Flow, Frame, Interpreter};
use std::rc::Rc;

impl Interpreter<'_> {
    /// Builtin functions and those of `collections`, `itertools` and `dataclasses`; `None`: another function.
    pub(super) fn container_function(&mut self, frame: &Frame, name: &str, arguments: &Arguments) -> Option<Value> {
        let first = arguments.in_order.first();
        Some(match name {
            "builtins.list" | "builtins.tuple" | "builtins.iter" | "builtins.set" | "builtins.reversed"
            | "builtins.frozenset" => match first.cloned() {
                None => Value::list(Vec::new()),
                Some(first) => Value::list(self.iterate_anyway(frame, &first)),
            },
            "builtins.dict" | "collections.OrderedDict" => {
                let mut entries = match first {
                    None => Vec::new(),
                    Some(Value::Dict(entries)) => entries.all(),
                    Some(Value::List(pairs)) => {
                        let pairs = pairs.all();
                        pairs.iter().map(|pair| as_pair(pair).unwrap_or_else(Value::other_entries)).collect()
                    }
                    Some(_) => vec![Value::other_entries()],
                };
                entries.extend(arguments.named.iter().map(|(key, value)| (Value::text(key), value.clone())));
                Value::Dict(Shared::of(entries))
            }
            "collections.defaultdict" => {
                let maker = first.cloned().unwrap_or(Value::Opaque);
                Value::Dict(Shared::of(vec![(Value::foreign(super::value::DEFAULT), maker)]))
            }
            "collections.namedtuple" | "typing.NamedTuple" => self.make_named_tuple(arguments),
            "collections.deque" | "itertools.chain" | "itertools.chain.from_iterable" => {
                let mut all = Vec::new();
                for list in &arguments.in_order {
                    let list = self.iterate(frame, list);
                    all.extend(list.unwrap_or_else(|| vec![Value::maybe(Value::Opaque)]));
                }
                if name.ends_with("from_iterable") {
                    let inner = all.iter().flat_map(|one| super::value::items(one).unwrap_or_default());
                    all = inner.collect();
                }
                Value::list(all)
            }
            "dataclasses.field" | "attr.ib" | "attrs.field" | "pydantic.Field" => {
                match (arguments.named("default"), arguments.named("default_factory").or(arguments.named("factory"))) {
                    (Some(value), _) => value.clone(),
                    (None, Some(maker)) => Value::Partial(Rc::new((maker.clone(), Arguments::default()))),
                    (None, None) => Value::Opaque,
                }
            }
            "dataclasses.asdict" => match first {
                Some(Value::Instance(class, own)) => {
                    let names = &self.scopes[*own].names;
                    let fields = self.classes[*class].fields.iter();
                    let entries = fields.filter_map(|name| Some((Value::text(name), names.get(name)?.clone())));
                    Value::Dict(Shared::of(entries.collect()))
                }
                _ => Value::Opaque,
            },
            _ => return None,
        })
    }

    /// Builtin functions that go through the entries of something; `None`: another function.
    pub(super) fn function_on_entries(&mut self, frame: &Frame, name: &str, arguments: &Arguments) -> Option<Value> {
        let first = arguments.in_order.first();
        Some(match name {
            "builtins.sorted" => match first.cloned() {
                Some(first) => match self.iterate(frame, &first) {
                    Some(entries) => Value::list(self.sorted(frame, entries, arguments)),
                    None => Value::list(vec![Value::maybe(super::value::entry_of(&first))]),
                },
                None => Value::Opaque,
            },
            "builtins.any" | "builtins.all" => match first.cloned().and_then(|first| self.iterate(frame, &first)) {
                Some(entries) => {
                    let wanted = name == "builtins.any";
                    let truths: Vec<Option<bool>> = entries.iter().map(Value::truth).collect();
                    if truths.contains(&Some(wanted)) {
                        Value::Bool(wanted)
                    } else if truths.iter().all(Option::is_some) {
                        Value::Bool(!wanted)
                    } else {
                        Value::Opaque
                    }
                }
                None => Value::Opaque,
            },
            "builtins.int" => match first {
                Some(Value::Int(number)) => Value::Int(*number),
                Some(Value::Text(text)) => match text.trim().parse() {
                    Ok(number) => Value::Int(number),
                    Err(_) => {
                        self.may_end(Flow::Raise(Raised::of("ValueError")));
                        Value::Opaque
                    }
                },
                _ => Value::Opaque,
            },
            "builtins.next" => match first.cloned() {
                Some(first @ Value::Generator(_)) => {
                    let items = self.iterate_perhaps(frame, &first).unwrap_or_default();
                    Value::one_of(items.into_iter().chain(arguments.in_order.get(1).cloned()))
                }
                Some(first) => match self.iterate(frame, &first) {
                    Some(items) if self.in_doubt() || matches!(items.first(), Some(Value::Maybe(_)) | None) => {
                        Value::one_of(items.into_iter().chain(arguments.in_order.get(1).cloned()))
                    }
                    Some(items) => items.first().cloned().unwrap_or(Value::Opaque),
                    None => super::value::entry_of(&first),
                },
                None => Value::Opaque,
            },
            "builtins.filter" => match arguments.in_order.get(1).cloned() {
                Some(list) => {
                    self.hand_over(frame, arguments);
                    let items = self.iterate(frame, &list).unwrap_or_else(|| vec![Value::Opaque]);
                    Value::list(items.into_iter().map(Value::maybe).collect())
                }
                None => Value::Opaque,
            },
            "builtins.enumerate" => match first.cloned().and_then(|first| self.iterate(frame, &first)) {
                Some(items) => {
                    let start = match arguments.get(1, "start") {
                        Some(Value::Int(start)) => *start,
                        _ => 0,
                    };
                    let number = |(place, item): (usize, Value)| {
                        let place = i64::try_from(place).map_or(Value::Opaque, |place| Value::Int(place + start));
                        match item {
                            Value::Maybe(item) => Value::Maybe(Box::new(Value::list(vec![Value::Opaque, *item]))),
                            item => Value::list(vec![place, item]),
                        }
                    };
                    Value::list(items.into_iter().enumerate().map(number).collect())
                }
                None => Value::Opaque,
            },
            "builtins.zip" => zip(&arguments.in_order),
            "builtins.map" => self.map(frame, arguments),
            "builtins.len" => first
                .and_then(super::value::items)
                .filter(|items| !items.iter().any(|item| matches!(item, Value::Maybe(_))))
                .map_or(Value::Opaque, |items| i64::try_from(items.len()).map_or(Value::Opaque, Value::Int)),
            "builtins.range" => match arguments.in_order.as_slice() {
                [Value::Int(end)] if (0..1_000).contains(end) => Value::list((0..*end).map(Value::Int).collect()),
                [Value::Int(start), Value::Int(end)] if end - start < 1_000 => {
                    Value::list((*start..*end).map(Value::Int).collect())
                }
                _ => Value::Opaque,
            },
            _ => return None,
        })
    }

    /// `sorted(entries, key=…, reverse=…)`; as they are, where the keys are not known.
    fn sorted(&mut self, frame: &Frame, entries: Vec<Value>, arguments: &Arguments) -> Vec<Value> {
        let key = arguments.named("key").cloned();
        let mut keyed = Vec::new();
        for entry in entries {
            let key = match &key {
                Some(key) => self.call(frame, key, Arguments::of(vec![entry.clone()])),
                None => entry.clone(),
            };
            keyed.push((key, entry));
        }
        let number = |(key, _): &(Value, Value)| if let Value::Int(number) = key { Some(*number) } else { None };
        let text = |(key, _): &(Value, Value)| key.as_text().filter(|_| number(&(key.clone(), Value::None)).is_none());
        if keyed.iter().all(|entry| number(entry).is_some()) {
            keyed.sort_by_key(number);
        } else if keyed.iter().all(|entry| text(entry).is_some()) {
            keyed.sort_by_key(text);
        }
        let mut entries: Vec<Value> = keyed.into_iter().map(|(_, entry)| entry).collect();
        if arguments.named("reverse").and_then(Value::truth) == Some(true) {
            entries.reverse();
        }
        entries
    }

    /// `map(function, items)`
    pub(super) fn map(&mut self, frame: &Frame, arguments: &Arguments) -> Value {
        let Some(function) = arguments.in_order.first().cloned() else { return Value::Opaque };
        let list = arguments.in_order.get(1).cloned().unwrap_or(Value::Opaque);
        let Some(items) = self.iterate(frame, &list) else {
            self.hand_over(frame, arguments);
            return Value::Opaque;
        };
        let mut results = Vec::new();
        for item in items {
            results.push(self.for_each_choice(&item, |me, item| me.call(frame, &function, Arguments::of(vec![item]))));
        }
        Value::list(results)
    }
}

/// `zip(…)`; of an endless unknown one, such as `st.tabs(…)`, each entry is the same.
fn zip(lists: &[Value]) -> Value {
    let Some(length) = lists.iter().filter_map(|list| Some(super::value::items(list)?.len())).min() else {
        return Value::Opaque;
    };
    let row = |place: usize| {
        let entry = |list: &Value| match (super::value::items(list), list) {
            (Some(items), _) => items[place].clone(),
            (None, Value::Foreign(_)) => list.clone(),
            (None, _) => Value::Opaque,
        };
        Value::list(lists.iter().map(entry).collect())
    };
    Value::list((0..length).map(row).collect())
}
