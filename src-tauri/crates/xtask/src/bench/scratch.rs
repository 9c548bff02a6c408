//! The files that are sent, in a folder that goes when the bench ends.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Result;
use tempfile::TempDir;

use super::race::{Files, Race};
use crate::sh;

pub(crate) struct Scratch(TempDir);

impl Scratch {
    /// Makes the files of races. On the disk that is built on: a system's own folder for such may be memory.
    pub(crate) fn make(races: &[Race]) -> Result<Scratch> {
        let scratch = Scratch(tempfile::Builder::new().prefix("keltas-bench-").tempdir_in(sh::target())?);
        for race in races {
            let folder = scratch.folder(race.files);
            if !folder.exists() {
                fs::create_dir(&folder)?;
                make(race.files, &folder)?;
            }
        }
        Ok(scratch)
    }

    /// Where files are.
    pub(crate) fn folder(&self, files: Files) -> PathBuf {
        self.path(&format!("{}-of-{}", files.count, files.size))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// The beginning of a clip, with a number in it: no two files are the same to whoever looks for doubles.
fn head(size: u64, number: u32) -> Vec<u8> {
    let mut head = Vec::new();
    head.extend_from_slice(b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2");
    head.extend_from_slice(b"\0\0\0\x01mdat");
    head.extend_from_slice(&(size - 24).to_be_bytes());
    head.extend_from_slice(&number.to_be_bytes());
    head
}

fn make(files: Files, folder: &Path) -> Result<()> {
    let block: Vec<u8> = (0..1_u32 << 20).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for number in 0..files.count {
        let mut file = File::create_new(folder.join(format!("{number:05}.mp4")))?;
        let head = head(files.size, number);
        file.write_all(&head)?;
        if files.sparse {
            file.set_len(files.size)?;
            continue;
        }
        let mut left = files.size - head.len() as u64;
        while left > 0 {
            let piece = usize::try_from(left).unwrap_or(block.len()).min(block.len());
            file.write_all(&block[..piece])?;
            left -= piece as u64;
        }
    }
    Ok(())
}
