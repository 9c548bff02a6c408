//! Running other programs, each announced before it starts.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, ensure};

/// The top of the repository.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(3).expect("this crate lies three folders below the top").to_owned()
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Says what comes next.
pub(crate) fn announce(what: &str) {
    println!("\n== {what}");
}

/// A program that runs at the top of the repository.
pub(crate) fn command(program: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// The cargo that runs this. What it told this program of itself is not for the next one.
pub(crate) fn cargo(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = command(&cargo, arguments);
    for (name, _) in std::env::vars_os() {
        let own =
            name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR");
        if own {
            command.env_remove(name);
        }
    }
    command
}

/// Announces a program and runs it to its end; what it prints goes where this prints.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<()> {
    announce(what);
    let start = Instant::now();
    let status = command.status().with_context(|| format!("cannot run {}", name(command)))?;
    ensure!(status.success(), "{what}: {} ended with {status}", name(command));
    println!("   done in {} s", start.elapsed().as_secs());
    Ok(())
}

/// The same, handing over each line of its output as it is shown. `false` when it failed.
pub(crate) fn watch(what: &str, command: &mut Command, mut line: impl FnMut(&str)) -> Result<bool> {
    announce(what);
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot run {}", name(command)))?;
    let mut output = BufReader::new(child.stdout.take().context("its output is piped")?);
    let mut bytes = Vec::new();
    // Tests print what they like, not only text.
    while output.read_until(b'\n', &mut bytes)? > 0 {
        let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
        println!("{text}");
        line(&text);
        bytes.clear();
    }
    Ok(child.wait()?.success())
}

/// Runs a program silently; its output when it went well.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

fn name(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .take(4)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    words.join(" ")
}
