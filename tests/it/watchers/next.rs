//! `next dev` as it is: what it takes when it starts, and once a page was opened.

use super::real::{Project, Start, watches_of};
use inotify_doctor::watchers::WatcherKind;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const LAYOUT: &str = "layout.js: export default function L({children}) { return <html><body>{children}</body></html> }";
const PAGE: &str = "page.js: export default function P() { return <p>x</p> }";

/// Shapes, each with what `next dev` needs to start.
fn shapes() -> Vec<Vec<String>> {
    let app = |folder: &str| vec![format!("{folder}/{LAYOUT}"), format!("{folder}/{PAGE}")];
    let with = |folder: &str, further: &[&str]| {
        let own = further.iter().map(|entry| (*entry).to_owned());
        app(folder).into_iter().chain(own).collect::<Vec<String>>()
    };
    let page = |path: &str| format!("{path}/{PAGE}");
    vec![
        app("app"),
        with("app", &[&page("app/a/b/c"), &page("app/(group)/x"), "components/deep/a.js", "lib/unused/z.js"]),
        with("src/app", &[&page("src/app/q"), "src/lib/n/x.js"]),
        vec!["pages/index.js: export default () => <p>x</p>".into(), "pages/a/b.js: export default () => 1".into()],
        with("app", &["public/img/a.png", ".env.local: A=1", "data/deep/x.csv", ".venv/lib/q/x.py", ".git/HEAD"]),
        with("app", &["src/other/x.js", "app2/deep/x.js", "ap/deep/x.js", "ts/x/y", "apps/one/two/x.js"]),
        with("app", &["next.config.mjs: export default { distDir: 'out/build' }"]),
    ]
}

/// The folder in which `npm install next@16 react@19 react-dom@19` was run.
fn packages() -> PathBuf {
    std::env::var_os("INOTIFY_DOCTOR_NEXT").map(PathBuf::from).expect("INOTIFY_DOCTOR_NEXT names a folder with Next")
}

/// The watches once they have not changed for three seconds.
fn at_rest(pid: u32) -> u64 {
    let (begin, mut since, mut last) = (Instant::now(), Instant::now(), 0);
    while begin.elapsed() < Duration::from_secs(90) && (last == 0 || since.elapsed() < Duration::from_secs(3)) {
        let now = watches_of(pid);
        if now != last {
            (last, since) = (now, Instant::now());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    last
}

fn open_page(port: u16) {
    let mut page = TcpStream::connect(("127.0.0.1", port)).unwrap();
    page.write_all(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = String::new();
    page.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

fn difference(shape: &[String], bundler: &str) -> Option<String> {
    let project = Project::of(&shape.iter().map(String::as_str).chain(["package.json: {}"]).collect::<Vec<_>>());
    let root = project.path();
    // Turbopack follows no link out of the project.
    let copied = Command::new("cp").arg("-al").arg(packages().join("node_modules")).arg(&root).status().unwrap();
    assert!(copied.success());
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let script = root.join("node_modules/next/dist/bin/next");
    let start = Start::of_node(Path::new(&script), &format!("dev {bundler} -H 127.0.0.1 -p {port}"));
    let start = start.with("NEXT_TELEMETRY_DISABLED", "1");
    let foretold = start.forecast(WatcherKind::Next, &root);
    let running = start.run(&root);
    let first = at_rest(running.pid());
    open_page(port);
    let then = at_rest(running.pid());
    let right = first == foretold.watches && then >= first && foretold.at_most.is_some_and(|most| then <= most);
    (!right).then(|| format!("{shape:?} {bundler}: foretold {foretold:?}, {first} at first, {then} with a page open"))
}

#[test]
#[ignore = "needs 377 MB of packages and some minutes: INOTIFY_DOCTOR_NEXT=FOLDER tests/run --test it next:: -- --ignored"]
fn next_takes_at_its_start_what_was_foretold_and_stays_within_the_range() {
    let wrong: Vec<String> = shapes()
        .iter()
        .flat_map(|shape| ["--turbopack", "--webpack"].into_iter().filter_map(move |with| difference(shape, with)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
