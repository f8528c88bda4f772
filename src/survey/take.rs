//! Takes the facts in order: the machine, the project's tree and scripts, what Streamlit will do, what already runs.

use super::apps::Observers;
use super::forecasts::Forecasts;
use super::{Project, Request, RunningApp, Survey, SurveyError, apps, watchers, watching};
use crate::guarded;
use crate::machine::Machine;
use crate::progress::{Cancelled, Progress};
use crate::project::disk::DiskFree;
use crate::project::python::{self, FoundBy};
use crate::project::script::{self, Because, Care};
use crate::project::streamlit::Source;
use crate::project::tree::{Index, TreeCount};
use crate::project::{EntryScript, Inventory, Launch, LaunchTarget, Python, Streamlit, logs};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

impl Survey {
    /// Takes all facts. What cannot be read is part of them.
    ///
    /// # Errors
    /// When the project's folder is not there or is no folder, when a script or interpreter that the user named is
    /// not there, or when cancelled.
    pub fn take(request: &Request, progress: &Progress) -> Result<Self, SurveyError> {
        let root = request.project.as_deref().map(folder).transpose()?;
        let machine = Machine::read(&request.places, progress)?;
        let project = root.map(|root| take_project(root, request, &machine, progress)).transpose()?;
        let watching = request.watching.as_deref();
        let watching = watching.map(|path| watching::of(path, request, &machine, progress)).transpose()?;
        let taken_at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Ok(Self { machine, project, watching, taken_at })
    }
}

/// Whether an app watches the project while it is looked at.
fn care(found: &[RunningApp]) -> Care {
    if found.iter().any(|app| app.watches > 0) { Care::Watched } else { Care::Usual }
}

/// The folder as an absolute path, links not resolved: it is shown as the user named it.
fn folder(path: &Path) -> Result<PathBuf, SurveyError> {
    let because = |reason| SurveyError::Project { path: path.to_path_buf(), reason };
    let absolute = std::path::absolute(path).map_err(because)?;
    let about = guarded::about(&absolute).map_err(|refusal| because(refusal.into()))?;
    if about.kind == guarded::Kind::Folder { Ok(absolute) } else { Err(SurveyError::NotAFolder(absolute)) }
}

fn take_project(
    root: PathBuf,
    request: &Request,
    machine: &Machine,
    progress: &Progress,
) -> Result<Project, SurveyError> {
    let found = apps::of_project(&root, request, machine);
    let observers = Observers::start(&found, &request.places, progress);
    let reading = watchers::InodeReading::start(request, machine, progress);
    let mut inventory = if watchers::any_watches_files(machine) {
        Inventory::take_with_second_names(&root, request.depth, progress)?
    } else {
        Inventory::take(&root, request.depth, progress)?
    };
    let scripts = script::candidates(&inventory, care(&found), progress)?;
    let cwd = request.cwd.as_deref().map(folder).transpose()?.unwrap_or_else(|| root.clone());
    let script = choose_script(&root, &cwd, request, &found, &scripts)?;
    let launch = script.as_ref().map(|script| launch(&root, request, &found, script));
    let pythons = python::candidates(&root, launch.as_ref().unwrap_or(&bare_launch(&root, request)));
    let python = choose_python(request, &found, &pythons)?;
    let mut forecasts = Forecasts::new(&mut inventory);
    let streamlit = launch.as_ref().map(|launch| forecasts.of(launch, python.as_ref(), progress)).transpose()?;
    let watches_without_blacklist = match (&launch, &streamlit) {
        (Some(launch), Some(streamlit)) => {
            without_blacklist(launch, streamlit, python.as_ref(), &mut forecasts, progress)?
        }
        _ => None,
    };
    let others = apps::by_what_they_watch(&scripts, request, machine, &forecasts);
    let their_observers = Observers::start(&others, &request.places, progress);
    let mut running = apps::compare(found, observers, (machine, &request.places), &mut forecasts, progress)?;
    running.extend(apps::compare(others, their_observers, (machine, &request.places), &mut forecasts, progress)?);
    let servers = apps::servers(&root, request, machine);
    let watchers = watchers::of_project((&root, &running), &reading, request, &mut inventory, progress)?;
    let logs = logs::find(&inventory, progress)?;
    let disk = DiskFree::of(&root);
    Ok(Project {
        root,
        tree: with_silent(std::mem::take(&mut inventory.tree), inventory.index()),
        inventory: Arc::new(inventory),
        script,
        scripts,
        python,
        pythons,
        launch,
        streamlit,
        watches_without_blacklist,
        running,
        servers,
        watchers,
        disk,
        logs,
    })
}

/// Adds the file systems elsewhere that did not answer: a home, an environment, a root outside.
fn with_silent(mut tree: TreeCount, index: Option<&Index>) -> TreeCount {
    let real = |folder: &Path| {
        let below = folder.strip_prefix(index?.root()).ok()?;
        Some(index?.real_root().join(below))
    };
    for mount in guarded::silent_mounts() {
        let names = |folder: &PathBuf| {
            folder.starts_with(&mount) || real(folder).is_some_and(|folder| folder.starts_with(&mount))
        };
        if !tree.unresponsive.iter().any(names) {
            tree.unresponsive.push(mount);
        }
    }
    tree
}

/// The script the user named, else the one that runs, else the best candidate.
fn choose_script(
    root: &Path,
    cwd: &Path,
    request: &Request,
    found: &[RunningApp],
    scripts: &[EntryScript],
) -> Result<Option<EntryScript>, SurveyError> {
    if let Some((_, launch)) = &request.running {
        return Ok(Some(EntryScript { path: launch.script.clone(), because: Because::Running }));
    }
    let command = request.command.as_ref();
    let named = request.script.as_ref().or_else(|| command.and_then(|command| command.script.as_ref()));
    if let Some(named) = named {
        return existing_script(&[cwd, root], named).map(Some);
    }
    // A command that runs something else is never answered for another script.
    match command.map(|command| &command.target) {
        Some(LaunchTarget::Address(address)) => return Err(SurveyError::RemoteScript(address.clone())),
        Some(LaunchTarget::Default) => return existing_script(&[cwd], Path::new(DEFAULT_SCRIPT)).map(Some),
        Some(LaunchTarget::Hello) => return hello(root, request).map(Some),
        Some(LaunchTarget::Script) | None => {}
    }
    let running = found.first().map(|app| EntryScript { path: app.launch.script.clone(), because: Because::Running });
    Ok(running.or_else(|| scripts.first().cloned()))
}

/// The script that Streamlit takes from a folder, and from the working folder where none is named.
const DEFAULT_SCRIPT: &str = "streamlit_app.py";

/// A relative script is looked for in the folder the app is started in and in the project, then in the folder this
/// program was started in. A folder stands for the `streamlit_app.py` in it.
fn existing_script(folders: &[&Path], named: &Path) -> Result<EntryScript, SurveyError> {
    let here = std::path::absolute(named).unwrap_or_else(|_| named.to_path_buf());
    let places = folders.iter().map(|folder| folder.join(named)).chain([here]);
    let scripts = places.map(|place| if guarded::is_folder(&place) { place.join(DEFAULT_SCRIPT) } else { place });
    let path = scripts.into_iter().find(|path| guarded::is_file(path));
    let path = path.ok_or_else(|| SurveyError::NoScript(named.to_path_buf()))?;
    // `./app.py` is shown without its dot.
    Ok(EntryScript { path: path.components().collect(), because: Because::Chosen })
}

/// The script of `streamlit hello`, in the packages of the interpreter that would run it.
fn hello(root: &Path, request: &Request) -> Result<EntryScript, SurveyError> {
    let pythons = python::candidates(root, &bare_launch(root, request));
    let python = choose_python(request, &[], &pythons)?;
    let folders = python.map(|python| python.site_packages).unwrap_or_default();
    let names = ["streamlit_app.py", "Hello.py", "hello.py"];
    let mut files = folders.iter().flat_map(|folder| names.map(|name| folder.join("streamlit/hello").join(name)));
    let path = files.find(|file| guarded::is_file(file));
    let path = path.ok_or_else(|| SurveyError::NoScript(PathBuf::from("streamlit hello")))?;
    Ok(EntryScript { path, because: Because::Chosen })
}

/// A running app's own launch where its script was not overruled; otherwise the command as it would be typed in the
/// project's folder.
fn launch(root: &Path, request: &Request, found: &[RunningApp], script: &EntryScript) -> Launch {
    if let Some((_, launch)) = &request.running {
        return launch.clone();
    }
    if script.because == Because::Running
        && request.command.is_none()
        && request.cwd.is_none()
        && let Some(app) = found.first()
    {
        return app.launch.clone();
    }
    let mut launch = bare_launch(root, request);
    launch.script.clone_from(&script.path);
    if let Some(command) = &request.command {
        launch.flags.clone_from(&command.flags);
        launch.as_module = command.as_module;
        launch.variables.extend(command.variables.iter().map(|(name, value)| (name.into(), value.clone())));
    }
    launch
}

fn bare_launch(root: &Path, request: &Request) -> Launch {
    // Checked to be a folder before.
    let cwd =
        request.cwd.as_deref().and_then(|cwd| std::path::absolute(cwd).ok()).unwrap_or_else(|| root.to_path_buf());
    Launch { cwd, variables: request.variables.clone(), ..Launch::default() }
}

fn choose_python(request: &Request, found: &[RunningApp], pythons: &[Python]) -> Result<Option<Python>, SurveyError> {
    let named =
        request.python.as_ref().or_else(|| request.command.as_ref().and_then(|command| command.python.as_ref()));
    if let Some(named) = named {
        let inspected = Python::inspect(named, FoundBy::Chosen);
        return inspected.map(Some).ok_or_else(|| SurveyError::NoPython(named.clone()));
    }
    let picked = request.running.as_ref().map(|(pid, _)| *pid);
    let running = found.iter().find(|app| picked.is_none_or(|pid| app.pid == pid)).and_then(|app| app.python.clone());
    let with_streamlit = pythons.iter().find(|python| python.streamlit.is_some());
    Ok(running.or_else(|| with_streamlit.or_else(|| pythons.first()).cloned()))
}

fn without_blacklist(
    launch: &Launch,
    streamlit: &Streamlit,
    python: Option<&Python>,
    forecasts: &mut Forecasts<'_>,
    progress: &Progress,
) -> Result<Option<u64>, Cancelled> {
    const KEY: &str = "server.folderWatchBlacklist";
    let set = streamlit.settings.iter().any(|setting| setting.key == KEY && setting.source != Source::Default);
    if !set {
        return Ok(None);
    }
    let mut launch = launch.clone();
    launch.flags.retain(|(key, _)| key != KEY);
    launch.flags.push((KEY.into(), String::new()));
    Ok(Some(forecasts.of(&launch, python, progress)?.need.watches))
}
