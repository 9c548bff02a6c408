//! The queue's rows, and the one door through which every change of the queue is saved.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params, params_from_iter};

use super::columns::{from_json, from_json_or_null, json, json_or_null, path_bytes, path_from};
use super::history::{WORDS_AT_ONCE, bring_in_words, forget, insert_receipt, known};
use super::paces::write_limits;
use super::{Db, Forget, NewReceipt};
use crate::{
    BatchId, Defaults, Item, ItemId, LaneId, Limits, Prepared, Result, Running, SiteId, SitePause, Timestamp,
    Twin,
};

/// The queue apart from its items, as it is saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Head {
    pub running: Running,
    pub batch: Option<BatchId>,
    pub site: Option<SiteId>,
    pub defaults: Defaults,
    pub pauses: BTreeMap<SiteId, SitePause>,
}

/// The queue as it was saved.
#[derive(Default)]
pub(crate) struct Saved {
    pub head: Head,
    /// With their positions, in order.
    pub items: Vec<(Item, i64)>,
    /// Taken out in an earlier run; to be purged.
    pub shelved: Vec<Item>,
}

/// One change of the queue: all of it is saved, or nothing.
#[derive(Default)]
pub(crate) struct Saving {
    /// New items with their positions.
    pub added: Vec<(Arc<Item>, i64)>,
    /// Items that were there, and are otherwise now.
    pub changed: Vec<Arc<Item>>,
    /// Items that moved.
    pub positions: Vec<(ItemId, i64)>,
    /// Items that leave the queue.
    pub shelved: Vec<ItemId>,
    pub receipts: Vec<NewReceipt>,
    pub head: Option<Head>,
    pub forget: Option<Forget>,
    /// What addresses are known to allow from now on.
    pub limits: BTreeMap<String, Limits>,
    /// Of the items, those that begin to be sent unless their content is known: then nothing is saved.
    pub begun: Vec<ItemId>,
}

/// What came of saving.
#[derive(Debug)]
pub(crate) enum Save {
    Done {
        /// So many receipts were forgotten.
        forgotten: usize,
    },
    /// Nothing was saved: these are known, to the history or to the queue of another program.
    Met(Vec<(ItemId, Twin)>),
}

impl Saving {
    pub(crate) fn is_empty(&self) -> bool {
        let Self { added, changed, positions, shelved, receipts, head, forget, limits, begun: _ } = self;
        added.is_empty()
            && changed.is_empty()
            && positions.is_empty()
            && shelved.is_empty()
            && receipts.is_empty()
            && head.is_none()
            && forget.is_none()
            && limits.is_empty()
    }

    /// New and changed ones.
    pub(crate) fn items(&self) -> impl Iterator<Item = &Arc<Item>> {
        self.added.iter().map(|(item, _)| item).chain(&self.changed)
    }
}

/// What ids are handed out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IdKind {
    Item,
    Batch,
    Receipt,
}

impl Db {
    /// Reads the queue.
    pub(crate) fn load(&mut self) -> Result<Saved> {
        let lane = self.lane;
        self.run(|c| {
            let mut saved = Saved { head: load_head(c, lane)?, ..Saved::default() };
            let mut rows = c.prepare("SELECT * FROM items WHERE lane = ?1 ORDER BY position, id")?;
            let rows = rows.query_map([lane.0], |row| {
                Ok((read_item(row)?, row.get("position")?, row.get("shelved")?))
            })?;
            for row in rows {
                let (item, position, shelved) = row?;
                if shelved {
                    saved.shelved.push(item);
                } else {
                    saved.items.push((item, position));
                }
            }
            Ok(saved)
        })
    }

    /// Saves a change of the queue.
    pub(crate) fn save(&mut self, saving: &Saving) -> Result<Save> {
        let lane = self.lane;
        let words_to_come = self.words_to_come + saving.receipts.len();
        let index_words = words_to_come >= WORDS_AT_ONCE;
        let saved = self.run(|c| {
            // What is looked up stays so until it is saved: of two programs, one begins first.
            let change = c.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for receipt in &saving.receipts {
                insert_receipt(&change, receipt)?;
            }
            if index_words {
                bring_in_words(&change)?;
            }
            let met = met(&change, lane, saving)?;
            if !met.is_empty() {
                return Ok(Save::Met(met));
            }
            for (item, position) in &saving.added {
                add_item(&change, lane, item, *position)?;
            }
            for item in &saving.changed {
                change_item(&change, item)?;
            }
            for (id, position) in &saving.positions {
                for sql in [
                    "UPDATE items SET position = ?2 WHERE id = ?1",
                    // The history follows the queue.
                    "UPDATE receipts SET place = ?2 WHERE item = ?1",
                ] {
                    change.prepare_cached(sql)?.execute(params![id.0, position])?;
                }
            }
            for id in &saving.shelved {
                change.prepare_cached("UPDATE items SET shelved = 1 WHERE id = ?1")?.execute([id.0])?;
            }
            if let Some(head) = &saving.head {
                write_head(&change, lane, head)?;
            }
            for (base, limits) in &saving.limits {
                write_limits(&change, base, limits)?;
            }
            let forgotten = saving.forget.as_ref().map_or(Ok(0), |what| forget(&change, what))?;
            change.commit()?;
            Ok(Save::Done { forgotten })
        })?;
        if let Save::Done { .. } = saved {
            self.words_to_come = if index_words { 0 } else { words_to_come };
        }
        Ok(saved)
    }

    /// Hands out `count` ids; returns the first.
    pub(crate) fn reserve_ids(&mut self, kind: IdKind, count: i64) -> Result<i64> {
        let name = match kind {
            IdKind::Item => "item",
            IdKind::Batch => "batch",
            IdKind::Receipt => "receipt",
        };
        self.run(|c| {
            let sql = "UPDATE counters SET next = next + ?2 WHERE name = ?1 RETURNING next - ?2";
            c.query_row(sql, params![name, count], |row| row.get(0))
        })
    }

    /// Deletes items that left the queue, and the files we made for them. Files first: an item that is still there
    /// after a crash is purged again, but nothing would remember a file whose item is gone.
    pub(crate) fn purge(&mut self, items: &[impl Borrow<Item>]) -> Result<()> {
        for item in items {
            delete_files(item.borrow());
        }
        self.run(|c| {
            let change = c.transaction()?;
            for item in items {
                change.execute("DELETE FROM items WHERE id = ?1 AND shelved = 1", [item.borrow().id.0])?;
            }
            change.commit()
        })
    }
}

/// Deletes the body that was made for sending, never the user's file.
pub(crate) fn delete_body(path: &Path, prepared: &Prepared) {
    if prepared.body_owned && *prepared.body != *path {
        delete(&prepared.body);
    }
}

fn delete_files(item: &Item) {
    if let Some(prepared) = &item.prepared {
        delete_body(&item.path, prepared);
    }
    if item.owned {
        delete(&item.path);
    }
}

fn delete(path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "a spooled file could not be deleted");
    }
}

pub(super) fn read_item(row: &Row<'_>) -> rusqlite::Result<Item> {
    let path: Arc<Path> = path_from(row.get("path")?).into();
    let prepared: Option<Prepared> = from_json_or_null(row, "prepared_json")?;
    let body = path_from(row.get::<_, Option<Vec<u8>>>("body")?.unwrap_or_default());
    // Mostly the file itself.
    let body = if *body == *path { path.clone() } else { body.into() };
    Ok(Item {
        id: ItemId(row.get("id")?),
        site: SiteId(row.get("site")?),
        batch: row.get::<_, Option<i64>>("batch")?.map(BatchId),
        path,
        owned: row.get("owned")?,
        name: row.get("name")?,
        origin: from_json(row, "origin_json")?,
        facts: from_json(row, "facts_json")?,
        options: Arc::new(from_json(row, "options_json")?),
        asked: from_json_or_null(row, "asked_json")?,
        prepared: prepared.map(|prepared| Prepared { body, ..prepared }),
        phase: from_json(row, "phase_json")?,
        added_at: Timestamp(row.get("added_at")?),
    })
}

/// Which of the items that begin have a content that the history knows, or that another program is sending.
fn met(c: &Connection, lane: LaneId, saving: &Saving) -> rusqlite::Result<Vec<(ItemId, Twin)>> {
    let mut met = Vec::new();
    for id in &saving.begun {
        let item = saving.items().find(|item| item.id == *id);
        let Some((item, prepared)) = item.and_then(|item| Some((item, item.prepared.as_ref()?))) else {
            continue;
        };
        if let Some(receipt) = known(c, item.site, &prepared.blake3)? {
            met.push((*id, Twin::InHistory(receipt)));
            continue;
        }
        let sql = "SELECT 1 FROM items WHERE site = ?1 AND json_extract(prepared_json, '$.blake3') = ?2
            AND json_extract(phase_json, '$.phase') IN ('sending', 'unknown') AND lane <> ?3 AND NOT shelved";
        let values = params![item.site.0, prepared.blake3, lane.0];
        if c.prepare_cached(sql)?.exists(values)? {
            met.push((*id, Twin::InQueue));
        }
    }
    Ok(met)
}

fn add_item(c: &Connection, lane: LaneId, item: &Item, position: i64) -> rusqlite::Result<()> {
    let sql =
        "INSERT OR REPLACE INTO items (id, site, batch, facts_json, options_json, asked_json, prepared_json, body,
        phase_json, position, shelved, path, owned, name, origin_json, added_at, lane)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, ?11, ?12, ?13, ?14, ?15, ?16)";
    let stays: [Value; 7] = [
        position.into(),
        path_bytes(&item.path).into(),
        item.owned.into(),
        item.name.clone().into(),
        json(&item.origin)?.into(),
        item.added_at.0.into(),
        lane.0.into(),
    ];
    c.prepare_cached(sql)?.execute(params_from_iter(changing(item)?.into_iter().chain(stays))).map(drop)
}

fn change_item(c: &Connection, item: &Item) -> rusqlite::Result<()> {
    let sql = "UPDATE items SET site = ?2, batch = ?3, facts_json = ?4, options_json = ?5, asked_json = ?6,
        prepared_json = ?7, body = ?8, phase_json = ?9 WHERE id = ?1";
    c.prepare_cached(sql)?.execute(params_from_iter(changing(item)?)).map(drop)
}

/// The id, and what can change of an item.
fn changing(item: &Item) -> rusqlite::Result<[Value; 9]> {
    Ok([
        item.id.0.into(),
        item.site.0.into(),
        item.batch.map(|batch| batch.0).into(),
        json(&item.facts)?.into(),
        json(&*item.options)?.into(),
        json_or_null(item.asked.as_ref())?.into(),
        json_or_null(item.prepared.as_ref())?.into(),
        body_of(item).into(),
        json(&item.phase)?.into(),
    ])
}

fn body_of(item: &Item) -> Option<Vec<u8>> {
    item.prepared.as_ref().map(|prepared| path_bytes(&prepared.body))
}

/// A lane that is new begins at the site of the main queue.
fn load_head(c: &Connection, lane: LaneId) -> rusqlite::Result<Head> {
    let head = c.query_row("SELECT * FROM lanes WHERE lane = ?1", [lane.0], |row| {
        Ok(Head {
            running: from_json(row, "running_json")?,
            batch: row.get::<_, Option<i64>>("batch")?.map(BatchId),
            site: row.get::<_, Option<i64>>("site")?.map(SiteId),
            defaults: from_json(row, "defaults_json")?,
            pauses: BTreeMap::new(),
        })
    });
    let mut head = match head.optional()? {
        Some(head) => head,
        None => {
            let site = c.query_row("SELECT site FROM lanes WHERE lane = ?1", [LaneId::MAIN.0], |row| {
                row.get::<_, Option<i64>>(0)
            });
            Head { site: site.optional()?.flatten().map(SiteId), ..Head::default() }
        }
    };
    let mut rows = c.prepare("SELECT * FROM pauses WHERE lane = ?1")?;
    let pauses = rows.query_map([lane.0], |row| {
        Ok(SitePause {
            site: SiteId(row.get("site")?),
            not_before: row.get::<_, Option<i64>>("not_before")?.map(Timestamp),
            failures: row.get("failures")?,
            problem: from_json(row, "problem_json")?,
        })
    })?;
    for pause in pauses {
        let pause = pause?;
        head.pauses.insert(pause.site, pause);
    }
    Ok(head)
}

fn write_head(c: &Connection, lane: LaneId, head: &Head) -> rusqlite::Result<()> {
    let site = head.site.map(|s| s.0);
    let sql = "INSERT OR REPLACE INTO lanes (lane, running_json, batch, site, defaults_json) VALUES (?1, ?2, ?3, ?4, ?5)";
    let head_values =
        params![lane.0, json(&head.running)?, head.batch.map(|b| b.0), site, json(&head.defaults)?];
    c.prepare_cached(sql)?.execute(head_values)?;
    if lane != LaneId::MAIN {
        // The first site that is ever used is everybody's.
        let sql = "UPDATE lanes SET site = ?2 WHERE lane = ?1 AND site IS NULL";
        if c.prepare_cached(sql)?.execute(params![LaneId::MAIN.0, site])? == 0 {
            let sql = "INSERT OR IGNORE INTO lanes (lane, running_json, batch, site, defaults_json)
                VALUES (?1, ?2, NULL, ?3, ?4)";
            let (running, defaults) = (json(&Running::default())?, json(&Defaults::default())?);
            c.prepare_cached(sql)?.execute(params![LaneId::MAIN.0, running, site, defaults])?;
        }
    }
    c.prepare_cached("DELETE FROM pauses WHERE lane = ?1")?.execute([lane.0])?;
    for pause in head.pauses.values() {
        let sql =
            "INSERT INTO pauses (lane, site, not_before, failures, problem_json) VALUES (?1, ?2, ?3, ?4, ?5)";
        c.prepare_cached(sql)?.execute(params![
            lane.0,
            pause.site.0,
            pause.not_before.map(|t| t.0),
            pause.failures,
            json(&pause.problem)?,
        ])?;
    }
    Ok(())
}
