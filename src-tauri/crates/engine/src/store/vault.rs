//! The vault: delete links of receipts that were forgotten.

use rusqlite::{OptionalExtension, Row, params};
use secrecy::SecretString;

use super::Db;
use super::columns::unsigned;
use crate::{Error, Kept, KeptId, Result, SiteId, Timestamp, VaultPage, VaultQuery};

/// The longest page.
const MOST: u32 = 500;

impl Db {
    pub(crate) fn vault(&mut self, query: VaultQuery) -> Result<VaultPage> {
        let limit = query.limit.clamp(1, MOST);
        self.run(|c| {
            // One more than asked for tells whether there is another page.
            let sql = "SELECT id, site, name, uploaded_at, viewer FROM vault
                WHERE ?1 IS NULL OR (uploaded_at, id) < (SELECT uploaded_at, id FROM vault WHERE id = ?1)
                ORDER BY uploaded_at DESC, id DESC LIMIT ?2";
            let mut rows = c.prepare_cached(sql)?;
            let rows = rows.query_map(params![query.after.map(|id| id.0), limit + 1], read_kept)?;
            let mut kept = rows.collect::<rusqlite::Result<Vec<_>>>()?;
            let more = kept.len() > limit as usize;
            kept.truncate(limit as usize);
            let count = "SELECT count(*) AS n FROM vault";
            let total = c.prepare_cached(count)?.query_row([], |row| unsigned(row, "n"))?;
            Ok(VaultPage { kept, more, total })
        })
    }

    pub(crate) fn kept(&mut self, id: KeptId) -> Result<Kept> {
        let sql = "SELECT id, site, name, uploaded_at, viewer FROM vault WHERE id = ?1";
        self.run(|c| c.query_row(sql, [id.0], read_kept).optional())?.ok_or(Error::UnknownKept(id))
    }

    pub(crate) fn vault_link(&mut self, id: KeptId) -> Result<SecretString> {
        let sql = "SELECT delete_link FROM vault WHERE id = ?1";
        let found = self.run(|c| c.query_row(sql, [id.0], |row| row.get::<_, String>(0)).optional())?;
        found.map(SecretString::from).ok_or(Error::UnknownKept(id))
    }

    pub(crate) fn forget_kept(&mut self, id: KeptId) -> Result<()> {
        match self.run(|c| c.execute("DELETE FROM vault WHERE id = ?1", [id.0]))? {
            0 => Err(Error::UnknownKept(id)),
            _ => Ok(()),
        }
    }
}

fn read_kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        id: KeptId(row.get("id")?),
        site: SiteId(row.get("site")?),
        name: row.get("name")?,
        uploaded_at: Timestamp(row.get("uploaded_at")?),
        viewer: row.get("viewer")?,
    })
}
