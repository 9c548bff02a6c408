//! Takes what is private out of files, as the application does before it sends them: `keltas-bench-strip OUT FILE…`

use std::{env, path::PathBuf};

use anyhow::{Context, Result};
use media::Privacy;

fn main() -> Result<()> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let out = arguments.next().context("OUT FILE…")?;
    for file in arguments {
        let copy = out.join(file.file_name().context("a file has a name")?);
        media::strip(&file, Privacy::All, &copy).with_context(|| file.display().to_string())?;
    }
    Ok(())
}
