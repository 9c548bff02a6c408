//! Bodies in another format than the file's: where no site takes it, or where the person asked.

use engine::{Convert, Facts, PrepareJob, Prepared, Problem};
use media::{Format, Limits, Target, Wish};

use super::{How, PIXELS, REMOVED, removed_code};
use crate::{problem, spool};

/// How the person wants it converted.
pub(super) fn asked(job: &PrepareJob) -> Option<Wish> {
    let asked = job.convert.as_ref().filter(|asked| !is_so_already(job, asked))?;
    Some(Wish {
        target: asked.mime.as_deref().and_then(target),
        quality: asked.quality.unwrap_or(Wish::default().quality),
        max_side: asked.max_side,
        max_bytes: asked.max_bytes,
    })
}

/// Whether the file is what is asked for: one that is small enough loses nothing by being made anew.
fn is_so_already(job: &PrepareJob, asked: &Convert) -> bool {
    let Facts { mime, size, width, height, .. } = &job.facts;
    let within = |side: &Option<u32>| asked.max_side.is_none_or(|max| side.is_some_and(|side| side <= max));
    asked.mime.as_deref() == Some(&**mime)
        && asked.quality.is_none()
        && within(width)
        && within(height)
        && asked.max_bytes.is_none_or(|max| *size <= max)
}

/// Whether no site takes it as it is, and it can be helped.
pub(super) fn is_needed(format: Format) -> bool {
    media::refusal(format).is_some() && media::is_convertible(format)
}

fn target(mime: &str) -> Option<Target> {
    [Target::Jpeg, Target::Png, Target::Webp].into_iter().find(|target| target.format().mime() == mime)
}

pub(super) fn body_of(job: &PrepareJob, wish: &Wish, how: &How) -> Result<Prepared, Problem> {
    let refused = |error: media::Error| problem::of_media(&error);
    let hash = media::hash(&job.path).map_err(refused)?;
    // Nothing of it goes along, so all that is in it is taken out.
    let body = spool::fresh(&how.folder, "body", "img");
    let inside = media::strip(&job.path, media::Privacy::Off, &body).map_err(refused)?.remaining;
    let made = how.decoder.convert(&job.path, wish, &Limits::default(), &body).map_err(refused)?;
    let mut notes = vec![how.privacy.code().into()];
    notes.extend(inside.into_iter().map(|kind| format!("{REMOVED}{}", removed_code(kind)).into()));
    notes.push(format!("{PIXELS}{}x{}", made.dimensions.width, made.dimensions.height).into());
    Ok(Prepared {
        body: body.into(),
        body_owned: true,
        name: media::name::with_extension(&media::name::sanitize(&job.name), made.format.extension()),
        mime: made.format.mime().into(),
        size: made.size,
        blake3: hash.to_hex().to_string(),
        notes,
    })
}

/// How large the picture is that is sent, when that is not as in the file.
#[must_use]
pub fn pixels(prepared: &Prepared) -> Option<(u32, u32)> {
    let said = prepared.notes.iter().find_map(|note| note.strip_prefix(PIXELS))?;
    let (width, height) = said.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}
