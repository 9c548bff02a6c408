//! The recorded exchanges, by their numbers. One copy of them serves the client's tests too.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::LazyLock};

use serde_json::Value;

/// One exchange.
pub(crate) struct Recording {
    /// File name, which says what it is about.
    pub(crate) file: String,
    /// `name`, `note`, `origin`, `request`, `response`.
    pub(crate) exchange: Value,
}

impl Recording {
    /// Made up after the site's source, not recorded: its values are examples, and its body may be cut short.
    pub(crate) fn is_read(&self) -> bool {
        self.exchange["origin"] == "read from source"
    }
}

/// All of them.
pub(crate) static ALL: LazyLock<BTreeMap<u16, Recording>> = LazyLock::new(read);

fn read() -> BTreeMap<u16, Recording> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../chevereto/tests/golden");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let file = path.file_name().unwrap().to_str().unwrap().to_owned();
            let exchange = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            (file[..3].parse().unwrap(), Recording { file, exchange })
        })
        .collect()
}
