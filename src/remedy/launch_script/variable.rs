//! The places of a script that set the variable, export it or take it away.

use super::launches::{Launch, sets};
use crate::project::launch::shell::{Script, ShellCommand, Word};
use std::ops::Range;

/// Uses of the variable in a script.
#[derive(Default)]
pub(super) struct Uses {
    /// Assignments, each once.
    pub(super) assignments: Vec<Assignment>,
    /// Nodes of the declarations that export it.
    pub(super) exports: Vec<usize>,
    /// Whether it is unset or kept from programs somewhere.
    pub(super) taken_away: bool,
    /// Whether it is made read-only somewhere.
    pub(super) read_only: bool,
    variable: &'static str,
}

/// An assignment of the variable.
pub(super) struct Assignment {
    /// The word, name included.
    pub(super) word: Range<usize>,
    /// The node of the statement that it is, or is part of.
    pub(super) node: usize,
    pub(super) how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// A statement of its own, `NAME=value`.
    Alone,
    /// A part of `export …`, `declare -x …`.
    Exported,
    /// A part of `local …`, `A=1 NAME=value`.
    NotExported,
    /// `NAME=value command`, `env NAME=value command`.
    ForOneCommand,
}

impl Uses {
    pub(super) fn of(script: &Script<'_>, launches: &[Launch], variable: &'static str) -> Self {
        let mut uses = Self { variable, ..Self::default() };
        for command in script.commands() {
            match script.nodes()[command.node].kind {
                "declaration_command" => uses.declaration(script, &command),
                "unset_command" => uses.taken_away |= command.words.iter().any(|word| names(variable, script, word)),
                _ => {}
            }
        }
        for launch in launches {
            let words = launch.assignments().map(|word| word.range.clone());
            uses.assignments.extend(words.map(|word| Assignment { word, node: launch.node, how: How::ForOneCommand }));
        }
        uses.statements(script);
        uses.assignments.sort_by_key(|one| one.word.start);
        uses.assignments.dedup_by_key(|one| one.word.start);
        uses
    }

    /// `export`, `declare`, `typeset`, `local`, `readonly` with their options.
    fn declaration(&mut self, script: &Script<'_>, command: &ShellCommand) {
        let Some((keyword, words)) = command.words.split_first() else { return };
        if !words.iter().any(|word| names(self.variable, script, word)) {
            return;
        }
        let option = |sign: u8, letter: u8| {
            words.iter().any(|word| word.text.starts_with(&[sign]) && word.text.contains(&letter))
        };
        let is_export = keyword.text == b"export";
        self.read_only |= keyword.text == b"readonly" || option(b'-', b'r');
        let hides = option(b'+', b'x') || (is_export && option(b'-', b'n'));
        self.taken_away |= hides;
        let exports = !hides && (is_export || option(b'-', b'x'));
        if exports {
            self.exports.push(command.node);
        }
        let how = if exports { How::Exported } else { How::NotExported };
        let words = words.iter().filter(|word| sets(self.variable, &word.text)).map(|word| word.range.clone());
        self.assignments.extend(words.map(|word| Assignment { word, node: command.node, how }));
    }

    /// Assignments outside declarations; those of launches are known already.
    fn statements(&mut self, script: &Script<'_>) {
        for (node, about) in script.nodes().iter().enumerate() {
            if about.kind != "variable_assignment" || !script.text_of(node).starts_with(self.variable.as_bytes()) {
                continue;
            }
            let name = script.children(node).next().map(|name| script.text_of(name));
            if name != Some(self.variable.as_bytes()) {
                continue;
            }
            let (how, statement) = match script.nodes()[about.parent].kind {
                "command" => (How::ForOneCommand, about.parent),
                "declaration_command" => continue,
                "variable_assignments" => (How::NotExported, about.parent),
                "program"
                | "if_statement"
                | "elif_clause"
                | "else_clause"
                | "do_group"
                | "case_item"
                | "subshell"
                | "compound_statement"
                | "list"
                | "pipeline"
                | "while_statement"
                | "command_substitution" => (How::Alone, node),
                _ => (How::NotExported, node),
            };
            self.assignments.push(Assignment { word: about.range.clone(), node: statement, how });
        }
    }
}

/// `NAME` or `NAME=…`. Before a carriage return the shells see another name.
fn names(variable: &str, script: &Script<'_>, word: &Word) -> bool {
    let ends_line = script.text()[word.range.end..].starts_with(b"\r\n");
    sets(variable, &word.text) || (word.text == variable.as_bytes() && !ends_line)
}
