//! Two processes over one folder: a second window, and a command beside the window.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use app::{App, Face, OpenError};
use engine::{Origin, Phase};
use support::{until, until_some};

use crate::{
    table::Row,
    world::{World, set_up},
};

pub(crate) async fn two_windows_started_at_once() -> Result<Row> {
    let mut world = World::new().await?;
    world.close().await;
    let open = || App::open(world.paths(), world.setup.options(&world.keys, Face::Window));
    let (one, other) = tokio::join!(open(), open());
    let (won, lost) = match (one, other) {
        (Ok(app), Err(error)) | (Err(error), Ok(app)) => (app, error),
        (Ok(_), Ok(_)) => anyhow::bail!("both windows work off the queue"),
        (Err(one), Err(other)) => anyhow::bail!("no window opens: {one}, {other}"),
    };
    ensure!(matches!(lost, OpenError::InUse), "{lost}");
    ensure!(lost.problem().code == "store-busy", "it says so: {:?}", lost.problem());
    let over = Instant::now();
    world.take(won);
    let ids = world.send_small(4).await?;
    // A third one in the middle of it.
    let third = App::open(world.paths(), world.setup.options(&world.keys, Face::Window)).await;
    ensure!(matches!(third, Err(OpenError::InUse)));
    world.done(&ids).await?;
    world.account(over).await
}

/// Both are asked to upload the same file at the same moment: each sends it once at most, and the second one is told.
pub(crate) async fn a_command_beside_the_window() -> Result<Row> {
    let world = World::new().await?;
    let command = App::open(world.paths(), world.setup.options(&world.keys, Face::Command)).await?;
    let site = set_up(&command, &world.host.base_url(), &world.host.user_key()).await?;
    ensure!(site == world.site, "it is the same site in both");
    let file = world.small(1)?;
    let ours = world.add(&file).await?[0];
    let added = command.add_paths(file, Origin::CommandLine).await;
    let theirs = *added.items.first().context("the command has the file, too")?;
    let phase_there = async || {
        let items = command.engine().snapshot().await.ok()?.items;
        Some(items.into_iter().find(|item| item.id == theirs)?.phase.clone())
    };
    until("both are ready", async || phase_there().await == Some(Phase::Ready)).await?;
    // Both bodies are there before the host has looked at either; it looks at one after the other.
    world.host.schedule("delay:300".parse()?);
    world.host.schedule("delay:1500".parse()?);
    let over = Instant::now();
    let (one, other) = tokio::join!(
        world.app.engine().upload(Some(vec![ours])),
        command.engine().upload(Some(vec![theirs]))
    );
    one.and(other)?;
    let ended = |phase: Phase| (!phase.is_pending()).then_some(phase);
    let here = until_some("the window's end", async || ended(world.item(ours).await.ok()?.phase)).await?;
    let there = until_some("the command's end", async || ended(phase_there().await?)).await?;
    let told = |phase: &Phase| match phase {
        Phase::Duplicate { .. } => true,
        Phase::Refused { problem } => problem.code == "duplicate-in-queue",
        _ => false,
    };
    let done = |phase: &Phase| matches!(phase, Phase::Done { .. });
    ensure!(done(&here) && told(&there) || told(&here) && done(&there), "{here:?}, {there:?}");
    ensure!(world.host.stored().len() == 1, "the host has it once");
    ensure!(world.host.received().len() == 1, "whoever comes second sends nothing");

    // Their history is one.
    let files = world.small(2)?;
    let added = command.add_paths(files, Origin::CommandLine).await;
    let count = |phase: &Phase| !matches!(phase, Phase::Preparing);
    until("they are ready", async || {
        let snapshot = command.engine().snapshot().await;
        snapshot.is_ok_and(|it| it.items.iter().all(|item| count(&item.phase)))
    })
    .await?;
    command.engine().upload(Some(added.items)).await?;
    until("the command's files are done", async || {
        let snapshot = command.engine().snapshot().await;
        snapshot.is_ok_and(|it| it.queue.batch.is_none())
    })
    .await?;
    let more = world.send_small(1).await?;
    world.done(&more).await?;
    let history = world.history().await?;
    ensure!(
        history.len() == 4 && history.iter().all(|(_, link)| link.is_some()),
        "{} entries",
        history.len()
    );
    let items = command.engine().snapshot().await?.items.into_iter().map(|item| item.id).collect();
    command.engine().remove(items).await?;
    command.close().await;
    world.account(over).await
}
