//! Receipts.

use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params, params_from_iter};
use secrecy::{ExposeSecret, SecretString};

use super::Db;
use super::archive::delete_links;
use super::columns::{
    from_json, from_json_or_null, integer, json, json_or_null, path_bytes, path_from, unsigned,
};
use crate::{
    BatchId, Deletion, Error, HistoryQuery, ItemId, Kind, Page, Receipt, ReceiptId, Result, SiteId, Timestamp,
};

/// The longest page.
const MOST: u32 = 500;

/// So many receipts come into the index of words at a stroke, if nobody searches before: that takes about 10 ms.
pub(super) const WORDS_AT_ONCE: usize = 500;

/// The newest batch first, and within a batch the order of the queue.
pub(super) const IN_ORDER: &str = "began_at DESC, batch DESC, place, id";

/// A receipt to be saved with its secret.
#[derive(Clone)]
pub(crate) struct NewReceipt {
    pub receipt: Receipt,
    pub delete_link: Option<SecretString>,
}

/// Receipts to be forgotten; `ids: None` is all.
#[derive(Clone, Debug)]
pub(crate) struct Forget {
    pub ids: Option<Vec<ReceiptId>>,
    pub keep_delete_links: bool,
}

impl Db {
    pub(crate) fn history(&mut self, query: &HistoryQuery) -> Result<Page> {
        let limit = query.limit.clamp(1, MOST);
        let mut filters = Filters::of(query);
        self.run(|c| {
            if filters.words.is_some() {
                complete_words(c)?;
            }
            let total = match query.after {
                None => Some(filters.count(c)?),
                Some(last) => {
                    filters.after(last);
                    None
                }
            };
            // One more than asked for tells whether there is another page.
            let (places, values) = filters.all();
            let sql =
                format!("SELECT * FROM receipts WHERE {places} ORDER BY {IN_ORDER} LIMIT {}", limit + 1);
            let mut rows = c.prepare_cached(&sql)?;
            let rows = rows.query_map(params_from_iter(values), read_receipt)?;
            let mut receipts = rows.collect::<rusqlite::Result<Vec<_>>>()?;
            let more = receipts.len() > limit as usize;
            receipts.truncate(limit as usize);
            Ok(Page { receipts, more, total })
        })
    }

    pub(crate) fn receipts(&mut self, ids: &[ReceiptId]) -> Result<Vec<Receipt>> {
        self.run(|c| {
            let mut by_id = c.prepare_cached("SELECT * FROM receipts WHERE id = ?1")?;
            let mut found = Vec::with_capacity(ids.len());
            for id in ids {
                found.extend(by_id.query_row([id.0], read_receipt).optional()?);
            }
            Ok(found)
        })
    }

    /// The newest receipt of this content on this site that was not deleted from it.
    pub(crate) fn known(&mut self, site: SiteId, blake3: &str) -> Result<Option<ReceiptId>> {
        self.run(|c| known(c, site, blake3))
    }

    pub(crate) fn delete_link(&mut self, receipt: ReceiptId) -> Result<Option<SecretString>> {
        let found = self.run(|c| {
            let sql = "SELECT delete_link FROM receipts WHERE id = ?1";
            c.query_row(sql, [receipt.0], |row| row.get::<_, Option<String>>(0)).optional()
        })?;
        Ok(found.ok_or(Error::UnknownReceipt(receipt))?.map(SecretString::from))
    }

    pub(crate) fn mark_deleted(&mut self, receipt: ReceiptId, now: Timestamp) -> Result<()> {
        let changed = self.run(|c| {
            let sql = "UPDATE receipts SET delete_link = NULL, deleted_at = ?2 WHERE id = ?1";
            c.execute(sql, params![receipt.0, now.0])
        })?;
        if changed == 0 { Err(Error::UnknownReceipt(receipt)) } else { Ok(()) }
    }

    /// Delete links that are kept: of receipts, and of forgotten ones.
    pub(crate) fn delete_links_kept(&mut self) -> Result<u64> {
        self.run(|c| delete_links(c))
    }
}

/// The plus sign keeps SQLite from the index that is in order: it would go through all of a site's uploads.
const KNOWN: &str = "SELECT id FROM receipts WHERE site = ?1 AND blake3 = ?2 AND deleted_at IS NULL
    ORDER BY +uploaded_at DESC, id DESC LIMIT 1";

pub(super) fn known(c: &Connection, site: SiteId, blake3: &str) -> rusqlite::Result<Option<ReceiptId>> {
    let id = c.prepare_cached(KNOWN)?.query_row(params![site.0, blake3], |row| row.get(0)).optional()?;
    Ok(id.map(ReceiptId))
}

/// Conditions on receipts, each with its values.
pub(super) struct Filters {
    /// What the index of words is asked.
    words: Option<SqlValue>,
    others: Vec<(&'static str, SqlValue)>,
}

impl Filters {
    pub(super) fn of(query: &HistoryQuery) -> Self {
        let (mut words, mut others) = (Vec::new(), Vec::new());
        for word in query.search.as_deref().unwrap_or_default().to_lowercase().split_whitespace() {
            if word.chars().count() >= 3 {
                words.push(format!("\"{}\"", word.replace('"', "\"\"")));
            } else {
                // The index holds pieces of three letters: for shorter words the texts are looked through.
                let pattern = SqlValue::Text(format!("%{}%", escaped(word)));
                others.push(("id IN (SELECT id FROM receipt_texts WHERE text LIKE ? ESCAPE '\\')", pattern));
            }
        }
        let words = (!words.is_empty()).then(|| SqlValue::Text(words.join(" AND ")));
        others.extend(query.site.map(|site| ("+site = ?", SqlValue::Integer(site.0))));
        others.extend(query.album.as_ref().map(|album| ("album = ?", SqlValue::Text(album.clone()))));
        others.extend(query.kind.map(|kind| ("kind = ?", SqlValue::Text(column_of(kind).to_owned()))));
        others.extend(query.has_delete_link.map(|has| ("deletable = ?", SqlValue::Integer(has.into()))));
        others.extend(query.expiring.then_some(("expiring = ?", SqlValue::Integer(1))));
        Self { words, others }
    }

    /// Only what comes after this receipt in the order of the history; nothing, when it is gone.
    fn after(&mut self, last: ReceiptId) {
        for place in [
            "began_at <= (SELECT began_at FROM receipts WHERE id = ?)",
            "(-began_at, -batch, place, id) > (SELECT -began_at, -batch, place, id FROM receipts WHERE id = ?)",
        ] {
            self.others.push((place, SqlValue::Integer(last.0)));
        }
    }

    /// Whether everything matches.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_none() && self.others.is_empty()
    }

    /// The plus signs keep SQLite from finding by id or site and sorting all that it found: the index that is in order
    /// holds what is asked, and a page ends early.
    pub(super) fn all(&self) -> (String, Vec<&SqlValue>) {
        const WORDS: &str = "+id IN (SELECT rowid FROM receipt_words WHERE receipt_words MATCH ?)";
        let words = self.words.iter().map(|words| (WORDS, words));
        let all = words.chain(self.others.iter().map(|(condition, value)| (*condition, value)));
        let (conditions, values): (Vec<_>, _) = all.unzip();
        if conditions.is_empty() { ("1".to_owned(), values) } else { (conditions.join(" AND "), values) }
    }

    fn count(&self, c: &Connection) -> rusqlite::Result<u64> {
        let (conditions, values) = self.all();
        let sql = match (&self.words, self.others.as_slice()) {
            // The index alone knows.
            (Some(_), []) => "SELECT count(*) AS n FROM receipt_words WHERE receipt_words MATCH ?".to_owned(),
            _ => format!("SELECT count(*) AS n FROM receipts WHERE {conditions}"),
        };
        c.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| unsigned(row, "n"))
    }
}

fn column_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Picture => "picture",
        Kind::Animation => "animation",
        Kind::Video => "video",
    }
}

/// What the user typed is text, not a pattern.
fn escaped(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

pub(super) fn read_receipt(row: &Row<'_>) -> rusqlite::Result<Receipt> {
    let deleted_at: Option<i64> = row.get("deleted_at")?;
    let has_link = row.get_ref("delete_link")?.as_str_or_null()?.is_some();
    Ok(Receipt {
        id: ReceiptId(row.get("id")?),
        item: row.get::<_, Option<i64>>("item")?.map(ItemId),
        site: SiteId(row.get("site")?),
        batch: BatchId(row.get("batch")?),
        name: row.get("name")?,
        title: row.get("title")?,
        mime: row.get("mime")?,
        size: unsigned(row, "size")?,
        width: row.get("width")?,
        height: row.get("height")?,
        duration_ms: row.get::<_, Option<i64>>("duration_ms")?.and_then(|ms| u64::try_from(ms).ok()),
        animated: row.get("animated")?,
        blake3: row.get("blake3")?,
        md5: row.get("sent_md5")?,
        uploaded_at: Timestamp(row.get("uploaded_at")?),
        links: from_json(row, "links_json")?,
        deletion: match deleted_at {
            Some(at) => Deletion::Deleted { at: Timestamp(at) },
            None if has_link => Deletion::Possible,
            None => Deletion::Unavailable,
        },
        approved: row.get("approved")?,
        expires_at: row.get::<_, Option<i64>>("expires_at")?.map(Timestamp),
        asked: from_json(row, "asked_json")?,
        given: from_json(row, "given_json")?,
        notes: from_json(row, "notes_json")?,
        album: from_json_or_null(row, "album_json")?,
        preview_path: row.get::<_, Option<Vec<u8>>>("preview_path")?.map(path_from),
    })
}

pub(super) fn insert_receipt(c: &Connection, new: &NewReceipt) -> rusqlite::Result<()> {
    let r = &new.receipt;
    let sql = "INSERT INTO receipts (id, item, site, batch, name, title, mime, size, width, height, duration_ms,
        animated, blake3, sent_md5, uploaded_at, links_json, delete_link, approved, expires_at, asked_json,
        given_json, notes_json, album_json, preview_path, deleted_at, place, began_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
        ?23, ?24, ?25, coalesce((SELECT position FROM items WHERE items.id = ?2), ?1),
        coalesce((SELECT began_at FROM receipts WHERE batch = ?4 LIMIT 1), ?15))";
    let deleted_at = match r.deletion {
        Deletion::Deleted { at } => Some(at.0),
        Deletion::Possible | Deletion::Unavailable => None,
    };
    c.prepare_cached(sql)?.execute(params![
        r.id.0,
        r.item.map(|i| i.0),
        r.site.0,
        r.batch.0,
        r.name,
        r.title,
        r.mime,
        integer(r.size),
        r.width,
        r.height,
        r.duration_ms.map(integer),
        r.animated,
        r.blake3,
        r.md5,
        r.uploaded_at.0,
        json(&r.links)?,
        new.delete_link.as_ref().map(ExposeSecret::expose_secret),
        r.approved,
        r.expires_at.map(|t| t.0),
        json(&r.asked)?,
        json(&r.given)?,
        json(&r.notes)?,
        json_or_null(r.album.as_ref())?,
        r.preview_path.as_deref().map(path_bytes),
        deleted_at,
    ])?;
    write_text(c, r)?;
    c.prepare_cached("INSERT INTO words_to_come (id) VALUES (?1)")?.execute([r.id.0])?;
    for tag in &r.asked.tags {
        let sql = "INSERT INTO tags (site, tag, uses, used_at) VALUES (?1, ?2, 1, ?3)
            ON CONFLICT (site, tag) DO UPDATE SET uses = uses + 1, used_at = max(used_at, excluded.used_at)";
        c.prepare_cached(sql)?.execute(params![r.site.0, tag, r.uploaded_at.0])?;
    }
    Ok(())
}

/// Writes what a receipt is found by.
pub(super) fn write_text(c: &Connection, receipt: &Receipt) -> rusqlite::Result<()> {
    let name = &receipt.name;
    let texts = [name, receipt.title.as_ref().unwrap_or(name)].into_iter().chain(&receipt.asked.tags);
    let text = texts.map(|text| text.to_lowercase()).collect::<Vec<_>>().join("\n");
    let sql = "INSERT INTO receipt_texts (id, text) VALUES (?1, ?2)";
    c.prepare_cached(sql)?.execute(params![receipt.id.0, text]).map(drop)
}

/// Brings what is still to come into the index of words, as part of a change.
pub(super) fn bring_in_words(c: &Connection) -> rusqlite::Result<()> {
    if are_words_to_come(c)? {
        c.execute_batch(
            "INSERT INTO receipt_words (rowid, text)
                SELECT id, text FROM receipt_texts WHERE id IN (SELECT id FROM words_to_come);
            DELETE FROM words_to_come",
        )?;
    }
    Ok(())
}

/// The same for whoever is about to search.
pub(super) fn complete_words(c: &mut Connection) -> rusqlite::Result<()> {
    if are_words_to_come(c)? {
        let change = c.transaction_with_behavior(TransactionBehavior::Immediate)?;
        bring_in_words(&change)?;
        change.commit()?;
    }
    Ok(())
}

fn are_words_to_come(c: &Connection) -> rusqlite::Result<bool> {
    c.prepare_cached("SELECT 1 FROM words_to_come LIMIT 1")?.exists([])
}

pub(super) fn forget(c: &Connection, what: &Forget) -> rusqlite::Result<usize> {
    let keep = "INSERT OR IGNORE INTO vault (site, name, uploaded_at, viewer, delete_link)
        SELECT site, name, uploaded_at, json_extract(links_json, '$.viewer'), delete_link FROM receipts
        WHERE delete_link IS NOT NULL";
    bring_in_words(c)?;
    let Some(ids) = &what.ids else {
        if what.keep_delete_links {
            c.execute(keep, [])?;
        }
        c.execute_batch(
            "INSERT INTO receipt_words (receipt_words) VALUES ('delete-all'); DELETE FROM receipt_texts",
        )?;
        return c.execute("DELETE FROM receipts", []);
    };
    let mut forgotten = 0;
    for id in ids {
        if what.keep_delete_links {
            c.prepare_cached(&format!("{keep} AND id = ?1"))?.execute([id.0])?;
        }
        for sql in [
            "INSERT INTO receipt_words (receipt_words, rowid, text)
                SELECT 'delete', id, text FROM receipt_texts WHERE id = ?1",
            "DELETE FROM receipt_texts WHERE id = ?1",
        ] {
            c.prepare_cached(sql)?.execute([id.0])?;
        }
        forgotten += c.prepare_cached("DELETE FROM receipts WHERE id = ?1")?.execute([id.0])?;
    }
    Ok(forgotten)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LaneId;

    /// Asked once for every file: it must not take longer the longer the history is.
    #[test]
    fn a_content_is_looked_up_by_its_index() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("keltas.db");
        let (mut db, _) = Db::open_or_set_aside(&path, LaneId::MAIN, Timestamp(0)).unwrap();
        let sql = format!("EXPLAIN QUERY PLAN {KNOWN}");
        let plan =
            db.run(|c| c.query_row(&sql, params![1, "b"], |row| row.get::<_, String>("detail"))).unwrap();
        assert_eq!(plan, "SEARCH receipts USING INDEX receipts_by_content (site=? AND blake3=?)");
    }
}
