//! The disk: full while a receipt is to be saved, and the database held by somebody else.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use app::{OpenError, Pasted};
use engine::Phase;
use rusqlite::Connection;
use support::until;

use crate::{
    table::Row,
    world::{Setup, World},
};

/// The argument by which this program plays its part on a disk of its own.
pub(crate) const SMALL_DISK: &str = "--on-a-small-disk";

/// Room enough to start and to work for a while.
const ROOM: &str = "3m";

/// Whether this system lets anybody mount a disk of their own.
pub(crate) fn may_mount() -> bool {
    own_disk("exit 0", &std::env::temp_dir()).is_ok_and(|output| output.status.success())
}

/// Runs a shell's line where the folder is a small disk, seen by that line alone.
fn own_disk(line: &str, folder: &Path) -> Result<Output> {
    let line = format!("mount -t tmpfs -o size={ROOM} keltas \"$1\" && {line}");
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &line, "sh"]).arg(folder);
    Ok(command.arg(std::env::current_exe()?).output()?)
}

/// D13, second half. The app is on a disk of its own, so it is played in a process of its own.
pub(crate) async fn d13_the_disk_is_full_while_receipts_are_to_be_saved() -> Result<Row> {
    let folder = tempfile::tempdir()?;
    let line = format!("exec \"$2\" {SMALL_DISK} \"$1\"");
    let output = tokio::task::spawn_blocking({
        let folder = folder.path().to_owned();
        move || own_disk(&line, &folder)
    });
    let output = output.await??;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let mut numbers = said.lines().last().unwrap_or_default().split(' ');
    let mut next = || numbers.next().context("the row is told in four numbers");
    let (tries, lost, doubled) = (next()?.parse()?, next()?.parse()?, next()?.parse()?);
    let recovered = Some(Duration::from_secs_f64(next()?.parse()?));
    Ok(Row { tries, lost, doubled, recovered, ..Row::default() })
}

/// The part that is played on the small disk.
pub(crate) async fn on_a_small_disk(disk: PathBuf) -> Result<()> {
    let mut world = World::with(Setup { home: Some(disk.join("keltas")), ..Setup::default() }).await?;
    let before = world.send_small(3).await?;
    world.done(&before).await?;
    // Ready while there is room; their answers come when there is none.
    let during = world.add(&world.small(6)?).await?;
    world.host.schedule("delay:1000*2".parse()?);
    world.app.engine().upload(Some(during.clone())).await?;
    until("two on their way", async || world.host.faults().is_empty()).await?;
    let ballast = Ballast::take_all(&disk)?;
    until("two that the host has", async || world.host.stored().len() == 5).await?;
    let trouble = world.until("a message", |snapshot| snapshot.queue.trouble.clone()).await?;
    ensure!(trouble.code == "disk-full", "{trouble:?}");
    let snapshot = world.snapshot().await?;
    let sending = snapshot.items.iter().filter(|item| matches!(item.phase, Phase::Sending { .. })).count();
    ensure!(
        (snapshot.queue.counts.done, sending) == (3, 2),
        "nothing is shown that is not saved: {snapshot:#?}"
    );
    // What a person asks for now is refused in so many words, and changes nothing.
    let added = world.app.add_paths(world.small(1)?, engine::Origin::Drop).await;
    ensure!(added.problem.as_ref().is_some_and(|problem| problem.code == "disk-full"), "{added:?}");
    let pasted = Pasted { png: fs::read(&world.small(1)?[0])?, still: false };
    let pasted = world.app.add_picture(pasted, engine::Origin::Paste).await;
    ensure!(pasted.problem.as_ref().is_some_and(|problem| problem.code == "disk-full"), "{pasted:?}");
    ensure!(fs::read_dir(world.paths().spool())?.count() == 0, "half a picture is no picture");
    let changed = world.app.change_settings(|settings| settings.notify = false).await;
    ensure!(
        changed.is_err_and(|problem| problem.code == "disk-full"),
        "a setting that is not saved is not set"
    );
    ensure!(world.app.settings().notify, "a setting that is not saved is not set");

    drop(ballast);
    let over = Instant::now();
    world.done(&during).await?;
    let trouble = world.snapshot().await?.queue.trouble;
    ensure!(trouble.is_none(), "the message goes: {trouble:?}");

    // Once more, and this time the app ends while the disk is full.
    let last = world.add(&world.small(2)?).await?;
    world.host.schedule("delay:1000*2".parse()?);
    world.app.engine().upload(Some(last.clone())).await?;
    until("two on their way", async || world.host.faults().is_empty()).await?;
    let ballast = Ballast::take_all(&disk)?;
    until("two that the host has", async || world.host.stored().len() == 11).await?;
    world.until("a message", |snapshot| snapshot.queue.trouble.clone()).await?;
    world.close().await;
    if let Err(error) = world.open().await {
        let error = error.downcast::<OpenError>()?;
        ensure!(error.problem().code == "disk-full", "whoever starts it is told: {error:?}");
    } else {
        world.close().await;
    }
    drop(ballast);
    world.open().await?;
    let mut unknown = 0;
    for id in last {
        // One of the two may have found the last bit of room.
        if matches!(world.item(id).await?.phase, Phase::Unknown { .. }) {
            unknown += 1;
            world.look_and_decide(id).await?;
        }
    }
    ensure!(unknown > 0, "what could not be saved is not known");
    let row = world.account(over).await?;
    ensure!(row.wrong.is_empty(), "{row:?}");
    let recovered = row.recovered.unwrap_or_default().as_secs_f64();
    crate::say(&format!("{} {} {} {recovered}", row.tries, row.lost, row.doubled))
}

/// Takes all the room that there is, also what becomes free later, until it is dropped.
struct Ballast {
    path: PathBuf,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Ballast {
    fn take_all(disk: &Path) -> Result<Self> {
        let path = disk.join("ballast");
        let mut file = File::create(&path)?;
        let mut fill = move || {
            for piece in [64 * 1024, 4096, 1] {
                while file.write_all(&vec![0; piece]).is_ok() {}
            }
        };
        fill();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                fill();
                thread::sleep(Duration::from_millis(1));
            }
        });
        Ok(Self { path, stop, thread: Some(thread) })
    }
}

impl Drop for Ballast {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // It cannot panic; and a file that stays is found by whoever waits for room.
        let _ = self.thread.take().map(JoinHandle::join);
        let _ = fs::remove_file(&self.path);
    }
}

/// Somebody else holds the database for ten seconds, a backup program for example.
pub(crate) async fn database_locked_for_10_s() -> Result<Row> {
    let world = World::new().await?;
    let before = world.send_small(2).await?;
    world.done(&before).await?;
    let during = world.add(&world.small(4)?).await?;
    world.host.schedule("delay:1000*2".parse()?);
    world.app.engine().upload(Some(during.clone())).await?;
    until("two on their way", async || world.host.faults().is_empty()).await?;
    let other = Connection::open(world.paths().database())?;
    other.execute_batch("BEGIN EXCLUSIVE")?;
    // The fault itself takes ten seconds.
    tokio::time::sleep(Duration::from_secs(10)).await;
    ensure!(world.watch.troubles().contains("store-busy"), "it is told while it lasts");
    ensure!(world.watch.done().len() == 2, "nothing is shown that is not saved");
    other.execute_batch("ROLLBACK")?;
    let over = Instant::now();
    world.done(&during).await?;
    let after = world.send_small(2).await?;
    world.done(&after).await?;
    let trouble = world.snapshot().await?.queue.trouble;
    ensure!(trouble.is_none(), "the message goes: {trouble:?}");
    world.account(over).await
}

/// A stop is a stop, also while nothing can be saved: the connections are closed, and what is shown stays true.
pub(crate) async fn cancel_while_nothing_can_be_saved() -> Result<Row> {
    let world = World::with(Setup { over_a_line: true, ..Setup::default() }).await?;
    let before = world.send_small(2).await?;
    world.done(&before).await?;
    let ids = world.add(&[vec![world.very_large()?, world.very_large()?], world.small(3)?].concat()).await?;
    world.host.schedule("stall:50*2".parse()?);
    world.app.engine().upload(Some(ids.clone())).await?;
    until("two on their way", async || world.host.faults().is_empty()).await?;
    let other = Connection::open(world.paths().database())?;
    other.execute_batch("BEGIN EXCLUSIVE")?;
    let cancelled = world.app.engine().cancel().await;
    ensure!(cancelled == Err(engine::Error::Busy), "it is told that it could not be saved: {cancelled:?}");
    until("connections that are closed", async || world.line().connections() == 0).await?;
    other.execute_batch("ROLLBACK")?;
    let over = Instant::now();
    // What was stopped is ready again; the wish for the others was refused, so they go on.
    let (stopped, waiting) = ids.split_at(2);
    world.done(waiting).await?;
    world.until("two that are ready", |snapshot| (snapshot.queue.counts.ready == 2).then_some(())).await?;
    world.app.engine().upload(Some(stopped.to_vec())).await?;
    world.done(stopped).await?;
    world.account(over).await
}
