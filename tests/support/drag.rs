//! A drag of files from another window onto the app's, done by the X server's own pointer.

use crate::{app::App, deadline::until, process::Process, session::Session};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Where the window that files are dragged out of stands: the screen's lower right corner.
const SOURCE: (i32, i32) = (1340, 840);

/// Drags files from a window of another program onto the middle of the app's window and lets them go.
///
/// # Errors
/// When a program is missing or the app does not notice the files.
pub async fn files(session: &Session, app: &mut App, files: &[PathBuf]) -> Result<()> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/support/scripts/drag_source.py");
    // The system's own, which has the GTK bindings of its packages.
    let mut program = session.command("/usr/bin/python3");
    program.arg(script).args([SOURCE.0.to_string(), SOURCE.1.to_string()]).args(files);
    let (source, _shown) = Process::start_with_line(&mut program)?;
    let (x, y) = middle(session)?;
    let pointer = |words: &str| session.output("xdotool", &words.split(' ').collect::<Vec<_>>());
    pointer(&format!("mousemove --sync {} {}", SOURCE.0 + 60, SOURCE.1 + 40))?;
    pointer("mousedown 1")?;
    // Two small steps pass the distance at which a press becomes a drag.
    pointer("mousemove_relative -- -8 -8")?;
    pointer("mousemove_relative -- -16 -16")?;
    for step in 1..=8 {
        let at = |from: i32, to: i32| from + (to - from) * step / 8;
        pointer(&format!("mousemove {} {}", at(SOURCE.0, x), at(SOURCE.1, y)))?;
    }
    // Let go before the window has said that it takes them, they go nowhere. A hand is not still meanwhile.
    let mut step = 2;
    until("the window takes the drag", async || {
        step = -step;
        pointer(&format!("mousemove_relative -- {step} {step}")).is_ok() && source.said("taken")
    })
    .await?;
    app.events.wait("drag-over").await?;
    pointer("mouseup 1")?;
    until("the drag is over", async || source.said("over")).await
}

/// The middle of the app's window on the screen.
fn middle(session: &Session) -> Result<(i32, i32)> {
    let found = session.output("xdotool", &["search", "--onlyvisible", "--name", "^Keltas"])?;
    let window = found.lines().next_back().context("the app's window is on the screen")?;
    let info = session.output("xwininfo", &["-id", window])?;
    let number = |label: &str| -> Result<i32> {
        let line =
            info.lines().find_map(|line| line.trim().strip_prefix(label)).context("xwininfo says so")?;
        Ok(line.trim().parse()?)
    };
    let (x, y) = (number("Absolute upper-left X:")?, number("Absolute upper-left Y:")?);
    Ok((x + number("Width:")? / 2, y + number("Height:")? / 2))
}
