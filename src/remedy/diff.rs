//! Differences between two versions of a file, line by line, for people to look at before and after.

use similar::{ChangeTag, TextDiff};

/// The differences in groups, each with up to three unchanged lines around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The groups in the order of the file; empty when nothing differs.
    pub hunks: Vec<Hunk>,
}

/// One group of neighbouring differences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The lines, in order.
    pub lines: Vec<Line>,
}

/// One line of a [`Hunk`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The kind of change to the line.
    pub kind: LineKind,
    /// The number in the old file, counted from 1; `None` for an added line.
    pub old: Option<usize>,
    /// The number in the new file, counted from 1; `None` for a removed line.
    pub new: Option<usize>,
    /// The text without the line ending. Bytes that are not UTF-8 are shown as U+FFFD.
    pub text: String,
    /// The ending.
    pub ending: LineEnding,
}

/// Kinds of change to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum LineKind {
    Kept,
    Removed,
    Added,
}

/// Endings of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnding {
    /// `\n`
    Lf,
    /// `\r\n`
    CrLf,
    /// The file ends without a line ending.
    Missing,
}

impl Diff {
    /// Compares two versions.
    #[must_use]
    pub fn between(before: &[u8], after: &[u8]) -> Self {
        let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
        let diff = TextDiff::from_lines(before.as_ref(), after.as_ref());
        let hunk = |group: Vec<similar::DiffOp>| {
            let changes = group.iter().flat_map(|operation| diff.iter_changes(operation));
            Hunk { lines: changes.map(|change| Line::of(&change)).collect() }
        };
        let groups = diff.grouped_ops(3).into_iter();
        Self {
            hunks: groups.map(hunk).filter(|hunk| hunk.lines.iter().any(|line| line.kind != LineKind::Kept)).collect(),
        }
    }

    /// Tells whether nothing differs.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.hunks.is_empty()
    }
}

impl Line {
    fn of(change: &similar::Change<&str>) -> Self {
        let kind = match change.tag() {
            ChangeTag::Equal => LineKind::Kept,
            ChangeTag::Delete => LineKind::Removed,
            ChangeTag::Insert => LineKind::Added,
        };
        let value = change.value();
        let (text, ending) = match (value.strip_suffix("\r\n"), value.strip_suffix('\n')) {
            (Some(text), _) => (text, LineEnding::CrLf),
            (None, Some(text)) => (text, LineEnding::Lf),
            (None, None) => (value, LineEnding::Missing),
        };
        let number = |index: Option<usize>| index.map(|index| index + 1);
        Self { kind, old: number(change.old_index()), new: number(change.new_index()), text: text.to_owned(), ending }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_added_between_others_is_shown_with_its_neighbours() {
        let diff = Diff::between(b"a\nb\n", b"a\nx\r\nb\n");
        let lines: Vec<_> =
            diff.hunks[0].lines.iter().map(|line| (line.kind, line.text.as_str(), line.ending)).collect();
        assert_eq!(
            lines,
            [
                (LineKind::Kept, "a", LineEnding::Lf),
                (LineKind::Added, "x", LineEnding::CrLf),
                (LineKind::Kept, "b", LineEnding::Lf)
            ]
        );
        assert_eq!((diff.hunks[0].lines[1].old, diff.hunks[0].lines[1].new), (None, Some(2)));
    }

    #[test]
    fn the_same_bytes_differ_in_nothing() {
        assert!(Diff::between(b"a\nb", b"a\nb").is_empty());
        assert!(!Diff::between(b"a\n", b"a").is_empty(), "a missing final line ending is a difference");
    }
}
