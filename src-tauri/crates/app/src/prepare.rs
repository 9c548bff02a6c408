//! Makes the body that is sent from the person's file: without what is private, hashed, with a clean name.

mod convert;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use convert::pixels;
use engine::{BoxFuture, Prepare, PrepareJob, Prepared, Problem};
use media::Removed;

use crate::known::Known;
use crate::{Code, Decoder, Privacy, problem, spool};

/// In [`Prepared::notes`]: what was taken out, `removed-location`.
pub const REMOVED: &str = "removed-";
/// In [`Prepared::notes`]: what is private and stays, `remains-location`.
pub const REMAINS: &str = "remains-";

/// In [`Prepared::notes`]: how large the picture is that is sent, when that is not as in the file, `pixels-1600x1200`.
pub(crate) const PIXELS: &str = "pixels-";

/// Makes bodies.
pub(crate) struct Preparer {
    spool: PathBuf,
    known: Arc<Known>,
    decoder: Decoder,
}

impl Preparer {
    pub(crate) fn new(spool: PathBuf, known: Arc<Known>, decoder: Decoder) -> Self {
        Self { spool, known, decoder }
    }
}

impl Prepare for Preparer {
    fn prepare(&self, jobs: Vec<PrepareJob>) -> BoxFuture<Vec<Result<Prepared, Problem>>> {
        let (spool, known, decoder) = (self.spool.clone(), self.known.clone(), self.decoder.clone());
        Box::pin(async move {
            let privacy = known.settings_read().await.privacy;
            let count = jobs.len();
            let made = tokio::task::spawn_blocking(move || {
                // A file that breaks a reader of its format costs itself and not those beside it.
                let body = |job| catch_unwind(AssertUnwindSafe(|| body_of(job, privacy, &spool, &decoder)));
                let internal = |_| Err(Code::Internal.problem());
                jobs.iter().map(|job| body(job).unwrap_or_else(internal)).collect()
            });
            made.await.unwrap_or_else(|_| vec![Err(Code::Internal.problem()); count])
        })
    }
}

fn body_of(
    job: &PrepareJob,
    privacy: Privacy,
    folder: &Path,
    decoder: &Decoder,
) -> Result<Prepared, Problem> {
    match convert::asked(job) {
        Some(wish) => convert::body_of(job, &wish, privacy, folder, decoder),
        None => body_as_it_is(job, privacy, folder, decoder),
    }
}

fn body_as_it_is(
    job: &PrepareJob,
    privacy: Privacy,
    folder: &Path,
    decoder: &Decoder,
) -> Result<Prepared, Problem> {
    let out = spool::fresh(folder, "body", "img");
    let made = media::body(&job.path, privacy.level(), &out).map_err(|error| problem::of_media(&error))?;
    let media::Body { format, hash, stripped, size } = made;
    if convert::is_needed(format) {
        if stripped.changed {
            spool::remove(&out);
        }
        return convert::body_of(job, &media::Wish::default(), privacy, folder, decoder);
    }
    let mut notes = vec![privacy.code().into()];
    notes.extend(stripped.removed.iter().map(|kind| format!("{REMOVED}{}", removed_code(*kind)).into()));
    notes.extend(stripped.remaining.iter().map(|kind| format!("{REMAINS}{}", removed_code(*kind)).into()));
    Ok(Prepared {
        body: if stripped.changed { out.into() } else { job.path.clone() },
        body_owned: stripped.changed,
        name: media::name::sanitize(&job.name),
        mime: format.mime().into(),
        size,
        blake3: hash.to_hex().to_string(),
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
