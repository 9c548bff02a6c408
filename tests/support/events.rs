//! The lines that the app writes to the file named by `KELTAS_EVENTS`.

use crate::until_some;
use anyhow::Result;
use serde_json::Value;
use std::path::PathBuf;

/// Reads the app's events in their order; each is waited for once.
pub struct Events {
    file: PathBuf,
    read: usize,
}

impl Events {
    /// Reads from the beginning of `file`, which need not be there yet.
    #[must_use]
    pub fn new(file: PathBuf) -> Self {
        Self { file, read: 0 }
    }

    /// Takes all that was told so far as read.
    pub fn skip_all(&mut self) {
        self.read = lines(&self.file).len();
    }

    /// Waits for the next event of that name and gives its line. Events before it count as read.
    ///
    /// # Errors
    /// When it does not come; the message holds what came instead.
    pub async fn wait(&mut self, name: &str) -> Result<Value> {
        let (file, read) = (&self.file, &mut self.read);
        let found = until_some(&format!("the app's event {name}"), async || {
            let lines = lines(file);
            let place = lines.iter().skip(*read).position(|line| line["event"] == name)?;
            let line = lines.get(*read + place).cloned();
            *read += place + 1;
            line
        })
        .await;
        found.map_err(|error| anyhow::anyhow!("{error}; the app said: {:?}", lines(&self.file)))
    }
}

/// All whole lines of the file.
fn lines(file: &PathBuf) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    text.split_inclusive('\n')
        .filter(|line| line.ends_with('\n'))
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}
