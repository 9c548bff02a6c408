//! What the site made otherwise than it was asked, as notes for the receipt.

use std::time::SystemTime;

use chevereto::Difference;
use engine::{Note, Problem};

use crate::Code;

/// A note on every difference that a person would want to know of.
pub(super) fn of(differences: &[Difference]) -> Vec<Note> {
    let notes = differences.iter().filter_map(note);
    notes.map(|problem| Note { code: problem.code, args: problem.args }).collect()
}

fn note(difference: &Difference) -> Option<Problem> {
    Some(match difference {
        Difference::Title { given, .. } => Code::NoteTitle.problem().with("title", given),
        Difference::Description { asked: None, given: Some(given) } => {
            Code::NoteDescriptionAdded.problem().with("description", given)
        }
        Difference::Description { .. } => Code::NoteDescription.problem(),
        Difference::Tags { kept, added, .. } if kept.is_empty() && added.is_empty() => {
            Code::NoteTagsDropped.problem()
        }
        Difference::Tags { kept, added, .. } => {
            Code::NoteTags.problem().with("kept", [kept.as_slice(), added].concat().join(", "))
        }
        Difference::Category { .. } => Code::NoteCategory.problem(),
        Difference::ExpirationDropped { .. } => Code::NoteExpiryNone.problem(),
        Difference::ExpirationAdded { given } => Code::NoteExpiryAdded.problem().with("date", date(*given)),
        Difference::ExpirationChanged { given, .. } => Code::NoteExpiry.problem().with("date", date(*given)),
        Difference::NsfwAdded => Code::NoteNsfw.problem(),
        Difference::NsfwDropped => Code::NoteNsfwDropped.problem(),
        Difference::Width { asked, given } => {
            Code::NoteWidth.problem().with("width", given.to_string()).with("asked", asked.to_string())
        }
        Difference::Type { asked, given } => {
            Code::NoteType.problem().with("kind", label(given)).with("asked", label(asked))
        }
        // Sites turn pictures upright and write them anew every day: the receipt keeps the figures, nobody is warned.
        // An extension follows the type.
        Difference::FileDateIgnored
        | Difference::Extension { .. }
        | Difference::Size { .. }
        | Difference::Checksum { .. } => return None,
    })
}

fn label(mime: &str) -> String {
    crate::format_label(mime)
}

/// Day and minute on this computer's clock.
fn date(time: SystemTime) -> String {
    let local =
        jiff::Timestamp::try_from(time).map(|time| time.to_zoned_datetime(jiff::tz::TimeZone::system()));
    local.map(|local| local.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}
