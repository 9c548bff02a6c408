//! ExifTool: it writes metadata as cameras and editors do, and reads whatever is left.

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What a file says, by group and name: `IFD0:Orientation`.
pub(crate) type Tags = BTreeMap<String, String>;

/// Writes into many files, each with its own arguments, in one run.
pub(crate) fn write(folder: &Path, files: &[(PathBuf, Vec<String>)]) -> Result<()> {
    let mut script = String::new();
    for (path, arguments) in files {
        let arguments = arguments.join("\n");
        writeln!(script, "-q\n-m\n-overwrite_original\n{arguments}\n{}\n-execute", path.display())?;
    }
    let list = folder.join("arguments");
    fs::write(&list, script)?;
    let done = Command::new("exiftool").arg("-@").arg(&list).output().context("exiftool is missing")?;
    let said = String::from_utf8_lossy(&done.stderr);
    // What is minor is that a program before it did not keep to the letter.
    let faults: Vec<&str> = said.lines().filter(|line| !line.contains("[minor]")).collect();
    ensure!(done.status.success() && faults.is_empty(), "exiftool: {faults:#?}");
    Ok(())
}

/// Reads all that files say, in tracks of clips too, but for what the system and ExifTool itself add.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Vec<Tags>> {
    let done = Command::new("exiftool")
        .args(["-json", "-a", "-u", "-ee3", "-G1:3", "-api", "RequestAll=2"])
        .args(paths)
        .output()
        .context("exiftool is missing")?;
    let all: Vec<Map<String, Value>> = serde_json::from_slice(&done.stdout)?;
    ensure!(all.len() == paths.len(), "exiftool: {}", String::from_utf8_lossy(&done.stderr));
    Ok(all.into_iter().map(tags).collect())
}

fn tags(said: Map<String, Value>) -> Tags {
    let about_the_file = ["SourceFile", "ExifTool:", "System:", "Composite:"];
    let tags =
        said.into_iter().filter(|(name, _)| !about_the_file.iter().any(|start| name.starts_with(start)));
    tags.map(|(name, value)| (name, value.to_string())).collect()
}
