//! The history and the vault out of the store, and into it.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{CachedStatement, params_from_iter};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use secrecy::{ExposeSecret, SecretString};

use super::Db;
use super::columns::unsigned;
use super::history::{Filters, IN_ORDER, NewReceipt, insert_receipt, read_receipt};
use super::open::{PATIENCE, plain};
use crate::{
    BatchId, Deletion, Entry, Error, HistoryQuery, Imported, Receipt, ReceiptId, Result, SiteId, SiteName,
    Timestamp,
};

/// Reads what matches, and the vault if delete links are asked for and nothing is filtered. It has a connection of
/// its own and sees one moment: the queue goes on, and nothing that is forgotten meanwhile cuts it short.
pub(crate) fn export<W, E: From<Error>>(
    path: &Path,
    query: &HistoryQuery,
    delete_links: bool,
    mut into: W,
    mut each: impl FnMut(&mut W, Entry) -> std::result::Result<(), E>,
) -> std::result::Result<W, E> {
    let plainly = |error: rusqlite::Error| plain(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut own = Connection::open_with_flags(path, flags).map_err(plainly)?;
    own.busy_timeout(PATIENCE).map_err(plainly)?;
    let moment = own.transaction().map_err(plainly)?;

    let filters = Filters::of(query);
    let (conditions, values) = filters.all();
    let sql = format!("SELECT *, {SITE} FROM receipts WHERE {conditions} ORDER BY {IN_ORDER}");
    let mut receipts = moment.prepare(&sql).map_err(plainly)?;
    let mut rows = receipts.query(params_from_iter(values)).map_err(plainly)?;
    while let Some(row) = rows.next().map_err(plainly)? {
        each(&mut into, read_entry(row, delete_links).map_err(plainly)?)?;
    }
    if delete_links && filters.is_empty() {
        let sql = format!("SELECT *, {SITE} FROM vault AS receipts ORDER BY uploaded_at DESC, id DESC");
        let mut kept = moment.prepare(&sql).map_err(plainly)?;
        let mut rows = kept.query([]).map_err(plainly)?;
        while let Some(row) = rows.next().map_err(plainly)? {
            each(&mut into, read_kept(row).map_err(plainly)?)?;
        }
    }
    Ok(into)
}

/// Columns that name the site of a row.
const SITE: &str = "(SELECT base FROM sites WHERE sites.id = receipts.site) AS site_base,
    (SELECT name FROM sites WHERE sites.id = receipts.site) AS site_name,
    (SELECT demo FROM sites WHERE sites.id = receipts.site) AS site_demo";

fn read_site(row: &Row<'_>) -> rusqlite::Result<SiteName> {
    Ok(SiteName { base: row.get("site_base")?, name: row.get("site_name")?, demo: row.get("site_demo")? })
}

fn read_entry(row: &Row<'_>, delete_links: bool) -> rusqlite::Result<Entry> {
    let link = || row.get::<_, Option<String>>("delete_link").map(|link| link.map(SecretString::from));
    Ok(Entry::Receipt {
        site: read_site(row)?,
        receipt: Box::new(read_receipt(row)?),
        delete_link: if delete_links { link()? } else { None },
    })
}

fn read_kept(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry::Kept {
        site: read_site(row)?,
        name: row.get("name")?,
        uploaded_at: Timestamp(row.get("uploaded_at")?),
        viewer: row.get("viewer")?,
        delete_link: row.get::<_, String>("delete_link")?.into(),
    })
}

impl Db {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes what `read` hands over, all or nothing.
    pub(crate) fn import<E: From<Error>>(
        &mut self,
        now: Timestamp,
        read: impl FnOnce(&mut Import<'_>) -> std::result::Result<(), E>,
    ) -> std::result::Result<Imported, E> {
        let path = &self.path;
        let plainly = |error: rusqlite::Error| plain(path, &error);
        // Others may read meanwhile, and not write.
        let change =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(plainly)?;
        let links_before = delete_links(&change).map_err(plainly)?;
        let mut import = Import {
            change: &change,
            path,
            now,
            sites: HashMap::new(),
            batches: HashMap::new(),
            imported: Imported::default(),
        };
        read(&mut import)?;
        let mut imported = import.imported;
        settle(&change).map_err(plainly)?;
        imported.delete_links = delete_links(&change).map_err(plainly)?.saturating_sub(links_before);
        change.commit().map_err(plainly)?;
        Ok(imported)
    }
}

/// An import under way.
pub struct Import<'a> {
    change: &'a Transaction<'a>,
    path: &'a Path,
    now: Timestamp,
    /// The sites of the archive that were met, as they are here.
    sites: HashMap<SiteName, SiteId>,
    /// The batches of the archive, as they are here.
    batches: HashMap<BatchId, BatchId>,
    imported: Imported,
}

impl Import<'_> {
    /// Takes an entry. What is known already is passed over; a delete link that is new to it is kept.
    ///
    /// # Errors
    /// When the store fails: then the import is to end.
    pub fn take(&mut self, entry: Entry) -> Result<()> {
        let taken = match entry {
            Entry::Receipt { site, receipt, delete_link } => self.receipt(site, *receipt, delete_link),
            Entry::Kept { site, name, uploaded_at, viewer, delete_link } => {
                self.kept(site, &name, uploaded_at, viewer.as_deref(), &delete_link)
            }
        };
        taken.map_err(|error| plain(self.path, &error))
    }

    fn receipt(
        &mut self,
        site: SiteName,
        mut receipt: Receipt,
        delete_link: Option<SecretString>,
    ) -> rusqlite::Result<()> {
        receipt.site = self.site(site)?;
        let delete_link = delete_link.filter(|_| !matches!(receipt.deletion, Deletion::Deleted { .. }));
        let sql = "SELECT id, batch FROM receipts
            WHERE site = ?1 AND uploaded_at = ?2 AND name = ?3 AND json_extract(links_json, '$.viewer') IS ?4";
        let known = self
            .prepare(sql)?
            .query_row(
                params![receipt.site.0, receipt.uploaded_at.0, receipt.name, receipt.links.viewer],
                |row| Ok((row.get::<_, i64>("id")?, BatchId(row.get("batch")?))),
            )
            .optional()?;
        if let Some((id, batch)) = known {
            self.batches.entry(receipt.batch).or_insert(batch);
            self.imported.known += 1;
            return self.give(id, delete_link.as_ref());
        }
        receipt.batch = match self.batches.get(&receipt.batch) {
            Some(batch) => *batch,
            None => {
                let new = BatchId(self.next("batch")?);
                self.batches.insert(receipt.batch, new);
                new
            }
        };
        (receipt.id, receipt.item, receipt.preview_path) = (ReceiptId(self.next("receipt")?), None, None);
        self.imported.added += 1;
        insert_receipt(self.change, &NewReceipt { receipt, delete_link })
    }

    /// Gives a receipt that has no delete link the one of the archive.
    fn give(&mut self, receipt: i64, delete_link: Option<&SecretString>) -> rusqlite::Result<()> {
        let Some(link) = delete_link else { return Ok(()) };
        let sql = "UPDATE receipts SET delete_link = ?2
            WHERE id = ?1 AND delete_link IS NULL AND deleted_at IS NULL";
        self.prepare(sql)?.execute(params![receipt, link.expose_secret()]).map(drop)
    }

    fn kept(
        &mut self,
        site: SiteName,
        name: &str,
        uploaded_at: Timestamp,
        viewer: Option<&str>,
        delete_link: &SecretString,
    ) -> rusqlite::Result<()> {
        let site = self.site(site)?;
        let sql = "INSERT OR IGNORE INTO vault (site, name, uploaded_at, viewer, delete_link)
            VALUES (?1, ?2, ?3, ?4, ?5)";
        let values = params![site.0, name, uploaded_at.0, viewer, delete_link.expose_secret()];
        self.prepare(sql)?.execute(values).map(drop)
    }

    /// The site at that address; one that is not set up is remembered as if it had been removed, so that receipts
    /// can name it.
    fn site(&mut self, named: SiteName) -> rusqlite::Result<SiteId> {
        if let Some(id) = self.sites.get(&named) {
            return Ok(*id);
        }
        let sql = "SELECT id FROM sites WHERE base = ?1 OR (demo AND ?2)
            ORDER BY removed_at IS NOT NULL, demo <> ?2, id DESC LIMIT 1";
        let here = self
            .prepare(sql)?
            .query_row(params![named.base, named.demo], |row| row.get::<_, i64>("id"))
            .optional()?;
        let id = match here {
            Some(id) => id,
            None => {
                let sql = "INSERT INTO sites (base, name, old_api, demo, key_kept_json, added_at, removed_at)
                    VALUES (?1, ?2, 0, ?3, '\"none\"', ?4, ?4) RETURNING id";
                let values = params![named.base, named.name, named.demo, self.now.0];
                self.prepare(sql)?.query_row(values, |row| row.get("id"))?
            }
        };
        self.sites.insert(named, SiteId(id));
        Ok(SiteId(id))
    }

    fn next(&self, what: &str) -> rusqlite::Result<i64> {
        let sql = "UPDATE counters SET next = next + 1 WHERE name = ?1 RETURNING next - 1 AS id";
        self.prepare(sql)?.query_row([what], |row| row.get("id"))
    }

    fn prepare(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        self.change.prepare_cached(sql)
    }
}

/// How many delete links there are, of receipts and in the vault.
pub(super) fn delete_links(c: &Connection) -> rusqlite::Result<u64> {
    let sql = "SELECT (SELECT count(*) FROM vault) + (SELECT count(*) FROM receipts WHERE deletable) AS n";
    c.prepare_cached(sql)?.query_row([], |row| unsigned(row, "n"))
}

/// Each delete link is in one place: at its receipt, else in the vault.
fn settle(c: &Connection) -> rusqlite::Result<()> {
    c.execute_batch(
        "UPDATE receipts SET delete_link = vault.delete_link FROM vault
        WHERE receipts.site = vault.site AND receipts.uploaded_at = vault.uploaded_at
            AND receipts.name = vault.name AND json_extract(receipts.links_json, '$.viewer') IS vault.viewer
            AND receipts.delete_link IS NULL AND receipts.deleted_at IS NULL;
        DELETE FROM vault WHERE delete_link IN (SELECT delete_link FROM receipts WHERE deletable)",
    )
}
