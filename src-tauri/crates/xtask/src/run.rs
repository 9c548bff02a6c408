//! Building and opening the app, or having it do the job by itself where there is no display.

use anyhow::Result;

use crate::{
    setup::{Group, setup},
    sh, ui,
};

/// Builds everything and opens the app; on the demo host when no site is set up.
pub(crate) fn run(headless: bool, yes: bool) -> Result<()> {
    let headless = headless || !has_display();
    setup(if headless { Group::Test } else { Group::Run }, yes)?;
    build()?;
    if headless {
        return sh::run(
            "no display: the app does the job by itself on a virtual one",
            &mut sh::cargo(["run", "--package", "tests", "--bin", "tour"]),
        );
    }
    sh::run(
        "opening the app (on the demo host, unless a site is set up)",
        &mut sh::cargo(["run", "--package", "keltas", "--", "--demo-if-new"]),
    )
}

/// Takes the pictures of the window.
pub(crate) fn shots(yes: bool) -> Result<()> {
    setup(Group::Test, yes)?;
    build()?;
    sh::run("taking the pictures", &mut sh::cargo(["run", "--package", "tests", "--bin", "shots"]))
}

/// The window, then the shell that embeds it.
pub(crate) fn build() -> Result<()> {
    ui::install()?;
    ui::build()?;
    build_shell()
}

/// The shell, with the same flags everywhere: others would build it twice.
pub(crate) fn build_shell() -> Result<()> {
    sh::run("building the app", &mut sh::cargo(["build", "--package", "keltas"]))
}

/// Only Linux can be without.
fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
