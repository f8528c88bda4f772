//! The number of watches foretold is the number that real Streamlit holds, to the single watch and instance.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]
#![allow(clippy::too_many_lines, reason = "tables of projects")]

mod components;
mod hard_apps;
mod imports;
mod launches;
mod low_limit;
mod queue;
mod rare;
mod settings;
mod shapes;

use crate::support::streamlit::{Installed, Project, installations};
use std::sync::Mutex;

/// A project with its name in messages.
type Case = (&'static str, Project);

/// Foretells, starts and compares every project with every version, two at a time.
fn all_equal(make: impl Fn() -> Vec<Case>) {
    let mut work: Vec<(Installed, Case)> = Vec::new();
    for with in installations() {
        work.extend(make().into_iter().map(|case| (with.clone(), case)));
    }
    let work = Mutex::new(work);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let next = work.lock().unwrap().pop();
                    let Some((with, case)) = next else { break };
                    wrong.lock().unwrap().extend(difference(&with, &case));
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "the forecast differs from what Streamlit holds:\n{}", wrong.join("\n"));
}

/// What is wrong with the forecast of one project, made before the app has ever run and again afterwards.
fn difference(with: &Installed, (name, project): &Case) -> Option<String> {
    let before = project.forecast(with).need;
    let held = project.measure(with);
    let after = project.forecast(with).need;
    let instances = if before.roots.is_empty() { 0 } else { before.instances };
    let same = before.watches == held.watches() && instances == held.instances() && after.watches == held.watches();
    let roots: Vec<String> = after
        .roots
        .iter()
        .map(|root| format!("{} {} {:?}", root.directories, root.path.display(), root.because))
        .collect();
    (!same).then(|| {
        format!(
            "{name} with {}: foretold {} (then {}) in {instances}, held {} in {} {:?}\n    {}",
            with.name,
            before.watches,
            after.watches,
            held.watches(),
            held.instances(),
            held.sizes(),
            roots.join("\n    ")
        )
    })
}
