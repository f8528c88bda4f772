//! Watches that Streamlit needs for the project, and those that its running apps hold.

use super::{Block, Cell, Content, Section, Table};
use crate::project::streamlit::Watcher;
use crate::report::model::{Because, Needed, Root, Running, Streamlit};
use crate::say;
use crate::words::Words;

pub(super) fn section(streamlit: &Streamlit, words: &Words) -> Section {
    let mut blocks = vec![Block::Facts(facts(streamlit, words))];
    if !streamlit.needed.roots.is_empty() {
        blocks.push(Block::Table(roots(&streamlit.needed, words)));
    }
    if !streamlit.running.is_empty() {
        blocks.push(Block::Table(running(&streamlit.running, words)));
    }
    Section::folded(say!(words, "report-heading-streamlit"), blocks)
}

fn facts(streamlit: &Streamlit, words: &Words) -> Vec<(String, Cell)> {
    let version = |version: &Option<String>| {
        version.as_ref().map_or_else(|| Cell::Words(say!(words, "report-not-found")), |version| Cell::literal(version))
    };
    let folder =
        streamlit.working_folder.as_ref().map(|folder| (say!(words, "report-fact-cwd"), Cell::literal(folder)));
    let facts = vec![
        (say!(words, "report-fact-streamlit"), version(&streamlit.version)),
        (say!(words, "report-fact-watchdog"), version(&streamlit.watchdog_version)),
        (say!(words, "report-fact-watcher"), Cell::Words(watcher(streamlit.watcher, words))),
        (say!(words, "report-fact-need"), Cell::Words(need(&streamlit.needed, words))),
    ];
    facts.into_iter().chain(folder).collect()
}

fn watcher(watcher: Watcher, words: &Words) -> String {
    match watcher {
        Watcher::Watchdog => say!(words, "report-watcher-watchdog"),
        Watcher::Poll => say!(words, "report-watcher-poll"),
        Watcher::None => say!(words, "report-watcher-none"),
    }
}

fn need(needed: &Needed, words: &Words) -> String {
    let (watches, instances) = (needed.watches, needed.instances);
    if let (Some(most), Some(fewest)) = (needed.at_most, needed.instances_at_least) {
        say!(words, "report-need-ranges", least = watches, most = most, fewest = fewest, instances = instances)
    } else if let Some(most) = needed.at_most {
        say!(words, "report-need-between", least = watches, most = most, instances = instances)
    } else if needed.estimate {
        say!(words, "report-need-estimate", watches = watches, instances = instances)
    } else {
        say!(words, "report-need", watches = watches, instances = instances)
    }
}

fn roots(needed: &Needed, words: &Words) -> Table {
    let columns = [
        (say!(words, "report-watches"), Content::Numbers),
        (say!(words, "report-column-watched-folder"), Content::Text),
        (say!(words, "report-column-because"), Content::Text),
    ];
    let rows = needed.roots.iter().map(|root| {
        vec![Cell::number(words, root.directories), Cell::literal(&root.path), Cell::Words(because(root, words))]
    });
    Table::new(say!(words, "report-caption-roots"), columns, rows.collect())
}

fn because(root: &Root, words: &Words) -> String {
    let file = root.file.as_deref().unwrap_or_default();
    match root.because {
        Because::Script => say!(words, "report-because-script"),
        Because::Page => say!(words, "report-because-page", file = file),
        Because::Module => say!(words, "report-because-module", file = file),
        Because::Component => say!(words, "report-because-component"),
        Because::WatchList => say!(words, "report-because-watch-list"),
        Because::ConfigFile => say!(words, "report-because-config-file", file = file),
        Because::Other => say!(words, "report-because-other", file = file),
    }
}

fn running(apps: &[Running], words: &Words) -> Table {
    let columns = [
        (say!(words, "report-column-running"), Content::Numbers),
        (say!(words, "report-column-holds"), Content::Numbers),
        (say!(words, "report-column-expected"), Content::Numbers),
        (say!(words, "report-column-unwatched"), Content::Numbers),
    ];
    let number = |number| Cell::number_or(words, number, say!(words, "report-unknown"));
    let rows = apps.iter().map(|app| {
        let pid = Cell::Words(app.pid.to_string());
        vec![pid, number(app.watches), number(app.expected), number(app.unwatched_count)]
    });
    Table::new(say!(words, "report-caption-running"), columns, rows.collect())
}
