//! Memory of the machine: the kernel's default limit of watches is computed from it.

use super::Places;
use std::fs;

/// `MemTotal` of /proc/meminfo in bytes.
#[must_use]
pub fn total_bytes(places: &Places) -> Option<u64> {
    let text = fs::read_to_string(places.proc.join("meminfo")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}
