//! Every language says everything, with the same variables, and every file parses.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use fluent_syntax::parser::parse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// File, message or attribute → variables.
type Shape = BTreeMap<String, BTreeSet<String>>;

fn locales() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("locales")
}

fn shape(language: &str) -> Shape {
    let mut shape = Shape::new();
    let mut files: Vec<_> =
        std::fs::read_dir(locales().join(language)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let resource =
            parse(text.as_str()).unwrap_or_else(|(_, errors)| panic!("{language}/{name}: {errors:?}"));
        for entry in &resource.body {
            if let Entry::Message(message) = entry {
                add(message, &name, &mut shape);
            }
        }
    }
    shape
}

fn add(message: &Message<&str>, file: &str, shape: &mut Shape) {
    let id = message.id.name;
    let parts = message.value.iter().map(|pattern| (format!("{file}: {id}"), pattern));
    let attributes =
        message.attributes.iter().map(|one| (format!("{file}: {id}.{}", one.id.name), &one.value));
    for (name, pattern) in parts.chain(attributes) {
        let mut variables = BTreeSet::new();
        collect(pattern, &mut variables);
        assert!(shape.insert(name.clone(), variables).is_none(), "{name} stands twice");
    }
}

fn collect(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                variants.iter().for_each(|variant| collect(&variant.value, found));
                selector
            }
        };
        match inline {
            InlineExpression::VariableReference { id } => drop(found.insert(id.name.to_owned())),
            InlineExpression::FunctionReference { arguments, .. } => {
                for argument in &arguments.positional {
                    if let InlineExpression::VariableReference { id } = argument {
                        found.insert(id.name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
}

#[test]
fn every_language_says_everything_with_the_same_variables() {
    assert!(shape("en").len() > 100, "the words are there");
    let (en, lt) = (shape("en"), shape("lt"));
    let missing: Vec<_> = en.keys().filter(|id| !lt.contains_key(*id)).collect();
    let extra: Vec<_> = lt.keys().filter(|id| !en.contains_key(*id)).collect();
    assert!(missing.is_empty() && extra.is_empty(), "lt lacks {missing:?}, has only {extra:?}");
    let differing: Vec<_> = en.iter().filter(|(id, variables)| lt.get(*id) != Some(*variables)).collect();
    assert!(differing.is_empty(), "other variables in lt: {differing:?}");
}

#[test]
fn the_windows_message_types_are_not_stale() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..").join(l10n::TYPESCRIPT_PATH);
    let kept = std::fs::read_to_string(path).expect("the generated file is part of the project");
    assert!(kept == l10n::TYPESCRIPT, "stale: run `cargo xtask types`");
}

#[test]
fn words_are_sentence_case_and_do_not_shout() {
    for language in ["en", "lt"] {
        for entry in std::fs::read_dir(locales().join(language)).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
                let lower = line.to_lowercase();
                let banned = ["oops", "please", "successfully", "prašome", "sėkmingai", "!"];
                assert!(!banned.iter().any(|word| lower.contains(word)), "{language}: {line}");
            }
        }
    }
}
