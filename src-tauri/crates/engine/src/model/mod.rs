//! The nouns: what the queue, the history and the sites are made of.

mod archive;
mod history;
mod ids;
mod item;
mod options;
mod pace;
mod phase;
mod queue;
mod receipt;
mod site;
mod vault;

pub use archive::{Entry, Imported, SiteName};
pub use history::{HistoryQuery, Kind, Page};
pub use ids::{BatchId, ItemId, KeptId, LaneId, ReceiptId, SiteId, Timestamp};
pub use item::{Facts, Item, NewItem, Origin, Prepared};
pub use options::{Album, Convert, Defaults, Options, OptionsPatch, Resolved, TagsPatch, Wish};
pub use pace::{Limits, Period, RateLimit};
pub use phase::{Phase, Problem};
pub use queue::{BatchDone, Change, Counts, Delta, Progress, QueueState, Running, SitePause, Snapshot};
pub use receipt::{Deletion, Links, Note, Receipt};
pub use site::{KeyKept, Site};
pub use vault::{Kept, VaultPage, VaultQuery};
