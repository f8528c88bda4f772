//! A syntax tree as a flat list.

use std::cell::RefCell;
use std::ops::{ControlFlow, Range};
use std::sync::LazyLock;
use tree_sitter::{Language, ParseOptions, ParseState, Parser, Tree, TreeCursor};

/// One node of the tree. A token such as `&&` is a node too.
#[derive(Clone, Debug)]
pub(crate) struct SyntaxNode {
    /// The grammar's name for it.
    pub(crate) kind: &'static str,
    /// The part it plays in its parent.
    pub(crate) part: Part,
    /// Place in the script, in bytes.
    pub(crate) range: Range<usize>,
    /// Place of the parent in the list; the root is its own.
    pub(crate) parent: usize,
    /// Place after the last node inside this one.
    pub(crate) end: usize,
}

/// Parts that a node plays in its parent, as far as they matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The name of what is defined or run.
    Name,
    /// The file of a redirection, and what the grammar takes for one.
    Destination,
    /// Any other.
    Other,
}

/// A whole tree.
#[derive(Default)]
pub(super) struct Syntax {
    /// Nodes in document order, parents before children.
    pub(super) nodes: Vec<SyntaxNode>,
    /// Whether the grammar passed over or made up something.
    pub(super) has_error: bool,
}

/// Calls of the grammar's progress callback, one for a hundred steps, after which it is stopped: a script takes one or
/// two steps a byte, what is made to confuse the grammar may take a thousand times as many.
const BYTES_PER_CALL: usize = 10;
const LEAST_CALLS: usize = 4_000;

static LANGUAGE: LazyLock<Language> = LazyLock::new(|| tree_sitter_bash::LANGUAGE.into());

thread_local! {
    static PARSER: RefCell<Option<Parser>> = RefCell::new(shell_parser());
}

fn shell_parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&LANGUAGE).ok().map(|()| parser)
}

impl Syntax {
    /// Parses `text`; `None` where that would take too long.
    pub(super) fn of(text: &[u8]) -> Option<Self> {
        let most = text.len() / BYTES_PER_CALL + LEAST_CALLS;
        let mut calls = 0_usize;
        let mut watch = |_: &ParseState| {
            calls += 1;
            if calls > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let tree = PARSER.with_borrow_mut(|parser| {
            let parser = parser.as_mut()?;
            let options = ParseOptions::new().progress_callback(&mut watch);
            let mut input = |byte: usize, _| text.get(byte..).unwrap_or_default();
            let tree = parser.parse_with_options(&mut input, None, Some(options));
            if tree.is_none() {
                // Otherwise the next text would be taken for the rest of this one.
                parser.reset();
            }
            tree
        })?;
        Some(Self { nodes: flat(&tree), has_error: tree.root_node().has_error() })
    }
}

fn flat(tree: &Tree) -> Vec<SyntaxNode> {
    let mut nodes: Vec<SyntaxNode> = Vec::new();
    let mut cursor = tree.walk();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let place = nodes.len();
        nodes.push(node(&cursor, open.last().copied().unwrap_or(place)));
        if cursor.goto_first_child() {
            open.push(place);
            continue;
        }
        nodes[place].end = place + 1;
        while !cursor.goto_next_sibling() {
            let Some(parent) = open.pop() else { return nodes };
            nodes[parent].end = nodes.len();
            cursor.goto_parent();
        }
    }
}

fn node(cursor: &TreeCursor<'_>, parent: usize) -> SyntaxNode {
    let node = cursor.node();
    let part = match cursor.field_name() {
        Some("name") => Part::Name,
        Some("destination") => Part::Destination,
        _ => Part::Other,
    };
    let kind = LANGUAGE.node_kind_for_id(node.kind_id()).unwrap_or_default();
    SyntaxNode { kind, part, range: node.byte_range(), parent, end: 0 }
}
