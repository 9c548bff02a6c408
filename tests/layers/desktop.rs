//! The real window on a real desktop: a private session with a window manager, a bus, a keyring, a tray and
//! notifications, and other programs that drag, copy and paste.

use anyhow::{Context, Result};
use demo_host::{DemoHost, KeyKind, Options, Received};
use std::{fs, path::Path, process::Stdio};
use support::{
    Role,
    app::{App, binary},
    drag,
    journey::{self, Shape},
    notifications::Notifications,
    process::Process,
    samples,
    session::Session,
    tray::Tray,
    until,
};
use tokio::sync::{Mutex, MutexGuard};

/// One desktop after the other: two windows that paint in software would only wait for each other.
static TURN: Mutex<()> = Mutex::const_new(());

/// A desktop and a site, and the app running between them with the site set up.
struct World {
    // In this order they end: the app, what it talks to, then the session below all.
    app: App,
    notifications: Notifications,
    tray: Tray,
    host: DemoHost,
    session: Session,
    _turn: MutexGuard<'static, ()>,
}

impl World {
    /// First run in the window: the site by its address, the key typed and kept in the keyring.
    async fn start() -> Result<Self> {
        let turn = TURN.lock().await;
        let session = Session::start().await?.with_keyring().await?;
        let (tray, notifications) = (Tray::start(&session).await?, Notifications::start(&session).await?);
        let host = DemoHost::start(Options::new(session.path().join("site")))?;
        let app = App::start(&session, &[]).await?;
        journey::first_run(&app.page, &host.base_url(), &host.user_key()).await?;
        Ok(Self { app, notifications, tray, host, session, _turn: turn })
    }

    /// The text that another program finds on the clipboard.
    fn pasted(&self) -> Result<String> {
        self.session.output("xclip", &["-selection", "clipboard", "-o"])
    }

    /// Another program puts a picture on the clipboard.
    fn copy_picture(&self, png: &[u8]) -> Result<()> {
        self.session.feed("xclip", &["-selection", "clipboard", "-t", "image/png", "-i"], png)
    }

    /// A file manager puts files on the clipboard, with the pixels of the first; it offers them until it ends.
    fn copy_files(&self, files: &[&Path]) -> Result<Process> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/support/scripts/copied_files.py");
        // The system's own, which has the GTK bindings of its packages.
        let mut program = self.session.command("/usr/bin/python3");
        program.arg(script).args(files);
        Ok(Process::start_with_line(&mut program)?.0)
    }

    /// Another program offers a picture and never answers who asks for it.
    fn copy_picture_in_silence(&self) -> Result<Process> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/support/scripts/silent_owner.py");
        let mut program = self.session.command("/usr/bin/python3");
        program.arg(script);
        Ok(Process::start_with_line(&mut program)?.0)
    }

    /// Ctrl+V in the app's window.
    fn paste(&self) -> Result<()> {
        let window = ["search", "--onlyvisible", "--name", "^Keltas", "windowactivate", "--sync"];
        self.session.output("xdotool", &window)?;
        self.session.output("xdotool", &["key", "ctrl+v"]).map(drop)
    }

    /// Closes the window as the window manager does, and lets the app keep running.
    async fn close_to_tray(&mut self) -> Result<()> {
        self.session.output("wmctrl", &["-c", "Keltas"])?;
        self.app.page.press_last("Keep running").await?;
        self.app.events.wait("window-hidden").await.map(drop)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dragged_shaped_uploaded_copied_and_still_there_after_a_restart() -> Result<()> {
    let mut world = World::start().await?;
    let files = samples::write(&world.session.path().join("pictures"), 3)?;

    drag::files(&world.session, &mut world.app, &files).await?;
    let taken = world.app.events.wait("intake-done").await?;
    assert_eq!(taken["added"], 3);

    let page = world.app.page.clone();
    let told = Shape {
        title: "Kopos prie Nidos",
        description: "Grass on a dune",
        tags: "sea,dune grass",
        expiration: "3 days",
    };
    journey::shape(&page, "morning coffee.png", told).await?;
    journey::upload(&page, "3 files").await?;
    let done = world.app.events.wait("batch-done").await?;
    assert_eq!(done["links"].as_array().map(Vec::len), Some(3));

    let received = world.host.received();
    let sent: Vec<&Received> = received.iter().filter(|request| request.file.is_some()).collect();
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|request| request.key == KeyKind::User));
    let shaped = of(&sent, "morning coffee.png")?;
    assert_eq!(shaped.field("title"), Some("Kopos prie Nidos"));
    assert_eq!(shaped.field("description"), Some("Grass on a dune"));
    assert_eq!(shaped.field("tags"), Some("sea,dune grass"));
    assert_eq!(shaped.field("expiration"), Some("P3D"));
    assert_eq!(shaped.field("nsfw"), Some("1"));
    let plain = of(&sent, "dune-grass.jpg")?;
    assert_eq!((plain.field("tags"), plain.field("expiration")), (None, None));
    assert_ne!(plain.field("nsfw"), Some("1"));
    for file in &files {
        let name = file.file_name().and_then(|name| name.to_str()).context("a sample has a name")?;
        let stored = world.host.stored();
        let stored =
            stored.iter().find(|stored| stored.original_filename == name).context("the host has it")?;
        assert!(fs::read(&stored.original)? == fs::read(file)?, "{name} changed on its way");
    }

    page.press("Copy all 3 links").await?;
    world.app.events.wait("copied").await?;
    let links = world.pasted()?;
    let viewers: Vec<String> = world.host.stored().into_iter().map(|stored| stored.url_viewer).collect();
    assert_eq!(links.lines().count(), 3);
    assert!(links.lines().all(|link| viewers.iter().any(|viewer| viewer == link)), "{links}");

    world.app.quit(&world.session).await?;
    assert_no_key(&world.session.app_home(), &world.host.user_key())?;
    world.app = App::start(&world.session, &[]).await?;
    let page = world.app.page.clone();
    page.press("History").await?;
    for stored in world.host.stored() {
        page.see(Role::Button, &stored.title).await?;
    }

    // The key is still known: a second launch hands a file over, and it goes to the site without a question.
    let more = samples::write(&world.session.path().join("more"), 4)?;
    let folder = more[3].parent().context("a file has a folder")?;
    let mut second = world.session.command(binary()?);
    second.current_dir(folder).arg("lighthouse.jpg").stdout(Stdio::null()).stderr(Stdio::null());
    assert!(second.status()?.success());
    assert_eq!(world.app.events.wait("second-launch").await?["files"], 1);
    world.app.events.wait("intake-done").await?;
    page.press("New upload").await?;
    journey::upload(&page, "1 file").await?;
    assert_eq!(world.host.stored().len(), 4);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tray_uploads_a_screenshot_while_the_window_is_hidden() -> Result<()> {
    let mut world = World::start().await?;
    world.close_to_tray().await?;

    world.copy_picture(&samples::png(7)?)?;
    world.tray.click("Upload clipboard").await?;
    let done = world.app.events.wait("batch-done").await?;
    let stored = world.host.stored();
    assert_eq!(stored.len(), 1);
    let link = stored[0].url_viewer.clone();
    assert_eq!(done["links"][0], link);
    same_picture(&stored[0].original, &samples::png(7)?)?;

    let shown = world.notifications.wait(1).await?;
    assert_eq!((shown.summary.as_str(), shown.body.as_str()), ("Link copied", link.as_str()));
    assert_eq!(world.pasted()?, link);
    world.tray.see(&stored[0].original_filename).await?;

    world.tray.click("Open Keltas").await?;
    world.app.events.wait("window-shown").await?;
    world.app.page.press("New upload").await?;
    world.copy_picture(&samples::png(8)?)?;
    world.paste()?;
    journey::upload(&world.app.page, "1 file").await?;
    let stored = world.host.stored();
    assert_eq!(stored.len(), 2);
    same_picture(&stored[1].original, &samples::png(8)?)?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn d08_an_animation_on_the_clipboard_goes_as_its_file() -> Result<()> {
    let world = World::start().await?;
    let file = world.session.path().join("pictures").join("cat.gif");
    samples::animation(&file)?;
    let _owner = world.copy_files(&[&file])?;
    let page = world.app.page.clone();
    page.press("Upload clipboard").await?;
    page.press("cat.gif").await?;
    let panel = page.inside("[data-region=panel]");
    panel.read("Off for animations and videos").await?;
    panel.press("Done").await?;
    journey::upload(&page, "1 file").await?;
    let stored = world.host.stored();
    assert_eq!(stored.len(), 1, "the bitmap beside the file is no second picture");
    assert!(fs::read(&stored[0].original)? == fs::read(&file)?, "the animation changed on its way");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn d07_a_picture_on_the_clipboard_goes_as_it_is_offered() -> Result<()> {
    let world = World::start().await?;
    let page = world.app.page.clone();
    // Packed by another program in another way than ours.
    let png = samples::png(5)?;
    world.copy_picture(&png)?;
    page.press("Upload clipboard").await?;
    journey::upload(&page, "1 file").await?;
    let stored = world.host.stored();
    assert!(fs::read(&stored[0].original)? == png, "the very bytes that were offered");

    let _owner = world.copy_picture_in_silence()?;
    page.press("New upload").await?;
    page.press("Upload clipboard").await?;
    // Meanwhile the window is there for other things.
    page.press("History").await?;
    page.see(Role::Button, &stored[0].title).await?;
    page.read("The program that copied it does not hand it over.").await?;
    assert_eq!(world.host.stored().len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tray_menu_quits_and_nothing_is_left_running() -> Result<()> {
    let mut world = World::start().await?;
    world.close_to_tray().await?;
    world.tray.click("Quit").await?;
    until("the app's end", async || !is_running(&world.session)).await
}

/// Whether a process of the session still runs the app.
fn is_running(session: &Session) -> bool {
    let Ok(binary) = binary() else { return false };
    let home = format!("KELTAS_HOME={}", session.app_home().display());
    let Ok(processes) = fs::read_dir("/proc") else { return false };
    processes.flatten().any(|process| {
        fs::read_link(process.path().join("exe")).is_ok_and(|exe| exe == binary)
            && fs::read(process.path().join("environ")).is_ok_and(|environment| {
                environment.split(|byte| *byte == 0).any(|one| one == home.as_bytes())
            })
    })
}

fn of<'a>(sent: &[&'a Received], name: &str) -> Result<&'a Received> {
    let found = sent.iter().find(|request| request.file.as_ref().is_some_and(|file| file.name == name));
    found.copied().with_context(|| format!("the host received {name}"))
}

/// The stored picture shows the same pixels; a clipboard carries pixels, not files.
fn same_picture(stored: &Path, png: &[u8]) -> Result<()> {
    let stored = image::load_from_memory(&fs::read(stored)?)?.to_rgb8();
    let offered = image::load_from_memory(png)?.to_rgb8();
    assert!(stored == offered, "the picture changed on its way");
    Ok(())
}

/// No file of the app holds the key.
fn assert_no_key(folder: &Path, key: &str) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            assert_no_key(&path, key)?;
        } else {
            let bytes = fs::read(&path)?;
            let found = bytes.windows(key.len()).any(|part| part == key.as_bytes());
            assert!(!found, "the key is in {}", path.display());
        }
    }
    Ok(())
}
