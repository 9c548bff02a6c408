//! Receipts: what the site gave for an upload, in results and in history.

use super::{AlbumView, Id, ProblemView, TimeMs};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One upload that the site confirmed. The delete link stays in Rust; here is only whether there is one.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ReceiptView {
    /// The receipt's id.
    pub id: Id,
    /// The site.
    pub site: Id,
    /// The site's name at the time.
    pub site_name: String,
    /// The file's name.
    pub name: String,
    /// The title that the site gave back.
    pub title: String,
    /// Type label.
    pub format: String,
    /// A video clip.
    pub clip: bool,
    /// Moves.
    pub animated: bool,
    /// Bytes as the site stored it.
    pub size: u64,
    /// Pixels as the site stored it.
    pub width: Option<u32>,
    /// Pixels as the site stored it.
    pub height: Option<u32>,
    /// A clip's length.
    pub duration_ms: Option<u64>,
    /// When the site confirmed it.
    pub uploaded_at: TimeMs,
    /// When the site deletes it.
    pub expires_at: Option<TimeMs>,
    /// Links that the site gave.
    pub links: LinksView,
    /// False while it waits for approval.
    pub approved: bool,
    /// The album it was sent to; the site never confirms it.
    pub album: Option<AlbumView>,
    /// A delete link is kept.
    pub has_delete_link: bool,
    /// What the site changed, as messages.
    pub notes: Vec<ProblemView>,
    /// Whether a preview can be asked for at `receipt/<id>`; of a clip there may be none.
    pub preview: bool,
}

/// The links of one upload; what the site did not return is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct LinksView {
    /// The page that shows it.
    pub viewer: Option<String>,
    /// The page's short address.
    pub short: Option<String>,
    /// The file.
    pub direct: Option<String>,
    /// A smaller picture.
    pub medium: Option<String>,
    /// The smallest picture.
    pub thumb: Option<String>,
}

/// The text form of a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
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

/// Which link. The first three go with `Links`, the others with the three embed codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
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
    /// The medium picture, linked to its page.
    Medium,
    /// The smallest picture, linked to its page.
    ThumbnailLinked,
}

/// The link form that a person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkForm {
    /// Text form.
    pub format: LinkFormat,
    /// Which link.
    pub kind: LinkKind,
}

/// One row of rendered links.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct LinkRow {
    /// The receipt.
    pub receipt: Id,
    /// The text; none when there is no usable link yet.
    pub text: Option<String>,
    /// The kind that stands in for the one asked for, when the site did not return that one.
    pub instead: Option<LinkKind>,
}

/// What was copied.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct CopiedView {
    /// Links on the clipboard.
    pub copied: u32,
    /// Left out because they have no usable link yet.
    pub left_out: u32,
    /// Set when the clipboard did not take them; the text is shown to copy by hand.
    pub text: Option<String>,
}

/// What to look for in history.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct HistoryQuery {
    /// Part of a name, title or tag.
    pub search: Option<String>,
    /// One site only.
    pub site: Option<Id>,
    /// One album only.
    pub album: Option<String>,
    /// Only this kind.
    pub kind: Option<HistoryKind>,
    /// Only what the site will delete by itself.
    pub expiring: Option<bool>,
    /// Only with a kept delete link.
    pub has_delete_link: Option<bool>,
    /// The last receipt of the page before.
    pub after: Option<Id>,
    /// At most this many; 100 when absent.
    pub limit: Option<u32>,
}

/// A kind of file in history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum HistoryKind {
    /// Still pictures.
    Picture,
    /// Animations.
    Animation,
    /// Clips.
    Clip,
}

/// A page of history, newest first, files of one batch in queue order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct HistoryPage {
    /// The receipts.
    pub receipts: Vec<ReceiptView>,
    /// More follow.
    pub more: bool,
    /// All that match: told with the first page.
    pub total: Option<u32>,
    /// Delete links kept in all.
    pub vault: u32,
    /// Those of them whose uploads are not in history any more.
    pub kept: u32,
}

/// A delete link that is kept without its upload. The link stays in Rust.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct KeptView {
    /// What it is told by.
    pub id: Id,
    /// The site's name.
    pub site_name: String,
    /// The file's name.
    pub name: String,
    /// When the site confirmed the upload.
    pub uploaded_at: TimeMs,
    /// The page that shows it.
    pub viewer: Option<String>,
}

/// A page of kept delete links, the newest upload first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct KeptPage {
    /// The links.
    pub kept: Vec<KeptView>,
    /// More follow.
    pub more: bool,
}

/// The form of an exported history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ArchiveForm {
    /// Everything, to be imported again.
    Json,
    /// A table for spreadsheets.
    Csv,
}

/// What was exported.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ExportedView {
    /// The file's name.
    pub name: String,
    /// Uploads in it.
    pub uploads: u32,
    /// Delete links in it.
    pub delete_links: u32,
}

/// What was imported.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ImportedView {
    /// Uploads that are new here.
    pub added: u32,
    /// Uploads that were here already.
    pub known: u32,
    /// Delete links that are new here.
    pub delete_links: u32,
}

/// What came of "Delete from site".
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum DeletionView {
    /// The site said that it is deleted.
    Deleted,
    /// The site no longer had it.
    GoneAlready,
    /// It is still there, as far as is known.
    Failed {
        /// Why.
        problem: ProblemView,
    },
}
