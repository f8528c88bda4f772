//! The card that raises the limits.

use super::by_hand::{self, ByHand};
use super::parts::{FixView, Hands, apply_ui, code_ui, copy_ui, diff_lines, notes_ui, tall_code_ui, tick, unfold_ui};
use crate::machine::Limit;
use crate::remedy::offer::{BYTES_A_WATCH, RaiseOffer};
use crate::remedy::raise_limits::{DROP_IN, Guidance, RaiseLimits, Way, script_text};
use crate::say;
use crate::window::links::{Document, links_ui};
use crate::window::look::Action;
use crate::window::state::fix::TypedNumber;
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{Button, field, text};
use eframe::egui::{Color32, Response, Ui};

const FIELD: f32 = 120.0;

/// Words the title with the number as it is typed.
pub(super) fn title(view: &FixView<'_>) -> String {
    let words = view.look.words;
    if of_namespace(view).is_some() {
        return say!(words, "fix-raise-namespace");
    }
    if is_done(view) {
        return say!(words, "remedy-raise-limits");
    }
    let watches = view.offers.raise.as_ref().ok().and_then(|raise| raise.request).and_then(|request| request.watches);
    let kept = watches.is_some() && view.case.machine.limits.get(Limit::Watches) == watches;
    match (watches, longer_queue(view)) {
        (watches, Some(events)) if kept || watches.is_none() => say!(words, "fix-raise-queue", events = events),
        (Some(_), _) if kept => say!(words, "fix-raise-keep"),
        (Some(watches), _) => say!(words, "fix-raise-to", watches = watches),
        (None, _) => say!(words, "remedy-raise-limits"),
    }
}

/// Tells whether the limits are as they would be set, now and at the next boot.
pub(super) fn is_done(view: &FixView<'_>) -> bool {
    let plan = view.offers.raise.as_ref().ok().and_then(|raise| raise.offer.plan.as_ref().ok());
    plan.is_some_and(crate::remedy::Plan::is_empty)
}

/// The length that event queues are given, where that is more than they have.
fn longer_queue(view: &FixView<'_>) -> Option<u64> {
    let request = view.offers.raise.as_ref().ok()?.request?;
    request.queued_events.filter(|events| Some(*events) > view.case.machine.limits.get(Limit::QueuedEvents))
}

/// The user namespace's own limit stands in the way: what it allows, and what can be done.
fn of_namespace<'a>(view: &FixView<'a>) -> Option<(&'a Guidance, String)> {
    let guidance = view.offers.raise.as_ref().ok()?.guidance.as_ref()?;
    Some((guidance, guidance.allowed_by_namespace(view.look.words)?))
}

/// Words what it gives.
pub(super) fn sentence(view: &FixView<'_>) -> String {
    let words = view.look.words;
    if let Some((_, allowed)) = of_namespace(view) {
        return allowed;
    }
    let (case, raise) = (view.case, view.offers.raise.as_ref().ok());
    if let (true, Some(limit)) = (is_done(view), case.machine.limits.get(Limit::Watches)) {
        return say!(words, "fix-raise-done", limit = limit);
    }
    let (total, watches) = (case.total, raise.and_then(|raise| raise.request).and_then(|request| request.watches));
    let fits = match watches {
        None => return without_watches(view),
        Some(limit) if limit < total => say!(words, "fix-raise-too-low", missing = total - limit),
        Some(limit) if case.root.is_none() => {
            say!(words, "fix-raise-fits-account", total = total, free = limit - total)
        }
        Some(limit) => say!(words, "fix-raise-fits", total = total, free = limit - total),
    };
    let guidance = raise.and_then(|raise| raise.guidance.as_ref());
    let elsewhere =
        guidance.is_some_and(|guidance| matches!(guidance, Guidance::OnTheHost { .. } | Guidance::OnTheNode { .. }));
    let host = elsewhere.then(|| say!(words, "fix-raise-host"));
    let queue = longer_queue(view).map(|events| say!(words, "fix-raise-queue-too", events = events));
    words.sentences(&host.into_iter().chain(queue).chain([fits]).collect::<Vec<_>>())
}

/// Words what it gives where the limit of watches stays as it is, or cannot be set as typed: the fields say so then.
fn without_watches(view: &FixView<'_>) -> String {
    let words = view.look.words;
    let request = view.offers.raise.as_ref().ok().and_then(|raise| raise.request);
    let instances = request.and_then(|request| request.instances);
    let queue = longer_queue(view).map(|events| say!(words, "fix-raise-queue-too", events = events));
    let instances = instances.map(|instances| say!(words, "recommend-raise-instances", instances = instances));
    let said: Vec<String> = queue.into_iter().chain(instances).collect();
    if said.is_empty() { view.case.recommendation.reason(words) } else { words.sentences(&said) }
}

/// The same in a few words, for the card on the step Diagnosis.
pub(super) fn short_sentence(view: &FixView<'_>) -> String {
    let queue = longer_queue(view).filter(|_| of_namespace(view).is_none());
    queue.map_or_else(|| sentence(view), |events| say!(view.look.words, "fix-raise-queue-too", events = events))
}

/// The open card.
pub(super) fn ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    if let Some((guidance, _)) = of_namespace(view) {
        return guidance_ui(ui, view, hands, guidance);
    }
    fields_ui(ui, view, hands);
    let look = view.look;
    raise_or_why_ui(ui, view, hands);
    links_ui(ui, look.words, look.tokens, &[Document::Inotify, Document::KernelSettings]);
}

fn raise_or_why_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let look = view.look;
    match &view.offers.raise {
        Err(typed) => {
            let wrong = say!(look.words, "fix-not-a-number", text = typed.as_str());
            text(ui, Type::Small, look.tokens.critical, wrong);
            apply_ui(ui, view, None, "", hands.actions);
        }
        Ok(raise) => raise_ui(ui, view, hands, raise),
    }
}

fn fields_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>) {
    let (look, choices) = (view.look, &mut *hands.choices);
    ui.horizontal(|ui| {
        ui.set_height(size::CONTROL);
        ui.spacing_mut().item_spacing.x = space::M;
        let label = text(ui, Type::Body, look.tokens.muted, say!(look.words, "fix-new-limit"));
        number_ui(ui, &mut choices.watches, &label);
        text(ui, Type::Small, look.tokens.muted, memory(view));
    });
    if view.case.recommendation.watches.is_some() {
        text(ui, Type::Caption, look.tokens.muted, say!(look.words, "fix-limit-why"));
    }
    if !choices.instances.0.is_empty() || view.case.recommendation.instances.is_some() {
        ui.horizontal(|ui| {
            ui.set_height(size::CONTROL);
            ui.spacing_mut().item_spacing.x = space::M;
            let label = text(ui, Type::Body, look.tokens.muted, say!(look.words, "fix-new-instances"));
            number_ui(ui, &mut choices.instances, &label);
        });
    }
    tick(ui, look, &mut choices.until_reboot, say!(look.words, "fix-until-reboot"));
}

/// A field for a number, which is grouped as soon as the keyboard has left it.
fn number_ui(ui: &mut Ui, number: &mut TypedNumber, label: &Response) {
    let field = field::text_field(ui, &mut number.0, "", FIELD).labelled_by(label.id);
    if field.lost_focus() {
        number.group();
    }
}

/// Words the memory: only a watch in use takes any.
fn memory(view: &FixView<'_>) -> String {
    let words = view.look.words;
    let bytes = |watches: u64| words.bytes(watches.saturating_mul(BYTES_A_WATCH));
    let watches = view.offers.raise.as_ref().ok().and_then(|raise| raise.request).and_then(|request| request.watches);
    match (watches, view.case.need()) {
        (None, _) => String::new(),
        (Some(most), None) => say!(words, "fix-memory", most = bytes(most)),
        (Some(most), Some(need)) => say!(words, "fix-memory-project", most = bytes(most), project = bytes(need)),
    }
}

fn raise_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>, raise: &RaiseOffer) {
    let look = view.look;
    let plan = match &raise.offer.plan {
        Ok(plan) => plan,
        Err(obstacle) => {
            text(ui, Type::Small, look.tokens.critical, obstacle.sentence(look.words));
            return apply_ui(ui, view, None, "", hands.actions);
        }
    };
    let Some(request) = &raise.request else { return };
    // What is done by hand writes other lines.
    if raise.guidance.as_ref().is_none_or(|guidance| by_hand_in(guidance).is_none()) {
        code_ui(ui, look, &preview(view, raise, request));
    }
    let notes: Vec<String> = raise.offer.notes.iter().flat_map(|note| note.sentences(look.words)).collect();
    notes_ui(ui, look, &notes);
    if let Some(guidance) = &raise.guidance {
        return guidance_ui(ui, view, hands, guidance);
    }
    let (show, hide) = (say!(look.words, "fix-show-script"), say!(look.words, "fix-hide-script"));
    if unfold_ui(ui, look, hands.unfolded, "script", (&show, &hide)) {
        script_ui(ui, view, &raise.command);
    }
    if Way::of_window() == Way::Direct {
        return apply_ui(ui, view, Some(plan), &say!(look.words, "fix-no-administrator"), hands.actions);
    }
    apply_ui(ui, view, Some(plan), &say!(look.words, "fix-password-once"), hands.actions);
    text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-no-password"));
}

/// The file by its name, and the values that it sets and that change now.
pub(super) fn short_preview(view: &FixView<'_>) -> Vec<(String, Color32)> {
    let Some((raise, request)) = view.offers.raise.as_ref().ok().and_then(|raise| Some((raise, raise.request?))) else {
        return Vec::new();
    };
    // The lines of the file hold the same values once more.
    let told = |line: &str| !line.trim_start_matches(['+', '-', ' ']).starts_with(['#', 'f']);
    preview(view, raise, &request).into_iter().filter(|(line, _)| told(line)).collect()
}

/// The file, line by line, and the values now.
fn preview(view: &FixView<'_>, raise: &RaiseOffer, request: &RaiseLimits) -> Vec<(String, Color32)> {
    let (look, mut lines) = (view.look, Vec::new());
    if let Some(drop_in) = &raise.drop_in {
        lines.push((format!("+ {DROP_IN}"), look.tokens.ok));
        lines.extend(diff_lines(look, drop_in));
    }
    let changed = request.asked().filter(|(limit, after)| request.before(*limit) != *after);
    lines.extend(changed.map(|(limit, after)| {
        let (key, before) = (limit.key(), request.before(limit).to_string());
        (say!(look.words, "fix-now", key = key, before = before, after = after.to_string()), look.tokens.text)
    }));
    lines
}

/// Draws what runs as root, to the last line, where that is asked for.
pub(super) fn script_link_ui(
    ui: &mut Ui,
    view: &FixView<'_>,
    unfolded: &mut std::collections::BTreeMap<&'static str, bool>,
    show: &str,
) {
    let Some(raise) = view.offers.raise.as_ref().ok() else { return };
    let hide = say!(view.look.words, "fix-hide-script");
    if unfold_ui(ui, view.look, unfolded, "script", (show, &hide)) {
        if let Some(request) = &raise.request {
            code_ui(ui, view.look, &preview(view, raise, request));
        }
        script_ui(ui, view, &raise.command);
    }
}

fn script_ui(ui: &mut Ui, view: &FixView<'_>, command: &[String]) {
    const TALL: f32 = 280.0;
    let look = view.look;
    tall_code_ui(ui, look, "script", script_text().trim_end(), TALL);
    let shown = command.iter().map(|word| if word == script_text() { "…" } else { word.as_str() });
    let shown = shown.collect::<Vec<_>>().join(" ");
    text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-script-command", command = shown));
}

/// Draws the guidance where it cannot be done from here.
fn guidance_ui(ui: &mut Ui, view: &FixView<'_>, hands: &mut Hands<'_>, guidance: &Guidance) {
    let (look, machine) = (view.look, &view.case.machine);
    let (sentence, code) = guidance.sentence_and_text(look.words);
    let request = view.offers.raise.as_ref().ok().and_then(|raise| raise.request);
    match (by_hand_in(guidance), request, code) {
        (Some(own), Some(request), _) => {
            let why = if own { by_hand::why(look.words, machine) } else { String::new() };
            text(ui, Type::Body, look.tokens.text, if why.is_empty() { sentence } else { why });
            let by_hand = ByHand { request: &request, copied: view.copied, own, leads_on: true };
            by_hand::ui(ui, look, &by_hand, hands.actions);
        }
        (_, _, code) => {
            text(ui, Type::Body, look.tokens.text, sentence);
            if let Some(code) = code {
                copy_ui(ui, view, code, hands.actions);
                let ran = say!(look.words, "fix-have-run");
                if ui.add(Button::secondary(look.tokens, &ran)).clicked() {
                    hands.actions.push(Action::CheckNow);
                }
            }
        }
    }
    if matches!(guidance, Guidance::NixosConfiguration { .. } | Guidance::WslConfiguration { .. }) {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-until-reboot-from-here"));
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-no-password"));
    }
    if let (Guidance::OnTheHost { container: Some(_), .. }, Some(limit)) =
        (guidance, machine.limits.get(Limit::Watches))
    {
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-sysctl-in-container", limit = limit));
    }
}

/// Tells whether two lines in a terminal do it, and whether that is a terminal of this machine.
const fn by_hand_in(guidance: &Guidance) -> Option<bool> {
    match guidance {
        Guidance::InTheTerminal { .. } => Some(true),
        Guidance::OnTheHost { .. } | Guidance::OnTheNode { .. } | Guidance::OutsideTheSandbox { .. } => Some(false),
        Guidance::NixosConfiguration { .. }
        | Guidance::WslConfiguration { .. }
        | Guidance::Wsl1
        | Guidance::OfTheNamespace { .. } => None,
    }
}
