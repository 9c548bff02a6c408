//! Quick uploads from the tray, with the window hidden: files or the clipboard go at once, and their links are copied.

use crate::{Api, Shared, notify};
use app::Added;
use engine::{BatchId, Change, Engine, Item, ItemId, Origin, Phase};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use tokio::sync::{Mutex, broadcast::error::RecvError};

/// Batches whose links are copied when they end, whatever the settings say.
#[derive(Default)]
pub(crate) struct Quick(Mutex<HashSet<BatchId>>);

impl Quick {
    /// Whether it was a quick upload; asked once, when it ended.
    pub(crate) async fn take(&self, batch: BatchId) -> bool {
        self.0.lock().await.remove(&batch)
    }
}

/// Lets the person choose files and uploads them.
pub(crate) async fn files(api: &Shared) {
    let files = api.desktop().pick_files(api.app().language()).await;
    if !files.is_empty() {
        let added = api.app().add_paths(files, Origin::Tray).await;
        send(api, added).await;
    }
}

/// Uploads what is on the clipboard: files, else a picture, else pictures at addresses.
pub(crate) async fn clipboard(api: &Shared) {
    let added = api.add_clipboard(Origin::Clipboard).await;
    send(api, added).await;
}

/// Tells tests that files were taken in.
pub(crate) fn witness_intake(api: &Api, added: &Added) {
    let told = json!({ "added": added.added, "refused": added.refused, "skipped": added.skipped });
    api.desktop().witness.tell("intake-done", told);
}

/// Sends what was added once it is prepared. What cannot be sent is said; it also stands in the queue.
async fn send(api: &Shared, added: Added) {
    witness_intake(api, &added);
    if let Some(problem) = &added.problem {
        notify::show(api, notify::nothing(api.app().language(), problem));
        return;
    }
    let engine = api.app().engine();
    let items = settled(engine, &added.items).await;
    let of = |wanted: fn(&Phase) -> bool| items.iter().filter(move |item| wanted(&item.phase));
    let ready: Vec<ItemId> = of(|phase| matches!(phase, Phase::Ready)).map(|item| item.id).collect();
    if !ready.is_empty() {
        // Held over the request, so that the end of the batch cannot be heard before its number is known.
        let mut quick = api.desktop().quick.0.lock().await;
        match engine.upload(Some(ready)).await {
            Ok(batch) => drop(quick.insert(batch)),
            Err(error) => tracing::warn!(code = error.code(), "a quick upload did not begin"),
        }
        return;
    }
    let known: Vec<_> = of(|phase| matches!(phase, Phase::Duplicate { .. }))
        .filter_map(|item| item.phase.receipt())
        .collect();
    if !known.is_empty() {
        let links = crate::follow::links(api, known).await;
        let copied = api.desktop().write_clipboard(links.join("\n")).await;
        notify::show(api, notify::links(api.app().language(), &links, copied));
    } else if let Some(problem) = items.iter().find_map(|item| match &item.phase {
        Phase::Refused { problem } => Some(problem),
        _ => None,
    }) {
        notify::show(api, notify::nothing(api.app().language(), problem));
    }
}

/// Waits until none of the items is being prepared any more; items that were removed meanwhile are left out.
async fn settled(engine: &Engine, ids: &[ItemId]) -> Vec<Arc<Item>> {
    let mut changes = engine.subscribe();
    let mut items = of_snapshot(engine, ids).await;
    while items.values().any(|item| matches!(item.phase, Phase::Preparing)) {
        match changes.recv().await {
            Ok(Change::Queue(delta)) => {
                for item in delta.upserted.iter().filter(|item| ids.contains(&item.id)) {
                    items.insert(item.id, item.clone());
                }
                items.retain(|id, _| !delta.removed.contains(id));
            }
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => items = of_snapshot(engine, ids).await,
            Err(RecvError::Closed) => break,
        }
    }
    ids.iter().filter_map(|id| items.remove(id)).collect()
}

async fn of_snapshot(engine: &Engine, ids: &[ItemId]) -> HashMap<ItemId, Arc<Item>> {
    let Ok(snapshot) = engine.snapshot().await else { return HashMap::new() };
    let wanted = snapshot.items.into_iter().filter(|item| ids.contains(&item.id));
    wanted.map(|item| (item.id, item)).collect()
}
