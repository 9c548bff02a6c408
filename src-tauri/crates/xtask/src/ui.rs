//! The window's own tools: npm and what it runs.

use std::{fs, process::Command};

use anyhow::{Context, Result};

use crate::{setup::program, sh};

/// `npm` in `ui`.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = program("npm", arguments);
    command.current_dir(sh::root().join("ui")).env("NO_COLOR", "1").env("NO_UPDATE_NOTIFIER", "1");
    command
}

/// Installs the packages, unless they are those of the lock file already.
pub(crate) fn install() -> Result<()> {
    let ui = sh::root().join("ui");
    let lock = fs::read(ui.join("package-lock.json")).context("ui/package-lock.json cannot be read")?;
    // A copy of the lock that was installed; gone with node_modules.
    let installed = ui.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|copy| copy == lock) {
        sh::announce("npm packages are those of the lock file");
        return Ok(());
    }
    sh::run("installing npm packages", &mut npm(&["ci", "--no-audit", "--no-fund"]))?;
    fs::write(installed, lock)?;
    Ok(())
}

/// Builds the window.
pub(crate) fn build() -> Result<()> {
    sh::run("building the window", &mut npm(&["run", "build"]))
}
