//! The history and the vault out of the store, and into it.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{CachedStatement, params_from_iter};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use secrecy::{ExposeSecret, SecretString};

use super::columns::unsigned;
use super::history::{
    Filters, IN_ORDER, NewReceipt, bring_in_words, complete_words, insert_receipt, read_receipt,
};
use super::open::{PATIENCE, plain};
use super::{Db, Store};
use crate::{
    BatchId, Deletion, Entry, Error, HistoryQuery, Imported, Receipt, ReceiptId, Result, SiteId, SiteName,
    Timestamp,
};

/// So many entries are saved at a stroke, which takes a few hundredths of a second.
const PIECE: usize = 300;

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
    complete_words(&mut own).map_err(plainly)?;
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
}

/// Takes what `read` hands over, in pieces that let others have the store in between. Not for the tasks of a runtime.
pub(crate) fn import<E: From<Error>>(
    store: &Store,
    now: Timestamp,
    mut read: impl FnMut(&mut dyn FnMut(Entry) -> std::result::Result<(), E>) -> std::result::Result<(), E>,
) -> std::result::Result<Imported, E> {
    read(&mut |_| Ok(()))?;
    let mut import = Some(Import::begin(now));
    let mut piece = Vec::new();
    let mut save = |entries| -> Result<()> {
        if let Some(so_far) = import.take() {
            import = Some(store.call_and_wait(move |db| so_far.piece(db, entries))?);
        }
        Ok(())
    };
    read(&mut |entry| {
        piece.push(entry);
        if piece.len() >= PIECE {
            save(std::mem::take(&mut piece))?;
        }
        Ok(())
    })?;
    save(piece)?;
    let Some(import) = import else { return Ok(Imported::default()) };
    Ok(store.call_and_wait(move |db| import.end(db))?)
}

/// An import under way, from one piece to the next.
struct Import {
    now: Timestamp,
    /// The sites of the archive that were met, as they are here.
    sites: HashMap<SiteName, SiteId>,
    /// The batches of the archive, as they are here.
    batches: HashMap<BatchId, BatchId>,
    imported: Imported,
}

impl Import {
    fn begin(now: Timestamp) -> Import {
        Import { now, sites: HashMap::new(), batches: HashMap::new(), imported: Imported::default() }
    }

    /// Takes entries in one stroke. What is known already is passed over; a delete link that is new to it is kept.
    fn piece(mut self, db: &mut Db, entries: Vec<Entry>) -> Result<Import> {
        db.run(|c| {
            // Others may read meanwhile, and not write.
            let change = c.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut piece = Piece { change: &change, import: &mut self };
            for entry in entries {
                piece.take(entry)?;
            }
            bring_in_words(&change)?;
            change.commit()?;
            Ok(self)
        })
    }

    /// Brings delete links together with their uploads, and tells what came of it all.
    fn end(mut self, db: &mut Db) -> Result<Imported> {
        db.run(|c| {
            let change = c.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let (found, moved) = settle(&change)?;
            change.commit()?;
            let links = self.imported.delete_links + found;
            self.imported.delete_links = links.saturating_sub(moved);
            Ok(self.imported)
        })
    }
}

/// A piece of an import, in a transaction of its own.
struct Piece<'a> {
    change: &'a Transaction<'a>,
    import: &'a mut Import,
}

impl Piece<'_> {
    fn take(&mut self, entry: Entry) -> rusqlite::Result<()> {
        match entry {
            Entry::Receipt { site, receipt, delete_link } => self.receipt(site, *receipt, delete_link),
            Entry::Kept { site, name, uploaded_at, viewer, delete_link } => {
                self.kept(site, &name, uploaded_at, viewer.as_deref(), &delete_link)
            }
        }
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
            self.import.batches.entry(receipt.batch).or_insert(batch);
            self.import.imported.known += 1;
            return self.give(id, delete_link.as_ref());
        }
        receipt.batch = match self.import.batches.get(&receipt.batch) {
            Some(batch) => *batch,
            None => {
                let new = BatchId(self.next("batch")?);
                self.import.batches.insert(receipt.batch, new);
                new
            }
        };
        (receipt.id, receipt.item, receipt.preview_path) = (ReceiptId(self.next("receipt")?), None, None);
        self.import.imported.added += 1;
        self.import.imported.delete_links += u64::from(delete_link.is_some());
        insert_receipt(self.change, &NewReceipt { receipt, delete_link })
    }

    /// Gives a receipt that has no delete link the one of the archive.
    fn give(&mut self, receipt: i64, delete_link: Option<&SecretString>) -> rusqlite::Result<()> {
        let Some(link) = delete_link else { return Ok(()) };
        let sql = "UPDATE receipts SET delete_link = ?2
            WHERE id = ?1 AND delete_link IS NULL AND deleted_at IS NULL";
        let given = self.prepare(sql)?.execute(params![receipt, link.expose_secret()])?;
        self.import.imported.delete_links += given as u64;
        Ok(())
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
        let kept = self.prepare(sql)?.execute(values)?;
        self.import.imported.delete_links += kept as u64;
        Ok(())
    }

    /// The site at that address; one that is not set up is remembered as if it had been removed, so that receipts
    /// can name it.
    fn site(&mut self, named: SiteName) -> rusqlite::Result<SiteId> {
        if let Some(id) = self.import.sites.get(&named) {
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
                let values = params![named.base, named.name, named.demo, self.import.now.0];
                self.prepare(sql)?.query_row(values, |row| row.get("id"))?
            }
        };
        self.import.sites.insert(named, SiteId(id));
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

/// Each delete link is in one place: at its receipt, else in the vault. Tells how many receipts found theirs, and how
/// many left the vault.
fn settle(c: &Connection) -> rusqlite::Result<(u64, u64)> {
    let found = c.execute(
        "UPDATE receipts SET delete_link = vault.delete_link FROM vault
        WHERE receipts.site = vault.site AND receipts.uploaded_at = vault.uploaded_at
            AND receipts.name = vault.name AND json_extract(receipts.links_json, '$.viewer') IS vault.viewer
            AND receipts.delete_link IS NULL AND receipts.deleted_at IS NULL",
        [],
    )?;
    let moved = c.execute(
        "DELETE FROM vault WHERE delete_link IN (SELECT delete_link FROM receipts WHERE deletable)",
        [],
    )?;
    Ok((found as u64, moved as u64))
}
