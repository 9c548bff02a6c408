//! Makes the body that is sent from the person's file: without what is private, hashed, with a clean name.

mod convert;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
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

/// In [`Prepared::notes`]: the picture was turned upright without loss.
pub const UPRIGHT: &str = "upright";

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
            let settings = known.settings_read().await;
            let how = How { privacy: settings.privacy, upright: settings.upright, folder: spool, decoder };
            let count = jobs.len();
            let made = tokio::task::spawn_blocking(move || {
                // A file that breaks a reader of its format costs itself and not those beside it.
                let body = |job| catch_unwind(AssertUnwindSafe(|| body_of(job, &how)));
                let internal = |_| Err(Code::Internal.problem());
                jobs.iter().map(|job| body(job).unwrap_or_else(internal)).collect()
            });
            made.await.unwrap_or_else(|_| vec![Err(Code::Internal.problem()); count])
        })
    }
}

/// How bodies are made, and where.
struct How {
    privacy: Privacy,
    upright: bool,
    folder: PathBuf,
    decoder: Decoder,
}

fn body_of(job: &PrepareJob, how: &How) -> Result<Prepared, Problem> {
    match convert::asked(job) {
        Some(wish) => convert::body_of(job, &wish, how),
        None => body_as_it_is(job, how),
    }
}

fn body_as_it_is(job: &PrepareJob, how: &How) -> Result<Prepared, Problem> {
    let out = spool::fresh(&how.folder, "body", "img");
    let made =
        media::body(&job.path, how.privacy.level(), &out).map_err(|error| problem::of_media(&error))?;
    let media::Body { format, hash, orientation, stripped, size } = made;
    if convert::is_needed(format) {
        if stripped.changed {
            spool::remove(&out);
        }
        return convert::body_of(job, &media::Wish::default(), how);
    }
    let mut notes = vec![how.privacy.code().into()];
    notes.extend(stripped.removed.iter().map(|kind| format!("{REMOVED}{}", removed_code(*kind)).into()));
    notes.extend(stripped.remaining.iter().map(|kind| format!("{REMAINS}{}", removed_code(*kind)).into()));
    let mut prepared = Prepared {
        body: if stripped.changed { out.into() } else { job.path.clone() },
        body_owned: stripped.changed,
        name: media::name::sanitize(&job.name),
        mime: format.mime().into(),
        size,
        blake3: hash.to_hex().to_string(),
        notes,
    };
    if how.upright && format == media::Format::Jpeg && orientation != media::Orientation::Upright {
        turn(&mut prepared, how);
    }
    Ok(prepared)
}

/// Puts an upright body in the place of one that lies on its side. One that cannot be turned is sent as it is: it says
/// how it lies.
fn turn(prepared: &mut Prepared, how: &How) {
    let out = spool::fresh(&how.folder, "body", "img");
    let Ok(Some(size)) = how.decoder.upright(&prepared.body, &media::Limits::default(), &out) else { return };
    let body = std::mem::replace(&mut prepared.body, out.into());
    if prepared.body_owned {
        spool::remove(&body);
    }
    (prepared.body_owned, prepared.size) = (true, size);
    prepared.notes.push(UPRIGHT.into());
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
