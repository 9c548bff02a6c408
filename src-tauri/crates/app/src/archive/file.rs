//! A new file that is there whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use super::Fault;

/// A file in the making: it has another name beside its place, and is gone if it does not come to its end.
pub(super) type New = BufWriter<NamedTempFile>;

/// Begins a file; a private one is for the person alone.
pub(super) fn begin(path: &Path, private: bool) -> Result<New, Fault> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = Builder::new();
    builder.prefix(".keltas-").suffix(".part");
    permit(&mut builder, private);
    builder.tempfile_in(folder).map(BufWriter::new).map_err(Fault::Writing)
}

/// Gives it its name, once all of it is on the disk.
pub(super) fn end(file: New, path: &Path, replace: bool) -> Result<(), Fault> {
    let finish = || {
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.flush()?;
        file.as_file().sync_all()?;
        let named = if replace { file.persist(path) } else { file.persist_noclobber(path) };
        named.map(drop).map_err(|error| error.error)
    };
    finish().map_err(Fault::Writing)
}

#[cfg(unix)]
fn permit(builder: &mut Builder<'_, '_>, private: bool) {
    use std::os::unix::fs::PermissionsExt;
    let mode = if private { 0o600 } else { 0o644 };
    builder.permissions(std::fs::Permissions::from_mode(mode));
}

/// Files of a person's own folders are theirs alone here anyway.
#[cfg(not(unix))]
fn permit(_: &mut Builder<'_, '_>, _: bool) {}
