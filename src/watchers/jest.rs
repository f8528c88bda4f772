//! `jest --watch` and `--watchAll` without Watchman: a watch for each folder below the roots, environments and
//! `node_modules` included, hidden ones as well, links not followed. What is in `.git`, `.hg` and `.sl` is left out, from
//! jest 30 on these folders themselves, too (measured with 29.7 and 30.5).

use super::invocation::{has, values};
use super::{Exclusions, Invocation, WatchScope, Watcher, WatcherSettings, text};
use crate::guarded;
use crate::machine::Kind;
use serde_json::Value;
use std::path::{Path, PathBuf};

pub(super) const WATCHER: Watcher = Watcher {
    process: Kind::Jest,
    settings: |invocation, _| settings(invocation),
    knobs: |_| Ok(Vec::new()),
    polling: None,
    programs: &["jest", "jest.js", "jest-cli"],
};

fn settings(invocation: &Invocation) -> Option<WatcherSettings> {
    let arguments = invocation.behind(WATCHER.programs)?;
    if !has(arguments, &["--watch", "--watchAll"]) {
        return None;
    }
    let (roots, unclear) = roots(invocation, arguments);
    let leave_out = |excluded: Exclusions, name: &str| {
        if is_before_30(invocation) { excluded.pattern(&format!("**/{name}/*")) } else { excluded.name(name) }
    };
    let excluded = [".git", ".hg", ".sl"].into_iter().fold(Exclusions::default().unnameable(), leave_out);
    let scope = WatchScope { roots, excluded, ..WatchScope::default() };
    Some(WatcherSettings { scope, at_most: unclear, ..WatcherSettings::default() })
}

/// Tells by the package whose script runs; one that cannot be found is taken for a new one.
fn is_before_30(invocation: &Invocation) -> bool {
    let script = invocation.words.iter().find(|word| word.contains("/jest")).map(|word| invocation.path(word));
    let version = |folder: &Path| {
        let package = text::json(&folder.join("package.json"))?;
        package.get("version")?.as_str()?.split('.').next()?.parse::<u32>().ok()
    };
    script.is_some_and(|script| script.ancestors().skip(1).find_map(version).is_some_and(|major| major < 30))
}

/// `rootDir` and `roots` of `package.json`, `jest.config.json` or the command line. A configuration that is code may say
/// anything.
fn roots(invocation: &Invocation, arguments: &[String]) -> (Vec<PathBuf>, bool) {
    let code = ["js", "ts", "mjs", "cjs"].map(|end| invocation.cwd.join(format!("jest.config.{end}")));
    let in_code = code.iter().filter_map(|file| text::read(file)).any(|text| text.contains("root"));
    let in_package = || text::json(&invocation.cwd.join("package.json"))?.get("jest").cloned();
    let config = text::json(&invocation.cwd.join("jest.config.json")).or_else(in_package).unwrap_or(Value::Null);
    let unclear = in_code || has(arguments, &["-c", "--config", "--projects"]) || config.get("projects").is_some();
    let given = |option: &str, key: &str| {
        let named: Vec<String> = values(arguments, &[option]).into_iter().map(str::to_owned).collect();
        let listed = config[key].as_array().map(Vec::as_slice).unwrap_or_default();
        let in_file = listed.iter().chain(std::iter::once(&config[key])).filter_map(Value::as_str).map(str::to_owned);
        if named.is_empty() { in_file.collect() } else { named }
    };
    let root = given("--rootDir", "rootDir").first().map_or_else(|| invocation.cwd.clone(), |dir| invocation.path(dir));
    let named = given("--roots", "roots");
    let inside = |path: &String| {
        let path = root.join(path.replace("<rootDir>", ".").trim_start_matches("./"));
        guarded::real_path(&path).unwrap_or(path)
    };
    if named.is_empty() { (vec![root.clone()], unclear) } else { (named.iter().map(inside).collect(), unclear) }
}
