//! The names that leave: of a file, and the title that is made of it when none was typed.

use engine::{Item, Prepared};

/// The file name that is sent: the file's own, or one that says nothing.
#[must_use]
pub fn sent_name(prepared: &Prepared, neutral: bool) -> String {
    if neutral { media::name::neutral(&prepared.mime, &prepared.blake3) } else { prepared.name.clone() }
}

/// The title that is sent when none was typed; empty when the name gives none, or is not known yet.
#[must_use]
pub fn default_title(item: &Item, neutral: bool) -> String {
    match (&item.prepared, neutral) {
        (Some(prepared), true) => media::name::title_from(&sent_name(prepared, true)),
        (None, true) => String::new(),
        (_, false) => media::name::title_from(&item.name),
    }
}
