//! webpack in watch mode, and what is built on it: watchpack, which watches the folders of all modules that were
//! loaded, those where a module was looked for, and each folder above them up to the root.
//!
//! Which modules these are only webpack knows: the forecast is a range. Sure are the working folder and those above, and
//! where the entry is told or webpack's own, its folder. The most is every folder of the project but what no module is
//! loaded from: version control, Python environments and caches. Of a package in `node_modules` only the folder of the
//! file that is loaded counts (measured with webpack 5.113 in 13 projects).

use super::invocation::values;
use super::{Exclusions, Invocation, PollingVariable, WatchScope, Watcher, WatcherSettings, text};
use crate::guarded;
use crate::machine::Kind;
use regex::Regex;
use std::path::PathBuf;
use std::sync::LazyLock;

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
    // webpack-cli writes its name over its command line: what it was told is not known then. A process has variables,
    // a line of a script has none here.
    let is_title = invocation.words == ["webpack"] && !invocation.variables.is_empty();
    if is_webpack && !is_server && !is_title && !arguments.iter().any(watches) {
        return None;
    }
    let scope =
        |excluded| WatchScope { roots: vec![invocation.cwd.clone()], excluded, above: true, ..WatchScope::default() };
    let never = [".git", ".hg", ".venv", "__pycache__", ".cache", ".mypy_cache", ".pytest_cache", ".ruff_cache"];
    let whole = scope(never.into_iter().fold(Exclusions::default(), Exclusions::name));
    let entry = if is_title { None } else { entry(invocation, arguments) };
    let sure = scope(Exclusions::only(entry.into_iter().collect(), Vec::new(), false));
    let polls = polls(invocation);
    Some(WatcherSettings { scope: whole, sure: Some(sure), polls, at_most: true, ..WatcherSettings::default() })
}

/// The folder of the entry: of `--entry`, of a configuration in which it stands as it is, else of `src/index.js`.
fn entry(invocation: &Invocation, arguments: &[String]) -> Option<PathBuf> {
    static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\bentry\s*:\s*['"](\./[^'"\\]+)['"]"#).expect("a constant pattern that the tests compile")
    });
    let configs = ["js", "cjs", "mjs", "ts"].map(|end| invocation.cwd.join(format!("webpack.config.{end}")));
    let config = configs.iter().find_map(|file| text::read(file));
    let is_moved = |text: &String| text.contains("context") || text.contains("//");
    let named = match (values(arguments, &["--entry"]).first(), &config) {
        (Some(named), None) => (*named).to_owned(),
        (None, Some(text)) if !is_moved(text) => ENTRY.captures(text)?.get(1)?.as_str().to_owned(),
        (None, None) if !super::invocation::has(arguments, &["-c", "--config", "--context"]) => {
            "src/index.js".to_owned()
        }
        (Some(_) | None, _) => return None,
    };
    let file = invocation.cwd.join(named.trim_start_matches("./"));
    guarded::is_file(&file).then(|| file.parent().map(std::path::Path::to_path_buf)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;
    use crate::project::Inventory;
    use crate::project::tree::Depth;
    use std::collections::BTreeMap;

    #[test]
    fn the_range_begins_at_the_entry_and_ends_where_no_module_is_loaded_from() {
        let project = tempfile::tempdir().unwrap();
        let root = project.path().canonicalize().unwrap();
        for folder in ["src/a/b", ".venv/lib/p", ".git/objects", "node_modules/x/dist", "web/p"] {
            std::fs::create_dir_all(root.join(folder)).unwrap();
        }
        ["src/index.js", "web/main.js"].iter().for_each(|file| std::fs::write(root.join(file), "1").unwrap());
        let above = root.ancestors().count() as u64;
        let range = |line: &str| {
            let words: Vec<_> = line.split(' ').map(Into::into).collect();
            let variables = BTreeMap::from([("PATH".into(), "/usr/bin".into())]);
            let settings = settings(&Invocation::new(&words, &root, variables))?;
            let mut inventory = Inventory::take(&root, Depth::Usual, &Progress::default()).unwrap();
            let forecast = settings.forecast(&mut inventory, &Progress::default()).unwrap()?;
            Some((forecast.watches - above, forecast.at_most? - above))
        };
        // `src`, `src/a`, `src/a/b`, `web`, `web/p` and the three of `node_modules` at most.
        assert_eq!(range("node /n/webpack/bin/webpack.js --watch"), Some((1, 8)));
        assert_eq!(range("node /n/webpack/bin/webpack.js"), None);
        assert_eq!(range("webpack"), Some((0, 8)), "a title tells nothing");
        std::fs::write(root.join("webpack.config.js"), "module.exports = { entry: './web/main.js' }").unwrap();
        assert_eq!(range("node /n/webpack/bin/webpack.js --watch"), Some((1, 8)));
        std::fs::write(root.join("webpack.config.js"), "module.exports = { entry: f() }").unwrap();
        assert_eq!(range("node /n/webpack/bin/webpack.js --watch"), Some((0, 8)));
    }
}
