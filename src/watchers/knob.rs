//! What reduces a watcher's watches: a variable, an option, a line in a settings file, each with what it leaves.

use super::{HeavyFolder, Invocation, PollingVariable, WatcherKind, WatcherSettings};
use crate::progress::{Cancelled, Progress};
use crate::project::Inventory;

/// One thing to turn, and what is left then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knob {
    /// The place and the text.
    pub lever: Lever,
    /// Watches afterwards, where that can be counted.
    pub watches_after: Option<u64>,
}

/// Places where a watcher can be told to watch less.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Lever {
    /// An environment variable of the process.
    Variable(&'static str, &'static str),
    /// An option of the command.
    Flag(String),
    /// Patterns below `files.watcherExclude` in `.vscode/settings.json`.
    VscodeExclude(Vec<String>),
    /// Patterns below `server.watch.ignored` in the configuration of Vite, which is code.
    ViteIgnored(Vec<String>),
}

impl Lever {
    /// The text to type, or to put into the file.
    #[must_use]
    pub fn text(&self) -> String {
        let quoted = |patterns: &[String]| patterns.iter().map(|one| format!("'{one}'")).collect::<Vec<_>>().join(", ");
        match self {
            Self::Variable(name, value) => format!("{name}={value}"),
            Self::Flag(text) => text.clone(),
            Self::VscodeExclude(patterns) => {
                let lines: Vec<String> = patterns.iter().map(|one| format!("\"{one}\": true")).collect();
                format!("\"{}\": {{ {} }}", super::vscode::WATCHER_EXCLUDE, lines.join(", "))
            }
            Self::ViteIgnored(patterns) => format!("server: {{ watch: {{ ignored: [{}] }} }}", quoted(patterns)),
        }
    }
}

/// Facts that the effect of a knob is counted from.
pub(super) struct Turning<'a> {
    pub(super) settings: &'a WatcherSettings,
    pub(super) invocation: &'a Invocation,
    pub(super) heavy: &'a [HeavyFolder],
    pub(super) inventory: &'a mut Inventory,
    pub(super) progress: &'a Progress,
}

impl Turning<'_> {
    /// The knob that leaves patterns out, where one of them frees something.
    pub(super) fn leave_out(
        &mut self,
        heavy: &[HeavyFolder],
        lever: fn(Vec<String>) -> Lever,
    ) -> Result<Vec<Knob>, Cancelled> {
        let patterns = worthwhile(self.settings, heavy, self.inventory);
        if patterns.is_empty() {
            return Ok(Vec::new());
        }
        let after = self.settings.without(&patterns).forecast(self.inventory, self.progress)?;
        let after = after.filter(|after| after.at_most.is_none()).map(|after| after.watches);
        Ok(vec![Knob { lever: lever(patterns), watches_after: after }])
    }
}

impl WatcherKind {
    /// The knobs of a running watcher. Those that free nothing are left out.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn knobs(
        self,
        settings: &WatcherSettings,
        invocation: &Invocation,
        heavy: &[HeavyFolder],
        inventory: &mut Inventory,
        progress: &Progress,
    ) -> Result<Vec<Knob>, Cancelled> {
        if settings.polls {
            return Ok(Vec::new());
        }
        let mut knobs = (self.watcher().knobs)(&mut Turning { settings, invocation, heavy, inventory, progress })?;
        knobs.extend(self.polling().map(PollingVariable::knob));
        Ok(knobs)
    }
}

impl PollingVariable {
    pub(super) const fn knob(self) -> Knob {
        Knob { lever: Lever::Variable(self.name, self.value), watches_after: Some(0) }
    }
}

/// Watches that a pattern has to free to be worth a line.
const LEAST_FREED: u64 = 20;

/// The patterns of heavy folders that free something: those that are left out already, or hold little, do not.
#[must_use]
pub fn worthwhile(settings: &WatcherSettings, heavy: &[HeavyFolder], inventory: &Inventory) -> Vec<String> {
    let watches = |settings: &WatcherSettings| settings.scope.count_in(inventory, &[]).watches;
    let now = watches(settings);
    let frees = |pattern: &String| now.saturating_sub(watches(&settings.without(std::slice::from_ref(pattern))));
    heavy.iter().map(|folder| folder.pattern.clone()).filter(|pattern| frees(pattern) >= LEAST_FREED).collect()
}
