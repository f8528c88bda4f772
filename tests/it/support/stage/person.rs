//! The ordinary user of the private machine and the password dialog in front of them.

use inotify_doctor::remedy::raise_limits::{self, Applied, RaiseLimits, Refusal, Way};
use std::path::PathBuf;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

const ACTOR: &str = "raise_limits::actor";
const DEED: &str = "INOTIFY_DOCTOR_DEED";

/// What the person does when asked for the password.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    /// Types the right one.
    Accept,
    /// Types the right one once [`Person::type_password`] is called.
    Slow,
    /// Types a wrong one.
    Wrong,
    /// Closes the dialog.
    Dismiss,
    /// Walks away.
    Hang,
    /// There is nothing that could show a dialog.
    Nobody,
}

/// What the program is told to do.
#[derive(Clone, Copy, serde::Serialize, serde::Deserialize)]
pub(crate) enum Deed {
    Raise(RaiseLimits, Way),
    Undo(Way),
}

/// One dialog, as polkit asked for it.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Dialog {
    pub(crate) action: String,
    pub(crate) message: String,
}

/// The program, running as an ordinary user under the eyes of a person.
pub(crate) struct Person {
    program: Child,
    log: PathBuf,
    result: PathBuf,
}

impl Person {
    /// Starts the program as `tester`; `through` are words before it, such as `env LANG=de`.
    pub(crate) fn starts(deed: Deed, answer: Answer, through: &[&str]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Relaxed);
        let at = |name: &str| PathBuf::from(format!("/run/stage/home/{name}-{number}"));
        let (log, result) = (at("dialogs"), at("result"));
        let program = Command::new("/usr/bin/python3")
            .arg("/run/stage/agent.py")
            .arg(format!("{answer:?}").to_lowercase())
            .arg(&log)
            .args(through)
            .args(["/run/stage/it", "--exact", ACTOR, "--ignored"])
            .env(DEED, serde_json::to_string(&(deed, &result)).expect("a deed is JSON"))
            .spawn()
            .expect("python3 can be started");
        Self { program, log, result }
    }

    /// Waits until a dialog is open.
    pub(crate) fn is_asked(&self) {
        until("a password dialog opens", || !self.dialogs().is_empty());
    }

    /// Types the password into the open dialog.
    pub(crate) fn type_password(&self) {
        fs::write(self.log.with_extension("go"), "").expect("the sign can be given");
    }

    /// Every dialog so far.
    pub(crate) fn dialogs(&self) -> Vec<Dialog> {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        log.lines().map(|line| serde_json::from_str(line).expect("a dialog is JSON")).collect()
    }

    /// Waits for the program's end; what came of it and the dialogs it took.
    pub(crate) fn ends(mut self) -> (Result<Applied, Refusal>, Vec<Dialog>) {
        let status = self.program.wait().expect("the program ends");
        assert!(status.success(), "the program itself failed: {status}");
        let result = fs::read_to_string(&self.result).expect("the program wrote what came of it");
        (serde_json::from_str(&result).expect("a result is JSON"), self.dialogs())
    }

    /// Waits for the end of a program that was killed.
    pub(crate) fn ends_killed(mut self) {
        let status = self.program.wait().expect("the program ends");
        assert!(!status.success(), "the program was killed");
    }
}

/// What runs as `tester`: does the deed that it was given and writes down what came of it.
pub(crate) fn act() {
    let told = env::var(DEED).expect("only started by a Person");
    let (deed, result): (Deed, PathBuf) = serde_json::from_str(&told).expect("a deed is JSON");
    let outcome = match deed {
        Deed::Raise(request, way) => raise_limits::apply(&request, way),
        Deed::Undo(way) => raise_limits::undo(way),
    };
    fs::write(result, serde_json::to_string(&outcome).expect("an outcome is JSON")).expect("the result can be written");
}

/// Polls until `condition` holds; a test that waits longer than two minutes has failed.
pub(crate) fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let patience = Instant::now() + Duration::from_secs(120);
    while !condition() {
        assert!(Instant::now() < patience, "waited in vain until {what}");
        thread::sleep(Duration::from_millis(10));
    }
}
