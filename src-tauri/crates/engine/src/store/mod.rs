//! The store.
use std::path::{Path, PathBuf};
use secrecy::SecretString;
use serde_json::Value;
use crate::*;

#[derive(Clone)]
pub(crate) struct Store;
pub(crate) struct Db;
impl Store {
    pub(crate) async fn open(_path: &Path, _now: Timestamp) -> Result<(Self, Option<PathBuf>)> { todo!() }
    pub(crate) async fn call<T: Send + 'static>(&self, _work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static) -> Result<T> { todo!() }
}
impl Db {
    pub(crate) fn history(&mut self, _: &HistoryQuery) -> Result<Page> { todo!() }
    pub(crate) fn receipts(&mut self, _: &[ReceiptId]) -> Result<Vec<Receipt>> { todo!() }
    pub(crate) fn delete_link(&mut self, _: ReceiptId) -> Result<Option<SecretString>> { todo!() }
    pub(crate) fn vault_count(&mut self) -> Result<u64> { todo!() }
    pub(crate) fn sites(&mut self) -> Result<Vec<Site>> { todo!() }
    pub(crate) fn site(&mut self, _: SiteId) -> Result<Site> { todo!() }
    pub(crate) fn save_site(&mut self, _: &Site) -> Result<SiteId> { todo!() }
    pub(crate) fn albums(&mut self, _: SiteId) -> Result<Vec<Album>> { todo!() }
    pub(crate) fn save_album(&mut self, _: SiteId, _: &Album) -> Result<()> { todo!() }
    pub(crate) fn remove_album(&mut self, _: SiteId, _: &str) -> Result<()> { todo!() }
    pub(crate) fn tags_used(&mut self, _: SiteId, _: u32) -> Result<Vec<String>> { todo!() }
    pub(crate) fn setting(&mut self, _: &str) -> Result<Option<Value>> { todo!() }
    pub(crate) fn settings(&mut self) -> Result<Vec<(String, Value)>> { todo!() }
    pub(crate) fn set_setting(&mut self, _: &str, _: &Value) -> Result<()> { todo!() }
}
