//! File names as they are sent, and titles made of them.

use unicode_normalization::UnicodeNormalization;

/// A title is cut to this many characters by the site, so the same is done here.
pub const TITLE_MAX: usize = 100;

/// The file name to send: NFC (macOS hands out decomposed names), without control characters. Nothing else is
/// renamed. Never empty: a name of nothing but control characters becomes `"file"`.
pub fn sanitize(file_name: &str) -> String {
    let name: String = file_name.nfc().filter(|letter| !letter.is_control()).collect();
    if name.is_empty() { "file".to_owned() } else { name }
}

/// A name with another extension, or with one if it had none: what a file is called once it is something else.
pub fn with_extension(file_name: &str, extension: &str) -> String {
    match file_name.rsplit_once('.') {
        Some((stem, old)) if !stem.is_empty() && old.len() <= 4 => format!("{stem}.{extension}"),
        _ => format!("{file_name}.{extension}"),
    }
}

/// A name that says nothing of the person: `picture-7f3a.jpg`, or `clip-7f3a.mp4` for a clip. The four signs are the first of
/// `hash`, so that pictures of one upload are told from each other.
pub fn neutral(mime: &str, hash: &str) -> String {
    let word = if mime.starts_with("video/") { "clip" } else { "picture" };
    let signs: String = hash.chars().take(4).collect();
    let extension = match mime {
        "image/jpeg" => "jpg",
        "video/quicktime" => "mov",
        _ => mime.rsplit('/').next().unwrap_or_default(),
    };
    format!("{word}-{signs}.{extension}")
}

/// The title that a site would make of a file name: the stem with each run of `-`, `_` and blanks turned into
/// one blank, cut to [`TITLE_MAX`] characters. Empty when nothing is left.
pub fn title_from(file_name: &str) -> String {
    let name = sanitize(file_name);
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name.as_str(),
    };
    let words: Vec<&str> = stem
        .split(|letter: char| letter == '-' || letter == '_' || letter.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").chars().take(TITLE_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_composed_and_without_control_characters() {
        assert_eq!(sanitize("s\u{030C}uo\u{0}\n.jpg"), "\u{161}uo.jpg");
        assert_eq!(sanitize("\u{7}\n"), "file");
        assert_eq!(sanitize("Šaltibarščiai 🍲 nr 1.png"), "Šaltibarščiai 🍲 nr 1.png");
    }

    #[test]
    fn a_converted_file_is_called_what_it_is() {
        assert_eq!(with_extension("dune.tif", "jpg"), "dune.jpg");
        assert_eq!(with_extension("v1.image-of-a-dune", "jpg"), "v1.image-of-a-dune.jpg");
        assert_eq!(with_extension(".tif", "png"), ".tif.png");
    }

    #[test]
    fn a_neutral_name_says_what_it_is_and_nothing_else() {
        assert_eq!(neutral("image/jpeg", "7f3a9c"), "picture-7f3a.jpg");
        assert_eq!(neutral("image/webp", "7f3a9c"), "picture-7f3a.webp");
        assert_eq!(neutral("video/quicktime", "00ff"), "clip-00ff.mov");
        assert_eq!(title_from(&neutral("image/png", "7f3a9c")), "picture 7f3a");
    }

    #[test]
    fn titles_are_made_as_the_site_makes_them() {
        assert_eq!(title_from("dune-grass__above  Nida.jpg"), "dune grass above Nida");
        assert_eq!(title_from("Šaltibarščiai 🍲 nr 1.png"), "Šaltibarščiai 🍲 nr 1");
        assert_eq!(title_from(".hidden"), ".hidden");
        assert_eq!(title_from("---.png"), "");
        assert_eq!(title_from(&"ž".repeat(150)).chars().count(), TITLE_MAX);
    }
}
