//! What running apps of the project silently miss, and errors in its logs.

use crate::diagnosis::Finding;
use crate::survey::{Project, RunningApp, Survey};

pub(super) fn findings(survey: &Survey) -> Vec<Finding> {
    let Some(project) = &survey.project else { return Vec::new() };
    let mut found: Vec<Finding> = project.running.iter().filter_map(gap).collect();
    found.extend(error_in_log(project));
    found
}

fn gap(app: &RunningApp) -> Option<Finding> {
    let gap = app.misses()?;
    let watchdog = app.python.as_ref().and_then(|python| python.watchdog.as_ref());
    Some(Finding::SilentGap {
        pid: app.pid,
        expected: gap.expected,
        unwatched: gap.unwatched_count,
        examples: gap.unwatched.clone(),
        // watchdog 7 gives up without a word; earlier ones raise (measured with 6.0 and 7.1).
        silent: watchdog.is_some_and(|version| version.at_least(7, 0)),
    })
}

/// The newest log only: older ones tell the same story.
fn error_in_log(project: &Project) -> Option<Finding> {
    let hit = project.logs.first()?;
    Some(Finding::ErrorInLog { file: hit.file.clone(), line: hit.line.clone() })
}
