//! The TypeScript that is made from Rust: the contract with the window, and the types of its words.

use std::fs;

use anyhow::{Context, Result};

use crate::sh;

/// The crate and its example that prints the file, and where the file lies.
const FILES: [(&str, &str, &str); 2] =
    [("ipc", "typescript", "ui/src/ipc/generated.ts"), ("l10n", "messages", "ui/src/l10n/messages.ts")];

/// Writes both files.
pub(crate) fn types() -> Result<()> {
    for (package, example, path) in FILES {
        sh::announce(&format!("writing {path}"));
        let mut command = sh::cargo(["run", "--quiet", "--package", package, "--example", example]);
        let output = command.stderr(std::process::Stdio::inherit()).output()?;
        anyhow::ensure!(output.status.success(), "{package} could not be built");
        fs::write(sh::root().join(path), output.stdout)
            .with_context(|| format!("{path} cannot be written"))?;
    }
    Ok(())
}
