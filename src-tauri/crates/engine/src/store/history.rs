//! Receipts and the vault.

use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use secrecy::{ExposeSecret, SecretString};

use super::Db;
use super::columns::{
    from_json, from_json_or_null, integer, json, json_or_null, path_bytes, path_from, unsigned,
};
use crate::{
    BatchId, Deletion, Error, HistoryQuery, ItemId, Kind, Page, Receipt, ReceiptId, Result, SiteId, Timestamp,
};

/// The longest page.
const MOST: u32 = 500;

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
        let (conditions, values) = conditions(query);
        // One more than asked for tells whether there is another page.
        let sql = format!(
            "SELECT * FROM receipts WHERE {conditions} ORDER BY uploaded_at DESC, id DESC LIMIT {}",
            limit + 1
        );
        self.run(|c| {
            let mut rows = c.prepare(&sql)?;
            let rows = rows.query_map(params_from_iter(values), read_receipt)?;
            let mut receipts = rows.collect::<rusqlite::Result<Vec<_>>>()?;
            let more = receipts.len() > limit as usize;
            receipts.truncate(limit as usize);
            let next = receipts.last().filter(|_| more).map(|r| (r.uploaded_at, r.id));
            Ok(Page { receipts, next })
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
        self.run(|c| {
            let sql = "SELECT id FROM receipts WHERE site = ?1 AND blake3 = ?2 AND deleted_at IS NULL
                ORDER BY uploaded_at DESC, id DESC LIMIT 1";
            let id =
                c.prepare_cached(sql)?.query_row(params![site.0, blake3], |row| row.get(0)).optional()?;
            Ok(id.map(ReceiptId))
        })
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

    pub(crate) fn vault_count(&mut self) -> Result<u64> {
        self.run(|c| c.query_row("SELECT count(*) AS n FROM vault", [], |row| unsigned(row, "n")))
    }
}

fn conditions(query: &HistoryQuery) -> (String, Vec<SqlValue>) {
    let (mut sql, mut values) = (vec!["1".to_owned()], Vec::new());
    for word in query.search.as_deref().unwrap_or_default().split_whitespace() {
        sql.push("search LIKE ? ESCAPE '\\'".to_owned());
        values.push(SqlValue::Text(format!("%{}%", escaped(&word.to_lowercase()))));
    }
    if let Some(site) = query.site {
        sql.push("site = ?".to_owned());
        values.push(SqlValue::Integer(site.0));
    }
    if let Some((moment, id)) = query.before {
        sql.push("(uploaded_at, id) < (?, ?)".to_owned());
        values.extend([SqlValue::Integer(moment.0), SqlValue::Integer(id.0)]);
    }
    match query.has_delete_link {
        None => {}
        Some(true) => sql.push("delete_link IS NOT NULL".to_owned()),
        Some(false) => sql.push("delete_link IS NULL".to_owned()),
    }
    if query.expiring {
        sql.push("expires_at IS NOT NULL".to_owned());
    }
    match query.kind {
        None => {}
        Some(Kind::Picture) => sql.push("mime LIKE 'image/%' AND NOT animated".to_owned()),
        Some(Kind::Animation) => sql.push("mime LIKE 'image/%' AND animated".to_owned()),
        Some(Kind::Video) => sql.push("mime LIKE 'video/%'".to_owned()),
    }
    (sql.join(" AND "), values)
}

/// What the user typed is text, not a pattern.
fn escaped(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

fn read_receipt(row: &Row<'_>) -> rusqlite::Result<Receipt> {
    let deleted_at: Option<i64> = row.get("deleted_at")?;
    let has_link = row.get_ref("delete_link")?.as_str_or_null()?.is_some();
    Ok(Receipt {
        id: ReceiptId(row.get("id")?),
        item: row.get::<_, Option<i64>>("item")?.map(ItemId),
        site: SiteId(row.get("site")?),
        batch: row.get::<_, Option<i64>>("batch")?.map(BatchId),
        name: row.get("name")?,
        title: row.get("title")?,
        mime: row.get("mime")?,
        size: unsigned(row, "size")?,
        width: row.get("width")?,
        height: row.get("height")?,
        duration_ms: row.get::<_, Option<i64>>("duration_ms")?.and_then(|ms| u64::try_from(ms).ok()),
        animated: row.get("animated")?,
        blake3: row.get("blake3")?,
        sent_md5: row.get("sent_md5")?,
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
    let search = [&r.name, r.title.as_ref().unwrap_or(&r.name)].into_iter().chain(&r.asked.tags);
    let search = search.map(|text| text.to_lowercase()).collect::<Vec<_>>().join("\n");
    let sql = "INSERT INTO receipts (id, item, site, batch, name, title, mime, size, width, height, duration_ms,
        animated, blake3, sent_md5, uploaded_at, links_json, delete_link, approved, expires_at, asked_json,
        given_json, notes_json, album_json, preview_path, search)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
        ?23, ?24, ?25)";
    c.prepare_cached(sql)?.execute(params![
        r.id.0,
        r.item.map(|i| i.0),
        r.site.0,
        r.batch.map(|b| b.0),
        r.name,
        r.title,
        r.mime,
        integer(r.size),
        r.width,
        r.height,
        r.duration_ms.map(integer),
        r.animated,
        r.blake3,
        r.sent_md5,
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
        search,
    ])?;
    for tag in &r.asked.tags {
        let sql = "INSERT INTO tags (site, tag, uses, used_at) VALUES (?1, ?2, 1, ?3)
            ON CONFLICT (site, tag) DO UPDATE SET uses = uses + 1, used_at = excluded.used_at";
        c.prepare_cached(sql)?.execute(params![r.site.0, tag, r.uploaded_at.0])?;
    }
    Ok(())
}

pub(super) fn forget(c: &Connection, what: &Forget) -> rusqlite::Result<usize> {
    let keep = "INSERT INTO vault (site, name, uploaded_at, viewer, delete_link)
        SELECT site, name, uploaded_at, json_extract(links_json, '$.viewer'), delete_link FROM receipts
        WHERE delete_link IS NOT NULL";
    let Some(ids) = &what.ids else {
        if what.keep_delete_links {
            c.execute(keep, [])?;
        }
        return c.execute("DELETE FROM receipts", []);
    };
    let mut forgotten = 0;
    for id in ids {
        if what.keep_delete_links {
            c.prepare_cached(&format!("{keep} AND id = ?1"))?.execute([id.0])?;
        }
        forgotten += c.prepare_cached("DELETE FROM receipts WHERE id = ?1")?.execute([id.0])?;
    }
    Ok(forgotten)
}
