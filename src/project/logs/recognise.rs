//! The texts in which programs say that inotify ran out, and how to find one in a log or a terminal's output.
//!
//! Only the reading is here; what follows from it is judged in `diagnosis::error_text`.

use Resource::{AmbiguousFiles, AmbiguousSpace, Instances, QueueOverflow, Watches};
use std::ops::Range;

/// The resource that ran out, as far as the text alone tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// The watches of the account.
    Watches,
    /// The inotify instances of the account, or the descriptors of the process: `inotify_init` says EMFILE for both.
    Instances,
    /// ENOSPC without a word about inotify: watches, or the disk.
    AmbiguousSpace,
    /// EMFILE without a word about inotify: instances, or the descriptors of the process.
    AmbiguousFiles,
    /// Events came faster than they were read: some are lost, nothing ran out.
    QueueOverflow,
}

impl Resource {
    /// Tells whether the text alone does not tell what ran out.
    #[must_use]
    pub const fn is_ambiguous(self) -> bool {
        matches!(self, AmbiguousSpace | AmbiguousFiles)
    }
}

/// Programs that talk like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tool {
    /// watchdog, which Streamlit and many Python tools use.
    Watchdog,
    /// watchfiles, which `uvicorn --reload` uses, and other programs that use the same Rust crate.
    Watchfiles,
    /// inotifywait and inotifywatch.
    InotifyTools,
    /// Node.js, and with it Vite, webpack, Jest …
    Node,
    /// Visual Studio Code.
    VsCode,
    /// .NET.
    DotNet,
    /// An IDE by `JetBrains`.
    JetBrains,
    /// systemd.
    Systemd,
    /// `tail -f`.
    Tail,
    /// A program in Go.
    Go,
    /// pyinotify.
    Pyinotify,
    /// The kernel's own text, which any program may print.
    Any,
}

/// Texts as their programs print them: letter case and line breaks do not matter. Where one holds another the longer
/// one is found.
const TEXTS: &[(&str, Resource, Tool)] = &[
    ("inotify watch limit reached", Watches, Tool::Watchdog),
    ("inotify instance limit reached", Instances, Tool::Watchdog),
    ("inotify queue overflowed", QueueOverflow, Tool::Watchdog),
    ("OS file watch limit reached", Watches, Tool::Watchfiles),
    ("Error creating recommended watcher: Too many open files", Instances, Tool::Watchfiles),
    ("upper limit on inotify watches reached", Watches, Tool::InotifyTools),
    ("Couldn't initialize inotify: Too many open files", Instances, Tool::InotifyTools),
    ("System limit for number of file watchers reached", Watches, Tool::Node),
    ("ENOSPC: no space left on device, watch", Watches, Tool::Node),
    ("EMFILE: too many open files, watch", Instances, Tool::Node),
    ("unable to watch for file changes in this large workspace", Watches, Tool::VsCode),
    ("on the number of inotify watches has been reached", Watches, Tool::DotNet),
    ("on the number of inotify instances has been reached", Instances, Tool::DotNet),
    ("The current inotify(7) watch limit is too low", Watches, Tool::JetBrains),
    ("inotify watch limit is too low", Watches, Tool::JetBrains),
    ("Failed to allocate directory watch: Too many open files", Instances, Tool::Systemd),
    ("Failed to allocate directory watch: No space left on device", Watches, Tool::Systemd),
    ("inotify resources exhausted", Watches, Tool::Tail),
    ("inotify cannot be used, reverting to polling: Too many open files", Instances, Tool::Tail),
    ("fsnotify watcher: too many open files", Instances, Tool::Go),
    ("inotify_init: too many open files", Instances, Tool::Go),
    ("inotify_init1: too many open files", Instances, Tool::Go),
    ("inotify_add_watch: no space left on device", Watches, Tool::Go),
    ("Cannot initialize new instance of inotify, Errno=Too many open files", Instances, Tool::Pyinotify),
    ("IN_Q_OVERFLOW", QueueOverflow, Tool::Any),
    ("No space left on device", AmbiguousSpace, Tool::Any),
    ("[Errno 28]", AmbiguousSpace, Tool::Any),
    ("(os error 28)", AmbiguousSpace, Tool::Any),
    ("ENOSPC", AmbiguousSpace, Tool::Any),
    ("Too many open files", AmbiguousFiles, Tool::Any),
    ("[Errno 24]", AmbiguousFiles, Tool::Any),
    ("(os error 24)", AmbiguousFiles, Tool::Any),
];

/// Longest line handed on, in characters.
const LINE_CHARS: usize = 400;

/// An error found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The resource that ran out.
    pub resource: Resource,
    /// The program that says so.
    pub tool: Tool,
    /// The line, or the lines where it was wrapped, without colour codes, blanks drawn together, cut to a few hundred
    /// characters.
    pub line: String,
}

/// The last text of the table in `text`; one that names inotify goes before one that does not.
#[must_use]
pub fn recognise(text: &str) -> Option<Recognised> {
    let squeezed = Squeezed::of(text);
    let found = TEXTS.iter().filter_map(|(needle, resource, tool)| {
        let needle = Squeezed::of(needle).text;
        let start = squeezed.text.rfind(&needle)?;
        Some((start..start + needle.len(), *resource, *tool))
    });
    let (range, resource, tool) =
        found.max_by_key(|(range, resource, _)| (!resource.is_ambiguous(), range.end, range.len()))?;
    Some(Recognised { resource, tool, line: squeezed.line(text, &range) })
}

/// A text without what wrapping, colouring and framing put into it.
struct Squeezed {
    /// The text in lower case, without blanks, line ends and frames.
    text: String,
    /// Places where each byte of `text` stood.
    places: Vec<usize>,
}

impl Squeezed {
    fn of(text: &str) -> Self {
        let (mut squeezed, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        for (place, letter) in visible(text) {
            if !letter.is_whitespace() && !letter.is_control() && !is_frame(letter) {
                squeezed.push(letter.to_ascii_lowercase());
                places.resize(squeezed.len(), place);
            }
        }
        Self { text: squeezed, places }
    }

    /// The line or lines of `text` around a part of the squeezed text.
    fn line(&self, text: &str, range: &Range<usize>) -> String {
        let (first, last) = (self.places[range.start], self.places[range.end - 1]);
        let begin = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let until = text[last..].find('\n').map_or(text.len(), |at| last + at);
        let letters: String = visible(&text[begin..until]).map(|(_, letter)| letter).collect();
        let words = letters.split(|letter: char| letter.is_whitespace() || letter.is_control() || is_frame(letter));
        let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        line.chars().take(LINE_CHARS).collect()
    }
}

/// Lines that rich tracebacks and boxes are drawn with.
fn is_frame(letter: char) -> bool {
    ('\u{2500}'..='\u{257f}').contains(&letter)
}

/// The characters that are not part of a terminal's escape sequence, with their places.
fn visible(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut letters = text.char_indices();
    std::iter::from_fn(move || {
        loop {
            match letters.next()? {
                (_, '\u{1b}') => skip_escape(&mut letters),
                shown => return Some(shown),
            }
        }
    })
}

/// ECMA-48: `ESC [ … letter`, `ESC ] … BEL` or `ESC ] … ESC \`, otherwise one character.
fn skip_escape(letters: &mut std::str::CharIndices<'_>) {
    match letters.next() {
        Some((_, '[')) => drop(letters.find(|(_, letter)| ('@'..='~').contains(letter))),
        Some((_, ']')) => skip_title(letters),
        _ => {}
    }
}

/// The end of a title is within its line: one that is not closed must not swallow the rest of a log.
fn skip_title(letters: &mut std::str::CharIndices<'_>) {
    let end = letters.find(|(_, letter)| matches!(letter, '\u{7}' | '\u{1b}' | '\n'));
    if end.is_some_and(|(_, end)| end == '\u{1b}') {
        letters.next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_text_is_found_as_what_it_is() {
        for (text, resource, tool) in TEXTS {
            let found = recognise(&format!("x\n12:00 {}: /a\ny", text.to_uppercase())).expect("a known text");
            assert_eq!((found.resource, found.tool), (*resource, *tool), "what “{text}” is");
        }
    }

    #[test]
    fn colours_frames_and_wraps_do_not_hide_it() {
        for text in [
            "\u{1b}[31mOSError\u{1b}[0m: [Errno 28] inotify \u{1b}[1mwatch\u{1b}[22m limit reached",
            "OSError: [Errno 28] inotify watch lim\nit reached",
            "│ OSError: [Errno 28] inotify watch   │\n│ limit reached                       │",
            "\u{1b}]0;title\u{7}OSError: [Errno 28] inotify watch limit reached\r\n",
        ] {
            let found = recognise(text).unwrap_or_else(|| panic!("found in {text:?}"));
            assert_eq!(found.resource, Watches);
            assert!(found.line.starts_with("OSError: [Errno 28] inotify watch lim"), "{}", found.line);
        }
    }

    #[test]
    fn the_last_certain_text_counts() {
        let text = "inotify instance limit reached\nlater: inotify watch limit reached\nNo space left on device";
        let found = recognise(text).expect("a known text");
        assert_eq!((found.resource, found.line.as_str()), (Watches, "later: inotify watch limit reached"));
    }

    #[test]
    fn other_errors_are_none() {
        for text in
            ["", "OSError: [Errno 2] No such file or directory: 'x'", "systemfile 24", "inotify works", "\u{1b}["]
        {
            assert_eq!(recognise(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(before in "(?s).{0,60}", after in "(?s).{0,60}") {
            let _ = recognise(&format!("{before}Too many open files{after}"));
        }
    }
}
