//! Files that a process may open and has open: "Too many open files" may mean just that.

use super::ProcessDir;

/// The descriptors of one process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Descriptors {
    /// Descriptors open now.
    pub open: u64,
    /// The soft `RLIMIT_NOFILE`; `u64::MAX` where there is none.
    pub limit: u64,
}

impl Descriptors {
    /// The descriptors of `process`; `None` where they may not be read.
    #[must_use]
    pub fn of(process: &ProcessDir) -> Option<Self> {
        let limits = process.limits().ok()?;
        Some(Self { open: process.open_descriptors().ok()?, limit: soft_limit(&String::from_utf8_lossy(&limits))? })
    }
}

/// `Max open files            1024                 524288               files` (`proc_pid_limits(5)`).
fn soft_limit(limits: &str) -> Option<u64> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    match line.split_whitespace().next()? {
        "unlimited" => Some(u64::MAX),
        number => number.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Places;

    #[test]
    fn the_soft_limit_is_the_first_number() {
        let limits = "Limit  Soft Limit  Hard Limit  Units\nMax open files   1024   524288   files\n";
        assert_eq!(soft_limit(limits), Some(1024));
        assert_eq!(soft_limit("Max open files unlimited unlimited files"), Some(u64::MAX));
        assert_eq!(soft_limit("Max open files"), None);
    }

    #[test]
    fn this_process_has_a_few_files_open() {
        let own = ProcessDir::open(&Places::default(), std::process::id()).expect("one's own folder");
        let own = Descriptors::of(&own).expect("a process may read itself");
        let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
        assert_eq!(own.limit, limit.unwrap_or(u64::MAX));
        assert!((3..own.limit).contains(&own.open), "{} of {} files are open", own.open, own.limit);
    }
}
