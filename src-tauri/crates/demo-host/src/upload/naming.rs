//! The name under which an upload is stored.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::row::Row;
use crate::{FileNaming, index::random_hex, sniff::Kind};

impl Row<'_> {
    /// A name that nothing in the day's folder has yet.
    ///
    /// The extension is the one it will have: a JPEG's is `jpg` or `jpeg`, as its name said.
    pub(super) fn stored_name(&self, file_name: &str, id: &str, day: &str, of: (Kind, &str)) -> String {
        let (kind, extension) = of;
        let name = match self.settings.file_naming {
            FileNaming::Original => plain(file_name),
            FileNaming::Mixed => format!("{}{}", plain(file_name), random_hex(8)),
            FileNaming::Random => random_hex(16),
            FileNaming::Id => id.to_owned(),
        };
        // The copies of a clip have an extension that is not its own.
        let meets = |clip, other: &str| clip || kind.is_clip() || other == extension;
        let taken = self.site.read(|index| {
            let mut same = index.files.named(&name);
            same.any(|file| file.day == day && meets(file.clip, &file.extension))
        });
        // Left over from a host that was killed: not in the index, and in the way.
        let stranger = self.site.dir.join("images").join(day).join(format!("{name}.{extension}"));
        if name.is_empty() || taken || stranger.exists() { format!("{name}{}", random_hex(8)) } else { name }
    }
}

/// ASCII, free of the suffixes of copies.
fn plain(file_name: &str) -> String {
    let mut name: String = stem(file_name)
        .nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'))
        .take(200)
        .collect();
    for suffix in [".th", ".md", ".fr"] {
        while let Some(shorter) = name.strip_suffix(suffix) {
            name = shorter.to_owned();
        }
    }
    name.trim_matches('.').to_owned()
}

/// A file name without its extension.
pub(super) fn stem(file_name: &str) -> &str {
    match file_name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file_name,
    }
}
