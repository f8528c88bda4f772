//! The looks themselves, as a helper process and this one take them.

use super::Refusal;
use super::bytes_as_text;
use super::facts::{About, Entry, Kind, Listing, Space};
use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, RawDir};
use rustix::io::Errno;
use serde::{Deserialize, Serialize};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// Questions about one path.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Question {
    /// The whole file.
    Read {
        most: u64,
    },
    ReadStart {
        most: u64,
    },
    ReadEnd {
        most: u64,
    },
    /// A folder and what lies in it; `follow`: also where its name is a link.
    List {
        most: usize,
        follow: bool,
    },
    About {
        follow: bool,
    },
    RealPath,
    MayRun,
    MayWrite,
    /// Steps of a change in a folder, taken with a draft that goes again.
    TryToChange,
    Space,
}

/// Answers to them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    Bytes(#[serde(with = "bytes_as_text")] Vec<u8>),
    Listing(Listing),
    About(About),
    Path(#[serde(with = "bytes_as_text")] PathBuf),
    Space(Space),
    Yes,
}

impl Question {
    /// Tells whether a link as last component is followed.
    pub(super) const fn follows(&self) -> bool {
        match self {
            Self::List { follow, .. } | Self::About { follow } => *follow,
            Self::Read { .. }
            | Self::ReadStart { .. }
            | Self::ReadEnd { .. }
            | Self::RealPath
            | Self::MayRun
            | Self::MayWrite
            | Self::TryToChange
            | Self::Space => true,
        }
    }
}

impl Answer {
    /// An answer to another question: the helper is not what it should be.
    pub(super) fn unexpected(&self) -> Refusal {
        log::warn!("an answer of another kind was expected");
        Refusal::System(Errno::PROTO.raw_os_error())
    }
}

/// Answers a question. `alive` is called after each piece of a long answer.
pub(super) fn look(path: &Path, question: &Question, alive: &mut dyn FnMut()) -> Result<Answer, Refusal> {
    match *question {
        Question::Read { most } => {
            let bytes = pieces(open_file(path)?, most.saturating_add(1), alive)?;
            if bytes.len() as u64 > most { Err(Refusal::TooLarge { most }) } else { Ok(Answer::Bytes(bytes)) }
        }
        Question::ReadStart { most } => Ok(Answer::Bytes(pieces(open_file(path)?, most, alive)?)),
        Question::ReadEnd { most } => {
            let (mut file, about) = open_file(path)?;
            file.seek(SeekFrom::Start(about.bytes.saturating_sub(most)))?;
            Ok(Answer::Bytes(pieces((file, about), most, alive)?))
        }
        Question::List { most, follow } => list(path, most, follow, alive).map(Answer::Listing),
        Question::About { follow } => stat(path, follow).map(Answer::About),
        Question::RealPath => Ok(Answer::Path(real(path)?)),
        Question::MayRun => Ok(rustix::fs::access(path, rustix::fs::Access::EXEC_OK).map(|()| Answer::Yes)?),
        Question::MayWrite => Ok(rustix::fs::access(path, rustix::fs::Access::WRITE_OK).map(|()| Answer::Yes)?),
        Question::TryToChange => super::trial::change(path).map(|()| Answer::Yes),
        Question::Space => {
            let told = rustix::fs::statvfs(path)?;
            let bytes = told.f_bavail.saturating_mul(told.f_frsize);
            Ok(Answer::Space(Space { bytes, inodes: (told.f_files > 0).then_some(told.f_favail) }))
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "whoever asks has looked which file systems are on the way")]
fn real(path: &Path) -> std::io::Result<PathBuf> {
    path.canonicalize()
}

fn stat(path: &Path, follow: bool) -> Result<About, Refusal> {
    let flags = if follow { AtFlags::empty() } else { AtFlags::SYMLINK_NOFOLLOW };
    Ok(About::of(&rustix::fs::statat(CWD, path, flags)?))
}

/// Opens a regular file and nothing else: opening a device can have effects, opening a FIFO can block. One that takes
/// the file's place after the first look is opened without waiting and closed again.
fn open_file(path: &Path) -> Result<(File, About), Refusal> {
    regular(stat(path, true)?)?;
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = rustix::fs::open(path, flags, Mode::empty())?;
    let about = About::of(&rustix::fs::fstat(&file)?);
    regular(about)?;
    Ok((File::from(file), about))
}

fn regular(about: About) -> Result<(), Refusal> {
    if about.kind == Kind::File { Ok(()) } else { Err(Refusal::NotAFile) }
}

/// Reads at most `most` bytes, piece by piece.
fn pieces((file, about): (File, About), most: u64, alive: &mut dyn FnMut()) -> Result<Vec<u8>, Refusal> {
    const PIECE_BYTES: u64 = 256 * 1024;
    let mut from = file.take(most);
    // With room for one byte more than there are, the second call tells that there is no more.
    let expected = about.bytes.saturating_add(1).min(most).min(PIECE_BYTES);
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default());
    // One that ends before it is full was the last.
    while from.by_ref().take(PIECE_BYTES).read_to_end(&mut bytes)? as u64 == PIECE_BYTES {
        alive();
    }
    Ok(bytes)
}

/// Room for about 1,500 entries of one getdents(2).
const BUFFER_BYTES: usize = 64 * 1024;

fn list(path: &Path, most: usize, follow: bool, alive: &mut dyn FnMut()) -> Result<Listing, Refusal> {
    let folder = open_folder(path, follow)?;
    let about = About::of(&rustix::fs::fstat(&folder)?);
    let mut listing = Listing { about, entries: Vec::new(), is_cut: false };
    let mut buffer = Vec::with_capacity(BUFFER_BYTES);
    let mut entries = RawDir::new(&folder, buffer.spare_capacity_mut());
    while let Some(entry) = entries.next() {
        let Ok(entry) = entry else {
            listing.is_cut = true;
            break;
        };
        let name = OsStr::from_bytes(entry.file_name().to_bytes());
        if name == "." || name == ".." {
            continue;
        }
        if listing.entries.len() == most {
            listing.is_cut = true;
            break;
        }
        let kind = kind(&folder, name, entry.file_type());
        listing.entries.push(Entry { name: name.to_owned(), kind, inode: entry.ino() });
        if entries.is_buffer_empty() {
            alive();
        }
    }
    Ok(listing)
}

/// Asks for the kind where the file system does not tell it in the listing.
fn kind(folder: &OwnedFd, name: &OsStr, listed: FileType) -> Kind {
    if listed != FileType::Unknown {
        return Kind::of(listed);
    }
    let flags = AtFlags::SYMLINK_NOFOLLOW | AtFlags::NO_AUTOMOUNT;
    let told = rustix::fs::statat(folder, name, flags);
    told.map_or(Kind::Other, |stat| Kind::of(FileType::from_raw_mode(stat.st_mode)))
}

/// Opens a folder, step by step where its path is longer than the kernel takes at once.
fn open_folder(path: &Path, follow: bool) -> Result<OwnedFd, Refusal> {
    const LONGEST_BYTES: usize = 4095;
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NOCTTY;
    let last = if follow { flags } else { flags | OFlags::NOFOLLOW };
    let opened = if path.as_os_str().len() <= LONGEST_BYTES {
        rustix::fs::open(path, last, Mode::empty())
    } else {
        let on_the_way = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let root = rustix::fs::open("/", on_the_way, Mode::empty())?;
        let parent = path.parent().unwrap_or(path).components().skip(1).try_fold(root, |folder, step| {
            rustix::fs::openat(folder.as_fd(), step.as_os_str(), on_the_way, Mode::empty())
        })?;
        rustix::fs::openat(&parent, path.file_name().unwrap_or_default(), last, Mode::empty())
    };
    match opened {
        Ok(folder) => Ok(folder),
        Err(Errno::NOTDIR | Errno::LOOP) => Err(Refusal::NotAFolder),
        Err(error) => Err(error.into()),
    }
}
