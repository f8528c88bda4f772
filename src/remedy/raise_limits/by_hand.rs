//! The raise as a person types it where this program cannot ask for a password: a file and a command, two short lines.

use super::RaiseLimits;

/// The file that they write. Not this program's own, which it would take for edited; read after it.
pub const BY_HAND: &str = "/etc/sysctl.d/99-zz-inotify.conf";

/// The two lines for a terminal, one where it is to hold until the reboot only. The same for bash, zsh and fish.
#[must_use]
pub fn lines_by_hand(request: &RaiseLimits) -> String {
    if request.until_reboot {
        let values: Vec<String> = request.asked().map(|(limit, value)| format!("{}={value}", limit.key())).collect();
        return format!("sudo sysctl -w {}", values.join(" "));
    }
    let values: Vec<String> = request.asked().map(|(limit, value)| format!("'{} = {value}'", limit.key())).collect();
    let print = if values.len() == 1 { "echo" } else { "printf '%s\\n'" };
    format!("{print} {} | sudo tee {BY_HAND}\nsudo sysctl -p {BY_HAND}", values.join(" "))
}

/// The same by this program's own command, which asks for the password in the terminal and can be taken back.
#[must_use]
pub fn own_command(request: &RaiseLimits) -> String {
    let options = [
        ("--watches", request.watches),
        ("--instances", request.instances),
        ("--queued-events", request.queued_events),
    ];
    let mut words = vec!["inotify-doctor fix raise-limits".to_owned()];
    words.extend(options.into_iter().filter_map(|(option, value)| Some(format!("{option} {}", value?))));
    words.extend(request.until_reboot.then(|| "--until-reboot".to_owned()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    const REQUEST: RaiseLimits = RaiseLimits {
        watches: Some(524_288),
        instances: None,
        queued_events: Some(65_536),
        until_reboot: false,
        before: [8192, 128, 16384],
    };

    #[test]
    fn the_lines_write_what_is_asked_for_and_apply_it() {
        let lines = lines_by_hand(&REQUEST);
        assert_eq!(lines.lines().count(), 2, "{lines}");
        let (write, apply) = lines.split_once('\n').expect("two lines");
        let printed = Command::new("sh").args(["-c", write.split(" | ").next().expect("a pipe")]).output();
        let printed = String::from_utf8(printed.expect("sh can be started").stdout).expect("text");
        assert_eq!(printed, "fs.inotify.max_user_watches = 524288\nfs.inotify.max_queued_events = 65536\n");
        let one = RaiseLimits { queued_events: None, ..REQUEST };
        let first = "echo 'fs.inotify.max_user_watches = 524288' | sudo tee /etc/sysctl.d/99-zz-inotify.conf\n";
        assert!(lines_by_hand(&one).starts_with(first), "{}", lines_by_hand(&one));
        assert_eq!(apply, "sudo sysctl -p /etc/sysctl.d/99-zz-inotify.conf");
        assert!(BY_HAND > super::super::DROP_IN, "it is read after this program's own");
    }

    #[test]
    fn until_the_reboot_one_line_suffices() {
        let request = RaiseLimits { until_reboot: true, ..REQUEST };
        let one = "sudo sysctl -w fs.inotify.max_user_watches=524288 fs.inotify.max_queued_events=65536";
        assert_eq!(lines_by_hand(&request), one);
        let own = "inotify-doctor fix raise-limits --watches 524288 --queued-events 65536 --until-reboot";
        assert_eq!(own_command(&request), own);
    }
}
