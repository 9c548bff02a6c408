//! Who takes part.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{race::Race, scratch::Scratch, sink::Sink};
use crate::sh;

/// Who takes part, by name.
pub(crate) const CURL: &str = "curl";
pub(crate) const CLIENT: &str = "client";
pub(crate) const APP: &str = "app";
pub(crate) const APP_IN_MEMORY: &str = "app, saving in memory";

/// A disk that is none.
const MEMORY: &str = "/dev/shm";

/// What a site wants of an upload; the sink looks at neither.
const KEY: &str = "chv_1_bench";
const MIME: &str = "video/mp4";

/// Someone who uploads.
pub(crate) trait Contender {
    fn name(&self) -> &'static str;

    /// Whether it is in a race.
    fn takes_part(&self, _race: &Race) -> bool {
        true
    }

    /// The program that uploads a race's files to the site.
    fn command(&self, race: &Race, sink: &Sink, scratch: &Scratch) -> Result<Command>;
}

/// The one that all are compared with.
pub(crate) struct Curl;

impl Curl {
    pub(crate) fn find() -> Result<Curl> {
        sh::output(&mut sh::command("curl", ["--version"])).context("curl is missing")?;
        Ok(Curl)
    }
}

impl Contender for Curl {
    fn name(&self) -> &'static str {
        CURL
    }

    fn command(&self, race: &Race, sink: &Sink, scratch: &Scratch) -> Result<Command> {
        let folder = scratch.folder(race.files);
        let config = folder.with_extension(if race.tls { "tls.curl" } else { "curl" });
        fs::write(&config, transfers(&folder, sink.address(race.tls), &sink.certificate)?)?;
        let mut command =
            sh::command("curl", ["--silent", "--show-error", "--no-progress-meter", "--config"]);
        command.arg(&config);
        if race.at_once > 1 {
            command.args(["--parallel", "--parallel-max", &race.at_once.to_string()]);
        }
        Ok(command)
    }
}

/// curl's own words for one upload a file.
fn transfers(folder: &Path, site: &str, certificate: &Path) -> Result<String> {
    let mut config = String::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let separator = if config.is_empty() { "" } else { "next\n" };
        writeln!(
            config,
            "{separator}fail\ncacert = \"{}\"\nurl = \"{site}/api/1/upload\"\noutput = \"/dev/null\"\nheader = \"X-API-Key: {KEY}\"\n\
             form = \"format=json\"\nform = \"source=@{};type={MIME}\"",
            certificate.display(),
            path.display()
        )?;
    }
    Ok(config)
}

/// Our client, without an application around it.
pub(crate) struct Client(PathBuf);

impl Client {
    /// Among the programs that were built.
    pub(crate) fn of(programs: &Path) -> Client {
        Client(programs.join("keltas-bench-client"))
    }
}

impl Contender for Client {
    fn name(&self) -> &'static str {
        CLIENT
    }

    fn command(&self, race: &Race, sink: &Sink, scratch: &Scratch) -> Result<Command> {
        Ok(ours(&self.0, race, sink, scratch))
    }
}

/// The whole application without a window.
pub(crate) struct App {
    program: PathBuf,
    /// Where it keeps what it saves; else on the disk that the files are on.
    saves_in: Option<&'static str>,
}

impl App {
    /// Among the programs that were built.
    pub(crate) fn of(programs: &Path) -> App {
        App { program: programs.join("keltas-bench-app"), saves_in: None }
    }

    /// The same, with nothing to wait for when it saves; where memory can be had as a folder.
    pub(crate) fn in_memory(programs: &Path) -> Option<App> {
        Path::new(MEMORY).is_dir().then(|| App { saves_in: Some(MEMORY), ..App::of(programs) })
    }
}

impl Contender for App {
    fn name(&self) -> &'static str {
        if self.saves_in.is_some() { APP_IN_MEMORY } else { APP }
    }

    fn takes_part(&self, race: &Race) -> bool {
        self.saves_in.is_none() || race.tells_cost
    }

    fn command(&self, race: &Race, sink: &Sink, scratch: &Scratch) -> Result<Command> {
        let mut command = ours(&self.program, race, sink, scratch);
        command.env("TMPDIR", self.saves_in.map_or_else(|| scratch.path(""), PathBuf::from));
        Ok(command)
    }
}

fn ours(program: &Path, race: &Race, sink: &Sink, scratch: &Scratch) -> Command {
    let mut command = Command::new(program);
    command.args([sink.address(race.tls), KEY, &race.at_once.to_string(), MIME]);
    command.arg(scratch.folder(race.files));
    if race.tls {
        // What the system trusts, for this one run.
        command.env("SSL_CERT_FILE", &sink.certificate);
    }
    command
}
