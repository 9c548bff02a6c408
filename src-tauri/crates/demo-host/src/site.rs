//! The state behind the pages: what is kept, what came in, what shall go wrong next.

use std::{
    collections::VecDeque,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::{
    Album, Fault, Mode, Play, Received, Settings, Stored,
    fault::{Plan, crowd::Crowd},
    index::{Entry, FileRow, Index, Journal, Owner},
    line::Line,
    links::Links,
};

/// How many requests are remembered.
const MAX_RECEIVED: usize = 10_000;

/// Shared by all requests.
pub(crate) struct Site {
    pub(crate) dir: PathBuf,
    pub(crate) base: String,
    pub(crate) line: Arc<Line>,
    pub(crate) crowd: Crowd,
    inner: Mutex<Inner>,
    /// Held while an upload chooses its name and takes its place.
    shelf: Mutex<()>,
}

struct Inner {
    index: Index,
    journal: Journal,
    settings: Settings,
    /// With the number of its arrival, which orders them.
    received: VecDeque<(u64, Received)>,
    arrivals: u64,
    plan: Plan,
    ahead: Duration,
}

impl Site {
    pub(crate) fn new(
        dir: PathBuf,
        base: String,
        index: Index,
        journal: Journal,
        settings: Settings,
    ) -> Self {
        let inner = Inner {
            index,
            journal,
            settings,
            received: VecDeque::new(),
            arrivals: 0,
            plan: Plan::default(),
            ahead: Duration::ZERO,
        };
        Self {
            dir,
            base,
            line: Arc::new(Line::new()),
            crowd: Crowd::default(),
            inner: Mutex::new(inner),
            shelf: Mutex::new(()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Every change below is complete before anything that could panic, so the state is whole.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until no other upload takes its place.
    pub(crate) fn shelving(&self) -> MutexGuard<'_, ()> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Seconds since 1970, by the host's own clock.
    pub(crate) fn now(&self) -> i64 {
        let ahead = self.lock().ahead;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + ahead;
        i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
    }

    pub(crate) fn advance(&self, time: Duration) {
        self.lock().ahead += time;
    }

    pub(crate) fn settings(&self) -> Settings {
        self.lock().settings.clone()
    }

    pub(crate) fn set(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.lock().settings);
    }

    pub(crate) fn play(&self, play: Play) {
        let mut inner = self.lock();
        inner.plan.add(play);
        self.refuse_if_due(&mut inner);
    }

    /// Forgets the faults that wait, and opens the line.
    pub(crate) fn clear_faults(&self) {
        self.lock().plan.clear();
        self.line.open();
    }

    pub(crate) fn faults(&self) -> Vec<Play> {
        self.lock().plan.list()
    }

    /// Counts a request in: its number, and the fault that it meets.
    pub(crate) fn arrive(&self) -> (u64, Option<Fault>) {
        let mut inner = self.lock();
        inner.arrivals += 1;
        let fault = inner.plan.next();
        self.refuse_if_due(&mut inner);
        (inner.arrivals, fault)
    }

    fn refuse_if_due(&self, inner: &mut Inner) {
        while let Some(time) = inner.plan.refusal() {
            self.line.close(time);
            if time.is_none() {
                return;
            }
        }
    }

    pub(crate) fn note(&self, arrival: u64, received: Received) {
        let mut inner = self.lock();
        let at = inner.received.partition_point(|(number, _)| *number < arrival);
        inner.received.insert(at, (arrival, received));
        if inner.received.len() > MAX_RECEIVED {
            inner.received.pop_front();
        }
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.lock().received.iter().map(|(_, received)| received.clone()).collect()
    }

    /// The latest requests, last first, and how many there were in all.
    pub(crate) fn latest(&self, most: usize) -> (Vec<Received>, u64) {
        let inner = self.lock();
        let latest = inner.received.iter().rev().take(most).map(|(_, received)| received.clone());
        (latest.collect(), inner.arrivals)
    }

    pub(crate) fn forget_received(&self) {
        self.lock().received.clear();
    }

    /// How addresses are written at present.
    pub(crate) fn links(&self) -> Links<'_> {
        let settings = &self.lock().settings;
        Links::new(&self.base, settings.titles_in_links && settings.mode != Mode::V3)
    }

    /// Reads something from the index, after what has expired is gone.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Index) -> T) -> T {
        self.sweep();
        read(&self.lock().index)
    }

    /// Writes a change down, then makes it, then tells of it. `false` when there is none to make.
    fn change(&self, wish: impl FnOnce(&Index) -> Option<Entry>) -> io::Result<bool> {
        let mut inner = self.lock();
        let Some(entry) = wish(&inner.index) else { return Ok(false) };
        inner.journal.write(&entry)?;
        inner.index.apply(entry);
        Ok(true)
    }

    /// Takes a file into the index. Its id is made from the number that was `next`.
    pub(crate) fn keep(&self, file: FileRow) -> io::Result<()> {
        let file = Box::new(file);
        self.change(|index| Some(Entry::Stored { next: index.next + 1, file }))?;
        Ok(())
    }

    /// Shows a file that waited for approval. `false` when none of that id waits.
    pub(crate) fn approve(&self, id: &str) -> io::Result<bool> {
        self.change(|index| {
            let waiting = index.files.get(id).filter(|file| !file.approved)?;
            Some(Entry::Approved { id: waiting.id.clone() })
        })
    }

    /// A file by its id.
    pub(crate) fn file(&self, id: &str) -> Option<FileRow> {
        self.read(|index| index.files.get(id).cloned())
    }

    /// Takes a file off the site, its bytes too. `false` when it is not there.
    pub(crate) fn remove(&self, id: &str) -> io::Result<bool> {
        let mut gone = None;
        let removed = self.change(|index| {
            gone = index.files.get(id).cloned();
            gone.as_ref().map(|file| Entry::Removed { id: file.id.clone() })
        })?;
        if let Some(file) = &gone {
            self.remove_bytes(file);
        }
        Ok(removed)
    }

    fn remove_bytes(&self, file: &FileRow) {
        for copy in file.copies() {
            // The file is off the site already; bytes that resist only take room.
            let _ = fs::remove_file(self.path(file, copy));
        }
        let _ = fs::remove_file(self.original(file));
    }

    fn sweep(&self) {
        let now = self.now();
        let expired = self.lock().index.files.expired(now);
        for id in expired {
            if let Err(error) = self.remove(&id) {
                tracing::warn!(%error, "an expired file could not be removed");
            }
        }
    }

    /// Where a stored file or one of its copies lies.
    pub(crate) fn path(&self, file: &FileRow, copy: &str) -> PathBuf {
        self.dir.join("images").join(&file.day).join(file.file_name(copy))
    }

    /// Where the bytes of a changed file lie as they were received.
    pub(crate) fn original(&self, file: &FileRow) -> PathBuf {
        self.dir.join("originals").join(&file.id)
    }

    /// A file name in this folder that nobody uses.
    pub(crate) fn scratch(&self) -> Scratch {
        Scratch(self.dir.join("tmp").join(crate::index::random_hex(12)))
    }

    pub(crate) fn stored(&self) -> Vec<Stored> {
        let links = self.links();
        self.read(|index| index.files.iter().map(|file| self.describe(file, links)).collect())
    }

    fn describe(&self, file: &FileRow, links: Links<'_>) -> Stored {
        let served = self.path(file, "");
        Stored {
            id: file.id.clone(),
            title: file.title.clone(),
            description: file.description.clone(),
            tags: file.tags.clone(),
            album: file.album.clone(),
            category: file.category,
            nsfw: file.nsfw,
            width: file.width,
            height: file.height,
            mime: file.mime.clone(),
            original_filename: file.original_filename.clone(),
            expires: file.expires,
            approved: file.approved,
            owner: file.owner.into(),
            original: if file.kept_original { self.original(file) } else { served.clone() },
            served,
            url_viewer: links.url_viewer(file),
            url: links.url(file, ""),
        }
    }

    pub(crate) fn albums(&self) -> Vec<Album> {
        let links = self.links();
        self.read(|index| {
            let album = |row: &crate::index::AlbumRow| Album {
                id: row.id.clone(),
                name: row.name.clone(),
                own: row.owner == Owner::User,
                url: links.url_album(row),
            };
            index.albums.iter().map(album).collect()
        })
    }
}

/// A file in the making; gone when dropped, unless it was moved away.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Usually moved to its place already.
        let _ = fs::remove_file(&self.0);
    }
}
