//! Other programs that watch the project, and instances that nobody uses.

use crate::diagnosis::Finding;
use crate::diagnosis::budget::{Budget, Sums};
use crate::machine::{Kind, Process};
use crate::survey::{ProjectWatcher, Survey};

/// Watches in folders with installed or generated files that are worth a finding: 1.3 MiB of the kernel's memory, and an
/// eighth of the smallest limit that the kernel sets by itself (8,192).
const WORTH_TELLING: u64 = 1_000;
/// Instances are short from this percentage on: the next few programs end at the limit.
const SHORT_PERCENT: u64 = 75;
/// Instances without a watch that are worth a finding: an eighth of the kernel's default limit of 128.
const IDLE_WORTH_TELLING: u64 = 16;

pub(super) fn findings(survey: &Survey, budget: &Budget) -> Vec<Finding> {
    let watchers = survey.project.as_ref().map(|project| project.watchers.as_slice()).unwrap_or_default();
    let editor = watchers.iter().find(|watcher| watcher.kind == Kind::Vscode);
    let idle = idle(&survey.machine.holders.processes, &budget.instances);
    editor.and_then(generated).into_iter().chain(idle).collect()
}

fn generated(editor: &ProjectWatcher) -> Option<Finding> {
    let folders: Vec<(String, u64)> = editor.heavy.iter().map(|one| (one.name.clone(), one.watches)).collect();
    let generated = folders.iter().map(|(_, watches)| watches).sum();
    let ProjectWatcher { pid, kind, .. } = *editor;
    let in_project = editor.in_project.unwrap_or(0);
    (generated >= WORTH_TELLING).then_some(Finding::EditorWatchesGenerated {
        pid,
        kind,
        in_project,
        generated,
        folders,
    })
}

/// Instances of processes that have more of them than watches: at least the difference has none.
fn idle(processes: &[Process], sums: &Sums) -> Option<Finding> {
    let limit = sums.limit?;
    let short = sums.missing() > 0 || sums.held.saturating_mul(100) >= limit.saturating_mul(SHORT_PERCENT);
    let without = |process: &Process| {
        let idle = process.instances.saturating_sub(process.watches);
        (process.charged_to_account && idle > 0).then(|| (process.pid, process.program.clone(), idle))
    };
    let mut holders: Vec<_> = processes.iter().filter_map(without).collect();
    holders.sort_by_key(|(pid, _, idle)| (std::cmp::Reverse(*idle), *pid));
    let instances = holders.iter().map(|(.., idle)| idle).sum();
    (short && instances >= IDLE_WORTH_TELLING).then_some(Finding::IdleInstances { instances, limit, holders })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn process(pid: u32) -> Process {
        Process {
            pid,
            parent: 1,
            uid: 1000,
            user: None,
            program: format!("p{pid}"),
            command: Vec::new(),
            kind: Kind::Other,
            instances: 0,
            watches: 0,
            charged_watches: 0,
            charged_to_account: true,
            shared_with: Vec::new(),
            other_user_namespace: false,
            started: None,
            started_ticks: None,
            cwd: Some(PathBuf::from("/")),
        }
    }

    #[test]
    fn idle_instances_are_told_only_where_instances_run_short() {
        let busy = Process { instances: 3, watches: 900, ..process(1) };
        let idle_one = Process { instances: 100, watches: 4, ..process(2) };
        let other = Process { instances: 50, watches: 0, charged_to_account: false, ..process(3) };
        let all = [busy, idle_one, other];
        let sums = |held| Sums { limit: Some(128), held, ..Sums::default() };
        assert_eq!(idle(&all, &sums(60)), None);
        let told = Finding::IdleInstances { instances: 96, limit: 128, holders: vec![(2, "p2".into(), 96)] };
        assert_eq!(idle(&all, &sums(103)), Some(told));
    }
}
