//! The window: how it comes up, and what closing it does.

use crate::{Shared, desktop::MAIN};
use app::OnClose;
use ipc::{Desktop as _, Host, view::Event};
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{
    App, CloseRequestApi, Url, WebviewWindowBuilder, async_runtime, utils::config::WindowConfig,
    webview::PageLoadEvent,
};

/// Makes the window. It is shown once it is drawn, so that no empty frame flashes up; or not, when it starts hidden.
pub(crate) fn create(app: &App, api: &Shared, hidden: bool) -> tauri::Result<()> {
    let unnamed = WindowConfig { label: MAIN.to_owned(), ..WindowConfig::default() };
    let config = app.config().app.windows.first().cloned().unwrap_or(unnamed);
    let (api, shown) = (api.clone(), AtomicBool::new(hidden));
    WebviewWindowBuilder::from_config(app.handle(), &config)?
        .on_navigation(is_own)
        .on_page_load(move |_, page| {
            if page.event() == PageLoadEvent::Finished && !shown.swap(true, Ordering::Relaxed) {
                api.desktop().show_window();
            }
        })
        .build()?;
    Ok(())
}

/// The window stays on its own page, whatever is dropped on it or linked from it.
fn is_own(address: &Url) -> bool {
    address.scheme() == "tauri" || address.host_str() == Some("tauri.localhost")
}

/// The person closes the window: as they chose, and never into hiding where no tray brings it back.
pub(crate) fn on_close(api: &Shared, close: &CloseRequestApi) {
    close.prevent_close();
    match api.app().settings().on_close {
        OnClose::Quit => quit(api),
        OnClose::KeepRunning if api.desktop().has_tray() => api.desktop().hide_window(),
        OnClose::KeepRunning | OnClose::Ask => api.tell(Event::AskClose),
    }
}

/// Quits; what waits is there at the next start.
pub(crate) fn quit(api: &Shared) {
    let api = api.clone();
    async_runtime::spawn(async move {
        if let Err(problem) = api.quit().await {
            tracing::error!(code = problem.code, "the app did not close in order");
            api.desktop().quit();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_else() {
        let own = ["tauri://localhost/", "http://tauri.localhost/index.html"];
        assert!(own.iter().all(|address| is_own(&Url::parse(address).unwrap())));
        for other in
            ["https://imgximg.com/", "file:///etc/passwd", "data:text/html,x", "preview://localhost/item/1"]
        {
            assert!(!is_own(&Url::parse(other).unwrap()), "{other}");
        }
    }
}
