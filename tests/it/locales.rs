//! The locale files: every language says everything, and nothing is said that nobody asks for.

use fluent_bundle::FluentResource;
use fluent_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

mod chinese;

/// The sentences of a language, as they stand in its file.
fn text_of(language: &str) -> String {
    let file = format!("{}/assets/locale/{language}/inotify_doctor.ftl", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(file).expect("the locale file is there")
}

/// Message id → its text as it stands in the file, for messages of one line and the variants of the others.
fn values(language: &str) -> Vec<(String, String)> {
    let mut id = String::new();
    let mut found = Vec::new();
    for line in text_of(language).lines().filter(|line| !line.starts_with('#')) {
        let value = match line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            Some((name, value)) => {
                name.clone_into(&mut id);
                value
            }
            None => line.split_once("] ").map_or("", |(_, variant)| variant),
        };
        found.push((id.clone(), value.to_owned()));
    }
    found
}

/// Message id → the variables its pattern uses.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource =
        FluentResource::try_new(text_of(language)).unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
    let mut found = BTreeMap::new();
    for entry in resource.entries() {
        if let ast::Entry::Message(message) = entry {
            let mut variables = BTreeSet::new();
            message.value.iter().for_each(|pattern| collect(pattern, &mut variables));
            assert!(
                found.insert(message.id.name.to_owned(), variables).is_none(),
                "{language} says {} twice",
                message.id.name
            );
        }
    }
    found
}

fn collect(pattern: &ast::Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            match expression {
                ast::Expression::Inline(inline) => variable(inline, variables),
                ast::Expression::Select { selector, variants } => {
                    variable(selector, variables);
                    variants.iter().for_each(|variant| collect(&variant.value, variables));
                }
            }
        }
    }
}

fn variable(inline: &ast::InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    if let ast::InlineExpression::VariableReference { id } = inline {
        variables.insert(id.name.to_owned());
    }
}

fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("the source folder can be read") {
        let path = entry.expect("the source folder can be read").path();
        if path.is_dir() {
            sources(&path, text);
        } else {
            text.push_str(&fs::read_to_string(&path).unwrap_or_default());
        }
    }
}

#[test]
fn both_languages_say_the_same_things_with_the_same_figures() {
    let (english, chinese) = (messages("en"), messages("zh-CN"));
    let ids = |of: &BTreeMap<String, BTreeSet<String>>| of.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(ids(&english), ids(&chinese), "one language has messages that the other lacks");
    for (id, variables) in &english {
        assert_eq!(&chinese[id], variables, "the Chinese {id} uses other figures than the English one");
    }
}

#[test]
fn every_message_is_used() {
    let mut text = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
    let unused: Vec<String> = messages("en").into_keys().filter(|id| !text.contains(&format!("\"{id}\""))).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}
