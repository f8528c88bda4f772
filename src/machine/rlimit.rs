//! How many files a process may open and has open: "Too many open files" may mean just that.

use super::Places;

/// The descriptors of one process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Descriptors {
    /// Open now.
    pub open: u64,
    /// Its soft `RLIMIT_NOFILE`; `u64::MAX` where there is none.
    pub limit: u64,
}

impl Descriptors {
    /// Reads `/proc/PID/limits` and counts `/proc/PID/fd`; `None` where either may not be read.
    #[must_use]
    pub fn of(places: &Places, pid: u32) -> Option<Self> {
        let process = places.proc.join(pid.to_string());
        let limit = soft_limit(&std::fs::read_to_string(process.join("limits")).ok()?)?;
        let open = u64::try_from(std::fs::read_dir(process.join("fd")).ok()?.count()).ok()?;
        Some(Self { open, limit })
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

    #[test]
    fn the_soft_limit_is_the_first_number() {
        let limits = "Limit  Soft Limit  Hard Limit  Units\nMax open files   1024   524288   files\n";
        assert_eq!(soft_limit(limits), Some(1024));
        assert_eq!(soft_limit("Max open files unlimited unlimited files"), Some(u64::MAX));
        assert_eq!(soft_limit("Max open files"), None);
    }

    #[test]
    fn this_process_has_a_few_files_open() {
        let own = Descriptors::of(&Places::default(), std::process::id()).expect("a process may read itself");
        let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
        assert_eq!(own.limit, limit.unwrap_or(u64::MAX));
        assert!((3..own.limit).contains(&own.open), "{} of {} files are open", own.open, own.limit);
    }
}
