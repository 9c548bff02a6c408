//! Links as text: four formats, each kind with its exact form.

use engine::{Links, Receipt, ReceiptId};
use serde::{Deserialize, Serialize};

/// The text form of a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkFormat {
    /// The address alone.
    #[default]
    Links,
    /// HTML.
    Html,
    /// Markdown.
    Markdown,
    /// BBCode.
    Bbcode,
}

/// Which link. The first three go with [`LinkFormat::Links`], the others with the three embed codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// The page that shows it.
    #[default]
    Viewer,
    /// The file.
    Direct,
    /// The smallest picture.
    Thumbnail,
    /// The picture itself, linked to its page.
    Full,
    /// The middle picture, linked to its page.
    Medium,
    /// The smallest picture, linked to its page.
    ThumbnailLinked,
}

/// The link form that a person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkForm {
    /// Text form.
    pub format: LinkFormat,
    /// Which link.
    pub kind: LinkKind,
}

impl LinkForm {
    /// The same form with a kind that goes with its format.
    #[must_use]
    pub fn fitting(self) -> Self {
        let kind = match (self.format, self.kind) {
            (LinkFormat::Links, LinkKind::Full) => LinkKind::Direct,
            (LinkFormat::Links, LinkKind::Medium | LinkKind::ThumbnailLinked) => LinkKind::Thumbnail,
            (LinkFormat::Links, kind) => kind,
            (_, LinkKind::Viewer | LinkKind::Direct) => LinkKind::Full,
            (_, LinkKind::Thumbnail) => LinkKind::ThumbnailLinked,
            (_, kind) => kind,
        };
        Self { kind, ..self }
    }
}

/// One receipt's links as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The receipt.
    pub receipt: ReceiptId,
    /// The text; none when there is no usable link yet.
    pub text: Option<String>,
    /// The kind that stands in for the one asked for, when the site did not give that one.
    pub instead: Option<LinkKind>,
}

/// Links of receipts in the order given. A receipt that waits for approval has none: they would show nothing.
#[must_use]
pub fn render(receipts: &[Receipt], form: LinkForm) -> Vec<Rendered> {
    let form = form.fitting();
    receipts.iter().map(|receipt| one(receipt, form)).collect()
}

fn one(receipt: &Receipt, form: LinkForm) -> Rendered {
    let nothing = Rendered { receipt: receipt.id, text: None, instead: None };
    if !receipt.approved {
        return nothing;
    }
    let found = order(form.kind)
        .iter()
        .find_map(|kind| Some((*kind, address(&receipt.links, *kind, receipt.mime.starts_with("video/"))?)));
    let Some((kind, address)) = found else {
        return nothing;
    };
    let page = page(&receipt.links);
    let title = receipt.title.as_deref().unwrap_or(&receipt.name);
    let text = match form.format {
        LinkFormat::Links => address.to_owned(),
        LinkFormat::Html => html(address, page, title),
        LinkFormat::Markdown => markdown(address, page, title),
        LinkFormat::Bbcode => bbcode(address, page),
    };
    Rendered { receipt: receipt.id, text: Some(text), instead: (kind != form.kind).then_some(kind) }
}

/// The kind asked for, then the next smaller ones, then what is left.
fn order(kind: LinkKind) -> &'static [LinkKind] {
    use LinkKind::*;
    match kind {
        Viewer => &[Viewer, Direct],
        Direct => &[Direct, Viewer],
        Thumbnail => &[Thumbnail, Direct, Viewer],
        Full => &[Full, Medium, ThumbnailLinked],
        Medium => &[Medium, ThumbnailLinked, Full],
        ThumbnailLinked => &[ThumbnailLinked, Full],
    }
}

/// The address of a kind. A clip is no picture, so embed codes show the still that the site made of it.
fn address(links: &Links, kind: LinkKind, clip: bool) -> Option<&str> {
    let address = match kind {
        LinkKind::Viewer => return page(links),
        LinkKind::Direct => &links.direct,
        LinkKind::Full if clip => &links.frame,
        LinkKind::Full => &links.direct,
        LinkKind::Medium => &links.medium,
        LinkKind::Thumbnail | LinkKind::ThumbnailLinked => &links.thumb,
    };
    address.as_deref()
}

fn page(links: &Links) -> Option<&str> {
    links.viewer.as_deref().or(links.short.as_deref())
}

fn html(picture: &str, page: Option<&str>, title: &str) -> String {
    let img = format!(r#"<img src="{}" alt="{}" border="0">"#, html_escaped(picture), html_escaped(title));
    match page {
        Some(page) => format!(r#"<a href="{}">{img}</a>"#, html_escaped(page)),
        None => img,
    }
}

fn html_escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

fn markdown(picture: &str, page: Option<&str>, title: &str) -> String {
    let img = format!("![{}]({})", markdown_escaped(title), markdown_address(picture));
    match page {
        Some(page) => format!("[{img}]({})", markdown_address(page)),
        None => img,
    }
}

fn markdown_escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '[' | ']' | '`' | '*' | '_' | '<' | '>' | '!' | '&' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// Round brackets and blanks would end the address.
fn markdown_address(address: &str) -> String {
    address
        .replace('(', "%28")
        .replace(')', "%29")
        .replace(' ', "%20")
        .replace('<', "%3C")
        .replace('>', "%3E")
}

fn bbcode(picture: &str, page: Option<&str>) -> String {
    let img = format!("[img]{}[/img]", bbcode_address(picture));
    match page {
        Some(page) => format!("[url={}]{img}[/url]", bbcode_address(page)),
        None => img,
    }
}

/// Square brackets would be read as codes.
fn bbcode_address(address: &str) -> String {
    address.replace('[', "%5B").replace(']', "%5D").replace(' ', "%20")
}
