//! What reduces a watcher's watches: a variable, an option, a line in a settings file, each with what it leaves.

use super::{HeavyFolder, Invocation, WatcherKind, WatcherSettings};
use crate::guarded;
use crate::progress::{Cancelled, Progress};
use crate::project::Inventory;

/// One thing to turn, and what is left then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knob {
    /// The place and the text.
    pub lever: Lever,
    /// Watches afterwards, where that can be counted.
    pub watches_after: Option<u64>,
}

/// Places where a watcher can be told to watch less.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Lever {
    /// An environment variable of the process.
    Variable(&'static str, &'static str),
    /// An option of the command.
    Flag(String),
    /// Patterns below `files.watcherExclude` in `.vscode/settings.json`.
    VscodeExclude(Vec<String>),
    /// Patterns below `server.watch.ignored` in the configuration of Vite, which is code.
    ViteIgnored(Vec<String>),
}

impl Lever {
    /// The text to type, or to put into the file.
    #[must_use]
    pub fn text(&self) -> String {
        let quoted = |patterns: &[String]| patterns.iter().map(|one| format!("'{one}'")).collect::<Vec<_>>().join(", ");
        match self {
            Self::Variable(name, value) => format!("{name}={value}"),
            Self::Flag(text) => text.clone(),
            Self::VscodeExclude(patterns) => {
                let lines: Vec<String> = patterns.iter().map(|one| format!("\"{one}\": true")).collect();
                format!("\"{}\": {{ {} }}", super::vscode::WATCHER_EXCLUDE, lines.join(", "))
            }
            Self::ViteIgnored(patterns) => format!("server: {{ watch: {{ ignored: [{}] }} }}", quoted(patterns)),
        }
    }
}

impl WatcherKind {
    /// The knobs of a running watcher. Those that free nothing are left out.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn knobs(
        self,
        settings: &WatcherSettings,
        invocation: &Invocation,
        heavy: &[HeavyFolder],
        inventory: &mut Inventory,
        progress: &Progress,
    ) -> Result<Vec<Knob>, Cancelled> {
        if settings.polls {
            return Ok(Vec::new());
        }
        let polling = |name, value| Knob { lever: Lever::Variable(name, value), watches_after: Some(0) };
        let knobs = match self {
            Self::Uvicorn => {
                let narrower = uvicorn_folder(invocation, inventory, progress)?;
                narrower.into_iter().chain([polling("WATCHFILES_FORCE_POLLING", "true")]).collect()
            }
            Self::Vite => {
                let absolute: Vec<HeavyFolder> = heavy.iter().map(anywhere).collect();
                let patterns = worthwhile(settings, &absolute, inventory);
                let after = settings.without(&patterns).forecast(inventory, progress)?;
                let after = after.filter(|after| after.at_most.is_none()).map(|after| after.watches);
                let ignored = Knob { lever: Lever::ViteIgnored(patterns.clone()), watches_after: after };
                let ignored = (!patterns.is_empty()).then_some(ignored);
                ignored.into_iter().chain([polling("CHOKIDAR_USEPOLLING", "1")]).collect()
            }
            Self::Nodemon => {
                vec![Knob { lever: Lever::Flag("--legacy-watch".into()), watches_after: Some(0) }]
            }
            Self::Vscode => {
                let patterns = worthwhile(settings, heavy, inventory);
                let after = settings.without(&patterns).forecast(inventory, progress)?.map(|after| after.watches);
                let exclude = Knob { lever: Lever::VscodeExclude(patterns.clone()), watches_after: after };
                (!patterns.is_empty()).then_some(exclude).into_iter().collect()
            }
            Self::Webpack => vec![polling("WATCHPACK_POLLING", "true")],
            Self::Watchmedo | Self::Jest => Vec::new(),
        };
        Ok(knobs)
    }
}

/// Watches that a pattern has to free to be worth a line.
const LEAST_FREED: u64 = 20;

/// The patterns of heavy folders that free something: those that are left out already, or hold little, do not.
#[must_use]
pub fn worthwhile(settings: &WatcherSettings, heavy: &[HeavyFolder], inventory: &Inventory) -> Vec<String> {
    let watches = |settings: &WatcherSettings| settings.scope.count_in(inventory, &[]).watches;
    let now = watches(settings);
    let frees = |pattern: &String| now.saturating_sub(watches(&settings.without(std::slice::from_ref(pattern))));
    heavy.iter().map(|folder| folder.pattern.clone()).filter(|pattern| frees(pattern) >= LEAST_FREED).collect()
}

/// chokidar holds patterns against whole paths.
fn anywhere(folder: &HeavyFolder) -> HeavyFolder {
    if folder.pattern.starts_with("**/") {
        return folder.clone();
    }
    HeavyFolder { pattern: format!("**/{}/**", folder.pattern), ..folder.clone() }
}

/// The package that the app is in, where it is one: `api.main:app` needs only `--reload-dir api`.
fn uvicorn_folder(
    invocation: &Invocation,
    inventory: &mut Inventory,
    progress: &Progress,
) -> Result<Option<Knob>, Cancelled> {
    let arguments = invocation.behind(&["uvicorn"]).unwrap_or_default();
    let package = arguments.iter().find_map(|word| word.split_once(':')?.0.split_once('.').map(|(package, _)| package));
    let Some(package) = package.filter(|_| !super::invocation::has(arguments, &["--reload-dir"])) else {
        return Ok(None);
    };
    let folder = invocation.path(package);
    let settings = WatcherSettings { scope: super::uvicorn::scope(vec![folder.clone()]), polls: false, at_most: false };
    let after = if guarded::is_folder(&folder) { settings.forecast(inventory, progress)? } else { None };
    Ok(after.map(|after| Knob {
        lever: Lever::Flag(format!("--reload-dir {package}")),
        watches_after: Some(after.watches),
    }))
}
