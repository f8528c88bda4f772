//! Caches that can go: found with what they hold, moved to the trash, brought back from it. Never through a link,
//! never outside the project, never inside `.git`.

mod advice;
mod bin;

pub use crate::project::caches::{Cache, CacheKind, Caches, find};
pub use advice::{Advice, advise};
pub(super) use bin::{Bin, still_there, to_trash};

use super::{Change, Plan, Promise, RemedyError, RemedyName, watcher};
use crate::guarded;
use crate::project::Streamlit;
use std::path::Path;

/// Plans moving `chosen` to the trash. `now` is the forecast of the launch as it is.
///
/// # Errors
/// [`RemedyError::Outside`] or [`RemedyError::LinkLeadsOutside`] for a path that is not really inside `project`, or what
/// keeps it from being read.
pub fn plan(project: &Path, chosen: &[&Cache], now: Option<&Streamlit>) -> Result<Plan, RemedyError> {
    let root = guarded::real_path(project).map_err(|error| RemedyError::of(project, &error.into()))?;
    let mut changes = Vec::new();
    for cache in chosen {
        let path = cache.path.clone();
        let real = guarded::real_path(&path).map_err(|error| RemedyError::of(&path, &error.into()))?;
        if real == path && (real == root || !real.starts_with(&root)) {
            return Err(RemedyError::Outside { path });
        }
        if real != path {
            return Err(RemedyError::LinkLeadsOutside { path, target: real });
        }
        changes.push(Change::Trash { path, directories: cache.directories, bytes: cache.bytes });
    }
    Ok(Plan { remedy: RemedyName::ClearCaches, changes, promise: promise(chosen, now) })
}

/// Python makes its own caches again as soon as it imports a module, so that the watches of the next run are known
/// only where none of these is among the chosen.
fn promise(chosen: &[&Cache], now: Option<&Streamlit>) -> Promise {
    let come_back = chosen.iter().any(|cache| cache.kind == CacheKind::PythonBytecode);
    let watches = now.map(|now| now.need.watches.saturating_sub(watches_freed(chosen, now)));
    Promise {
        watches_after: if come_back { None } else { watches },
        hot_reload: watcher::as_forecast(now).1,
        needs_administrator: false,
        survives_reboot: true,
        needs_restart: true,
    }
}

/// The watches that the app takes less until these folders are made anew.
#[must_use]
pub fn watches_freed(chosen: &[&Cache], now: &Streamlit) -> u64 {
    chosen.iter().map(|cache| cache.directories * watcher::times_watched(&cache.path, now)).sum()
}
