//! The sentences of the remedies.

use super::{all_said, broken, each_said, path, text};
use crate::machine::Limit;
use crate::machine::boot::Assignment;
use crate::remedy::caches::Advice;
use crate::remedy::offer::{ComparedWay, Note, Obstacle, QueueAfter, WayCost, WayOut};
use crate::remedy::raise_limits::{Applied, BootEffect, Guidance, Invalid, RaiseLimits, Reason, Refusal, Rival};
use crate::remedy::restart::Restart;
use crate::remedy::{
    Back, Change, Conflict, Diff, Done, HotReload, Left, Promise, RemedyError, RemedyName, Stale, State, Stronger,
};
use crate::watchers::Documented;
use strum::IntoEnumIterator as _;

fn invalid() -> [Invalid; 3] {
    [Invalid::Nothing, Invalid::OutOfRange { value: 0 }, Invalid::WouldLower { value: 1, before: 8_192 }]
}

fn reasons() -> Vec<Reason> {
    use Reason as R;
    let mut reasons: Vec<Reason> = invalid().into_iter().map(Reason::Invalid).collect();
    reasons.extend([R::ChangedMeanwhile([Some(1), None, None]), R::Dismissed, R::Denied, R::NoAgent, R::NotInstalled]);
    reasons.extend([
        R::NoSystemBus,
        R::NoPolkitd,
        R::NoNewPrivileges,
        R::NotSetuid,
        R::KilledWaiting(9),
        R::NotStarted,
    ]);
    reasons.extend([R::NotUnderstood, R::NotRoot, R::ToolMissing, R::NoLock, R::AnotherRun, R::LimitUnreadable]);
    reasons.extend([R::HigherAlready, R::TargetNotAFile, R::TargetForeign, R::ReadOnlyFolder, R::DiskFull]);
    reasons.extend([R::FileNotWritten, R::ReadOnlyKernel, R::RefusedByKernel, R::NotTakenBack, R::KilledWorking(9)]);
    reasons.push(R::Unexpected(Some(99)));
    reasons
}

fn errors() -> Vec<RemedyError> {
    use RemedyError as E;
    let (path, reason, pid, owner) = (path(), text(), 7, 1_000);
    let mut errors: Vec<RemedyError> = vec![
        E::ForeignOwned { path: path.clone(), owner },
        E::ForeignJournal { path: path.clone(), owner },
        E::OpenToOthers { path: path.clone() },
        E::ForeignHome { path: path.clone(), owner },
        E::MountPoint { path: path.clone() },
        E::Silent { path: path.clone() },
        E::TooLarge { path: path.clone() },
        E::NotPermitted { path: path.clone() },
        E::ReadOnlyFileSystem { path: path.clone() },
        E::DiskFull { path: path.clone() },
        E::Vanished { path: path.clone() },
        E::ChangedMeanwhile { path: path.clone() },
        E::NotAFile { path: path.clone() },
        E::LinkInTheWay { path: path.clone() },
        E::Outside { path: path.clone() },
        E::LinkLeadsOutside { path: path.clone(), target: path.clone() },
        E::NotUtf8 { path: path.clone(), byte: 3 },
        E::NotATable { path: path.clone(), key: "server".to_owned() },
        E::BrokenJson { path: path.clone(), reason: reason.clone() },
        E::NotAShellScript { path: path.clone() },
        E::NoLaunchLine { path: path.clone() },
        E::UnclearScript { path: path.clone() },
        E::NoWatcherLaunch { path: path.clone(), program: "vite".to_owned() },
        E::UnclearLaunch { path: path.clone(), program: "vite".to_owned(), text: "CHOKIDAR_USEPOLLING=1".to_owned() },
        E::NoHome,
        E::Trash { path: path.clone(), reason: reason.clone() },
        E::ProcessGone { pid },
        E::ForeignProcess { pid, owner },
        E::CommandUnknown { pid },
        E::StartedBy { pid, starter: text() },
        E::StillRunning { pid },
        E::DidNotStart { reason: reason.clone(), log: Some(path.clone()) },
        E::DidNotStart { reason: reason.clone(), log: None },
        E::Limits(Refusal { reason: Reason::NotRoot, details: String::new() }),
        E::Busy,
        E::NoSuchEntry { id: 7 },
        E::System { path: path.clone(), reason },
    ];
    errors.extend(broken().map(|broken| E::Broken { path: path.clone(), broken: Box::new(broken) }));
    errors
}

fn changes() -> Vec<Change> {
    let (path, bytes, after) = (path(), 4_096, b"new\n".to_vec());
    let before = [Some(b"old\n".to_vec()), None];
    let mut changes: Vec<Change> =
        before.map(|before| Change::WriteFile { path: path.clone(), before, after: after.clone() }).into();
    for yes in [true, false] {
        let (variables, command) = (vec![("NAME".to_owned(), text())], vec!["streamlit".into(), "run".into()]);
        let restart = Restart { pid: 7, started_ticks: 1, command, cwd: path.clone(), variables, kill: yes };
        let watches = Some(524_288);
        changes.push(Change::Restart(restart));
        changes.push(Change::Trash { path: path.clone(), directories: u64::from(yes), bytes });
        changes.push(Change::RaiseLimits(RaiseLimits {
            watches,
            instances: None,
            queued_events: None,
            until_reboot: yes,
            before: [8_192, 128, 16_384],
        }));
    }
    changes.push(Change::MakeFolder { path });
    changes
}

#[test]
fn every_error_and_every_refusal_is_told() {
    all_said(&errors(), |error, words| vec![error.sentence(words)]);
    all_said(&invalid(), |invalid, words| vec![invalid.sentence(words)]);
    let told = |reason: &Reason, words: &_| vec![Refusal { reason: *reason, details: text() }.sentence(words)];
    all_said(&reasons(), told);
    let obstacles = [Obstacle::Invalid(Invalid::Nothing), Obstacle::Remedy(RemedyError::NoHome)];
    all_said(&obstacles, |obstacle, words| vec![obstacle.sentence(words)]);
}

#[test]
fn every_change_and_what_came_of_it_is_told() {
    all_said(&changes(), |change, words| change.lines(words));
    let applied = [Applied::default(), Applied { changed: [Some((8_192, 524_288)), None, None] }];
    let mut done = vec![Done::FolderMade, Done::FileWritten, Done::Trashed];
    done.extend([true, false].map(|kept| Done::Restarted { pid: 7, log: path(), kept }));
    done.extend(applied.map(Done::LimitsRaised));
    all_said(&done, |done, words| done.lines(&Change::MakeFolder { path: path() }, words));
    each_said(RemedyName::iter(), |name, words| vec![name.title(words)]);
    each_said(State::iter(), |state, words| vec![state.label(words)]);
    let promises = HotReload::iter().flat_map(|hot_reload| {
        [true, false].map(|yes| Promise {
            watches_after: yes.then_some(3),
            hot_reload,
            needs_administrator: yes,
            survives_reboot: yes,
            needs_restart: yes,
        })
    });
    each_said(promises, |promise, words| {
        promise.tags(words).map(|(tag, _)| tag).into_iter().chain([promise.watches_sentence(words)]).collect()
    });
}

#[test]
fn everything_that_stands_in_the_way_of_doing_or_undoing_is_told() {
    let stale = [
        Stale::FileChanged { path: path() },
        Stale::LinkInPlace { path: path() },
        Stale::FolderAppeared { path: path() },
        Stale::Gone { path: path() },
        Stale::LimitsChanged([Some(1), None, None]),
        Stale::ProcessGone { pid: 7 },
    ];
    all_said(&stale, |stale, words| vec![stale.sentence(words)]);
    let conflicts = [
        Conflict::FileChanged { path: path(), diff: Diff::default() },
        Conflict::FileGone { path: path() },
        Conflict::Unreadable(RemedyError::NoHome),
    ];
    all_said(&conflicts, |conflict, words| vec![conflict.sentence(words)]);
    let back = [
        Back::File { path: path(), diff: Diff::default() },
        Back::FileGone { path: path() },
        Back::FolderGone { path: path() },
        Back::FromTrash { path: path() },
        Back::Limit { limit: Limit::Watches, from: 524_288, to: 8_192 },
    ];
    all_said(&back, |back, words| vec![back.sentence(words)]);
    let left = [
        Left::FolderNotEmpty { path: path() },
        Left::ThereAgain { path: path() },
        Left::NotInTrash { path: path() },
        Left::Restarted { pid: 7 },
        Left::Failed(RemedyError::NoHome),
    ];
    all_said(&left, |left, words| vec![left.sentence(words)]);
}

#[test]
fn every_guidance_note_and_advice_says_what_to_do() {
    let namespace = |instances, kernel: Option<u64>| {
        let command = kernel.map(|_| text());
        Guidance::OfTheNamespace { allowed: 128, command, kernel, instances }
    };
    let guidance = [
        Guidance::OnTheHost { container: None, command: text() },
        Guidance::OnTheNode { command: text() },
        Guidance::NixosConfiguration { snippet: text() },
        Guidance::WslConfiguration { snippet: text() },
        Guidance::Wsl1,
        namespace(true, None),
        namespace(false, Some(8_192)),
        Guidance::OutsideTheSandbox { command: text() },
        Guidance::InTheTerminal { command: text() },
    ];
    all_said(&guidance, |guidance, words| {
        guidance.allowed_by_namespace(words).into_iter().chain([guidance.sentence_and_text(words).0]).collect()
    });
    let stronger = [
        Stronger::Flag,
        Stronger::Environment(text()),
        Stronger::File(path()),
        Stronger::NotRead,
        Stronger::OwnEnvironment(text()),
    ];
    all_said(&stronger, |stronger, words| vec![stronger.sentence("server.fileWatcherType", words)]);
    let rival =
        || Rival { limit: Limit::Watches, assignment: Assignment { file: path(), line: 3, value: "8192".to_owned() } };
    let effect = BootEffect {
        files_are_read: false,
        beaten_by: vec![rival()],
        would_lower: vec![rival()],
        unreadable: vec![path()],
    };
    let [_, second, ..] = stronger;
    let notes = [
        Note::Boot(effect),
        Note::SetBack(rival()),
        Note::KdeSurvey,
        Note::Stronger("server.fileWatcherType", second),
        Note::RunOnSave(Some(3)),
        Note::RunOnSave(None),
        Note::Documented(Documented::Dotnet),
        Note::MountedCaches(vec![path()]),
        Note::EditorExclude { now: 41_000, after: 3_000 },
    ];
    all_said(&notes, |note, words| note.sentences(words));
    let advice =
        [Advice::MoveAway { path: path(), saves: 3 }, Advice::OwnScriptFolder { folder: path(), saves_at_most: 3 }];
    all_said(&advice, |advice, words| vec![advice.sentence(words)]);
}

#[test]
fn every_way_side_by_side_has_all_its_cells() {
    let queues = [
        QueueAfter::Holds { length: 65_536, needed: 30_000 },
        QueueAfter::Unused,
        QueueAfter::Harmless,
        QueueAfter::Enough,
    ];
    let costs = [
        WayCost::Password,
        WayCost::Elsewhere,
        WayCost::Delay { tenths: 13, files: 26 },
        WayCost::Command,
        WayCost::Move { directories: 1 },
    ];
    let row = |way, cost, queue| ComparedWay {
        way,
        cost,
        queue,
        watches: 0,
        survives_reboot: true,
        needs_administrator: false,
    };
    let of_way = WayOut::iter().map(|way| row(way, WayCost::Command, QueueAfter::Unused));
    each_said(of_way, |row, words| ComparedWay::headings(words).into_iter().chain(row.cells(words)).collect());
    all_said(&costs, |cost, words| row(WayOut::Poll, *cost, QueueAfter::Unused).cells(words).to_vec());
    all_said(&queues, |queue, words| row(WayOut::Poll, WayCost::Command, *queue).cells(words).to_vec());
}
