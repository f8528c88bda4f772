//! Visual Studio Code and its family: `@parcel/watcher`, which watches every folder below the one that is open, hidden
//! ones and environments included; links are not followed, files cost nothing. `files.watcherExclude` leaves folders
//! out, and a change of it takes effect within seconds (measured with code-server 4.139).
//!
//! The setting is a table of patterns. Those of the person and of the project are merged, the project's winning key by
//! key; `false` takes a pattern back.

use super::{Exclusions, Invocation, Lever, WatchScope, Watcher, WatcherSettings, text};
use crate::guarded;
use crate::machine::Kind;
use crate::xdg::Purpose;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The key of the setting.
pub const WATCHER_EXCLUDE: &str = "files.watcherExclude";

/// Patterns that the family leaves out by itself (Code 1.9x to 1.12x, `files.contribution.ts`).
const LEFT_OUT: [&str; 3] = ["**/.git/objects/**", "**/.git/subtree-cache/**", "**/.hg/store/**"];

/// The project's settings file.
#[must_use]
pub fn project_file(project: &Path) -> PathBuf {
    project.join(".vscode/settings.json")
}

pub(super) const WATCHER: Watcher = Watcher {
    process: Kind::Vscode,
    settings: |invocation, project| Some(settings(invocation, project)),
    knobs: |turning| turning.leave_out(turning.heavy, Lever::VscodeExclude),
    polling: None,
    programs: &["code", "code-server", "codium", "cursor", "windsurf"],
};

fn settings(invocation: &Invocation, project: &Path) -> WatcherSettings {
    let patterns = patterns(invocation, project);
    let excluded = Exclusions::default().patterns(patterns.iter().map(String::as_str));
    let roots = vec![guarded::real_path(project).unwrap_or_else(|_| project.to_path_buf())];
    let scope = WatchScope { roots, excluded, ..WatchScope::default() };
    WatcherSettings { scope, ..WatcherSettings::default() }
}

/// The patterns in effect.
fn patterns(invocation: &Invocation, project: &Path) -> Vec<String> {
    let mut merged: BTreeMap<String, bool> = LEFT_OUT.iter().map(|pattern| ((*pattern).to_owned(), true)).collect();
    for file in personal_files(invocation).iter().chain([&project_file(project)]) {
        merged.extend(excludes(file));
    }
    merged.into_iter().filter_map(|(pattern, is_set)| is_set.then_some(pattern)).collect()
}

/// `files.watcherExclude` of one settings file.
pub(crate) fn excludes(file: &Path) -> BTreeMap<String, bool> {
    let value = text::json(file).and_then(|value| value.get(WATCHER_EXCLUDE).cloned());
    let table = value.as_ref().and_then(serde_json::Value::as_object);
    table.into_iter().flatten().filter_map(|(pattern, value)| Some((pattern.clone(), value.as_bool()?))).collect()
}

/// The person's settings of the program that runs, weakest first.
fn personal_files(invocation: &Invocation) -> Vec<PathBuf> {
    let variable = |name: &str| invocation.variables.get(OsStr::new(name)).cloned();
    let folders = (variable("HOME"), Purpose::Config.folder(variable), Purpose::Data.folder(variable));
    let (Some(home), Some(config), Some(data)) = folders else { return Vec::new() };
    let home = PathBuf::from(home);
    let line = invocation.words.join(" ").to_lowercase();
    if line.contains("code-server") && !line.contains(".vscode-server") {
        return vec![data.join("code-server/User/settings.json"), data.join("code-server/Machine/settings.json")];
    }
    let remote =
        [".vscode-server", ".vscode-server-insiders", ".vscodium-server", ".cursor-server", ".windsurf-server"];
    if let Some(server) = remote.iter().find(|server| line.contains(&format!("{server}/"))) {
        return vec![home.join(server).join("data/Machine/settings.json")];
    }
    let product = [
        ("insiders", "Code - Insiders"),
        ("codium", "VSCodium"),
        ("cursor", "Cursor"),
        ("windsurf", "Windsurf"),
        ("trae", "Trae"),
        ("kiro", "Kiro"),
        ("positron", "Positron"),
        ("antigravity", "Antigravity"),
        ("code-oss", "Code - OSS"),
        ("electron", "Code - OSS"),
    ];
    let product = product.iter().find(|(word, _)| line.contains(word)).map_or("Code", |(_, folder)| folder);
    vec![config.join(product).join("User/settings.json")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;

    #[test]
    fn the_project_s_settings_win_over_the_person_s_key_by_key() {
        let home = tempfile::tempdir().unwrap();
        let project = home.path().join("p");
        let write = |file: PathBuf, text: &str| {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        };
        let personal = home.path().join(".config/Code/User/settings.json");
        write(personal, r#"{ "files.watcherExclude": { "**/a/**": true, "**/b/**": true, }, /* x */ }"#);
        let own = "{ // ours\n \"files.watcherExclude\": { \"**/b/**\": false, \"**/.git/objects/**\": false } }";
        write(project_file(&project), own);
        let words = [OsString::from("/usr/share/code/code")];
        let variables = [("HOME".into(), home.path().into())].into();
        let invocation = Invocation::new(&words, &project, variables);
        assert_eq!(patterns(&invocation, &project), ["**/.git/subtree-cache/**", "**/.hg/store/**", "**/a/**"]);
    }
}
