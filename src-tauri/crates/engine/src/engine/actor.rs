//! The one task that owns the queue: it takes one message after another, so nothing in it needs a lock.

use secrecy::SecretString;
use tokio::sync::{broadcast, mpsc, oneshot};

use crate::store::Store;
use crate::{
    BatchId, Change, Defaults, ItemId, NewItem, OptionsPatch, Policy, Ports, ReceiptId, Result, SiteId, Snapshot,
};

type Reply<T> = oneshot::Sender<Result<T>>;

/// What comes in.
pub(crate) enum Message {
    Ask(Ask),
    BodyLeaves { item: ItemId, attempt: u32 },
}

/// What the handle asks.
pub(super) enum Ask {
    Close { reply: Reply<()> },
    Snapshot { reply: Reply<Snapshot> },
    Add { site: SiteId, items: Vec<NewItem>, reply: Reply<Vec<ItemId>> },
    SetOptions { ids: Vec<ItemId>, patch: OptionsPatch, reply: Reply<()> },
    SetDefaults { defaults: Defaults, reply: Reply<()> },
    SetSite { site: SiteId, reply: Reply<()> },
    Remove { ids: Vec<ItemId>, reply: Reply<()> },
    RestoreRemoved { reply: Reply<Vec<ItemId>> },
    MoveItems { ids: Vec<ItemId>, before: Option<ItemId>, reply: Reply<()> },
    Upload { ids: Option<Vec<ItemId>>, reply: Reply<BatchId> },
    UploadAnyway { id: ItemId, reply: Reply<BatchId> },
    Pause { stop_running: bool, reply: Reply<()> },
    Resume { reply: Reply<()> },
    Cancel { reply: Reply<()> },
    Retry { ids: Vec<ItemId>, reply: Reply<()> },
    SendAgain { id: ItemId, reply: Reply<()> },
    MarkArrived { id: ItemId, link: Option<String>, reply: Reply<ReceiptId> },
    Finish { reply: Reply<()> },
    SetParallel { parallel: usize, reply: Reply<()> },
    KeyChanged { site: SiteId, reply: Reply<()> },
    Forget { ids: Option<Vec<ReceiptId>>, keep_delete_links: bool, reply: Reply<usize> },
    MarkDeleted { receipt: ReceiptId, reply: Reply<()> },
    RemoveSite { id: SiteId, reply: Reply<()> },
}

pub(super) async fn start(
    _store: Store, _policy: Policy, _ports: Ports,
    _messages: mpsc::WeakUnboundedSender<Message>, _inbox: mpsc::UnboundedReceiver<Message>,
    _changes: broadcast::Sender<Change>,
) -> Result<()> {
    todo!()
}
