//! Anything that the host can play, at random, on one queue, until a person got every file through.

use std::time::Instant;

use anyhow::{Context, Result};
use demo_host::Fault;
use engine::{ItemId, Phase, Snapshot};

use crate::{
    clock::Jumpy,
    table::Row,
    world::{Setup, World},
};

const FILES: usize = 40;

/// What takes long, needs company, teaches a limit that no other file could pass, or gives no delete link.
const LEFT_OUT: [&str; 6] =
    ["refuse", "slow", "reverse", "status-413-html", "silent-after-body", "wrong-types"];

/// What a person who sits before it does next.
enum Act {
    /// Nothing is left to do.
    Nothing,
    /// Looks on the site.
    Look(ItemId),
    /// Tries again.
    Retry(ItemId),
    /// Goes on with a site that was stopped.
    Resume,
    /// Waits until so many milliseconds are over.
    Wait(i64),
}

pub(crate) async fn any_fault_at_random() -> Result<Row> {
    let seed = crate::seed();
    play(seed).await.map(|row| row.remark(format!("seed {seed}"))).with_context(|| format!("seed {seed}"))
}

async fn play(seed: u64) -> Result<Row> {
    let (mut random, clock) = (fastrand::Rng::with_seed(seed), Jumpy::default());
    let world = World::with(Setup { clock: clock.port(), ..Setup::impatient() }).await?;
    world.app.change_settings(|settings| settings.parallel = 4).await.map_err(crate::problem)?;
    let entries = Fault::catalogue().iter().flat_map(|(_, entries)| *entries);
    let examples: Vec<&str> =
        entries.filter(|entry| !LEFT_OUT.contains(&entry.name())).map(|entry| entry.example).collect();
    for _ in 0..FILES {
        let fault = random.choice(&examples).context("the host can play something")?;
        world.host.schedule(fault.parse()?);
    }
    let ids = world.send_small(FILES).await?;
    let mut over = Instant::now();
    loop {
        match world.until("something to do", |snapshot| next(snapshot, &clock)).await? {
            Act::Nothing => break,
            Act::Look(id) => world.look_and_decide(id).await?,
            Act::Retry(id) => world.app.engine().retry(vec![id]).await?,
            Act::Resume => world.app.engine().resume().await?,
            Act::Wait(time) => clock.jump(time),
        }
        if !world.host.faults().is_empty() {
            over = Instant::now();
        }
    }
    world.done(&ids).await?;
    world.account(over).await
}

fn next(snapshot: &Snapshot, clock: &Jumpy) -> Option<Act> {
    let all = || snapshot.items.iter();
    if all().all(|item| matches!(item.phase, Phase::Done { .. })) {
        return Some(Act::Nothing);
    }
    for item in all() {
        match item.phase {
            Phase::Unknown { .. } => return Some(Act::Look(item.id)),
            Phase::Failed { .. } => return Some(Act::Retry(item.id)),
            _ => {}
        }
    }
    if all().any(|item| matches!(item.phase, Phase::Sending { .. })) {
        return None;
    }
    let pauses = &snapshot.queue.site_pauses;
    if pauses.iter().any(|pause| pause.not_before.is_none()) {
        return Some(Act::Resume);
    }
    let waits = all().filter_map(|item| match item.phase {
        Phase::Waiting { not_before, .. } => not_before,
        _ => None,
    });
    let moments = pauses.iter().filter_map(|pause| pause.not_before).chain(waits);
    let later = moments.map(|moment| moment.0 - clock.port().now().0).filter(|time| *time > 0);
    later.min().map(Act::Wait)
}
