//! Real shells that run a script, and what comes of it.

use crate::support::world::World;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

#[derive(Clone, Copy, Debug)]
pub(super) enum Shell {
    Bash,
    Dash,
    Busybox,
}

pub(super) const SHELLS: &[Shell] = &[Shell::Bash, Shell::Dash, Shell::Busybox];

/// One run of a script.
#[derive(Debug)]
pub(super) struct Run {
    /// All that must stay the same.
    pub(super) behaviour: Behaviour,
    /// The variable as each launch saw it, and whether it was to see it.
    seen: Vec<(String, bool)>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Behaviour {
    status: Option<i32>,
    output: String,
    /// Complaints; without numbers, since lines move, and without what tells of the variable itself.
    complaints: Vec<String>,
    /// The arguments of each launch.
    arguments: Vec<String>,
}

/// Stands for Streamlit and python: notes what it sees, ends as it is asked to.
const PROGRAM: &str = "#!/bin/sh
line=\"${STREAMLIT_SERVER_FILE_WATCHER_TYPE-unset}\"
for word; do line=\"$line|$word\"; last=$word; done
printf '%s\\n' \"$line\" >>\"$SEEN\"
echo \"launched $last\"
[ \"$last\" != fail ] || exit 7
";

/// Stands for sudo with its usual setting `env_reset`.
const SUDO: &str = "#!/bin/sh\nexec env -i PATH=\"$PATH\" SEEN=\"$SEEN\" \"$@\"\n";

/// Lines move when one is added.
fn without_numbers(line: &str) -> String {
    line.replace(|letter: char| letter.is_ascii_digit(), "")
}

impl Run {
    pub(super) fn of(shell: Shell, world: &World, script: &Path) -> Self {
        let seen = world.path("seen");
        fs::write(&seen, "").unwrap();
        for (name, text) in [("streamlit", PROGRAM), ("python", PROGRAM), ("sudo", SUDO)] {
            let program = world.path("home").join(name);
            if !program.exists() {
                fs::write(&program, text).unwrap();
                fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
            }
        }
        let words: &[&str] = match shell {
            Shell::Bash => &["bash"],
            Shell::Dash => &["dash"],
            Shell::Busybox => &["busybox", "sh"],
        };
        let path = format!("{}:/usr/bin:/bin", world.path("home").display());
        let output = Command::new(words[0])
            .args(&words[1..])
            .arg(script)
            .current_dir(world.path("project"))
            .env_clear()
            .env("PATH", path)
            .env("SEEN", &seen)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let lines = fs::read_to_string(&seen).unwrap();
        let launches = lines.lines().map(|line| line.split_once('|').expect("it has arguments"));
        let (mut values, mut arguments) = (Vec::new(), Vec::new());
        for (value, words) in launches {
            values.push((value.to_owned(), !words.contains("hidden") && !words.contains("clean")));
            arguments.push(words.to_owned());
        }
        // What stands in a process substitution runs beside the rest.
        arguments.sort();
        let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
        let complaints = complaints.lines().filter(|line| !line.contains("STREAMLIT_SERVER"));
        // The parts of a pipeline complain in any order.
        let mut complaints: Vec<String> = complaints.map(without_numbers).collect();
        complaints.sort();
        // A launch may send its complaints to standard output: `2>&1`.
        let output_text = String::from_utf8_lossy(&output.stdout).into_owned();
        let told = |line: &str| if line.contains("run.sh: ") { without_numbers(line) } else { line.to_owned() };
        let behaviour = Behaviour {
            status: output.status.code(),
            output: output_text.split('\n').map(told).collect::<Vec<_>>().join("\n"),
            complaints,
            arguments,
        };
        Self { behaviour, seen: values }
    }

    /// Tells whether Streamlit was not started at all.
    pub(super) fn launches_nothing(&self) -> bool {
        self.seen.is_empty()
    }

    /// Tells whether every launch that can see the variable saw it as `none`.
    pub(super) fn sees_none(&self) -> bool {
        self.seen.iter().all(|(value, counts)| !counts || value == "none")
    }
}
