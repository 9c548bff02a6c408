//! The rules of the house: which crate may know which, where the shell ends, and what every file begins with.

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Who is built from whom, inside the house. `demo-host` is a part of the product, so `app` may start it.
const ARROWS: [(&str, &[&str]); 12] = [
    ("chevereto", &[]),
    ("media", &[]),
    ("engine", &[]),
    ("l10n", &[]),
    ("demo-host", &[]),
    ("app", &["chevereto", "demo-host", "engine", "l10n", "media"]),
    ("ipc", &["app", "engine", "l10n"]),
    ("cli", &["app", "engine", "l10n"]),
    ("keltas", &["app", "cli", "engine", "ipc", "l10n"]),
    ("tests", &["app", "chevereto", "demo-host", "ipc", "media"]),
    ("xtask", &[]),
    ("bench", &["app", "chevereto", "engine", "media"]),
];

/// Other people's TLS and C libraries, which the chosen one makes needless.
const BANNED: [&str; 5] = ["openssl", "openssl-sys", "native-tls", "aws-lc-rs", "aws-lc-sys"];

#[test]
fn the_arrows_are_those_of_the_drawing() -> Result<()> {
    let drawn: BTreeMap<_, BTreeSet<_>> = ARROWS
        .iter()
        .map(|(from, to)| ((*from).to_owned(), to.iter().map(|to| (*to).to_owned()).collect()))
        .collect();
    let metadata = metadata()?;
    let ours: BTreeSet<String> = metadata.packages.iter().map(|one| one.name.to_string()).collect();
    let found: BTreeMap<String, BTreeSet<String>> = built_from(&metadata)
        .into_iter()
        .map(|(from, to)| (from, to.intersection(&ours).cloned().collect()))
        .collect();
    assert_eq!(found, drawn);
    Ok(())
}

#[test]
fn only_the_shell_depends_on_tauri() -> Result<()> {
    for (name, all) in built_from(&metadata()?) {
        let tauri: Vec<_> = all.iter().filter(|other| other.starts_with("tauri")).collect();
        assert!(name == "keltas" || tauri.is_empty(), "{name} depends on {tauri:?}");
    }
    Ok(())
}

#[test]
fn one_library_for_tls() -> Result<()> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let found: Vec<_> =
        BANNED.iter().filter(|name| lock.contains(&format!("\nname = \"{name}\"\n"))).collect();
    assert!(found.is_empty(), "{found:?} came in; `cargo tree -i` says by whom");
    Ok(())
}

#[test]
fn one_file_of_the_window_knows_the_shell() -> Result<()> {
    let source = root().join("ui/src");
    let mut knowing = BTreeSet::new();
    for file in files(&source)? {
        let text = fs::read_to_string(&file).unwrap_or_default();
        if text.contains("@tauri-apps") || text.contains("__TAURI") {
            knowing.insert(file.strip_prefix(&source)?.to_string_lossy().into_owned());
        }
    }
    assert_eq!(knowing, BTreeSet::from(["ipc/transport.ts".to_owned()]));
    Ok(())
}

#[test]
fn every_crate_says_what_it_leaves_out() -> Result<()> {
    for package in metadata()?.packages {
        let folder = package.manifest_path.parent().context("a manifest lies in a folder")?;
        let readme = folder.join("README.md");
        let text = fs::read_to_string(&readme).with_context(|| format!("{} has no README", package.name))?;
        let last = text.lines().rfind(|line| line.starts_with("## "));
        assert_eq!(last, Some("## Not here, on purpose"), "the last section of {readme}");
    }
    Ok(())
}

#[test]
fn every_module_begins_with_a_sentence_about_itself() -> Result<()> {
    let mut silent = Vec::new();
    for folder in ["src-tauri", "tests"] {
        for file in files(&root().join(folder))? {
            let rust = file.extension().is_some_and(|extension| extension == "rs");
            if rust && !fs::read_to_string(&file)?.starts_with("//! ") {
                silent.push(file);
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
    Ok(())
}

/// Words on screen live in the `.ftl` files: between the tags of a component there are none.
#[test]
fn no_component_has_words_of_its_own() -> Result<()> {
    let mut wordy = Vec::new();
    for file in files(&root().join("ui/src"))? {
        if file.extension().is_none_or(|extension| extension != "svelte") {
            continue;
        }
        let text = between_tags(&fs::read_to_string(&file)?);
        let words: Vec<_> = text.split_whitespace().filter(|word| is_word(word)).collect();
        if !words.is_empty() {
            wordy.push(format!("{}: {}", file.display(), words.join(" ")));
        }
    }
    assert!(wordy.is_empty(), "{wordy:#?}");
    Ok(())
}

/// Two letters or more; the program's own name is the same in every language.
fn is_word(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).count() > 1 && text != "Keltas"
}

/// What a component says outside its script, styles, comments, tags and expressions.
fn between_tags(component: &str) -> String {
    let mut rest = component.to_owned();
    for (start, end) in [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")] {
        while let Some(at) = rest.find(start) {
            let to = rest[at..].find(end).map_or(rest.len(), |to| at + to + end.len());
            rest.replace_range(at..to, " ");
        }
    }
    let (mut depth, mut in_tag, mut quote, mut text) = (0_u32, false, None, String::new());
    for letter in rest.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '"' | '\'' if in_tag && quote.is_none() => quote = Some(letter),
            _ if quote == Some(letter) => quote = None,
            _ if quote.is_some() => {}
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if !in_tag => text.push(letter),
            _ => {}
        }
    }
    text
}

/// Every package of the workspace with what it is built from; what only its tests need does not count.
fn built_from(metadata: &Metadata) -> BTreeMap<String, BTreeSet<String>> {
    let of = |package: &cargo_metadata::Package| {
        let normal = package.dependencies.iter().filter(|one| one.kind == DependencyKind::Normal);
        normal.map(|one| one.name.clone()).collect()
    };
    metadata.packages.iter().map(|package| (package.name.to_string(), of(package))).collect()
}

fn metadata() -> Result<Metadata> {
    let mut command = MetadataCommand::new();
    command.manifest_path(root().join("Cargo.toml")).no_deps().other_options(["--offline".to_owned()]);
    Ok(command.exec()?)
}

/// All files below a folder, but for what is built or installed.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            if !path.ends_with("target") && !path.ends_with("node_modules") {
                found.extend(files(&path)?);
            }
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
