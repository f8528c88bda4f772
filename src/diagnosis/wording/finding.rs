//! Title and detail of every finding.

use super::finding_detail::{
    broken_detail, contradicted_detail, editor_detail, estimate_detail, exhausted_detail, gap_detail, idle_detail,
    line_detail, needed_detail, queue_detail, queue_ways, sight_detail, stop_detail,
};
use super::listed;
use crate::diagnosis::Finding;
use crate::diagnosis::budget::QueueShortage;
use crate::diagnosis::finding::LimitedResource::{Instances, Watches};
use crate::say;
use crate::words::Words;

impl Finding {
    /// One plain sentence without a full stop.
    #[must_use]
    pub fn title(&self, words: &Words) -> String {
        match self {
            Self::Exhausted { resource: Watches, .. } => say!(words, "finding-watches-exhausted"),
            Self::Exhausted { resource: Instances, .. } => say!(words, "finding-instances-exhausted"),
            Self::NearlyExhausted { resource: Watches, .. } => say!(words, "finding-watches-nearly"),
            Self::NearlyExhausted { resource: Instances, .. } => say!(words, "finding-instances-nearly"),
            Self::NeedExceedsFree { resource: Watches, .. } => say!(words, "finding-watches-needed"),
            Self::NeedExceedsFree { resource: Instances, .. } => say!(words, "finding-instances-needed"),
            Self::QueueTooShort(QueueShortage { loops: true, .. }) => say!(words, "finding-queue-loops"),
            Self::QueueTooShort(_) => say!(words, "finding-queue-until"),
            Self::AppLoops { .. } => say!(words, "finding-app-loops"),
            Self::NobodyHasItOpen { .. } => say!(words, "finding-nobody"),
            Self::SilentGap { unwatched, silent: true, .. } => {
                say!(words, "finding-gap-silent", unwatched = *unwatched)
            }
            Self::SilentGap { unwatched, .. } => say!(words, "finding-gap", unwatched = *unwatched),
            Self::InContainer { name } => say!(words, "finding-container", name = name.as_str()),
            Self::WslWithoutSystemd => say!(words, "finding-wsl"),
            Self::ReadOnlySysctl => say!(words, "finding-read-only-sysctl"),
            Self::NamespaceLimit { .. } => say!(words, "finding-namespace"),
            Self::CannotSeeEverything { own: 0, others: 0, .. } => say!(words, "finding-hidden"),
            Self::CannotSeeEverything { own, others, .. } => say!(words, "finding-cannot-see", count = own + others),
            Self::SharingUnknown => say!(words, "finding-sharing-unknown"),
            Self::AppStops { stop, .. } => {
                say!(words, "finding-stops", line = stop.line, file = words.path(&stop.file))
            }
            Self::NeedIsRange { at_least, at_most } => {
                say!(words, "finding-range", least = *at_least, most = *at_most)
            }
            Self::EstimateOnly { .. } => say!(words, "finding-estimate"),
            Self::WatchdogMissing => say!(words, "finding-watchdog-missing"),
            Self::NoEntryScript => say!(words, "finding-no-script"),
            Self::UnreadableFolders { count, .. } => say!(words, "finding-unreadable-folders", count = *count),
            Self::UnresponsiveMounts { .. } => say!(words, "finding-unresponsive"),
            Self::TooManyOpenFiles { folders } => say!(words, "finding-open-files", count = *folders),
            Self::ErrorInLog { queue: true, .. } => say!(words, "finding-overflow-in-log"),
            Self::ErrorInLog { .. } => say!(words, "finding-error-in-log"),
            Self::HeldByOther { program, percent, .. } => {
                say!(words, "finding-held-by-other", program = program.as_str(), percent = *percent)
            }
            Self::EditorWatchesGenerated { kind, in_project, generated, .. } => {
                let editor = kind.label(words);
                say!(words, "finding-editor", editor = editor, watches = *in_project, generated = *generated)
            }
            Self::IdleInstances { instances, .. } => say!(words, "finding-idle-instances", instances = *instances),
            Self::AllGood { .. } => say!(words, "finding-all-good"),
            Self::SettingsFileBroken { file, broken } if broken.outside_section.is_some() => {
                say!(words, "finding-settings-outside", file = words.path(file))
            }
            Self::SettingsFileBroken { file, .. } => say!(words, "finding-settings-broken", file = words.path(file)),
            Self::SettingsFileUnreadable { file, .. } => {
                say!(words, "finding-settings-unreadable", file = words.path(file))
            }
            Self::UnknownWord { key, value, .. } => {
                say!(words, "finding-unknown-word", key = key.as_str(), value = value.as_str())
            }
            Self::UnknownKeys { file, keys } => {
                say!(words, "finding-unknown-keys", count = keys.len(), file = words.path(file))
            }
            Self::SettingContradicted { key, source, .. } => {
                say!(words, "finding-contradicted", key = key.as_str(), source = source.label(words))
            }
            Self::RunOnSaveFreesNothing { .. } => say!(words, "finding-run-on-save"),
            Self::BlacklistFreesNothing { .. } => say!(words, "finding-blacklist"),
            Self::LostAtBoot { limit, now, at_boot, file: Some(_) } => {
                say!(words, "finding-lost-at-boot", key = limit.key(), now = *now, at_boot = *at_boot)
            }
            Self::LostAtBoot { limit, .. } => say!(words, "finding-lost-at-boot-default", key = limit.key()),
            Self::LineWithoutEffect { file, refused: true, .. } => {
                say!(words, "finding-line-refused", file = words.path(file))
            }
            Self::LineWithoutEffect { file, .. } => say!(words, "finding-line-not-read", file = words.path(file)),
        }
    }

    /// Explains what it means and what to do.
    #[must_use]
    pub fn detail(&self, words: &Words) -> String {
        let (what, ways) = (self.meaning(words), self.ways(words));
        if ways.is_empty() {
            return what;
        }
        words.sentences(&[what, say!(words, "finding-ways", ways = ways.join(" · "))])
    }

    /// The ways out, where several stand side by side.
    #[must_use]
    pub fn ways(&self, words: &Words) -> Vec<String> {
        if let Self::QueueTooShort(shortage) = self { queue_ways(words, shortage) } else { Vec::new() }
    }

    /// What it means, and what to do unless there are several [`Self::ways`] out.
    #[must_use]
    pub fn meaning(&self, words: &Words) -> String {
        match self {
            Self::InContainer { .. } => say!(words, "finding-container-detail"),
            Self::WslWithoutSystemd => say!(words, "finding-wsl-detail"),
            Self::ReadOnlySysctl => say!(words, "finding-read-only-sysctl-detail"),
            Self::NamespaceLimit { watches, kernel } => {
                say!(words, "finding-namespace-detail", watches = *watches, kernel = *kernel)
            }
            Self::CannotSeeEverything { own, others, hidden } => sight_detail(words, *own, *others, *hidden),
            Self::SharingUnknown => say!(words, "finding-sharing-unknown-detail"),
            Self::AppStops { stop, version } => stop_detail(words, stop, version.as_deref()),
            Self::NeedIsRange { .. } => say!(words, "finding-range-detail"),
            Self::EstimateOnly { version: Some(version), newer } => estimate_detail(words, version, *newer),
            Self::EstimateOnly { .. } => say!(words, "finding-estimate-unknown-detail"),
            Self::WatchdogMissing => say!(words, "finding-watchdog-missing-detail"),
            Self::NoEntryScript => say!(words, "finding-no-script-detail"),
            Self::UnreadableFolders { count, examples } => {
                say!(words, "finding-unreadable-folders-detail", examples = listed(words, examples, *count))
            }
            Self::TooManyOpenFiles { .. } => say!(words, "finding-open-files-detail"),
            Self::UnresponsiveMounts { mounts } => {
                let mounts = listed(words, mounts, mounts.len() as u64);
                say!(words, "finding-unresponsive-detail", mounts = mounts)
            }
            Self::ErrorInLog { file, line, queue, over } => {
                let said = say!(words, "finding-error-in-log-detail", file = words.path(file), line = line.as_str());
                let after = match (over, queue) {
                    (true, _) => Some(say!(words, "finding-error-in-log-over")),
                    (false, true) => Some(say!(words, "finding-overflow-in-log-way")),
                    (false, false) => None,
                };
                words.sentences(&[said].into_iter().chain(after).collect::<Vec<_>>())
            }
            Self::AllGood { project: true } => say!(words, "finding-all-good-detail"),
            Self::AllGood { .. } => say!(words, "finding-all-good-no-project-detail"),
            Self::Exhausted { resource, held, limit, set_by } => {
                exhausted_detail(words, *resource, *set_by, *held, *limit)
            }
            Self::NearlyExhausted { resource: Watches, held, limit } => {
                say!(words, "finding-watches-nearly-detail", held = *held, limit = *limit)
            }
            Self::NearlyExhausted { resource: Instances, held, limit } => {
                say!(words, "finding-instances-nearly-detail", held = *held, limit = *limit)
            }
            Self::NeedExceedsFree { resource, to_add, free, missing, limit, set_by, .. } => {
                needed_detail(words, *resource, *set_by, [*to_add, *free, *missing, *limit])
            }
            Self::QueueTooShort(shortage) => queue_detail(words, shortage),
            Self::AppLoops { pid, fewest, most, cpu_percent } => say!(
                words,
                "finding-app-loops-detail",
                pid = pid.to_string(),
                fewest = *fewest,
                most = *most,
                percent = *cpu_percent
            ),
            Self::NobodyHasItOpen { pid } => say!(words, "finding-nobody-detail", pid = pid.to_string()),
            Self::SilentGap { pid, expected, unwatched, examples, silent, changing } => {
                let examples = listed(words, examples, *unwatched);
                gap_detail(words, *pid, *expected, &examples, *silent, *changing)
            }
            Self::HeldByOther { pid, watches, .. } => {
                say!(words, "finding-held-by-other-detail", pid = pid.to_string(), watches = *watches)
            }
            Self::EditorWatchesGenerated { pid, folders, .. } => editor_detail(words, *pid, folders),
            Self::IdleInstances { limit, holders, .. } => idle_detail(words, *limit, holders),
            Self::SettingsFileBroken { broken, .. } => broken_detail(words, broken),
            Self::SettingsFileUnreadable { reason, .. } => {
                say!(words, "finding-settings-unreadable-detail", reason = reason.as_str())
            }
            Self::UnknownWord { source, .. } => {
                say!(words, "finding-unknown-word-detail", source = source.label(words))
            }
            Self::UnknownKeys { keys, .. } => {
                let keys = words.list(keys);
                say!(words, "finding-unknown-keys-detail", keys = keys)
            }
            Self::SettingContradicted { value, beaten, beaten_value, .. } => {
                contradicted_detail(words, value, &beaten.label(words), beaten_value)
            }
            Self::RunOnSaveFreesNothing { source, watches } => {
                say!(words, "finding-run-on-save-detail", source = source.label(words), watches = *watches)
            }
            Self::BlacklistFreesNothing { source, watches } => {
                say!(words, "finding-blacklist-detail", source = source.label(words), watches = *watches)
            }
            Self::LostAtBoot { file: Some(file), .. } => {
                say!(words, "finding-lost-at-boot-detail", file = words.path(file))
            }
            Self::LostAtBoot { now, at_boot, .. } => {
                say!(words, "finding-lost-at-boot-default-detail", now = *now, at_boot = *at_boot)
            }
            Self::LineWithoutEffect { limit, line, value, refused, .. } => {
                line_detail(words, &limit.key(), *line, value, *refused)
            }
        }
    }
}
