//! Ten thousand files in one queue, to a host that counts them and keeps nothing.

use std::{
    collections::BTreeSet,
    fs,
    path::PathBuf,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Result, bail, ensure};
use app::{App, Face, KeyStore, Paths};
use demo_host::{DemoHost, Options};
use engine::{Change, Counts, HistoryQuery, Origin};
use tokio::sync::broadcast::error::RecvError;

use crate::{
    table::Row,
    watch::Watch,
    world::{Setup, png, set_up, write},
};

/// The argument by which this program plays the app, in a process of its own so that its memory can be told.
pub(crate) const ARGUMENT: &str = "--many";

const FILES: u32 = 10_000;

/// So many are on their way at once, at most.
const PARALLEL: u8 = 8;

pub(crate) async fn ten_thousand_items_queued() -> Result<Row> {
    let dir = tempfile::tempdir()?;
    let host = DemoHost::start(Options::new(dir.path().join("host")))?;
    host.set(|settings| (settings.discard, settings.flood) = (true, None));
    let pictures = dir.path().join("pictures");
    for number in 0..FILES {
        write(&pictures.join(name(number)), &png(number, 8, 8)?)?;
    }
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(ARGUMENT).args([dir.path().join("keltas"), pictures]);
    command.args([host.base_url(), host.user_key()]).stderr(Stdio::piped());
    let output = tokio::task::spawn_blocking(move || command.output()).await??;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let received = host.received();
    let sent: Vec<u32> = received.iter().filter_map(|request| number(&request.file.as_ref()?.name)).collect();
    let different: BTreeSet<_> = sent.iter().copied().collect();
    let mut row = Row { tries: sent.len(), ..Row::default() };
    row.lost = usize::try_from(FILES)? - different.len();
    row.doubled = sent.len() - different.len();
    ensure!((row.lost, row.doubled) == (0, 0), "{row:?}");
    Ok(row.remark(String::from_utf8_lossy(&output.stdout).trim().to_owned()))
}

fn name(number: u32) -> String {
    format!("{number:05}.png")
}

fn number(name: &str) -> Option<u32> {
    name.strip_suffix(".png")?.parse().ok()
}

/// The part that is played in a process of its own.
pub(crate) async fn run(words: Vec<String>) -> Result<()> {
    let [home, pictures, base, key] =
        <[String; 4]>::try_from(words).map_err(|words| anyhow::anyhow!("four words, not {words:?}"))?;
    let options = Setup::default().options(&KeyStore::in_memory(), Face::Window);
    let app = App::open(Paths::under(home), options).await?;
    set_up(&app, &base, &key).await?;
    app.change_settings(|settings| settings.parallel = PARALLEL).await.map_err(crate::problem)?;
    let (before, watch) = (memory(), Watch::default());
    watch.follow(app.engine().subscribe());
    let begin = Instant::now();
    let added = app.add_paths(vec![PathBuf::from(pictures)], Origin::Drop).await;
    ensure!(added.items.len() == FILES as usize, "{added:?}");
    wait(&app, |counts| counts.preparing).await?;
    let queued = memory();
    app.engine().upload(None).await?;
    wait(&app, |counts| counts.waiting + counts.sending).await?;
    let (took, done) = (begin.elapsed(), memory());

    // Ids go up in the order of the queue. One that watches so many may miss some.
    let sent = watch.order();
    ensure!(sent.is_sorted() && sent.len() > added.items.len() / 2, "they go in the order of the queue");
    let items = app.engine().snapshot().await?.items;
    let order: Vec<String> = items.iter().map(|item| item.name.clone()).collect();
    ensure!(order == (0..FILES).map(name).collect::<Vec<_>>(), "the queue keeps its order");
    ensure!(
        history(&app).await? == order,
        "the history has the order of the queue, each with its delete link"
    );
    app.close().await;
    let more = |now: Option<u64>| match (before, now) {
        (Some(before), Some(now)) => format!("{} MB", now.saturating_sub(before) / 1024),
        _ => "unknown".to_owned(),
    };
    let (took, queued, done) = (took.as_secs(), more(queued), more(done));
    crate::say(&format!("{took} s; memory grew by {queued} when all were ready, {done} when all were done"))
}

/// Waits until nothing stands where it will not stay. Looks at the counts alone: ten thousand items are many to look at.
async fn wait(app: &App, moving: fn(&Counts) -> usize) -> Result<()> {
    let mut changes = app.engine().subscribe();
    let mut queue = app.engine().snapshot().await?.queue;
    while moving(&queue.counts) > 0 {
        match changes.recv().await {
            Ok(Change::Queue(delta)) => queue = delta.queue.clone().unwrap_or(queue),
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => queue = app.engine().snapshot().await?.queue,
            Err(RecvError::Closed) => bail!("the engine has ended"),
        }
    }
    Ok(())
}

async fn history(app: &App) -> Result<Vec<String>> {
    let (mut names, mut after) = (Vec::new(), None);
    loop {
        let page =
            app.engine().history(HistoryQuery { after, limit: 500, ..HistoryQuery::default() }).await?;
        ensure!(page.receipts.iter().all(|receipt| receipt.deletion == engine::Deletion::Possible));
        after = page.receipts.last().map(|receipt| receipt.id);
        names.extend(page.receipts.into_iter().map(|receipt| receipt.name));
        if !page.more {
            return Ok(names);
        }
    }
}

/// What this process holds in memory, in kilobytes; known on Linux.
fn memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}
