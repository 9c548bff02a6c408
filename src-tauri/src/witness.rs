//! Tells tests what happened: one JSON line each, in the file that `KELTAS_EVENTS` names. Without it: nothing.

use serde_json::{Value, json};
use std::{
    fs::{File, OpenOptions},
    io::Write,
    sync::{Mutex, PoisonError},
};

/// Where the lines go.
pub(crate) struct Witness(Option<Mutex<File>>);

impl Witness {
    /// Opens the file, if one is named.
    pub(crate) fn of_this_process() -> Self {
        let named = std::env::var_os("KELTAS_EVENTS").filter(|name| !name.is_empty());
        let file = named.and_then(|name| OpenOptions::new().create(true).append(true).open(name).ok());
        Self(file.map(Mutex::new))
    }

    /// Writes `{"event": name, …}` with the members of `with`. Holds no key and no link that deletes.
    pub(crate) fn tell(&self, name: &str, with: Value) {
        let Some(file) = &self.0 else { return };
        let mut line = json!({ "event": name });
        if let (Some(line), Value::Object(with)) = (line.as_object_mut(), with) {
            line.extend(with);
        }
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        // One write, so that a reader never sees half a line; a full disk must not end the app.
        let _ = file.write_all(format!("{line}\n").as_bytes());
    }
}
