//! The application's settings: keys and JSON values that the engine does not read.

use rusqlite::{OptionalExtension, params};
use serde_json::Value;

use super::Db;
use super::columns::{from_json, json};
use crate::Result;

impl Db {
    pub(crate) fn setting(&mut self, key: &str) -> Result<Option<Value>> {
        self.run(|c| {
            let sql = "SELECT value_json FROM settings WHERE key = ?1";
            c.query_row(sql, [key], |row| from_json(row, "value_json")).optional()
        })
    }

    pub(crate) fn settings(&mut self) -> Result<Vec<(String, Value)>> {
        self.run(|c| {
            let mut rows = c.prepare("SELECT key, value_json FROM settings ORDER BY key")?;
            rows.query_map([], |row| Ok((row.get("key")?, from_json(row, "value_json")?)))?.collect()
        })
    }

    pub(crate) fn set_setting(&mut self, key: &str, value: &Value) -> Result<()> {
        self.run(|c| {
            if value.is_null() {
                return c.execute("DELETE FROM settings WHERE key = ?1", [key]);
            }
            let sql = "INSERT OR REPLACE INTO settings (key, value_json) VALUES (?1, ?2)";
            c.execute(sql, params![key, json(value)?])
        })
        .map(drop)
    }
}
