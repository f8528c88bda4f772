//! The limits now and after a reboot, and the lines that decide it.

use super::{Block, Cell, Content, Section, Table};
use crate::machine::boot::Reader;
use crate::report::model::{Boot, KernelLimit, Limits, NamespaceLimits, NoEffect};
use crate::say;
use crate::words::Words;

pub(super) fn section(limits: &Limits, boot: &Boot, namespace: Option<NamespaceLimits>, words: &Words) -> Section {
    let limits = limits.named();
    let rows = limits.iter().map(|(name, limit)| row(name, limit, words)).collect();
    let columns = [
        (say!(words, "report-column-limit"), Content::Text),
        (say!(words, "report-column-now"), Content::Numbers),
        (say!(words, "report-column-at-boot"), Content::Numbers),
        (say!(words, "report-column-set-by"), Content::Text),
    ];
    let mut blocks = vec![Block::Table(Table::new(say!(words, "report-caption-limits"), columns, rows))];
    blocks.push(Block::Paragraph(match boot.reader {
        Reader::Systemd => say!(words, "report-boot-reader", reader = "systemd-sysctl"),
        Reader::Procps => say!(words, "report-boot-reader", reader = "procps"),
        Reader::Nobody => say!(words, "report-boot-nobody"),
    }));
    blocks.extend(namespace.map(|limits| {
        let (watches, instances) = (limits.watches, limits.instances);
        Block::Paragraph(say!(words, "report-namespace-limits", watches = watches, instances = instances))
    }));
    blocks.extend(lines_without_effect(&limits, words).map(Block::Table));
    if !boot.unreadable_files.is_empty() {
        let files = words.list(&boot.unreadable_files);
        blocks.push(Block::Paragraph(say!(words, "report-boot-unreadable", files = files)));
    }
    Section::open(say!(words, "report-heading-limits"), blocks)
}

fn row(name: &str, limit: &KernelLimit, words: &Words) -> Vec<Cell> {
    let source = match (&limit.boot_source, limit.boot_line) {
        (Some(file), Some(line)) => Cell::Literal(format!("{file}:{line}")),
        (Some(file), None) => Cell::literal(file),
        (None, _) => Cell::Words(say!(words, "report-kernel-default")),
    };
    let now = Cell::number_or(words, limit.now, say!(words, "report-unknown"));
    let at_boot = Cell::number_or(words, limit.at_boot, say!(words, "report-not-set"));
    vec![Cell::literal(name), now, at_boot, source]
}

fn lines_without_effect(limits: &[(&str, &KernelLimit)], words: &Words) -> Option<Table> {
    let mut rows = Vec::new();
    for (name, limit) in limits {
        for line in limit.overridden.iter().chain(&limit.without_effect) {
            let file = Cell::Literal(format!("{}:{}", line.file, line.line));
            rows.push(vec![file, Cell::literal(name), Cell::literal(&line.value), Cell::Words(why(line.why, words))]);
        }
    }
    let columns = [
        (say!(words, "report-column-line-without-effect"), Content::Text),
        (say!(words, "report-column-limit"), Content::Text),
        (say!(words, "report-column-value"), Content::Numbers),
        (say!(words, "report-column-why"), Content::Text),
    ];
    (!rows.is_empty()).then(|| Table::new(say!(words, "report-caption-without-effect"), columns, rows))
}

fn why(why: NoEffect, words: &Words) -> String {
    match why {
        NoEffect::Overridden => say!(words, "report-line-overridden"),
        NoEffect::NotRead => say!(words, "report-line-not-read"),
        NoEffect::Masked => say!(words, "report-line-masked"),
        NoEffect::Refused => say!(words, "report-line-refused"),
    }
}
