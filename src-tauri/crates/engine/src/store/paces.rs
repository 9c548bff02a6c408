//! Paces: the limits of addresses, and when our own uploads were stored there.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Db;
use super::columns::{from_json, json};
use crate::{Limits, Period, Result, Site, SiteId, Timestamp};

/// What the paces begin with.
#[derive(Default)]
pub(crate) struct SavedPaces {
    pub sites: Vec<Site>,
    pub limits: BTreeMap<String, Limits>,
    /// Uploads that still count, oldest first.
    pub stored: Vec<(SiteId, Timestamp)>,
}

impl Db {
    /// How many uploads the address of a site takes in which time.
    pub(crate) fn limits(&mut self, site: SiteId) -> Result<Limits> {
        let sql = "SELECT * FROM paces WHERE base = (SELECT base FROM sites WHERE id = ?1)";
        let found = self.run(|c| c.query_row(sql, [site.0], read_limits).optional())?;
        Ok(found.unwrap_or_default())
    }

    /// When what these sites, all of one address, still count was stored there, oldest first.
    pub(crate) fn stored_at(&mut self, sites: &[SiteId], now: Timestamp) -> Result<Vec<Timestamp>> {
        self.run(|c| {
            let mut stored = Vec::new();
            for site in sites {
                let within = stored_within(c, *site, Period::Month, now)?;
                stored.extend(within.into_iter().map(|(_, at)| at));
            }
            stored.sort();
            Ok(stored)
        })
    }

    /// Reads what is known. Uploads are read for addresses with a limit only, and only those that still count.
    pub(crate) fn paces(&mut self, now: Timestamp) -> Result<SavedPaces> {
        let sites = self.sites()?;
        self.run(|c| {
            let mut rows = c.prepare("SELECT * FROM paces")?;
            let rows = rows.query_map([], |row| Ok((row.get("base")?, read_limits(row)?)))?;
            let limits = rows.collect::<rusqlite::Result<BTreeMap<String, Limits>>>()?;
            let mut stored = Vec::new();
            for site in &sites {
                let Some(limits) = limits.get(&site.base) else { continue };
                let longest = Period::ALL.into_iter().rfind(|period| limits.of(*period).is_some());
                if let Some(period) = longest {
                    stored.extend(stored_within(c, site.id, period, now)?);
                }
            }
            stored.sort_by_key(|(_, at)| *at);
            Ok(SavedPaces { sites, limits, stored })
        })
    }
}

fn stored_within(
    c: &Connection,
    site: SiteId,
    period: Period,
    now: Timestamp,
) -> rusqlite::Result<Vec<(SiteId, Timestamp)>> {
    let mut rows =
        c.prepare_cached("SELECT uploaded_at FROM receipts WHERE site = ?1 AND uploaded_at > ?2")?;
    let since = now.minus(period.duration());
    rows.query_map(params![site.0, since.0], |row| Ok((site, Timestamp(row.get(0)?))))?.collect()
}

pub(super) fn write_limits(c: &Connection, base: &str, limits: &Limits) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO paces (base, limits_json, own_limits_json) VALUES (?1, ?2, ?3)";
    c.prepare_cached(sql)?.execute(params![base, json(&limits.learned)?, json(&limits.own)?]).map(drop)
}

fn read_limits(row: &Row<'_>) -> rusqlite::Result<Limits> {
    Ok(Limits { learned: from_json(row, "limits_json")?, own: from_json(row, "own_limits_json")? })
}
