//! How values lie in columns.

use std::path::{Path, PathBuf};

use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Row, RowIndex};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value as JSON text.
pub(super) fn json<T: Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

/// A value that may be missing, as JSON text or NULL.
pub(super) fn json_or_null<T: Serialize>(value: Option<&T>) -> rusqlite::Result<Option<String>> {
    value.map(json).transpose()
}

/// Reads a column of JSON text.
pub(super) fn from_json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    parse(row, column, &row.get::<_, String>(column)?)
}

/// Reads a column of JSON text or NULL.
pub(super) fn from_json_or_null<T: DeserializeOwned>(
    row: &Row<'_>,
    column: &str,
) -> rusqlite::Result<Option<T>> {
    row.get::<_, Option<String>>(column)?.map(|text| parse(row, column, &text)).transpose()
}

fn parse<T: DeserializeOwned>(row: &Row<'_>, column: &str, text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        let index = column.idx(row.as_ref()).unwrap_or(0);
        rusqlite::Error::FromSqlConversionFailure(index, Type::Text, Box::new(error))
    })
}

/// SQLite's integers are signed. A file of 8 EiB does not exist.
pub(super) fn integer(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Reads a size.
pub(super) fn unsigned(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| {
        let index = column.idx(row.as_ref()).unwrap_or(0);
        rusqlite::Error::FromSqlConversionFailure(
            index,
            Type::Integer,
            Box::new(FromSqlError::OutOfRange(value)),
        )
    })
}

/// A path as the platform's own bytes: not every path is text.
#[cfg(unix)]
pub(super) fn path_bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

/// Reads a path.
#[cfg(unix)]
pub(super) fn path_from(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

/// A path as the platform's own bytes: not every path is text.
#[cfg(windows)]
pub(super) fn path_bytes(path: &Path) -> Vec<u8> {
    use std::os::windows::ffi::OsStrExt;
    path.as_os_str().encode_wide().flat_map(u16::to_le_bytes).collect()
}

/// Reads a path.
#[cfg(windows)]
pub(super) fn path_from(bytes: Vec<u8>) -> PathBuf {
    use std::os::windows::ffi::OsStringExt;
    let wide: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    std::ffi::OsString::from_wide(&wide).into()
}
