//! One Python file, parsed.

use crate::guarded;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use tree_sitter::{Node, Parser, Tree};

/// Files above this size are data, not code: their content is not looked at.
const LARGEST_BYTES: u64 = 8 << 20;

thread_local! {
    static PARSER: RefCell<Option<Parser>> = RefCell::new(python_parser());
}

fn python_parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_python::LANGUAGE.into()).ok().map(|()| parser)
}

/// Text and syntax tree of one file.
pub(super) struct PythonSource {
    pub(super) path: PathBuf,
    text: Vec<u8>,
    tree: Tree,
    /// The line of the first thing that `CPython` refuses.
    mistake: Option<usize>,
}

/// A place in a [`PythonSource`] that outlives the borrow of its node.
#[derive(Clone)]
pub(super) struct SourcePlace {
    pub(super) source: Rc<PythonSource>,
    id: usize,
    start: usize,
    end: usize,
}

impl PythonSource {
    /// Reads a file; `None` when it cannot be read or is no code. `minor`: of the Python 3 that will run it.
    pub(super) fn read(path: &Path, minor: Option<u64>) -> Option<Rc<Self>> {
        Self::parse(path, guarded::read(path, LARGEST_BYTES).ok()?, minor)
    }

    /// Parses text of any kind.
    pub(super) fn parse(path: &Path, text: Vec<u8>, minor: Option<u64>) -> Option<Rc<Self>> {
        let tree = PARSER.with_borrow_mut(|parser| parser.as_mut()?.parse(&text, None))?;
        let mistake = mistake(&tree, &text, minor);
        Some(Rc::new(Self { path: path.to_path_buf(), text, tree, mistake }))
    }

    /// The line, counted from 1, of the first thing for which `CPython` would refuse the file. Of 15,700 files of the
    /// standard library and of Streamlit's dependencies the parser takes one valid one for invalid.
    pub(super) fn mistake(&self) -> Option<usize> {
        self.mistake
    }

    pub(super) fn root(&self) -> Node<'_> {
        self.tree.root_node()
    }

    /// The node's text, lossily decoded.
    pub(super) fn text(&self, node: Node<'_>) -> String {
        String::from_utf8_lossy(self.text.get(node.byte_range()).unwrap_or_default()).into_owned()
    }

    /// The text between two places.
    pub(super) fn between(&self, start: usize, end: usize) -> String {
        String::from_utf8_lossy(self.text.get(start..end).unwrap_or_default()).into_owned()
    }
}

impl SourcePlace {
    pub(super) fn of(source: &Rc<PythonSource>, node: Node<'_>) -> Self {
        Self { source: Rc::clone(source), id: node.id(), start: node.start_byte(), end: node.end_byte() }
    }

    /// The node again: down from the root along the children that contain it.
    pub(super) fn node(&self) -> Option<Node<'_>> {
        let mut node = self.source.root();
        while node.id() != self.id {
            node = children(node).into_iter().find(|child| {
                child.id() == self.id || (child.start_byte() <= self.start && self.end <= child.end_byte())
            })?;
        }
        Some(node)
    }
}

/// Finds what is no Python 3: the parser's errors, and what it understands though only Python 2 did.
fn mistake(tree: &Tree, text: &[u8], minor: Option<u64>) -> Option<usize> {
    let root = tree.root_node();
    let mut cursor = root.walk();
    let all_errors = root.has_error();
    loop {
        let node = cursor.node();
        let wrong = node.is_error() || node.is_missing() || is_of_python_2(node, text, minor);
        if wrong {
            return Some(node.start_position().row + 1);
        }
        let statements = ["module", "block"].contains(&node.kind()) || node.kind().ends_with("_statement");
        let inner =
            all_errors || statements || node.kind().ends_with("_definition") || node.kind().ends_with("_clause");
        if inner && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return all_errors.then_some(1);
            }
        }
    }
}

/// `print "x"`, `exec code`, `except A, error:` (which Python 3.14 takes again, for two classes), `raise A, "x"`.
fn is_of_python_2(node: Node<'_>, text: &[u8], minor: Option<u64>) -> bool {
    match node.kind() {
        "print_statement" => text.get(node.start_byte() + 5..node.end_byte()).is_some_and(|rest| {
            let rest = rest.trim_ascii_start();
            !rest.starts_with(b"(")
        }),
        "exec_statement" => true,
        "raise_statement" => children(node).first().is_some_and(|what| what.kind() == "expression_list"),
        "except_clause" => {
            let mut cursor = node.walk();
            minor.is_some_and(|minor| minor < 14) && node.children(&mut cursor).any(|child| child.kind() == ",")
        }
        _ => false,
    }
}

/// Tells whether a character may stand in a name.
pub(super) fn is_in_names(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The named children without comments.
pub(super) fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|child| child.kind() != "comment").collect()
}

/// The children in a field that may have several.
pub(super) fn in_field<'tree>(node: Node<'tree>, field: &str) -> Vec<Node<'tree>> {
    let mut cursor = node.walk();
    node.children_by_field_name(field, &mut cursor).filter(|child| child.is_named()).collect()
}
