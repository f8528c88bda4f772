//! What the drop-in will do at the next boot: win, lose to a file whose name comes later, or lower what would have won.

use super::script::DROP_IN;
use super::{MOST, RaiseLimits};
use crate::machine::Limit;
use crate::machine::boot::{Assignment, BootLimits, Reader};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// What the drop-in will do at the next boot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BootEffect {
    /// Sysctl files are read at boot at all.
    pub files_are_read: bool,
    /// Lines that would still win over the drop-in.
    pub beaten_by: Vec<Rival>,
    /// Lines that set more than is asked for and that the drop-in would beat: it would lower these limits.
    pub would_lower: Vec<Rival>,
    /// Files that this user may not read: the answer is uncertain.
    pub unreadable: Vec<PathBuf>,
}

/// A line of another file that sets the same limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    /// The limit.
    pub limit: Limit,
    /// The line.
    pub assignment: Assignment,
}

impl BootEffect {
    /// Foretells it for a request that writes the drop-in.
    #[must_use]
    pub fn of(request: &RaiseLimits, boot: &BootLimits) -> Self {
        let mut effect = Self {
            files_are_read: boot.reader != Reader::Nobody,
            beaten_by: Vec::new(),
            would_lower: Vec::new(),
            unreadable: boot.unreadable.clone(),
        };
        for (limit, wanted) in request.asked() {
            let winner = boot.get(limit).winner.clone();
            let Some(assignment) = winner.filter(|line| line.file != Path::new(DROP_IN)) else { continue };
            let value = boot.get(limit).value.unwrap_or(0);
            if is_read_later(&assignment.file, boot.reader) {
                effect.beaten_by.push(Rival { limit, assignment });
            } else if value > wanted && value <= MOST {
                effect.would_lower.push(Rival { limit, assignment });
            }
        }
        effect
    }
}

/// Files are read in the order of their names (sysctl.d(5)); procps reads /etc/sysctl.conf last of all.
fn is_read_later(file: &Path, reader: Reader) -> bool {
    let ours = Path::new(DROP_IN).file_name();
    let last_of_procps = reader == Reader::Procps && file == Path::new("/etc/sysctl.conf");
    last_of_procps || file.file_name().map(OsStr::as_encoded_bytes) > ours.map(OsStr::as_encoded_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::boot::BootLimit;

    fn effect(file: &str, value: u64, reader: Reader) -> BootEffect {
        let assignment = Assignment { file: file.into(), line: 1, value: value.to_string() };
        let watches = BootLimit { value: Some(value), winner: Some(assignment), ..BootLimit::default() };
        let (instances, queued_events) = (BootLimit::default(), BootLimit::default());
        let boot = BootLimits { reader, watches, instances, queued_events, unreadable: Vec::new() };
        let request = RaiseLimits {
            watches: Some(524_288),
            instances: Some(512),
            queued_events: None,
            until_reboot: false,
            before: [8192, 128, 16_384],
        };
        BootEffect::of(&request, &boot)
    }

    #[test]
    fn a_file_wins_over_the_drop_in_by_its_name_alone() {
        for (file, reader, wins) in [
            ("/etc/sysctl.d/99-sysctl.conf", Reader::Systemd, false),
            ("/usr/lib/sysctl.d/10-arch.conf", Reader::Systemd, false),
            ("/etc/sysctl.d/idea.conf", Reader::Systemd, true),
            ("/usr/lib/sysctl.d/local.conf", Reader::Procps, true),
            ("/etc/sysctl.conf", Reader::Procps, true),
            ("/etc/sysctl.d/99-zz-inotify-doctor.conf", Reader::Procps, false),
        ] {
            assert_eq!(effect(file, 65_536, reader).beaten_by.len(), usize::from(wins), "{file}");
        }
    }

    #[test]
    fn a_higher_value_of_an_earlier_file_would_be_lowered() {
        assert_eq!(effect("/etc/sysctl.d/50-a.conf", 1_048_576, Reader::Systemd).would_lower.len(), 1);
        assert!(effect("/etc/sysctl.d/50-a.conf", 65_536, Reader::Systemd).would_lower.is_empty());
    }
}
