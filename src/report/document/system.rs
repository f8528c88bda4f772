//! The kind of place this is.

use super::{Block, Cell, Section};
use crate::report::model::Environment;
use crate::say;
use crate::words::Words;

pub(super) fn section(environment: &Environment, words: &Words) -> Section {
    let mut blocks = vec![Block::Facts(facts(environment, words))];
    blocks.extend(peculiarities(environment, words).into_iter().map(Block::Paragraph));
    Section::folded(say!(words, "report-heading-system"), blocks)
}

fn facts(environment: &Environment, words: &Words) -> Vec<(String, Cell)> {
    let unknown = || say!(words, "report-unknown");
    let mut facts = vec![
        (say!(words, "report-fact-distribution"), text_or(environment.distribution.as_deref(), unknown())),
        (say!(words, "report-fact-kernel"), Cell::literal(&environment.kernel)),
        (say!(words, "report-fact-desktop"), text_or(environment.desktop.as_deref(), say!(words, "report-none"))),
        (say!(words, "report-fact-container"), text_or(environment.container.as_deref(), say!(words, "report-none"))),
    ];
    if let Some(version) = environment.wsl {
        facts.push((say!(words, "report-fact-wsl"), Cell::Words(version.to_string())));
    }
    let init = if environment.systemd { "systemd".to_owned() } else { say!(words, "report-init-other") };
    facts.push((say!(words, "report-fact-init"), Cell::Words(init)));
    facts.push((say!(words, "report-fact-administrator"), Cell::Words(environment.pkexec.label(words))));
    facts
}

fn text_or(text: Option<&str>, otherwise: String) -> Cell {
    Cell::Words(text.map_or(otherwise, str::to_owned))
}

/// Words what is out of the ordinary here, in sentences.
fn peculiarities(environment: &Environment, words: &Words) -> Vec<String> {
    [
        environment.user_namespace.then(|| say!(words, "report-in-user-namespace")),
        environment.flatpak.then(|| say!(words, "report-in-flatpak")),
        environment.snap.then(|| say!(words, "report-in-snap")),
        environment.nixos.then(|| say!(words, "report-on-nixos")),
        environment.ostree.then(|| say!(words, "report-on-ostree")),
        environment.read_only_sysctl.then(|| say!(words, "report-read-only-sysctl")),
        (!environment.etc_writable).then(|| say!(words, "report-etc-not-writable")),
    ]
    .into_iter()
    .flatten()
    .collect()
}
