//! The same without this program: what to type on another machine.

use super::{Block, Section};
use crate::machine::Limit;
use crate::remedy::raise_limits::DROP_IN;
use crate::remedy::watcher::FILE_WATCHER_VARIABLE;
use crate::report::Report;
use crate::report::model::Recommendation;
use crate::say;
use crate::words::Words;

/// `None` where no other limit is recommended: then there is nothing to do elsewhere either.
pub(super) fn section(report: &Report, words: &Words) -> Option<Section> {
    let drop_in = drop_in(&report.recommendation);
    if drop_in.is_empty() {
        return None;
    }
    // `sysctl -p` reads that one file only and says what it set.
    let apply = format!("sudo sysctl -p {DROP_IN}\n");
    let mut blocks = vec![
        Block::Paragraph(say!(words, "report-by-hand-file", file = DROP_IN)),
        Block::Code(drop_in),
        Block::Paragraph(say!(words, "report-by-hand-apply")),
        Block::Code(apply),
        Block::Paragraph(say!(words, "report-by-hand-boot")),
        Block::Paragraph(say!(words, "report-by-hand-places")),
    ];
    if report.streamlit.is_some() {
        blocks.extend(without_watching(words));
    }
    Some(Section::open(say!(words, "report-heading-by-hand"), blocks))
}

fn drop_in(recommendation: &Recommendation) -> String {
    let &Recommendation { max_user_watches, max_user_instances, .. } = recommendation;
    let line = |(limit, value): (Limit, Option<u64>)| value.map(|value| format!("{} = {value}\n", limit.key()));
    [(Limit::Watches, max_user_watches), (Limit::Instances, max_user_instances)].into_iter().filter_map(line).collect()
}

fn without_watching(words: &Words) -> [Block; 4] {
    [
        Block::Paragraph(say!(words, "report-by-hand-config", file = ".streamlit/config.toml")),
        Block::Code("[server]\nfileWatcherType = \"none\"\n".to_owned()),
        Block::Paragraph(say!(words, "report-by-hand-variable")),
        Block::Code(format!("export {FILE_WATCHER_VARIABLE}=none\n")),
    ]
}
