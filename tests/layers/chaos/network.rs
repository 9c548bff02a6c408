//! The network: refused, not found, reset, stalled, cut, gone and back.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use demo_host::{DemoHost, Fault, Options, Tls};
use engine::{ItemId, Phase, SitePause, Snapshot};
use support::{chaos::Way, until};

use crate::{
    strike::{Comes, Size, strike, strike_with},
    table::Row,
    world::{Setup, World, set_up},
};

/// The pause of the only site that has one.
fn pause(snapshot: &Snapshot) -> Option<SitePause> {
    snapshot.queue.site_pauses.first().cloned()
}

pub(crate) async fn connection_refused() -> Result<Row> {
    let world = World::new().await?;
    let before = world.send_small(2).await?;
    world.done(&before).await?;
    world.host.play(Fault::Refuse(Duration::from_secs(3600)));
    let during = world.send_small(4).await?;
    let pause = world.until("a site that is left alone", pause).await?;
    ensure!(pause.problem.code == "connect" && pause.not_before.is_some(), "{pause:?}");
    let waiting = world.snapshot().await?.queue.counts;
    ensure!(waiting.waiting + waiting.sending == 4 && waiting.failed == 0, "all wait: {waiting:?}");
    world.host.clear_faults();
    let over = Instant::now();
    let after = world.send_small(2).await?;
    world.done(&[during, after].concat()).await?;
    world.account(over).await
}

/// A site that cannot be reached in a way that only the person can mend; another one goes on beside it.
async fn out_of_reach(address: &str, key: &str, says: &str, for_good: bool) -> Result<Row> {
    let world = World::new().await?;
    let before = world.send_small(2).await?;
    world.done(&before).await?;
    let dead = set_up(&world.app, address, key).await?;
    let stuck = world.send_small(3).await?;
    let pause = world.until("a site that is left alone", pause).await?;
    ensure!(pause.site == dead && pause.problem.code == says, "{pause:?}");
    ensure!(pause.not_before.is_none() == for_good, "{pause:?}");
    // The other site's queue goes on meanwhile.
    world.app.engine().set_site(world.site).await?;
    let beside = world.send_small(3).await?;
    world.done(&beside).await?;
    let counts = world.snapshot().await?.queue.counts;
    ensure!(counts.waiting + counts.sending == 3 && counts.failed == 0, "the three wait: {counts:?}");
    // The person gives up and sends the files to the other site.
    world.app.engine().cancel().await?;
    world
        .until("files that are ready again", |snapshot| (snapshot.queue.counts.ready == 3).then_some(()))
        .await?;
    let over = Instant::now();
    world.app.engine().set_site(dead).await?;
    world.app.engine().set_site(world.site).await?;
    world.app.engine().upload(Some(stuck.clone())).await?;
    world.done(&stuck).await?;
    world.account(over).await
}

pub(crate) async fn dns_failure() -> Result<Row> {
    out_of_reach("http://keltas.invalid", "chv_1_none", "dns", false).await
}

pub(crate) async fn tls_failure() -> Result<Row> {
    let dir = tempfile::tempdir()?;
    let mut row = Row::default();
    for (tls, says) in [(Tls::SelfSigned, "tls-unknown-issuer"), (Tls::Expired, "tls-expired")] {
        let options = Options { tls: Some(tls), ..Options::new(dir.path().join(says)) };
        let host = DemoHost::start(options)?;
        row = row.and(out_of_reach(&host.base_url(), &host.user_key(), says, true).await?);
        ensure!(host.received().is_empty(), "nothing is told to a host that cannot be trusted");
    }
    Ok(row)
}

pub(crate) async fn reset_before_the_body() -> Result<Row> {
    strike("reset-before", Size::Large, Comes::Through, "connection-lost").await
}

pub(crate) async fn reset_in_the_middle_of_the_body() -> Result<Row> {
    strike("reset-mid-body:50", Size::Large, Comes::Through, "connection-lost").await
}

pub(crate) async fn reset_after_the_body() -> Result<Row> {
    strike("reset-after-body", Size::Small, Comes::Unknown, "unknown-lost").await
}

/// A small body is with the network before the host refuses it, so nobody can know.
pub(crate) async fn reset_of_a_body_that_left_at_once() -> Result<Row> {
    strike("reset-mid-body:50", Size::Small, Comes::Unknown, "unknown-lost").await
}

pub(crate) async fn stall_at_0_percent() -> Result<Row> {
    strike("stall:0", Size::Large, Comes::Through, "stalled").await
}

pub(crate) async fn stall_at_50_percent() -> Result<Row> {
    strike("stall:50", Size::Large, Comes::Through, "stalled").await
}

pub(crate) async fn stall_at_100_percent() -> Result<Row> {
    strike_with(Setup::impatient(), "stall:100", Size::Small, Comes::Unknown, "unknown-silence").await
}

/// The host has the file and stays silent.
pub(crate) async fn d11_silence_after_the_body() -> Result<Row> {
    strike_with(Setup::impatient(), "silent-after-body", Size::Small, Comes::Unknown, "unknown-silence").await
}

pub(crate) async fn answer_cut_in_the_middle() -> Result<Row> {
    strike("answer-cut", Size::Small, Comes::Unknown, "unknown-lost").await
}

/// At 1 KB/s a small picture takes seconds. It is no fault to be slow: it is done with the first try.
pub(crate) async fn slow_host() -> Result<Row> {
    let world = World::new().await?;
    let before = world.send_small(2).await?;
    world.done(&before).await?;
    world.host.play(Fault::Slow(1_000));
    let slow = world.send_small(1).await?;
    until("the request that is read slowly", async || world.host.faults().is_empty()).await?;
    let beside = world.send_small(3).await?;
    world.done(&beside).await?;
    let phase = world.item(slow[0]).await?.phase;
    ensure!(matches!(phase, Phase::Sending { .. }), "it is on its way: {phase:?}");
    world.done(&slow).await?;
    let over = Instant::now();
    let after = world.send_small(1).await?;
    world.done(&after).await?;
    let row = world.account(over).await?;
    ensure!(row.tries == 7, "none is tried twice: {row:?}");
    Ok(row)
}

/// The connection stands, and nothing comes through any more, in the middle of a large file and for all others.
pub(crate) async fn network_gone_and_back() -> Result<Row> {
    let world = World::with(Setup { over_a_line: true, ..Setup::impatient() }).await?;
    let before = world.send_small(2).await?;
    world.done(&before).await?;
    world.host.play(Fault::Slow(2_000_000));
    let struck = world.send(&[world.large()?]).await?;
    until("a large file on its way", async || world.host.faults().is_empty()).await?;
    world.line().go_dead();
    let during = world.send_small(3).await?;
    world.struck(struck[0]).await?;
    world.line().come_back();
    let over = Instant::now();
    // What had left whole may have arrived, for all that the app knows.
    for id in struck.iter().chain(&during) {
        while !through(&world, *id).await? {
            world.look_and_decide(*id).await?;
        }
    }
    let after = world.send_small(2).await?;
    world.done(&[struck, during, after].concat()).await?;
    world.account(over).await
}

/// Forty files, each cut at a random byte of its request or of its answer.
pub(crate) async fn cut_at_any_byte() -> Result<Row> {
    let seed = crate::seed();
    cut(seed).await.map(|row| row.remark(format!("seed {seed}"))).with_context(|| format!("seed {seed}"))
}

async fn cut(seed: u64) -> Result<Row> {
    let mut random = fastrand::Rng::with_seed(seed);
    let world = World::with(Setup { over_a_line: true, ..Setup::default() }).await?;
    world.app.change_settings(|settings| settings.parallel = 1).await.map_err(crate::problem)?;
    let (mut over, mut all) = (Instant::now(), Vec::new());
    for _ in 0..40 {
        // A small request takes about 5 KB, its answer about 3 KB: some cuts come after the end, and later strike another.
        let cut = if random.bool() {
            (Way::ToSite, random.u64(..5_500))
        } else {
            (Way::FromSite, random.u64(..3_500))
        };
        world.line().cut(cut.0, cut.1);
        let id = world.send_small(1).await?[0];
        while !through(&world, id).await.with_context(|| format!("{cut:?}"))? {
            over = Instant::now();
            world.look_and_decide(id).await?;
        }
        all.push(id);
    }
    world.done(&all).await?;
    world.account(over).await
}

/// Whether a file is done; `false` when its outcome is not known.
async fn through(world: &World, id: ItemId) -> Result<bool> {
    let ended = |snapshot: &Snapshot| {
        let item = snapshot.items.iter().find(|item| item.id == id)?;
        match item.phase {
            Phase::Done { .. } => Some(true),
            Phase::Unknown { .. } => Some(false),
            _ => None,
        }
    };
    world.until("the end of a file", ended).await
}

/// Whoever presses "Cancel" waits for nothing, and the connection is closed.
pub(crate) async fn d11_cancel_while_the_host_is_silent() -> Result<Row> {
    let world = World::with(Setup { over_a_line: true, ..Setup::default() }).await?;
    world.host.play("stall:50".parse()?);
    let large = world.send(&[world.very_large()?]).await?;
    until("the request that stalls", async || world.host.faults().is_empty()).await?;
    world.host.play(Fault::SilentAfterBody);
    let small = world.send_small(1).await?;
    until("the body that is stored", async || world.host.stored().len() == 1).await?;
    let over = Instant::now();
    world.app.engine().cancel().await?;
    let took = over.elapsed();
    until("connections that are closed", async || world.line().connections() == 0).await?;
    let phases = [world.item(large[0]).await?.phase, world.item(small[0]).await?.phase];
    ensure!(matches!(phases, [Phase::Ready, Phase::Unknown { .. }]), "{phases:?}");
    world.look_and_decide(small[0]).await?;
    world.app.engine().upload(Some(large.clone())).await?;
    world.done(&[large, small].concat()).await?;
    Ok(world.account(over).await?.remark(format!("cancelled in {} ms", took.as_millis())))
}
