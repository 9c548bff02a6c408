//! Uploads files through the whole application without a window: walked, sniffed, hashed, queued, sent, every receipt
//! saved. What that costs over the bare client is what the promises of the queue cost.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use app::{App, ClientOptions, KeepKey, KeyStore, Options, Paths, Proxy, SaveSite, SiteChoice};
use engine::{Change, Counts, Origin};
use tokio::sync::broadcast::{Receiver, error::RecvError};

/// `keltas-bench-app SITE KEY AT-ONCE MIME PATH…`; a folder stands for the files in it. The type is found in the bytes.
#[tokio::main]
async fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let mut word = |what| words.next().context(what);
    let (address, key) = (word("a site")?, word("a key")?);
    let at_once: u8 = word("how many at once")?.parse()?;
    word("a MIME type")?;
    let paths: Vec<PathBuf> = words.map(PathBuf::from).collect();

    let home = tempfile::tempdir()?;
    let client = ClientOptions { proxy: Proxy::Direct, ..ClientOptions::default() };
    let options = Options { keys: KeyStore::in_memory(), client, ..Options::default() };
    let app = App::open(Paths::under(home.path()), options).await?;
    let changed = app.change_settings(|settings| settings.parallel = at_once).await;
    changed.map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
    let choice = SiteChoice::Address { address, old_api: false };
    let saved = app.save_site(&choice, &key, KeepKey::Session).await;
    ensure!(matches!(saved, SaveSite::Saved(_)), "{saved:?}");

    let mut changes = app.engine().subscribe();
    let added = app.add_paths(paths, Origin::CommandLine).await;
    ensure!(added.refused == 0 && added.added > 0, "{added:?}");
    until(&app, &mut changes, |counts| counts.ready == added.added).await?;
    app.engine().upload(None).await?;
    until(&app, &mut changes, |counts| counts.done == added.added).await?;
    app.close().await;
    Ok(())
}

/// Follows the changes until the counts are so.
async fn until(app: &App, changes: &mut Receiver<Change>, test: impl Fn(&Counts) -> bool) -> Result<()> {
    loop {
        let counts = match changes.recv().await {
            Ok(Change::Queue(delta)) => delta.queue.as_ref().map(|queue| queue.counts),
            Ok(_) => None,
            Err(RecvError::Lagged(_)) => Some(app.engine().snapshot().await?.queue.counts),
            Err(RecvError::Closed) => anyhow::bail!("the engine ended"),
        };
        if let Some(counts) = counts {
            ensure!(counts.failed + counts.refused + counts.unknown == 0, "{counts:?}");
            if test(&counts) {
                return Ok(());
            }
        }
    }
}
