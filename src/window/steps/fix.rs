//! Third step: what to do. This version recommends and gives the commands; it changes nothing itself.

use super::title_ui;
use crate::diagnosis::{Recommendation, Remedy};
use crate::machine::Limit;
use crate::machine::boot::Reader;
use crate::say;
use crate::window::look::{Action, Actions, Look};
use crate::window::state::{Judged, State};
use crate::window::theme::{Type, size, space};
use crate::window::widgets::{Button, Tone, card, tag, text};
use eframe::egui::{Frame, Margin, Ui};

/// The drop-in file that wins over `99-sysctl.conf` (measured) and is easily found again.
const DROP_IN: &str = "/etc/sysctl.d/99-zz-inotify-doctor.conf";

/// Draws the page.
pub fn page_ui(ui: &mut Ui, look: Look<'_>, state: &mut State, actions: &mut Actions) {
    let Some(judged) = state.facts.ready() else {
        return title_ui(ui, look, &say!(look.words, "fix-no-facts"), Some(&say!(look.words, "fix-no-facts-below")));
    };
    title_ui(ui, look, &say!(look.words, "fix-title"), Some(&say!(look.words, "fix-below")));
    let recommendation = &judged.diagnosis.recommendation;
    card(ui, look.tokens, |ui| {
        ui.spacing_mut().item_spacing.y = space::M;
        ui.horizontal(|ui| {
            let (tone, word) = match recommendation.remedy {
                Remedy::None => (Tone::Ok, say!(look.words, "fix-nothing")),
                _ => (Tone::Accent, say!(look.words, "fix-recommended")),
            };
            text(ui, Type::Strong, look.tokens.text, remedy_title(look, recommendation));
            tag(ui, look.tokens, tone, &word);
        });
        text(ui, Type::Body, look.tokens.muted, recommendation.reason(look.words));
        steps_ui(ui, look, judged, state.copied.as_deref(), actions);
    });
    card(ui, look.tokens, |ui| {
        text(ui, Type::Strong, look.tokens.text, say!(look.words, "fix-later"));
        text(ui, Type::Small, look.tokens.muted, say!(look.words, "fix-later-detail"));
    });
}

fn remedy_title(look: Look<'_>, recommendation: &Recommendation) -> String {
    match recommendation.remedy {
        Remedy::None => say!(look.words, "fix-title-none"),
        Remedy::RestartApp => say!(look.words, "fix-title-restart"),
        Remedy::RepairSettings => say!(look.words, "fix-title-repair"),
        Remedy::RaiseLimits | Remedy::RaiseLimitsOnHost => match (recommendation.watches, recommendation.instances) {
            (Some(watches), _) => say!(look.words, "fix-title-raise", watches = watches),
            (None, Some(instances)) => say!(look.words, "fix-title-raise-instances", instances = instances),
            (None, None) => say!(look.words, "fix-title-raise-other"),
        },
    }
}

/// The commands, where raising a limit is what helps.
fn steps_ui(ui: &mut Ui, look: Look<'_>, judged: &Judged, copied: Option<&str>, actions: &mut Actions) {
    let recommendation = &judged.diagnosis.recommendation;
    if !matches!(recommendation.remedy, Remedy::RaiseLimits | Remedy::RaiseLimitsOnHost) {
        return;
    }
    let nixos = judged.survey.machine.environment.nixos;
    let commands = if nixos { nixos_lines(judged) } else { commands(judged) };
    let before = match recommendation.remedy {
        Remedy::RaiseLimitsOnHost => say!(look.words, "fix-commands-host"),
        _ if nixos => say!(look.words, "fix-nixos"),
        _ => say!(look.words, "fix-commands"),
    };
    text(ui, Type::Small, look.tokens.muted, before);
    code_ui(ui, look, &commands);
    ui.horizontal(|ui| {
        if ui.add(Button::primary(look.tokens, &say!(look.words, "fix-copy"))).clicked() {
            actions.push(Action::Copy(commands.clone()));
        }
        if copied == Some(commands.as_str()) {
            text(ui, Type::Small, look.tokens.ok, say!(look.words, "fix-copied"));
        }
    });
    if recommendation.remedy == Remedy::RaiseLimits && !nixos {
        // On another machine or on NixOS this program does not know what is read at boot.
        let meaning = match judged.survey.machine.boot.reader {
            Reader::Nobody => say!(look.words, "fix-commands-meaning-nobody", file = DROP_IN),
            Reader::Systemd | Reader::Procps => say!(look.words, "fix-commands-meaning", file = DROP_IN),
        };
        text(ui, Type::Small, look.tokens.muted, meaning);
    }
}

fn code_ui(ui: &mut Ui, look: Look<'_>, code: &str) {
    let frame = Frame::new().fill(look.tokens.code).corner_radius(size::RADIUS).inner_margin(Margin::symmetric(14, 10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        text(ui, Type::Code, look.tokens.text, code);
    });
}

/// The limits to set: the recommended ones, else the present ones, which a file shall keep.
fn values(judged: &Judged) -> Vec<(Limit, u64)> {
    let recommendation = &judged.diagnosis.recommendation;
    let wanted = [(Limit::Watches, recommendation.watches), (Limit::Instances, recommendation.instances)];
    let raised: Vec<(Limit, u64)> =
        wanted.into_iter().filter_map(|(limit, value)| value.map(|value| (limit, value))).collect();
    if !raised.is_empty() {
        return raised;
    }
    let limits = &judged.survey.machine.limits;
    let now = |limit| limits.get(limit).map(|value| (limit, value));
    [Limit::Watches, Limit::Instances].into_iter().filter_map(now).collect()
}

/// Writes the drop-in and sets the values now. `sysctl -p` reads that one file only and says what it set.
fn commands(judged: &Judged) -> String {
    let lines: Vec<String> =
        values(judged).into_iter().map(|(limit, value)| format!("{} = {value}", limit.key())).collect();
    let quoted: Vec<String> = lines.iter().map(|line| format!("'{line}'")).collect();
    format!("printf '%s\\n' {} | sudo tee {DROP_IN}\nsudo sysctl -p {DROP_IN}", quoted.join(" "))
}

fn nixos_lines(judged: &Judged) -> String {
    let line = |(limit, value): (Limit, u64)| format!("boot.kernel.sysctl.\"{}\" = {value};", limit.key());
    values(judged).into_iter().map(line).collect::<Vec<_>>().join("\n")
}
