//! The rule under the table: what a line speaks of, by its words, whoever wrote it.
//!
//! "No space left on device" is about watches where the line, or the traceback around it, speaks of watching; it is the
//! disk where something was being written; else the text does not tell. Names of files and folders do not count.

use super::resource::Resource;
use super::speaker::Tool;
use super::squeezed::tidy;
use regex::Regex;
use std::sync::LazyLock;

/// What one line of a text says.
pub(super) struct Said {
    pub(super) resource: Resource,
    pub(super) tool: Tool,
    /// Where the line stands in the text.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Longest traceback looked through for a word of watching.
const MOST_FRAMES: usize = 60;

/// The last line of `text` that says for certain what ran out; the disk, or what is uncertain, only where no line does.
pub(super) fn last_said(text: &str) -> Option<Said> {
    let lines: Vec<&str> = text.split('\n').collect();
    let (mut end, mut best) = (text.len(), None::<Said>);
    for (number, line) in lines.iter().enumerate().rev() {
        let start = end - line.len();
        let resource = of_frames(&lines, number).or_else(|| of_line(line));
        // What a terminal takes for a title, for example, is said to nobody.
        if let Some(resource) = resource.filter(|_| !tidy(line).is_empty()) {
            let said = Said { resource, tool: Tool::of_line(line), start, end };
            if resource.is_of_inotify() {
                return Some(said);
            }
            if best.as_ref().is_none_or(|best| best.resource.is_ambiguous() && !resource.is_ambiguous()) {
                best = Some(said);
            }
        }
        end = start.saturating_sub(1);
    }
    best
}

fn of_line(line: &str) -> Option<Resource> {
    let words =
        PATHS.replace_all(
            line,
            |path: &regex::Captures<'_>| {
                if SOURCE.is_match(&path[0]) { path[0].to_owned() } else { " … ".to_owned() }
            },
        );
    let (space, files) = (SPACE.is_match(&words), FILES.is_match(&words));
    let (inotify, watching) = (INOTIFY.is_match(&words), WATCHING.is_match(&words));
    if QUEUE.is_match(&words) {
        Some(Resource::QueueOverflow)
    } else if FULL.is_match(&words) {
        Some(Resource::Disk)
    } else if NO_INSTANCES.is_match(&words) {
        Some(Resource::Instances)
    } else if NO_WATCHES.is_match(line) {
        Some(Resource::Watches)
    } else if space && !inotify && WRITING.is_match(&words) {
        Some(Resource::Disk)
    } else if space && (inotify || watching) {
        Some(Resource::Watches)
    } else if files && (inotify || watching) {
        Some(Resource::Instances)
    } else if space {
        Some(Resource::AmbiguousSpace)
    } else {
        files.then_some(Resource::AmbiguousFiles)
    }
}

/// The indented lines around an error are the calls that led to it, in every language.
fn of_frames(lines: &[&str], number: usize) -> Option<Resource> {
    let (space, files) = (SPACE.is_match(lines[number]), FILES.is_match(lines[number]));
    let is_frame = |line: &&&str| line.starts_with([' ', '\t']) && !line.trim().is_empty();
    let before = || lines[..number].iter().rev().take_while(is_frame).take(MOST_FRAMES);
    let after = || lines[number + 1..].iter().take_while(is_frame).take(MOST_FRAMES);
    if !(space || files) || of_line(lines[number]).is_some_and(|resource| !resource.is_ambiguous()) {
        return None;
    }
    if !before().chain(after()).any(|line| FRAME.is_match(line)) {
        return None;
    }
    Some(if space { Resource::Watches } else { Resource::Instances })
}

macro_rules! patterns {
    ($($(#[doc = $doc:literal])* $name:ident = $pattern:expr;)*) => {
        $($(#[doc = $doc])* static $name: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(concat!("(?i)", $pattern)).expect("the patterns are constants, and the tests use each of them")
        });)*
    };
}

patterns! {
    /// Words with a slash in them, and names of common files.
    PATHS = r#"[^\s'"`(\[{=:]*/[^\s'"`)\]]*|[\w-]+\.(?:csv|txt|json|log|parquet|db|zip|tar|gz|png|pdf|xlsx?)\b"#;
    /// A place in a source file: `plugins/in_tail/tail_fs_inotify.c:360`, `src/monitor.d(72)`.
    SOURCE = r"\.(?:c|cc|cpp|d|go|py|rb|rs|js|ts|java)[:(]\d+";
    SPACE = r"\bENOSPC\b|no space left on device|\berrno\b\W{0,3}28\b|\bos error 28\b|\bcode: 28\b|设备上没有空间|kein Speicherplatz mehr";
    FILES = r"\bEMFILE\b|too many open files|no file descriptors available|\berrno\b\W{0,3}24\b|\bos error 24\b|\bcode: 24\b|打开的文件过多|zu viele offene Dateien";
    INOTIFY = r"inotify|fsnotify|\bnotify(?: error|::)|tail_fs\b|FSEventError|KDirWatch";
    WATCHING = r"\b\w*watch(?:es|er|ers|ing)?\b|add_?watch|\badd (?:a )?monitor\b|directory monitor|监视|监听";
    WRITING = r"\b(?:writ(?:e|ing|ten)|sav(?:e|ing)|copy(?:ing)?|mkdir|mkstemp|f?truncate|fallocate|extract(?:ing)?|download(?:ing)?|creat(?:e|ing) (?:\w+ )?(?:temp\w* )?(?:file|directory)\b[^\n]{0,20}(?:'|…|:))";
    /// Words that only a disk is spoken of with; Python names the file that it could not write.
    FULL = r"\b(?:database or )?disk is full\b|\bOSError: \[Errno 28\] [^\n:]{0,40}: '[^'\n]+'\s*$";
    FRAME = r"inotify|fsnotify|FSWatcher|fs\.watch|WatchService|/watchdog/";
    QUEUE = r"(?:inotify|fsnotify|watch\w*|\bevents?)\b[^\n]{0,40}\b(?:queue|buffer)[^\n]{0,30}overflow|\bQ_OVERFLOW\b|overflow[^\n]{0,40}(?:inotify|fsnotify|\bevent)[^\n]{0,20}(?:queue|buffer)|(?:inotify|fsnotify|WatchService)[^\n]{0,40}overflow";
    NO_INSTANCES = r"inotify[^.\n]{0,60}\binstances?\b[^\n]{0,80}(?:reached|exceeded|exhausted|too low|used up)|(?:reached|exceeded|exhausted|too many|out of|limit o[fn])[^.\n]{0,60}inotify[^.\n]{0,20}\binstances?\b|\b(?:increas|rais)(?:e|ing)\b[^\n]{0,60}(?:max_user_instances|inotify instances?)|max_user_instances[^\n]{0,40}\b(?:too low|too small|exceeded|reached|insufficient)|\bmore inotify instances";
    NO_WATCHES = r"inotify[^.\n]{0,60}\bwatch(?:es|ers)?\b[^\n]{0,80}(?:reached|exceeded|exhausted|too low|used up)|(?:reached|exceeded|exhausted|too many|out of)[^.\n]{0,60}(?:inotify|file)[^.\n]{0,20}\b(?:watch(?:es|ers)?\b|descriptors for watch)|\bfile watch(?:es|ers)?\b[^.\n]{0,40}(?:reached|exceeded|exhausted|too low)|inotify limits?\b[^.\n]{0,20}(?:reached|exceeded|exhausted|too low)|\btoo many watch(?:es| handles|ers)\b|\b(?:increas|rais)(?:e|ing)\b[^\n]{0,60}(?:max_user_watches|inotify watch|inotify limits?)|max_user_watches[^\n]{0,40}\b(?:too low|too small|exceeded|reached|insufficient)|inotify_add_watch limit|\bmore inotify watches|\bwatch limit (?:was |has been )?(?:reached|exceeded)|\bmax ?files ?watch|inotify[^\n]{0,30}(?:监视|监听|监控)[^\n]{0,20}(?:限制|上限)|(?:达到|超过|超出)[^\n]{0,20}inotify[^\n]{0,20}(?:监视|监听|监控|watch)";
}
