//! The shape of the house: which crate may know which, and the two places where the shell ends.

use anyhow::{Context, Result};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Who may depend on whom, inside the house. `demo-host` is a part of the product, so `app` may start it.
const ARROWS: [(&str, &[&str]); 11] = [
    ("chevereto", &[]),
    ("media", &[]),
    ("engine", &[]),
    ("l10n", &[]),
    ("demo-host", &[]),
    ("app", &["chevereto", "demo-host", "engine", "l10n", "media"]),
    ("ipc", &["app", "engine", "l10n", "media", "chevereto"]),
    ("cli", &["app", "engine", "l10n"]),
    ("xtask", &["ipc", "l10n", "media"]),
    ("keltas", &["app", "cli", "engine", "ipc", "l10n"]),
    ("tests", &["app", "chevereto", "demo-host", "engine", "ipc", "l10n", "media"]),
];

#[test]
fn no_crate_knows_more_than_the_drawing_allows() -> Result<()> {
    let allowed: BTreeMap<_, BTreeSet<_>> =
        ARROWS.iter().map(|(from, to)| (*from, to.iter().copied().collect())).collect();
    for (name, inside) in packages()? {
        let allowed = allowed.get(name.as_str()).with_context(|| format!("{name} is not in the drawing"))?;
        let extra: Vec<_> = inside.ours.iter().filter(|to| !allowed.contains(to.as_str())).collect();
        assert!(extra.is_empty(), "{name} may not depend on {extra:?}");
    }
    Ok(())
}

#[test]
fn only_the_shell_depends_on_tauri() -> Result<()> {
    for (name, inside) in packages()? {
        let tauri: Vec<_> = inside.others.iter().filter(|other| other.starts_with("tauri")).collect();
        assert!(name == "keltas" || tauri.is_empty(), "{name} depends on {tauri:?}");
    }
    Ok(())
}

#[test]
fn one_file_of_the_window_knows_the_shell() -> Result<()> {
    let mut knowing = BTreeSet::new();
    let source = root().join("ui/src");
    for file in files(&source)? {
        let text = fs::read_to_string(&file).unwrap_or_default();
        if text.contains("@tauri-apps") || text.contains("__TAURI") {
            knowing.insert(file.strip_prefix(&source)?.to_string_lossy().into_owned());
        }
    }
    assert_eq!(knowing, BTreeSet::from(["ipc/transport.ts".to_owned()]));
    Ok(())
}

struct Inside {
    ours: BTreeSet<String>,
    others: BTreeSet<String>,
}

/// Every package of the workspace with what it is built from; what only its tests need does not count.
fn packages() -> Result<BTreeMap<String, Inside>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().context("metadata lists packages")?;
    let names: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut all = BTreeMap::new();
    for package in packages {
        let name = package["name"].as_str().context("a package has a name")?;
        let needed = package["dependencies"].as_array().context("a package lists dependencies")?;
        let needed: BTreeSet<String> = needed
            .iter()
            .filter(|dependency| dependency["kind"].is_null())
            .filter_map(|dependency| dependency["name"].as_str().map(str::to_owned))
            .collect();
        let (ours, others) = needed.into_iter().partition(|other| names.contains(other.as_str()));
        all.insert(name.to_owned(), Inside { ours, others });
    }
    Ok(all)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
