//! Raising the limits: the plan, what the drop-in will hold, and where it has to be done instead.

use super::{Case, Note, Obstacle, Offer, RestartableApp};
use crate::diagnosis::Recommendation;
use crate::machine::Limit;
use crate::remedy::raise_limits::{
    self, Guidance, Invalid, RaiseLimits, RaisePlan, Record, Records, Wanted, Way, argv_raise,
};
use crate::remedy::{Diff, HotReload, Plan, Promise, RemedyName};

/// Kernel memory of one watch in use, in bytes: 1.3 KiB, an inotify mark with two inodes (`INOTIFY_WATCH_COST`; 1,312
/// measured on Linux 6.18).
pub const BYTES_A_WATCH: u64 = 1_331;

/// The offer of raising the limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaiseOffer {
    /// The plan.
    pub offer: Offer,
    /// The request inside the plan.
    pub request: Option<RaiseLimits>,
    /// The command that the window runs, word by word.
    pub command: Vec<String>,
    /// The drop-in's lines; `None` where none is written.
    pub drop_in: Option<Diff>,
    /// The guidance where it has to be done elsewhere or otherwise.
    pub guidance: Option<Guidance>,
}

impl Case {
    /// The limits to set: the recommended ones, and those in force that the next boot would lose.
    #[must_use]
    pub fn recommended(&self, until_reboot: bool) -> Wanted {
        let kept = |limit| self.machine.limits.get(limit).filter(|_| self.lost_at_boot.contains(&limit));
        let recommendation = &self.recommendation;
        Wanted {
            watches: recommendation.watches.or_else(|| kept(Limit::Watches)),
            instances: recommendation.instances.or_else(|| kept(Limit::Instances)),
            queued_events: recommendation.queued_events.or_else(|| kept(Limit::QueuedEvents)),
            until_reboot,
        }
    }

    /// Offers to raise the limits to `wanted`. Reads sysctl files.
    #[must_use]
    pub fn raise_limits(&self, wanted: Wanted) -> RaiseOffer {
        if let Some(guidance) = Guidance::of_namespace(self.wanted_of_namespace(wanted), &self.machine) {
            return RaiseOffer { guidance: Some(guidance), ..RaiseOffer::none(Invalid::Nothing) };
        }
        let restart = self.apps.iter().any(RestartableApp::is_streamlit);
        let planned = raise_limits::plan(wanted, &self.machine, &self.places, self.now(), restart);
        match planned {
            Ok(raise) => RaiseOffer {
                request: Some(raise.request),
                command: argv_raise(&raise.request, Way::of_window()),
                drop_in: (!wanted.until_reboot && !raise.plan.is_empty())
                    .then(|| drop_in(&Records::read(&self.places), &raise.request)),
                guidance: Guidance::of(&raise.request, &self.machine.environment).filter(|_| !raise.plan.is_empty()),
                offer: Offer { notes: self.notes_of(&raise), plan: Ok(raise.plan) },
            },
            Err(invalid) => RaiseOffer::none(invalid),
        }
    }

    fn notes_of(&self, raise: &RaisePlan) -> Vec<Note> {
        let set_back = raise_limits::set_back_by(&raise.request, &self.machine.boot);
        let kde = raise.boot.is_some() && !raise.plan.is_empty() && raise_limits::kde_survey_is_there(&self.places);
        let kde = kde.then_some(Note::KdeSurvey);
        raise
            .boot
            .clone()
            .map(Note::Boot)
            .into_iter()
            .chain(set_back.into_iter().map(Note::SetBack))
            .chain(kde)
            .collect()
    }

    /// Returns what the user namespace's own limits would have to be: as recommended, else as asked for.
    fn wanted_of_namespace(&self, wanted: Wanted) -> Wanted {
        let Recommendation { namespace_watches, namespace_instances, .. } = self.recommendation;
        Wanted {
            watches: namespace_watches.map(|low| low.wanted).or(wanted.watches),
            instances: namespace_instances.map(|low| low.wanted).or(wanted.instances),
            ..wanted
        }
    }

    /// Makes an empty plan: no limit is short.
    #[must_use]
    pub fn nothing_to_raise(&self) -> Plan {
        let promise = Promise {
            watches_after: self.need(),
            hot_reload: HotReload::Kept,
            needs_administrator: false,
            survives_reboot: true,
            needs_restart: false,
        };
        Plan { remedy: RemedyName::RaiseLimits, changes: Vec::new(), promise }
    }
}

impl RaiseOffer {
    const fn none(invalid: Invalid) -> Self {
        let offer = Offer { plan: Err(Obstacle::Invalid(invalid)), notes: Vec::new() };
        Self { offer, request: None, command: Vec::new(), drop_in: None, guidance: None }
    }

    /// Tells whether no limit was named, and none has to be.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.guidance.is_none() && self.offer.plan == Err(Obstacle::Invalid(Invalid::Nothing))
    }
}

fn drop_in(records: &Records, request: &RaiseLimits) -> Diff {
    let before = records.boot.as_ref().map(Record::text).unwrap_or_default();
    Diff::between(before.as_bytes(), records.after(request).text().as_bytes())
}
