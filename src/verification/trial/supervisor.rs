//! A small process between this program and the app under trial, so that nothing the app has started outlives the trial.
//!
//! It is forked from this program and never executes another one. It is the reaper of everything below it
//! (`PR_SET_CHILD_SUBREAPER`): what makes a session of its own, or is orphaned on purpose, becomes its child and is
//! killed by it. It is told of this program's death by the kernel (`PR_SET_PDEATHSIG`), so that SIGKILL to this program
//! ends the app too. Signals:
//!
//! - SIGINT, SIGTERM: handed on to the app's process group;
//! - [`END`], also sent by the kernel when this program dies: everything below is killed;
//! - the app's own end: the rest below is killed, and the supervisor ends as the app did.
#![allow(
    unsafe_code,
    reason = "code between fork and exec: system calls alone, no memory that a thread could have locked"
)]

use rustix::process::{
    Pid, Signal, WaitOptions, WaitStatus, getpid, getppid, kill_process, kill_process_group, set_child_subreaper,
    set_parent_process_death_signal, setpgid, wait,
};
use std::io::{self, Read};
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// Signal by which everything is killed.
pub(super) const END: Signal = Signal::USR1;

/// Time after which the supervisor gives up on what does not die: a process that waits in the kernel for a dead disk.
const PATIENCE: Duration = Duration::from_secs(10);

/// Starts a command below a supervisor. Returns the supervisor, which ends as the command does, and the command's own
/// process id.
///
/// # Errors
/// What keeps the command, or a process, from being started.
pub(super) fn spawn(command: &mut Command) -> io::Result<(Child, Pid)> {
    let (mut reader, writer) = io::pipe()?;
    let (program, number) = (getpid(), writer.as_raw_fd());
    // In a group of its own: what is sent to this program's group must not end it.
    command.process_group(0);
    // SAFETY: the closure makes system calls and touches no memory that another thread could have locked.
    unsafe {
        command.pre_exec(move || split(program, number));
    }
    let mut supervisor = command.spawn()?;
    drop(writer);
    let mut bytes = [0; size_of::<i32>()];
    let read = reader.read_exact(&mut bytes).map(|()| Pid::from_raw(i32::from_ne_bytes(bytes)));
    match read {
        Ok(Some(app)) => Ok((supervisor, app)),
        Ok(None) | Err(_) => {
            // Killed before it could say so.
            supervisor.kill()?;
            supervisor.wait()?;
            Err(io::ErrorKind::Interrupted.into())
        }
    }
}

/// Runs in the forked process: makes it the supervisor, and returns in a process below it, which is to become the app.
fn split(program: Pid, number: RawFd) -> io::Result<()> {
    let supervisor = getpid();
    set_child_subreaper(Some(supervisor))?;
    block_signals(libc::SIG_SETMASK, &every_signal());
    set_parent_process_death_signal(Some(END))?;
    if getppid() != Some(program) {
        // It died before the kernel was asked to tell.
        leave(0);
    }
    // SAFETY: both processes go on with system calls alone.
    match unsafe { libc::fork() } {
        -1 => Err(io::Error::last_os_error()),
        0 => become_app(supervisor, number),
        app => supervise(app),
    }
}

fn become_app(supervisor: Pid, number: RawFd) -> io::Result<()> {
    setpgid(None, None)?;
    set_parent_process_death_signal(Some(Signal::KILL))?;
    if getppid() != Some(supervisor) {
        leave(0);
    }
    let bytes = getpid().as_raw_nonzero().get().to_ne_bytes();
    // SAFETY: the descriptor is the pipe's, which the program holds open until it has read; the bytes outlive the call.
    unsafe {
        libc::write(number, bytes.as_ptr().cast(), bytes.len());
    }
    // Who is started by a script in the background inherits that SIGINT is ignored, and could not even handle it: a
    // shell may not trap what was ignored when it began (POSIX, trap).
    // SAFETY: two system calls that touch no memory.
    unsafe {
        libc::signal(libc::SIGINT, libc::SIG_DFL);
        libc::signal(libc::SIGTERM, libc::SIG_DFL);
    }
    // Last: a handler of this program must not run here.
    block_signals(libc::SIG_UNBLOCK, &every_signal());
    Ok(())
}

/// Waits for the app's end or for the order to end it.
fn supervise(app: i32) -> ! {
    close_everything();
    let Some(app) = Pid::from_raw(app) else { leave(1) };
    loop {
        let (status, _) = reap(app);
        if status.is_some() {
            kill_the_rest(app, status);
        }
        match next_signal(None) {
            libc::SIGUSR1 => kill_the_rest(app, None),
            libc::SIGINT => send_to_group(app, Signal::INT),
            libc::SIGTERM => send_to_group(app, Signal::TERM),
            _ => {}
        }
    }
}

/// Sends a signal to the app's process group; that nobody is left in it is the usual end.
fn send_to_group(app: Pid, signal: Signal) {
    let _ = kill_process_group(app, signal);
}

/// Kills what is below until nothing is, and ends as the app did. The children of a killed process become its own
/// children, to be killed in the next round.
fn kill_the_rest(app: Pid, mut status: Option<WaitStatus>) -> ! {
    let start = Instant::now();
    loop {
        let killed = for_each_child(|child| {
            let _ = kill_process(child, Signal::KILL);
        });
        if killed.is_none() && status.is_none() {
            // Without /proc, at least the app's own group.
            send_to_group(app, Signal::KILL);
        }
        let (ended, is_alone) = reap(app);
        status = status.or(ended);
        if is_alone || start.elapsed() > PATIENCE || (killed.is_none() && status.is_some()) {
            end_like(status);
        }
        next_signal(Some(Duration::from_millis(20)));
    }
}

/// Takes note of every process below that has ended. Returns how the app did, where it was among them, and whether
/// nobody is left below.
fn reap(app: Pid) -> (Option<WaitStatus>, bool) {
    let mut status = None;
    loop {
        match wait(WaitOptions::NOHANG) {
            Ok(Some((ended, how))) if ended == app => status = Some(how),
            Ok(Some(_)) => {}
            Ok(None) => return (status, false),
            Err(_) => return (status, true),
        }
    }
}

/// Does something to each child of this process; `None` where /proc does not list them (`CONFIG_PROC_CHILDREN`).
fn for_each_child(mut does: impl FnMut(Pid)) -> Option<()> {
    let flags = rustix::fs::OFlags::RDONLY | rustix::fs::OFlags::CLOEXEC;
    let list = rustix::fs::open(c"/proc/thread-self/children", flags, rustix::fs::Mode::empty()).ok()?;
    let (mut buffer, mut number) = ([0_u8; 512], 0_i32);
    loop {
        let length = rustix::io::read(&list, &mut buffer[..]).ok()?;
        for byte in buffer.iter().take(length) {
            if byte.is_ascii_digit() {
                number = number.wrapping_mul(10).wrapping_add(i32::from(byte - b'0'));
            } else if let Some(child) = Pid::from_raw(std::mem::take(&mut number)) {
                does(child);
            }
        }
        if length == 0 {
            return Some(());
        }
    }
}

/// Ends as another process did.
fn end_like(status: Option<WaitStatus>) -> ! {
    let Some(status) = status else { leave(1) };
    let Some(signal) = status.terminating_signal() else { leave(status.exit_status().unwrap_or(1)) };
    let no_core = rustix::process::Rlimit { current: Some(0), maximum: Some(0) };
    let _ = rustix::process::setrlimit(rustix::process::Resource::Core, no_core);
    // SAFETY: system calls on this process, which holds nothing.
    unsafe {
        libc::signal(signal, libc::SIG_DFL);
        libc::kill(libc::getpid(), signal);
    }
    block_signals(libc::SIG_UNBLOCK, &every_signal());
    leave(1)
}

/// The next signal, or 0 after this time.
fn next_signal(time: Option<Duration>) -> i32 {
    let every = every_signal();
    let wait = time.map(|time| libc::timespec { tv_sec: 0, tv_nsec: time.subsec_nanos().into() });
    let wait = wait.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    // SAFETY: both arguments outlive the call, and nothing is asked to be written.
    unsafe { libc::sigtimedwait(&raw const every, std::ptr::null_mut(), wait) }.max(0)
}

fn every_signal() -> libc::sigset_t {
    // SAFETY: `sigfillset` fills the whole of what it is given, and zeroes are a valid set.
    unsafe {
        let mut every = std::mem::zeroed();
        libc::sigfillset(&raw mut every);
        every
    }
}

fn block_signals(how: i32, set: &libc::sigset_t) {
    // SAFETY: the set outlives the call, and the former one is not asked for.
    unsafe {
        libc::sigprocmask(how, set, std::ptr::null_mut());
    }
}

/// Closes what was open in the program: pipes that others wait on the end of, locks, instances of inotify.
fn close_everything() {
    // SAFETY: this process uses none of them again; nothing here owns one.
    unsafe {
        if libc::syscall(libc::SYS_close_range, 0, u32::MAX, 0) != 0 {
            // Before Linux 5.9.
            for descriptor in 0..65_536 {
                libc::close(descriptor);
            }
        }
    }
}

fn leave(code: i32) -> ! {
    // SAFETY: ends this process at once, without what the program would do at its end.
    unsafe { libc::_exit(code) }
}
