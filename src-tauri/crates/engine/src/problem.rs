//! The engine's own problem codes. Every other code passes through it unread.

/// The program ended while the body may have been leaving.
pub const INTERRUPTED: &str = "interrupted";
/// The user stopped a transfer whose body may have left.
pub const STOPPED: &str = "stopped";
/// The same content is in the queue already, for the same site.
pub const DUPLICATE_IN_QUEUE: &str = "duplicate-in-queue";
/// The file is not the one that was added: another size or time.
pub const FILE_CHANGED: &str = "file-changed";
/// The file is gone or cannot be read.
pub const FILE_MISSING: &str = "file-missing";
/// The body that was made for sending is gone.
pub const BODY_MISSING: &str = "body-missing";
/// So many uploads were stored in so long a time that the site takes no more now: `uploads_count`, `period`.
pub const PACE_LIMIT: &str = "pace-limit";
/// A transfer or preparation ended by a fault in the program itself.
pub const INTERNAL: &str = "internal";
