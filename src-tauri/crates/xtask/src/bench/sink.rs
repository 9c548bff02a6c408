//! The site that everyone uploads to.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use super::scratch::Scratch;

/// A running `keltas-bench-sink`. It ends with this.
pub(crate) struct Sink {
    pub(crate) certificate: PathBuf,
    plain: String,
    safe: String,
    child: Child,
    told: ChildStdin,
    tells: BufReader<ChildStdout>,
}

impl Sink {
    pub(crate) fn start(programs: &Path, scratch: &Scratch) -> Result<Sink> {
        let certificate = scratch.path("certificate.pem");
        let mut child = Command::new(programs.join("keltas-bench-sink"))
            .arg(&certificate)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the site to upload to")?;
        let told = child.stdin.take().context("its input is piped")?;
        let mut tells = BufReader::new(child.stdout.take().context("its output is piped")?);
        let (plain, safe) = (line(&mut tells)?, line(&mut tells)?);
        Ok(Sink { certificate, plain, safe, child, told, tells })
    }

    /// Its address.
    pub(crate) fn address(&self, tls: bool) -> &str {
        if tls { &self.safe } else { &self.plain }
    }

    /// The connections since this was last asked.
    pub(crate) fn connections(&mut self) -> Result<u64> {
        writeln!(self.told)?;
        Ok(line(&mut self.tells)?.parse()?)
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn line(tells: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    ensure!(tells.read_line(&mut line)? > 0, "the site to upload to has ended");
    Ok(line.trim().to_owned())
}
