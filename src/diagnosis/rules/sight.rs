//! Facts that could not be seen.

use crate::diagnosis::Finding;
use crate::survey::Survey;

pub(super) fn findings(survey: &Survey) -> Vec<Finding> {
    let holders = &survey.machine.holders;
    let own = holders.account.unreadable_processes;
    let others = (holders.unreadable.len() as u64).saturating_sub(own);
    let mut found = Vec::new();
    let hidden = holders.hidden_processes;
    if own + others > 0 || hidden {
        found.push(Finding::CannotSeeEverything { own, others, hidden });
    }
    if holders.sharing_unknown {
        found.push(Finding::SharingUnknown);
    }
    if let Some(project) = &survey.project {
        let tree = &project.tree;
        if tree.unreadable > 0 {
            let (count, examples) = (tree.unreadable, tree.unreadable_examples.clone());
            found.push(Finding::UnreadableFolders { count, examples });
        }
        if tree.not_opened > 0 {
            found.push(Finding::TooManyOpenFiles { folders: tree.not_opened });
        }
        if !tree.unresponsive.is_empty() {
            found.push(Finding::UnresponsiveMounts { mounts: tree.unresponsive.clone() });
        }
    }
    found
}
