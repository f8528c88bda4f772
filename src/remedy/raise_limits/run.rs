//! Running the script: from this process itself, in this thread, with nothing of the caller's environment.

use super::outcome::outcome;
use super::way::{PATH, argv_raise, argv_undo};
use super::{Applied, RaiseLimits, Reason, Records, Refusal, Way};
use crate::machine::{Limit, LimitsNow, Places};
use std::io::ErrorKind;
use std::process::{Command, Stdio};

/// Raises the limits. Returns when the password dialog was answered and the script has ended, which may take as long
/// as a person does; the calling thread must live that long, because pkexec ends with the thread that started it.
///
/// # Errors
/// [`Refusal`]: nothing was done, for its reason.
pub fn apply(request: &RaiseLimits, way: Way) -> Result<Applied, Refusal> {
    request.validate().map_err(|invalid| Refusal { reason: Reason::Invalid(invalid), details: String::new() })?;
    let now = LimitsNow::read(&Places::default());
    if !request.is_current(&now) {
        let reason = Reason::ChangedMeanwhile(Limit::ALL.map(|limit| now.get(limit)));
        return Err(Refusal { reason, details: String::new() });
    }
    // Nobody is asked for a password for what is done already, as by a run that was interrupted.
    let in_force = request.asked().all(|(limit, wanted)| request.before(limit) == wanted);
    if in_force && Records::read(&Places::default()).hold(request) {
        return Ok(Applied::default());
    }
    run(way, &argv_raise(request, way))
}

/// Puts every limit back that is still what a raise made it, and removes the drop-in. All raises since the first are
/// taken back together; nothing to take back is success, and nobody is asked for it. Blocks like [`apply`].
///
/// # Errors
/// [`Refusal`]: nothing was done, for its reason.
pub fn undo(way: Way) -> Result<Applied, Refusal> {
    if Records::files(&Places::default()).is_empty() {
        return Ok(Applied::default());
    }
    run(way, &argv_undo(way))
}

/// polkit knows whom to ask by pkexec's parent, so there is no shell or helper in between. A SHELL that is not in
/// /etc/shells or an odd LC_* would make pkexec refuse, and the C locale makes its sentences readable for us.
fn run(way: Way, argv: &[String]) -> Result<Applied, Refusal> {
    let (program, arguments) = argv.split_first().expect("every way names a program");
    let started = Command::new(program)
        .args(arguments)
        .env_clear()
        .env("PATH", PATH)
        .env("LC_ALL", "C")
        .current_dir("/")
        .stdin(Stdio::null())
        .output();
    match started {
        Ok(output) => outcome(way, &output),
        Err(error) => {
            let missing = error.kind() == ErrorKind::NotFound;
            let reason = if missing { Reason::NotInstalled } else { Reason::NotStarted };
            Err(Refusal { reason, details: error.to_string() })
        }
    }
}
