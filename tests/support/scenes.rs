//! Every screen of the window, brought about by real acts on the real app: for pictures, and for tests of all screens.

use crate::{
    Page, Role, journey, samples, until,
    world::{Window, World, problem},
};
use anyhow::{Context, Result};
use demo_host::Fault;
use fantoccini::key::Key;
use ipc::{
    Host,
    view::{
        Activity, DefaultsView, ItemState, KeepKey, LanguageChoice, OptionsPatch, QueueView, SettingsPatch,
        SiteChoice,
    },
};
use serde_json::json;
use std::time::Duration;

/// A fault that is none, for a file whose turn it is not.
const NONE: Fault = Fault::Delay(Duration::ZERO);

/// The three sizes of the drawings, with the letter that their pictures have in their name.
pub const SIZES: [(char, (u32, u32)); 3] = [('d', (960, 680)), ('s', (480, 560)), ('w', (1440, 900))];

/// A screen, or a dialog on one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// The first run, its key tested.
    Onboarding,
    /// Nothing in the queue.
    Empty,
    /// The dialog for addresses, with what they came to.
    AddUrls,
    /// Twelve files, one known already, one that cannot be sent.
    Queue,
    /// The panel of one file.
    Edit,
    /// The panel of five files.
    EditMany,
    /// Files in every state of being sent.
    Uploading,
    /// Links.
    Done,
    /// Nothing arrived.
    DoneNone,
    /// The error report.
    Report,
    /// What was uploaded, one of it opened.
    History,
    /// The question before an entry goes.
    HistoryRemove,
    /// Settings.
    Settings,
}

impl Scene {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Onboarding,
        Self::Empty,
        Self::AddUrls,
        Self::Queue,
        Self::Edit,
        Self::EditMany,
        Self::Uploading,
        Self::Done,
        Self::DoneNone,
        Self::Report,
        Self::History,
        Self::HistoryRemove,
        Self::Settings,
    ];

    /// Its name in the names of pictures.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Onboarding => "onboarding",
            Self::Empty => "empty",
            Self::AddUrls => "add-urls",
            Self::Queue => "queue",
            Self::Edit => "edit",
            Self::EditMany => "edit-many",
            Self::Uploading => "uploading",
            Self::Done => "done",
            Self::DoneNone => "done-none",
            Self::Report => "report",
            Self::History => "history",
            Self::HistoryRemove => "history-remove",
            Self::Settings => "settings",
        }
    }
}

/// Brings a scene about in a world of its own, in English; the demo host takes this port if it is free.
///
/// # Errors
/// When a step does not lead to the next one.
pub async fn show(scene: Scene, port: u16) -> Result<(World, Window)> {
    let world = World::on_port(port).await?;
    world.settings(SettingsPatch { language: Some(LanguageChoice::En), ..SettingsPatch::default() }).await?;
    let window = match scene {
        Scene::Onboarding => onboarding(&world).await,
        Scene::Empty => empty(&world).await,
        Scene::AddUrls => add_urls(&world).await,
        Scene::Queue => queue(&world).await,
        Scene::Edit => edit(&world).await,
        Scene::EditMany => edit_many(&world).await,
        Scene::Uploading => uploading(&world).await,
        Scene::Done => done(&world).await,
        Scene::DoneNone => done_none(&world).await,
        Scene::Report => report(&world).await,
        Scene::History => history(&world).await,
        Scene::HistoryRemove => history_remove(&world).await,
        Scene::Settings => settings(&world).await,
    }
    .with_context(|| format!("the scene {scene:?}"))?;
    settle(&window.page).await?;
    Ok((world, window))
}

/// Switches the language and waits until the window speaks it.
///
/// # Errors
/// When the window does not follow.
pub async fn speak(world: &World, window: &Window, language: LanguageChoice) -> Result<()> {
    let lang = if language == LanguageChoice::Lt { "lt" } else { "en" };
    world.settings(SettingsPatch { language: Some(language), ..SettingsPatch::default() }).await?;
    until("the other language", async || {
        let spoken = window.page.client().execute("return document.documentElement.lang", Vec::new()).await;
        spoken.is_ok_and(|spoken| spoken == lang)
    })
    .await?;
    settle(&window.page).await
}

/// Waits until all pictures are loaded, nothing moves and the last change is drawn.
///
/// # Errors
/// When the page is gone or never comes to rest.
pub async fn settle(page: &Page) -> Result<()> {
    let settled = "
        const done = arguments[0];
        const pictures = [...document.images].filter((one) => one.checkVisibility());
        const loaded = pictures.every((one) => one.complete && one.naturalWidth > 0);
        const still = document.getAnimations().every((one) => one.playState !== 'running');
        document.fonts.ready.then(() =>
          requestAnimationFrame(() => requestAnimationFrame(() => done(loaded && still))),
        );";
    until("the page to come to rest", async || {
        page.client().execute_async(settled, Vec::new()).await.is_ok_and(|done| done == json!(true))
    })
    .await
}

async fn onboarding(world: &World) -> Result<Window> {
    let window = world.window().await?;
    let page = &window.page;
    page.press("Another Chevereto site").await?;
    page.fill("Address of the site", &world.demo.base_url()).await?;
    page.read("Keltas will use").await?;
    page.fill("API key", &world.demo.user_key()).await?;
    page.press("Test").await?;
    page.read("accepted the key").await?;
    Ok(window)
}

async fn empty(world: &World) -> Result<Window> {
    world.set_up().await?;
    let window = world.window().await?;
    window.page.read("Drop pictures or videos here").await?;
    Ok(window)
}

async fn add_urls(world: &World) -> Result<Window> {
    uploaded(world, 1).await?;
    let picture = world.demo.stored().into_iter().next().context("a picture was uploaded")?.url;
    let window = world.window().await?;
    let page = &window.page;
    page.press("Add image URLs").await?;
    page.fill("One address on each line", &format!("{picture}\n{}/nothing-here.png", world.demo.base_url()))
        .await?;
    page.press("Get 2 pictures").await?;
    page.see(Role::Button, "Add 1 picture").await?;
    Ok(window)
}

async fn queue(world: &World) -> Result<Window> {
    fill(world).await?;
    let window = world.window().await?;
    let page = &window.page;
    for name in ["dune-grass.jpg", "old town.jpg", "pienės.jpg"] {
        page.press(&format!("Select {name}")).await?;
    }
    page.read("3 selected").await?;
    Ok(window)
}

async fn edit(world: &World) -> Result<Window> {
    fill(world).await?;
    let patch = OptionsPatch {
        title: Some("Dune grass above Nida, September".to_owned()),
        tags: Some(vec!["dunes".to_owned(), "baltic".to_owned()]),
        ..OptionsPatch::default()
    };
    let first = items(world, |_| true).await?[..1].to_vec();
    world.api.set_options(first, patch).await.map_err(problem)?;
    let window = world.window().await?;
    window.page.press("dune-grass.jpg,").await?;
    window.page.inside("[data-region=panel]").see(Role::Button, "Remove tag baltic").await?;
    Ok(window)
}

async fn edit_many(world: &World) -> Result<Window> {
    fill(world).await?;
    let all = items(world, |_| true).await?;
    let tagged = |tags: &[&str]| OptionsPatch {
        tags: Some(tags.iter().map(|tag| (*tag).to_owned()).collect()),
        ..OptionsPatch::default()
    };
    world.api.set_options(all[..5].to_vec(), tagged(&["nida"])).await.map_err(problem)?;
    world.api.set_options(all[..2].to_vec(), tagged(&["nida", "dunes"])).await.map_err(problem)?;
    let window = world.window().await?;
    let page = &window.page;
    for name in ["dune-grass.jpg", "morning coffee.png", "pienės.jpg", "lighthouse.jpg", "fog & ferry.jpg"] {
        page.press(&format!("Select {name}")).await?;
    }
    page.press("Customize").await?;
    page.inside("[data-region=panel]").read("5 files selected").await?;
    Ok(window)
}

/// One file after the other has its fate; the last two are half sent and stay so.
async fn uploading(world: &World) -> Result<Window> {
    world.set_up().await?;
    parallel(world, 1).await?;
    let mut files = world.pictures(9)?;
    let large = [("harbour panorama.png", 1), ("dune panorama.png", 2)];
    for (at, (name, number)) in large.into_iter().enumerate() {
        files.insert(6 + at, samples::large(&world.folder().join("pictures").join(name), number)?);
    }
    world.add(&files).await?;
    for fault in [
        NONE,
        NONE,
        Fault::Approval,
        Fault::Incident,
        Fault::PhpWarning,
        NONE,
        Fault::Stall(45),
        Fault::Stall(27),
    ] {
        world.demo.play(fault);
    }
    let window = world.window().await?;
    window.page.press("Upload 11 files").await?;
    until("the first large file is under way", async || world.received().len() >= 6).await?;
    parallel(world, 2).await?;
    world.until("two files are being sent", |queue| (under_way(queue) == 2).then_some(())).await?;
    window.page.read("Needs you").await?;
    Ok(window)
}

async fn done(world: &World) -> Result<Window> {
    let window = ended_with_trouble(world).await?;
    window.page.see(Role::Button, "Copy all").await?;
    Ok(window)
}

async fn done_none(world: &World) -> Result<Window> {
    world.set_up().await?;
    let files = world.pictures(4)?;
    world.add(&files).await?;
    for _ in &files {
        world.demo.play(Fault::Incident);
    }
    let window = world.window().await?;
    window.page.press("Upload 4 files").await?;
    window.page.read("No files have been uploaded").await?;
    Ok(window)
}

async fn report(world: &World) -> Result<Window> {
    let window = ended_with_trouble(world).await?;
    window.page.press("Learn more").await?;
    window.page.see(Role::Button, "Copy report").await?;
    until("the report", async || {
        let text = window.page.text().await.unwrap_or_default();
        !text.contains("Putting the report together")
    })
    .await?;
    Ok(window)
}

async fn history(world: &World) -> Result<Window> {
    uploaded(world, 12).await?;
    let window = world.window().await?;
    let page = &window.page;
    page.press("History").await?;
    page.press("morning coffee").await?;
    page.inside("[data-region=panel]").see(Role::Button, "Remove from history").await?;
    Ok(window)
}

async fn history_remove(world: &World) -> Result<Window> {
    let window = history(world).await?;
    window.page.press("Remove from history").await?;
    window.page.see(Role::Button, "Remove both").await?;
    Ok(window)
}

async fn settings(world: &World) -> Result<Window> {
    uploaded(world, 1).await?;
    let window = world.window().await?;
    window.page.keys(&format!("{},", char::from(Key::Control))).await?;
    window.page.read("Files at the same time").await?;
    Ok(window)
}

/// The app's own demo host, and a queue of twelve files, one that was uploaded before and one that cannot be sent.
async fn fill(world: &World) -> Result<()> {
    world.api.save_site(SiteChoice::Demo, String::new(), KeepKey::Session).await.map_err(problem)?;
    let site = world.api.hello().await.map_err(problem)?.sites.into_iter().next();
    let album = site.and_then(|site| site.albums.into_iter().next());
    let defaults = DefaultsView { album, ..DefaultsView::default() };
    world.api.set_defaults(defaults).await.map_err(problem)?;
    let known = world.write("Nida from the lagoon.png", &samples::png(11)?)?;
    world.add(std::slice::from_ref(&known)).await?;
    send(world).await?;
    world.api.new_upload().await.map_err(problem)?;
    let mut files = world.pictures(12)?;
    files.push(known);
    files.push(world.write("invoice.pdf", b"%PDF-1.7\n1 0 obj\n")?);
    world.add(&files).await?;
    Ok(())
}

/// Seven files sent, one of which waits for approval and one failed.
async fn ended_with_trouble(world: &World) -> Result<Window> {
    uploaded(world, 0).await?;
    parallel(world, 1).await?;
    world.add(&world.pictures(7)?).await?;
    for fault in [NONE, NONE, NONE, Fault::Approval, Fault::Incident] {
        world.demo.play(fault);
    }
    let window = world.window().await?;
    journey::upload(&window.page, "7 files").await?;
    Ok(window)
}

/// A site with an album as the default, and this many files uploaded to it.
async fn uploaded(world: &World, count: usize) -> Result<()> {
    world.set_up().await?;
    let site = world.until("a site", |queue| queue.state.site).await?;
    let album = world.demo.albums().into_iter().find(|album| album.own).context("the user has an album")?;
    let album = world.api.save_album(site, album.url, "Curonian Spit".to_owned()).await.map_err(problem)?;
    let defaults = DefaultsView { album: Some(album), ..DefaultsView::default() };
    world.api.set_defaults(defaults).await.map_err(problem)?;
    if count == 0 {
        return Ok(());
    }
    world.add(&world.pictures(count)?).await?;
    send(world).await?;
    world.api.new_upload().await.map_err(problem)
}

async fn send(world: &World) -> Result<()> {
    world.api.upload(None).await.map_err(problem)?;
    world.until("the upload has ended", |queue| (queue.state.activity == Activity::Done).then_some(())).await
}

async fn parallel(world: &World, count: u8) -> Result<()> {
    world.settings(SettingsPatch { parallel: Some(count), ..SettingsPatch::default() }).await
}

/// The items of the queue that are meant, in its order.
async fn items(world: &World, meant: impl Fn(&ItemState) -> bool) -> Result<Vec<i64>> {
    let queue = world.api.queue().await.map_err(problem)?;
    Ok(queue.items.iter().filter(|item| meant(&item.state)).map(|item| item.id).collect())
}

fn under_way(queue: &QueueView) -> usize {
    let sending = |state: &ItemState| matches!(state, ItemState::Sending { .. } | ItemState::Answering);
    queue.items.iter().filter(|item| sending(&item.state)).count()
}
