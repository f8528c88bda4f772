//! What to do: the recommended limits (interface.md, "Sizes of projects") and the remedy to begin with.

use super::budget::{Budget, Sums};
use super::finding::Finding;
use crate::machine::Limit;
use crate::project::tree::Size;
use crate::survey::Survey;

/// The remedy to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing to do.
    None,
    /// Raise the kernel's limits.
    RaiseLimits,
    /// Raise them on the host, node or Windows side: it cannot be done in here.
    RaiseLimitsOnHost,
    /// Restart the app: the limits suffice now, but it still misses folders.
    RestartApp,
    /// Repair the settings file that is ignored.
    RepairSettings,
}

impl Remedy {
    /// The word in the JSON report.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::RaiseLimits => "raise-limits",
            Self::RaiseLimitsOnHost => "raise-limits-on-host",
            Self::RestartApp => "restart-app",
            Self::RepairSettings => "repair-settings",
        }
    }
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// The limit of watches to set; `None`: the present one suffices.
    pub watches: Option<u64>,
    /// The limit of instances to set; `None`: the present one suffices.
    pub instances: Option<u64>,
    /// Where to begin.
    pub remedy: Remedy,
}

impl Recommendation {
    /// Decides from the sums and the findings.
    #[must_use]
    pub fn of(survey: &Survey, budget: &Budget, findings: &[Finding]) -> Self {
        let size = survey.project.as_ref().map_or(Size::Small, |project| project.tree.size());
        let kernel = |limit| survey.machine.limits.get(limit).unwrap_or(0);
        let watches = raise(&budget.watches, kernel(Limit::Watches), |enough| recommended_watches(size, enough));
        let instances = raise(&budget.instances, kernel(Limit::Instances), recommended_instances);
        let remedy = if watches.is_some() || instances.is_some() {
            raise_where(survey)
        } else if findings.iter().any(|finding| matches!(finding, Finding::SilentGap { .. })) {
            Remedy::RestartApp
        } else if findings.iter().any(|finding| matches!(finding, Finding::SettingsFileBroken { .. })) {
            Remedy::RepairSettings
        } else if findings.iter().any(|finding| matches!(finding, Finding::LostAtBoot { .. })) {
            raise_where(survey)
        } else {
            Remedy::None
        };
        Self { watches, instances, remedy }
    }
}

fn raise_where(survey: &Survey) -> Remedy {
    let environment = &survey.machine.environment;
    if environment.container.is_some() || environment.read_only_sysctl {
        Remedy::RaiseLimitsOnHost
    } else {
        Remedy::RaiseLimits
    }
}

/// `Some` where the present limit leaves less than a quarter of what will be held in reserve; never lower than it or
/// than the kernel's own, which is higher where a user namespace has a limit of its own.
fn raise(sums: &Sums, kernel: u64, recommend: impl Fn(u64) -> u64) -> Option<u64> {
    let limit = sums.limit?;
    let enough = sums.with_reserve();
    (enough > limit).then(|| recommend(enough).max(limit).max(kernel))
}

/// The first step of 65,536 · 262,144 · 524,288 · 1,048,576 · then doubling that is `enough` and the size's least.
#[must_use]
pub fn recommended_watches(size: Size, enough: u64) -> u64 {
    let least = match size {
        Size::Small => 65_536,
        Size::Medium => 262_144,
        Size::Large => 524_288,
    };
    let wanted = enough.max(least);
    [65_536, 262_144, 524_288].into_iter().find(|step| *step >= wanted).unwrap_or_else(|| doubling(1_048_576, wanted))
}

/// The first of 512 · 1,024 · then doubling that is `enough`.
#[must_use]
pub fn recommended_instances(enough: u64) -> u64 {
    doubling(512, enough)
}

/// The kernel takes at most 2,147,483,647 for either limit (measured).
fn doubling(first: u64, enough: u64) -> u64 {
    const MOST: u64 = i32::MAX as u64;
    let mut step = first;
    while step < enough && step < MOST {
        step *= 2;
    }
    step.min(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recommended_limit_follows_the_table_and_the_need() {
        for (size, enough, limit) in [
            (Size::Small, 300, 65_536),
            (Size::Medium, 300, 262_144),
            (Size::Large, 300, 524_288),
            (Size::Small, 65_537, 262_144),
            (Size::Large, 600_000, 1_048_576),
            (Size::Large, 1_048_577, 2_097_152),
            (Size::Large, u64::MAX, 2_147_483_647),
        ] {
            assert_eq!(recommended_watches(size, enough), limit, "{size:?} with {enough}");
        }
    }

    #[test]
    fn a_limit_that_leaves_a_quarter_in_reserve_is_left_alone() {
        let sums = Sums { limit: Some(1000), held: 300, need: 500, to_add: 500 };
        assert_eq!(raise(&sums, 1000, |enough| recommended_watches(Size::Small, enough)), None);
        assert_eq!(
            raise(&Sums { held: 301, ..sums }, 1000, |enough| recommended_watches(Size::Small, enough)),
            Some(65_536)
        );
    }
}
