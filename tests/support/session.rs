//! A private desktop: an X server without a screen, a window manager, a session bus, a home and an unlocked keyring.

use crate::{process::Process, until};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;
use zbus::{Connection, connection::Builder, fdo::DBusProxy};

/// A desktop session; ends with its owner, the X server last.
pub struct Session {
    bus: Connection,
    bus_address: String,
    display: String,
    keyring: Option<Process>,
    _manager: Process,
    _daemon: Process,
    _server: Process,
    dir: TempDir,
}

/// A session bus that starts nothing by itself: a test decides what is there.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=@DIR@</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

impl Session {
    /// Starts a session without a keyring, a tray or a notification daemon.
    ///
    /// # Errors
    /// When a program is missing or does not get ready.
    pub async fn start() -> Result<Self> {
        let dir = tempfile::Builder::new().prefix("keltas-session").tempdir()?;
        for name in ["home", "run", "config", "data", "cache"] {
            fs::create_dir(dir.path().join(name))?;
            fs::set_permissions(dir.path().join(name), fs::Permissions::from_mode(0o700))?;
        }
        let (server, number) = Process::start_with_line(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1480x940x24", "-nolisten", "tcp", "-noreset"])
                .stderr(Stdio::null()),
        )?;
        let display = format!(":{number}");
        let config = dir.path().join("bus.conf");
        fs::write(&config, BUS.replace("@DIR@", &dir.path().join("run").to_string_lossy()))?;
        let (daemon, bus_address) = Process::start_with_line(
            Command::new("dbus-daemon")
                .arg(format!("--config-file={}", config.display()))
                .args(["--nofork", "--print-address=1"])
                .stderr(Stdio::null()),
        )?;
        let bus = Builder::address(bus_address.as_str()).build().await?;
        let environment = environment(dir.path(), &display, &bus_address);
        let manager =
            Process::start(Command::new("openbox").env_clear().envs(environment).stderr(Stdio::null()))?;
        let session = Self {
            bus,
            bus_address,
            display,
            keyring: None,
            _manager: manager,
            _daemon: daemon,
            _server: server,
            dir,
        };
        until("the window manager", async || {
            session.output("wmctrl", &["-m"]).is_ok_and(|text| text.contains("Openbox"))
        })
        .await?;
        Ok(session)
    }

    /// Gives it an unlocked, empty keyring: the real gnome-keyring.
    ///
    /// # Errors
    /// When the daemon is missing or does not get ready.
    pub async fn with_keyring(mut self) -> Result<Self> {
        let mut daemon = self.command("gnome-keyring-daemon");
        daemon.args(["--foreground", "--unlock", "--components=secrets"]);
        // The password of the keyring comes on its standard input, which then has to end.
        let password = self.dir.path().join("password");
        fs::write(&password, "a password for one test")?;
        daemon.stdin(fs::File::open(&password)?).stdout(Stdio::null()).stderr(Stdio::null());
        self.keyring = Some(Process::start(&mut daemon)?);
        self.until_owned("org.freedesktop.secrets").await?;
        Ok(self)
    }

    /// Waits until somebody owns a name of the bus.
    ///
    /// # Errors
    /// When nobody comes.
    pub async fn until_owned(&self, name: &str) -> Result<()> {
        let daemon = DBusProxy::new(&self.bus).await?;
        until(&format!("{name} on the bus"), async || {
            let Ok(name) = name.try_into() else { return false };
            daemon.name_has_owner(name).await.unwrap_or(false)
        })
        .await
    }

    /// A connection of one's own to the session bus.
    ///
    /// # Errors
    /// When the bus is gone.
    pub async fn connect(&self) -> Result<Connection> {
        Ok(Builder::address(self.bus_address.as_str()).build().await?)
    }

    /// The address of the session bus.
    #[must_use]
    pub fn bus_address(&self) -> &str {
        &self.bus_address
    }

    /// A folder of the session, for files that a test makes.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// The folder that the app keeps everything in.
    #[must_use]
    pub fn app_home(&self) -> PathBuf {
        self.dir.path().join("keltas")
    }

    /// The file that the app writes its events to.
    #[must_use]
    pub fn events_file(&self) -> PathBuf {
        self.dir.path().join("events.jsonl")
    }

    /// A program to be run inside the session, with nothing of the environment around it.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(environment(self.dir.path(), &self.display, &self.bus_address));
        command.env("KELTAS_HOME", self.app_home()).env("KELTAS_EVENTS", self.events_file());
        command
    }

    /// Runs a program to its end and gives what it printed.
    ///
    /// # Errors
    /// When it is missing or fails.
    pub fn output(&self, program: &str, args: &[&str]) -> Result<String> {
        let output =
            self.command(program).args(args).output().with_context(|| format!("cannot run {program}"))?;
        ensure!(
            output.status.success(),
            "{program} {args:?}: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Runs a program to its end with `input` on its standard input.
    ///
    /// # Errors
    /// When it is missing or fails.
    pub fn feed(&self, program: &str, args: &[&str], input: &[u8]) -> Result<()> {
        let mut child = self
            .command(program)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot run {program}"))?;
        child.stdin.take().context("its input is piped")?.write_all(input)?;
        ensure!(child.wait()?.success(), "{program} {args:?} failed");
        Ok(())
    }
}

/// What a program of the session finds in its environment.
fn environment(dir: &Path, display: &str, bus: &str) -> Vec<(String, String)> {
    let inside = |name: &str| dir.join(name).to_string_lossy().into_owned();
    let mut list = vec![
        ("HOME".to_owned(), inside("home")),
        ("XDG_RUNTIME_DIR".to_owned(), inside("run")),
        ("XDG_CONFIG_HOME".to_owned(), inside("config")),
        ("XDG_DATA_HOME".to_owned(), inside("data")),
        ("XDG_CACHE_HOME".to_owned(), inside("cache")),
        ("DISPLAY".to_owned(), display.to_owned()),
        ("DBUS_SESSION_BUS_ADDRESS".to_owned(), bus.to_owned()),
    ];
    let fixed = [
        ("XDG_SESSION_TYPE", "x11"),
        ("XDG_CURRENT_DESKTOP", "openbox"),
        ("GDK_BACKEND", "x11"),
        ("GTK_USE_PORTAL", "0"),
        ("LANG", "C.UTF-8"),
        // GTK's accessibility bridge would start a bus of its own.
        ("NO_AT_BRIDGE", "1"),
        // Without a graphics card WebKit paints through a slow stand-in, and screenshots show stale frames.
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    ];
    list.extend(fixed.map(|(name, value)| (name.to_owned(), value.to_owned())));
    list.extend(std::env::var("PATH").map(|path| ("PATH".to_owned(), path)));
    list
}
