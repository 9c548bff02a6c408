//! `keltas upload`: files in, links out, in the order given.

use std::collections::HashSet;
use std::sync::Arc;

use app::{App, SiteChoice};
use engine::{Album, Change, Item, ItemId, OptionsPatch, Origin, Phase, Problem, Receipt, TagsPatch, Wish};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::arguments::Upload;
use crate::{Console, Ending};

/// Uploads and prints the links.
pub(crate) async fn run(app: &App, upload: &Upload, console: &Console) -> Ending {
    let (site, name) = match site(app, upload, console).await {
        Ok(found) => found,
        Err(problem) => {
            console.problem("keltas", &problem);
            return Ending::Nothing;
        }
    };
    let mut changes = app.engine().subscribe();
    console.say("cli-adding", &[]);
    let added = app.add_paths(upload.files.clone(), Origin::CommandLine).await;
    if let Some(problem) = &added.problem {
        console.problem("keltas", problem);
        return Ending::Nothing;
    }
    let sent = send(app, upload, &added.items, &name, &mut changes, console).await;
    let ending = match sent {
        Ok(()) => finish(app, upload, &added.items, &name, console).await,
        Err(problem) => {
            console.problem(&site, &problem);
            // Links of what did arrive are printed all the same.
            match finish(app, upload, &added.items, &name, console).await {
                Ending::Nothing => Ending::Nothing,
                _ => Ending::Partly,
            }
        }
    };
    // The queue is left empty; what arrived is in the history.
    if let Err(error) = app.engine().remove(added.items).await {
        console.problem("keltas", &app::problem::of_engine(&error));
    }
    ending
}

/// The site to upload to: its address and its name.
async fn site(app: &App, upload: &Upload, console: &Console) -> Result<(String, String), Problem> {
    let current = app.current_site().await?.map(SiteChoice::Known);
    let choice = upload.site.clone().or(current).unwrap_or(SiteChoice::Imgximg);
    match app.adopt_site(&choice).await {
        Ok(facts) => Ok((facts.site.base, facts.site.name)),
        Err(problem) => {
            if problem.code == app::Code::KeyMissing.as_str() {
                let address = app.address_of(&choice).await?.base;
                console.say("cli-key-how", &[("site", address.into())]);
            }
            Err(problem)
        }
    }
}

/// Shapes the items, sends those that can be sent and waits for the end. An error is one of the site as a whole.
async fn send(
    app: &App,
    upload: &Upload,
    ids: &[ItemId],
    site: &str,
    changes: &mut Receiver<Change>,
    console: &Console,
) -> Result<(), Problem> {
    let engine = app.engine();
    let patch = patch(upload)?;
    app::check_options(&patch)?;
    engine.set_options(ids.to_vec(), patch).await.map_err(|error| app::problem::of_engine(&error))?;
    let items = settled(app, ids, changes, |item| item.phase == Phase::Preparing).await?;
    let ready: Vec<ItemId> =
        items.iter().filter(|item| item.phase == Phase::Ready).map(|item| item.id).collect();
    if ready.is_empty() {
        return Ok(());
    }
    console.say("cli-sending", &[("count", ready.len().into()), ("site", site.into())]);
    engine.upload(Some(ready.clone())).await.map_err(|error| app::problem::of_engine(&error))?;
    let ended = tokio::select! {
        ended = settled(app, &ready, changes, |item| item.phase.is_pending()) => ended.map(drop),
        _ = tokio::signal::ctrl_c() => {
            console.say("cli-cancelled", &[]);
            Ok(())
        }
    };
    // Whatever still waits, because of a signal or because the site cannot be reached, does not go later unseen.
    engine.cancel().await.map_err(|error| app::problem::of_engine(&error))?;
    ended
}

fn patch(upload: &Upload) -> Result<OptionsPatch, Problem> {
    let album = match &upload.album {
        Some(link) => {
            let id = app::album_id(link)?;
            Some(Wish::Some(Album { name: id.clone(), id }))
        }
        None => None,
    };
    Ok(OptionsPatch {
        title: upload.title.clone().map(Some),
        description: upload.description.clone().map(Some),
        tags: (!upload.tags.is_empty()).then(|| TagsPatch::Set(upload.tags.clone())),
        album,
        category: upload.category.map(Wish::Some),
        expiration: upload.expire.clone().map(Wish::Some),
        width: upload.width.map(Some),
        nsfw: Some(Some(upload.nsfw)),
        ..OptionsPatch::default()
    })
}

/// Waits until none of the items is `unsettled`. A pause of the site that needs a person, or that no request of
/// ours ends, is an error: nobody sits before a command to help it.
async fn settled(
    app: &App,
    ids: &[ItemId],
    changes: &mut Receiver<Change>,
    unsettled: impl Fn(&Item) -> bool,
) -> Result<Vec<Arc<Item>>, Problem> {
    let wanted: HashSet<ItemId> = ids.iter().copied().collect();
    loop {
        let snapshot = app.engine().snapshot().await.map_err(|error| app::problem::of_engine(&error))?;
        let pauses = &snapshot.queue.site_pauses;
        let items: Vec<Arc<Item>> =
            snapshot.items.into_iter().filter(|item| wanted.contains(&item.id)).collect();
        if !items.iter().any(|item| unsettled(item)) {
            return Ok(items);
        }
        let asked_to_wait = ["flood", "rate-limited"];
        let stuck = |pause: &&engine::SitePause| {
            pause.not_before.is_none() || !asked_to_wait.contains(&pause.problem.code.as_str())
        };
        if let Some(pause) = pauses.iter().find(stuck) {
            return Err(pause.problem.clone());
        }
        loop {
            match changes.recv().await {
                Ok(Change::Queue(_)) | Err(RecvError::Lagged(_)) => break,
                Ok(_) => {}
                Err(RecvError::Closed) => return Err(app::Code::EngineClosed.problem()),
            }
        }
    }
}

/// Says what became of each file and prints the links.
async fn finish(app: &App, upload: &Upload, ids: &[ItemId], site: &str, console: &Console) -> Ending {
    let engine = app.engine();
    let found = async {
        let snapshot = engine.snapshot().await?;
        let items: Vec<Arc<Item>> =
            snapshot.items.into_iter().filter(|item| ids.contains(&item.id)).collect();
        let receipts =
            engine.receipts(items.iter().filter_map(|item| item.phase.receipt()).collect()).await?;
        Ok::<_, engine::Error>((items, receipts))
    };
    let (items, receipts) = match found.await {
        Ok(found) => found,
        Err(error) => {
            console.problem("keltas", &app::problem::of_engine(&error));
            return Ending::Nothing;
        }
    };
    let arrived = items.iter().filter(|item| told(item, &receipts, site, console)).count();
    for rendered in app::links::render(&receipts, upload.form) {
        let name = receipts.iter().find(|receipt| receipt.id == rendered.receipt).map(|one| one.name.clone());
        let name = name.unwrap_or_default();
        match rendered.text {
            Some(text) => console.result(&text),
            None => console.say("cli-approval", &[("name", name.as_str().into())]),
        }
        if rendered.instead.is_some() {
            console.say("cli-instead", &[("name", name.into())]);
        }
    }
    match arrived {
        0 => Ending::Nothing,
        all if all == items.len() => Ending::Done,
        _ => Ending::Partly,
    }
}

/// Says what became of one file; whether it is on the site.
fn told(item: &Item, receipts: &[Receipt], site: &str, console: &Console) -> bool {
    let name = item.name.as_str();
    match &item.phase {
        Phase::Done { receipt } => {
            console.say("cli-done", &[("name", name.into())]);
            let notes = receipts.iter().filter(|one| one.id == *receipt).flat_map(|one| &one.notes);
            for note in notes {
                let words = l10n::problem(console.language(), &note.code, &note.args);
                console.say("cli-changed", &[("name", name.into()), ("detail", words.detail.into())]);
            }
            true
        }
        Phase::Duplicate { .. } => {
            console.say("cli-duplicate", &[("name", name.into()), ("site", site.into())]);
            true
        }
        Phase::Refused { problem } | Phase::Failed { problem, .. } | Phase::Unknown { problem, .. } => {
            console.problem(name, problem);
            false
        }
        Phase::Preparing | Phase::Ready | Phase::Waiting { .. } | Phase::Sending { .. } => false,
    }
}
