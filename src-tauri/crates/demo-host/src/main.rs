//! `keltas-demo-host`: the demo host as a command, for people who write clients.

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::Parser;
use demo_host::{DemoHost, Fault, Flood, Mode, Moderation, Options, Settings};

/// A Chevereto-like host on 127.0.0.1.
#[derive(Parser)]
#[command(name = "keltas-demo-host", version)]
struct Arguments {
    /// Port; 0 takes the one of last time, or any free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder for pictures and index [default: a new one among the temporary files]
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Which Chevereto to behave like
    #[arg(long, value_enum, default_value = "4.2")]
    mode: Mode,
    /// Uploads wait for approval
    #[arg(long)]
    moderate: bool,
    /// Uploads per minute before "Flooding detected"; 0 switches all flood limits off
    #[arg(long, value_name = "N")]
    flood: Option<u32>,
    /// The same bytes may come twice
    #[arg(long)]
    allow_duplicates: bool,
    /// The user's key
    #[arg(long)]
    key: Option<String>,
    /// Faults for the first requests, in order (html-500, delay:1500, reset-mid-body:40 …)
    #[arg(long = "fault", value_name = "NAME")]
    faults: Vec<Fault>,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The last words of a command that could not do its work; nobody is left to take an error here.
            let _ = writeln!(std::io::stderr(), "keltas-demo-host: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> std::io::Result<()> {
    let flood = match arguments.flood {
        None => Some(Flood::default()),
        Some(0) => None,
        Some(minute) => Some(Flood { minute, ..Flood::default() }),
    };
    let moderation = if arguments.moderate { Moderation::Everyone } else { Moderation::Off };
    let settings = Settings {
        mode: arguments.mode,
        moderation,
        flood,
        allow_duplicates: arguments.allow_duplicates,
        ..Settings::default()
    };
    let dir = arguments
        .dir
        .unwrap_or_else(|| std::env::temp_dir().join(format!("keltas-demo-host-{}", std::process::id())));
    let host =
        DemoHost::start(Options { port: arguments.port, key: arguments.key, settings, ..Options::new(&dir) })?;
    for fault in arguments.faults {
        host.play(fault);
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "site       {}", host.base_url())?;
    writeln!(out, "key        {}", host.user_key())?;
    writeln!(out, "admin key  {}", host.admin_key())?;
    writeln!(out, "guest key  {}", host.guest_key())?;
    for album in host.albums() {
        writeln!(
            out,
            "album      {}  {}{}",
            album.id,
            album.name,
            if album.own { "" } else { " (not yours)" }
        )?;
    }
    writeln!(out, "files in   {}", dir.display())?;
    out.flush()?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(tokio::signal::ctrl_c())
}
