//! Formatters, lints, and what the dependencies may be. All are run, then all that failed are named.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Result;

use crate::{
    setup::{Group, setup},
    sh, ui,
};

/// Pinned, so that a new release changes nothing by itself.
const DENY: (&str, &str) = ("cargo-deny", "0.20.2");
const MACHETE: (&str, &str) = ("cargo-machete", "0.9.2");
const FUZZ: (&str, &str) = ("cargo-fuzz", "0.13.2");
/// Seconds for each fuzz target.
const FUZZING: &str = "-max_total_time=60";

/// Runs the checks.
pub(crate) fn check(long: bool, yes: bool) -> Result<ExitCode> {
    setup(Group::Run, yes)?;
    let mut results = vec![
        sh::run("rustfmt", &mut sh::cargo(["fmt", "--all", "--", "--check"])),
        sh::run("clippy", &mut sh::cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])),
        ui::install(),
        sh::run("biome", &mut ui::npm(&["run", "lint"])),
        sh::run("svelte-check", &mut ui::npm(&["run", "check"])),
        deny(&["licenses", "bans", "sources"]),
        machete(),
    ];
    if long {
        results.push(deny(&["advisories"]));
        results.push(fuzz());
    }
    let failed: Vec<_> = results.into_iter().filter_map(Result::err).collect();
    println!();
    for error in &failed {
        println!("failed: {error:#}");
    }
    if failed.is_empty() {
        println!("all checks passed");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{} checks failed", failed.len());
    Ok(ExitCode::FAILURE)
}

fn deny(what: &[&str]) -> Result<()> {
    tool(DENY)?;
    sh::run("cargo-deny", sh::cargo(["deny", "--all-features", "check"]).args(what))
}

fn machete() -> Result<()> {
    tool(MACHETE)?;
    sh::run("cargo-machete", &mut sh::cargo(["machete", "src-tauri", "tests"]))
}

/// Installs a tool of cargo unless it is there in this version.
fn tool((name, version): (&str, &str)) -> Result<()> {
    let found = sh::output(&mut sh::command(name, ["--version"])).unwrap_or_default();
    if found.split_whitespace().any(|word| word == version) {
        return Ok(());
    }
    let what = format!("installing {name} {version} (once; it takes some minutes)");
    sh::run(&what, &mut sh::cargo(["install", "--locked", name, "--version", version]))
}

/// Each fuzz target for a minute. It starts from the corpus that lies beside it; what it finds is kept with what is
/// built, so that a check changes no file of the project.
fn fuzz() -> Result<()> {
    let targets = fuzz_targets()?;
    if targets.is_empty() {
        sh::announce("there are no fuzz targets");
        return Ok(());
    }
    tool(FUZZ)?;
    for (folder, target) in targets {
        let found = sh::target().join("fuzz-corpus").join(&target);
        fs::create_dir_all(&found)?;
        let mut command = sh::cargo(["fuzz", "run", &target, "--sanitizer", "none"]);
        command.arg(found).arg(Path::new("fuzz/corpus").join(&target)).args(["--", FUZZING]);
        // Fuzzing wants the compiler's own switches, which the stable one hides.
        command.env("RUSTC_BOOTSTRAP", "1").current_dir(folder);
        sh::run(&format!("fuzzing {target}"), &mut command)?;
    }
    Ok(())
}

/// The crates with a `fuzz` folder, and their targets.
fn fuzz_targets() -> Result<Vec<(PathBuf, String)>> {
    let mut targets = Vec::new();
    for entry in fs::read_dir(sh::root().join("src-tauri/crates"))? {
        let folder = entry?.path();
        let Ok(files) = fs::read_dir(folder.join("fuzz/fuzz_targets")) else { continue };
        for file in files {
            let file = file?.path();
            if let Some(name) = file.file_stem().and_then(|name| name.to_str()) {
                targets.push((folder.clone(), name.to_owned()));
            }
        }
    }
    targets.sort();
    Ok(targets)
}
