//! A process that ends with its owner.

use anyhow::{Context, Result};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
};

/// A child process, ended by its id when dropped.
pub struct Process {
    child: Child,
    name: String,
    /// What it printed after its first line.
    lines: Arc<Mutex<Vec<String>>>,
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
        Ok(Self { child, name, lines: Arc::default() })
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
        // The rest is read as it comes, so that a full pipe never holds it up.
        let lines = Arc::clone(&process.lines);
        std::thread::spawn(move || {
            for line in reader.lines().map_while(Result::ok) {
                lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }
        });
        Ok((process, line.trim().to_owned()))
    }

    /// Whether it printed this line after its first one.
    pub fn said(&self, line: &str) -> bool {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|said| said == line)
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
