//! `inotify-doctor fix`: the same plans as in the window, shown, agreed to, applied.

use super::output::{agrees, complain, print, style};
use super::survey::survey;
use super::{ERROR, FINE, TO_FIX, plan_text, project};
use crate::diagnosis;
use crate::machine::Places;
use crate::progress::Progress;
use crate::remedy::raise_limits::{self, Guidance, Reason, Refusal, Wanted, Way};
use crate::remedy::streamlit_config::{self, ConfigRequest};
use crate::remedy::{
    FileWatcher, Journal, Outcome, OwnFolders, Plan, RemedyError, caches, launch_script, session_variable, watcher,
};
use crate::say;
use crate::survey::Survey;
use crate::words::Words;
use anyhow::anyhow;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

/// What one remedy came to before anything was done.
enum Prepared {
    /// A plan with what is worth knowing beforehand.
    Plan(Plan, Vec<String>),
    /// It has to be done elsewhere.
    Elsewhere(Guidance),
}

/// Everything a remedy needs to know.
struct Case<'a> {
    survey: &'a Survey,
    own: OwnFolders,
    variables: &'a BTreeMap<OsString, OsString>,
    words: &'a Words,
}

/// Plans, shows, asks, applies, tells.
pub(super) fn run(matches: &ArgMatches, variables: &BTreeMap<OsString, OsString>, words: &Words) -> anyhow::Result<u8> {
    let Some((remedy, options)) = matches.subcommand() else { return Ok(ERROR) };
    if let Some(foreign) = project::foreign_command(options) {
        complain(&say!(words, "cli-foreign-command", command = foreign.to_string_lossy()));
        return Ok(ERROR);
    }
    let mut request = project::request(options, variables.clone());
    if request.project.is_none() && remedy != "raise-limits" {
        request.project = Some(PathBuf::from("."));
    }
    let survey = survey(request, words)?;
    let project = survey.project.as_ref().map(|project| project.root.clone());
    let home = variables.get(OsStr::new("HOME")).map(PathBuf::from);
    let case = Case { survey: &survey, own: OwnFolders { home, project }, variables, words };
    match case.prepare(remedy, options)? {
        Prepared::Elsewhere(guidance) => case.send_elsewhere(&guidance),
        Prepared::Plan(plan, notes) => case.carry_out(&plan, &notes, options),
    }
}

impl Case<'_> {
    fn prepare(&self, remedy: &str, options: &ArgMatches) -> anyhow::Result<Prepared> {
        let choice =
            || options.get_one::<String>("file-watcher").map_or(FileWatcher::None, |word| FileWatcher::named(word));
        let planned = match remedy {
            "raise-limits" => return self.raise_limits(options),
            "streamlit-config" => self.streamlit_config(options),
            "launch-script" => self.launch_script(choice(), options),
            "session-variable" => self.session_variable(choice()),
            _ => self.clear_caches(),
        };
        let (plan, notes) = planned.map_err(|error| anyhow!(error.sentence(self.words)))?;
        Ok(Prepared::Plan(plan, notes))
    }

    /// The values asked for; where none is, the recommended ones.
    fn raise_limits(&self, options: &ArgMatches) -> anyhow::Result<Prepared> {
        let number = |name: &str| options.get_one::<u64>(name).copied();
        let until_reboot = options.get_flag("until-reboot");
        let (watches, instances) = (number("watches"), number("instances"));
        let mut wanted = Wanted { watches, instances, queued_events: number("queued-events"), until_reboot };
        if wanted == (Wanted { until_reboot, ..Wanted::default() }) {
            let recommended = diagnosis::judge(self.survey).recommendation;
            wanted = Wanted { watches: recommended.watches, instances: recommended.instances, ..wanted };
        }
        let machine = &self.survey.machine;
        let apps_run = self.survey.project.as_ref().is_some_and(|project| !project.running.is_empty());
        let planned = raise_limits::plan(wanted, machine, &Places::default(), self.streamlit(), apps_run);
        let raise = match planned {
            Err(raise_limits::Invalid::Nothing) => {
                return Ok(Prepared::Plan(nothing_to_raise(self.streamlit()), Vec::new()));
            }
            planned => planned.map_err(|invalid| anyhow!(invalid.sentence(self.words)))?,
        };
        // Where only pkexec is missing, sudo or being root already serves as well from a terminal.
        match Guidance::of(&raise.request, &machine.environment) {
            None | Some(Guidance::InTheTerminal { .. }) => {
                let notes = raise.boot.map(|boot| boot.sentences(self.words)).unwrap_or_default();
                Ok(Prepared::Plan(raise.plan, notes))
            }
            Some(guidance) => Ok(Prepared::Elsewhere(guidance)),
        }
    }

    fn streamlit(&self) -> Option<&crate::project::Streamlit> {
        self.survey.project.as_ref()?.streamlit.as_ref()
    }

    fn streamlit_config(&self, options: &ArgMatches) -> Result<(Plan, Vec<String>), RemedyError> {
        let file_watcher = options.get_one::<String>("file-watcher").map(|word| FileWatcher::named(word));
        let run_on_save = options.get_one::<bool>("run-on-save").copied();
        let request = ConfigRequest { file_watcher, run_on_save, starter: false };
        let file = if options.get_flag("personal") {
            streamlit_config::personal_file(self.own.home.as_deref().ok_or(RemedyError::NoHome)?)
        } else {
            let project = self.survey.project.as_ref();
            let cwd = project.and_then(|project| project.launch.as_ref()).map(|launch| launch.cwd.clone());
            streamlit_config::project_file(&cwd.or_else(|| self.own.project.clone()).unwrap_or_default())
        };
        let plan = streamlit_config::plan(request, &file, &self.own, self.streamlit())?;
        let wins = self.streamlit().map(|now| streamlit_config::still_wins(request, &file, now)).unwrap_or_default();
        let mut notes: Vec<String> =
            wins.into_iter().map(|(key, stronger)| stronger.sentence(key, self.words)).collect();
        if run_on_save.is_some() {
            notes.push(say!(self.words, "cli-run-on-save-note"));
        }
        Ok((plan, notes))
    }

    fn launch_script(&self, choice: FileWatcher, options: &ArgMatches) -> Result<(Plan, Vec<String>), RemedyError> {
        let file = options.get_one::<PathBuf>("file").cloned().unwrap_or_default();
        let file = std::path::absolute(&file).map_err(|error| RemedyError::of(&file, &error))?;
        let plan = launch_script::plan(choice, &file, &self.own, self.streamlit())?;
        let wins = launch_script::still_wins(&file, &self.own)?;
        Ok((plan, self.stronger(wins.into_iter())))
    }

    fn session_variable(&self, choice: FileWatcher) -> Result<(Plan, Vec<String>), RemedyError> {
        let file = session_variable::file(self.variables)?;
        let plan = session_variable::plan(choice, &file, &self.own, self.streamlit())?;
        let wins = session_variable::still_wins(&file, &Places::default());
        Ok((plan, self.stronger(wins.into_iter())))
    }

    fn stronger(&self, wins: impl Iterator<Item = watcher::Stronger>) -> Vec<String> {
        wins.map(|stronger| stronger.sentence(watcher::FILE_WATCHER_KEY, self.words)).collect()
    }

    fn clear_caches(&self) -> Result<(Plan, Vec<String>), RemedyError> {
        let project = self.own.project.clone().unwrap_or_default();
        let found = caches::find(&project, &Progress::default()).unwrap_or_default();
        let chosen: Vec<_> = found.items.iter().filter(|cache| cache.ticked).collect();
        Ok((caches::plan(&project, &chosen, self.streamlit())?, Vec::new()))
    }

    fn send_elsewhere(&self, guidance: &Guidance) -> anyhow::Result<u8> {
        let (sentence, text) = guidance.sentence_and_text(self.words);
        complain(&sentence);
        print(&text.map(|text| format!("{text}\n")).unwrap_or_default())?;
        Ok(TO_FIX)
    }

    fn carry_out(&self, plan: &Plan, notes: &[String], options: &ArgMatches) -> anyhow::Result<u8> {
        if plan.is_empty() {
            print(&format!("{}\n", say!(self.words, "outcome-nothing-to-do")))?;
            return Ok(FINE);
        }
        let way = way();
        print(&plan_text::text(plan, notes, way, self.words, style().colour))?;
        if options.get_flag("dry-run") {
            return Ok(FINE);
        }
        if !options.get_flag("yes") && !agrees(&say!(self.words, "cli-ask"), self.words)? {
            complain(&say!(self.words, "cli-said-no"));
            return Ok(TO_FIX);
        }
        let journal = Journal::of_person(self.variables).map_err(|error| anyhow!(error.sentence(self.words)))?;
        tell(&crate::remedy::apply(plan, &journal, way), plan, self.words)
    }
}

/// No limit is short: an empty plan.
fn nothing_to_raise(now: Option<&crate::project::Streamlit>) -> Plan {
    let promise = crate::remedy::Promise {
        watches_after: now.map(|now| now.need.watches),
        hot_reload: crate::remedy::HotReload::Kept,
        needs_administrator: false,
        survives_reboot: true,
        needs_restart: false,
    };
    Plan { remedy: crate::remedy::RemedyName::RaiseLimits, changes: Vec::new(), promise }
}

/// Root's own hand, sudo where somebody sits at a terminal, pkexec's dialog otherwise.
pub(super) fn way() -> Way {
    if rustix::process::geteuid().is_root() {
        Way::Direct
    } else if io::stdin().is_terminal() {
        Way::Sudo
    } else {
        Way::Pkexec
    }
}

fn tell(outcome: &Outcome, plan: &Plan, words: &Words) -> anyhow::Result<u8> {
    match outcome {
        Outcome::NothingToDo => print(&format!("{}\n", say!(words, "outcome-nothing-to-do")))?,
        Outcome::Applied { id, done } => {
            let lines = plan.changes.iter().zip(done).flat_map(|(change, done)| done.lines(change, words));
            let last = if plan.can_be_undone() {
                say!(words, "outcome-applied", id = id.to_string())
            } else {
                say!(words, "outcome-applied-final")
            };
            print(&lines.chain([last]).map(|line| line + "\n").collect::<String>())?;
        }
        Outcome::Stale(stale) => {
            complain(&say!(words, "outcome-stale"));
            stale.iter().for_each(|one| complain(&format!("  {}", one.sentence(words))));
            return Ok(ERROR);
        }
        Outcome::Failed { error, left } => {
            complain(&say!(words, "outcome-failed", reason = error.sentence(words)));
            if left.is_empty() {
                complain(&say!(words, "outcome-nothing-left"));
            } else {
                complain(&say!(words, "outcome-left"));
                left.iter().for_each(|one| complain(&format!("  {}", one.sentence(words))));
            }
            let said_no = matches!(error, RemedyError::Limits(Refusal { reason: Reason::Dismissed, .. }));
            return Ok(if said_no { TO_FIX } else { ERROR });
        }
    }
    Ok(FINE)
}
