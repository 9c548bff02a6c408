//! What can still be read of a damaged database, brought into a new one.
//!
//! The damaged files stay as they were: what is read is a copy of them.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, params};

use super::history::{read_receipt, write_text};
use super::items::read_item;
use super::open::{MIGRATIONS, beside};
use super::{Db, Recovered};
use crate::{Result, Timestamp};

/// Every table of the store, with the columns that order it. What others refer to comes first.
const TABLES: [(&str, &str); 12] = [
    ("sites", "id"),
    ("albums", "site, id"),
    ("tags", "site, tag"),
    ("settings", "key"),
    ("paces", "base"),
    ("counters", "name"),
    ("lanes", "lane"),
    ("pauses", "lane, site"),
    ("items", "id"),
    ("receipts", "id"),
    ("receipt_texts", "id"),
    ("vault", "id"),
];

impl Db {
    /// Reads what it can of a damaged database into this new one. All of it is saved at once.
    pub(super) fn recover(&mut self, damaged: &Path, now: Timestamp) -> Result<Recovered> {
        let Some(copy) = Copy::of(damaged) else { return Ok(Recovered::default()) };
        let Some(old) = copy.open() else { return Ok(Recovered::default()) };
        self.run(|new| {
            // The rows come in any state; what they lack is made up for below.
            new.pragma_update(None, "foreign_keys", false)?;
            let change = new.transaction()?;
            for (table, order) in TABLES {
                carry(&old, &change, table, order);
            }
            drop_unreadable(&change, "items", |row| read_item(row).map(drop))?;
            drop_unreadable(&change, "receipts", |row| read_receipt(row).map(drop))?;
            complete(&change, now)?;
            let count = |table: &str| {
                change.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))
            };
            let found = Recovered {
                items: usize::try_from(count("items")?).unwrap_or(0),
                receipts: usize::try_from(count("receipts")?).unwrap_or(0),
            };
            change.commit()?;
            new.pragma_update(None, "foreign_keys", true)?;
            Ok(found)
        })
    }
}

/// A copy of the damaged files, removed in the end.
struct Copy(PathBuf);

impl Copy {
    fn of(damaged: &Path) -> Option<Self> {
        let copy = Self(beside(damaged, ".copy"));
        std::fs::copy(damaged, &copy.0).ok()?;
        let wal = beside(damaged, "-wal");
        if wal.exists() {
            std::fs::copy(wal, beside(&copy.0, "-wal")).ok()?;
        }
        Some(copy)
    }

    /// In today's form, if the old one can still be brought to it; else as it is.
    fn open(&self) -> Option<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let old = Connection::open_with_flags(&self.0, flags).ok()?;
        let version: u32 = old.pragma_query_value(None, "user_version", |row| row.get(0)).ok()?;
        for migration in MIGRATIONS.iter().skip(version as usize) {
            if old.execute_batch(&format!("BEGIN; {migration} COMMIT")).is_err() {
                // It may have been rolled back already.
                drop(old.execute_batch("ROLLBACK"));
                break;
            }
        }
        Some(old)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            // What stays is a file too many, and no harm.
            drop(std::fs::remove_file(beside(&self.0, suffix)));
        }
    }
}

/// Copies a table from both of its ends: a damaged place in the middle hides only itself.
fn carry(old: &Connection, new: &Connection, table: &str, order: &str) {
    for direction in ["ASC", "DESC"] {
        let order = order.split(", ").map(|column| format!("{column} {direction}")).collect::<Vec<_>>();
        match carry_from_one_end(old, new, table, &order.join(", ")) {
            Ok(()) => return,
            Err(error) => tracing::warn!(table, direction, %error, "a table is read up to a damaged place"),
        }
    }
}

fn carry_from_one_end(old: &Connection, new: &Connection, table: &str, order: &str) -> rusqlite::Result<()> {
    let there = columns(old, table)?;
    let both: Vec<String> = columns(new, table)?.into_iter().filter(|name| there.contains(name)).collect();
    let names = both.join(", ");
    let places = vec!["?"; both.len()].join(", ");
    let mut insert = new.prepare(&format!("INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})"))?;
    let mut rows = old.prepare(&format!("SELECT {names} FROM {table} ORDER BY {order}"))?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let values = (0..both.len())
            .map(|at| row.get::<_, rusqlite::types::Value>(at))
            .collect::<rusqlite::Result<Vec<_>>>()?;
        if let Err(error) = insert.execute(rusqlite::params_from_iter(values)) {
            tracing::warn!(table, %error, "a row is no row of this table any more");
        }
    }
    Ok(())
}

/// The columns that are written; others are made of them.
fn columns(c: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut rows = c.prepare(&format!("PRAGMA table_info ({table})"))?;
    rows.query_map([], |row| row.get("name"))?.collect()
}

fn drop_unreadable(
    c: &Connection,
    table: &str,
    read: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut unreadable: Vec<i64> = Vec::new();
    let mut rows = c.prepare(&format!("SELECT * FROM {table}"))?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        if read(row).is_err() {
            unreadable.push(row.get("id")?);
        }
    }
    for id in unreadable {
        tracing::warn!(table, id, "a row cannot be read any more");
        c.execute(&format!("DELETE FROM {table} WHERE id = ?1"), [id])?;
    }
    Ok(())
}

/// Makes up for what is missing: sites that rows name, ids that are taken, texts to search.
fn complete(c: &Connection, now: Timestamp) -> rusqlite::Result<()> {
    c.execute(
        "INSERT OR IGNORE INTO sites (id, base, name, old_api, demo, key_kept_json, max_size, added_at, removed_at)
            SELECT site, '', '', 0, 0, '\"none\"', NULL, ?1, ?1
            FROM (SELECT site FROM items UNION SELECT site FROM receipts UNION SELECT site FROM vault)",
        [now.0],
    )?;
    for (name, taken) in [
        ("item", "SELECT max(id) FROM items"),
        ("receipt", "SELECT max(id) FROM receipts"),
        ("batch", "SELECT max(batch) FROM (SELECT batch FROM items UNION ALL SELECT batch FROM receipts)"),
    ] {
        let sql = format!("UPDATE counters SET next = max(next, coalesce(({taken}), 0) + 1) WHERE name = ?1");
        c.execute(&sql, [name])?;
    }
    let began = "UPDATE receipts SET began_at = began.at
        FROM (SELECT batch, min(uploaded_at) AS at FROM receipts GROUP BY batch) AS began
        WHERE began.batch = receipts.batch AND began_at = 0";
    c.execute(began, [])?;
    c.execute("DELETE FROM receipt_texts WHERE id NOT IN (SELECT id FROM receipts)", [])?;
    let mut without = c.prepare("SELECT * FROM receipts WHERE id NOT IN (SELECT id FROM receipt_texts)")?;
    let receipts = without.query_map(params![], read_receipt)?.collect::<rusqlite::Result<Vec<_>>>()?;
    for receipt in receipts {
        write_text(c, &receipt)?;
    }
    c.execute("INSERT INTO receipt_words (receipt_words) VALUES ('rebuild')", []).map(drop)
}
