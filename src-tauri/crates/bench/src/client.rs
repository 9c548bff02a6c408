//! Uploads files through the client and does nothing else: what an upload costs without an application around it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use chevereto::{ApiKey, BaseUrl, Client, ClientOptions, Fields, Proxy, Site, Source, Upload};
use futures_util::stream::{self, StreamExt, TryStreamExt};

/// `keltas-bench-client SITE KEY AT-ONCE MIME PATH…`; a folder stands for the files in it.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let mut word = |what| words.next().context(what);
    let site = Site::new(BaseUrl::parse(&word("a site")?)?);
    let key = ApiKey::parse(&word("a key")?)?;
    let at_once: usize = word("how many at once")?.parse()?;
    let mime = word("a MIME type")?;
    let options = ClientOptions {
        proxy: Proxy::Direct,
        stall_timeout: Duration::from_secs(30),
        ..ClientOptions::default()
    };
    let client = Client::new(&options)?;

    let mut files = Vec::new();
    for path in words {
        files.extend(files_at(Path::new(&path))?);
    }
    ensure!(!files.is_empty(), "no files");
    let uploads = files.into_iter().map(|path| upload(&client, &site, &key, path, &mime));
    stream::iter(uploads).buffer_unordered(at_once).try_collect::<Vec<()>>().await?;
    Ok(())
}

async fn upload(client: &Client, site: &Site, key: &ApiKey, path: PathBuf, mime: &str) -> Result<()> {
    let name = path.file_name().context("a file has a name")?.to_string_lossy().into_owned();
    let len = path.metadata()?.len();
    let source = Source::File { path, name, mime: mime.to_owned(), len };
    let image = client.upload(site, key, Upload { source, fields: Fields::default() }, |_| ()).await?;
    ensure!(image.id.is_some(), "an answer without an id");
    Ok(())
}

fn files_at(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files = entries.collect::<Result<Vec<_>, _>>()?;
    files.sort();
    Ok(files)
}
