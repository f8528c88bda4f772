//! Which file systems are mounted in a tree, and which of them may leave a caller waiting for ever.

use crate::progress::{Cancelled, Progress};
use std::collections::HashSet;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long a network file system may take for one answer. A living one needs milliseconds; NFS repeats a lost
/// request after 60 s at most, and nobody waits that long in front of a window.
const PATIENCE: Duration = Duration::from_secs(3);

/// How often a waiting caller looks whether it was cancelled.
const GLANCE: Duration = Duration::from_millis(20);

/// What mountinfo says about one tree.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mounts {
    /// The tree itself lies on a file system that may hang.
    pub(super) root_may_hang: bool,
    /// Mount points strictly inside the tree whose file system may hang: what follows the root, `/data/nfs`.
    pub(super) may_hang: HashSet<Vec<u8>>,
    /// One file system is mounted more than once in the tree, so one directory may show in two places.
    pub(super) repeats: bool,
}

impl Mounts {
    /// Reads this process's own mount table. One that cannot be read leaves every mount trusted.
    pub(super) fn of(real_root: &Path) -> Self {
        std::fs::read("/proc/self/mountinfo").map_or_else(|_| Self::default(), |text| Self::parse(&text, real_root))
    }

    fn parse(text: &[u8], root: &Path) -> Self {
        let mounts: Vec<Mount> = text.split(|byte| *byte == b'\n').filter_map(Mount::parse).collect();
        let holding = mounts.iter().filter(|mount| root.starts_with(&mount.point));
        // Of several mounts on one point the last one is on top.
        let Some(home) = holding.max_by_key(|mount| mount.point.as_os_str().len()) else { return Self::default() };
        let inside = || mounts.iter().filter(|mount| mount.point != root && mount.point.starts_with(root));
        let mut devices = HashSet::from([home.device.as_slice()]);
        Self {
            root_may_hang: home.may_hang,
            may_hang: inside().filter(|mount| mount.may_hang).map(|mount| mount.below(root)).collect(),
            repeats: inside().any(|mount| !devices.insert(&mount.device)),
        }
    }
}

struct Mount {
    device: Vec<u8>,
    point: PathBuf,
    may_hang: bool,
}

impl Mount {
    /// One line of proc_pid_mountinfo(5): `36 35 98:0 /root /point rw master:1 - ext3 /dev/root rw`.
    fn parse(line: &[u8]) -> Option<Self> {
        let mut fields = line.split(|byte| *byte == b' ');
        let device = fields.nth(2)?.to_vec();
        let point = PathBuf::from(OsString::from_vec(unescape(fields.nth(1)?)));
        let kind = fields.skip_while(|field| *field != b"-").nth(1)?;
        Some(Self { device, point, may_hang: may_hang(kind) })
    }

    /// Its path below `root`, with the slash in front.
    fn below(&self, root: &Path) -> Vec<u8> {
        let below = self.point.strip_prefix(root).unwrap_or(&self.point);
        [b"/", below.as_os_str().as_bytes()].concat()
    }
}

/// The kernel writes space, tab, line feed and backslash of a path as three octal digits.
fn unescape(field: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(field.len());
    let mut rest = field;
    while let [first, tail @ ..] = rest {
        let octal = (*first == b'\\').then(|| tail.get(..3).and_then(octal)).flatten();
        plain.push(octal.unwrap_or(*first));
        rest = if octal.is_some() { &tail[3..] } else { tail };
    }
    plain
}

fn octal(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok()
}

/// File systems whose answers come from another machine or another process.
fn may_hang(kind: &[u8]) -> bool {
    const REMOTE: &[&[u8]] = &[
        b"9p",
        b"afs",
        b"autofs",
        b"beegfs",
        b"ceph",
        b"cifs",
        b"coda",
        b"davfs",
        b"drvfs",
        b"fakeowner",
        b"fuse",
        b"fuseblk",
        b"gfs2",
        b"gpfs",
        b"lustre",
        b"ncpfs",
        b"nfs",
        b"nfs4",
        b"ocfs2",
        b"orangefs",
        b"prl_fs",
        b"smb3",
        b"smbfs",
        b"vboxsf",
        b"virtiofs",
    ];
    REMOTE.contains(&kind) || kind.starts_with(b"fuse.")
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// The time is over; the helper thread stays behind until the kernel lets it go.
    Late,
    /// The caller was cancelled while it waited.
    Cancelled,
}

impl From<Cancelled> for NoAnswer {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// Runs one call that may block for ever on a thread of its own and waits for it with patience, not without end.
pub(super) fn ask<T: Send + 'static>(
    progress: &Progress,
    call: impl FnOnce() -> T + Send + 'static,
) -> Result<T, NoAnswer> {
    let (answer, answers) = channel();
    let helper = std::thread::Builder::new().name("mount-probe".into());
    // Nobody listens any more once the time is over: the late answer is dropped here.
    helper.spawn(move || drop(answer.send(call()))).map_err(|_| NoAnswer::Late)?;
    let until = Instant::now() + PATIENCE;
    loop {
        match answers.recv_timeout(GLANCE) {
            Ok(value) => return Ok(value),
            Err(RecvTimeoutError::Disconnected) => return Err(NoAnswer::Late),
            Err(RecvTimeoutError::Timeout) if Instant::now() >= until => return Err(NoAnswer::Late),
            Err(RecvTimeoutError::Timeout) => progress.check()?,
        }
    }
}
