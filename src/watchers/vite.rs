//! Vite's development server: chokidar 3, which watches every file and folder below the root, hidden ones and virtual
//! environments included, and follows links.
//!
//! Left out are `.git`, `node_modules`, `test-results`, the cache and, where it lies inside, the output folder
//! (`resolveChokidarOptions` of Vite 7 and 8). The configuration file is code: patterns that stand in it as they are
//! are read, anything else makes the forecast a range.

use super::invocation::has;
use super::{
    Exclusions, HeavyFolder, Invocation, Knob, Lever, PatternBase, PollingVariable, Turning, WatchScope, Watcher,
    WatcherSettings, text,
};
use crate::guarded;
use crate::machine::Kind;
use crate::progress::Cancelled;
use regex::Regex;
use std::path::Path;
use std::sync::LazyLock;

const CONFIG_FILES: [&str; 6] =
    ["vite.config.js", "vite.config.mjs", "vite.config.ts", "vite.config.cjs", "vite.config.mts", "vite.config.cts"];

/// Options that take a word (`vite --help` of 7.3 and 8.3).
const WITH_VALUE: [&str; 15] = [
    "--host",
    "--open",
    "--port",
    "-c",
    "--config",
    "--base",
    "-l",
    "--logLevel",
    "-d",
    "--debug",
    "-f",
    "--filter",
    "-m",
    "--mode",
    "--configLoader",
];

pub(super) const WATCHER: Watcher = Watcher {
    process: Kind::Vite,
    settings: |invocation, _| settings(invocation),
    knobs,
    polling: Some(PollingVariable { name: "CHOKIDAR_USEPOLLING", value: "1" }),
    programs: &["vite", "vite.js"],
};

/// chokidar holds patterns against whole paths.
fn knobs(turning: &mut Turning<'_>) -> Result<Vec<Knob>, Cancelled> {
    let anywhere = |folder: &HeavyFolder| match folder.pattern.strip_prefix("**/") {
        Some(_) => folder.clone(),
        None => HeavyFolder { pattern: format!("**/{}/**", folder.pattern), ..folder.clone() },
    };
    let absolute: Vec<HeavyFolder> = turning.heavy.iter().map(anywhere).collect();
    turning.leave_out(&absolute, Lever::ViteIgnored)
}

fn settings(invocation: &Invocation) -> Option<WatcherSettings> {
    let arguments = invocation.behind(WATCHER.programs)?;
    let mut words = positional(arguments);
    let mut root = words.next();
    if matches!(root, Some("dev" | "serve")) {
        root = words.next();
    }
    if matches!(root, Some("build" | "preview" | "optimize")) {
        return None;
    }
    let root = root.map_or_else(|| invocation.cwd.clone(), |word| invocation.path(word));
    let config = config(invocation, arguments, &root);
    let read = config.as_deref().map(ViteConfiguration::read).unwrap_or_default();
    let output = root.join(read.output.as_deref().unwrap_or("dist"));
    let excluded = Exclusions::new(PatternBase::Absolute)
        .unnameable()
        .patterns(["**/.git/**", "**/node_modules/**", "**/test-results/**"])
        .patterns(read.ignored.iter().map(String::as_str))
        .path(root.join(if guarded::exists(&root.join("package.json")) { "node_modules/.vite" } else { ".vite" }));
    let excluded = if output.starts_with(&root) && output != root { excluded.path(output) } else { excluded };
    let polls = invocation.chokidar_polls().unwrap_or(read.polls);
    let scope =
        WatchScope { roots: vec![root], excluded, files_too: true, follows_links: true, ..WatchScope::default() };
    Some(WatcherSettings { scope, polls, at_most: read.unclear, ..WatcherSettings::default() })
}

fn positional(arguments: &[String]) -> impl Iterator<Item = &str> {
    let mut takes_value = false;
    arguments.iter().map(String::as_str).filter(move |word| {
        let is_value = std::mem::replace(&mut takes_value, WITH_VALUE.contains(word));
        !is_value && !word.starts_with('-')
    })
}

fn config(invocation: &Invocation, arguments: &[String], root: &Path) -> Option<String> {
    if has(arguments, &["-c", "--config"]) {
        let named = super::invocation::values(arguments, &["-c", "--config"]);
        return text::read(&invocation.path(named.first()?));
    }
    CONFIG_FILES.iter().find_map(|name| text::read(&root.join(name)))
}

/// Facts that stand in the configuration file as they are.
#[derive(Debug, Default, PartialEq, Eq)]
struct ViteConfiguration {
    ignored: Vec<String>,
    output: Option<String>,
    polls: bool,
    /// Something about watching stands there that is no plain value.
    unclear: bool,
}

/// `ignored: ['a', "b"]`, with what stands between the brackets.
static IGNORED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bignored\s*:\s*(\[[^\]]*\]|'[^']*'|\x22[^\x22]*\x22)?"));
static TEXTS: LazyLock<Regex> = LazyLock::new(|| pattern(r"'([^'\\]*)'|\x22([^\x22\\]*)\x22"));
static OUTPUT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\boutDir\s*:\s*(?:'([^'\\]*)'|\x22([^\x22\\]*)\x22)?"));
static POLLING: LazyLock<Regex> = LazyLock::new(|| pattern(r"\busePolling\s*:\s*(true|false)?"));
static COMMENTS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)/\*\s[\s\S]*?\*/|(^|[\s,;{}])//[^\n]*"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern that the tests compile")
}

impl ViteConfiguration {
    fn read(text: impl AsRef<str>) -> Self {
        let text = COMMENTS.replace_all(text.as_ref(), "$1");
        let mut read = Self::default();
        for found in IGNORED.captures_iter(&text) {
            let Some(value) = found.get(1) else {
                read.unclear = true;
                continue;
            };
            let rest = TEXTS.replace_all(value.as_str(), "");
            read.unclear |= !rest.chars().all(|rest| rest.is_whitespace() || matches!(rest, '[' | ']' | ','));
            read.ignored.extend(texts(value.as_str()));
        }
        for found in OUTPUT.captures_iter(&text) {
            read.output = found.get(1).or(found.get(2)).map(|output| output.as_str().to_owned());
            read.unclear |= read.output.is_none();
        }
        for found in POLLING.captures_iter(&text) {
            read.polls |= found.get(1).is_some_and(|word| word.as_str() == "true");
            read.unclear |= found.get(1).is_none();
        }
        // Another root, or the watching itself turned off.
        read.unclear |= ["emptyOutDir", "watch: null", "root:", "cacheDir"].iter().any(|key| text.contains(key));
        read
    }
}

fn texts(value: &str) -> Vec<String> {
    let texts = TEXTS.captures_iter(value).filter_map(|found| found.get(1).or(found.get(2)));
    texts.map(|text| text.as_str().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_values_are_read_and_anything_else_is_unclear() {
        let read = ViteConfiguration::read(
            "export default { build: { outDir: 'public/out' }, // ignored: [x]\n \
             server: { watch: { ignored: ['**/.venv/**', \"**/data/**\"], usePolling: false } } }",
        );
        let ignored = vec!["**/.venv/**".to_owned(), "**/data/**".to_owned()];
        assert_eq!(
            read,
            ViteConfiguration { ignored, output: Some("public/out".into()), polls: false, unclear: false }
        );
        assert!(ViteConfiguration::read("server: { watch: { ignored: [venv, '**/x/**'] } }").unclear);
        assert!(ViteConfiguration::read("server: { watch: { ignored: (path) => true } }").unclear);
        assert!(ViteConfiguration::read("server: { watch: { usePolling: true } }").polls);
        assert_eq!(ViteConfiguration::read("export default { plugins: [react()] }"), ViteConfiguration::default());
    }

    #[test]
    fn the_root_is_the_first_word_that_is_no_option() {
        let root = |line: &str| {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            positional(&words).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(root("--port 3000 dev --host 0.0.0.0 --force ui -m x --open"), ["dev", "ui"]);
    }
}
