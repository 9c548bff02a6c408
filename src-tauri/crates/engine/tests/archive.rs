//! What was kept, and the way out of one store and into another.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod support;

use std::time::Duration;

use engine::problem::PACE_LIMIT;
use engine::{
    Deletion, Engine, Entry, Error, HistoryQuery, Imported, KeptId, Period, Phase, Policy, RateLimit,
    Receipt, Retry, Scope, Timestamp, VaultQuery,
};
use secrecy::ExposeSecret;
use support::{World, arrival, site};

const LATER: Timestamp = Timestamp(9_000_000_000);

/// Uploads files of these names in one batch, a second apart.
async fn uploaded(world: &World, names: &[&str]) {
    world.added(names).await;
    world.upload().await;
    for name in names {
        let mut answer = arrival(name);
        if name.contains("no link") {
            answer.delete_link = None;
        }
        world.call().await.answers(Ok(answer));
        world.clock.advance(Duration::from_secs(1));
    }
    world.batch_done().await;
    world.engine.finish().await.unwrap();
}

async fn world_with(names: &[&str]) -> World {
    let world = World::with(Policy { parallel: 1, ..Policy::default() }).await;
    uploaded(&world, names).await;
    world
}

async fn history(engine: &Engine) -> Vec<Receipt> {
    engine.history(HistoryQuery { limit: 500, ..HistoryQuery::default() }).await.unwrap().receipts
}

async fn names(engine: &Engine) -> Vec<String> {
    history(engine).await.into_iter().map(|receipt| receipt.name).collect()
}

async fn exported(engine: &Engine, query: HistoryQuery, delete_links: bool) -> Vec<Entry> {
    let push = |all: &mut Vec<Entry>, entry| {
        all.push(entry);
        Ok::<_, Error>(())
    };
    engine.export(query, delete_links, Vec::new(), push).await.unwrap()
}

async fn imported(engine: &Engine, entries: Vec<Entry>) -> Imported {
    let read =
        move |take: &mut dyn FnMut(Entry) -> Result<(), Error>| entries.iter().cloned().try_for_each(take);
    engine.import(LATER, read).await.unwrap()
}

#[tokio::test]
async fn kept_delete_links_are_listed_given_out_one_by_one_and_forgotten() {
    let world = world_with(&["a.png", "b.png", "no link.png"]).await;
    world.engine.clear_history(true).await.unwrap();
    let first = world.engine.vault(VaultQuery { after: None, limit: 1 }).await.unwrap();
    assert_eq!((first.kept[0].name.as_str(), first.more, first.total), ("b.png", true, 2));
    assert_eq!(first.kept[0].viewer.as_deref(), Some("https://site.example/view/b.png"));
    let last = world.engine.vault(VaultQuery { after: Some(first.kept[0].id), limit: 1 }).await.unwrap();
    assert_eq!((last.kept[0].name.as_str(), last.more), ("a.png", false));
    assert!(!format!("{first:?}{last:?}").contains("/delete/"), "a delete link is in no debug output");

    let (a, b) = (last.kept[0].id, first.kept[0].id);
    assert_eq!(
        world.engine.vault_link(a).await.unwrap().expose_secret(),
        "https://site.example/delete/a.png"
    );
    assert_eq!(world.engine.kept(a).await.unwrap(), last.kept[0]);
    world.engine.forget_kept(b).await.unwrap();
    assert_eq!(world.engine.forget_kept(b).await, Err(Error::UnknownKept(b)));
    assert_eq!(world.engine.vault_link(b).await.err(), Some(Error::UnknownKept(b)));
    assert_eq!(world.engine.delete_links_kept().await.unwrap(), 1);

    uploaded(&world, &["c.png"]).await;
    world.engine.clear_history(true).await.unwrap();
    let ids: Vec<KeptId> =
        world.engine.vault(VaultQuery::default()).await.unwrap().kept.iter().map(|kept| kept.id).collect();
    assert!(ids.len() == 2 && !ids.contains(&b), "an id is never used again: {ids:?}");
}

#[tokio::test]
async fn a_history_goes_out_of_one_store_and_whole_into_another() {
    let old = world_with(&["1.png", "2.png", "no link.png"]).await;
    uploaded(&old, &["3.png"]).await;
    old.engine.mark_deleted(history(&old.engine).await[0].id).await.unwrap();
    let entries = exported(&old.engine, HistoryQuery::default(), true).await;
    assert!(!format!("{entries:?}").contains("/delete/"), "a delete link is in no debug output");

    let new = World::new().await;
    let came = imported(&new.engine, entries.clone()).await;
    assert_eq!(came, Imported { added: 4, known: 0, delete_links: 2 });
    let (before, after) = (history(&old.engine).await, history(&new.engine).await);
    let comparable = |receipt: &Receipt| Receipt {
        id: engine::ReceiptId(0),
        item: None,
        site: engine::SiteId(0),
        batch: engine::BatchId(0),
        ..receipt.clone()
    };
    assert_eq!(
        after.iter().map(comparable).collect::<Vec<_>>(),
        before.iter().map(comparable).collect::<Vec<_>>()
    );
    assert_eq!(after[1].batch, after[2].batch);
    assert_ne!(after[0].batch, after[1].batch);
    let link = new.engine.delete_link(after[1].id).await.unwrap().unwrap();
    assert_eq!(link.expose_secret(), "https://site.example/delete/1.png");

    let again = imported(&new.engine, entries).await;
    assert_eq!(again, Imported { added: 0, known: 4, delete_links: 0 }, "twice is once");
    assert_eq!(
        imported(&old.engine, exported(&new.engine, HistoryQuery::default(), true).await).await.added,
        0
    );
}

#[tokio::test]
async fn imported_uploads_lie_among_the_others_by_time_are_found_and_known_as_duplicates() {
    let old = world_with(&["summer.png"]).await;
    uploaded(&old, &["winter.png"]).await;
    let entries = exported(&old.engine, HistoryQuery::default(), false).await;

    // Between the two, something was uploaded from here.
    let new = World::new().await;
    new.clock.advance(Duration::from_millis(500));
    uploaded(&new, &["here.png"]).await;
    assert_eq!(imported(&new.engine, entries).await.added, 2);
    assert_eq!(names(&new.engine).await, ["winter.png", "here.png", "summer.png"]);
    let search = HistoryQuery { search: Some("winter".to_owned()), ..HistoryQuery::default() };
    let found = new.engine.history(search).await.unwrap();
    assert_eq!(found.total, Some(1));
    assert_eq!(found.receipts[0].deletion, Deletion::Unavailable, "no delete link was asked for");
    assert_eq!(found.receipts[0].site, new.site, "the site is set up here, so it is the same");
    let mut paged = Vec::new();
    let mut query = HistoryQuery { limit: 1, ..HistoryQuery::default() };
    while let Some(receipt) = new.engine.history(query.clone()).await.unwrap().receipts.pop() {
        query.after = Some(receipt.id);
        paged.push(receipt.name);
    }
    assert_eq!(paged, ["winter.png", "here.png", "summer.png"]);

    let again = new.added(&["summer.png"]).await;
    new.until_phase(again[0], "it is known", |phase| matches!(phase, Phase::Duplicate { .. })).await;
}

#[tokio::test]
async fn imported_uploads_count_for_a_limit_by_their_moment_and_not_by_their_place() {
    let old = world_with(&["long ago.png"]).await;
    let entries = exported(&old.engine, HistoryQuery::default(), false).await;

    let new = World::with(Policy { parallel: 1, ..Policy::default() }).await;
    new.clock.advance(Duration::from_secs(3600));
    new.added(&["1.png", "2.png", "3.png"]).await;
    new.upload().await;
    new.call().await.arrives();
    new.call().await.arrives();
    let limit = Retry::Limit(RateLimit { uploads: Some(2), period: Period::Minute });
    new.call().await.fails("flood", limit, Scope::Site, true);
    new.until("it is learned", |now| now.queue.site_pauses.len() == 1).await;
    new.engine.pause_now().await.unwrap();
    // The newest by its place, and the oldest by its moment.
    assert_eq!(imported(&new.engine, entries).await.added, 1);

    let new = new.restarted().await;
    new.engine.key_changed(new.site).await.unwrap();
    new.engine.resume().await.unwrap();
    let by_itself = |now: &engine::Snapshot| {
        now.queue.site_pauses.first().is_some_and(|pause| pause.problem.code == PACE_LIMIT)
    };
    new.until("the two of this minute are known", by_itself).await;
    new.assert_no_call().await;
    new.clock.advance(Duration::from_secs(60));
    new.call().await.arrives();
}

#[tokio::test]
async fn what_the_filters_show_is_what_goes_out() {
    let world = world_with(&["sea 1.png", "sea 2.png", "hill.png"]).await;
    world.engine.forget(vec![history(&world.engine).await[0].id], true).await.unwrap();
    let count = async |search: Option<&str>, delete_links| {
        let query = HistoryQuery { search: search.map(str::to_owned), limit: 1, ..HistoryQuery::default() };
        let entries = exported(&world.engine, query, delete_links).await;
        let secrets = entries.iter().filter(|entry| match entry {
            Entry::Receipt { delete_link, .. } => delete_link.is_some(),
            Entry::Kept { .. } => true,
        });
        (entries.len(), secrets.count())
    };
    assert_eq!(count(None, false).await, (2, 0));
    assert_eq!(count(None, true).await, (3, 3), "the vault is part of everything");
    assert_eq!(count(Some("sea"), true).await, (1, 1), "and of no search");
}

#[tokio::test]
async fn delete_links_find_their_uploads_whichever_comes_first() {
    let world = world_with(&["a.png", "b.png"]).await;
    let with = exported(&world.engine, HistoryQuery::default(), true).await;
    let without = exported(&world.engine, HistoryQuery::default(), false).await;

    world.engine.clear_history(true).await.unwrap();
    assert_eq!(
        imported(&world.engine, without.clone()).await,
        Imported { added: 2, known: 0, delete_links: 0 }
    );
    assert!(history(&world.engine).await.iter().all(|receipt| receipt.deletion == Deletion::Possible));
    assert_eq!(world.engine.vault(VaultQuery::default()).await.unwrap().total, 0, "each is in one place");

    let new = World::new().await;
    imported(&new.engine, without).await;
    assert_eq!(imported(&new.engine, with.clone()).await, Imported { added: 0, known: 2, delete_links: 2 });
    new.engine.mark_deleted(history(&new.engine).await[0].id).await.unwrap();
    assert_eq!(imported(&new.engine, with).await.delete_links, 0, "what was used up does not come back");
}

#[tokio::test]
async fn a_site_that_is_not_set_up_is_named_and_becomes_the_site_when_it_is() {
    let old = world_with(&["a.png"]).await;
    let entries = exported(&old.engine, HistoryQuery::default(), true).await;
    let new = World::new().await;
    new.engine.remove_site(new.site).await.unwrap();
    let other = entries.into_iter().map(|entry| match entry {
        Entry::Receipt { mut site, receipt, delete_link } => {
            (site.base, site.name) = ("https://other.example".to_owned(), "Other".to_owned());
            Entry::Receipt { site, receipt, delete_link }
        }
        kept @ Entry::Kept { .. } => kept,
    });
    imported(&new.engine, other.collect()).await;
    assert!(new.engine.sites().await.unwrap().is_empty(), "nothing was set up");
    let at = history(&new.engine).await[0].site;
    assert_eq!(new.engine.site(at).await.unwrap().name, "Other");
    let set_up = engine::Site { base: "https://other.example".to_owned(), ..site("Mine") };
    assert_eq!(new.engine.save_site(set_up).await.unwrap(), at);
    assert_eq!(new.engine.sites().await.unwrap()[0].name, "Mine");
}

#[tokio::test]
async fn a_site_that_is_removed_takes_no_delete_link_with_it() {
    let world = world_with(&["a.png", "b.png"]).await;
    let [a, b] = history(&world.engine).await.try_into().unwrap();
    world.engine.forget(vec![a.id], true).await.unwrap();
    world.engine.remove_site(world.site).await.unwrap();
    assert!(world.engine.delete_link(b.id).await.unwrap().is_some());
    let kept = world.engine.vault(VaultQuery::default()).await.unwrap().kept.remove(0);
    assert!(world.engine.vault_link(kept.id).await.is_ok());
    assert_eq!(world.engine.site(kept.site).await.unwrap().name, "site.example", "and still names the site");
}

#[tokio::test]
async fn an_import_that_fails_leaves_everything_as_it_was() {
    let old = world_with(&["a.png", "b.png"]).await;
    let entries = exported(&old.engine, HistoryQuery::default(), true).await;
    let new = World::new().await;
    let failed = new
        .engine
        .import(LATER, move |take| {
            entries.iter().cloned().try_for_each(take)?;
            Err::<(), _>(Error::Store("the file ends in the middle".to_owned()))
        })
        .await;
    assert!(failed.is_err());
    assert!(history(&new.engine).await.is_empty());
    assert_eq!(new.engine.delete_links_kept().await.unwrap(), 0);
    uploaded(&new, &["c.png"]).await;
    assert_eq!(names(&new.engine).await, ["c.png"], "and the store goes on");
}

#[tokio::test]
async fn uploads_are_saved_while_a_long_history_comes_in() {
    let old = world_with(&["a.png"]).await;
    let Some(Entry::Receipt { site, receipt, .. }) =
        exported(&old.engine, HistoryQuery::default(), false).await.pop()
    else {
        panic!("an upload")
    };
    let many: Vec<Entry> = (0..2_000)
        .map(|number| Entry::Receipt {
            site: site.clone(),
            receipt: Box::new(Receipt { name: format!("{number}.png"), ..(*receipt).clone() }),
            delete_link: None,
        })
        .collect();

    let new = World::new().await;
    new.added(&["meanwhile.png"]).await;
    new.upload().await;
    let call = new.call().await;
    let (half, is_half) = tokio::sync::oneshot::channel();
    let (go_on, goes_on) = std::sync::mpsc::channel::<()>();
    let (mut half, mut times) = (Some(half), 0);
    let engine = new.engine.clone();
    let import = tokio::spawn(async move {
        let read = move |take: &mut dyn FnMut(Entry) -> Result<(), Error>| {
            times += 1;
            many[..1_000].iter().cloned().try_for_each(&mut *take)?;
            if times == 2 {
                half.take().unwrap().send(()).unwrap();
                goes_on.recv().unwrap();
            }
            many[1_000..].iter().cloned().try_for_each(take)
        };
        engine.import(LATER, read).await
    });
    is_half.await.unwrap();
    call.arrives();
    assert_eq!(new.batch_done().await.done, 1, "its receipt is saved");
    let so_far = new.engine.history(HistoryQuery::default()).await.unwrap().total.unwrap();
    assert!((300..2_000).contains(&so_far), "{so_far} are there");
    go_on.send(()).unwrap();
    assert_eq!(import.await.unwrap().unwrap().added, 2_000);
    let all = new.engine.history(HistoryQuery::default()).await.unwrap();
    assert_eq!(all.total, Some(2_001));
}
