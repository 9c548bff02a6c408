//! The contract with the user interface; the only crate that makes TypeScript.
