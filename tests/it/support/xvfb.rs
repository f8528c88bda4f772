//! A display of its own for a real window: Xvfb, driven with xdotool and looked at with `import` of `ImageMagick`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Longest that anything may take; software drawing on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(90);

/// An X server that ends with its value.
pub(crate) struct Display {
    /// `None`: it is someone else's.
    server: Option<Child>,
    name: String,
}

/// Waiting for something that has to come, for as long as there is patience.
pub(crate) struct Waited(Instant);

impl Waited {
    pub(crate) fn begin() -> Self {
        Self(Instant::now())
    }

    /// Lets others work for a moment. Fails where that has been done too often; `what` says what was waited for.
    #[track_caller]
    pub(crate) fn a_moment(&self, what: impl FnOnce() -> String) {
        if self.0.elapsed() >= PATIENCE {
            panic!("waited in vain until {}", what());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What is on a display.
pub(crate) struct Picture {
    width: usize,
    bytes: Vec<u8>,
}

/// A program with a window on a display; it ends with its value.
pub(crate) struct Program<'a> {
    display: &'a Display,
    process: Child,
    window: String,
}

/// Held while a server looks for a free number: two that do so at once may take the same one.
pub(crate) static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

impl Display {
    pub(crate) const SIZE: (usize, usize) = (1120, 760);

    /// Starts a server on a number that is free.
    pub(crate) fn start() -> Self {
        let _mine = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        // Without `-noreset` it starts over, and takes nobody in, whenever its last client has gone: one that looks for the
        // window, say, before the program has come.
        let screen = format!("{}x{}x24", Self::SIZE.0, Self::SIZE.1);
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-noreset", "-nolisten", "tcp", "-screen", "0", &screen])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb can be started (package xvfb)");
        let mut number = String::new();
        let output = server.stdout.take().expect("the output is a pipe");
        BufReader::new(output).read_line(&mut number).expect("Xvfb tells its number");
        Self { server: Some(server), name: format!(":{}", number.trim()) }
    }

    /// A display that another process has started and will end.
    pub(crate) fn of_another(name: &str) -> Self {
        Self { server: None, name: name.to_owned() }
    }

    /// As it stands in `DISPLAY`.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Starts the built program with `home` as the only home it knows, and waits for its window.
    pub(crate) fn open(&self, home: &Path) -> Program<'_> {
        self.open_with(home, &[])
    }

    /// The same with more variables in its environment.
    pub(crate) fn open_with(&self, home: &Path, variables: &[(&str, &str)]) -> Program<'_> {
        self.open_through(&[], home, variables)
    }

    /// The same, started through `wrapper`.
    pub(crate) fn open_through(&self, wrapper: &[&str], home: &Path, variables: &[(&str, &str)]) -> Program<'_> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let words: Vec<&str> = wrapper.iter().copied().chain([env!("CARGO_BIN_EXE_inotify-doctor")]).collect();
        let process = Command::new(words[0])
            .args(&words[1..])
            .env_clear()
            .env("PATH", path)
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", home)
            .env("DISPLAY", &self.name)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .envs(variables.iter().copied())
            .spawn()
            .expect("the built program can be started");
        let mut program = Program { display: self, process, window: String::new() };
        program.wait_until("the window is there", |program| {
            let found = program.display.xdotool(&["search", "--onlyvisible", "--class", "inotify_doctor"]);
            found.lines().next().map(str::to_owned).inspect(|window| program.window.clone_from(window)).is_some()
        });
        self.xdotool(&["windowfocus", "--sync", &program.window]);
        program
    }

    /// What xdotool prints; nothing when it finds nothing.
    fn xdotool(&self, arguments: &[&str]) -> String {
        let output = Command::new("xdotool").args(arguments).env("DISPLAY", &self.name).output();
        let output = output.expect("xdotool can be started (package xdotool)");
        String::from_utf8(output.stdout).expect("xdotool prints text")
    }

    /// Keeps what is on the screen as a picture, for people to look at.
    pub(crate) fn keep(&self, file: &Path) {
        let status = Command::new("import").args(["-window", "root"]).arg(file).env("DISPLAY", &self.name).status();
        assert!(status.is_ok_and(|status| status.success()), "a picture is kept in {}", file.display());
    }

    /// What is on the screen now.
    pub(crate) fn look(&self) -> Picture {
        let output = Command::new("import")
            .args(["-window", "root", "-depth", "8", "rgb:-"])
            .env("DISPLAY", &self.name)
            .output()
            .expect("import can be started (package imagemagick)");
        let picture = Picture { width: Self::SIZE.0, bytes: output.stdout };
        assert_eq!(picture.bytes.len(), Self::SIZE.0 * Self::SIZE.1 * 3, "import gives every pixel of the screen");
        picture
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

impl Picture {
    /// Red, green, blue.
    pub(crate) fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let at = (y * self.width + x) * 3;
        [self.bytes[at], self.bytes[at + 1], self.bytes[at + 2]]
    }

    /// How many different colours there are.
    pub(crate) fn colours(&self) -> usize {
        self.bytes.chunks_exact(3).collect::<std::collections::BTreeSet<_>>().len()
    }
}

impl Program<'_> {
    /// Types text where the keyboard is.
    pub(crate) fn types(&self, text: &str) {
        self.display.xdotool(&["type", "--delay", "5", text]);
    }

    /// Presses a key, or keys joined with `+`.
    pub(crate) fn presses(&self, key: &str) {
        self.display.xdotool(&["key", key]);
    }

    /// Moves the pointer to this point of the window and clicks.
    pub(crate) fn clicks(&self, at: (i32, i32)) {
        self.points(at);
        self.display.xdotool(&["click", "1"]);
    }

    /// Turns the wheel by one step over this point of the window.
    pub(crate) fn turns_the_wheel(&self, at: (i32, i32), up: bool) {
        self.points(at);
        self.display.xdotool(&["click", if up { "4" } else { "5" }]);
    }

    fn points(&self, (x, y): (i32, i32)) {
        self.display.xdotool(&["mousemove", "--sync", "--window", &self.window, &x.to_string(), &y.to_string()]);
    }

    /// Waits until it is so.
    pub(crate) fn wait_until(&mut self, what: &str, mut so: impl FnMut(&mut Self) -> bool) {
        let waited = Waited::begin();
        while !so(self) {
            self.still_runs(what);
            waited.a_moment(|| what.to_owned());
        }
    }

    /// Fails where the program has ended before `what` came about.
    pub(crate) fn still_runs(&mut self, what: &str) {
        let ended = self.process.try_wait().expect("the program can be asked");
        assert!(ended.is_none(), "the program ended ({ended:?}) before {what}");
    }

    /// Its process id, or that of what it was started through.
    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Waits for the program's end; how it ended.
    pub(crate) fn end(mut self) -> ExitStatus {
        let waited = Waited::begin();
        loop {
            if let Some(status) = self.process.try_wait().expect("the program can be asked") {
                return status;
            }
            waited.a_moment(|| "the program ended".to_owned());
        }
    }
}

impl Drop for Program<'_> {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
