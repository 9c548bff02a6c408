//! The tray: a menu, and a glyph that says what the queue does.

use crate::{Shared, quick};
use engine::ReceiptId;
use ipc::{
    Host,
    view::{Activity, Event, Screen},
};
use l10n::{Language, words};
use serde_json::json;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, PoisonError},
};
use tauri::{
    AppHandle, Manager, Wry, async_runtime,
    image::Image,
    include_image,
    menu::{Menu, MenuItem, PredefinedMenuItem, Submenu},
    tray::{TrayIcon, TrayIconBuilder},
};

/// How many uploads the menu remembers.
pub(crate) const RECENT: u32 = 5;

/// Everything that the tray shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Face {
    pub(crate) language: Language,
    pub(crate) activity: Activity,
    /// Files and percent of the batch under way.
    pub(crate) batch: (u32, u8),
    /// Files that are ready or wait.
    pub(crate) waiting: usize,
    /// The person has to act.
    pub(crate) attention: bool,
    /// Latest uploads by name, the newest first.
    pub(crate) recent: Vec<(ReceiptId, String)>,
}

/// The tray with what it shows now.
pub(crate) struct Tray {
    icon: TrayIcon,
    shown: Mutex<Option<(Rows, Face)>>,
}

/// The menu's rows that change while it stands.
struct Rows {
    menu: Menu<Wry>,
    progress: MenuItem<Wry>,
    recent: Submenu<Wry>,
    pause: MenuItem<Wry>,
}

impl Tray {
    /// Puts the tray up. `None` where the desktop has no library for one: everything works without.
    pub(crate) fn build(handle: &AppHandle) -> Option<Self> {
        // The library is loaded when first used, and its absence is a panic there.
        match catch_unwind(AssertUnwindSafe(|| Self::try_build(handle))) {
            Ok(Ok(tray)) => Some(tray),
            Ok(Err(error)) => {
                tracing::warn!(%error, "no tray");
                None
            }
            Err(_) => {
                tracing::warn!("no tray library");
                None
            }
        }
    }

    fn try_build(handle: &AppHandle) -> tauri::Result<Self> {
        let icon = TrayIconBuilder::with_id("keltas")
            .icon(glyph(Activity::Idle, false))
            .icon_as_template(true)
            .menu(&Menu::new(handle)?)
            .show_menu_on_left_click(true)
            .on_menu_event(|handle, event| on_menu_event(handle, event.id().as_ref()))
            .build(handle)?;
        Ok(Self { icon, shown: Mutex::new(None) })
    }

    /// Changes what differs from what is shown; an open menu stays open.
    pub(crate) fn show(&self, face: &Face) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = match shown.take() {
            Some((rows, before)) if before.language == face.language => {
                self.change(rows, Some(&before), face)
            }
            // Other words make another menu.
            _ => Rows::new(self.icon.app_handle(), face.language).and_then(|rows| {
                self.icon.set_menu(Some(rows.menu.clone()))?;
                self.change(rows, None, face)
            }),
        };
        match changed {
            Ok(rows) => *shown = Some((rows, face.clone())),
            Err(error) => tracing::warn!(%error, "the tray did not change"),
        }
    }

    fn change(&self, rows: Rows, before: Option<&Face>, face: &Face) -> tauri::Result<Rows> {
        if before == Some(face) {
            return Ok(rows);
        }
        if before.is_none_or(|before| (before.activity, before.attention) != (face.activity, face.attention))
        {
            self.icon.set_icon_with_as_template(Some(glyph(face.activity, face.attention)), true)?;
        }
        rows.change_queue(before, face)?;
        if before.is_none_or(|before| before.recent != face.recent) {
            rows.change_recent(self.icon.app_handle(), face)?;
        }
        // Where the system has no tooltips this says so; nothing is lost.
        let _ = self.icon.set_tooltip(Some(match face.waiting {
            0 => words::tray_tooltip(face.language),
            waiting => words::tray_tooltip_waiting(face.language, waiting),
        }));
        Ok(rows)
    }
}

impl Rows {
    fn new(handle: &AppHandle, language: Language) -> tauri::Result<Self> {
        let item = |id: &str, text: String| MenuItem::with_id(handle, id, text, true, None::<&str>);
        let progress = MenuItem::with_id(handle, "progress", "", false, None::<&str>)?;
        let pause = item("pause", words::tray_pause(language))?;
        let recent = Submenu::new(handle, words::tray_recent(language), true)?;
        let menu = Menu::with_items(
            handle,
            &[
                &item("files", words::tray_upload_files(language))?,
                &item("clipboard", words::tray_upload_clipboard(language))?,
                &recent,
                &PredefinedMenuItem::separator(handle)?,
                &pause,
                &PredefinedMenuItem::separator(handle)?,
                &item("open", words::tray_open(language))?,
                &item("quit", words::tray_quit(language))?,
            ],
        )?;
        Ok(Self { menu, progress, recent, pause })
    }

    /// The first line, and whether the queue can be paused or resumed.
    fn change_queue(&self, before: Option<&Face>, face: &Face) -> tauri::Result<()> {
        let under_way = |face: &Face| matches!(face.activity, Activity::Uploading | Activity::Paused);
        let (was, is) = (before.is_some_and(under_way), under_way(face));
        let (files, percent) = face.batch;
        match face.activity {
            Activity::Uploading => {
                self.progress.set_text(words::tray_uploading(face.language, files, percent))?;
            }
            Activity::Paused => self.progress.set_text(words::tray_paused(face.language, face.waiting))?,
            Activity::Idle | Activity::Done => {}
        }
        match (was, is) {
            (false, true) => self.menu.prepend(&self.progress)?,
            (true, false) => self.menu.remove(&self.progress)?,
            _ => {}
        }
        self.pause.set_text(match face.activity {
            Activity::Paused => words::tray_resume(face.language),
            _ => words::tray_pause(face.language),
        })?;
        self.pause.set_enabled(is)
    }

    fn change_recent(&self, handle: &AppHandle, face: &Face) -> tauri::Result<()> {
        while self.recent.remove_at(0)?.is_some() {}
        if face.recent.is_empty() {
            let none = words::tray_recent_empty(face.language);
            return self.recent.append(&MenuItem::new(handle, none, false, None::<&str>)?);
        }
        for (receipt, name) in &face.recent {
            // A single `&` would mark the letter after it as a shortcut.
            let name = name.replace('&', "&&");
            let id = format!("recent-{}", receipt.0);
            self.recent.append(&MenuItem::with_id(handle, id, name, true, None::<&str>)?)?;
        }
        Ok(())
    }
}

/// One glyph a state. Panels of Linux and Windows are dark more often than not; macOS colours a template itself.
fn glyph(activity: Activity, attention: bool) -> Image<'static> {
    macro_rules! glyph {
        ($template:literal, $white:literal) => {
            if cfg!(target_os = "macos") { include_image!($template) } else { include_image!($white) }
        };
    }
    match activity {
        _ if attention => glyph!("../icons/tray-attention-32.png", "../icons/tray-attention-32-white.png"),
        Activity::Uploading => {
            glyph!("../icons/tray-uploading-32.png", "../icons/tray-uploading-32-white.png")
        }
        Activity::Paused => glyph!("../icons/tray-paused-32.png", "../icons/tray-paused-32-white.png"),
        Activity::Idle | Activity::Done => {
            glyph!("../icons/tray-idle-32.png", "../icons/tray-idle-32-white.png")
        }
    }
}

fn on_menu_event(handle: &AppHandle, id: &str) {
    let Some(api) = handle.try_state::<Shared>() else { return };
    let api = Shared::clone(&api);
    let id = id.to_owned();
    api.desktop().witness.tell("tray-clicked", json!({ "entry": id }));
    async_runtime::spawn(async move { chosen(&api, &id).await });
}

async fn chosen(api: &Shared, id: &str) {
    match id {
        "files" => quick::files(api).await,
        "clipboard" => quick::clipboard(api).await,
        "pause" => toggle_pause(api).await,
        "open" => {
            api.desktop().show_window();
            api.tell(Event::Show(Screen::Upload));
        }
        "quit" => drop(api.quit().await),
        _ => {
            let receipt = id.strip_prefix("recent-").and_then(|id| id.parse().ok());
            if let Some(receipt) = receipt {
                let links = crate::follow::links(api, vec![ReceiptId(receipt)]).await;
                api.desktop().write_clipboard(links.join("\n")).await;
            }
        }
    }
}

async fn toggle_pause(api: &Shared) {
    let Ok(queue) = api.queue().await else { return };
    let done = match queue.state.activity {
        Activity::Paused => api.resume().await,
        _ => api.pause().await,
    };
    if let Err(problem) = done {
        tracing::warn!(code = problem.code, "the queue did not follow the tray");
    }
}

/// Watches whether anybody shows the tray; without that, a hidden window could not be found again.
#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) async fn watch_host(api: Shared) {
    if let Err(error) = try_watch_host(&api).await {
        tracing::info!(%error, "no session bus to ask for a tray");
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
async fn try_watch_host(api: &Shared) -> zbus::Result<()> {
    use futures_util::StreamExt;
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    let bus = zbus::Connection::session().await?;
    let daemon = zbus::fdo::DBusProxy::new(&bus).await?;
    let mut changes = daemon.receive_name_owner_changed_with_args(&[(0, WATCHER)]).await?;
    let mut hosted = daemon.name_has_owner(WATCHER.try_into()?).await?;
    loop {
        api.desktop().tray_is_shown(hosted);
        let Some(change) = changes.next().await else { return Ok(()) };
        hosted = change.args()?.new_owner().is_some();
    }
}

/// The system itself shows the tray.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(crate) async fn watch_host(api: Shared) {
    api.desktop().tray_is_shown(true);
}
