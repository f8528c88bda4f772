//! The cards that make sense for what is so now, the one to begin with first, and what it would do.

use super::{Card, Offers};
use crate::diagnosis::Remedy;
use crate::remedy::Plan;
use crate::remedy::offer::Case;

/// The card to begin with.
#[must_use]
pub const fn recommended(case: &Case) -> Option<Card> {
    match case.recommendation.remedy {
        Remedy::None => None,
        Remedy::RaiseLimits | Remedy::RaiseLimitsOnHost | Remedy::RaiseNamespaceLimits => Some(Card::RaiseLimits),
        Remedy::RestartApp => Some(Card::Restart),
        Remedy::RepairSettings | Remedy::FewerWatches => Some(Card::Settings),
        Remedy::LetStreamlitPoll => Some(Card::Poll),
    }
}

/// Returns the cards, the recommended one first; what is done already or changes nothing is left out.
#[must_use]
pub fn cards(case: &Case, offers: &Offers) -> Vec<Card> {
    let fits = |card: &Card| match card {
        Card::RaiseLimits => true,
        Card::Poll => offers.poll.is_some(),
        Card::OlderWatchdog => offers.older.is_some(),
        Card::Settings | Card::Launch | Card::Directories => case.root.is_some(),
        Card::Editor => case.has_editor(),
        Card::Watchers => !case.watchers.is_empty(),
        Card::Restart => !case.apps.is_empty(),
    };
    let first = recommended(case);
    let rest = Card::ALL.into_iter().filter(|card| Some(*card) != first);
    first.into_iter().chain(rest).filter(fits).collect()
}

/// The plan of the recommended card, where pressing one button can carry it out from here.
#[must_use]
pub fn recommended_plan<'a>(case: &Case, offers: &'a Offers) -> Option<&'a Plan> {
    let plan = match recommended(case)? {
        Card::RaiseLimits => {
            let raise = offers.raise.as_ref().ok().filter(|raise| raise.guidance.is_none())?;
            raise.offer.plan.as_ref().ok()
        }
        Card::Poll => offers.poll.as_ref()?.plan.as_ref().ok(),
        Card::Settings if case.recommendation.remedy == Remedy::RepairSettings => offers.mend.as_ref()?.repair.as_ref(),
        Card::Restart => offers.restart.as_ref()?.plan.as_ref().ok(),
        // These want a choice first.
        Card::Settings | Card::Launch | Card::OlderWatchdog | Card::Directories | Card::Editor | Card::Watchers => None,
    };
    plan.filter(|plan| !plan.is_empty())
}
