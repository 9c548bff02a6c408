//! Sites, their albums, and the tags that were sent to them.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Db;
use super::columns::{from_json, integer, json};
use crate::{Album, Error, Result, Site, SiteId, Timestamp};

impl Db {
    pub(crate) fn sites(&mut self) -> Result<Vec<Site>> {
        self.run(|c| {
            let mut rows =
                c.prepare_cached("SELECT * FROM sites WHERE removed_at IS NULL ORDER BY added_at, id")?;
            rows.query_map([], read_site)?.collect()
        })
    }

    pub(crate) fn site(&mut self, id: SiteId) -> Result<Site> {
        self.run(|c| c.query_row("SELECT * FROM sites WHERE id = ?1", [id.0], read_site).optional())?
            .ok_or(Error::UnknownSite(id))
    }

    /// A site that was not removed.
    pub(crate) fn present_site(&mut self, id: SiteId) -> Result<()> {
        let sql = "SELECT 1 FROM sites WHERE id = ?1 AND removed_at IS NULL";
        self.run(|c| c.query_row(sql, [id.0], |_| Ok(())).optional())?.ok_or(Error::UnknownSite(id))
    }

    pub(crate) fn save_site(&mut self, site: &Site) -> Result<SiteId> {
        let sql = "UPDATE sites SET base = ?2, name = ?3, old_api = ?4, demo = ?5, key_kept_json = ?6, max_size = ?7,
            parallel = ?8, refused_size = ?9, refused_types_json = ?10, own_max_size = ?11
            WHERE id = ?1 AND removed_at IS NULL";
        let saved = self.run(|c| {
            let change = c.transaction()?;
            let id = if site.id == SiteId::UNSAVED { place_for(&change, site)? } else { site.id };
            let values = params![
                id.0,
                site.base,
                site.name,
                site.old_api,
                site.demo,
                json(&site.key_kept)?,
                site.max_size.map(integer),
                site.parallel,
                site.refused_size.map(integer),
                json(&site.refused_types)?,
                site.own_max_size.map(integer)
            ];
            let is_there = change.execute(sql, values)? > 0;
            change.commit()?;
            Ok(is_there.then_some(id))
        })?;
        saved.ok_or(Error::UnknownSite(site.id))
    }

    pub(crate) fn remove_site(&mut self, id: SiteId, now: Timestamp) -> Result<()> {
        self.present_site(id)?;
        self.run(|c| {
            let change = c.transaction()?;
            change.execute("UPDATE sites SET removed_at = ?2 WHERE id = ?1", params![id.0, now.0])?;
            change.execute("DELETE FROM albums WHERE site = ?1", [id.0])?;
            change.execute("DELETE FROM tags WHERE site = ?1", [id.0])?;
            change.commit()
        })
    }

    pub(crate) fn albums(&mut self, site: SiteId) -> Result<Vec<Album>> {
        self.run(|c| {
            let mut rows =
                c.prepare_cached("SELECT id, name FROM albums WHERE site = ?1 ORDER BY name, id")?;
            let rows =
                rows.query_map([site.0], |row| Ok(Album { id: row.get("id")?, name: row.get("name")? }))?;
            rows.collect()
        })
    }

    pub(crate) fn save_album(&mut self, site: SiteId, album: &Album) -> Result<()> {
        self.present_site(site)?;
        let sql = "INSERT OR REPLACE INTO albums (site, id, name) VALUES (?1, ?2, ?3)";
        self.run(|c| c.execute(sql, params![site.0, album.id, album.name])).map(drop)
    }

    pub(crate) fn remove_album(&mut self, site: SiteId, album: &str) -> Result<()> {
        self.run(|c| c.execute("DELETE FROM albums WHERE site = ?1 AND id = ?2", params![site.0, album]))
            .map(drop)
    }

    pub(crate) fn tags_used(&mut self, site: SiteId, limit: u32) -> Result<Vec<String>> {
        self.run(|c| {
            let sql = "SELECT tag FROM tags WHERE site = ?1 ORDER BY uses DESC, used_at DESC, tag LIMIT ?2";
            c.prepare_cached(sql)?.query_map(params![site.0, limit], |row| row.get(0))?.collect()
        })
    }
}

/// The row of a site that is set up. One that was removed is the same when it is set up again: its receipts are of this
/// site.
fn place_for(c: &Connection, site: &Site) -> rusqlite::Result<SiteId> {
    let sql = "UPDATE sites SET removed_at = NULL, added_at = ?3
        WHERE removed_at IS NOT NULL AND id = (
            SELECT id FROM sites WHERE base = ?1 OR (demo AND ?2)
            ORDER BY removed_at IS NOT NULL, demo <> ?2, id DESC LIMIT 1)
        RETURNING id";
    let values = params![site.base, site.demo, site.added_at.0];
    if let Some(id) = c.query_row(sql, values, |row| row.get(0)).optional()? {
        return Ok(SiteId(id));
    }
    let sql = "INSERT INTO sites (base, name, old_api, demo, key_kept_json, added_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id";
    let kept = json(&site.key_kept)?;
    let values = params![site.base, site.name, site.old_api, site.demo, kept, site.added_at.0];
    c.query_row(sql, values, |row| row.get(0)).map(SiteId)
}

fn read_site(row: &Row<'_>) -> rusqlite::Result<Site> {
    Ok(Site {
        id: SiteId(row.get("id")?),
        base: row.get("base")?,
        name: row.get("name")?,
        old_api: row.get("old_api")?,
        demo: row.get("demo")?,
        key_kept: from_json(row, "key_kept_json")?,
        max_size: size(row, "max_size")?,
        own_max_size: size(row, "own_max_size")?,
        refused_size: size(row, "refused_size")?,
        refused_types: from_json(row, "refused_types_json")?,
        parallel: row.get("parallel")?,
        added_at: Timestamp(row.get("added_at")?),
    })
}

fn size(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<u64>> {
    Ok(row.get::<_, Option<i64>>(column)?.and_then(|size| u64::try_from(size).ok()))
}
