//! Compiles the Fluent files: one typed function a message for Rust, one type a message for the window,
//! and the texts themselves, so that the program needs no files beside it.

use fluent_syntax::ast;
use fluent_syntax::parser::parse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The language that names messages and variables; the others have to follow it, which a test checks.
const SOURCE: &str = "en";
const LANGUAGES: [&str; 2] = ["en", "lt"];

/// Variables of a message, and whether it has a `.detail`.
#[derive(Default)]
struct Message {
    variables: BTreeSet<String>,
    doc: String,
}

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-changed=locales");
    let mut code = String::new();
    for language in LANGUAGES {
        let files = fluent_files(&root.join("locales").join(language));
        let _ = writeln!(code, "/// The Fluent files of `{language}`: name and text.");
        let _ = writeln!(code, "pub(super) const {}: &[(&str, &str)] = &[", language.to_uppercase());
        for file in files {
            let name =
                file.file_name().expect("a file of the folder has a name").to_string_lossy().into_owned();
            let _ = writeln!(code, "    ({name:?}, include_str!({:?})),", file.display().to_string());
        }
        code.push_str("];\n");
    }
    fs::write(out.join("resources.rs"), code).expect("OUT_DIR can be written");
    let messages = messages(&root.join("locales").join(SOURCE));
    fs::write(out.join("words.rs"), functions(&messages)).expect("OUT_DIR can be written");
    fs::write(out.join("messages.ts"), types(&messages)).expect("OUT_DIR can be written");
}

fn fluent_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "ftl"));
    files.sort();
    files
}

fn messages(folder: &Path) -> BTreeMap<String, Message> {
    let mut all = BTreeMap::new();
    for file in fluent_files(folder) {
        let text = fs::read_to_string(&file).expect("a Fluent file is UTF-8");
        let resource = match parse(text.as_str()) {
            Ok(resource) => resource,
            Err((_, errors)) => panic!("{}: {errors:?}", file.display()),
        };
        for entry in &resource.body {
            let ast::Entry::Message(message) = entry else { continue };
            let found: &mut Message = all.entry(message.id.name.to_owned()).or_default();
            let patterns =
                message.value.iter().chain(message.attributes.iter().map(|attribute| &attribute.value));
            for pattern in patterns {
                pattern_variables(pattern, &mut found.variables);
            }
            if let Some(pattern) = &message.value {
                found.doc = first_text(pattern);
            }
        }
    }
    all
}

fn pattern_variables(pattern: &ast::Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_variables(expression, found);
        }
    }
}

fn expression_variables(expression: &ast::Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => inline_variables(inline, found),
        ast::Expression::Select { selector, variants } => {
            inline_variables(selector, found);
            for variant in variants {
                pattern_variables(&variant.value, found);
            }
        }
    }
}

fn inline_variables(inline: &ast::InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression } => expression_variables(expression, found),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                inline_variables(argument, found);
            }
        }
        _ => {}
    }
}

/// The words of a message up to its first placeable, for the doc comment of its function.
fn first_text(pattern: &ast::Pattern<&str>) -> String {
    let mut text = String::new();
    for element in &pattern.elements {
        match element {
            ast::PatternElement::TextElement { value } => text.push_str(value),
            ast::PatternElement::Placeable { .. } => text.push('…'),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('[', "(").replace(']', ")")
}

fn functions(messages: &BTreeMap<String, Message>) -> String {
    let mut code = String::new();
    for (id, message) in messages {
        let name = id.replace('-', "_");
        let params: String = message
            .variables
            .iter()
            .map(|variable| format!(", {}: impl Into<Value>", snake(variable)))
            .collect();
        let args: String = message
            .variables
            .iter()
            .map(|variable| format!("({variable:?}, {}.into()), ", snake(variable)))
            .collect();
        let _ = write!(
            code,
            "/// `{id}`: {}\n#[must_use]\npub fn {name}(language: Language{params}) -> String {{\n    \
             text(language, {id:?}, &[{args}])\n}}\n\n",
            message.doc.replace('<', "(").replace('>', ")")
        );
    }
    code
}

fn snake(variable: &str) -> String {
    variable.chars().fold(String::new(), |mut name, letter| {
        match letter {
            '-' => name.push('_'),
            letter if letter.is_ascii_uppercase() => {
                name.push('_');
                name.push(letter.to_ascii_lowercase());
            }
            letter => name.push(letter),
        }
        name
    })
}

fn types(messages: &BTreeMap<String, Message>) -> String {
    let mut code = String::from(
        "// Made by `cargo xtask types` from src-tauri/crates/l10n/locales. Do not edit: a test compares it.\n\n\
         /** Every message and the variables that it takes. */\nexport type Messages = {\n",
    );
    for (id, message) in messages {
        let fields: Vec<String> =
            message.variables.iter().map(|variable| format!("{variable}: string | number")).collect();
        let fields = if fields.is_empty() {
            "Record<string, never>".to_owned()
        } else {
            format!("{{ {} }}", fields.join("; "))
        };
        let _ = writeln!(code, "  \"{id}\": {fields};");
    }
    code.push_str("};\n");
    code
}
