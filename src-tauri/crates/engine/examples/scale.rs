//! How long a large queue takes: `cargo run --release -p engine --example scale -- 10000`.
//!
//! Preparing and sending cost nothing here, so what is measured is the queue itself and its disk.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use engine::{
    Arrival, BoxFuture, Change, Counts, Engine, Facts, Fault, HistoryQuery, Job, Lane, NewItem, Origin,
    Policy, Ports, Prepare, PrepareJob, Prepared, Problem, ProgressSink, Site, SystemClock, Transfer,
};
use tokio::sync::broadcast::{Receiver, error::RecvError};

type Any = Box<dyn std::error::Error>;

/// Every item is the same small file, and yet a picture of its own.
struct Plain;

impl Prepare for Plain {
    fn prepare(&self, jobs: Vec<PrepareJob>) -> BoxFuture<Vec<Result<Prepared, Problem>>> {
        let body = |job: PrepareJob| {
            Ok(Prepared {
                body: job.path,
                body_owned: false,
                name: job.name,
                mime: job.facts.mime,
                size: job.facts.size,
                blake3: format!("blake3 of {}", job.item),
                notes: Vec::new(),
            })
        };
        Box::pin(async move { jobs.into_iter().map(body).collect() })
    }
}

/// A site that takes everything at once.
struct Near;

impl Transfer for Near {
    fn send(&self, _: Job, progress: ProgressSink) -> BoxFuture<Result<Arrival, Fault>> {
        Box::pin(async move {
            progress.body_leaves();
            Ok(Arrival { approved: true, ..Arrival::default() })
        })
    }
}

#[tokio::main]
async fn main() -> Result<(), Any> {
    let count: usize = std::env::args().nth(1).map_or(Ok(10_000), |count| count.parse())?;
    let dir = tempfile::tempdir()?;
    let file = dir.path().join("picture.png");
    std::fs::write(&file, "a picture")?;
    let ports = Ports { transfer: Arc::new(Near), prepare: Arc::new(Plain), clock: Arc::new(SystemClock) };
    let engine =
        Engine::open(&dir.path().join("keltas.db"), Lane::alone(), Policy::default(), ports).await?.engine;
    let site = engine.save_site(Site::new("https://site.example/", "site.example")).await?;
    let items = (0..count).map(|at| item(&file, at)).collect::<Result<Vec<_>, _>>()?;
    let mut changes = engine.subscribe();

    let begun = Instant::now();
    engine.add(site, items).await?;
    say("add", begun);
    until(&engine, &mut changes, |counts| counts.ready == count).await?;
    say("prepare", begun);

    let begun = Instant::now();
    engine.upload(None).await?;
    until(&engine, &mut changes, |counts| counts.done == count).await?;
    say("upload", begun);

    let begun = Instant::now();
    engine.finish().await?;
    say("finish", begun);

    for (what, search) in
        [("page", None), ("search", Some("picture-99")), ("all", Some("picture")), ("short", Some("99"))]
    {
        let query = HistoryQuery { search: search.map(str::to_owned), limit: 100, ..HistoryQuery::default() };
        let begun = Instant::now();
        let page = engine.history(query.clone()).await?;
        say(what, begun);
        let begun = Instant::now();
        let after = page.receipts.last().map(|receipt| receipt.id);
        engine.history(HistoryQuery { after, ..query }).await?;
        say(what, begun);
    }
    let begun = Instant::now();
    engine.clear_history(true).await?;
    say("clear", begun);
    engine.close().await?;
    Ok(())
}

fn say(what: &str, begun: Instant) {
    println!("{what:8}{:8.3} s", begun.elapsed().as_secs_f64());
}

/// Follows the changes until the counts are so.
async fn until(
    engine: &Engine,
    changes: &mut Receiver<Change>,
    test: impl Fn(&Counts) -> bool,
) -> Result<(), Any> {
    loop {
        let counts = match changes.recv().await {
            Ok(Change::Queue(delta)) => delta.queue.as_ref().map(|queue| queue.counts),
            Ok(_) => None,
            Err(RecvError::Lagged(_)) => Some(engine.snapshot().await?.queue.counts),
            Err(RecvError::Closed) => return Err("the engine ended".into()),
        };
        if counts.is_some_and(|counts| test(&counts)) {
            return Ok(());
        }
    }
}

fn item(path: &Path, at: usize) -> std::io::Result<NewItem> {
    let data = std::fs::metadata(path)?;
    Ok(NewItem {
        path: path.to_owned(),
        owned: false,
        name: format!("picture-{at}.png"),
        origin: Origin::Drop,
        facts: Facts {
            mime: "image/png".into(),
            size: data.len(),
            modified: data.modified()?.into(),
            width: Some(640),
            height: Some(480),
            duration_ms: None,
            animated: false,
        },
        title: None,
        refused: None,
    })
}
