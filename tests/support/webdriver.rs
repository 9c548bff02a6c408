//! WebDriver: chromedriver for the browser, WebKitWebDriver for the real window.

use crate::{process::Process, session::Session, until_some};
use anyhow::{Context, Result};
use axum::http::Method;
use fantoccini::{
    Client, ClientBuilder,
    wd::{Capabilities, WebDriverCompatibleCommand},
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::{
    io::Write,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use url::{ParseError, Url};

/// A driver with its one client.
pub struct Driver {
    /// The page's remote control.
    pub client: Client,
    process: Process,
    port: u16,
    /// Only a browser has one.
    profile: Option<TempDir>,
}

impl Driver {
    /// A headless browser with an empty profile.
    ///
    /// # Errors
    /// When chromium or its driver is missing.
    pub async fn browser() -> Result<Self> {
        let port = free_port()?;
        let profile = tempfile::Builder::new().prefix("keltas-browser").tempdir()?;
        let process = Process::start(
            Command::new("chromedriver")
                .arg(format!("--port={port}"))
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )?;
        let args = vec![
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--hide-scrollbars".to_owned(),
            "--force-prefers-reduced-motion".to_owned(),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let client = connect(port, json!({ "goog:chromeOptions": { "args": args } })).await?;
        Ok(Self { client, process, port, profile: Some(profile) })
    }

    /// The app's real window inside a session.
    ///
    /// # Errors
    /// When the driver is missing or the app does not start.
    pub async fn window(session: &Session, binary: &Path, args: &[&str]) -> Result<Self> {
        let port = free_port()?;
        let process = Process::start(
            session
                .command("WebKitWebDriver")
                .arg(format!("--port={port}"))
                .arg("--host=127.0.0.1")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )?;
        let options = json!({ "webkitgtk:browserOptions": { "binary": binary, "args": args } });
        Ok(Self { client: connect(port, options).await?, process, port, profile: None })
    }

    /// Gives the browser's page exactly this size in pixels, and light or dark colours.
    ///
    /// # Errors
    /// When the driver is no chromedriver.
    pub async fn look(&self, (width, height): (u32, u32), dark: bool) -> Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        let scheme = if dark { "dark" } else { "light" };
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        for (name, params) in
            [("Emulation.setDeviceMetricsOverride", size), ("Emulation.setEmulatedMedia", media)]
        {
            self.client.issue_cmd(DevTools { name, params }).await?;
        }
        Ok(())
    }

    /// Runs a script in the browser at the start of every page that is opened from now on.
    ///
    /// # Errors
    /// When the driver is no chromedriver.
    pub async fn at_start(&self, script: &str) -> Result<()> {
        let name = "Page.addScriptToEvaluateOnNewDocument";
        self.client.issue_cmd(DevTools { name, params: json!({ "source": script }) }).await?;
        Ok(())
    }

    /// Ends the page and with it the app.
    ///
    /// # Errors
    /// When the driver is gone.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.clone().close().await?)
    }

    /// Has chromedriver end its browser and itself. Killed, it would leave the browser running.
    fn shut_down(&mut self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        connection.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")?;
        let end = Instant::now() + PARTING;
        while !self.process.ended() && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.profile.is_some() {
            // Without an answer it has ended already.
            let _ = self.shut_down();
        }
    }
}

/// How long a browser may take to end.
const PARTING: Duration = Duration::from_secs(10);

/// A command of the browser's own protocol.
#[derive(Debug)]
struct DevTools {
    name: &'static str,
    params: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> std::result::Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.name, "params": self.params }).to_string()))
    }
}

async fn connect(port: u16, capabilities: Value) -> Result<Client> {
    let Value::Object(capabilities) = capabilities else { anyhow::bail!("capabilities are an object") };
    let capabilities: Capabilities = capabilities;
    until_some("the driver", async || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()).await?;
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .context("the driver opened no page")
}

/// A port that is free now.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
