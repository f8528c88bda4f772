//! Places in a script where a line may be put so that nothing but the variable changes.
//!
//! Above the first command every line is safe. Near the launch is where a person would look for it, and where it also
//! beats what the script reads from elsewhere before; but only a statement of a list may have a line before it that
//! begins on a line of its own, and not where the line would be noticed: by `$?`, by a trace, by a trap.

use crate::project::launch::shell::{Part, Script, ShellCommand};
use std::ops::Range;

/// Texts by which a script looks at the outcome or the last word of the command before.
const LOOKS_BACK: &[&[u8]] = &[b"$?", b"${?", b"$_", b"${_", b"PIPESTATUS", b"pipestatus", b"$status", b"${status"];

/// Commands that run text which is looked at nowhere, or whose outcome without an argument is that of the one before.
const OPAQUE: &[&[u8]] = &[b"eval", b".", b"source", b"exit", b"return", b"trap", b"wait", b"command", b"builtin"];

/// Finds the line below `#!` and the comments that follow it.
pub(super) fn below_the_head(text: &[u8]) -> usize {
    let lines = text.split_inclusive(|byte| *byte == b'\n');
    lines.take_while(|line| line.starts_with(b"#")).map(<[u8]>::len).sum()
}

/// A place for a line near the launch.
pub(super) struct Near {
    /// Beginning of the line.
    pub(super) line: usize,
    /// Whether nothing between it and the launch names the variable, and no function is defined or called there.
    pub(super) is_reached_at_once: bool,
}

/// Finds where the line begins that leads to this launch, where a line before it changes nothing else.
pub(super) fn line_before(script: &Script<'_>, launch: usize, variable: &str) -> Option<Near> {
    let nodes = script.nodes();
    let mut statement = launch;
    while !is_listed(script, statement) {
        if nodes[statement].parent == statement {
            return None;
        }
        statement = nodes[statement].parent;
    }
    let line = begins_line(script, statement)?;
    let between = &script.text()[line..nodes[launch].range.start];
    let is_reached_at_once = nodes[statement].kind != "function_definition"
        && !mentions(between, &[variable.as_bytes()])
        && first_command(script, statement).is_none_or(|first| first.node == launch);
    (!is_traced(script) && !looks_back(script, statement, launch)).then_some(Near { line, is_reached_at_once })
}

/// Tells whether whoever comes to `launch` has come by `statement`, whole.
pub(super) fn leads(script: &Script<'_>, statement: usize, launch: usize) -> bool {
    let nodes = script.nodes();
    let list = nodes[statement].parent;
    let in_background = nodes.get(nodes[statement].end).is_some_and(|next| next.kind == "&");
    let branches = || script.children(list).filter(|child| matches!(nodes[*child].kind, "else_clause" | "elif_clause"));
    is_listed(script, statement)
        && nodes[statement].range.end <= nodes[launch].range.start
        && script.is_within(launch, list)
        && !in_background
        && !branches().any(|branch| script.is_within(launch, branch))
}

/// Tells whether a node is a statement of a list of statements, not a condition and not a part of `a && b` or `a | b`.
fn is_listed(script: &Script<'_>, node: usize) -> bool {
    let list = script.nodes()[node].parent;
    let after = |word: &str| {
        script.children(list).take_while(|child| *child < node).any(|child| script.nodes()[child].kind == word)
    };
    if matches!(script.nodes()[node].kind, "elif_clause" | "else_clause") {
        return false;
    }
    match script.nodes()[list].kind {
        "program" => list != node,
        "if_statement" | "elif_clause" => after("then"),
        "else_clause" => after("else"),
        "do_group" => after("do"),
        "case_item" => after(")"),
        "compound_statement" => after("{"),
        "subshell" => after("("),
        _ => false,
    }
}

/// Returns the beginning of the line where only blanks stand before the statement and nothing goes on from the line
/// above.
fn begins_line(script: &Script<'_>, statement: usize) -> Option<usize> {
    let nodes = script.nodes();
    let (list, start) = (nodes[statement].parent, nodes[statement].range.start);
    let before = script.children(list).take_while(|child| *child < statement).last();
    // The keyword or statement before it ends here; after it come blanks, line endings and here-documents.
    let end = before.map_or(0, |before| nodes[before].range.end);
    let text = script.text();
    let line = text[..start].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let indented = text[line..start].iter().all(|byte| matches!(byte, b' ' | b'\t'));
    let above = text[..line].strip_suffix(b"\n").unwrap_or_default();
    let goes_on = above.strip_suffix(b"\r").unwrap_or(above).ends_with(b"\\");
    (line >= end && indented && !goes_on).then_some(line)
}

/// Tells whether the shell would say something of a new line: `set -x`, `set -v`, a trap on every command.
fn is_traced(script: &Script<'_>) -> bool {
    script.commands().iter().any(|command| {
        let words: Vec<&[u8]> = command.words.iter().map(|word| word.text.as_slice()).collect();
        let option = |word: &&[u8]| word.starts_with(b"-") && (word.contains(&b'x') || word.contains(&b'v'));
        match words.split_first() {
            Some((&b"set", rest)) => rest.iter().any(|word| option(word) || *word == b"xtrace" || *word == b"verbose"),
            Some((&b"trap", rest)) => rest.contains(&b"DEBUG".as_slice()),
            _ => false,
        }
    })
}

/// Tells whether the first thing that the statement does could see that another command ran before it.
fn looks_back(script: &Script<'_>, statement: usize, launch: usize) -> bool {
    let nodes = script.nodes();
    if mentions(&script.text()[with_documents(script, statement)], LOOKS_BACK) {
        return true;
    }
    let first = first_command(script, statement).filter(|first| first.node != launch);
    let Some(first) = first else { return false };
    let name = first.words.iter().map(|word| word.text.as_slice()).find(|word| !word.contains(&b'='));
    let Some(name) = name else { return false };
    let defines = |node: usize| nodes[node].kind == "function_definition" && names(script, node, name);
    OPAQUE.contains(&name) || name.contains(&b'$') || name.contains(&b'`') || (0..nodes.len()).any(defines)
}

fn first_command(script: &Script<'_>, statement: usize) -> Option<ShellCommand> {
    let inside = statement..script.nodes()[statement].end;
    script.commands().into_iter().find(|command| inside.contains(&command.node))
}

/// Tells whether a function definition is that of `name`.
fn names(script: &Script<'_>, definition: usize, name: &[u8]) -> bool {
    let is_name = |child: &usize| script.nodes()[*child].part == Part::Name;
    script.children(definition).find(is_name).is_some_and(|child| script.text_of(child) == name)
}

/// The statement's text up to the end of its last line and of the here-documents that follow it.
fn with_documents(script: &Script<'_>, statement: usize) -> Range<usize> {
    let (nodes, text) = (script.nodes(), script.text());
    let Range { start, end } = nodes[statement].range.clone();
    let goes_on_below = |next: &usize| text.get(end..*next).is_some_and(|gap| gap.contains(&b'\n'));
    let next = nodes[nodes[statement].end..].iter().map(|node| node.range.start).find(goes_on_below);
    start..next.unwrap_or(text.len())
}

fn mentions(text: &[u8], words: &[&[u8]]) -> bool {
    words.iter().any(|word| memchr::memmem::find(text, word).is_some())
}
