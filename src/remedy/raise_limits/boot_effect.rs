//! Effect of the drop-in at the next boot: win, lose to a file whose name comes later, or lower what would have won.

use super::RaiseLimits;
use super::script::DROP_IN;
use crate::guarded;
use crate::machine::boot::{Assignment, Reader};
use crate::machine::{BootLimit, BootLimits, Limit, Places};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The effect of the drop-in at the next boot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BootEffect {
    /// Whether sysctl files are read at boot at all.
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
    /// Foretells it for a request that writes the drop-in, from what the boot would do without.
    #[must_use]
    pub fn of(request: &RaiseLimits, boot: &BootLimits, places: &Places) -> Self {
        let mut effect = Self {
            files_are_read: boot.reader != Reader::Nobody,
            beaten_by: Vec::new(),
            would_lower: Vec::new(),
            unreadable: boot.unreadable.clone(),
        };
        for (limit, wanted) in request.asked() {
            let BootLimit { value, winner, .. } = boot.get(limit);
            let Some(line) = winner.as_ref().filter(|line| line.file != Path::new(DROP_IN)) else { continue };
            let rival = Rival { limit, assignment: line.clone() };
            if is_read_later(&line.file, boot.reader) && !is_glob(line, places) {
                effect.beaten_by.push(rival);
            } else if value.is_some_and(|value| value > wanted) {
                effect.would_lower.push(rival);
            }
        }
        effect
    }
}

/// Lists the lines that any later `sysctl --system` would apply again over values raised until the reboot only. Package
/// scripts run it, and the button of KDE's inotify-survey does.
#[must_use]
pub fn set_back_by(request: &RaiseLimits, boot: &BootLimits) -> Vec<Rival> {
    let asked = request.asked().filter(|_| request.until_reboot);
    let rival = |(limit, wanted)| {
        let BootLimit { value, winner, .. } = boot.get(limit);
        let line = winner.as_ref().filter(|line| line.file != Path::new("/proc/cmdline") && *value != Some(wanted))?;
        Some(Rival { limit, assignment: line.clone() })
    };
    asked.filter_map(rival).collect()
}

/// Tells whether KDE's inotify-survey is installed. It raises limits in `/etc/sysctl.d/50-kde-inotify-survey-….conf`,
/// which is read before our file (read in its source).
#[must_use]
pub fn kde_survey_is_there(places: &Places) -> bool {
    guarded::is_file(&places.at("/usr/bin/kde-inotify-survey"))
}

/// Files are read in the order of their names (sysctl.d(5)); procps reads /etc/sysctl.conf last of all. The kernel's
/// command line comes before every file.
fn is_read_later(file: &Path, reader: Reader) -> bool {
    if file == Path::new("/proc/cmdline") {
        return false;
    }
    let ours = Path::new(DROP_IN).file_name();
    let last_of_procps = reader == Reader::Procps && file == Path::new("/etc/sysctl.conf");
    last_of_procps || file.file_name().map(OsStr::as_encoded_bytes) > ours.map(OsStr::as_encoded_bytes)
}

/// A line that names the key, as the drop-in's do, beats every glob wherever it stands (measured with systemd-sysctl
/// 252 and procps 4.0.2).
fn is_glob(assignment: &Assignment, places: &Places) -> bool {
    let text = guarded::read(&places.at(&assignment.file.to_string_lossy()), guarded::SMALL_BYTES).unwrap_or_default();
    let line = text.split(|byte| *byte == b'\n').nth(assignment.line.saturating_sub(1)).unwrap_or_default();
    line.split(|byte| *byte == b'=').next().is_some_and(|key| key.iter().any(|byte| b"*?[".contains(byte)))
}

#[cfg(test)]
mod tests {
    use super::super::record::Records;
    use super::*;
    use crate::machine::Environment;
    use proptest::prelude::*;
    use std::fs;
    use std::path::PathBuf;

    const REQUEST: RaiseLimits = RaiseLimits {
        watches: Some(524_288),
        instances: None,
        queued_events: None,
        until_reboot: false,
        before: [8192, 128, 16_384],
    };

    /// A machine with these sysctl files.
    struct Tree {
        folder: tempfile::TempDir,
        environment: Environment,
    }

    impl Tree {
        fn new(files: &[(&str, &str)], systemd: bool) -> Self {
            let folder = tempfile::tempdir().expect("a folder can be made");
            let tree = Self { folder, environment: Environment { systemd, ..Environment::default() } };
            tree.write("/etc/init.d/procps", "");
            tree.write("/proc/cmdline", "quiet\n");
            for (file, text) in files {
                tree.write(file, text);
            }
            tree
        }

        fn write(&self, file: &str, text: &str) {
            let path = self.places().at(file);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }

        fn places(&self) -> Places {
            Places { proc: self.folder.path().join("proc"), root: self.folder.path().to_path_buf() }
        }

        fn boot(&self) -> BootLimits {
            BootLimits::read(&self.places(), &self.environment)
        }

        fn effect(&self) -> BootEffect {
            BootEffect::of(&REQUEST, &self.boot(), &self.places())
        }
    }

    fn rivals(rivals: &[Rival]) -> Vec<PathBuf> {
        rivals.iter().map(|rival| rival.assignment.file.clone()).collect()
    }

    #[test]
    fn a_file_whose_name_starts_with_a_letter_is_named_before_anything_is_done() {
        let tree = Tree::new(&[("/etc/sysctl.d/idea.conf", "fs.inotify.max_user_watches = 100000\n")], true);
        assert_eq!(rivals(&tree.effect().beaten_by), [PathBuf::from("/etc/sysctl.d/idea.conf")]);
    }

    #[test]
    fn a_higher_value_that_the_drop_in_would_beat_is_named_too() {
        let tree = Tree::new(&[("/usr/lib/sysctl.d/50-big.conf", "fs.inotify.max_user_watches = 1048576\n")], true);
        let effect = tree.effect();
        assert_eq!(rivals(&effect.would_lower), [PathBuf::from("/usr/lib/sysctl.d/50-big.conf")]);
        assert!(effect.beaten_by.is_empty());
    }

    #[test]
    fn what_sysctl_system_would_set_back_is_named_for_values_until_the_reboot_only() {
        let kde = "/etc/sysctl.d/50-kde-inotify-survey-max_user_watches.conf";
        let tree = Tree::new(&[(kde, "fs.inotify.max_user_watches = 65536\n")], true);
        let for_a_while = RaiseLimits { until_reboot: true, ..REQUEST };
        assert_eq!(rivals(&set_back_by(&for_a_while, &tree.boot())), [PathBuf::from(kde)]);
        assert_eq!(set_back_by(&REQUEST, &tree.boot()), [], "the drop-in is read later");
        let same = RaiseLimits { watches: Some(65_536), ..for_a_while };
        assert_eq!(set_back_by(&same, &tree.boot()), [], "it would set what is there");
        assert!(!kde_survey_is_there(&tree.places()));
        tree.write("/usr/bin/kde-inotify-survey", "");
        assert!(kde_survey_is_there(&tree.places()));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]
        #[test]
        fn what_is_foretold_is_what_the_boot_does_with_the_drop_in_in_place(
            systemd: bool,
            files in proptest::collection::vec((0..7usize, 0..5usize, 1000..2_000_000u64), 0..4),
        ) {
            let names = [
                "/etc/sysctl.conf", "/etc/sysctl.d/10-a.conf", "/etc/sysctl.d/99-sysctl.conf",
                "/usr/lib/sysctl.d/99-zzz.conf", "/etc/sysctl.d/idea.conf", "/run/sysctl.d/local.conf",
                "/etc/sysctl.d/99-zz-inotify-doctor.conf",
            ];
            let keys = [
                "fs.inotify.max_user_watches", "fs/inotify/max_user_watches", "-fs.inotify.max_user_watches",
                "fs.inotify.max_user_*", "fs.inotify.max_user_instances",
            ];
            let files: Vec<_> = files.iter().map(|(name, key, value)| {
                (names[*name], format!("{} = {value}\n", keys[*key]))
            }).collect();
            let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
            let tree = Tree::new(&files, systemd);
            let effect = tree.effect();
            let would_be = tree.boot().watches.value;
            tree.write(DROP_IN, &Records::default().after(&REQUEST).text());
            let then = tree.boot().watches;
            let ours = then.winner.as_ref().is_some_and(|line| line.file == Path::new(DROP_IN));
            prop_assert_eq!(ours, effect.beaten_by.is_empty(), "{:?} with {:?}", then.winner, files);
            if ours && files.iter().all(|(name, _)| *name != DROP_IN) {
                let lower = would_be.is_some_and(|value| value > 524_288);
                prop_assert_eq!(lower, !effect.would_lower.is_empty(), "{:?}", files);
            }
        }
    }
}
