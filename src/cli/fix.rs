//! `inotify-doctor fix`: the same plans as in the window, shown, agreed to, applied.

use super::arguments::{self, Fix, ToldProgram};
use super::output::{agrees, complain, print, style};
use super::survey::survey;
use super::{ERROR, FINE, TO_FIX, plan_text, project};
use crate::diagnosis;
use crate::progress::Progress;
use crate::project::tree::Depth;
use crate::remedy::offer::{Case, ComparedWay, Note, Offer, RaiseOffer};
use crate::remedy::raise_limits::{Guidance, Reason, Refusal, Wanted, Way};
use crate::remedy::streamlit_config::ConfigRequest;
use crate::remedy::watcher_launch::LaunchSetting;
use crate::remedy::{FileWatcher, Journal, Plan, PlanOutcome, RemedyError};
use crate::say;
use crate::watchers::WatcherKind;
use crate::words::Words;
use anyhow::anyhow;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

/// Outcome of one remedy before anything was done.
enum Prepared {
    /// A plan with what is worth knowing beforehand.
    Plan(Plan, Vec<String>),
    /// Guidance for a place where it is done elsewhere.
    Elsewhere(Guidance),
}

/// Facts that a remedy needs to know.
struct RemedyContext<'a> {
    case: Case,
    variables: &'a BTreeMap<OsString, OsString>,
    words: &'a Words,
}

/// Plans, shows, asks, applies, tells.
pub(super) fn run(matches: &ArgMatches, variables: &BTreeMap<OsString, OsString>, words: &Words) -> anyhow::Result<u8> {
    let Some((fix, options)) = arguments::chosen::<Fix>(matches) else { return Ok(ERROR) };
    if let Some(foreign) = project::foreign_command(options) {
        complain(&say!(words, "cli-foreign-command", command = foreign.to_string_lossy()));
        return Ok(ERROR);
    }
    let mut request = project::request(options, variables.clone());
    if fix == Fix::ClearCaches {
        request.depth = Depth::WithCaches;
    }
    if request.project.is_none() && fix != Fix::RaiseLimits {
        request.project = Some(PathBuf::from("."));
    }
    let places = request.places.clone();
    let survey = survey(request, words)?;
    let case = Case::of(&survey, &diagnosis::judge(&survey), variables, &places);
    let work = RemedyContext { case, variables, words };
    match work.prepare(fix, options)? {
        Prepared::Elsewhere(guidance) => work.send_elsewhere(&guidance),
        Prepared::Plan(plan, notes) => work.carry_out(&plan, &notes, options),
    }
}

impl RemedyContext<'_> {
    fn prepare(&self, fix: Fix, options: &ArgMatches) -> anyhow::Result<Prepared> {
        let choice = || options.get_one("file-watcher").copied().unwrap_or(FileWatcher::None);
        let offer = match fix {
            Fix::RaiseLimits => return self.raise_limits(options),
            Fix::StreamlitConfig => self.case.streamlit_config(config_request(options), options.get_flag("personal")),
            Fix::LaunchScript => {
                let file = options.get_one::<PathBuf>("file").cloned().unwrap_or_default();
                self.case.launch_script(choice(), &file)
            }
            Fix::SessionVariable => self.case.session_variable(choice()),
            Fix::ClearCaches => self.clear_caches(),
            Fix::VscodeExclude => self.case.vscode_exclude(),
            Fix::Watcher => self.watcher(options)?,
        };
        self.planned(offer)
    }

    fn planned(&self, offer: Offer) -> anyhow::Result<Prepared> {
        let plan = offer.plan.map_err(|obstacle| anyhow!(obstacle.sentence(self.words)))?;
        Ok(Prepared::Plan(plan, offer.notes.iter().flat_map(|note| note.sentences(self.words)).collect()))
    }

    /// The values asked for; where none is, the recommended ones.
    fn raise_limits(&self, options: &ArgMatches) -> anyhow::Result<Prepared> {
        let number = |name: &str| options.get_one::<u64>(name).copied();
        let until_reboot = options.get_flag("until-reboot");
        let (watches, instances) = (number("watches"), number("instances"));
        let mut wanted = Wanted { watches, instances, queued_events: number("queued-events"), until_reboot };
        if wanted == (Wanted { until_reboot, ..Wanted::default() }) {
            wanted = self.case.recommended(until_reboot);
        }
        let raise = self.case.raise_limits(wanted);
        if raise.is_nothing() {
            return Ok(Prepared::Plan(self.case.nothing_to_raise(), Vec::new()));
        }
        let compared = self.compared(&raise);
        // Where only pkexec is missing, sudo or being root already serves as well from a terminal.
        match raise.guidance {
            None | Some(Guidance::InTheTerminal { .. }) => match self.planned(raise.offer)? {
                Prepared::Plan(plan, notes) if !plan.is_empty() => {
                    Ok(Prepared::Plan(plan, notes.into_iter().chain(compared).collect()))
                }
                other @ (Prepared::Plan(..) | Prepared::Elsewhere(_)) => Ok(other),
            },
            Some(guidance) => Ok(Prepared::Elsewhere(guidance)),
        }
    }

    /// In the file that was named, else in the project's `package.json`; or for the session.
    fn watcher(&self, options: &ArgMatches) -> anyhow::Result<Offer> {
        let told = options.get_one::<Option<ToldProgram>>("watcher").copied().flatten();
        let kind = match told.ok_or_else(|| anyhow!(say!(self.words, "cli-watcher-kind")))? {
            ToldProgram::Foretold(kind) => kind,
            ToldProgram::Documented(program) if options.get_flag("session") => {
                return Ok(self.case.documented_session(program));
            }
            ToldProgram::Documented(program) => {
                return Err(anyhow!(say!(self.words, "cli-watcher-only-session", program = program.name())));
            }
        };
        let folders: Vec<String> = options.get_many("reload-dir").into_iter().flatten().cloned().collect();
        if !folders.is_empty() && kind != WatcherKind::Uvicorn {
            return Err(anyhow!(say!(self.words, "cli-watcher-no-folder", program = arguments::program(kind))));
        }
        let setting = match (folders.is_empty(), kind.polling()) {
            (false, _) => LaunchSetting::ReloadDirs(folders),
            (true, Some(polling)) if options.get_flag("session") => {
                return Ok(self.case.watcher_session(kind, polling));
            }
            (true, Some(polling)) => LaunchSetting::Polls(kind, polling),
            (true, None) => {
                return Err(anyhow!(say!(self.words, "cli-watcher-no-polling", program = arguments::program(kind))));
            }
        };
        let named = options.get_one::<PathBuf>("file").cloned();
        let file = named.or_else(|| self.case.package_file());
        let file = file.ok_or_else(|| anyhow!(say!(self.words, "cli-watcher-no-file")))?;
        Ok(self.case.watcher_launch(&setting, &file))
    }

    /// The ways out side by side, a line each, below a heading; nothing where there is but one.
    fn compared(&self, raise: &RaiseOffer) -> Vec<String> {
        let (poll, older) = (self.case.let_poll(), self.case.older_watchdog());
        let ways = self.case.compared(Some(raise), poll.as_ref(), older.as_ref());
        let [_, cost, _, reboot, administrator] = ComparedWay::headings(self.words);
        let line = |way: &ComparedWay| {
            let [name, costs, after, survives, needs] = way.cells(self.words);
            format!("  {name}: {after} {cost}: {costs} {reboot}: {survives}. {administrator}: {needs}.")
        };
        let heading = (!ways.is_empty()).then(|| format!("\n{}", say!(self.words, "compared-title")));
        heading.into_iter().chain(ways.iter().map(line)).collect()
    }

    fn clear_caches(&self) -> Offer {
        // Cannot be cancelled: the progress is this call's own.
        let found = self.case.find(&Progress::default()).unwrap_or_default();
        let chosen: Vec<_> = found.caches.items.iter().filter(|cache| cache.ticked).collect();
        let mut offer = self.case.clear_caches(&chosen);
        if !found.caches.mounted.is_empty() {
            offer.notes.push(Note::MountedCaches(found.caches.mounted.clone()));
        }
        offer
    }

    fn send_elsewhere(&self, guidance: &Guidance) -> anyhow::Result<u8> {
        let (sentence, text) = guidance.sentence_and_text(self.words);
        let allowed = guidance.allowed_by_namespace(self.words);
        complain(&self.words.sentences(&allowed.into_iter().chain([sentence]).collect::<Vec<_>>()));
        print(&text.map(|text| format!("{}\n", text.trim_end())).unwrap_or_default())?;
        Ok(TO_FIX)
    }

    fn carry_out(&self, plan: &Plan, notes: &[String], options: &ArgMatches) -> anyhow::Result<u8> {
        if plan.is_empty() {
            notes.iter().for_each(|note| complain(note));
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

fn config_request(options: &ArgMatches) -> ConfigRequest {
    let file_watcher = options.get_one("file-watcher").copied();
    ConfigRequest { file_watcher, run_on_save: options.get_one::<bool>("run-on-save").copied(), starter: false }
}

/// Returns the way: root's own hand, sudo where somebody sits at a terminal, pkexec's dialog otherwise.
pub(super) fn way() -> Way {
    if rustix::process::geteuid().is_root() {
        Way::Direct
    } else if io::stdin().is_terminal() {
        Way::Sudo
    } else {
        Way::Pkexec
    }
}

fn tell(outcome: &PlanOutcome, plan: &Plan, words: &Words) -> anyhow::Result<u8> {
    match outcome {
        PlanOutcome::NothingToDo => print(&format!("{}\n", say!(words, "outcome-nothing-to-do")))?,
        PlanOutcome::Applied { id, done } => {
            let lines = plan.changes.iter().zip(done).flat_map(|(change, done)| done.lines(change, words));
            let last = if plan.can_be_undone() {
                say!(words, "outcome-applied", id = id.to_string())
            } else {
                say!(words, "outcome-applied-final")
            };
            print(&lines.chain([last]).map(|line| line + "\n").collect::<String>())?;
        }
        PlanOutcome::Stale(stale) => {
            complain(&say!(words, "outcome-stale"));
            stale.iter().for_each(|one| complain(&format!("  {}", one.sentence(words))));
            return Ok(ERROR);
        }
        PlanOutcome::Failed { error, left } => {
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
