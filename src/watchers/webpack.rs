//! webpack in watch mode, and what is built on it: watchpack, which watches the folders of all modules that were
//! loaded, those where a module was looked for, and each folder above them up to the root.
//!
//! Which modules these are only webpack knows: the forecast is a range. The most is every folder of the project outside
//! of `.git` (measured with webpack 5: 10 watches for a project of 77 folders six levels below the root).

use super::{Exclusions, Invocation, PollingVariable, WatchScope, Watcher, WatcherSettings};
use crate::machine::Kind;

/// `WATCHPACK_POLLING` as watchpack 2 reads it: a number of milliseconds, or anything but `false`.
fn polls(invocation: &Invocation) -> bool {
    invocation.variable("WATCHPACK_POLLING").is_some_and(|value| value != "false" && !value.is_empty())
}

pub(super) const WATCHER: Watcher = Watcher {
    process: Kind::Webpack,
    settings: |invocation, _| settings(invocation),
    knobs: |_| Ok(Vec::new()),
    polling: Some(PollingVariable { name: "WATCHPACK_POLLING", value: "true" }),
    programs: &["webpack", "webpack.js", "webpack-cli", "webpack-dev-server", "react-scripts", "vue-cli-service.js"],
};

fn settings(invocation: &Invocation) -> Option<WatcherSettings> {
    let arguments = invocation.behind(WATCHER.programs)?;
    let is_webpack = invocation.words.iter().any(|word| word.contains("webpack"));
    let watches =
        |word: &String| matches!(word.as_str(), "--watch" | "-w" | "watch" | "w" | "serve" | "server" | "s" | "start");
    let is_server = invocation.words.iter().any(|word| word.contains("webpack-dev-server"));
    if is_webpack && !is_server && !arguments.iter().any(watches) {
        return None;
    }
    let roots = vec![invocation.cwd.clone()];
    let scope =
        WatchScope { roots, excluded: Exclusions::default().name(".git"), above: true, ..WatchScope::default() };
    Some(WatcherSettings { scope, polls: polls(invocation), at_most: true })
}
