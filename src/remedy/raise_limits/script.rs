//! The privileged script: its text, the words it understands, the status it ends with.

use super::RaiseLimits;
use crate::machine::Limit;

/// The whole of what ever runs as root, as the package installs it.
pub(super) const SCRIPT: &str = include_str!("../../../assets/raise-limits.sh");

/// The first line the script prints; without it, it never ran and the exit status is somebody else's.
pub(super) const MARKER: &str = "inotify-doctor raise-limits 1";

/// The one file it writes for the next boots. The name beats `99-sysctl.conf` (sysctl.d(5): sorted by name).
pub const DROP_IN: &str = "/etc/sysctl.d/99-zz-inotify-doctor.conf";

/// The file where it remembers the values before a raise that holds only until the reboot; gone with it.
pub const UNTIL_REBOOT: &str = "/run/inotify-doctor/until-reboot";

/// The script as it is passed to `sh -c` and shown: without the `#!` line, so that it begins with the sentence that
/// polkit's dialog shows the start of.
#[must_use]
pub fn script_text() -> &'static str {
    SCRIPT.strip_prefix("#!/bin/sh\n").unwrap_or(SCRIPT)
}

/// `raise 524288 0 0 now-and-boot`: 0 leaves a limit as it is.
pub(super) fn raise_words(request: &RaiseLimits) -> Vec<String> {
    let mut words = vec!["raise".to_owned()];
    words.extend(Limit::ALL.map(|limit| request.wanted(limit).unwrap_or(0).to_string()));
    words.push(if request.until_reboot { "until-reboot" } else { "now-and-boot" }.to_owned());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_and_the_program_agree_on_its_words() {
        for word in [MARKER, DROP_IN, UNTIL_REBOOT] {
            assert!(SCRIPT.contains(word), "the script knows {word}");
        }
        assert!(SCRIPT.starts_with("#!/bin/sh\n# "), "polkit shows the first words, they must say what this is");
        assert!(!SCRIPT.contains('\''), "no apostrophe: the script is shown inside a pair of them");
        assert!(!SCRIPT.contains("\\\\"), "no double backslash: fish reads it as one");
    }
}
