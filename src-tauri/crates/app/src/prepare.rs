//! Makes the body that is sent from the person's file: without what is private, hashed, with a clean name.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::{BoxFuture, Prepare, PrepareJob, Prepared, Problem};
use media::Removed;

use crate::known::Known;
use crate::{Code, Privacy, problem, spool};

/// In [`Prepared::notes`]: what was taken out, `removed-location`.
pub const REMOVED: &str = "removed-";
/// In [`Prepared::notes`]: what is private and stays, `remains-location`.
pub const REMAINS: &str = "remains-";

/// Makes bodies.
pub(crate) struct Preparer {
    spool: PathBuf,
    known: Arc<Known>,
}

impl Preparer {
    pub(crate) fn new(spool: PathBuf, known: Arc<Known>) -> Self {
        Self { spool, known }
    }
}

impl Prepare for Preparer {
    fn prepare(&self, job: PrepareJob) -> BoxFuture<Result<Prepared, Problem>> {
        let (spool, known) = (self.spool.clone(), self.known.clone());
        Box::pin(async move {
            let privacy = known.settings_read().await.privacy;
            let made = tokio::task::spawn_blocking(move || body_of(&job, privacy, &spool)).await;
            made.map_err(|_| Code::Internal.problem())?
        })
    }
}

fn body_of(job: &PrepareJob, privacy: Privacy, folder: &Path) -> Result<Prepared, Problem> {
    let refused = |error: media::Error| problem::of_media(&error);
    let facts = media::inspect(&job.path).map_err(refused)?;
    let user = media::hash(&job.path).map_err(refused)?;
    let out = spool::fresh(folder, "body", facts.format.extension());
    let stripped = media::strip(&job.path, privacy.level(), &out).map_err(refused)?;
    let (body, hashes) = if stripped.changed {
        let hashes = media::hash(&out).map_err(|error| {
            spool::remove(&out);
            refused(error)
        })?;
        (out, hashes)
    } else {
        (job.path.clone(), user)
    };
    let mut notes = vec![privacy.code().to_owned()];
    notes.extend(stripped.removed.iter().map(|kind| format!("{REMOVED}{}", removed_code(*kind))));
    if facts.has_location && !stripped.removed.contains(&Removed::Location) {
        notes.push(format!("{REMAINS}location"));
    }
    Ok(Prepared {
        body,
        body_owned: stripped.changed,
        name: media::name::sanitize(&job.name),
        mime: facts.format.mime().to_owned(),
        size: hashes.len,
        blake3: hex(&user.blake3),
        md5: hex(&hashes.md5),
        notes,
    })
}

fn removed_code(kind: Removed) -> &'static str {
    match kind {
        Removed::Location => "location",
        Removed::Camera => "camera",
        Removed::Serial => "serial",
        Removed::Owner => "owner",
        Removed::Captions => "captions",
        Removed::Comments => "comments",
        Removed::Dates => "dates",
        Removed::Software => "software",
        Removed::Thumbnail => "thumbnail",
        Removed::Trailer => "trailer",
        Removed::Other => "other",
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}
