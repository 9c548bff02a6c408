//! A process that ends with its owner.

use anyhow::{Context, Result};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

/// A child process, ended by its id when dropped.
pub struct Process {
    child: Child,
    name: String,
}

impl Process {
    /// Starts it.
    ///
    /// # Errors
    /// When the program is not there.
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {name}; `cargo xtask test` installs it"))?;
        Ok(Self { child, name })
    }

    /// Starts it and gives the first line that it prints: its address, its number, that it is ready.
    ///
    /// # Errors
    /// When the program is not there or ends before it prints a line.
    pub fn start_with_line(command: &mut Command) -> Result<(Self, String)> {
        let mut process = Self::start(command.stdout(Stdio::piped()))?;
        let output = process.child.stdout.take().context("its output is piped")?;
        let mut reader = BufReader::new(output);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        anyhow::ensure!(!line.trim().is_empty(), "{} ended before it said that it is ready", process.name);
        // The rest is read away, so that a full pipe never holds it up.
        std::thread::spawn(move || for _ in reader.lines() {});
        Ok((process, line.trim().to_owned()))
    }

    /// Whether it has ended.
    pub fn ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Either fails only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
