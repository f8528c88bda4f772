//! The kind of place that the program runs in, where that decides what can be done.

use crate::diagnosis::Finding;
use crate::machine::{Limit, Machine};

pub(super) fn findings(machine: &Machine) -> Vec<Finding> {
    let environment = &machine.environment;
    let mut found = Vec::new();
    if let Some(name) = &environment.container {
        found.push(Finding::InContainer { name: name.clone() });
    } else if environment.read_only_sysctl {
        found.push(Finding::ReadOnlySysctl);
    }
    if environment.wsl.is_some() && !environment.systemd {
        found.push(Finding::WslWithoutSystemd);
    }
    found.extend(namespace_limit(machine));
    found
}

fn namespace_limit(machine: &Machine) -> Option<Finding> {
    let watches = machine.namespace_limits?.watches;
    let kernel = machine.limits.get(Limit::Watches)?;
    (watches < kernel).then_some(Finding::NamespaceLimit { watches, kernel })
}
