//! `keltas-demo-host`: the demo host as a command, for people who write clients.

mod arguments;

use std::{
    io::{self, ErrorKind, Write},
    path::Path,
    process::ExitCode,
};

use clap::Parser;
use demo_host::{DemoHost, Fault, Mode, Options, Play, Settings};

use arguments::Arguments;

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The last words of a command that could not do its work; nobody is left to take an error here.
            let _ = writeln!(io::stderr(), "keltas-demo-host: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> io::Result<()> {
    if arguments.faults {
        return list_faults(&mut io::stdout().lock());
    }
    if let Some(sentence) = arguments.contradiction() {
        return Err(io::Error::other(sentence));
    }
    let settings = arguments.settings();
    let (dir, temporary) = match arguments.dir {
        Some(dir) => (dir, None),
        None => {
            let temporary = tempfile::Builder::new().prefix("keltas-demo-host").tempdir()?;
            (temporary.path().to_owned(), Some(temporary))
        }
    };
    let port = arguments.port;
    let options = Options {
        port,
        key: arguments.key,
        path: arguments.path,
        tls: arguments.tls,
        settings: settings.clone(),
        ..Options::new(&dir)
    };
    let waiting = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let host = DemoHost::start(options).map_err(|error| explained(error, port))?;
    let certificate = arguments.tls.map(|_| dir.join("certificate.pem"));
    // Before anybody is told where to send the first request.
    for play in arguments.play {
        host.schedule(play);
    }
    greet(&host, &settings, &dir, temporary.is_some(), certificate.as_deref())?;
    waiting.block_on(asked_to_end())?;
    host.stop();
    let kept = if temporary.is_some() { "its pictures are gone" } else { "its pictures are kept" };
    writeln!(io::stdout(), "\nEnded; {kept}.")
}

/// What to do about an error that has a usual cause.
fn explained(error: io::Error, port: u16) -> io::Error {
    match error.kind() {
        ErrorKind::AddrInUse => io::Error::other(format!(
            "port {port} is taken: name another with --port, or let --port 0 find one"
        )),
        ErrorKind::PermissionDenied => {
            io::Error::other(format!("{error}: name a port from 1024 on, or a folder of your own with --dir"))
        }
        _ => error,
    }
}

async fn asked_to_end() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => result,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

fn greet(
    host: &DemoHost,
    settings: &Settings,
    dir: &Path,
    temporary: bool,
    certificate: Option<&Path>,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let base = host.base_url();
    writeln!(out, "A demo host that behaves like Chevereto {}. Ctrl+C ends it.\n", settings.mode)?;
    writeln!(out, "site         {base}")?;
    writeln!(out, "desk         {base}/desk")?;
    writeln!(out, "user key     {}", host.user_key())?;
    writeln!(out, "admin key    {}", host.admin_key())?;
    writeln!(out, "guest key    {}", host.guest_key())?;
    for album in host.albums() {
        let whose = if album.own { "" } else { " (not the user's)" };
        writeln!(out, "album        {}  {}{whose}", album.id, album.name)?;
    }
    let faults = host.faults();
    if !faults.is_empty() {
        let names = faults.iter().map(Play::to_string).collect::<Vec<_>>();
        writeln!(out, "faults       {}", names.join(", "))?;
    }
    let end = if temporary { " (removed at the end)" } else { "" };
    writeln!(out, "files in     {}{end}", dir.display())?;
    if let Some(certificate) = certificate {
        writeln!(out, "certificate  {}", certificate.display())?;
    }
    writeln!(out, "\nTry it:\n  {}", curl(host, settings, certificate))?;
    out.flush()
}

/// A line to try the host with. The certificate is trusted in it, so that only its flaw is met.
fn curl(host: &DemoHost, settings: &Settings, certificate: Option<&Path>) -> String {
    let trust = certificate.map_or_else(String::new, |file| format!(" --cacert '{}'", file.display()));
    let key = match settings.mode {
        Mode::V3 => format!("-F key={}", host.guest_key()),
        _ => format!("-H 'X-API-Key: {}'", host.user_key()),
    };
    format!("curl{trust} {key} -F source=@picture.jpg {}/api/1/upload", host.base_url())
}

fn list_faults(out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "Faults, by name. --fault NAME plays one on the next upload request; several wait in order."
    )?;
    writeln!(out, "NAME*3 plays it three times, NAME*always on every request for which no other waits.")?;
    for (heading, entries) in Fault::catalogue() {
        writeln!(out, "\n{heading}")?;
        for entry in *entries {
            match entry.usage.len() {
                ..=26 => writeln!(out, "  {:26}  {}", entry.usage, entry.says)?,
                _ => writeln!(out, "  {}\n  {:26}  {}", entry.usage, "", entry.says)?,
            }
        }
    }
    writeln!(out, "\nNot a host's to play")?;
    writeln!(
        out,
        "  {:26}  Use a name that cannot exist, such as http://host.invalid",
        "no such name (DNS)"
    )?;
    writeln!(out, "  {:26}  Start with --tls self-signed, expired or wrong-name", "TLS failures")?;
    writeln!(
        out,
        "  {:26}  Use a port where nobody listens, such as http://127.0.0.1:1",
        "nobody ever listens"
    )?;
    let example: Play = Play::once(Fault::ResetMidBody(40));
    writeln!(out, "\nExample: keltas-demo-host --fault {example} --fault 'html-500*3'")
}
