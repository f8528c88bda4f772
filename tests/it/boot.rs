//! The limits at the next boot: what the program foretells is what the real readers do with the same files.

use crate::support::boot_oracle::{UNTOUCHED, values_after};
use crate::support::tree::{Entry, Tree, dir, file, link};
use inotify_doctor::machine::boot::{Assignment, Reader, WhyIneffective};
use inotify_doctor::machine::{BootLimits, Environment, Limit, Places};
use std::path::Path;

const W: &str = "fs.inotify.max_user_watches";

/// Stories of files in the folders that both readers know.
fn stories() -> Vec<(&'static str, Vec<Entry>)> {
    let value = |path: &str, number: &str| file(path, format!("{W} = {number}\n"));
    vec![
        ("nothing sets it", vec![]),
        ("one file", vec![value("etc/sysctl.d/60-a.conf", "1001")]),
        ("the later name wins", vec![value("etc/sysctl.d/10-a.conf", "1001"), value("etc/sysctl.d/20-a.conf", "1002")]),
        (
            "the name counts, not the folder",
            vec![value("etc/sysctl.d/10-a.conf", "1001"), value("usr/lib/sysctl.d/20-a.conf", "1002")],
        ),
        (
            "letters come after digits",
            vec![value("etc/sysctl.d/99-zz.conf", "1001"), value("usr/lib/sysctl.d/idea.conf", "1002")],
        ),
        (
            "bytes are compared, not numbers",
            vec![value("etc/sysctl.d/100-a.conf", "1001"), value("etc/sysctl.d/20-a.conf", "1002")],
        ),
        ("/etc beats /run", vec![value("etc/sysctl.d/a.conf", "1001"), value("run/sysctl.d/a.conf", "1002")]),
        (
            "/run beats /usr/local/lib",
            vec![value("run/sysctl.d/a.conf", "1001"), value("usr/local/lib/sysctl.d/a.conf", "1002")],
        ),
        (
            "/usr/local/lib beats /usr/lib",
            vec![value("usr/local/lib/sysctl.d/a.conf", "1001"), value("usr/lib/sysctl.d/a.conf", "1002")],
        ),
        ("an empty file masks", vec![file("etc/sysctl.d/a.conf", ""), value("usr/lib/sysctl.d/a.conf", "1002")]),
        (
            "a link to /dev/null masks",
            vec![link("etc/sysctl.d/a.conf", "/dev/null"), value("usr/lib/sysctl.d/a.conf", "1002")],
        ),
        (
            "a link to nowhere masks",
            vec![link("etc/sysctl.d/a.conf", "/nowhere"), value("usr/lib/sysctl.d/a.conf", "1002")],
        ),
        (
            "a folder named like a file masks",
            vec![dir("etc/sysctl.d/a.conf"), value("usr/lib/sysctl.d/a.conf", "1002")],
        ),
        (
            "a folder is in the way of nothing else",
            vec![dir("etc/sysctl.d/a.conf"), value("etc/sysctl.d/b.conf", "1002")],
        ),
        (
            "other names are passed by",
            vec![
                value("etc/sysctl.d/a.conf~", "1001"),
                value("etc/sysctl.d/b.conf.bak", "1002"),
                value("etc/sysctl.d/c", "1003"),
            ],
        ),
        ("hidden names", vec![value("etc/sysctl.d/.a.conf", "1001")]),
        ("a name of nothing but the ending", vec![value("etc/sysctl.d/.conf", "1001")]),
        ("/etc/sysctl.conf alone", vec![value("etc/sysctl.conf", "1001")]),
        (
            "/etc/sysctl.conf with its link",
            vec![value("etc/sysctl.conf", "1001"), link("etc/sysctl.d/99-sysctl.conf", "../sysctl.conf")],
        ),
        (
            "99-zz beats the link to sysctl.conf",
            vec![
                value("etc/sysctl.conf", "1001"),
                link("etc/sysctl.d/99-sysctl.conf", "../sysctl.conf"),
                value("etc/sysctl.d/99-zz.conf", "1002"),
            ],
        ),
        (
            "99-inotify loses to the link",
            vec![
                value("etc/sysctl.conf", "1001"),
                link("etc/sysctl.d/99-sysctl.conf", "../sysctl.conf"),
                value("etc/sysctl.d/99-inotify.conf", "1002"),
            ],
        ),
        (
            "an absolute link",
            vec![value("etc/elsewhere/real", "1001"), link("etc/sysctl.d/a.conf", "/etc/elsewhere/real")],
        ),
        (
            "a chain of links",
            vec![value("run/real", "1001"), link("etc/hop", "/run/real"), link("etc/sysctl.d/a.conf", "../hop")],
        ),
        ("a loop of links", vec![link("etc/sysctl.d/a.conf", "a.conf"), value("etc/sysctl.d/b.conf", "1001")]),
        ("the folder itself is a link", vec![value("etc/static/a.conf", "1001"), link("etc/sysctl.d", "/etc/static")]),
        ("two folders are one", vec![value("etc/sysctl.d/a.conf", "1001"), link("run/sysctl.d", "/etc/sysctl.d")]),
        (
            "a link to the masked file revives it",
            vec![link("etc/sysctl.d/a.conf", "/run/sysctl.d/a.conf"), value("run/sysctl.d/a.conf", "1001")],
        ),
        ("the folder is a file", vec![value("etc/sysctl.d", "1001"), value("run/sysctl.d/a.conf", "1002")]),
    ]
}

/// Texts of one file, `a.conf`.
const TEXTS: [(&str, &[u8]); 55] = [
    ("slashes", b"fs/inotify/max_user_watches = 1001\n"),
    ("a slash in front", b"/fs/inotify/max_user_watches = 1001\n"),
    ("separators repeated", b"fs..inotify./max_user_watches = 1001\nfs//inotify/max_user_watches = 1002\n"),
    ("a mixed key that names nothing", b"fs.inotify/max_user_watches = 1001\n"),
    ("a step up", b"fs/../fs/inotify/max_user_watches = 1001\n"),
    ("a slash at the end", b"fs/inotify/max_user_watches/ = 1001\n"),
    ("a dot at the end", b"fs.inotify.max_user_watches. = 1001\n"),
    ("a step up written with dots", b"fs.//.fs.inotify.max_user_watches = 1001\n"),
    ("a step on the spot", b"fs/./inotify/max_user_watches = 1001\n"),
    ("the full path", b"/proc/sys/fs/inotify/max_user_watches = 1001\n"),
    ("comments", b"# fs.inotify.max_user_watches = 1001\n;fs.inotify.max_user_watches = 1002\n  # fs.inotify.max_user_watches=3\n"),
    ("a trailing comment behind a blank", b"fs.inotify.max_user_watches = 1001 # many\n"),
    ("a trailing comment without a blank", b"fs.inotify.max_user_watches = 1001# many\n"),
    ("errors ignored", b"-fs.inotify.max_user_watches = 1001\n"),
    ("two dashes", b"--fs.inotify.max_user_watches = 1001\n"),
    ("a dash and a blank", b"- fs.inotify.max_user_watches = 1001\n"),
    ("no blanks", b"fs.inotify.max_user_watches=1001"),
    ("many blanks", b" \t fs.inotify.max_user_watches \t =\t 1001 \t \n"),
    ("a form feed", b"\x0cfs.inotify.max_user_watches\x0c=\x0c1001\x0c\n"),
    ("Windows line ends", b"fs.inotify.max_user_watches = 1001\r\nfs.inotify.max_user_instances = 1002\r\n"),
    ("old Macintosh line ends", b"fs.inotify.max_user_watches = 1001\rfs.inotify.max_user_instances = 1002\r"),
    ("a NUL in the middle", b"fs.inotify.max_user_watches = 1001\0fs.inotify.max_user_instances = 1002\n"),
    ("a NUL in the number", b"fs.inotify.max_user_watches = 10\x0001\n"),
    ("swapped line ends", b"a = 1\n\rfs.inotify.max_user_watches = 1001\n\r"),
    ("bytes that are no text", b"\xff\xfe = \xff\nfs.inotify.max_user_watches = 1001\n\xc3\x28"),
    ("a byte order mark", b"\xef\xbb\xbffs.inotify.max_user_watches = 1001\n"),
    ("no equals sign", b"fs.inotify.max_user_watches 1001\n"),
    ("two equals signs", b"fs.inotify.max_user_watches == 1001\n"),
    ("no value", b"fs.inotify.max_user_watches =\n"),
    ("twice in one file", b"fs.inotify.max_user_watches = 1001\nfs.inotify.max_user_watches = 1002\n"),
    ("the last value refused", b"fs.inotify.max_user_watches = 1001\nfs.inotify.max_user_watches = lots\n"),
    ("hexadecimal", b"fs.inotify.max_user_watches = 0x100\nfs.inotify.max_queued_events = 0XfF\n"),
    ("octal", b"fs.inotify.max_user_watches = 0100\nfs.inotify.max_queued_events = 08\n"),
    ("two numbers", b"fs.inotify.max_user_watches = 100 200\n"),
    ("zero", b"fs.inotify.max_user_watches = 0\n"),
    ("negative", b"fs.inotify.max_user_watches = -1\nfs.inotify.max_queued_events = -1\n"),
    ("minus zero", b"fs.inotify.max_user_watches = -0\nfs.inotify.max_queued_events = -0\n"),
    ("the largest", b"fs.inotify.max_user_watches = 2147483647\nfs.inotify.max_queued_events = 2147483647\n"),
    ("one too large", b"fs.inotify.max_user_watches = 2147483648\nfs.inotify.max_queued_events = 2147483648\n"),
    ("beyond 64 bits", b"fs.inotify.max_user_watches = 18446744073709551617\n"),
    ("thousands separated", b"fs.inotify.max_user_watches = 524,288\n"),
    ("quoted", b"fs.inotify.max_user_watches = \"524288\"\n"),
    ("a no-break space", b"fs.inotify.max_user_watches = \xa01001\n"),
    ("the other name of the same number", b"user.max_inotify_watches = 1001\nuser.max_inotify_instances = 1002\n"),
    ("both names", b"user.max_inotify_watches = 1001\nfs.inotify.max_user_watches = 1002\n"),
    ("both names, the other last", b"fs.inotify.max_user_watches = 1002\nuser.max_inotify_watches = 1001\n"),
    ("a glob for all three", b"fs.inotify.* = 1001\n"),
    ("an explicit key beats a later glob", b"fs.inotify.max_user_watches = 1001\nfs.inotify.* = 1002\n"),
    ("an explicit key keeps globs away even if refused", b"fs.inotify.max_user_watches = lots\nfs.inotify.* = 1002\n"),
    ("the later glob beats the earlier", b"fs.inotify.* = 1001\nfs.*.max_* = 1002\n"),
    ("the later glob is refused", b"fs.inotify.* = 1001\nfs.*.max_* = lots\n"),
    ("a glob that says the same again", b"fs.inotify.* = 1001\nfs.*.max_* = 1002\nfs.inotify.* = 1001\n"),
    ("a glob that changes its mind", b"fs.inotify.* = 1001\nfs.*.max_* = 1002\nfs.inotify.* = 1003\n"),
    ("excluded from a glob", b"fs.inotify.* = 1001\n-fs.inotify.max_user_watches\n"),
    ("set, then excluded", b"fs.inotify.max_user_watches = 1001\n-fs.inotify.max_user_watches\n"),
];

/// Globs in every corner of glob(7); each is asked whether it hits one of the three limits.
const GLOBS: [&str; 72] = [
    "*",
    "*/*",
    "*/*/*",
    "*/*/*/*",
    "fs/*/*",
    "fs/inotify/*",
    "fs/inotify/**",
    "fs/inotify/max*",
    "fs/inotify/*s",
    "fs/inotify/*watches",
    "fs/inotify/*user*",
    "fs/inotify/m*x*u*w*s",
    "fs/inotify/*x_user_*x",
    "fs/inotify/?ax_user_watches",
    "fs/inotify/max_user_watche?",
    "fs/inotify/max_user_watches?",
    "fs/inotify/max_user_?*",
    "fs/inotify/?",
    "f?/inotify/max_user_watches",
    "?s/?notify/?ax_*",
    "fs/inotify/[m]ax_user_watches",
    "fs/inotify/[a-z]ax_user_*",
    "fs/inotify/[!a-l]ax_user_*",
    "fs/inotify/[^m]ax_user_*",
    "fs/inotify/[!m]*",
    "fs/inotify/[]m]ax_*",
    "fs/inotify/[!]]ax_*",
    "fs/inotify/[m-]ax_*",
    "fs/inotify/[-m]ax_*",
    "fs/inotify/[a-]ax_*",
    "fs/inotify/[z-a]ax_*",
    "fs/inotify/[[:alpha:]]ax_*",
    "fs/inotify/[[:digit:]]ax_*",
    "fs/inotify/[[:upper:][:lower:]]ax_*",
    "fs/inotify/[![:digit:]]ax_*",
    "fs/inotify/[[:nonsense:]]ax_*",
    "fs/inotify/[[:alpha:]ax_*",
    "fs/inotify/[max_user_watches",
    "fs/inotify/max_user_watches[",
    "fs/inotify/max_user_watches]*",
    "fs[/]inotify/*",
    "fs/inotif[x-z]/max_*",
    "fs/inotify/max[_]user[_]watches",
    "fs/inotify/max[[:punct:]]user*",
    "fs/inotify/\\max*",
    "fs/inotify/\\*",
    "fs/inotify/max\\_user\\_*",
    "fs/inotify/[\\m]ax_*",
    "fs/inotify/[\\]m]ax_*",
    "fs/inotify/[a\\-z]ax_*",
    "fs/inotify/max*\\",
    "fs/inotify/*/",
    "fs//inotify/*",
    "/fs/inotify/*",
    "fs/./inotify/*",
    "fs/*/../inotify/*",
    "fs/inotify/{max_user_watches,x}",
    "fs/inotify/{max_user_watches,x}*",
    "fs/inotify/max_{user,queued}_*",
    "fs/inotify/max_{user,queued_*",
    "fs/inotify/max_user},*",
    "{fs,user}/{inotify,x}/max_user_w*",
    "fs/inotify/max_{{user,queued}_*,x}",
    "fs/inotify/max_{user_watches,user_*}",
    "fs/inotify/{}max*",
    "fs/inotify/{,x}max*",
    "fs/inotify/{max*}",
    "fs/inotify/\\{max*,x}",
    "fs/inotify/{[m,x]*,max*}",
    "user/max_inotify_*",
    "user/*",
    "*/max_inotify_watches",
];

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
