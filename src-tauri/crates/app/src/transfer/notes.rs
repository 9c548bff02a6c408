//! What the site made otherwise than it was asked.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use chevereto::{Fields, Image};
use engine::{Job, Note, Problem};

use crate::Code;

/// Clocks differ by seconds; a difference above this is another time.
const SAME_TIME: Duration = Duration::from_secs(60);

/// Notes on every difference.
pub(super) fn of(job: &Job, fields: &Fields, image: &Image) -> Vec<Note> {
    let problems = [
        tags(fields, image),
        expiry(fields, image),
        width(fields, image),
        nsfw(job, image),
        title(fields, image),
    ];
    problems.into_iter().flatten().map(|problem| Note { code: problem.code, args: problem.args }).collect()
}

fn tags(fields: &Fields, image: &Image) -> Option<Problem> {
    let asked: BTreeSet<String> = fields.tags.iter().map(ToString::to_string).collect();
    let kept: BTreeSet<String> = image.tags.iter().cloned().collect();
    if asked == kept {
        return None;
    }
    if kept.is_empty() {
        return Some(Code::NoteTagsDropped.problem());
    }
    Some(Code::NoteTags.problem().with("kept", image.tags.join(", ")))
}

fn expiry(fields: &Fields, image: &Image) -> Option<Problem> {
    let start = image.stored_at.unwrap_or_else(SystemTime::now);
    let wished = fields.expiration.as_ref().map(|expiration| expiration.after(start));
    match (wished, image.expires_at) {
        (None, None) => None,
        (Some(_), None) => Some(Code::NoteExpiryNone.problem()),
        (None, Some(at)) => Some(Code::NoteExpiryAdded.problem().with("date", date(at))),
        (Some(wish), Some(at)) => {
            let apart = wish.duration_since(at).or_else(|_| at.duration_since(wish)).unwrap_or_default();
            (apart > SAME_TIME).then(|| Code::NoteExpiry.problem().with("date", date(at)))
        }
    }
}

fn width(fields: &Fields, image: &Image) -> Option<Problem> {
    let (asked, made) = (fields.width?.get(), image.width?);
    (asked != made).then(|| Code::NoteWidth.problem().with("width", made.to_string()))
}

fn nsfw(job: &Job, image: &Image) -> Option<Problem> {
    match (job.options.nsfw, image.nsfw) {
        (false, true) => Some(Code::NoteNsfw.problem()),
        (true, false) => Some(Code::NoteNsfwDropped.problem()),
        _ => None,
    }
}

fn title(fields: &Fields, image: &Image) -> Option<Problem> {
    let (asked, kept) = (fields.title.as_ref()?.as_str(), image.title.as_deref()?);
    (asked.trim() != kept.trim()).then(|| Code::NoteTitle.problem().with("title", kept))
}

/// Day and minute on this computer's clock.
fn date(time: SystemTime) -> String {
    let local =
        jiff::Timestamp::try_from(time).map(|time| time.to_zoned_datetime(jiff::tz::TimeZone::system()));
    local.map(|local| local.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}
