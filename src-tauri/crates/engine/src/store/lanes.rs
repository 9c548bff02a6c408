//! Lanes: the queues of the processes that share the store.

use rusqlite::params;

use super::Db;
use crate::{LaneId, Result};

impl Db {
    /// Takes over into the main queue, behind what is there, whatever dead processes left in theirs.
    pub(crate) fn adopt(&mut self, is_alive: impl Fn(LaneId) -> bool) -> Result<()> {
        self.run(|c| {
            let change = c.transaction()?;
            let sql = "SELECT lane FROM lanes WHERE lane <> ?1 UNION SELECT lane FROM items WHERE lane <> ?1";
            let lanes: Vec<i64> = change
                .prepare(sql)?
                .query_map([LaneId::MAIN.0], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for lane in lanes.into_iter().filter(|lane| !is_alive(LaneId(*lane))) {
                let sql = "SELECT coalesce(max(position), 0) + 1 FROM items WHERE lane = ?1";
                let behind: i64 = change.query_row(sql, [LaneId::MAIN.0], |row| row.get(0))?;
                let sql = "UPDATE items SET lane = ?1, position = position + ?3 WHERE lane = ?2";
                change.execute(sql, params![LaneId::MAIN.0, lane, behind])?;
                change.execute("DELETE FROM lanes WHERE lane = ?1", [lane])?;
                change.execute("DELETE FROM pauses WHERE lane = ?1", [lane])?;
            }
            change.commit()
        })
    }

    /// Leaves a queue apart when nothing is left in it.
    pub(crate) fn leave(&mut self) -> Result<()> {
        let lane = self.lane;
        if lane == LaneId::MAIN {
            return Ok(());
        }
        self.run(|c| {
            let change = c.transaction()?;
            let sql =
                "DELETE FROM lanes WHERE lane = ?1 AND NOT EXISTS (SELECT 1 FROM items WHERE lane = ?1)";
            if change.execute(sql, [lane.0])? > 0 {
                change.execute("DELETE FROM pauses WHERE lane = ?1", [lane.0])?;
            }
            change.commit()
        })
    }

    /// Whether another process has changed the store since this was asked last.
    pub(crate) fn changed_elsewhere(&mut self) -> Result<bool> {
        let now: i64 = self.run(|c| c.pragma_query_value(None, "data_version", |row| row.get(0)))?;
        Ok(self.version_seen.replace(now).is_some_and(|seen| seen != now))
    }
}
