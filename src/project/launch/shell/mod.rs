//! A shell script, or a line as typed into a shell, read by the grammar of bash (tree-sitter). Nothing is expanded.
//!
//! The tree is kept as a flat list in document order, so that a deeply nested script costs no stack. The grammar is
//! wrong about here-documents in several ways (measured with 0.25.1: `<<E;`, `<<A <<B`, a last line that is indented),
//! so `here_documents` takes them out by the rule of POSIX wherever the grammar says that one begins. What is known to
//! be misread otherwise makes a script *unclear* ([`Script::is_clear`]): whoever changes scripts keeps to what is safe
//! in any script then.

mod here_documents;
mod syntax;
mod word;

use std::ops::Range;
use syntax::Syntax;
pub(crate) use syntax::{Part, SyntaxNode};
pub(crate) use word::plain;

/// Nothing longer is a launch script.
const LONGEST_BYTES: usize = 1 << 20;

/// A script and its syntax.
pub(crate) struct Script<'t> {
    text: &'t [u8],
    syntax: Syntax,
    clear: bool,
}

/// A simple command, a declaration (`export …`) or `unset …`.
pub(crate) struct ShellCommand {
    /// Place among [`Script::nodes`].
    pub(crate) node: usize,
    /// Words in order: assignments before the command, the command, its arguments; redirections left out.
    pub(crate) words: Vec<Word>,
}

/// One word of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Place in the script.
    pub(crate) range: Range<usize>,
    /// The word without the quotation marks and backslashes that the shell takes away.
    pub(crate) text: Vec<u8>,
}

impl<'t> Script<'t> {
    /// Reads a script. One that is too long, or costs the grammar too much, has no commands and is not clear; so has one
    /// with a NUL, for which bash refuses it as a binary file, and which the grammar takes for the end of a word.
    pub(crate) fn read(text: &'t [u8]) -> Self {
        let can_be_read = text.len() <= LONGEST_BYTES && !text.contains(&0);
        let read = can_be_read.then(|| here_documents::read(text)).flatten();
        let (syntax, clear) = read.unwrap_or_default();
        let mut script = Self { text, syntax, clear };
        script.clear &= !script.joins_lines() && !script.has_group_as_argument();
        script
    }

    /// Tells whether the grammar is sure of every part.
    pub(crate) fn is_clear(&self) -> bool {
        self.clear
    }

    /// The whole text.
    pub(crate) fn text(&self) -> &'t [u8] {
        self.text
    }

    /// The text of a node.
    pub(crate) fn text_of(&self, node: usize) -> &'t [u8] {
        &self.text[self.nodes()[node].range.clone()]
    }

    /// All nodes in document order, parents before children.
    pub(crate) fn nodes(&self) -> &[SyntaxNode] {
        &self.syntax.nodes
    }

    /// Places of a node's children.
    pub(crate) fn children(&self, of: usize) -> impl Iterator<Item = usize> {
        let (nodes, end) = (self.nodes(), self.nodes()[of].end);
        let first = Some(of + 1).filter(|first| *first < end);
        std::iter::successors(first, move |child| Some(nodes[*child].end).filter(|next| *next < end))
    }

    /// Tells whether `node` is `ancestor`, or inside it.
    pub(crate) fn is_within(&self, node: usize, ancestor: usize) -> bool {
        ancestor <= node && node < self.nodes()[ancestor].end
    }

    /// Simple commands, declarations and `unset`, in document order.
    pub(crate) fn commands(&self) -> Vec<ShellCommand> {
        let is_command = |kind: &str| matches!(kind, "command" | "declaration_command" | "unset_command");
        let nodes = self.nodes().iter().enumerate().filter(|(_, node)| is_command(node.kind));
        nodes.map(|(node, _)| ShellCommand { node, words: self.words_of(node) }).collect()
    }

    fn words_of(&self, command: usize) -> Vec<Word> {
        let mut ranges: Vec<_> = Vec::new();
        for child in self.children(command) {
            self.add_words(child, &mut ranges);
        }
        // `run >log app.py`: the grammar gives everything after a redirection to the redirection.
        let parent = self.nodes()[command].parent;
        if self.nodes()[parent].kind == "redirected_statement" && parent + 1 == command {
            for redirect in self.children(parent).skip(1) {
                self.add_words(redirect, &mut ranges);
            }
        }
        ranges.into_iter().map(|range| Word { text: plain(&self.text[range.clone()]), range }).collect()
    }

    fn add_words(&self, node: usize, ranges: &mut Vec<Range<usize>>) {
        match self.nodes()[node].kind {
            "file_redirect" => {
                let is_destination = |child: &usize| self.nodes()[*child].part == Part::Destination;
                let after_file = self.children(node).filter(is_destination).skip(1);
                ranges.extend(after_file.map(|word| self.nodes()[word].range.clone()));
            }
            "herestring_redirect" | "comment" => {}
            _ => ranges.push(self.nodes()[node].range.clone()),
        }
    }

    /// Tells whether a group of commands stands where a command has its arguments: every shell refuses `a-b=(c)`, whose
    /// name is none of a variable, and the grammar takes what is inside for commands.
    fn has_group_as_argument(&self) -> bool {
        let nodes = self.nodes();
        nodes.iter().any(|node| node.kind == "subshell" && nodes[node.parent].kind == "command")
    }

    /// Tells whether a command is said to go on over a line ending that nothing continues: the grammar reads
    /// `A=1 >file` and the next line as one.
    fn joins_lines(&self) -> bool {
        const ON_ONE_LINE: &[&str] =
            &["command", "declaration_command", "unset_command", "file_redirect", "redirected_statement"];
        let mut commands = (0..self.nodes().len()).filter(|node| ON_ONE_LINE.contains(&self.nodes()[*node].kind));
        commands.any(|command| {
            let children: Vec<_> = self.children(command).map(|child| self.nodes()[child].range.clone()).collect();
            children.windows(2).any(|pair| {
                let gap = self.text.get(pair[0].end..pair[1].start).unwrap_or_default();
                let lines = || gap.split(|byte| *byte == b'\n');
                let last = lines().count();
                lines().take(last - 1).any(|line| !line.strip_suffix(b"\r").unwrap_or(line).ends_with(b"\\"))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn commands(script: &str) -> Vec<Vec<String>> {
        let commands = Script::read(script.as_bytes()).commands();
        let text = |word: &Word| String::from_utf8_lossy(&word.text).into_owned();
        commands.iter().map(|command| command.words.iter().map(text).collect()).collect()
    }

    #[test]
    fn commands_are_cut_as_the_shell_cuts_them() {
        for (script, expected) in [
            ("a 'b c' \"d $e h\" # i", vec![vec!["a", "b c", "d $e h"]]),
            ("a \\\n  b\\ c&&d", vec![vec!["a", "b c"], vec!["d"]]),
            ("A=\"x y\" c ''", vec![vec!["A=x y", "c", ""]]),
            ("cat <<'END' x\nit's text\nEND\nb", vec![vec!["cat", "x"], vec!["b"]]),
            ("cat <<-E\n\tq'\n\tE\nb", vec![vec!["cat"], vec!["b"]]),
            ("cat <<E; b\n E\nE x\nE\nc", vec![vec!["cat"], vec!["b"], vec!["c"]]),
            ("cat <<A <<B && b\n1\nA\n2\nB\nc", vec![vec!["cat"], vec!["b"], vec!["c"]]),
            ("x a#b #c\nd", vec![vec!["x", "a#b"], vec!["d"]]),
            ("cat <<< \"a b\"; c", vec![vec!["cat"], vec!["c"]]),
            ("run >log a 2>&1 b", vec![vec!["run", "a", "b"]]),
            ("x=(\n  run a\n)\nb", vec![vec!["b"]]),
        ] {
            assert_eq!(commands(script), expected, "{script}");
            assert!(Script::read(script.as_bytes()).is_clear(), "{script}");
        }
    }

    #[test]
    fn a_script_that_may_be_misread_is_not_clear() {
        for script in
            ["A=1 >f\nenv b", "cat <<E\nnever ends", "if x; then", "a 'b", "cat <<E \"\n\"\nE\n", "a-b=(c\nd)"]
        {
            assert!(!Script::read(script.as_bytes()).is_clear(), "{script}");
        }
    }

    proptest! {
        #[test]
        fn any_marks_are_read(script in "[ab\\\\'\"$(){}`#<>&|;= \n\r-]{0,60}") {
            let script = Script::read(script.as_bytes());
            let length = script.text.len();
            prop_assert!(script.nodes().iter().all(|node| node.range.start <= node.range.end && node.range.end <= length));
        }

        #[test]
        fn any_bytes_are_read(script: Vec<u8>) {
            let _ = Script::read(&script).commands();
        }
    }
}
