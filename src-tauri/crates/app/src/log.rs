//! The log: one file a day, a few of them kept, and never a key or a delete link in it.
