//! Small apps made to be hard to foretell, held against real Streamlit: exact where the forecast says so, within its
//! range otherwise; and where one stops, the line is named. The apps are in `hard_apps.txt`.

use crate::support::streamlit::{Installed, Project, Starter, installations};
use inotify_doctor::project::streamlit::Stop;
use std::path::Path;
use std::sync::Mutex;

/// One app of the table.
struct HardApp {
    name: String,
    files: Vec<(String, String)>,
    script: String,
    variables: Vec<(String, String)>,
    /// Links with their targets.
    links: Vec<(String, String)>,
    /// The things it loads cannot be known.
    range: bool,
    /// The file and the line where it stops.
    stops: Option<String>,
}

impl HardApp {
    fn project(&self) -> Project {
        let files: Vec<(&str, &str)> = self.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let project = Project::of(&files).script(&self.script);
        let project = self.variables.iter().fold(project, |project, (name, value)| project.variable(name, value));
        self.links.iter().fold(project, |project, (link, target)| project.link(link, target))
    }
}

fn apps() -> Vec<HardApp> {
    let mut apps: Vec<HardApp> = Vec::new();
    for line in include_str!("hard_apps.txt").lines() {
        if let Some(head) = line.strip_prefix("=== ") {
            let mut parts = head.split('|').map(str::trim);
            let mut app = HardApp {
                name: parts.next().unwrap().to_owned(),
                files: Vec::new(),
                script: "app.py".to_owned(),
                variables: Vec::new(),
                links: Vec::new(),
                range: false,
                stops: None,
            };
            for option in parts {
                match option.split_once('=') {
                    Some(("script", script)) => app.script = script.to_owned(),
                    Some(("stops", place)) => app.stops = Some(place.to_owned()),
                    Some((name, value)) if name.starts_with("set ") => {
                        app.variables.push((name[4..].to_owned(), value.to_owned()));
                    }
                    Some((name, target)) if name.starts_with("link ") => {
                        app.links.push((name[5..].to_owned(), target.to_owned()));
                    }
                    None if option == "range" => app.range = true,
                    _ => panic!("the option {option} of {head}"),
                }
            }
            apps.push(app);
        } else if let Some(file) = line.strip_prefix("--- ") {
            apps.last_mut().unwrap().files.push((file.to_owned(), String::new()));
        } else if let Some((_, text)) = apps.last_mut().and_then(|app| app.files.last_mut())
            && !(line.is_empty() && text.is_empty())
        {
            text.push_str(line);
            text.push('\n');
        }
    }
    apps
}

/// Says what is wrong with the forecast of one app; the empty text where nothing is.
fn wrong(app: &HardApp, with: &Installed, starter: &mut Starter) -> String {
    let project = app.project();
    let told = project.forecast(with);
    let (least, most) = (told.need.least(), told.need.watches);
    let held = starter.measure(&project).watches();
    let mut wrong = String::new();
    if !(least..=most).contains(&held) {
        wrong = format!("foretold {least} to {most}, held {held}; ");
    }
    let newest = with.name == installations()[0].name;
    if newest && app.range != (least < most) {
        let not = if app.range { "" } else { "not " };
        wrong += &format!("foretold {least} to {most}, which should {not}be a range; ");
    }
    let shown = |stop: &Stop| {
        let file = stop.file.strip_prefix(project.path("project")).unwrap_or(Path::new("elsewhere"));
        format!("{}:{}", file.display(), stop.line)
    };
    let stops = told.stop.as_ref().map(shown);
    if newest && stops != app.stops {
        wrong += &format!("stops at {stops:?}, which should be {:?}", app.stops);
    }
    wrong
}

/// All apps with the newest Streamlit, every other one with an older one: those differ in what they watch, not in Python.
#[test]
fn hard_apps_are_exact_or_ranged() {
    let apps = apps();
    let installations = installations();
    let found = Mutex::new(Vec::new());
    // Older ones do not have all that the newest has: a folder as script, an app that serves.
    let older = |place: usize| place.is_multiple_of(4) && apps[place].script == "app.py";
    let places = |newest: bool, parity: usize| {
        (0..apps.len()).filter(move |place| if newest { place % 2 == parity } else { place / 4 % 2 == parity })
    };
    std::thread::scope(|scope| {
        let (apps, found) = (&apps, &found);
        let check = move |with: &Installed, places: Vec<usize>| {
            let mut starter = Starter::of(with);
            for place in places {
                let wrong = wrong(&apps[place], with, &mut starter);
                if !wrong.is_empty() {
                    found.lock().unwrap().push(format!("{} with {}: {wrong}", apps[place].name, with.name));
                }
            }
        };
        for parity in 0..2 {
            let with = [&installations[0], &installations[1 + parity]];
            let newest: Vec<usize> = places(true, parity).collect();
            let old: Vec<usize> = places(false, parity).filter(|place| older(*place)).collect();
            scope.spawn(move || {
                check(with[0], newest);
                check(with[1], old);
            });
        }
    });
    let found = found.into_inner().unwrap();
    assert!(found.is_empty(), "{} forecasts are wrong:\n{}", found.len(), found.join("\n"));
}
