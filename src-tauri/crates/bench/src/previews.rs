//! Makes previews of files, as the application does: `keltas-bench-previews WORKERS SIDE OUT FILE…`
//!
//! In one process, so that its memory can be told. The application has some formats decoded by a second one, which takes
//! no more than a fiftieth of CPU besides.

use std::{
    env, fs,
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Context, Result, ensure};
use media::Limits;

fn main() -> Result<()> {
    let mut arguments = env::args_os().skip(1);
    let mut next = || arguments.next().context("WORKERS SIDE OUT FILE…");
    let number = |word: std::ffi::OsString| word.to_string_lossy().parse::<u32>();
    let (workers, side, out) = (number(next()?)?, number(next()?)?, PathBuf::from(next()?));
    let files: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    let (place, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(file) = files.get(place.fetch_add(1, Ordering::Relaxed)) {
                    let made = media::preview(file, side, &Limits::default())
                        .map_err(anyhow::Error::from)
                        .and_then(|preview| {
                            let stem = file.file_stem().unwrap_or_default();
                            let kind = if preview.mime == "image/png" { "png" } else { "jpg" };
                            Ok(fs::write(out.join(stem).with_extension(kind), preview.bytes)?)
                        });
                    if let (Err(error), Ok(mut failed)) = (made, failed.lock()) {
                        failed.push(format!("{}: {error}", file.display()));
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_default();
    ensure!(failed.is_empty(), "{}", failed.join("\n"));
    Ok(())
}
