//! The built app with its real window, under remote control.

use crate::{Page, events::Events, session::Session, until, webdriver::Driver};
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;

/// The running app.
pub struct App {
    /// Its page.
    pub page: Page,
    /// What it tells.
    pub events: Events,
    driver: Driver,
}

impl App {
    /// Starts the app in a session and waits until its window is shown.
    ///
    /// # Errors
    /// When it is not built or does not start.
    pub async fn start(session: &Session, args: &[&str]) -> Result<Self> {
        let mut events = Events::new(session.events_file());
        events.skip_all();
        let driver = Driver::window(session, &binary()?, args).await?;
        events.wait("window-shown").await?;
        Ok(Self { page: Page::new(driver.client.clone()), events, driver })
    }

    /// Quits as a person does, by the app's own command, and waits until it is gone.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn quit(self, session: &Session) -> Result<()> {
        let call = "window.__TAURI_INTERNALS__.invoke('call', { name: 'quit', args: {} })";
        // The answer may come or not: the window goes with the app.
        let _ = self.page.client().execute(call, Vec::new()).await;
        until("the end of the app", async || {
            session.output("xdotool", &["search", "--name", "^Keltas"]).is_err()
        })
        .await?;
        drop(self.driver);
        Ok(())
    }
}

/// The app's program: beside this one, where cargo builds both.
///
/// # Errors
/// When it is not built.
pub fn binary() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.ancestors().nth(1).context("a program lies in a folder")?;
    let folder =
        if folder.ends_with("deps") { folder.parent().context("deps lies in a folder")? } else { folder };
    let binary = folder.join("keltas");
    ensure!(binary.is_file(), "{} is not built: cargo build -p keltas", binary.display());
    Ok(binary)
}
