//! Outcomes of raising: every way in which it can end, told apart from exit status and output.

use super::script::MARKER;
use super::{Invalid, Way};
use crate::machine::Limit;
use std::os::unix::process::ExitStatusExt;
use std::process::Output;

/// Proof that it was done.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Applied {
    /// New watches, instances, queued events: the values in force before and after, read back from the kernel;
    /// `None` where it did not change.
    pub changed: [Option<(u64, u64)>; 3],
}

/// The refusal: nothing was done, and nothing is left half done unless the reason says so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[error("{reason:?}: {details}")]
pub struct Refusal {
    /// The reason.
    pub reason: Reason,
    /// Messages of the programs about it, in English, as it came; may be empty.
    pub details: String,
}

/// Reasons why it was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(strum::EnumCount))]
pub enum Reason {
    /// The request itself cannot be carried out.
    Invalid(Invalid),
    /// The limits are not what they were when the plan was made: watches, instances, queued events now.
    ChangedMeanwhile([Option<u64>; 3]),

    /// The password dialog was closed.
    Dismissed,
    /// The password was wrong, or this account may not. polkit and sudo do not say which.
    Denied,
    /// The password dialog could not be shown: no desktop session, no authentication agent in it, no terminal for sudo.
    NoAgent,
    /// `pkexec` or `sudo` is not installed.
    NotInstalled,
    /// The system bus is not running.
    NoSystemBus,
    /// The polkit daemon is not there.
    NoPolkitd,
    /// The process may never gain privileges (`no_new_privs`).
    NoNewPrivileges,
    /// pkexec or sudo has lost its set-user-id bit.
    NotSetuid,
    /// pkexec or sudo was ended by this signal before anything was done.
    KilledWaiting(i32),
    /// The program could not be started at all.
    NotStarted,

    /// The script did not understand the request.
    NotUnderstood,
    /// The script does not run as root.
    NotRoot,
    /// A command that the script needs is not installed.
    ToolMissing,
    /// `/run/inotify-doctor/lock` could not be made.
    NoLock,
    /// A run before has not ended yet.
    AnotherRun,
    /// The kernel's limits could not be read.
    LimitUnreadable,
    /// A limit, or its value in our drop-in, is higher than the one asked for.
    HigherAlready,
    /// The drop-in's place is taken by a link or something else that is no file.
    TargetNotAFile,
    /// The drop-in's place is taken by a file of someone else, or someone has edited ours.
    TargetForeign,
    /// `/etc` is read-only.
    ReadOnlyFolder,
    /// The disk has no space left for the drop-in.
    DiskFull,
    /// The drop-in could not be written or removed, for another reason.
    FileNotWritten,
    /// `/proc/sys` is read-only.
    ReadOnlyKernel,
    /// The kernel refused the value, or did not keep it.
    RefusedByKernel,
    /// A step failed, and one before it could not be taken back: the limits may differ from before.
    NotTakenBack,
    /// The script was ended by this signal: the limits may be raised without the drop-in; undo puts it right.
    KilledWorking(i32),
    /// An answer that neither the script nor pkexec is known to give.
    Unexpected(Option<i32>),
}

impl Applied {
    /// Returns the values before and after; `None` where it did not change.
    #[must_use]
    pub const fn change(&self, limit: Limit) -> Option<(u64, u64)> {
        self.changed[limit as usize]
    }

    /// Parses the lines `max_user_watches 8192 524288`; `None` where a line is not of that form.
    fn parse(lines: &str) -> Option<Self> {
        let mut done = Self::default();
        for line in lines.lines() {
            let mut words = line.split(' ');
            let name = words.next()?;
            let limit = Limit::ALL.into_iter().find(|limit| limit.file_name() == name)?;
            let change = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            if words.next().is_some() || done.changed[limit as usize].replace(change).is_some() {
                return None;
            }
        }
        Some(done)
    }
}

/// Tells what came of a run that has ended.
pub(super) fn outcome(way: Way, output: &Output) -> Result<Applied, Refusal> {
    let printed = String::from_utf8_lossy(&output.stdout);
    let details = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let refuse = |reason| Err(Refusal { reason, details: details.clone() });
    let Some(lines) = printed.strip_prefix(MARKER).and_then(|rest| rest.strip_prefix('\n')) else {
        return refuse(not_started(way, output, &details));
    };
    if let Some(signal) = output.status.signal() {
        return refuse(Reason::KilledWorking(signal));
    }
    let code = output.status.code();
    match code {
        Some(0) => Applied::parse(lines).map_or_else(|| refuse(Reason::Unexpected(code)), Ok),
        _ => refuse(code.and_then(meaning).unwrap_or(Reason::Unexpected(code))),
    }
}

/// The script has not said a word: what pkexec or sudo says about that, in the C locale that they are given.
/// The sentences of pkexec were measured with polkit 122 and 126, those of sudo with 1.9.13.
fn not_started(way: Way, output: &Output, said: &str) -> Reason {
    if let Some(signal) = output.status.signal() {
        return Reason::KilledWaiting(signal);
    }
    let code = output.status.code();
    let sentences: &[(&str, Reason)] = match way {
        Way::Pkexec => &[
            ("Request dismissed", Reason::Dismissed),
            ("No authentication agent found", Reason::NoAgent),
            ("must be setuid root", Reason::NotSetuid),
            ("Not authorized", Reason::Denied),
            ("ServiceUnknown", Reason::NoPolkitd),
            ("StartServiceByName", Reason::NoPolkitd),
            ("Error getting authority", Reason::NoSystemBus),
        ],
        Way::Sudo => &[
            ("no new privileges", Reason::NoNewPrivileges),
            ("must be owned by uid 0 and have the setuid bit set", Reason::NotSetuid),
            ("effective uid is not 0", Reason::NotSetuid),
            ("a terminal is required", Reason::NoAgent),
            ("incorrect password attempt", Reason::Denied),
            ("is not in the sudoers file", Reason::Denied),
            ("is not allowed to", Reason::Denied),
            ("a password is required", Reason::Dismissed),
        ],
        Way::Direct => &[],
    };
    let known = sentences.iter().find(|(sentence, _)| said.contains(sentence)).map(|(_, reason)| *reason);
    match known {
        Some(Reason::NotSetuid) if no_new_privileges() => Reason::NoNewPrivileges,
        Some(reason) => reason,
        None => Reason::Unexpected(code),
    }
}

/// pkexec says the same sentence with and without `no_new_privs`; the kernel tells (`proc_pid_status(5)`).
fn no_new_privileges() -> bool {
    rustix::thread::no_new_privs().unwrap_or(false)
}

/// Returns the meaning of the script's own exit statuses; `None` for one that it does not have.
const fn meaning(status: i32) -> Option<Reason> {
    Some(match status {
        20 => Reason::NotUnderstood,
        21 => Reason::NotRoot,
        22 => Reason::ToolMissing,
        23 => Reason::NoLock,
        24 => Reason::AnotherRun,
        25 => Reason::LimitUnreadable,
        26 => Reason::HigherAlready,
        27 => Reason::TargetNotAFile,
        28 => Reason::TargetForeign,
        29 => Reason::ReadOnlyFolder,
        30 => Reason::DiskFull,
        31 => Reason::FileNotWritten,
        32 => Reason::ReadOnlyKernel,
        33 => Reason::RefusedByKernel,
        39 => Reason::NotTakenBack,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remedy::raise_limits::script::SCRIPT;
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use std::process::ExitStatus;

    fn ended(raw: i32, stdout: &str, stderr: &str) -> Output {
        Output { status: ExitStatus::from_raw(raw), stdout: stdout.into(), stderr: stderr.into() }
    }

    fn reason(way: Way, output: &Output) -> Reason {
        outcome(way, output).expect_err("it was refused").reason
    }

    #[test]
    fn every_exit_status_of_the_script_has_its_own_meaning_and_none_is_left_over() {
        let fails = SCRIPT.split("fail ").skip(1).filter_map(|rest| rest.get(..2)?.parse().ok());
        let in_script: BTreeSet<i32> = fails.chain([39]).collect();
        let known: BTreeSet<i32> = (0..256).filter(|status| meaning(*status).is_some()).collect();
        assert_eq!(in_script, known, "statuses in the script and statuses with a meaning");
        assert!(SCRIPT.contains("status=39"), "39 is still the status of what could not be taken back");
    }

    #[test]
    fn the_scripts_own_126_is_not_a_dismissed_dialog() {
        let output = ended(126 << 8, "inotify-doctor raise-limits 1\n", "Request dismissed");
        assert_eq!(reason(Way::Pkexec, &output), Reason::Unexpected(Some(126)));
    }

    #[test]
    fn a_kill_before_the_first_line_is_told_from_one_after_it() {
        assert_eq!(reason(Way::Pkexec, &ended(9, "", "")), Reason::KilledWaiting(9));
        assert_eq!(reason(Way::Pkexec, &ended(9, "inotify-doctor raise-limits 1\n", "")), Reason::KilledWorking(9));
    }

    #[test]
    fn success_without_the_scripts_own_lines_is_no_success() {
        assert_eq!(reason(Way::Direct, &ended(0, "", "")), Reason::Unexpected(Some(0)));
        let garbled = ended(0, "inotify-doctor raise-limits 1\nmax_user_watches 1\n", "");
        assert_eq!(reason(Way::Direct, &garbled), Reason::Unexpected(Some(0)));
    }

    #[test]
    fn what_changed_is_read_from_the_scripts_lines() {
        let output = ended(0, "inotify-doctor raise-limits 1\nmax_user_instances 128 512\n", "");
        let done = outcome(Way::Direct, &output).expect("it was done");
        assert_eq!(done.change(Limit::Instances), Some((128, 512)));
        assert_eq!(done.change(Limit::Watches), None);
    }

    proptest! {
        #[test]
        fn any_bytes_and_any_status_are_an_outcome(raw in any::<u16>(), out in any::<Vec<u8>>(), lines in ".*") {
            let marked = format!("{MARKER}\n{lines}").into_bytes();
            for stdout in [out, marked] {
                let stderr = stdout.clone();
                let output = Output { status: ExitStatus::from_raw(i32::from(raw)), stdout, stderr };
                let _: Result<Applied, Refusal> = outcome(Way::Pkexec, &output);
            }
        }
    }
}
