//! A big report as it comes from a busy computer, to be looked at.

use super::fixture::{process, survey as small};
use inotify_doctor::machine::Kind;
use inotify_doctor::project::tree::Folder;
use inotify_doctor::survey::Survey;
use std::ffi::OsString;

const PROGRAMS: [(&str, Kind, &str); 8] = [
    (
        "code",
        Kind::Vscode,
        "/usr/share/code/code --type=utility --utility-sub-type=node.mojom.NodeService --lang=en-US --service-sandbox-type=none --crashpad-handler-pid=3301 --enable-crash-reporter --user-data-dir=/home/mia/.config/Code",
    ),
    (
        "node",
        Kind::Vite,
        "node /home/mia/projects/shop/node_modules/.pnpm/vite@5.4.0/node_modules/vite/bin/vite.js --host 0.0.0.0",
    ),
    (
        "java",
        Kind::Jetbrains,
        "/opt/pycharm/jbr/bin/java -classpath /opt/pycharm/lib/platform-loader.jar com.intellij.idea.Main",
    ),
    ("nautilus", Kind::FileManager, "/usr/bin/nautilus --gapplication-service"),
    ("tracker-miner-fs-3", Kind::FileIndexer, "/usr/libexec/tracker-miner-fs-3"),
    ("syncthing", Kind::FileSync, "/usr/bin/syncthing serve --no-browser --gui-apikey=2jk3h4kj23h4kj2h34"),
    ("gnome-shell", Kind::Desktop, "/usr/bin/gnome-shell"),
    ("a-program-with-a-very-long-name-that-nobody-expected", Kind::Other, "/bin/x </td><script>alert(1)</script>"),
];

const FOLDERS: [(&str, u64, u64); 9] = [
    ("node_modules", 20_100, 181_000),
    (".venv", 12_411, 98_020),
    ("数据", 6_002, 40),
    ("a folder with a name that goes on and on until there is no room left on the line for it", 1_411, 12),
    ("</text><script>alert(1)</script>", 600, 3),
    (".git", 312, 4_018),
    ("notebooks", 120, 900),
    ("pages", 12, 31),
    ("tests", 9, 44),
];

/// The small survey with many processes and folders, long names and hostile ones.
pub(crate) fn survey() -> Survey {
    let mut survey = small();
    let holders = &mut survey.machine.holders;
    for number in 0..28_u32 {
        let (program, kind, command) = PROGRAMS[number as usize % PROGRAMS.len()];
        let watches = u64::from(28 - number) / 2;
        holders.processes.push(process(
            4_000 + number * 37,
            program,
            kind,
            command,
            1 + u64::from(number % 3),
            watches,
        ));
        (holders.account.watches, holders.account.instances) =
            (holders.account.watches + watches, holders.account.instances + 1 + u64::from(number % 3));
    }
    holders.processes.sort_by_key(|process| std::cmp::Reverse(process.watches));
    let project = survey.project.as_mut().expect("the fixture has a project");
    let folder = |(name, directories, files): (&str, u64, u64)| Folder {
        name: OsString::from(name),
        directories,
        files,
        children: vec![],
    };
    project.tree.folders.children = FOLDERS.map(folder).into();
    survey
}
