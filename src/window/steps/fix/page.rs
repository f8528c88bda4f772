//! What is chosen on the third step, and what came of it. Nothing here draws, waits or reads.

use crate::machine::Limit;
use crate::progress::{Cancelled, Progress};
use crate::remedy::caches::Cache;
use crate::remedy::offer::{Case, Found, Offer, RaiseOffer};
use crate::remedy::raise_limits::Wanted;
use crate::remedy::streamlit_config::ConfigRequest;
use crate::remedy::{Entry, FileWatcher, Journal, Outcome, Plan, Promise, RemedyError, RemedyName, Undo};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// The cards, in the order in which they stand unless one is recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Card {
    RaiseLimits,
    Settings,
    Launch,
    Directories,
    Restart,
}

impl Card {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::RaiseLimits, Self::Settings, Self::Launch, Self::Directories, Self::Restart];
}

/// Which card is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Open {
    /// The recommended one.
    #[default]
    Recommended,
    /// This one.
    Card(Card),
    /// None.
    Closed,
}

/// Where the environment variable goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Nowhere: the command is copied.
    #[default]
    Copied,
    /// Into this launch script.
    Script(PathBuf),
    /// Into the desktop session.
    Session,
}

/// Everything that a plan depends on and that a person chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The new limit of watches, as typed.
    pub watches: String,
    /// The new limit of instances, as typed; empty: left as it is.
    pub instances: String,
    /// Only until the reboot.
    pub until_reboot: bool,
    /// The watcher in the settings file.
    pub watcher: FileWatcher,
    /// Run on save; `None` leaves it.
    pub run_on_save: Option<bool>,
    /// The person's own settings file.
    pub personal: bool,
    /// A new file begins as the commented starter.
    pub starter: bool,
    /// The watcher in the environment variable.
    pub launch: FileWatcher,
    /// Where the variable goes.
    pub place: Place,
    /// Caches whose tick was changed.
    pub turned: BTreeSet<PathBuf>,
    /// The app to be restarted.
    pub app: Option<u32>,
    /// End it by SIGKILL.
    pub kill: bool,
}

impl Choices {
    fn of(case: &Case) -> Self {
        let wanted = case.recommended(false);
        let text = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
        Self {
            watches: text(wanted.watches.or_else(|| case.machine.limits.get(Limit::Watches))),
            instances: text(wanted.instances),
            until_reboot: false,
            watcher: FileWatcher::None,
            run_on_save: None,
            personal: false,
            starter: false,
            launch: FileWatcher::None,
            place: Place::Copied,
            turned: BTreeSet::new(),
            app: case.apps.first().map(|(pid, _)| *pid),
            kill: false,
        }
    }

    /// The limits, or the text that is no whole number.
    ///
    /// # Errors
    /// The text.
    pub fn wanted(&self, case: &Case) -> Result<Wanted, String> {
        let queued_events = case.recommended(self.until_reboot).queued_events;
        let (watches, instances) = (number(&self.watches)?, number(&self.instances)?);
        Ok(Wanted { watches, instances, queued_events, until_reboot: self.until_reboot })
    }

    /// Whether a cache is to go.
    #[must_use]
    pub fn ticked(&self, cache: &Cache) -> bool {
        cache.ticked != self.turned.contains(&cache.path)
    }
}

/// A whole number with or without separators; `None` for nothing.
fn number(text: &str) -> Result<Option<u64>, String> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, ',' | '_' | ' ' | '\u{a0}')).collect();
    if digits.is_empty() {
        return Ok(None);
    }
    // More than fits is refused by the kernel's bound, in the same words as a little too much.
    let whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole { Ok(Some(digits.parse().unwrap_or(u64::MAX))) } else { Err(text.trim().to_owned()) }
}

/// What the remedies come to for the choices made.
pub struct Offers {
    /// The round they were made in.
    pub round: u64,
    /// The choices they were made for.
    pub choices: Choices,
    /// What was looked for in the project's tree.
    pub found: Arc<Found>,
    /// Raising the limits; the text where a number was not understood.
    pub raise: Result<RaiseOffer, String>,
    /// The settings file: its path, whether it is there, and what happens to it.
    pub settings: SettingsOffer,
    /// What a launch with the variable brings.
    pub launch: Promise,
    /// Writing the variable somewhere; `None` where it is only copied.
    pub placed: Option<Offer>,
    /// Moving caches to the trash.
    pub caches: Offer,
    /// Restarting the chosen app.
    pub restart: Option<Offer>,
    /// What was changed before.
    pub history: Result<History, RemedyError>,
}

/// Changing a settings file.
pub struct SettingsOffer {
    /// The file.
    pub file: Option<PathBuf>,
    /// It is there already.
    pub exists: bool,
    /// The change.
    pub offer: Offer,
    /// Its correction, where it is broken in a known way.
    pub repair: Option<Plan>,
}

/// What this program has changed and not taken back.
#[derive(Default)]
pub struct History {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// Those that were interrupted.
    pub interrupted: Vec<u32>,
    /// Journal files that could not be understood.
    pub unreadable: Vec<PathBuf>,
}

impl Offers {
    /// Makes all of them. Reads files; looks through the project's tree where `found` is not known.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn make(
        case: &Case,
        found: Option<Arc<Found>>,
        (round, choices): (u64, Choices),
        journal: Result<Journal, RemedyError>,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let found = match found {
            Some(found) => found,
            None => Arc::new(case.find(progress)?),
        };
        let ticked: Vec<&Cache> = found.caches.items.iter().filter(|cache| choices.ticked(cache)).collect();
        let placed = match &choices.place {
            Place::Copied => None,
            Place::Script(file) => Some(case.launch_script(choices.launch, file)),
            Place::Session => Some(case.session_variable(choices.launch)),
        };
        Ok(Self {
            round,
            raise: choices.wanted(case).map(|wanted| case.raise_limits(wanted)),
            settings: SettingsOffer::of(case, &choices),
            launch: case.launch_promise(choices.launch),
            placed,
            caches: case.clear_caches(&ticked),
            restart: choices.app.map(|pid| case.restart(pid, choices.kill)),
            history: journal.and_then(|journal| History::read(&journal)),
            found,
            choices,
        })
    }
}

impl SettingsOffer {
    fn of(case: &Case, choices: &Choices) -> Self {
        let file = case.settings_file(choices.personal).ok();
        let (file_watcher, run_on_save) = (Some(choices.watcher), choices.run_on_save);
        let request = ConfigRequest { file_watcher, run_on_save, starter: choices.starter };
        Self {
            exists: file.as_ref().is_some_and(|file| file.exists()),
            offer: case.streamlit_config(request, choices.personal),
            repair: case.repair(choices.personal),
            file,
        }
    }
}

impl History {
    fn read(journal: &Journal) -> Result<Self, RemedyError> {
        let read = journal.entries()?;
        let undone = |entry: &Entry| entry.state == crate::remedy::State::Undone;
        // A restart cannot be taken back: there is nothing to offer for it.
        let mut entries: Vec<Entry> =
            read.entries.into_iter().filter(|entry| !undone(entry) && entry.plan.can_be_undone()).collect();
        entries.reverse();
        let interrupted = journal.unfinished()?.into_iter().map(|entry| entry.id).collect();
        Ok(Self { entries, interrupted, unreadable: read.unreadable })
    }
}

/// What is being done right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Applying a plan of this remedy.
    Apply(RemedyName),
    /// Taking back an entry, of this remedy.
    Undo(RemedyName),
}

impl Doing {
    /// A password dialog is open, or will be.
    #[must_use]
    pub const fn asks_for_password(self) -> bool {
        matches!(self, Self::Apply(RemedyName::RaiseLimits) | Self::Undo(RemedyName::RaiseLimits))
    }
}

/// What came of the last deed.
pub enum Told {
    /// A plan was applied, or not.
    Applied(Box<Plan>, Outcome),
    /// An entry was taken back, or not.
    Undone(Undo),
    /// An interrupted entry was to be finished and could not be.
    NotFinished(RemedyError),
    /// This program made a mistake; its own words about it.
    Crashed(String),
}

impl Told {
    /// The entry that this tells of, which can be taken back.
    #[must_use]
    pub fn undoable(&self) -> Option<u32> {
        match self {
            Self::Applied(plan, Outcome::Applied { id, .. }) if plan.can_be_undone() => Some(*id),
            _ => None,
        }
    }

    /// The process that did not end when asked.
    #[must_use]
    pub const fn still_running(&self) -> Option<u32> {
        match self {
            Self::Applied(_, Outcome::Failed { error: RemedyError::StillRunning { pid }, .. }) => Some(*pid),
            _ => None,
        }
    }
}

/// The third step.
#[derive(Default)]
pub struct FixPage {
    /// What the remedies go by; kept while a new survey is taken.
    pub case: Option<Arc<Case>>,
    /// What is chosen; there as soon as there is a case.
    pub choices: Option<Choices>,
    /// What the remedies come to; of earlier choices for a moment after a change.
    pub offers: Option<Offers>,
    /// Counts up whenever the world may have changed: the offers of an earlier round have to be made anew.
    pub round: u64,
    /// Which card is open.
    pub open: Open,
    /// Disclosures that are open, by name.
    pub unfolded: BTreeMap<&'static str, bool>,
    /// What is being done.
    pub doing: Option<Doing>,
    /// What came of the last deed.
    pub told: Option<Told>,
    /// It has not been brought into view yet.
    pub new_told: bool,
}

impl FixPage {
    /// Takes new facts over. Choices are kept for the same project, except what the facts decide.
    pub fn take(&mut self, case: Case) {
        let fresh = Choices::of(&case);
        let same = self.case.as_ref().is_some_and(|old| old.root == case.root);
        self.choices = Some(match self.choices.take().filter(|_| same) {
            Some(old) => {
                let Choices { watches, instances, app, .. } = fresh;
                Choices { watches, instances, app, kill: false, ..old }
            }
            None => fresh,
        });
        if !same {
            (self.offers, self.open) = (None, Open::Recommended);
        }
        self.case = Some(Arc::new(case));
        self.round += 1;
    }

    /// Something that this program changed is not taken back.
    #[must_use]
    pub fn has_changed(&self) -> bool {
        let told = matches!(self.told, Some(Told::Applied(_, Outcome::Applied { .. })));
        let history = self.offers.as_ref().and_then(|offers| offers.history.as_ref().ok());
        told || history.is_some_and(|history| !history.entries.is_empty())
    }

    /// The offers are what would be done now.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.offers
            .as_ref()
            .is_some_and(|offers| offers.round == self.round && Some(&offers.choices) == self.choices.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_is_understood_with_its_separators() {
        for (text, value) in [
            ("524288", Ok(Some(524_288))),
            (" 524,288 ", Ok(Some(524_288))),
            ("", Ok(None)),
            ("99999999999999999999999", Ok(Some(u64::MAX))),
            ("many", Err("many".to_owned())),
            ("-5", Err("-5".to_owned())),
        ] {
            assert_eq!(number(text), value, "{text:?}");
        }
    }
}
