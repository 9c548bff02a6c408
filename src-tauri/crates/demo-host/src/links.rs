//! The addresses of files and albums: pages, direct links, delete links.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::index::{AlbumRow, FileRow};

/// How a site writes its addresses.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Links<'a> {
    /// `http://127.0.0.1:8080/gallery`
    base: &'a str,
    /// Pages carry the title.
    titled: bool,
}

impl<'a> Links<'a> {
    pub(crate) fn new(base: &'a str, titled: bool) -> Self {
        Self { base, titled }
    }

    /// The sub-directory that the site lives in: `/gallery`, or nothing.
    pub(crate) fn folder(&self) -> &'a str {
        let host = self.base.find("://").map_or(0, |at| at + 3);
        self.base[host..].find('/').map_or("", |at| &self.base[host + at..])
    }

    /// A file's page as an address inside the site: `/image/my-title.id`, `/video/…` for clips.
    pub(crate) fn page(&self, file: &FileRow) -> String {
        match slug(&file.title) {
            slug if self.titled && !slug.is_empty() => {
                format!("/{}/{}.{}", route(file), raw_url(&slug), file.id)
            }
            _ => short(file),
        }
    }

    /// The same, as an address on this host. A recorded site at the root says no more; in a sub-directory the
    /// folder has to be part of it.
    pub(crate) fn path_viewer(&self, file: &FileRow) -> String {
        format!("{}{}", self.folder(), self.page(file))
    }

    pub(crate) fn url_viewer(&self, file: &FileRow) -> String {
        format!("{}{}", self.base, self.page(file))
    }

    pub(crate) fn url_short(&self, file: &FileRow) -> String {
        format!("{}{}", self.base, short(file))
    }

    pub(crate) fn url_delete(&self, file: &FileRow, password: &str) -> String {
        format!("{}/delete/{password}", self.url_short(file))
    }

    /// The direct link of the file (`""`) or of one of its copies (`.th`, `.md`, `.fr`).
    pub(crate) fn url(&self, file: &FileRow, copy: &str) -> String {
        format!("{}/images/{}/{}", self.base, file.day, raw_url(&file.file_name(copy)))
    }

    pub(crate) fn url_album(&self, album: &AlbumRow) -> String {
        format!("{}/album/{}.{}", self.base, raw_url(&slug(&album.name)), album.id)
    }
}

fn route(file: &FileRow) -> &'static str {
    if file.clip { "video" } else { "image" }
}

fn short(file: &FileRow) -> String {
    format!("/{}/{}", route(file), file.id)
}

/// PHP's `rawurlencode`.
const RAW: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

pub(crate) fn raw_url(text: &str) -> String {
    utf8_percent_encode(text, RAW).to_string()
}

/// A title as it stands in a link: no tags, no quotes, hyphens for spaces.
fn slug(title: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for letter in title.chars() {
        match letter {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            '"' | '\'' | '&' | '?' | '#' | '/' | '\\' => text.push(' '),
            letter => text.push(letter),
        }
    }
    text.split([' ', '\n', '\r', '\t', '-']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_as_recorded() {
        assert_eq!(slug("my holiday photo 01.th"), "my-holiday-photo-01.th");
        assert_eq!(slug("<b>x</b> \"q\" & ė 🎉"), "x-q-ė-🎉");
        assert_eq!(slug("ünï çödé 漢字 & %22q%22 's"), "ünï-çödé-漢字-%22q%22-s");
        assert_eq!(slug("a \"q\" b"), "a-q-b");
        assert_eq!(slug("   "), "");
    }

    #[test]
    fn a_site_in_a_sub_directory_has_it_in_every_address() {
        let file = FileRow { id: "aB1".to_owned(), title: "My title".to_owned(), ..FileRow::default() };
        let links = Links::new("http://127.0.0.1:8080/a/gallery", true);
        assert_eq!(links.path_viewer(&file), "/a/gallery/image/My-title.aB1");
        assert_eq!(links.url_viewer(&file), "http://127.0.0.1:8080/a/gallery/image/My-title.aB1");
        let links = Links::new("http://127.0.0.1:8080", false);
        assert_eq!(links.path_viewer(&file), "/image/aB1");
    }
}
