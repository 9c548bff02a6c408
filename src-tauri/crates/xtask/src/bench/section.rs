//! `BENCHMARKS.md`: a section each bench, which the others leave alone.

use std::fs;

use anyhow::{Context, Result};

use crate::sh;

const TITLE: &str = "# Benchmarks\n";

/// Writes the section of a bench, in the place of the one before.
pub(crate) fn write(bench: &str, text: &str) -> Result<()> {
    let path = sh::root().join("BENCHMARKS.md");
    let before = fs::read_to_string(&path).unwrap_or_else(|_| TITLE.to_owned());
    fs::write(&path, with(&before, bench, text)).with_context(|| path.display().to_string())?;
    println!("\n{text}\nwritten to {}", path.display());
    Ok(())
}

/// The file with this section instead of the one before; a new one comes last.
fn with(file: &str, bench: &str, text: &str) -> String {
    let (begin, end) = (format!("<!-- {bench} -->\n"), format!("<!-- end of {bench} -->\n"));
    let section = format!("{begin}\n{}\n\n{end}", text.trim());
    let found = file.split_once(&begin).and_then(|(front, rest)| Some((front, rest.split_once(&end)?.1)));
    match found {
        Some((front, back)) => format!("{front}{section}{back}"),
        None => format!("{}\n\n{section}", file.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bench_has_its_own_section() {
        let first = with(TITLE, "upload", "## Uploads\n\nfast\n");
        let both = with(&first, "window", "## The window");
        let again = with(&both, "upload", "## Uploads\n\nfaster");
        assert_eq!(again, both.replace("fast\n", "faster\n"));
        assert!(
            again.starts_with(TITLE) && again.ends_with("## The window\n\n<!-- end of window -->\n"),
            "{again}"
        );
    }
}
