//! `next dev`: watchpack of its own on the project's top, its route folders and what their names begin like; with
//! Turbopack a second instance on every folder that was read.
//!
//! What it takes when it starts is exact: each folder of `app` and `pages`, the folders on the way to them, the folder
//! above the project and that of the build. `ignored` compares paths letter by letter (`setup-dev-bundler.js` of Next
//! 16.4), so that `app2` is watched like `app`, and `ts` as the beginning of `tsconfig.json`. Once pages are opened, the
//! folders of the modules that they load follow: with Turbopack 107 to 170 of `node_modules` for one page, with webpack
//! those of the project's own and all above. How far that goes only its user knows: the forecast is a range that begins
//! with the start. With Turbopack `middleware`, `proxy` and `instrumentation` are built at the start already.

use super::invocation::has;
use super::{Exclusions, Invocation, Knob, PollingVariable, Turning, WatchScope, Watcher, WatcherSettings, text};
use crate::guarded;
use crate::machine::Kind;
use crate::progress::Cancelled;
use regex::Regex;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub(super) const WATCHER: Watcher = Watcher {
    process: Kind::Next,
    settings: |invocation, _| settings(invocation),
    knobs,
    polling: None,
    programs: &["next", "next-server"],
};

/// With webpack everything polls by watchpack's variable; Turbopack knows none.
fn knobs(turning: &mut Turning<'_>) -> Result<Vec<Knob>, Cancelled> {
    let polling = PollingVariable { name: "WATCHPACK_POLLING", value: "true" };
    Ok(if is_turbopack(turning.invocation) { Vec::new() } else { vec![polling.knob()] })
}

fn settings(invocation: &Invocation) -> Option<WatcherSettings> {
    let project = project(invocation)?;
    // Installed elsewhere, in a workspace: what is loaded lies outside of the project.
    if !guarded::exists(&project.join("node_modules/next/package.json")) {
        return None;
    }
    let routes = Routes::of(&project)?;
    let output = output(&project);
    let (roots, turbopack) = (vec![project.clone()], is_turbopack(invocation));
    let scope = |excluded| WatchScope { roots: roots.clone(), excluded, ..WatchScope::default() };
    let own = scope(Exclusions::only(routes.files(&project), routes.folders.clone(), true));
    let read = ["src", "node_modules/next"].map(|folder| project.join(folder)).to_vec();
    let second = scope(Exclusions::only(read, routes.folders, false));
    let rest = Exclusions::default().name(".git").path(output.clone());
    // The folder of the build is made at the start, and the folder above the project is watched for it.
    let further = 1 + output.strip_prefix(&project).map_or(1, |below| below.iter().count() as u64);
    let polls = invocation.variable("WATCHPACK_POLLING").is_some_and(|value| is_on(&value));
    let grows = Some(WatchScope { above: true, ..scope(rest) });
    if polls && turbopack {
        // Only watchpack obeys it: Turbopack's own instance stays.
        return Some(WatcherSettings { scope: second, grows, ..WatcherSettings::default() });
    }
    Some(WatcherSettings {
        scope: own,
        polls,
        also: if turbopack { vec![second] } else { Vec::new() },
        further,
        grows,
        ..WatcherSettings::default()
    })
}

/// `WATCHPACK_POLLING` as watchpack 2 reads it.
fn is_on(value: &str) -> bool {
    !matches!(value, "" | "false")
}

/// The folder that is served: of a launch the one named, of the server itself, which shows its title and no words, the
/// working folder. `None` where nothing is watched.
fn project(invocation: &Invocation) -> Option<PathBuf> {
    if let [title, ..] = &invocation.words[..]
        && title.starts_with("next-server")
    {
        return invocation.variable("__NEXT_DEV_SERVER").map(|_| invocation.cwd.clone());
    }
    const WITH_VALUE: [&str; 8] = [
        "-p",
        "--port",
        "-H",
        "--hostname",
        "--experimental-https-key",
        "--experimental-https-cert",
        "--inspect",
        "-i",
    ];
    let arguments = invocation.behind(WATCHER.programs)?;
    let mut takes_value = false;
    let mut words = arguments.iter().map(String::as_str).filter(|word| {
        let is_value = std::mem::replace(&mut takes_value, WITH_VALUE.contains(word));
        !is_value && !word.starts_with('-')
    });
    (words.next() == Some("dev"))
        .then(|| words.next().map_or_else(|| invocation.cwd.clone(), |dir| invocation.path(dir)))
}

/// Turbopack is the default from Next 16 on; the server's environment tells it of itself.
fn is_turbopack(invocation: &Invocation) -> bool {
    if invocation.variable("TURBOPACK").is_some() {
        return true;
    }
    let arguments = invocation.behind(WATCHER.programs).unwrap_or_default();
    if invocation.variable("__NEXT_DEV_SERVER").is_some() || has(arguments, &["--webpack"]) {
        return false;
    }
    let version = || {
        let package = text::json(&invocation.cwd.join("node_modules/next/package.json"))?;
        package.get("version")?.as_str()?.split('.').next()?.parse::<u32>().ok()
    };
    has(arguments, &["--turbopack", "--turbo"]) || version().is_none_or(|major| major >= 16)
}

/// The folders of the routes.
struct Routes {
    /// `app` and `pages`, where they are.
    folders: Vec<PathBuf>,
    /// The folder that holds them: the project or its `src`.
    base: PathBuf,
}

impl Routes {
    fn of(project: &Path) -> Option<Self> {
        let found = |name: &str| {
            let mut places = [project.join(name), project.join("src").join(name)].into_iter();
            places.find(|folder| guarded::is_folder(folder))
        };
        let folders: Vec<PathBuf> = ["pages", "app"].into_iter().filter_map(found).collect();
        let base = folders.first()?.parent()?.to_path_buf();
        Some(Self { folders, base })
    }

    /// Files that Next looks out for, whether they are there or not.
    fn files(&self, project: &Path) -> Vec<PathBuf> {
        let own = [".env.development.local", ".env.local", "tsconfig.json", "jsconfig.json"];
        let near = ["middleware.tsx", "proxy.tsx", "instrumentation.tsx", "src/instrumentation.tsx"];
        let own = own.into_iter().map(|name| project.join(name));
        own.chain(near.into_iter().map(|name| self.base.join(name))).collect()
    }
}

/// `distDir` of the configuration where it stands there as it is.
fn output(project: &Path) -> PathBuf {
    static OUTPUT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\bdistDir\s*:\s*['"]([^'"\\]+)['"]"#).expect("a constant pattern that the tests compile")
    });
    let files = ["js", "mjs", "ts", "cjs"].map(|end| project.join(format!("next.config.{end}")));
    let config = files.iter().find_map(|file| text::read(file)).unwrap_or_default();
    let named = OUTPUT.captures(&config).and_then(|found| found.get(1));
    project.join(named.map_or(".next", |named| named.as_str().trim_start_matches("./").trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;
    use crate::project::Inventory;
    use crate::project::tree::Depth;
    use crate::watchers::{WatcherForecast, WatcherKind};
    use std::collections::BTreeMap;
    use std::fs;

    /// A project of these files, with Next in it.
    fn project(files: &[&str]) -> tempfile::TempDir {
        let project = tempfile::Builder::new().prefix("n").tempdir().unwrap();
        for file in files.iter().chain(&["node_modules/next/package.json"]) {
            let (file, text) = file.split_once(": ").unwrap_or((file, "{\"version\":\"16.4.6\"}"));
            let path = project.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        project
    }

    fn forecast(project: &Path, line: &str, variables: &[(&str, &str)]) -> Option<WatcherForecast> {
        let words: Vec<_> = line.split(' ').map(Into::into).collect();
        let variables: BTreeMap<_, _> = variables.iter().map(|(name, value)| (name.into(), value.into())).collect();
        let settings = WatcherKind::Next.settings(&Invocation::new(&words, project, variables), project)?;
        let mut inventory = Inventory::take(project, Depth::Usual, &Progress::default()).unwrap();
        settings.forecast(&mut inventory, &Progress::default()).unwrap()
    }

    /// Figures that Next 16.4.6 took in projects of these shapes, first with Turbopack, then with webpack.
    #[test]
    fn the_start_is_foretold_as_it_was_measured() {
        for (files, turbopack, webpack) in [
            (&["app/layout.js", "app/page.js"][..], 8, 4),
            (
                &[
                    "app/page.js",
                    "components/deep/a.js",
                    "app/a/b/c/page.js",
                    "app/(g)/x/page.js",
                    "app/api/r/route.js",
                ],
                22,
                11,
            ),
            (&["src/app/page.js", "src/app/q/page.js", "src/lib/n/x.js"], 12, 6),
            (&["pages/index.js", "pages/a/b.js", "pages/api/h.js"], 12, 6),
            (&["src/pages/index.js", "src/styles/x.css"], 10, 5),
            (&["app/new/page.js", "pages/index.js"], 12, 6),
            (
                &["app/page.js", "public/img/deep/a.png", ".env", "data/deep/x.csv", ".venv/lib/q/x.py", ".git/HEAD"],
                8,
                4,
            ),
            (&["app/page.js", "src/other/x.js"], 10, 5),
            (&["app/page.js", "next.config.mjs: export default {distDir:'out/build'}"], 9, 5),
            (
                &[
                    "app/page.js",
                    "app/.hid/x",
                    "app/node_modules/q/y.js",
                    "app2/deep/x.js",
                    "ap/deep/x.js",
                    "apps/one/two/x.js",
                    ".env/lib/x.py",
                    "ts/deep/x",
                    "mid/x",
                    ".git/HEAD",
                    "proxy/x",
                ],
                24,
                17,
            ),
        ] {
            let project = project(files);
            let of = |line: &str, variables: &[(&str, &str)]| forecast(project.path(), line, variables).unwrap();
            let launch = "node node_modules/next/dist/bin/next dev";
            assert_eq!(of(launch, &[]).watches, turbopack, "{files:?}");
            assert_eq!(of(&format!("{launch} --webpack -p 1"), &[]).watches, webpack, "{files:?}");
            let server = [("__NEXT_DEV_SERVER", "1"), ("TURBOPACK", "1")];
            let with = of("next-server_(v16.4.6)", &server);
            assert_eq!((with.watches, with.instances), (turbopack, 2), "{files:?}");
            assert!(with.at_most.unwrap() > turbopack);
            assert_eq!(of("next-server_(v16.4.6)", &server[..1]).watches, webpack, "{files:?}");
            assert_eq!(
                forecast(project.path(), "next-server_(v16.4.6)", &[]),
                None,
                "in production it watches nothing"
            );
        }
    }

    #[test]
    fn what_is_not_known_is_not_foretold() {
        let launch = "node next dev";
        let plain = project(&["server.js"]);
        assert_eq!(forecast(plain.path(), launch, &[]), None, "no routes");
        let polls = project(&["app/page.js"]);
        let variables = [("WATCHPACK_POLLING", "true")];
        assert_eq!(forecast(polls.path(), "node next dev --webpack", &variables), Some(WatcherForecast::default()));
        let turbopack = forecast(polls.path(), launch, &variables).unwrap();
        assert_eq!((turbopack.watches, turbopack.instances), (4, 1), "Turbopack goes on watching");
        assert_eq!(forecast(polls.path(), "node next build", &[]), None);
        fs::remove_file(polls.path().join("node_modules/next/package.json")).unwrap();
        assert_eq!(forecast(polls.path(), launch, &[]), None, "it is installed elsewhere");
    }
}
