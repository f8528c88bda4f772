//! The page's two sentences: what the checks came to, and what it means.

use crate::say;
use crate::verification::{Facts, HoldsAll};
use crate::window::look::Look;
use crate::window::state::WindowState;
use crate::window::state::verify::{Stage, VerifyPage};

/// The page's first sentence, which is also announced.
#[must_use]
pub fn title(look: Look<'_>, state: &WindowState) -> String {
    of(look, state, &state.stage()).0
}

/// Both sentences.
pub(super) fn of(look: Look<'_>, state: &WindowState, stage: &Stage) -> (String, String) {
    let (words, page) = (look.words, &state.verify);
    let changed = state.fix.has_changed() || state.fix.has_ended_an_app();
    match stage {
        Stage::Unchecked if changed => (say!(words, "check-title"), say!(words, "check-below")),
        Stage::Unchecked => (say!(words, "check-title-nothing"), say!(words, "check-below")),
        Stage::Checking => (say!(words, "check-title-running"), say!(words, "check-below-running")),
        Stage::RestartLeft(apps) if apps.len() == 1 => {
            (say!(words, "check-title-left"), say!(words, "check-below-left"))
        }
        Stage::RestartLeft(apps) => {
            (say!(words, "check-title-left-more", apps = apps.len()), say!(words, "check-below-left"))
        }
        Stage::Fine => {
            let title =
                if page.was_broken || changed { say!(words, "check-fixed") } else { say!(words, "check-all-passed") };
            let nothing = (!changed).then(|| say!(words, "check-nothing-done"));
            let below: Vec<String> = std::iter::once(all_passed(look, state)).chain(nothing).collect();
            (title, words.sentences(&below))
        }
        Stage::Unsure(unknown) => (say!(words, "check-none-failed"), say!(words, "check-unknown", unknown = *unknown)),
        Stage::Failed(failed) => (say!(words, "check-failed", failed = *failed), say!(words, "check-each-says")),
    }
}

/// Words what it means that nothing failed and nothing is in doubt.
fn all_passed(look: Look<'_>, state: &WindowState) -> String {
    let (words, page) = (look.words, &state.verify);
    let need = state.facts.ready().map(|judged| judged.diagnosis.budget.watches.need);
    match (need, waits(page)) {
        (None, _) => say!(words, "check-each-says"),
        (Some(0), _) => say!(words, "check-none-needed"),
        (Some(_), Waits::ForAnApp) => say!(words, "check-start-app"),
        (Some(_), Waits::ForATab(pid)) => say!(words, "check-open-app", pid = pid.to_string()),
        (Some(need), Waits::Nothing) => say!(words, "check-all-held", need = need),
    }
}

/// What the last proof, the app itself, waits for.
enum Waits {
    Nothing,
    ForAnApp,
    ForATab(u32),
}

fn waits(page: &VerifyPage) -> Waits {
    let Some(Facts::HoldsAll(apps)) = page.check("app-holds-all").map(|check| &check.facts) else {
        return Waits::ForAnApp;
    };
    let closed = apps.iter().find(|app| matches!(app.holds, HoldsAll::NotYet { .. }));
    match closed {
        Some(app) => Waits::ForATab(app.pid),
        None if apps.is_empty() => Waits::ForAnApp,
        None => Waits::Nothing,
    }
}
