//! How pictures come in: files and folders, the clipboard, addresses.

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use engine::{Facts, NewItem, Origin, Problem, SiteId, Timestamp};
use tokio::sync::Semaphore;
use url::Url;

use crate::{App, AppEvent, Code, problem, spool};

/// The walk through folders tells how far it is this often, and not for each of ten thousand files.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// The largest thing that is fetched: more than most sites take.
const FETCH_MOST: u64 = 500_000_000;

/// So many addresses are fetched side by side.
const FETCH_PARALLEL: usize = 4;

/// The type of what is no picture.
const NO_TYPE: &str = "application/octet-stream";

/// What came of adding files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Ids of what was queued, in the order given, refused ones too.
    pub items: Vec<engine::ItemId>,
    /// Ready to be sent once they are prepared.
    pub added: usize,
    /// Bytes of these.
    pub bytes: u64,
    /// Cannot be sent.
    pub refused: usize,
    /// Files in folders that are no pictures.
    pub skipped: usize,
    /// What was pasted is one frame of an animation.
    pub still: bool,
    /// The name of the folder that all of it came from.
    pub folder: Option<String>,
    /// Why nothing was added, when nothing was.
    pub problem: Option<Problem>,
}

/// A picture that has no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// An encoded PNG: the very bytes that were offered, where they were offered as PNG.
    pub png: Vec<u8>,
    /// One frame of an animation, as browsers offer what is copied from a page.
    pub still: bool,
}

impl Added {
    fn nothing(problem: Problem) -> Self {
        Self { problem: Some(problem), ..Self::default() }
    }
}

/// One fetched address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// As typed.
    pub url: String,
    /// The file name it gets.
    pub name: String,
    /// Bytes, when it arrived.
    pub size: u64,
    /// What [`App::add_fetched`] takes; none when it did not arrive.
    pub token: Option<i64>,
    /// Why it did not arrive.
    pub problem: Option<Problem>,
}

/// What waits between fetching and adding, and how often a walk was stopped.
#[derive(Default)]
pub(crate) struct Intake {
    stops: Arc<AtomicU64>,
    tokens: AtomicI64,
    fetched: Mutex<HashMap<i64, (PathBuf, String)>>,
}

impl App {
    /// Adds files and folders. Looks at every file away from the async threads and tells how far it is.
    pub async fn add_paths(&self, paths: Vec<PathBuf>, origin: Origin) -> Added {
        let site = match self.current_site().await {
            Ok(Some(site)) => site,
            Ok(None) => return self.added(Added::nothing(Code::NoSite.problem())),
            Err(problem) => return self.added(Added::nothing(problem)),
        };
        let (stops, events) = (self.0.intake.stops.clone(), self.0.events.clone());
        let scanned = tokio::task::spawn_blocking(move || {
            let folder = match paths.as_slice() {
                [path] if path.is_dir() => path.file_name().map(|name| name.to_string_lossy().into_owned()),
                _ => None,
            };
            let before = stops.load(Ordering::Acquire);
            let told = Cell::new(None::<Instant>);
            let scan = media::scan(&paths, &|progress| {
                if told.get().is_none_or(|last| last.elapsed() >= TELL_EVERY) {
                    told.set(Some(Instant::now()));
                    // Nobody listening is fine.
                    let _ = events.send(AppEvent::Intake { seen: progress.seen, done: None });
                }
                if stops.load(Ordering::Acquire) == before {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            });
            let items: Vec<NewItem> = scan.entries.into_iter().map(|entry| new_item(entry, origin)).collect();
            (items, scan.skipped, folder)
        });
        let added = match scanned.await {
            Ok((items, skipped, folder)) => Added { skipped, folder, ..self.queue(site, items).await },
            Err(_) => Added::nothing(Code::Internal.problem()),
        };
        self.added(added)
    }

    /// Stops the walk through folders that is under way; what was found stays.
    pub fn stop_intake(&self) {
        self.0.intake.stops.fetch_add(1, Ordering::AcqRel);
    }

    /// Adds a picture from the clipboard, its bytes kept as they are.
    pub async fn add_picture(&self, Pasted { png, still }: Pasted, origin: Origin) -> Added {
        let path = spool::fresh(&self.0.paths.spool(), "pasted", "png");
        if let Err(error) = tokio::fs::write(&path, &png).await {
            spool::remove(&path);
            return self.added(Added::nothing(problem::of_writing(&error)));
        }
        let time = jiff::ZonedDateTime::now().strftime("%Y-%m-%d %H.%M").to_string();
        let stem = l10n::text(self.language(), "pasted-picture-name", &[("time", time.into())]);
        let added = self.add_owned(vec![(path, format!("{stem}.png"))], origin).await;
        self.added(Added { still: still && added.added > 0, ..added })
    }

    /// Fetches addresses to this computer, so that they can be looked at and then added. In the order given.
    pub async fn fetch_urls(&self, urls: Vec<String>) -> Vec<Fetched> {
        let places = Arc::new(Semaphore::new(FETCH_PARALLEL));
        let running: Vec<_> = urls
            .into_iter()
            .map(|url| {
                let (app, places, typed) = (self.clone(), places.clone(), url.clone());
                let task = tokio::spawn(async move {
                    // The semaphore is never closed.
                    let _place = places.acquire_owned().await;
                    app.fetch(&url).await
                });
                (typed, task)
            })
            .collect();
        let mut fetched = Vec::with_capacity(running.len());
        for (url, task) in running {
            let outcome = task.await.unwrap_or_else(|_| Err(Code::Internal.problem()));
            fetched.push(match outcome {
                Ok((token, name, size)) => Fetched { url, name, size, token: Some(token), problem: None },
                Err(problem) => {
                    Fetched { name: last_part(&url), url, size: 0, token: None, problem: Some(problem) }
                }
            });
        }
        fetched
    }

    async fn fetch(&self, typed: &str) -> Result<(i64, String, u64), Problem> {
        let url = Url::parse(typed.trim()).map_err(|_| Code::FetchAddress.problem())?;
        let path = spool::fresh(&self.0.paths.spool(), spool::FETCHED, "part");
        let client = &self.0.client;
        let got = client.fetch(&url, FETCH_MOST, &path, |_| ()).await;
        let got = got.map_err(|error| problem::of_fetch(&error))?;
        let looked_at = path.clone();
        let facts = tokio::task::spawn_blocking(move || media::inspect(&looked_at));
        let format = match facts.await.map_err(|_| Code::Internal.problem())? {
            Ok(facts) => facts.format,
            Err(error) => {
                spool::remove(&path);
                return Err(problem::of_media(&error));
            }
        };
        let name = named(&got.name.unwrap_or_default(), format.extension());
        let token = self.0.intake.tokens.fetch_add(1, Ordering::Relaxed) + 1;
        self.waiting().insert(token, (path, name.clone()));
        Ok((token, name, got.len))
    }

    /// Adds fetched pictures to the queue.
    pub async fn add_fetched(&self, tokens: Vec<i64>) -> Added {
        let files = {
            let mut waiting = self.waiting();
            tokens.iter().filter_map(|token| waiting.remove(token)).collect::<Vec<_>>()
        };
        let mut owned = Vec::with_capacity(files.len());
        for (path, name) in files {
            // Under its new name the queue knows it, and no sweep touches it.
            let extension = name.rsplit('.').next().unwrap_or("img");
            let kept = spool::fresh(&self.0.paths.spool(), "added", extension);
            match tokio::fs::rename(&path, &kept).await {
                Ok(()) => owned.push((kept, name)),
                Err(error) => return self.added(Added::nothing(problem::of_writing(&error))),
            }
        }
        let added = self.add_owned(owned, Origin::Url).await;
        self.added(added)
    }

    /// Throws fetched pictures away.
    pub fn drop_fetched(&self, tokens: &[i64]) {
        let mut waiting = self.waiting();
        for (path, _) in tokens.iter().filter_map(|token| waiting.remove(token)) {
            spool::remove(&path);
        }
    }

    /// Adds files of our own, which go when the item goes.
    async fn add_owned(&self, files: Vec<(PathBuf, String)>, origin: Origin) -> Added {
        let added = match self.current_site().await {
            Ok(Some(site)) => {
                let files = files.clone();
                let looked = tokio::task::spawn_blocking(move || {
                    let paths: Vec<PathBuf> = files.iter().map(|(path, _)| path.clone()).collect();
                    let scan = media::scan(&paths, &|_| ControlFlow::Continue(()));
                    let named = scan.entries.into_iter().zip(files);
                    named
                        .map(|(entry, (_, name))| NewItem { name, owned: true, ..new_item(entry, origin) })
                        .collect::<Vec<_>>()
                });
                match looked.await {
                    Ok(items) => self.queue(site, items).await,
                    Err(_) => Added::nothing(Code::Internal.problem()),
                }
            }
            Ok(None) => Added::nothing(Code::NoSite.problem()),
            Err(problem) => Added::nothing(problem),
        };
        if added.items.is_empty() {
            files.iter().for_each(|(path, _)| spool::remove(path));
        }
        added
    }

    async fn queue(&self, site: SiteId, items: Vec<NewItem>) -> Added {
        let refused = items.iter().filter(|item| item.refused.is_some()).count();
        let bytes = items.iter().filter(|item| item.refused.is_none()).map(|item| item.facts.size).sum();
        let added = items.len() - refused;
        if items.is_empty() {
            return Added::nothing(Code::FolderEmpty.problem());
        }
        match self.0.engine.add(site, items).await {
            Ok(items) => Added { items, added, bytes, refused, ..Added::default() },
            Err(error) => Added::nothing(problem::of_engine(&error)),
        }
    }

    fn added(&self, added: Added) -> Added {
        let seen = added.items.len() + added.skipped;
        self.tell(AppEvent::Intake { seen, done: Some(added.clone()) });
        added
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, HashMap<i64, (PathBuf, String)>> {
        self.0.intake.fetched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A queue entry for what the scan found, refused ones with their reason.
fn new_item(entry: Result<media::Candidate, media::Rejection>, origin: Origin) -> NewItem {
    let (path, facts, refused) = match entry {
        Ok(candidate) => {
            let facts = facts_of(&candidate);
            (candidate.path, facts, None)
        }
        Err(rejection) => {
            let facts = facts_of_refused(&rejection.path);
            (rejection.path, facts, Some(problem::of_rejection(rejection.reason)))
        }
    };
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    NewItem { path, owned: false, name, origin, facts, title: None, refused }
}

fn facts_of(candidate: &media::Candidate) -> Facts {
    Facts {
        mime: candidate.format.mime().into(),
        size: candidate.size,
        modified: Timestamp(candidate.modified_ms.unwrap_or_default()),
        width: candidate.dimensions.map(|d| d.width),
        height: candidate.dimensions.map(|d| d.height),
        duration_ms: candidate.duration_ms,
        animated: candidate.animated,
    }
}

fn facts_of_refused(path: &Path) -> Facts {
    let meta = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file);
    let modified = meta.as_ref().and_then(|meta| meta.modified().ok()).map(Timestamp::from);
    let mime = media::inspect(path).map_or(NO_TYPE, |facts| facts.format.mime());
    Facts {
        mime: mime.into(),
        size: meta.map_or(0, |meta| meta.len()),
        modified: modified.unwrap_or_default(),
        width: None,
        height: None,
        duration_ms: None,
        animated: false,
    }
}

/// Addresses in a pasted text.
#[must_use]
pub fn urls_in(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(|word| word.trim_matches(['<', '>', '"', '\'', ',', ';']));
    words
        .filter(|word| word.starts_with("http://") || word.starts_with("https://"))
        .map(str::to_owned)
        .collect()
}

fn last_part(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// A file name for a fetched picture, with an extension that fits it.
fn named(name: &str, extension: &str) -> String {
    let name = media::name::sanitize(name);
    match name.rsplit_once('.') {
        Some((stem, known)) if !stem.is_empty() && known.len() <= 4 => name,
        _ => format!("{name}.{extension}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_a_pasted_text() {
        let text = "see <https://host/a.png>, \"http://host/b.jpg\"; ftp://host/c.gif and c.png";
        assert_eq!(urls_in(text), ["https://host/a.png", "http://host/b.jpg"]);
    }

    #[test]
    fn a_fetched_picture_gets_an_extension() {
        assert_eq!(named("photo", "png"), "photo.png");
        assert_eq!(named("photo.jpg", "png"), "photo.jpg");
        assert_eq!(named("v1.image-of-a-cat", "gif"), "v1.image-of-a-cat.gif");
    }
}
