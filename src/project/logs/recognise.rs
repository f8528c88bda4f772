//! The texts in which programs say that inotify ran out, and how to find one in a log or a terminal's output.
//!
//! Only the reading is here; what follows from it is judged in `diagnosis::error_text`.

use super::general::last_said;
use super::resource::Resource;
use super::speaker::Tool;
use super::squeezed::{Squeezed, tidy};
use super::texts::TEXTS;
use std::sync::LazyLock;

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

/// The last text of the table in `text`, or the last line that says so by its words; what is certain goes before what
/// is not.
#[must_use]
pub fn recognise(text: &str) -> Option<Recognised> {
    let squeezed = Squeezed::of(text);
    let found = TEXTS.iter().zip(needles()).filter_map(|((_, resource, tool), needle)| {
        let start = squeezed.text.rfind(needle)?;
        Some((start..start + needle.len(), *resource, *tool))
    });
    let by_table = found.max_by_key(|(range, resource, _)| (!resource.is_ambiguous(), range.end, range.len()));
    let certain = by_table.as_ref().filter(|(_, resource, _)| !resource.is_ambiguous());
    let by_words = last_said(text).filter(|said| match certain {
        Some((range, ..)) => said.resource.is_of_inotify() && squeezed.end(range) < said.start,
        None => by_table.is_none() || !said.resource.is_ambiguous(),
    });
    if let Some(said) = by_words {
        let line = tidy(&text[said.start..said.end]);
        return Some(Recognised { resource: said.resource, tool: said.tool, line });
    }
    let (range, resource, tool) = by_table?;
    let line = squeezed.line(text, &range);
    let tool = if matches!(tool, Tool::Any | Tool::Go) { Tool::of_line(&line) } else { tool };
    Some(Recognised { resource, tool, line })
}

/// The table's texts as they are searched for.
fn needles() -> &'static [String] {
    static NEEDLES: LazyLock<Vec<String>> =
        LazyLock::new(|| TEXTS.iter().map(|(needle, ..)| Squeezed::of(needle).text).collect());
    &NEEDLES
}

#[cfg(test)]
mod tests {
    use super::*;
    use Resource::Watches;
    use proptest::prelude::*;

    #[test]
    fn each_text_is_found_as_what_it_is() {
        for (text, resource, tool) in TEXTS {
            let found = recognise(&format!("x\n12:00 {}: /a\ny", text.to_uppercase())).expect("a known text");
            assert_eq!(found.resource, *resource, "what “{text}” is");
            assert!(found.tool == *tool || tool.name().is_none(), "who says “{text}”: {:?}", found.tool);
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
