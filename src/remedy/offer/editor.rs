//! The offer to let an editor of the VS Code family watch fewer folders of the project.

use super::{Case, Note, Obstacle, Offer};
use crate::machine::{Holders, Kind};
use crate::remedy::{RemedyError, vscode_exclude};
use crate::survey::Project;
use crate::watchers::{Invocation, WatcherKind, heavy_folders, vscode, worthwhile};
use std::ffi::OsString;

/// The command line of the editor that watches most of the project.
pub(super) fn command(project: &Project, holders: &Holders) -> Option<Vec<OsString>> {
    let editor = project.watchers.iter().find(|watcher| watcher.kind == Kind::Vscode)?;
    let process = holders.processes.iter().find(|process| process.pid == editor.pid)?;
    Some(process.command.clone())
}

impl Case {
    /// Whether an editor of that family watches the project.
    #[must_use]
    pub const fn has_editor(&self) -> bool {
        self.editor.is_some()
    }

    /// Offers to leave folders with installed or generated files out of what the editor watches, in the project's
    /// settings. Reads them. The plan is empty where that frees nothing.
    #[must_use]
    pub fn vscode_exclude(&self) -> Offer {
        let Some(root) = &self.root else {
            return Offer { plan: Err(Obstacle::Remedy(RemedyError::NoHome)), notes: Vec::new() };
        };
        let command = self.editor.clone().unwrap_or_else(|| vec![OsString::from("code")]);
        let invocation = Invocation::new(&command, root, self.variables.clone());
        let settings = WatcherKind::Vscode.settings(&invocation, root);
        let heavy = heavy_folders(&self.inventory);
        let (now, patterns, after) = settings.map_or((0, Vec::new(), None), |settings| {
            let patterns = worthwhile(&settings, &heavy, &self.inventory);
            let watches = |patterns: &[String]| settings.without(patterns).scope.count_in(&self.inventory, &[]).watches;
            (watches(&[]), patterns.clone(), Some(watches(&patterns)))
        });
        let plan = vscode_exclude::plan(&patterns, &vscode::project_file(root), &self.own, after);
        let promised = plan.as_ref().ok().filter(|plan| !plan.is_empty()).and_then(|plan| plan.promise.watches_after);
        let notes = promised.map(|after| Note::EditorExclude { now, after });
        Offer { plan: plan.map_err(Obstacle::Remedy), notes: notes.into_iter().collect() }
    }
}
