//! Running apps of the project that silently miss watches, that loop, that nobody has open; errors in its logs.

use crate::diagnosis::{Budget, Finding};
use crate::project::LogHit;
use crate::project::logs::{Recognised, Resource, Tool, recognise};
use crate::project::streamlit::Watcher;
use crate::survey::{Project, RunningApp, Survey};

pub(super) fn findings(survey: &Survey, budget: &Budget) -> Vec<Finding> {
    let Some(project) = &survey.project else { return Vec::new() };
    let apps = || project.running.iter();
    let mut found: Vec<Finding> = apps().filter_map(looping).chain(apps().filter_map(gap)).collect();
    found.extend(apps().filter_map(nobody));
    found.extend(error_in_log(project, budget));
    found
}

fn looping(app: &RunningApp) -> Option<Finding> {
    let seen = app.looping()?;
    let hundred = u64::try_from(seen.cpu.as_millis() * 100 / seen.over.as_millis().max(1)).unwrap_or(u64::MAX);
    Some(Finding::AppLoops { pid: app.pid, fewest: seen.fewest, most: seen.most, cpu_percent: hundred })
}

fn nobody(app: &RunningApp) -> Option<Finding> {
    let watches = app.next.as_ref().is_some_and(|next| next.watcher == Watcher::Watchdog);
    (watches && app.session_open == Some(false)).then_some(Finding::NobodyHasItOpen { pid: app.pid })
}

fn gap(app: &RunningApp) -> Option<Finding> {
    let gap = app.misses()?;
    let watchdog = app.python.as_ref().and_then(|python| python.watchdog.as_ref());
    Some(Finding::SilentGap {
        pid: app.pid,
        expected: gap.expected,
        unwatched: gap.unwatched_count,
        examples: gap.unwatched.clone(),
        // watchdog 7 gives up without a word; earlier ones raise (measured with 6.0 and 7.1). Where there was no
        // instance to be had, all of them raise.
        silent: app.instances > 0 && watchdog.is_some_and(|version| version.at_least(7, 0)),
        changing: app.changing,
    })
}

/// The newest log only: older ones tell the same story.
fn error_in_log(project: &Project, budget: &Budget) -> Option<Finding> {
    let LogHit { file, line, .. } = project.logs.first()?;
    let said = recognise(line);
    let queue = said.as_ref().is_some_and(|said| said.resource == Resource::QueueOverflow);
    let over = said.is_some_and(|said| is_over(project, budget, &said));
    Some(Finding::ErrorInLog { file: file.clone(), line: line.clone(), queue, over })
}

/// A line stays in a log when the problem is gone: the app needs no inotify any more, or one runs that has all it needs
/// and holds it. Of other programs' lines that is not known.
fn is_over(project: &Project, budget: &Budget, said: &Recognised) -> bool {
    let watches_nothing = project.streamlit.as_ref().is_some_and(|streamlit| streamlit.watcher != Watcher::Watchdog);
    let has_all = |app: &RunningApp| app.gap.as_ref().is_some_and(|gap| gap.expected > 0 && gap.unwatched_count == 0);
    let running = || project.running.iter();
    let gone = match said.resource {
        Resource::Watches | Resource::Instances => running().any(has_all),
        Resource::QueueOverflow => {
            budget.queue.is_none() && running().any(has_all) && !running().any(|app| app.looping().is_some())
        }
        Resource::AmbiguousSpace | Resource::AmbiguousFiles | Resource::Disk => return false,
    };
    said.tool == Tool::Watchdog && (watches_nothing || gone)
}
