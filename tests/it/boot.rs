//! The limits at the next boot: what the program foretells is what the real readers do with the same files.

use crate::support::boot_oracle::{UNTOUCHED, values_after};
use crate::support::file_tree::{Entry, Tree, file, link};
use crate::support::sysctl_cases::{GLOBS, TEXTS, W, stories};
use inotify_doctor::machine::boot::{Assignment, Reader, WhyIneffective};
use inotify_doctor::machine::{BootLimits, Environment, Limit, Places};
use std::path::Path;

#[test]
fn systemd_sysctl_sets_what_is_foretold() {
    foretold_is_what_happens(Reader::Systemd);
}

#[test]
fn procps_sets_what_is_foretold() {
    foretold_is_what_happens(Reader::Procps);
}

fn foretold_is_what_happens(reader: Reader) {
    let texts = TEXTS.iter().map(|&(name, text)| (name, vec![file("etc/sysctl.d/a.conf", text)]));
    let globs = GLOBS.iter().map(|&glob| (glob, vec![file("etc/sysctl.d/a.conf", format!("{glob} = 1001\n"))]));
    let cases: Vec<(&str, Tree)> =
        stories().into_iter().chain(texts).chain(globs).map(|(name, entries)| (name, Tree::new(&entries))).collect();
    let trees: Vec<&Path> = cases.iter().map(|(_, tree)| tree.root()).collect();
    let real = values_after(reader, &trees);
    assert!(real.iter().any(|values| *values != [UNTOUCHED; 3]), "the real reader sets something in some story");
    let mut wrong = Vec::new();
    for ((name, tree), real) in cases.iter().zip(real) {
        let boot = foretell(reader, &tree.places());
        let foretold = Limit::ALL.map(|limit| boot.get(limit).value.unwrap_or(UNTOUCHED));
        if foretold != real {
            wrong.push(format!("{name}: foretold {foretold:?}, but {reader:?} sets {real:?}"));
        }
    }
    assert!(wrong.is_empty(), "what is foretold happens:\n{}", wrong.join("\n"));
}

/// Reads the limits with the reader that the environment (systemd) or the tree (its init script) leads to.
fn foretell(reader: Reader, places: &Places) -> BootLimits {
    let environment = Environment { systemd: reader == Reader::Systemd, ..Environment::default() };
    let boot = BootLimits::read(places, &environment);
    assert_eq!(boot.reader, reader, "the tree is read by the reader under test");
    boot
}

/// What is said about the watches, in short: the winner, the beaten lines, those without effect.
fn said(reader: Reader, entries: &[Entry]) -> [Vec<String>; 3] {
    let boot = foretell(reader, &Tree::new(entries).places());
    let short = |line: &Assignment| format!("{}:{} {}", line.file.display(), line.line, line.value);
    let without_effect =
        boot.watches.ineffective.iter().map(|line| format!("{} {:?}", short(&line.assignment), line.why));
    [
        boot.watches.winner.iter().map(short).collect(),
        boot.watches.overridden.iter().map(short).collect(),
        without_effect.collect(),
    ]
}

#[test]
fn the_winning_line_and_the_beaten_ones_are_named() {
    let value = |path: &str, number: &str| file(path, format!("# a comment\n{W} = {number}\n"));
    let [winner, beaten, without_effect] = said(
        Reader::Systemd,
        &[value("etc/sysctl.d/99-inotify.conf", "1001"), value("usr/lib/sysctl.d/idea.conf", "1002")],
    );
    assert_eq!(winner, ["/usr/lib/sysctl.d/idea.conf:2 1002"], "a name that starts with a letter comes last");
    assert_eq!(beaten, ["/etc/sysctl.d/99-inotify.conf:2 1001"]);
    assert!(without_effect.is_empty(), "both lines count: {without_effect:?}");
    let [winner, beaten, _] = said(
        Reader::Systemd,
        &[
            file("etc/sysctl.d/10.conf", "fs.inotify.* = 1003\n"),
            value("etc/sysctl.d/20.conf", "1001"),
            value("etc/sysctl.d/30.conf", "1001"),
            file("etc/sysctl.d/40.conf", "fs.*.max_* = 1002\n"),
        ],
    );
    assert_eq!(winner, ["/etc/sysctl.d/30.conf:2 1001"], "the last line that names the key itself");
    let expected = ["/etc/sysctl.d/10.conf:1 1003", "/etc/sysctl.d/20.conf:2 1001", "/etc/sysctl.d/40.conf:1 1002"];
    assert_eq!(beaten, expected, "in the order in which they are read");
}

#[test]
fn lines_without_effect_are_named_with_the_reason() {
    let value = |path: &str, number: &str| file(path, format!("{W} = {number}\n"));
    let [winner, beaten, without_effect] = said(
        Reader::Systemd,
        &[
            value("etc/sysctl.conf", "1001"),
            value("etc/sysctl.d/60-a.conf.bak", "1002"),
            link("etc/sysctl.d/50-b.conf", "/dev/null"),
            value("usr/lib/sysctl.d/50-b.conf", "1003"),
            value("etc/sysctl.d/70-c.conf", "many"),
        ],
    );
    assert!(winner.is_empty() && beaten.is_empty(), "no line sets it, yet {winner:?} {beaten:?}");
    let expected = [
        "/etc/sysctl.d/70-c.conf:1 many Refused",
        "/usr/lib/sysctl.d/50-b.conf:1 1003 Masked(\"/etc/sysctl.d\")",
        "/etc/sysctl.d/60-a.conf.bak:1 1002 NotRead",
        "/etc/sysctl.conf:1 1001 NotRead",
    ];
    assert_eq!(without_effect, expected);
}

#[test]
fn a_file_that_a_link_leads_to_counts() {
    let conf = || file("etc/sysctl.conf", format!("{W} = 1001\n"));
    let linked = [conf(), link("etc/sysctl.d/99-sysctl.conf", "../sysctl.conf")];
    let [winner, _, without_effect] = said(Reader::Systemd, &linked);
    assert_eq!(winner, ["/etc/sysctl.d/99-sysctl.conf:1 1001"], "named as it is found");
    assert!(without_effect.is_empty(), "it is read: {without_effect:?}");
    let twice = [file("usr/lib/sysctl.d/a.conf", format!("{W} = 1001\n")), link("lib", "usr/lib")];
    let [winner, beaten, without_effect] = said(Reader::Systemd, &twice);
    assert_eq!(winner, ["/usr/lib/sysctl.d/a.conf:1 1001"]);
    assert!(beaten.is_empty() && without_effect.is_empty(), "/lib is the same folder: {beaten:?} {without_effect:?}");
    let [winner, beaten, _] = said(Reader::Procps, &linked);
    assert_eq!(winner, ["/etc/sysctl.conf:1 1001"], "procps reads it once more at the end");
    assert_eq!(beaten, ["/etc/sysctl.d/99-sysctl.conf:1 1001"]);
}

#[test]
fn in_a_container_no_file_counts() {
    let tree = Tree::new(&[
        file("etc/sysctl.d/a.conf", format!("{W} = 1001\n")),
        file("usr/lib/sysctl.d/a.conf", format!("{W} = 1003\n")),
        file("proc/cmdline", "sysctl.fs.inotify.max_user_watches=1002\n"),
    ]);
    let container = Environment { container: Some("Docker".into()), ..Environment::default() };
    let boot = BootLimits::read(&tree.places(), &container);
    assert_eq!((boot.reader, boot.watches.value), (Reader::Nobody, None), "the limit is the host's");
    let why: Vec<_> = boot.watches.ineffective.iter().map(|line| &line.why).collect();
    assert_eq!(why, [&WhyIneffective::NotRead; 2], "both lines are named as not read, and none as masked");
}

#[test]
fn the_kernel_command_line_comes_before_all_files() {
    let on_command_line = || file("proc/cmdline", "quiet sysctl.fs.inotify.max_user_watches=1001\n");
    let [winner, ..] = said(Reader::Systemd, &[on_command_line()]);
    assert_eq!(winner, ["/proc/cmdline:1 1001"]);
    let [winner, beaten, _] =
        said(Reader::Systemd, &[on_command_line(), file("etc/sysctl.d/a.conf", "fs.inotify.* = 1002\n")]);
    assert_eq!((winner[0].as_str(), beaten[0].as_str()), ("/etc/sysctl.d/a.conf:1 1002", "/proc/cmdline:1 1001"));
    let wsl = Environment { wsl: Some(2), ..Environment::default() };
    let boot = BootLimits::read(&Tree::new(&[on_command_line()]).places(), &wsl);
    assert_eq!((boot.reader, boot.watches.value), (Reader::Nobody, Some(1001)), "WSL takes it from .wslconfig");
}
