//! The file: removed, replaced, rewritten and cut off while it is being sent or while it waits.

use std::{
    fs::{self, File},
    io::{Seek, SeekFrom, Write},
    path::Path,
    time::Instant,
};

use anyhow::{Result, ensure};
use demo_host::Fault;
use engine::Phase;
use support::until;

use crate::{table::Row, world::World};

/// Something that happens to a file in the middle of its transfer. What comes of it: whether the site has it.
async fn while_sending(what: fn(&Path) -> Result<()>, arrives: bool) -> Result<Row> {
    let world = World::new().await?;
    let before = world.send_small(2).await?;
    world.done(&before).await?;
    // A few seconds for the whole of it: the first piece is on its way, the last one is not.
    world.host.play(Fault::Slow(4_000_000));
    let file = world.large()?;
    let ours = fs::read(&file)?;
    let struck = world.send(std::slice::from_ref(&file)).await?[0];
    until("the file on its way", async || world.host.faults().is_empty()).await?;
    what(&file)?;
    let over = Instant::now();
    let during = world.send_small(3).await?;
    world.done(&during).await?;
    if arrives {
        // What was opened is sent as it was.
        world.done(&[struck]).await?;
        let same =
            world.host.stored().iter().any(|stored| fs::read(&stored.original).is_ok_and(|it| it == ours));
        ensure!(same, "the host has every byte of it");
    } else {
        world.struck(struck).await?;
        let phase = world.item(struck).await?.phase;
        ensure!(
            matches!(&phase, Phase::Failed { problem, .. } if problem.code == "file-changed"),
            "{phase:?}"
        );
        // The person looks at it and tries again: it is prepared anew, as the file that it is now.
        fs::write(&file, &ours)?;
        world.app.engine().retry(vec![struck]).await?;
        world
            .until("a file that is ready again", |snapshot| (snapshot.queue.counts.ready == 1).then_some(()))
            .await?;
        world.app.engine().upload(Some(vec![struck])).await?;
        world.done(&[struck]).await?;
    }
    world.account(over).await
}

pub(crate) async fn file_removed_while_it_is_sent() -> Result<Row> {
    while_sending(|file| Ok(fs::remove_file(file)?), true).await
}

/// As most editors save: a new file takes the old one's name.
pub(crate) async fn file_replaced_while_it_is_sent() -> Result<Row> {
    let replace = |file: &Path| {
        let new = file.with_extension("new");
        fs::write(&new, b"something else")?;
        Ok(fs::rename(new, file)?)
    };
    while_sending(replace, true).await
}

pub(crate) async fn file_rewritten_while_it_is_sent() -> Result<Row> {
    let rewrite = |file: &Path| {
        let mut file = File::options().write(true).open(file)?;
        file.seek(SeekFrom::End(-1000))?;
        Ok(file.write_all(&[7; 1000])?)
    };
    while_sending(rewrite, false).await
}

pub(crate) async fn file_cut_off_while_it_is_sent() -> Result<Row> {
    let cut = |file: &Path| {
        let file = File::options().write(true).open(file)?;
        Ok(file.set_len(file.metadata()?.len() - 1000)?)
    };
    while_sending(cut, false).await
}

/// Nothing of a file that is gone or another one by its turn is sent, and the others go.
pub(crate) async fn file_gone_or_another_before_its_turn() -> Result<Row> {
    let world = World::new().await?;
    let files = world.small(6)?;
    let ids = world.add(&files).await?;
    fs::remove_file(&files[1])?;
    fs::write(&files[3], b"something else")?;
    let over = Instant::now();
    world.app.engine().upload(Some(ids.clone())).await?;
    let items = world
        .until("the end of the batch", |snapshot| {
            snapshot.queue.batch.is_none().then(|| snapshot.items.clone())
        })
        .await?;
    let codes: Vec<&str> = items
        .iter()
        .map(|item| match &item.phase {
            Phase::Done { .. } => "done",
            Phase::Failed { problem, .. } => problem.code.as_str(),
            _ => "",
        })
        .collect();
    ensure!(codes == ["done", "file-missing", "done", "file-changed", "done", "done"], "{codes:?}");
    ensure!(world.host.received().len() == 4, "nothing of the two was sent");
    world.account(over).await
}
