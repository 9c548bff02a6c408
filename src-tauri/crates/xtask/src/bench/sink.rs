//! The site that everyone uploads to.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use anyhow::{Context, Result, bail};

use super::scratch::Scratch;

/// Among the programs that were built.
const PROGRAM: &str = "keltas-bench-sink";

/// A running `keltas-bench-sink`. It ends with this.
pub(crate) struct Sink {
    pub(crate) certificate: PathBuf,
    plain: String,
    safe: String,
    /// Whether it is at the far end of a line whose near end is the network of the child.
    far: bool,
    child: Child,
    told: ChildStdin,
    tells: BufReader<ChildStdout>,
    /// A file of what it complains of.
    complaints: PathBuf,
}

/// What one way of a line is like.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    pub(crate) milliseconds: f64,
    /// A second.
    pub(crate) megabits: f64,
    /// The share of packets that gets lost, from 0 to 1.
    pub(crate) loss: f64,
}

impl Sink {
    /// On this machine, as near as can be.
    pub(crate) fn start(programs: &Path, scratch: &Scratch) -> Result<Sink> {
        Sink::of(Command::new(programs.join(PROGRAM)), scratch, false)
    }

    /// At the far end of a line.
    ///
    /// # Errors
    /// Where a program may not have a network of its own.
    pub(crate) fn far(programs: &Path, scratch: &Scratch, way: Way) -> Result<Sink> {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--net"]).arg(programs.join("keltas-bench-link"));
        command.args([way.milliseconds, way.megabits, way.loss].map(|number| number.to_string()));
        command.arg(programs.join(PROGRAM));
        Sink::of(command, scratch, true)
    }

    fn of(mut command: Command, scratch: &Scratch, far: bool) -> Result<Sink> {
        let [certificate, complaints] = ["certificate.pem", "complaints"].map(|name| scratch.path(name));
        command.arg(&certificate).stdin(Stdio::piped()).stdout(Stdio::piped());
        // They may be what the report has to say.
        command.stderr(File::create(&complaints)?).env("RUST_BACKTRACE", "0");
        let name = command.get_program().display().to_string();
        let mut child = command.spawn().context(name)?;
        let told = child.stdin.take().context("its input is piped")?;
        let tells = BufReader::new(child.stdout.take().context("its output is piped")?);
        let (plain, safe) = (String::new(), String::new());
        let mut sink = Sink { certificate, plain, safe, far, child, told, tells, complaints };
        (sink.plain, sink.safe) = (sink.line()?, sink.line()?);
        Ok(sink)
    }

    /// Its address.
    pub(crate) fn address(&self, tls: bool) -> &str {
        if tls { &self.safe } else { &self.plain }
    }

    /// A program in the network that reaches it.
    pub(crate) fn within_reach(&self, program: Command) -> Command {
        if !self.far {
            return program;
        }
        let mut command = Command::new("nsenter");
        command.args(["--user", "--preserve-credentials", "--net", "--target", &self.child.id().to_string()]);
        command.arg(program.get_program()).args(program.get_args());
        command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
    }

    /// The connections since this was last asked.
    pub(crate) fn connections(&mut self) -> Result<u64> {
        writeln!(self.told)?;
        Ok(self.line()?.parse()?)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.tells.read_line(&mut line)? == 0 {
            let why = fs::read_to_string(&self.complaints)?;
            bail!(
                "the site to upload to has ended: {}",
                why.split_whitespace().collect::<Vec<_>>().join(" ")
            );
        }
        Ok(line.trim().to_owned())
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
