//! One Python file, parsed.

use crate::guarded;
use std::cell::RefCell;
use std::path::Path;
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
    text: Vec<u8>,
    tree: Tree,
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
    /// Reads a file; `None` when it cannot be read or is no code.
    pub(super) fn read(path: &Path) -> Option<Rc<Self>> {
        Self::parse(guarded::read(path, LARGEST_BYTES).ok()?)
    }

    /// Parses text of any kind.
    pub(super) fn parse(text: Vec<u8>) -> Option<Rc<Self>> {
        let tree = PARSER.with_borrow_mut(|parser| parser.as_mut()?.parse(&text, None))?;
        Some(Rc::new(Self { text, tree }))
    }

    /// Tells whether `CPython` would refuse the file. Of 15,700 files of the standard library and of Streamlit's
    /// dependencies the parser takes one valid one for invalid.
    pub(super) fn is_invalid(&self) -> bool {
        self.tree.root_node().has_error()
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
