//! A world for one test: a demo host, an app whose site it is, and pictures.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use app::{App, KeepKey, KeyStore, Options, Paths, SaveSite, SiteChoice};
use demo_host::DemoHost;
use engine::{Item, ItemId, Origin, Phase, Receipt, SiteId, Snapshot};
use tempfile::TempDir;

/// No test waits this long for anything but a fault.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct World {
    pub folder: TempDir,
    pub host: DemoHost,
    pub app: App,
    pub site: SiteId,
}

impl World {
    /// A host, and an app that has its user's key in a keyring.
    pub async fn new() -> Self {
        Self::with(KeyStore::in_memory(), KeepKey::Keyring, None).await
    }

    pub async fn with(keys: KeyStore, keep: KeepKey, key: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = DemoHost::start(demo_host::Options::new(folder.path().join("host"))).unwrap();
        let app = open(&folder.path().join("data"), keys).await;
        let choice = SiteChoice::Address { address: host.base_url(), old_api: false };
        let key = key.map_or_else(|| host.user_key(), str::to_owned);
        let site = match app.save_site(&choice, &key, keep).await {
            SaveSite::Saved(facts) => facts.site.id,
            other => panic!("{other:?}"),
        };
        Self { folder, host, app, site }
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join("pictures").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Drops files and waits until each is ready or refused.
    pub async fn drop_files(&self, paths: &[PathBuf]) -> Vec<ItemId> {
        let added = self.app.add_paths(paths.to_vec(), Origin::Drop).await;
        let ids = added.items.clone();
        assert!(!ids.is_empty(), "{added:?}");
        self.until(|snapshot| snapshot.items.iter().all(|item| item.phase != Phase::Preparing).then_some(()))
            .await;
        ids
    }

    /// Uploads everything and waits for the end of the batch.
    pub async fn upload(&self) {
        self.app.engine().upload(None).await.unwrap();
        self.until(|snapshot| snapshot.queue.batch.is_none().then_some(())).await;
    }

    /// Waits until the queue is as wished.
    pub async fn until<T>(&self, wish: impl Fn(&Snapshot) -> Option<T>) -> T {
        let mut changes = self.app.engine().subscribe();
        let waiting = async {
            loop {
                if let Some(found) = wish(&self.app.engine().snapshot().await.unwrap()) {
                    return found;
                }
                let _ = changes.recv().await;
            }
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(found) => found,
            Err(_) => panic!("the queue stays at {:#?}", self.app.engine().snapshot().await.unwrap()),
        }
    }

    pub async fn item(&self, id: ItemId) -> Item {
        let items = self.app.engine().snapshot().await.unwrap().items;
        items.into_iter().find(|item| item.id == id).map(Arc::unwrap_or_clone).unwrap()
    }

    pub async fn receipt(&self, id: ItemId) -> Receipt {
        let item = self.item(id).await;
        let receipt = item.phase.receipt().unwrap_or_else(|| panic!("no receipt: {:?}", item.phase));
        self.app.engine().receipts(vec![receipt]).await.unwrap().remove(0)
    }
}

pub async fn open(data: &Path, keys: KeyStore) -> App {
    // No second process of ours, but leave to have others: for frames of clips.
    let decoder = app::Decoder::new(|| std::process::Command::new("/nowhere/decoder"));
    App::open(Paths::under(data), Options { keys, decoder, ..Options::default() }).await.unwrap()
}

/// A picture of one colour with a pattern, so that no two of another `seed` have the same bytes.
fn pixels(width: u32, height: u32, seed: u8) -> image::RgbImage {
    image::RgbImage::from_fn(width, height, |x, y| image::Rgb([seed, (x % 256) as u8, (y % 256) as u8]))
}

pub fn png(width: u32, height: u32, seed: u8) -> Vec<u8> {
    encoded(width, height, seed, image::ImageFormat::Png)
}

pub fn jpeg(width: u32, height: u32, seed: u8) -> Vec<u8> {
    encoded(width, height, seed, image::ImageFormat::Jpeg)
}

fn encoded(width: u32, height: u32, seed: u8, format: image::ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels(width, height, seed).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG that says where it was taken.
pub fn jpeg_with_place(seed: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend(entry_list(&[(0x8825, 4, 1, 26_u32.to_le_bytes())]));
    let latitude = 26 + 2 + 2 * 12 + 4;
    tiff.extend(entry_list(&[(1, 2, 2, *b"N\0\0\0"), (2, 5, 3, u32::to_le_bytes(latitude))]));
    for (number, divisor) in [(55_u32, 1_u32), (42, 1), (1234, 100)] {
        tiff.extend(number.to_le_bytes());
        tiff.extend(divisor.to_le_bytes());
    }
    let mut app1 = b"Exif\0\0".to_vec();
    app1.extend(tiff);
    let mut out = vec![0xff, 0xd8, 0xff, 0xe1];
    out.extend(u16::try_from(app1.len() + 2).unwrap().to_be_bytes());
    out.extend(app1);
    out.extend(&jpeg(64, 48, seed)[2..]);
    out
}

/// An IFD: tag, type, count, value or offset.
fn entry_list(entries: &[(u16, u16, u32, [u8; 4])]) -> Vec<u8> {
    let mut out = u16::try_from(entries.len()).unwrap().to_le_bytes().to_vec();
    for (tag, kind, count, value) in entries {
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend(value);
    }
    out.extend([0; 4]);
    out
}

/// Every file below a folder whose bytes hold `needle`.
pub fn files_with(folder: &Path, needle: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, needle));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            if bytes.windows(needle.len()).any(|window| window == needle) {
                found.push(path);
            }
        }
    }
    found
}
