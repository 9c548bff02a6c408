//! The folder that was added last: what an album is likely to be called.

export const folder = { name: "" };
