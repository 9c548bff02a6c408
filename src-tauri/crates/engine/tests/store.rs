//! What outlives the program: restarts, crashes, damage; history, vault, sites and settings.

mod support;

use std::sync::Arc;

use engine::problem::{DUPLICATE_IN_QUEUE, INTERRUPTED};
use engine::{
    Album, BoxFuture, Deletion, Engine, Error, HistoryQuery, Kind, Lane, LaneId, ManualClock, Phase, Policy,
    Ports, Prepare, PrepareJob, Prepared, Problem, Retry, Running, Scope, SiteId,
};
use support::{START, World, arrival, site};

#[tokio::test]
async fn a_restart_shows_the_queue_as_it_was() {
    let world = World::with(Policy { parallel: 1, ..Policy::default() }).await;
    let ids = world.added(&["a.png", "b.png", "c.png"]).await;
    world.engine.move_items(vec![ids[2]], Some(ids[0])).await.unwrap();
    world.upload().await;
    world.call().await.arrives();
    let second = world.call().await;
    world.engine.pause().await.unwrap();
    second.arrives();
    let before = world.until("two are done", |now| now.queue.counts.done == 2).await;

    let world = world.restarted().await;
    let after = world.snapshot().await;
    assert_eq!(after.items, before.items);
    let parallel = after.queue.parallel;
    assert_eq!(after.queue, engine::QueueState { parallel, ..before.queue });
    assert_eq!(after.items[2].id, ids[1]);
    world.engine.resume().await.unwrap();
    world.call().await.arrives();
    assert_eq!(world.batch_done().await.done, 3);
}

#[tokio::test]
async fn after_a_crash_nothing_is_sent_again_by_itself() {
    let world = World::new().await;
    let ids = world.added(&["a.png", "b.png", "c.png"]).await;
    world.upload().await;
    let (first, second) = (world.call().await, world.call().await);
    let arrives = first.job.item;
    first.arrives();
    world.until_phase(arrives, "one is done", |phase| matches!(phase, Phase::Done { .. })).await;
    let third = world.call().await;
    second.sink.body_leaves();

    let again = world.after_a_crash().await;
    let now = again.snapshot().await;
    let (done, rest): (Vec<_>, Vec<_>) = now.items.iter().partition(|item| item.id == arrives);
    assert!(matches!(done[0].phase, Phase::Done { .. }));
    let receipt = done[0].phase.receipt().unwrap();
    assert!(
        again.engine.delete_link(receipt).await.unwrap().is_some(),
        "shown as done, so its delete link is kept"
    );
    for item in rest {
        assert!(
            matches!(&item.phase, Phase::Unknown { problem, .. } if problem.code == INTERRUPTED),
            "{:?}",
            item.phase
        );
    }
    again.assert_no_call().await;
    assert_eq!(ids.len(), 3);
    drop(third);
}

#[tokio::test]
async fn after_a_crash_what_waits_waits_for_the_user() {
    let world = World::with(Policy { parallel: 1, ..Policy::default() }).await;
    world.added(&["a.png", "b.png"]).await;
    world.upload().await;
    let _running = world.call().await;
    let again = world.after_a_crash().await;
    let now = again.snapshot().await;
    assert_eq!((now.queue.counts.unknown, now.queue.counts.waiting), (1, 1));
    assert_eq!(now.queue.running, Running::Paused);
    again.assert_no_call().await;
    again.engine.resume().await.unwrap();
    again.call().await.arrives();
    assert_eq!(again.batch_done().await.done, 1);
}

struct Never;

impl Prepare for Never {
    fn prepare(&self, _: Vec<PrepareJob>) -> BoxFuture<Vec<Result<Prepared, Problem>>> {
        Box::pin(std::future::pending())
    }
}

impl engine::Transfer for Never {
    fn send(
        &self,
        _: engine::Job,
        _: engine::ProgressSink,
    ) -> BoxFuture<Result<engine::Arrival, engine::Fault>> {
        Box::pin(std::future::pending())
    }
}

fn ports() -> Ports {
    Ports { transfer: Arc::new(Never), prepare: Arc::new(Never), clock: Arc::new(ManualClock::at(START)) }
}

#[tokio::test]
async fn what_was_being_prepared_is_prepared_again() {
    let dir = tempfile::tempdir().unwrap();
    let opened =
        Engine::open(&dir.path().join("keltas.db"), Lane::alone(), Policy::default(), ports()).await.unwrap();
    let engine = opened.engine;
    let site = engine.save_site(site("site.example")).await.unwrap();
    std::fs::write(dir.path().join("a.png"), "a").unwrap();
    let id = engine.add(site, vec![support::new_item(&dir.path().join("a.png"))]).await.unwrap()[0];
    engine.close().await.unwrap();
    let world = World::open(dir, ManualClock::at(START), Policy::default()).await;
    world.until_phase(id, "it is ready", |phase| *phase == Phase::Ready).await;
}

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    let world = World::new().await;
    world.engine.close().await.unwrap();
    let path = world.path("keltas.db");
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = std::fs::read(&path).unwrap();
    let opened = Engine::open(&path, Lane::alone(), Policy::default(), ports()).await;
    assert!(matches!(opened.err(), Some(Error::NewerDatabase { found: 99, .. })));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_damaged_database_is_put_aside_and_the_program_starts() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keltas.db");
    std::fs::write(&path, "this was a database once, and is none now. ".repeat(100)).unwrap();
    let opened = Engine::open(&path, Lane::alone(), Policy::default(), ports()).await.unwrap();
    let aside = opened.set_aside.expect("it says so");
    assert!(std::fs::read_to_string(aside.path).unwrap().starts_with("this was a database"));
    assert!(opened.engine.sites().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_database_that_cannot_be_made_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("no such folder/keltas.db");
    let opened = Engine::open(&path, Lane::alone(), Policy::default(), ports()).await;
    assert!(matches!(opened.err(), Some(Error::StoreUnreadable { .. })));
}

#[tokio::test]
async fn an_arrival_that_cannot_be_saved_is_not_shown_and_not_lost() {
    let world = World::new().await;
    let id = world.added(&["a.png"]).await[0];
    world.upload().await;
    let call = world.call().await;
    call.sink.body_leaves();
    // From here on the disk takes no receipt.
    let disk = rusqlite::Connection::open(world.path("keltas.db")).unwrap();
    let refuse = "CREATE TRIGGER full BEFORE INSERT ON receipts BEGIN SELECT RAISE(ABORT, 'no room'); END";
    disk.execute_batch(refuse).unwrap();
    call.arrives();
    let now = world.until("it says so", |now| now.queue.trouble.is_some()).await;
    assert_eq!(now.queue.trouble.unwrap().code, "store-failed");
    assert!(matches!(world.phase(id).await, Phase::Sending { .. }), "not shown before it is saved");
    assert!(world.engine.remove(vec![id]).await.is_err(), "what arrived is not thrown away");

    disk.execute_batch("DROP TRIGGER full").unwrap();
    world.until_phase(id, "it is done", |phase| matches!(phase, Phase::Done { .. })).await;
    assert_eq!(world.batch_done().await.done, 1);
    assert!(world.snapshot().await.queue.trouble.is_none());
}

#[tokio::test]
async fn what_ended_while_nothing_could_be_saved_is_saved_in_its_order() {
    let world = World::new().await;
    let sent = world.added(&["a.png", "b.png"]).await;
    world.upload().await;
    let calls = [world.call().await, world.call().await];
    let disk = rusqlite::Connection::open(world.path("keltas.db")).unwrap();
    let refuse = "CREATE TRIGGER full BEFORE INSERT ON receipts BEGIN SELECT RAISE(ABORT, 'no room'); END";
    disk.execute_batch(refuse).unwrap();
    for call in calls {
        call.arrives();
    }
    world.until("it says so", |now| now.queue.trouble.is_some()).await;
    // Prepared behind the arrival of the same content: once that is saved, this one is known.
    let again =
        world.engine.add(world.site, vec![world.file("again.png", "content of a.png")]).await.unwrap();

    disk.execute_batch("DROP TRIGGER full").unwrap();
    let done = world.batch_done().await;
    assert_eq!((done.done, done.receipts.len()), (2, 2));
    world
        .until_phase(again[0], "it is known", |p| *p == Phase::Duplicate { receipt: done.receipts[0] })
        .await;
    let receipts = world.engine.receipts(done.receipts).await.unwrap();
    assert_eq!(receipts.iter().map(|r| r.item.unwrap()).collect::<Vec<_>>(), sent);
}

#[tokio::test]
async fn a_strain_that_could_not_be_saved_at_first_counts_once() {
    let world = World::with(Policy { parallel: 8, ..Policy::default() }).await;
    let names: Vec<String> = (0..12).map(|n| format!("{n}.png")).collect();
    world.added(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    world.upload().await;
    let mut calls = Vec::new();
    while calls.len() < 8 {
        calls.push(world.call().await);
    }
    let disk = rusqlite::Connection::open(world.path("keltas.db")).unwrap();
    let refuse = "CREATE TRIGGER full BEFORE UPDATE ON items BEGIN SELECT RAISE(ABORT, 'no room'); END;
        CREATE TRIGGER full_too BEFORE INSERT ON items BEGIN SELECT RAISE(ABORT, 'no room'); END";
    disk.execute_batch(refuse).unwrap();
    calls.remove(0).fails("no-answer", Retry::Later, Scope::Item, false);
    world.until("it says so", |now| now.queue.trouble.is_some()).await;
    // Asked for something, it tries again.
    for _ in 0..3 {
        world.snapshot().await;
    }
    disk.execute_batch("DROP TRIGGER full; DROP TRIGGER full_too").unwrap();
    world.until("it is saved", |now| now.queue.trouble.is_none()).await;

    world.engine.pause_now().await.unwrap();
    world.engine.resume().await.unwrap();
    for _ in 0..4 {
        calls.push(world.call().await);
    }
    world.assert_no_call().await;
}

/// Uploads files of these names, a millisecond apart.
async fn history_of(names: &[&str]) -> World {
    let world = World::with(Policy { parallel: 1, ..Policy::default() }).await;
    world.added(names).await;
    world.upload().await;
    for name in names {
        let mut answer = arrival(name);
        answer.expires_at = name.contains("expires").then_some(START);
        if name.contains("no link") {
            answer.delete_link = None;
        }
        answer.animated = Some(name.contains("anim"));
        if name.contains("clip") {
            answer.mime = Some("video/mp4".to_owned());
        }
        world.call().await.answers(Ok(answer));
        world.clock.advance(std::time::Duration::from_millis(1));
    }
    world.batch_done().await;
    world
}

async fn names(world: &World, query: HistoryQuery) -> Vec<String> {
    let page = world.engine.history(query).await.expect("a page");
    page.receipts.into_iter().map(|receipt| receipt.name).collect()
}

#[tokio::test]
async fn history_is_paged_newest_batch_first_and_in_the_order_of_the_queue() {
    let world = history_of(&["1.png", "2.png", "3.png"]).await;
    world.engine.finish().await.unwrap();
    world.added(&["4.png", "5.png"]).await;
    world.upload().await;
    for name in ["4.png", "5.png"] {
        world.call().await.answers(Ok(arrival(name)));
    }
    world.batch_done().await;
    let mut query = HistoryQuery { limit: 2, ..HistoryQuery::default() };
    let (mut seen, mut pages) = (Vec::new(), 0);
    loop {
        let page = world.engine.history(query.clone()).await.unwrap();
        assert_eq!(page.total, query.after.is_none().then_some(5));
        query.after = page.receipts.last().map(|receipt| receipt.id);
        seen.extend(page.receipts.into_iter().map(|receipt| receipt.name));
        pages += 1;
        if !page.more {
            break;
        }
    }
    assert_eq!((seen, pages), (["4.png", "5.png", "1.png", "2.png", "3.png"].map(str::to_owned).to_vec(), 3));
    world.engine.forget(vec![query.after.unwrap()], false).await.unwrap();
    let page = world.engine.history(query).await.unwrap();
    assert!(page.receipts.is_empty() && !page.more, "nothing follows one that is gone");
}

#[tokio::test]
async fn history_follows_the_queue_when_that_is_put_in_another_order() {
    let world = history_of(&["1.png", "2.png", "3.png"]).await;
    let ids: Vec<_> = world.snapshot().await.items.iter().map(|item| item.id).collect();
    world.engine.move_items(vec![ids[2]], Some(ids[0])).await.unwrap();
    assert_eq!(names(&world, HistoryQuery::default()).await, ["3.png", "1.png", "2.png"]);
}

#[tokio::test]
async fn history_is_searched_by_words_as_they_are_written() {
    let world =
        history_of(&["Šaltibarščiai 100%.png", "salt_1.png", "saltX1.png", "clip.mp4", "anim expires.gif"])
            .await;
    let search = |text: &str| HistoryQuery { search: Some(text.to_owned()), ..HistoryQuery::default() };
    assert_eq!(names(&world, search("šaltib")).await, ["Šaltibarščiai 100%.png"]);
    assert_eq!(names(&world, search("0%")).await, ["Šaltibarščiai 100%.png"]);
    assert_eq!(names(&world, search("t_1")).await, ["salt_1.png"]);
    assert_eq!(names(&world, search("PNG salt")).await.len(), 3, "with or without accents");
    assert_eq!(names(&world, search("PNG x1")).await, ["saltX1.png"]);
    assert_eq!(names(&world, search("SALTIB")).await, ["Šaltibarščiai 100%.png"]);
    assert_eq!(names(&world, search("Š")).await, ["Šaltibarščiai 100%.png"]);
    assert!(names(&world, search("\" OR text:\"salt")).await.is_empty());
    assert!(names(&world, search("\\")).await.is_empty());
    let kind = |kind| HistoryQuery { kind: Some(kind), ..HistoryQuery::default() };
    let counted = world.engine.history(HistoryQuery { limit: 1, ..search("png") }).await.unwrap();
    assert_eq!((counted.total, counted.more), (Some(3), true));
    assert_eq!(names(&world, kind(Kind::Video)).await, ["clip.mp4"]);
    assert_eq!(names(&world, kind(Kind::Animation)).await, ["anim expires.gif"]);
    assert_eq!(names(&world, kind(Kind::Picture)).await.len(), 3);
    let expiring = HistoryQuery { expiring: true, ..HistoryQuery::default() };
    assert_eq!(names(&world, expiring).await, ["anim expires.gif"]);
    let elsewhere = HistoryQuery { site: Some(SiteId(99)), ..HistoryQuery::default() };
    assert!(names(&world, elsewhere).await.is_empty());
}

#[tokio::test]
async fn forgetting_keeps_delete_links_when_asked() {
    use secrecy::ExposeSecret;
    let world = history_of(&["a.png", "b.png", "no link.png"]).await;
    let page = world.engine.history(HistoryQuery::default()).await.unwrap();
    let [a, b, none] = page.receipts.as_slice() else { panic!("three receipts") };
    assert_eq!((none.deletion, a.deletion), (Deletion::Unavailable, Deletion::Possible));
    let link = world.engine.delete_link(a.id).await.unwrap().unwrap();
    assert_eq!(link.expose_secret(), "https://site.example/delete/a.png");
    assert!(!format!("{page:?}").contains("/delete/"), "a delete link is in no debug output");

    world.engine.mark_deleted(b.id).await.unwrap();
    assert!(world.engine.delete_link(b.id).await.unwrap().is_none());
    let again = world.engine.receipts(vec![b.id]).await.unwrap();
    assert!(matches!(again[0].deletion, Deletion::Deleted { .. }));

    assert_eq!(world.engine.forget(vec![a.id], true).await.unwrap(), 1);
    assert_eq!(world.engine.delete_links_kept().await.unwrap(), 1);
    assert!(world.snapshot().await.items.iter().all(|item| item.phase.receipt() != Some(a.id)));
    assert_eq!(world.engine.delete_link(a.id).await.err(), Some(Error::UnknownReceipt(a.id)));
    assert_eq!(world.engine.clear_history(true).await.unwrap(), 2);
    assert_eq!(world.engine.delete_links_kept().await.unwrap(), 1, "what is used up is not kept");
    assert!(world.engine.history(HistoryQuery::default()).await.unwrap().receipts.is_empty());
}

#[tokio::test]
async fn sites_albums_and_settings_are_kept() {
    let world = World::new().await;
    let mut changed = world.engine.site(world.site).await.unwrap();
    changed.max_size = Some(20_000_000);
    world.engine.save_site(changed.clone()).await.unwrap();
    let second = world.engine.save_site(site("second.example")).await.unwrap();
    let album = |id: &str, name: &str| Album { id: id.to_owned(), name: name.to_owned() };
    world.engine.save_album(world.site, album("x1", "Vasara")).await.unwrap();
    world.engine.save_album(world.site, album("x2", "Jūra")).await.unwrap();
    world.engine.save_album(world.site, album("x1", "Žiema")).await.unwrap();
    world.engine.set_setting("language", serde_json::json!("lt")).await.unwrap();
    world.engine.set_setting("gone", serde_json::json!(1)).await.unwrap();
    world.engine.set_setting("gone", serde_json::Value::Null).await.unwrap();

    let world = world.restarted().await;
    let sites = world.engine.sites().await.unwrap();
    assert_eq!(sites.iter().map(|site| site.id).collect::<Vec<_>>(), [world.site, second]);
    assert_eq!(sites[0], changed);
    assert_eq!(world.engine.albums(world.site).await.unwrap(), [album("x2", "Jūra"), album("x1", "Žiema")]);
    assert_eq!(world.engine.settings().await.unwrap(), [("language".to_owned(), serde_json::json!("lt"))]);

    world.engine.remove_site(second).await.unwrap();
    assert_eq!(world.engine.sites().await.unwrap().len(), 1);
    assert_eq!(world.engine.site(second).await.unwrap().name, "second.example", "old receipts name it");
    assert_eq!(world.engine.remove_site(second).await, Err(Error::UnknownSite(second)));
}

#[tokio::test]
async fn two_processes_share_the_history_and_not_the_queue() {
    let window = World::new().await;
    let command = window.apart(LaneId(7)).await;
    let (ours, theirs) = (window.added(&["window.png"]).await, command.added(&["command.png"]).await);
    assert_ne!(ours, theirs, "ids are handed out once");
    command.upload().await;
    command.call().await.answers(Ok(arrival("command.png")));
    command.batch_done().await;
    assert_eq!(window.snapshot().await.items.len(), 1, "each sees its own queue");
    assert_eq!(names(&window, HistoryQuery::default()).await, ["command.png"]);
    assert!(window.engine.changed_elsewhere().await.is_ok());
    let same = window.file("twin.png", "content of command.png");
    let twin = window.engine.add(window.site, vec![same]).await.unwrap()[0];
    window.until_phase(twin, "it is known", |phase| matches!(phase, Phase::Duplicate { .. })).await;
}

#[tokio::test]
async fn two_processes_with_the_same_file_send_it_once() {
    let window = World::new().await;
    let command = window.apart(LaneId(7)).await;
    let (ours, theirs) = (window.added(&["same.png"]).await[0], command.added(&["same.png"]).await[0]);
    // Both are ready before either knows of the other.
    let (one, other) = tokio::join!(window.engine.upload(None), command.engine.upload(None));
    one.and(other).unwrap();
    let refused =
        |phase: &Phase| matches!(phase, Phase::Refused { problem } if problem.code == DUPLICATE_IN_QUEUE);
    let (first, sends, second, is_told) = tokio::select! {
        call = window.call() => (call, &window, &command, theirs),
        call = command.call() => (call, &command, &window, ours),
    };
    second.until_phase(is_told, "it is told", refused).await;
    second.assert_no_call().await;

    // A person may want it all the same.
    second.engine.upload_duplicate_anyway(is_told).await.unwrap();
    second.call().await.fails("refused", Retry::Never, Scope::Item, true);
    second.until_phase(is_told, "it is refused", |phase| matches!(phase, Phase::Failed { .. })).await;
    first.arrives();
    assert_eq!(sends.batch_done().await.done, 1);
}

#[tokio::test]
async fn what_another_process_has_sent_meanwhile_is_known_when_its_turn_comes() {
    let window = World::new().await;
    let command = window.apart(LaneId(7)).await;
    let ours = window.added(&["same.png"]).await[0];
    command.added(&["same.png"]).await;
    command.upload().await;
    command.call().await.arrives();
    let receipt = command.batch_done().await.receipts[0];
    window.upload().await;
    window.until_phase(ours, "it is known", |phase| *phase == Phase::Duplicate { receipt }).await;
    window.assert_no_call().await;
    assert_eq!(window.batch_done().await.duplicate, 1);
}

#[tokio::test]
async fn what_a_dead_process_left_comes_into_the_main_queue() {
    let window = World::new().await;
    let (dead, alive) = (window.apart(LaneId(7)).await, window.apart(LaneId(8)).await);
    dead.added(&["a.png", "b.png", "waits.png"]).await;
    dead.upload().await;
    // Held to the end: this process never hears an answer.
    let on_their_way = (dead.call().await, dead.call().await);
    on_their_way.0.sink.body_leaves();
    alive.added(&["alive.png"]).await;
    window.engine.close().await.unwrap();
    let lives = |lane| lane == LaneId(8);
    let again = window.main(lives).await;
    let snapshot = again.snapshot().await;
    let [a, b, waits] = snapshot.items.as_slice() else { panic!("three items") };
    assert!(matches!((&a.phase, &b.phase), (Phase::Unknown { .. }, Phase::Unknown { .. })));
    assert!(matches!(waits.phase, Phase::Waiting { .. }));
    assert_eq!((snapshot.queue.running, snapshot.queue.batch), (Running::Paused, waits.batch));
    drop(on_their_way);
    assert_eq!(alive.snapshot().await.items.len(), 1);
}
