//! The course of a fault that strikes one upload: files went before it, files wait behind it, files come after it.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use demo_host::Play;
use engine::{ItemId, Phase};
use support::until;

use crate::{
    table::Row,
    world::{Setup, World},
};

/// What the struck file comes to without anybody's help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comes {
    /// The host has nothing of it, and the app knows: it is sent again and done.
    Through,
    /// The host may have it: nobody but the person decides.
    Unknown,
    /// It would fail again as it is: nobody but the person tries again.
    Failed,
}

/// How large the struck file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// All of it leaves at once.
    Small,
    /// The connection does not swallow it unread.
    Large,
}

/// Plays a fault of the host, by its name, on one file. `says` is the code of the reason that is shown.
pub(crate) async fn strike(fault: &str, size: Size, comes: Comes, says: &str) -> Result<Row> {
    strike_with(Setup::default(), fault, size, comes, says).await
}

/// The same with an app that is opened in a way of its own.
pub(crate) async fn strike_with(
    setup: Setup,
    fault: &str,
    size: Size,
    comes: Comes,
    says: &str,
) -> Result<Row> {
    let world = World::with(setup).await?;
    let before = world.send_small(2).await?;
    world.done(&before).await?;

    world.host.schedule(fault.parse::<Play>()?);
    let struck = world.send(&[file(&world, size)?]).await?[0];
    until("the request that meets the fault", async || world.host.faults().is_empty()).await?;
    let during = world.send_small(3).await?;
    let over = world.struck(struck).await?;
    let after = world.send_small(2).await?;
    for others in [&during, &after] {
        world.done(others).await?;
    }

    check(&world, struck, comes, says).await?;
    match comes {
        Comes::Through => {}
        Comes::Unknown => world.look_and_decide(struck).await?,
        Comes::Failed => world.app.engine().retry(vec![struck]).await?,
    }
    world.done(&[struck]).await?;
    world.account(over).await
}

fn file(world: &World, size: Size) -> Result<PathBuf> {
    match size {
        Size::Small => Ok(world.small(1)?.remove(0)),
        Size::Large => world.large(),
    }
}

/// Whether the struck file was shown as what it was.
async fn check(world: &World, struck: ItemId, comes: Comes, says: &str) -> Result<()> {
    if comes == Comes::Through {
        world.done(&[struck]).await?;
    }
    let phases = world.watch.phases(struck);
    let sending = |phase: &&Phase| matches!(phase, Phase::Sending { .. });
    let first = phases.iter().skip_while(|phase| !sending(phase)).find(|phase| !sending(phase));
    let (shown, problem) = match first.context("the fault struck it")? {
        Phase::Waiting { problem: Some(problem), .. } => (Comes::Through, problem),
        Phase::Unknown { problem, .. } => (Comes::Unknown, problem),
        Phase::Failed { problem, .. } => (Comes::Failed, problem),
        other => anyhow::bail!("the fault makes it {other:?}"),
    };
    ensure!((shown, problem.code.as_str()) == (comes, says), "shown as {shown:?}, {problem:?}: {phases:#?}");
    Ok(())
}
