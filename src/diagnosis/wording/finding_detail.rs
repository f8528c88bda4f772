//! Details of findings that depend on several figures, or take more than one sentence.

use crate::diagnosis::budget::{QueueShortage, SetBy};
use crate::diagnosis::finding::LimitedResource::{self, Instances, Watches};
use crate::diagnosis::recommendation::longest_delay_tenths;
use crate::project::Streamlit;
use crate::project::streamlit::{BrokenToml, Stop, StopReason};
use crate::say;
use crate::watchers::Documented;
use crate::words::{Words, visible};

pub(super) fn estimate_detail(words: &Words, version: &str, newer: bool) -> String {
    let newest = Streamlit::newest_measured();
    if newer {
        say!(words, "finding-estimate-newer", version = version, newest = newest)
    } else {
        say!(words, "finding-estimate-detail", version = version, newest = newest)
    }
}

/// Words why the script ends there, and what that means for the count.
pub(super) fn stop_detail(words: &Words, stop: &Stop, version: Option<&str>) -> String {
    words.sentences(&[stop_reason(words, stop, version), say!(words, "finding-stops-after")])
}

fn stop_reason(words: &Words, stop: &Stop, version: Option<&str>) -> String {
    match &stop.reason {
        StopReason::MissingModule(module) => say!(words, "finding-stops-module", module = module.as_str()),
        StopReason::OutsidePackage(module) => say!(words, "finding-stops-relative", module = module.as_str()),
        StopReason::MissingName { module, name } => match version {
            Some(version) if module == "streamlit" => {
                say!(words, "finding-stops-streamlit", name = name.as_str(), version = version)
            }
            _ => say!(words, "finding-stops-name", module = module.as_str(), name = name.as_str()),
        },
        StopReason::Syntax => say!(words, "finding-stops-syntax"),
        StopReason::MissingSecret { key, no_file: true } => say!(words, "finding-stops-no-secrets", key = key.as_str()),
        StopReason::MissingSecret { key, .. } => say!(words, "finding-stops-secret", key = key.as_str()),
        StopReason::MissingFile(file) => say!(words, "finding-stops-file", file = words.path(file)),
        StopReason::MissingVariable(name) => say!(words, "finding-stops-variable", name = name.as_str()),
        StopReason::MissingPage(file) => say!(words, "finding-stops-page", file = words.path(file)),
        StopReason::UndefinedName(name) => say!(words, "finding-stops-undefined", name = name.as_str()),
        StopReason::MissingKey(key) => say!(words, "finding-stops-key", key = key.as_str()),
        StopReason::MissingPlace => say!(words, "finding-stops-place"),
        StopReason::OfNone(name) => say!(words, "finding-stops-none", name = name.as_str()),
        StopReason::WrongArguments(name) => say!(words, "finding-stops-arguments", name = name.as_str()),
        StopReason::Circular { module, name } => {
            say!(words, "finding-stops-circular", module = module.as_str(), name = name.as_str())
        }
        StopReason::Raised(class) => say!(words, "finding-stops-raised", class = class.as_str()),
    }
}

/// Words the advice: where the limit is the user namespace's own, raising the kernel's is no advice.
pub(super) fn exhausted_detail(
    words: &Words,
    resource: LimitedResource,
    set_by: SetBy,
    held: u64,
    limit: u64,
) -> String {
    match (resource, set_by) {
        (Watches, SetBy::Kernel) => say!(words, "finding-watches-exhausted-detail", held = held, limit = limit),
        (Instances, SetBy::Kernel) => say!(words, "finding-instances-exhausted-detail", held = held, limit = limit),
        (Watches, SetBy::Namespace) => say!(words, "finding-watches-exhausted-namespace", held = held, limit = limit),
        (Instances, SetBy::Namespace) => {
            say!(words, "finding-instances-exhausted-namespace", held = held, limit = limit)
        }
    }
}

/// The same where the project needs more than is left.
pub(super) fn needed_detail(words: &Words, resource: LimitedResource, set_by: SetBy, figures: [u64; 4]) -> String {
    let [to_add, free, missing, limit] = figures;
    match (resource, set_by) {
        (Watches, SetBy::Kernel) => {
            say!(words, "finding-watches-needed-detail", to_add = to_add, free = free, missing = missing, limit = limit)
        }
        (Instances, SetBy::Kernel) => {
            say!(
                words,
                "finding-instances-needed-detail",
                to_add = to_add,
                free = free,
                missing = missing,
                limit = limit
            )
        }
        (Watches, SetBy::Namespace) => {
            say!(
                words,
                "finding-watches-needed-namespace",
                to_add = to_add,
                free = free,
                missing = missing,
                limit = limit
            )
        }
        (Instances, SetBy::Namespace) => {
            say!(
                words,
                "finding-instances-needed-namespace",
                to_add = to_add,
                free = free,
                missing = missing,
                limit = limit
            )
        }
    }
}

pub(super) fn queue_detail(words: &Words, shortage: &QueueShortage) -> String {
    let QueueShortage { loops, events, queue, directories, .. } = *shortage;
    if loops {
        say!(words, "finding-queue-loops-detail", directories = directories, events = events, queue = queue)
    } else {
        say!(words, "finding-queue-until-detail", directories = directories, events = events, queue = queue)
    }
}

/// The ways out side by side.
pub(super) fn queue_ways(words: &Words, shortage: &QueueShortage) -> Vec<String> {
    let QueueShortage { wanted, polled_files, .. } = *shortage;
    let tenths = longest_delay_tenths(polled_files);
    let seconds = format!("{}.{}", tenths / 10, tenths % 10);
    vec![
        say!(words, "finding-queue-way-raise", wanted = wanted),
        say!(words, "finding-queue-way-poll", files = polled_files, seconds = seconds),
        say!(words, "finding-queue-way-older"),
        say!(words, "finding-queue-way-fewer"),
    ]
}

pub(super) fn gap_detail(
    words: &Words,
    pid: u32,
    expected: u64,
    examples: &str,
    silent: bool,
    changing: bool,
) -> String {
    let pid = pid.to_string();
    let gap = if silent {
        say!(words, "finding-gap-silent-detail", pid = pid, expected = expected, examples = examples)
    } else {
        say!(words, "finding-gap-detail", pid = pid, expected = expected, examples = examples)
    };
    let changing = changing.then(|| say!(words, "finding-gap-changing"));
    words.sentences(&[gap].into_iter().chain(changing).collect::<Vec<_>>())
}

pub(super) fn contradicted_detail(words: &Words, value: &str, beaten: &str, beaten_value: &str) -> String {
    say!(words, "finding-contradicted-detail", value = value, beaten = beaten, beaten_value = beaten_value)
}

/// Names the folders with the watches in each.
pub(super) fn editor_detail(words: &Words, pid: u32, folders: &[(String, u64)]) -> String {
    let each = folders.iter().map(|(name, watches)| format!("{name} ({})", words.number(*watches)));
    let folders = words.first_few(each, folders.len() as u64);
    say!(words, "finding-editor-detail", pid = pid.to_string(), folders = folders)
}

/// Names the programs with the instances that each holds for nothing.
pub(super) fn idle_detail(words: &Words, limit: u64, holders: &[(u32, String, u64)]) -> String {
    let any_dotnet = holders.iter().any(|(_, program, _)| program == Documented::Dotnet.program());
    let each = holders.iter().map(|(pid, program, idle)| format!("{program} ({pid}) {}", words.number(*idle)));
    let holders = words.first_few(each, holders.len() as u64);
    let detail = say!(words, "finding-idle-instances-detail", limit = limit, holders = holders);
    if !any_dotnet {
        return detail;
    }
    words.sentences(&[detail, say!(words, "finding-idle-dotnet", variables = Documented::Dotnet.text())])
}

pub(super) fn sight_detail(words: &Words, own: u64, others: u64, hidden: bool) -> String {
    let mut sentences = Vec::new();
    if own > 0 {
        sentences.push(say!(words, "finding-cannot-see-own", own = own));
    }
    if others > 0 {
        sentences.push(say!(words, "finding-cannot-see-others", others = others));
    }
    if hidden {
        sentences.push(say!(words, "finding-hidden-detail"));
    }
    words.sentences(&sentences)
}

pub(super) fn broken_detail(words: &Words, broken: &BrokenToml) -> String {
    let (line, text) = (broken.line.to_string(), broken.text.trim());
    if let Some(key) = &broken.outside_section {
        let suggestion = broken.suggestion.as_deref().unwrap_or_default().trim();
        return say!(
            words,
            "finding-settings-outside-detail",
            line = line,
            key = key.as_str(),
            suggestion = suggestion
        );
    }
    match &broken.suggestion {
        Some(suggestion) => {
            let suggestion = suggestion.trim();
            say!(words, "finding-settings-broken-suggestion", line = line, text = text, suggestion = suggestion)
        }
        None => {
            let (reason, text) = (broken.mistake.in_words(words), visible(text));
            say!(words, "finding-settings-broken-detail", line = line, reason = reason, text = text)
        }
    }
}

pub(super) fn line_detail(words: &Words, key: &str, line: usize, value: &str, refused: bool) -> String {
    let line = line.to_string();
    if refused {
        say!(words, "finding-line-refused-detail", line = line, key = key, value = value)
    } else {
        say!(words, "finding-line-not-read-detail", line = line, key = key, value = value)
    }
}
