//! nodemon: chokidar 3 on the working folder or the folders named, every file and folder, links followed.
//!
//! Hidden files and folders are left out, and the folders that package `ignore-by-default` names, unless a watched
//! folder is itself hidden. `--ext` frees nothing. Settings stand in `nodemon.json` of the working folder, or below
//! `nodemonConfig` in `package.json` (read in nodemon 3.1, `lib/monitor/watch.js`; measured).

use super::invocation::{has, values};
use super::{
    Exclusions, Invocation, Knob, Lever, PatternBase, PollingVariable, Turning, WatchScope, Watcher, WatcherSettings,
    text,
};
use crate::guarded;
use crate::machine::Kind;
use crate::progress::Cancelled;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// `ignore-by-default` 1 and 2.
const IGNORED: [&str; 6] = [".git", ".nyc_output", ".sass-cache", "bower_components", "coverage", "node_modules"];

pub(super) const WATCHER: Watcher = Watcher {
    process: Kind::Nodemon,
    settings: |invocation, _| settings(invocation),
    knobs,
    polling: Some(PollingVariable { name: "CHOKIDAR_USEPOLLING", value: "1" }),
    programs: &["nodemon", "nodemon.js"],
};

/// An option does the same as the variable.
fn knobs(_: &mut Turning<'_>) -> Result<Vec<Knob>, Cancelled> {
    Ok(vec![Knob { lever: Lever::Flag("--legacy-watch".into()), watches_after: Some(0) }])
}

fn settings(invocation: &Invocation) -> Option<WatcherSettings> {
    let arguments = own(invocation.behind(WATCHER.programs)?);
    let file = settings_file(invocation, &arguments);
    let list = |key: &str| {
        let all = file[key].as_array().map_or(std::slice::from_ref(&file[key]), Vec::as_slice);
        all.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<String>>()
    };
    let named = |options: &[&str], key: &str| {
        let given: Vec<String> = values(&arguments, options).into_iter().map(str::to_owned).collect();
        if given.is_empty() { list(key) } else { given }
    };
    let (watch, ignore) = (named(&["-w", "--watch"], "watch"), named(&["-i", "--ignore"], "ignore"));
    let (roots, unclear) = roots(invocation, &watch);
    let hidden_root = roots.iter().any(|root| root.to_string_lossy().contains("/."));
    let default_ignored: Vec<String> = if file["ignoreRoot"].is_array() {
        list("ignoreRoot")
    } else {
        IGNORED.iter().map(|name| format!("**/{name}/**")).collect()
    };
    let mut excluded =
        Exclusions::new(PatternBase::Absolute).unnameable().patterns(default_ignored.iter().map(String::as_str));
    for rule in &ignore {
        // A folder becomes `folder/**/*`: what is in it is left out, it is not.
        let path = invocation.path(rule);
        excluded = excluded.pattern(&if guarded::is_folder(&path) {
            format!("{}/**/*", path.display())
        } else {
            rule.clone()
        });
    }
    let excluded = if hidden_root { excluded } else { excluded.hidden() };
    let polls = invocation
        .chokidar_polls()
        .unwrap_or_else(|| has(&arguments, &["-L", "--legacy-watch"]) || file["legacyWatch"] == Value::Bool(true));
    let scope = WatchScope { roots, excluded, files_too: true, follows_links: true, ..WatchScope::default() };
    let at_most = unclear || file.get("watchOptions").is_some();
    Some(WatcherSettings { scope, polls, at_most, ..WatcherSettings::default() })
}

/// nodemon's own options stand before the script; what follows is the script's.
fn own(arguments: &[String]) -> Vec<String> {
    const WITH_VALUE: [&str; 15] = [
        "-P",
        "--polling-interval",
        "--config",
        "-w",
        "--watch",
        "-i",
        "--ignore",
        "-d",
        "--delay",
        "-x",
        "--exec",
        "-e",
        "--ext",
        "-s",
        "--signal",
    ];
    let mut takes_value = false;
    let until_script = arguments.iter().take_while(|word| {
        let is_value = std::mem::replace(&mut takes_value, WITH_VALUE.contains(&word.as_str()));
        is_value || word.starts_with('-') && *word != "--"
    });
    until_script.cloned().collect()
}

fn settings_file(invocation: &Invocation, arguments: &[String]) -> Value {
    let named = values(arguments, &["--config"]);
    let file = named.first().map_or_else(|| invocation.cwd.join("nodemon.json"), |name| invocation.path(name));
    let in_package = || text::json(&invocation.cwd.join("package.json"))?.get("nodemonConfig").cloned();
    text::json(&file).or_else(in_package).unwrap_or(Value::Null)
}

/// The folders: the working folder, or those named. A pattern stands for the folder before its first wildcard, and may
/// match any part of what is in there.
fn roots(invocation: &Invocation, watch: &[String]) -> (Vec<PathBuf>, bool) {
    let every = |word: &str| matches!(word, "*.*" | "." | ".*");
    if watch.is_empty() || watch.iter().any(|word| every(word)) {
        return (vec![invocation.cwd.clone()], false);
    }
    let mut unclear = false;
    let roots = watch.iter().map(|word| {
        let fixed: PathBuf = Path::new(word).iter().take_while(|part| !is_pattern(part)).collect();
        let is_whole = fixed == Path::new(word);
        unclear |= !is_whole;
        invocation.path(&fixed.to_string_lossy())
    });
    let roots: Vec<PathBuf> = roots.collect();
    unclear |= roots.iter().any(|root| !guarded::is_folder(root));
    (roots.into_iter().filter(|root| guarded::is_folder(root)).collect(), unclear)
}

fn is_pattern(part: &std::ffi::OsStr) -> bool {
    part.to_string_lossy().contains(['*', '?', '[', '{'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_s_own_options_are_not_nodemon_s() {
        let words: Vec<String> = "-w src --ext js,ts server.js --watch x -L".split(' ').map(str::to_owned).collect();
        assert_eq!(own(&words), ["-w", "src", "--ext", "js,ts"]);
    }
}
