//! Imports of streamlit at the top level of a Python file, and calls that draw something there.

use tree_sitter::{Node, Parser};

/// Signs at the top level of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TopLevel {
    /// `import streamlit`, `from streamlit import …`, also below a top-level `if`, `try` or `with`.
    pub(super) imports: bool,
    /// Whether it calls something at its top level, as a script does and a module of helpers does not.
    pub(super) acts: bool,
}

/// Reads Python source; what is broken in it is passed over.
pub(super) fn top_level(source: &[u8]) -> TopLevel {
    // Parsing costs about a millisecond per 100 KB: most files can be told without.
    if !source.windows(b"streamlit".len()).any(|part| part == b"streamlit") {
        return TopLevel::default();
    }
    let mut parser = Parser::new();
    let ready = parser.set_language(&tree_sitter_python::LANGUAGE.into()).is_ok();
    let tree = ready.then(|| parser.parse(source, None)).flatten();
    tree.map(|tree| look(tree.root_node(), source)).unwrap_or_default()
}

/// Looks through statements that run when the file is loaded, with a stack of its own: `elif` chains nest deeply.
fn look(module: Node<'_>, source: &[u8]) -> TopLevel {
    let mut found = TopLevel::default();
    let mut waiting = vec![module];
    while let Some(node) = waiting.pop() {
        match node.kind() {
            "import_statement" | "import_from_statement" => found.imports |= names_streamlit(node, source),
            "expression_statement" => found.acts |= is_call(node),
            "module"
            | "block"
            | "if_statement"
            | "elif_clause"
            | "else_clause"
            | "try_statement"
            | "except_clause"
            | "except_group_clause"
            | "finally_clause"
            | "with_statement"
            | "for_statement"
            | "while_statement" => {
                let mut cursor = node.walk();
                waiting.extend(node.named_children(&mut cursor));
            }
            _ => {}
        }
    }
    found
}

/// The modules of `import a, b.c as d` or the one of `from a.b import c`: is one of them streamlit or inside it?
fn names_streamlit(import: Node<'_>, source: &[u8]) -> bool {
    let field = if import.kind() == "import_statement" { "name" } else { "module_name" };
    let mut cursor = import.walk();
    import.children_by_field_name(field, &mut cursor).any(|name| {
        let module = name.child_by_field_name("name").unwrap_or(name);
        let text = source.get(module.byte_range()).unwrap_or_default();
        text == b"streamlit" || text.starts_with(b"streamlit.")
    })
}

/// A call or a bare expression such as `x` or `"text"`? Only Streamlit's "magic" shows the latter, and a docstring
/// looks the same, so a call it must be.
fn is_call(statement: Node<'_>) -> bool {
    statement.named_child(0).is_some_and(|expression| matches!(expression.kind(), "call" | "await"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_what_runs_when_the_file_is_loaded_counts() {
        for (source, imports, acts) in [
            ("import streamlit as st\nst.title('x')\n", true, true),
            ("import os, streamlit\n", true, false),
            ("import streamlit.components.v1 as components\n", true, false),
            ("from streamlit.runtime import get_instance\n", true, false),
            ("try:\n    import streamlit as st\nexcept ImportError:\n    pass\n", true, false),
            ("import streamlit as st\nif __name__ == '__main__':\n    main()\n", true, true),
            ("def main():\n    import streamlit as st\n    st.title('x')\n", false, false),
            ("# import streamlit\n'''\nimport streamlit\n'''\n", false, false),
            ("import streamlit_extras\nfrom streamlit_extras import x\nfrom . import streamlit\n", false, false),
            ("import streamlit as st\n\ndef broken(:\nst.write(1)\n", true, true),
            ("x = 1\n", false, false),
        ] {
            assert_eq!(top_level(source.as_bytes()), TopLevel { imports, acts }, "the top level of:\n{source}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(mut source in prop::collection::vec(any::<u8>(), 0..200)) {
            source.extend_from_slice(b"\nimport streamlit\n");
            let _ = top_level(&source);
        }
    }
}
