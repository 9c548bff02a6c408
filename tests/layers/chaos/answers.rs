//! What a site or a proxy answers instead of a receipt: status pages, limits, maintenance, a PHP warning.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use app::{KeepKey, KeyPlace, LinkForm, SaveSite, SiteChoice};
use demo_host::{Fault, Flood, Play};
use engine::{Phase, SitePause, Snapshot};

use crate::{
    clock::Jumpy,
    strike::{Comes, Size, strike},
    table::Row,
    world::{Setup, World},
};

pub(crate) async fn status_500_html() -> Result<Row> {
    strike("html-500", Size::Small, Comes::Failed, "site-trouble").await
}

/// Nothing is stored, but a 502 may as well come after the site did its work.
pub(crate) async fn status_502_html() -> Result<Row> {
    strike("status-502", Size::Small, Comes::Unknown, "unknown-gateway").await
}

pub(crate) async fn status_503_html() -> Result<Row> {
    strike("status-503", Size::Small, Comes::Through, "site-trouble").await
}

pub(crate) async fn status_504_html() -> Result<Row> {
    strike("status-504", Size::Small, Comes::Unknown, "unknown-gateway").await
}

pub(crate) async fn status_524_html() -> Result<Row> {
    strike("status-524", Size::Small, Comes::Unknown, "unknown-gateway").await
}

pub(crate) async fn status_429() -> Result<Row> {
    let row = strike("status-429", Size::Small, Comes::Through, "rate-limited").await?;
    Ok(row.and(strike("status-429:2", Size::Small, Comes::Through, "rate-limited").await?))
}

pub(crate) async fn d02_a_php_warning_instead_of_json() -> Result<Row> {
    strike("html-200-php-warning", Size::Small, Comes::Unknown, "unknown-unreadable").await
}

pub(crate) async fn d03_one_file_of_five_is_too_big_for_the_proxy() -> Result<Row> {
    let world = World::new().await?;
    world.host.play(Fault::TooLarge);
    let large = world.send(&[world.large()?]).await?[0];
    let others = world.send_small(4).await?;
    let over = world.struck(large).await?;
    world.done(&others).await?;
    let phase = world.item(large).await?.phase;
    ensure!(matches!(&phase, Phase::Failed { problem, .. } if problem.code == "too-big"), "{phase:?}");
    // The next of that size is flagged without being sent.
    let sent = world.host.received().len();
    let next = world.send(&[world.large()?]).await?[0];
    world.struck(next).await?;
    let phase = world.item(next).await?.phase;
    ensure!(
        matches!(&phase, Phase::Failed { problem, .. } if problem.code.starts_with("too-big-")),
        "{phase:?}"
    );
    ensure!(world.host.received().len() == sent, "it is not sent to find out");
    world.account(over).await
}

pub(crate) async fn d04_a_file_that_is_there_already() -> Result<Row> {
    let world = World::new().await?;
    let file = world.small(1)?;
    let first = world.send(&file).await?;
    world.done(&first).await?;
    // Its own record, by content and site: the old link, and nothing is sent.
    let again = world.add(&file).await?;
    let phase = world.item(again[0]).await?.phase;
    ensure!(phase.receipt() == world.item(first[0]).await?.phase.receipt(), "the old link: {phase:?}");
    world.asked_twice(again[0]).await?;
    world.app.engine().upload_duplicate_anyway(again[0]).await?;
    world.until("the host's answer", |snapshot| (snapshot.queue.counts.duplicate == 1).then_some(())).await?;
    // Without a record the 24 hours are explained, and nothing is tried again.
    world.host.play(Fault::Duplicate);
    let stranger = world.send_small(1).await?[0];
    let over = world.struck(stranger).await?;
    let phase = world.item(stranger).await?.phase;
    ensure!(matches!(&phase, Phase::Failed { problem, .. } if problem.code == "duplicate"), "{phase:?}");
    let after = world.send_small(2).await?;
    world.done(&after).await?;
    world.app.engine().retry(vec![stranger]).await?;
    world.done(&[stranger]).await?;
    world.account(over).await
}

pub(crate) async fn d05_twenty_four_files_answered_in_reverse_and_two_fail() -> Result<Row> {
    let world = World::new().await?;
    world.app.change_settings(|settings| settings.parallel = 8).await.map_err(crate::problem)?;
    for play in ["reverse:8", "html-500*2", "delay-up-to:300*always"] {
        world.host.schedule(play.parse::<Play>()?);
    }
    let ids = world.add(&world.small(24)?).await?;
    world.app.engine().upload(None).await?;
    let over = Instant::now();
    let items = world
        .until("the end of the batch", |snapshot: &Snapshot| {
            snapshot.queue.batch.is_none().then(|| snapshot.items.clone())
        })
        .await?;
    ensure!(items.iter().map(|item| item.id).collect::<Vec<_>>() == ids, "rows keep their order");
    let done: Vec<_> = items.iter().filter(|item| matches!(item.phase, Phase::Done { .. })).collect();
    ensure!(done.len() == 22, "{} are done", done.len());
    let names: Vec<_> = done.iter().map(|item| item.name.clone()).collect();
    let receipts: Vec<_> = done.iter().filter_map(|item| item.phase.receipt()).collect();
    let links =
        world.app.render_links(receipts.clone(), LinkForm::default()).await.map_err(crate::problem)?;
    let copied: Vec<_> = links.iter().filter(|link| link.text.is_some()).map(|link| link.receipt).collect();
    ensure!(copied == receipts, "\"copy all\" gives 22 links in the order of the rows");
    let history: Vec<_> = world.history().await?.into_iter().map(|(receipt, _)| receipt.name).collect();
    ensure!(history == names, "the history is in the order of the queue: {history:?}");
    world.account(over).await
}

/// The site says "Flooding detected" from the 51st on: it is left alone until the minute is over, and then goes on.
pub(crate) async fn d10_a_flood_pauses_the_site() -> Result<Row> {
    let clock = Jumpy::default();
    let world = World::with(Setup { clock: clock.port(), ..Setup::default() }).await?;
    world.host.set(|settings| settings.flood = Some(Flood::default()));
    let ids = world.send_small(60).await?;
    let pause = world.until("the site's limit", stopped).await?;
    ensure!(pause.problem.code == "flood" && pause.not_before.is_some(), "{pause:?}");
    let counts = world.snapshot().await?.queue.counts;
    // Two that are looked at in the same moment may both be the 50th.
    ensure!(counts.done == world.host.stored().len() && counts.done >= 50, "{counts:?}");
    ensure!(counts.failed == 0 && counts.waiting == 60 - counts.done, "{counts:?}");
    let over = Instant::now();
    world.host.advance(Duration::from_secs(61));
    clock.jump(61_000);
    world.done(&ids).await?;
    world.account(over).await
}

/// The site stops and asks for the key; the files wait, the stored key is kept, and a new one lets all of them go.
pub(crate) async fn s11_a_key_that_is_refused_in_the_middle_of_a_queue() -> Result<Row> {
    let mut world = World::new().await?;
    let before = world.send_small(2).await?;
    world.done(&before).await?;
    world.replace_the_key()?;
    let during = world.send_small(4).await?;
    let pause = world.until("a site that is stopped", stopped).await?;
    ensure!(pause.problem.code == "key-refused" && pause.not_before.is_none(), "{pause:?}");
    let counts = world.snapshot().await?.queue.counts;
    ensure!((counts.waiting, counts.failed) == (4, 0), "{counts:?}");
    let site = world.app.sites().await.map_err(crate::problem)?.remove(0);
    ensure!(site.key == KeyPlace::Keyring, "the stored key is not erased: {:?}", site.key);
    let over = Instant::now();
    let choice = SiteChoice::Known(world.site);
    let saved = world.app.save_site(&choice, &world.host.user_key(), KeepKey::Keyring).await;
    ensure!(matches!(saved, SaveSite::Saved(_)), "{saved:?}");
    world.done(&during).await?;
    world.account(over).await
}

/// The pause of a site, once nothing is on its way any more.
fn stopped(snapshot: &Snapshot) -> Option<SitePause> {
    snapshot.queue.site_pauses.first().filter(|_| snapshot.queue.counts.sending == 0).cloned()
}

pub(crate) async fn s13_a_maintenance_page() -> Result<Row> {
    strike("html-200-maintenance", Size::Small, Comes::Through, "maintenance").await
}

/// "Address or API switched off", and a wall that wants a person: nothing fails, nothing is tried again unasked.
pub(crate) async fn s13_pages_that_need_the_person() -> Result<Row> {
    let mut row = Row::default();
    for (fault, says) in [(Fault::NotFound, "wrong-address"), (Fault::Challenge, "blocked")] {
        let world = World::new().await?;
        world.host.play_always(fault);
        let ids = world.send_small(3).await?;
        let pause = world.until("a site that is stopped", stopped).await?;
        ensure!(pause.problem.code == says && pause.not_before.is_none(), "{pause:?}");
        let counts = world.snapshot().await?.queue.counts;
        ensure!((counts.waiting, counts.failed) == (3, 0), "nothing is lost: {counts:?}");
        world.host.clear_faults();
        let over = Instant::now();
        world.app.engine().resume().await?;
        world.done(&ids).await?;
        row = row.and(world.account(over).await?);
    }
    Ok(row)
}
