//! Every remedy but the limits, walked from the plan to the undo: real files, real Streamlit, the real trash, real
//! processes.

mod config_properties;
mod drafts;
mod faults;
mod files;
mod obstacles;
mod ownership;
mod restart;
mod script_properties;
mod shells;
mod streamlit;
mod trash;

use inotify_doctor::remedy::streamlit_config::{self, ConfigRequest};
use inotify_doctor::remedy::{FileWatcher, Plan};

use crate::support::world::World;

const CONFIG: &str = ".streamlit/config.toml";

/// Plans `server.fileWatcherType` in the project's settings.
fn set(world: &World, watcher: FileWatcher) -> Plan {
    let request = ConfigRequest { file_watcher: Some(watcher), ..ConfigRequest::default() };
    streamlit_config::plan(request, &world.project(CONFIG), &world.own(), None).expect("it can be planned")
}
