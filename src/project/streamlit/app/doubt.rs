//! Doubt: what runs only perhaps. Both ways of an unknown condition are taken one after the other from the same state,
//! and joined afterwards: a name that they leave with different values is one of both from then on. What may have ended
//! the script, function or loop leaves all that follows in doubt.

use super::value::Value;
use super::{Flow, Interpreter, Raised};
use std::collections::HashMap;

/// Names are kept by scope; those of the session state have this one.
const SESSION: usize = usize::MAX;

/// Ways in which the code that runs may have ended already.
#[derive(Clone, Debug, Default)]
pub(super) struct Exits {
    breaks: bool,
    continues: bool,
    returns: Vec<Value>,
    pub(super) raises: Vec<Raised>,
    stops: bool,
}

impl Exits {
    fn any(&self) -> bool {
        self.breaks || self.continues || !self.returns.is_empty() || self.may_fail()
    }

    /// Tells whether what runs may raise or end the script.
    pub(super) fn may_fail(&self) -> bool {
        self.stops || !self.raises.is_empty()
    }
}

/// Changes of names since some moment, with their values before. Scopes that are newer need none.
pub(super) struct Journal {
    scopes: usize,
    changes: Vec<((usize, String), Option<Value>)>,
}

/// One way of a fork: how it ended, and the names it changed.
pub(super) struct Way {
    pub(super) flow: Flow,
    changed: HashMap<(usize, String), Option<Value>>,
}

impl Interpreter<'_> {
    /// Tells whether what runs now may not run at all.
    pub(super) fn in_doubt(&self) -> bool {
        self.doubt > 0 || self.exits.any()
    }

    /// A measure of doubt, to compare two moments.
    pub(super) fn level(&self) -> u32 {
        self.doubt + u32::from(self.exits.any())
    }

    /// Remembers a name's value before it changes.
    pub(super) fn keep(&mut self, scope: Option<usize>, name: &str) {
        let Some(journal) = self.journals.last() else { return };
        if scope.is_some_and(|scope| scope >= journal.scopes) {
            return;
        }
        let key = (scope.unwrap_or(SESSION), name.to_owned());
        let before = self.current(&key);
        if let Some(journal) = self.journals.last_mut() {
            journal.changes.push((key, before));
        }
    }

    fn current(&self, (scope, name): &(usize, String)) -> Option<Value> {
        let names = if *scope == SESSION { &self.session } else { &self.scopes[*scope].names };
        names.get(name).cloned()
    }

    fn put(&mut self, (scope, name): &(usize, String), value: Option<Value>) {
        let names = if *scope == SESSION { &mut self.session } else { &mut self.scopes[*scope].names };
        match value {
            Some(value) => names.insert(name.clone(), value),
            None => names.remove(name),
        };
    }

    /// Runs one way, and takes back the names that it changed.
    pub(super) fn fork(&mut self, run: impl FnOnce(&mut Self) -> Flow) -> Way {
        self.journals.push(Journal { scopes: self.scopes.len(), changes: Vec::new() });
        self.doubt += 1;
        let flow = run(self);
        // What an expression raised on this way ends this way only.
        let flow = self.raised.take().unwrap_or(flow);
        self.doubt -= 1;
        let changes = self.journals.pop().map(|journal| journal.changes).unwrap_or_default();
        let mut changed = HashMap::new();
        for (key, before) in changes.into_iter().rev() {
            if !changed.contains_key(&key) {
                changed.insert(key.clone(), self.current(&key));
            }
            self.put(&key, before);
        }
        Way { flow, changed }
    }

    /// Goes on after two ways. `scope` is that of the code that forked.
    pub(super) fn join(&mut self, scope: usize, one: Way, other: Way) -> Flow {
        let left = |way: &Way| matches!(way.flow, Flow::Return(_) | Flow::Raise(_) | Flow::Stop { .. });
        let (one_left, other_left) = (left(&one), left(&other));
        let mut keys: Vec<(usize, String)> = one.changed.keys().chain(other.changed.keys()).cloned().collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let before = self.current(&key);
            let after = |way: &Way| way.changed.get(&key).cloned().unwrap_or_else(|| before.clone());
            let value = match (after(&one), after(&other)) {
                (_, value) if one_left && !other_left && key.0 == scope => value,
                (value, _) if other_left && !one_left && key.0 == scope => value,
                (Some(one), Some(other)) => Some(one.or(other)),
                (one, other) => one.or(other),
            };
            let kept = if key.0 == SESSION { None } else { Some(key.0) };
            self.keep(kept, &key.1);
            self.put(&key, value);
        }
        self.both(one.flow, other.flow)
    }

    /// The end of two ways: where they agree, that; else what may have ended is kept as an exit.
    fn both(&mut self, one: Flow, other: Flow) -> Flow {
        match (one, other) {
            (Flow::Next, Flow::Next) => Flow::Next,
            (Flow::Return(one), Flow::Return(other)) => Flow::Return(one.or(other)),
            (Flow::Raise(one), Flow::Raise(other)) => {
                self.exits.raises.push(other);
                Flow::Raise(one.in_doubt())
            }
            (one @ Flow::Stop { .. }, Flow::Stop { .. }) => one,
            (Flow::Break, Flow::Break) => Flow::Break,
            (Flow::Continue, Flow::Continue) => Flow::Continue,
            (Flow::Next, ended) | (ended, Flow::Next) => {
                self.may_end(ended);
                Flow::Next
            }
            (one, other) => {
                self.may_end(other);
                match one {
                    Flow::Raise(raised) => Flow::Raise(raised.in_doubt()),
                    one => one,
                }
            }
        }
    }

    /// Keeps that the code may have ended this way.
    pub(super) fn may_end(&mut self, flow: Flow) {
        match flow {
            Flow::Next => {}
            Flow::Break => self.exits.breaks = true,
            Flow::Continue => self.exits.continues = true,
            Flow::Return(value) => self.exits.returns.push(value),
            Flow::Raise(raised) => self.exits.raises.push(raised),
            Flow::Stop { .. } => self.exits.stops = true,
        }
    }

    /// Runs something that may not run. Whatever ended it is kept as an exit, and what follows runs.
    pub(super) fn perhaps(&mut self, scope: usize, run: impl FnOnce(&mut Self) -> Flow) -> Flow {
        let way = self.fork(run);
        self.join(scope, way, Way { flow: Flow::Next, changed: HashMap::new() })
    }

    /// Evaluates something that may not be evaluated.
    pub(super) fn perhaps_value<T: Default>(&mut self, scope: usize, evaluate: impl FnOnce(&mut Self) -> T) -> T {
        let mut value = T::default();
        self.perhaps(scope, |me| {
            value = evaluate(me);
            Flow::Next
        });
        value
    }

    /// Evaluates something for each of the values that one may be, and joins the results.
    pub(super) fn for_each_choice(&mut self, of: &Value, mut run: impl FnMut(&mut Self, Value) -> Value) -> Value {
        if !matches!(of, Value::OneOf(_) | Value::Maybe(_)) {
            return run(self, of.clone());
        }
        let results: Vec<Value> =
            of.choices().into_iter().map(|choice| self.perhaps_value(SESSION, |me| run(me, choice))).collect();
        Value::one_of(results)
    }

    /// Runs a loop: what ends only its rounds is settled when it is over.
    pub(super) fn looping(&mut self, run: impl FnOnce(&mut Self) -> Flow) -> Flow {
        let outside = (self.exits.breaks, self.exits.continues);
        let flow = run(self);
        (self.exits.breaks, self.exits.continues) = outside;
        flow
    }

    /// A round of a loop is over: what may have gone on with the next one has done so.
    pub(super) fn round_is_over(&mut self, before: bool) {
        self.exits.continues = before;
    }

    pub(super) fn may_continue(&self) -> bool {
        self.exits.continues
    }

    /// Runs the body of a function or module, whose exits are its own. Returns what it may return besides, and its
    /// exits.
    pub(super) fn within(&mut self, run: impl FnOnce(&mut Self) -> Flow) -> (Flow, Exits) {
        let outside = std::mem::take(&mut self.exits);
        self.doubt += u32::from(outside.any());
        let flow = run(self);
        self.doubt -= u32::from(outside.any());
        let own = std::mem::replace(&mut self.exits, outside);
        (flow, own)
    }

    /// Takes over what may have failed within.
    pub(super) fn may_fail_as(&mut self, own: Exits) {
        self.exits.raises.extend(own.raises);
        self.exits.stops |= own.stops;
    }

    /// Goes on after a call: the value that it gives, and what it may have raised.
    pub(super) fn after_call(&mut self, flow: Flow, own: Exits) -> Value {
        let returns = own.returns.clone();
        self.may_fail_as(own);
        match flow {
            Flow::Return(value) => Value::one_of(returns.into_iter().chain([value])),
            Flow::Raise(_) | Flow::Stop { .. } => {
                if returns.is_empty() {
                    self.raised = Some(flow);
                    return Value::Opaque;
                }
                self.may_end(flow);
                Value::one_of(returns)
            }
            Flow::Next | Flow::Break | Flow::Continue => Value::one_of(returns.into_iter().chain([Value::None])),
        }
    }
}
