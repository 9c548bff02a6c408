//! What a user sees of the queue: order, retries, pauses, stops, duplicates.

mod support;

use std::sync::atomic::Ordering;
use std::time::Duration;

use engine::problem::{BODY_MISSING, DUPLICATE_IN_QUEUE, FILE_CHANGED, FILE_MISSING, INTERNAL, STOPPED};
use engine::{
    Album, Defaults, Error, OptionsPatch, Period, Phase, Policy, RateLimit, ReceiptId, Retry, Running, Scope,
    TagsPatch, Wish,
};
use support::{START, World, arrival};

fn code(phase: &Phase) -> &str {
    match phase {
        Phase::Refused { problem } | Phase::Failed { problem, .. } | Phase::Unknown { problem, .. } => {
            &problem.code
        }
        Phase::Waiting { problem: Some(problem), .. } => &problem.code,
        _ => "",
    }
}

#[tokio::test]
async fn results_keep_the_order_of_the_queue_when_answers_come_in_reverse() {
    let world = World::with(Policy { parallel: 3, ..Policy::default() }).await;
    let ids = world.added(&["a.png", "b.png", "c.png"]).await;
    world.upload().await;
    let mut calls = vec![world.call().await, world.call().await, world.call().await];
    calls.sort_by_key(|call| std::cmp::Reverse(call.job.item));
    for call in calls {
        let id = call.job.item;
        call.arrives();
        world.until_phase(id, "it is done", |phase| matches!(phase, Phase::Done { .. })).await;
    }
    let done = world.batch_done().await;
    assert_eq!((done.done, done.failed, done.unknown), (3, 0, 0));
    let receipts = world.engine.receipts(done.receipts).await.unwrap();
    assert_eq!(receipts.iter().map(|r| r.item.unwrap()).collect::<Vec<_>>(), ids);
    assert_eq!(receipts[0].links.direct.as_deref(), Some("https://site.example/direct/a.png"));
    assert_eq!(world.batches_ended().await, 0, "a batch ends once");
}

#[tokio::test]
async fn one_bad_file_stops_nothing() {
    let world = World::new().await;
    let bad = world.file("bad.png", "no picture");
    let good = world.file("good.png", "a picture");
    let big = world.file("big.png", "a big picture");
    let ids = world.engine.add(world.site, vec![bad, big, good]).await.unwrap();
    world.until("prepared", |now| now.queue.counts.preparing == 0).await;
    assert_eq!(code(&world.phase(ids[0]).await), "not-a-picture");
    world.upload().await;
    for _ in 0..2 {
        let call = world.call().await;
        call.sink.body_leaves();
        if call.job.name == "big.png" {
            call.fails("too-big", Retry::Never, Scope::Item, true);
        } else {
            call.arrives();
        }
    }
    let done = world.batch_done().await;
    assert_eq!((done.done, done.failed), (1, 1));
    assert_eq!(code(&world.phase(ids[1]).await), "too-big");

    // A retry goes into a batch of its own.
    world.engine.retry(vec![ids[1]]).await.unwrap();
    let call = world.call().await;
    assert_eq!(call.job.attempt, 2);
    call.arrives();
    let again = world.batch_done().await;
    assert_ne!(again.batch, done.batch);
    assert_eq!((again.done, again.failed, again.receipts.len()), (1, 0, 1));
}

#[tokio::test]
async fn a_fault_that_passes_is_tried_again_later_and_not_for_ever() {
    let world = World::with(Policy { max_attempts: 3, ..Policy::default() }).await;
    let ids = world.added(&["a.png"]).await;
    world.upload().await;
    for attempt in 1..=2_u32 {
        let call = world.call().await;
        assert_eq!(call.job.attempt, attempt);
        call.sink.body_leaves();
        call.fails("server-error", Retry::Later, Scope::Item, true);
        world.until_phase(ids[0], "it waits", |phase| matches!(phase, Phase::Waiting { .. })).await;
        // Full jitter: at most the doubled limit. Going on by that much is always enough.
        world.clock.advance(Policy::default().backoff(attempt, 1.0));
    }
    world.call().await.fails("server-error", Retry::Later, Scope::Item, true);
    let done = world.batch_done().await;
    assert_eq!(done.failed, 1);
    assert_eq!(code(&world.phase(ids[0]).await), "server-error");
}

#[tokio::test]
async fn a_rate_limit_pauses_the_whole_site_and_nobody_fails() {
    let world = World::new().await;
    world.added(&["a.png", "b.png", "c.png"]).await;
    world.upload().await;
    let (first, second) = (world.call().await, world.call().await);
    let until = START.plus(Duration::from_secs(60));
    first.fails("flood", Retry::NotBefore(until), Scope::Item, true);
    world.until("the site is paused", |now| now.queue.site_pauses.len() == 1).await;
    // What was on its way before the limit arrives, and does not lift it.
    second.arrives();
    let now = world.until("one is done", |now| now.queue.counts.done == 1).await;
    assert_eq!(now.queue.site_pauses[0].not_before, Some(until));
    assert_eq!((now.queue.counts.waiting, now.queue.counts.failed), (2, 0));
    world.assert_no_call().await;

    world.clock.advance(Duration::from_secs(60));
    world.until("the countdown is over", |now| now.queue.site_pauses.is_empty()).await;
    for _ in 0..2 {
        world.call().await.arrives();
    }
    assert_eq!(world.batch_done().await.done, 3);
}

#[tokio::test]
async fn a_refusal_of_the_old_key_does_not_stop_the_site_that_has_a_new_one() {
    let world = World::with(Policy { parallel: 2, ..Policy::default() }).await;
    let ids = world.added(&["a.png", "b.png"]).await;
    world.upload().await;
    let (one, two) = (world.call().await, world.call().await);
    one.fails("key-refused", Retry::Never, Scope::Site, true);
    world.until("the site is stopped", |now| now.queue.site_pauses.len() == 1).await;
    world.engine.key_changed(world.site).await.unwrap();
    let first = world.call().await;
    // It was under way with the old key all the time.
    two.fails("key-refused", Retry::Never, Scope::Site, true);
    let second = world.call().await;
    assert_ne!(first.job.item, second.job.item);
    assert!(ids.contains(&second.job.item));
    first.arrives();
    second.arrives();
    assert_eq!(world.batch_done().await.done, 2);
}

#[tokio::test]
async fn a_bad_key_stops_the_site_until_the_key_changes_and_spares_the_others() {
    let world = World::with(Policy { parallel: 1, ..Policy::default() }).await;
    let other = world.engine.save_site(support::site("other.example")).await.unwrap();
    let ids = world.added(&["a.png", "b.png"]).await;
    let there = world.engine.add(other, vec![world.file("there.png", "for the other")]).await.unwrap();
    world.until("prepared", |now| now.queue.counts.ready == 3).await;
    world.upload().await;
    let (one, two) = (world.call().await, world.call().await);
    let (ours, theirs) = if one.job.item == there[0] { (two, one) } else { (one, two) };
    assert_eq!((ours.job.item, theirs.job.item), (ids[0], there[0]), "one at a time on each site");
    ours.fails("key-refused", Retry::Never, Scope::Site, true);
    theirs.arrives();
    let now = world.until("the other is done", |now| now.queue.counts.done == 1).await;
    assert_eq!((now.queue.counts.waiting, now.queue.counts.failed), (2, 0));
    assert_eq!(now.queue.site_pauses[0].not_before, None);
    assert_eq!(code(&world.phase(ids[0]).await), "key-refused");
    world.assert_no_call().await;

    world.engine.key_changed(world.site).await.unwrap();
    world.call().await.arrives();
    world.call().await.arrives();
    assert_eq!(world.batch_done().await.done, 3);
}

#[tokio::test]
async fn a_clock_that_is_set_back_a_day_makes_nothing_wait_a_day() {
    let day = Duration::from_secs(86_400);
    let world = World::with(Policy { parallel: 1, ..Policy::default() }).await;
    world.added(&["a.png", "b.png"]).await;
    world.upload().await;
    let until = START.plus(Duration::from_secs(60));
    world.call().await.fails("rate-limited", Retry::NotBefore(until), Scope::Site, true);
    world.until("the site is paused", |now| now.queue.site_pauses.len() == 1).await;
    world.clock.set_back(day);
    let now = world
        .until("it heeds the clock", |now| now.queue.site_pauses[0].not_before == Some(until.minus(day)))
        .await;
    assert_eq!(now.queue.counts.waiting, 2);
    world.clock.advance(Duration::from_secs(60));
    world.call().await.arrives();
    world.call().await.arrives();
    assert_eq!(world.batch_done().await.done, 2);
}

#[tokio::test]
async fn d10_a_limit_is_learned_kept_to_and_shared_by_the_accounts_of_an_address() {
    let world = World::with(Policy { parallel: 1, ..Policy::default() }).await;
    let account = world.engine.save_site(support::site("site.example")).await.unwrap();
    let ids = world.added(&["1.png", "2.png", "3.png", "4.png", "5.png"]).await;
    world.upload().await;
    for _ in 0..2 {
        world.call().await.arrives();
    }
    let limit = Retry::Limit(RateLimit { uploads: Some(2), period: Period::Minute });
    world.call().await.fails("flood", limit, Scope::Site, true);
    let now = world.until("both are paused", |now| now.queue.site_pauses.len() == 2).await;
    let opens = START.plus(Duration::from_secs(60));
    assert!(now.queue.site_pauses.iter().all(|pause| pause.not_before == Some(opens)), "{now:?}");
    assert_eq!((now.queue.counts.failed, code(&world.phase(ids[2]).await)), (0, "flood"));
    assert_eq!(now.queue.site_pauses[1].site, account);

    // Two more, and then it waits by itself: nothing is sent to be refused.
    world.clock.advance(Duration::from_secs(60));
    for _ in 0..2 {
        world.call().await.arrives();
    }
    let by_itself = |now: &engine::Snapshot| {
        now.queue.site_pauses.first().is_some_and(|pause| pause.problem.code == "pace-limit")
    };
    let now = world.until("it waits by itself", by_itself).await;
    assert_eq!(now.queue.counts.waiting, 1);
    assert_eq!(now.queue.site_pauses[0].not_before, Some(opens.plus(Duration::from_secs(60))));
    world.assert_no_call().await;

    let world = world.restarted().await;
    assert_eq!(
        world.engine.limits(world.site).await.unwrap().learned[&Period::Minute],
        2,
        "and it is remembered"
    );
    world.engine.resume().await.unwrap();
    world.assert_no_call().await;
    world.engine.forget_limits(world.site).await.unwrap();
    world.call().await.arrives();
}

#[tokio::test]
async fn a_limit_that_the_person_sets_counts_what_was_sent_before_and_no_laxer_word_lifts_it() {
    let world = World::new().await;
    world.added(&["1.png", "2.png", "3.png", "4.png"]).await;
    world.upload().await;
    for _ in 0..2 {
        world.call().await.arrives();
    }
    world.until("two are there", |now| now.queue.counts.done == 2).await;
    let (third, fourth) = (world.call().await, world.call().await);
    third.fails("elsewhere", Retry::Later, Scope::Item, true);
    let limit = Retry::Limit(RateLimit { uploads: Some(50), period: Period::Hour });
    fourth.fails("flood", limit, Scope::Site, true);
    world.until("it is paused", |now| !now.queue.site_pauses.is_empty()).await;

    let world = world.restarted().await;
    world.engine.set_limit(world.site, Period::Hour, Some(3)).await.unwrap();
    world.engine.resume().await.unwrap();
    world.clock.advance(Duration::from_secs(600));
    let last = world.call().await;
    world.assert_no_call().await;
    last.fails("flood", limit, Scope::Site, true);
    let limits = |limits: engine::Limits| (limits.learned[&Period::Hour], limits.of(Period::Hour));
    let known = async || limits(world.engine.limits(world.site).await.unwrap());
    world.until("it is paused again", |now| !now.queue.site_pauses.is_empty()).await;
    assert_eq!(known().await, (50, Some(3)), "the smaller counts");
    let tighter = Retry::Limit(RateLimit { uploads: Some(2), period: Period::Hour });
    world.clock.advance(Duration::from_secs(600));
    world.call().await.fails("flood", tighter, Scope::Site, true);
    let opens = Some(START.plus(Duration::from_secs(3_600)));
    let waits =
        |now: &engine::Snapshot| now.queue.site_pauses.first().is_some_and(|pause| pause.not_before == opens);
    world.until("it waits for the hour to be over", waits).await;
    assert_eq!(known().await, (2, Some(2)), "and that may be the site's");
}

#[tokio::test]
async fn a_site_that_cannot_be_reached_is_tried_with_one_item_and_counts_against_none() {
    let world = World::with(Policy { max_attempts: 2, ..Policy::default() }).await;
    world.added(&["a.png", "b.png"]).await;
    world.upload().await;
    let (first, second) = (world.call().await, world.call().await);
    for call in [first, second] {
        call.fails("unreachable", Retry::Later, Scope::Site, false);
    }
    for round in 1..=3 {
        world.until("the site is paused", |now| now.queue.counts.waiting == 2).await;
        world.clock.advance(Policy::default().backoff(round, 1.0));
        let call = world.call().await;
        world.assert_no_call().await;
        call.fails("unreachable", Retry::Later, Scope::Site, false);
    }
    world.until("the site is paused", |now| now.queue.counts.waiting == 2).await;
    world.clock.advance(Policy::default().backoff_most);
    world.call().await.arrives();
    world.call().await.arrives();
    assert_eq!(world.batch_done().await.done, 2);
}

#[tokio::test]
async fn a_fault_of_the_site_itself_halves_what_runs_side_by_side_once() {
    let world = World::with(Policy { parallel: 8, ..Policy::default() }).await;
    world.added(&["1", "2", "3", "4", "5", "6", "7", "8"]).await;
    world.upload().await;
    let mut calls = Vec::new();
    while calls.len() < 8 {
        calls.push(world.call().await);
    }
    for call in calls.drain(..3) {
        call.fails("unreachable", Retry::Later, Scope::Site, false);
    }
    world.until("the site is paused", |now| now.queue.site_pauses.len() == 1).await;
    world.engine.pause_now().await.unwrap();
    // Whoever resumes lets it be tried at once.
    world.engine.resume().await.unwrap();
    for _ in 0..4 {
        calls.push(world.call().await);
    }
    world.assert_no_call().await;
}

#[tokio::test]
async fn cancel_closes_the_connections_and_tells_what_it_does_not_know() {
    let world = World::new().await;
    let ids = world.added(&["before.png", "after.png", "waiting.png"]).await;
    world.upload().await;
    let calls = [world.call().await, world.call().await];
    for call in &calls {
        if call.job.name == "after.png" {
            call.sink.body_leaves();
        }
    }
    world.engine.cancel().await.unwrap();
    for call in &calls {
        assert!(call.connection().load(Ordering::SeqCst), "{} is still connected", call.job.name);
    }
    assert_eq!(world.phase(ids[0]).await, Phase::Ready);
    assert_eq!(code(&world.phase(ids[1]).await), STOPPED);
    assert_eq!(world.phase(ids[2]).await, Phase::Ready);
    assert_eq!(world.item(ids[0]).await.batch, None);
    assert_eq!(world.batch_done().await.unknown, 1);
    world.assert_no_call().await;

    // Only the user sends it again.
    world.engine.send_again(ids[1]).await.unwrap();
    let call = world.call().await;
    assert_eq!((call.job.item, call.job.attempt), (ids[1], 2));
    call.arrives();
    assert_eq!(world.batch_done().await.done, 1);
}

#[tokio::test]
async fn an_answer_that_came_before_the_stop_counts() {
    let world = World::new().await;
    let ids = world.added(&["a.png"]).await;
    world.upload().await;
    let call = world.call().await;
    call.sink.body_leaves();
    call.arrives();
    world.engine.cancel().await.unwrap();
    // Either it was in time, or its outcome is unknown: never "ready" to be sent twice.
    let phase = world.phase(ids[0]).await;
    assert!(matches!(phase, Phase::Done { .. } | Phase::Unknown { .. }), "{phase:?}");
}

#[tokio::test]
async fn pause_lets_running_ones_end_and_pause_now_does_not() {
    let world = World::with(Policy { parallel: 1, ..Policy::default() }).await;
    let ids = world.added(&["a.png", "b.png"]).await;
    world.upload().await;
    let first = world.call().await;
    world.engine.pause().await.unwrap();
    first.arrives();
    world.until("the first is done", |now| now.queue.counts.done == 1).await;
    world.assert_no_call().await;

    world.engine.resume().await.unwrap();
    let second = world.call().await;
    world.engine.pause_now().await.unwrap();
    assert!(second.connection().load(Ordering::SeqCst));
    assert!(matches!(world.phase(ids[1]).await, Phase::Waiting { attempt: 1, .. }));
    assert_eq!(world.snapshot().await.queue.running, Running::Paused);
    world.engine.resume().await.unwrap();
    world.call().await.arrives();
    assert_eq!(world.batch_done().await.done, 2);
}

#[tokio::test]
async fn no_more_than_the_limit_run_side_by_side() {
    let world = World::new().await;
    world.added(&["a.png", "b.png", "c.png", "d.png"]).await;
    world.upload().await;
    let (a, b) = (world.call().await, world.call().await);
    world.assert_no_call().await;
    world.engine.set_parallel(3).await.unwrap();
    let c = world.call().await;
    world.assert_no_call().await;
    for call in [a, b, c] {
        call.arrives();
    }
    world.call().await.arrives();
    assert_eq!(world.batch_done().await.done, 4);
}

#[tokio::test]
async fn removing_stops_what_runs_and_can_be_undone() {
    let world = World::with(Policy { parallel: 1, ..Policy::default() }).await;
    let ids = world.added(&["a.png", "b.png", "c.png"]).await;
    world.upload().await;
    let call = world.call().await;
    world.engine.remove(vec![ids[0], ids[1]]).await.unwrap();
    assert!(call.connection().load(Ordering::SeqCst));
    let now = world.snapshot().await;
    assert_eq!(now.items.iter().map(|item| item.id).collect::<Vec<_>>(), [ids[2]]);
    assert_eq!(now.queue.restorable, 2);
    let last = world.call().await;
    assert_eq!(last.job.item, ids[2]);

    assert_eq!(world.engine.restore_removed().await.unwrap(), [ids[0], ids[1]]);
    let now = world.snapshot().await;
    assert_eq!(now.items.iter().map(|item| item.id).collect::<Vec<_>>(), ids);
    assert_eq!(world.phase(ids[0]).await, Phase::Ready);
    assert_eq!(world.engine.restore_removed().await.unwrap(), []);
    last.arrives();
}

#[tokio::test]
async fn files_of_ours_go_with_their_item_and_files_of_the_user_never() {
    let world = World::new().await;
    let mut ours = world.file("spooled.png", "pasted");
    ours.owned = true;
    let theirs = world.file("theirs.png", "the user's");
    let ids = world.engine.add(world.site, vec![ours, theirs]).await.unwrap();
    world.until("prepared", |now| now.queue.counts.ready == 2).await;
    world.engine.remove(ids).await.unwrap();
    assert!(world.path("spooled.png").exists(), "the removal can still be undone");
    let world = world.restarted().await;
    assert!(!world.path("spooled.png").exists());
    assert!(world.path("theirs.png").exists());
}

#[tokio::test]
async fn the_queue_is_sent_in_the_order_it_was_given() {
    let world = World::with(Policy { parallel: 1, ..Policy::default() }).await;
    let ids = world.added(&["a.png", "b.png", "c.png", "d.png"]).await;
    world.upload().await;
    let first = world.call().await;
    world.engine.move_items(vec![ids[1]], None).await.unwrap();
    world.engine.move_items(vec![ids[3]], Some(ids[2])).await.unwrap();
    let mut sent = vec![first.job.item];
    first.arrives();
    for _ in 0..3 {
        let call = world.call().await;
        sent.push(call.job.item);
        call.arrives();
    }
    assert_eq!(sent, [ids[0], ids[3], ids[2], ids[1]]);
    let done = world.batch_done().await;
    let receipts = world.engine.receipts(done.receipts).await.unwrap();
    assert_eq!(receipts.iter().map(|r| r.item.unwrap()).collect::<Vec<_>>(), sent);
}

#[tokio::test]
async fn the_same_content_is_not_sent_twice_unless_the_user_says_so() {
    let world = World::new().await;
    let (one, two) = (world.file("one.png", "same"), world.file("two.png", "same"));
    let ids = world.engine.add(world.site, vec![one, two]).await.unwrap();
    let now = world.until("prepared", |now| now.queue.counts.preparing == 0).await;
    let (ready, refused): (Vec<_>, Vec<_>) = now.items.iter().partition(|item| item.phase == Phase::Ready);
    assert_eq!(code(&refused[0].phase), DUPLICATE_IN_QUEUE);

    // With the first one gone, the second is the only one; the first one back is the duplicate.
    world.engine.remove(vec![ready[0].id]).await.unwrap();
    assert_eq!(world.phase(refused[0].id).await, Phase::Ready);
    world.engine.restore_removed().await.unwrap();
    assert_eq!(code(&world.phase(ready[0].id).await), DUPLICATE_IN_QUEUE);

    world.upload().await;
    world.call().await.arrives();
    let receipt = world.batch_done().await.receipts[0];
    world.engine.finish().await.unwrap();

    let later = world.engine.add(world.site, vec![world.file("three.png", "same")]).await.unwrap();
    world.until_phase(later[0], "it is known", |phase| *phase == Phase::Duplicate { receipt }).await;
    assert_eq!(world.engine.upload(Some(later.clone())).await, Err(Error::WrongPhase));
    world.engine.upload_duplicate_anyway(later[0]).await.unwrap();
    world.call().await.arrives();
    assert_eq!(world.batch_done().await.done, 1);
    assert_eq!(ids.len(), 2);
}

#[tokio::test]
async fn the_same_content_that_waited_for_its_turn_leads_to_the_link_that_came_just_before() {
    let world = World::new().await;
    let items = ["one.png", "two.png"].map(|name| world.file(name, "same"));
    let ids = world.engine.add(world.site, items.to_vec()).await.unwrap();
    world.until("both are prepared", |now| now.queue.counts.preparing == 0).await;
    world.engine.pause().await.unwrap();
    world.upload().await;
    world.engine.upload_duplicate_anyway(ids[1]).await.unwrap();
    // What was said "send anyway" is forgotten, so the second is looked up when its turn has come.
    let world = world.restarted().await;
    world.engine.set_parallel(1).await.unwrap();
    world.engine.resume().await.unwrap();
    world.call().await.arrives();
    world.until("neither waits", |now| now.queue.counts.waiting + now.queue.counts.sending == 0).await;

    let Phase::Done { receipt } = world.phase(ids[0]).await else { panic!("the first has arrived") };
    assert_eq!(world.phase(ids[1]).await, Phase::Duplicate { receipt });
    assert_eq!(world.engine.receipts(vec![receipt]).await.unwrap().len(), 1, "its link is there");
    world.assert_no_call().await;
}

#[tokio::test]
async fn old_links_belong_to_the_batch_and_leave_with_it() {
    let world = World::new().await;
    world.added(&["a.png"]).await;
    world.upload().await;
    world.call().await.arrives();
    let first = world.batch_done().await.receipts[0];
    world.engine.finish().await.unwrap();
    assert!(world.snapshot().await.items.is_empty());

    world.added(&["a.png", "b.png"]).await;
    world.upload().await;
    world.call().await.arrives();
    let done = world.batch_done().await;
    assert_eq!((done.done, done.duplicate), (1, 1));
    assert_eq!(done.receipts[0], first);
    assert_eq!(done.receipts.len(), 2);
    world.engine.finish().await.unwrap();
    assert!(world.snapshot().await.items.is_empty());
}

#[tokio::test]
async fn a_duplicate_that_the_site_names_is_explained_or_linked() {
    let world = World::new().await;
    let ids = world.added(&["a.png"]).await;
    world.upload().await;
    world.call().await.fails("duplicate", Retry::Duplicate, Scope::Item, true);
    world.until_phase(ids[0], "without a record it fails", |p| matches!(p, Phase::Failed { .. })).await;

    // Sent again by the user after an unknown outcome, and found by hand: now there is a record.
    world.engine.retry(ids.clone()).await.unwrap();
    let call = world.call().await;
    call.sink.body_leaves();
    call.fails("no-answer", Retry::Later, Scope::Item, false);
    world.until_phase(ids[0], "no answer, body gone", |p| matches!(p, Phase::Unknown { .. })).await;
    let link = Some("https://site.example/view/a".to_owned());
    let receipt = world.engine.mark_arrived(ids[0], link.clone()).await.unwrap();
    assert_eq!(world.phase(ids[0]).await, Phase::Done { receipt });
    assert_eq!(world.engine.receipts(vec![receipt]).await.unwrap()[0].links.viewer, link);
    assert_eq!(world.engine.mark_arrived(ids[0], None).await, Err(Error::WrongPhase));

    world.engine.finish().await.unwrap();
    let again = world.added(&["a.png"]).await;
    world.engine.upload_duplicate_anyway(again[0]).await.unwrap();
    world.call().await.fails("duplicate", Retry::Duplicate, Scope::Item, true);
    world.until_phase(again[0], "our own record", |p| *p == Phase::Duplicate { receipt }).await;
}

#[tokio::test]
async fn a_file_that_changed_or_vanished_is_not_sent() {
    let world = World::new().await;
    let ids = world.added(&["changed.png", "gone.png"]).await;
    std::fs::write(world.path("changed.png"), "something else").unwrap();
    std::fs::remove_file(world.path("gone.png")).unwrap();
    world.upload().await;
    assert_eq!(world.batch_done().await.failed, 2);
    world.assert_no_call().await;
    assert_eq!(code(&world.phase(ids[0]).await), FILE_CHANGED);
    assert_eq!(code(&world.phase(ids[1]).await), FILE_MISSING);

    // A retry looks at the file as it is now, and leaves the decision to the user.
    world.engine.retry(vec![ids[0]]).await.unwrap();
    world.until_phase(ids[0], "prepared again", |phase| *phase == Phase::Ready).await;
    assert_eq!(world.batches_ended().await, 0);
    world.upload().await;
    let call = world.call().await;
    assert_eq!(call.job.prepared.blake3, "blake3 of something else");
    call.arrives();
    assert!([FILE_MISSING, BODY_MISSING].contains(&code(&world.phase(ids[1]).await)));
}

#[tokio::test]
async fn a_file_that_was_written_again_as_it_was_is_sent() {
    let world = World::new().await;
    let ids = world.added(&["same.png", "as-long.png"]).await;
    let later = std::time::SystemTime::now() + Duration::from_secs(60);
    for (name, content) in [("same.png", "content of same.png"), ("as-long.png", "CONTENT of as-long.png")] {
        std::fs::write(world.path(name), content).unwrap();
        std::fs::File::options().append(true).open(world.path(name)).unwrap().set_modified(later).unwrap();
    }
    world.upload().await;
    let call = world.call().await;
    assert_eq!(call.job.item, ids[0]);
    call.arrives();
    assert_eq!(world.batch_done().await.done, 1);
    assert_eq!(code(&world.phase(ids[1]).await), FILE_CHANGED);
}

#[tokio::test]
async fn a_transfer_that_breaks_is_never_taken_for_not_sent() {
    let world = World::new().await;
    let ids = world.added(&["before.png", "after.png"]).await;
    world.upload().await;
    for _ in 0..2 {
        let call = world.call().await;
        if call.job.name == "after.png" {
            call.sink.body_leaves();
        }
        call.breaks();
    }
    let done = world.batch_done().await;
    assert_eq!((done.failed, done.unknown), (1, 1));
    assert_eq!(code(&world.phase(ids[0]).await), INTERNAL);
    assert!(matches!(world.phase(ids[1]).await, Phase::Unknown { .. }));
}

#[tokio::test]
async fn what_is_asked_is_what_was_shown_when_it_was_set_going() {
    let world = World::with(Policy { parallel: 1, ..Policy::default() }).await;
    let ids = world.added(&["a.png", "b.png"]).await;
    let album = |id: &str| Album { id: id.to_owned(), name: format!("Album {id}") };
    let defaults =
        Defaults { album: Some(album("x")), expiration: Some("P2W".to_owned()), ..Defaults::default() };
    world.engine.set_defaults(defaults).await.unwrap();
    let patch = OptionsPatch {
        title: Some(Some("Ant kranto".to_owned())),
        tags: Some(TagsPatch::Set(vec!["jūra".to_owned(), "jūra".to_owned(), "smėlis".to_owned()])),
        expiration: Some(Wish::None),
        ..OptionsPatch::default()
    };
    world.engine.set_options(vec![ids[0]], patch).await.unwrap();
    world.upload().await;
    world.engine.set_defaults(Defaults { nsfw: true, ..Defaults::default() }).await.unwrap();

    let first = world.call().await;
    assert_eq!(first.job.options.title.as_deref(), Some("Ant kranto"));
    assert_eq!(first.job.options.tags, ["jūra", "smėlis"]);
    assert_eq!(first.job.options.album, Some(album("x")));
    assert_eq!((first.job.options.expiration.as_deref(), first.job.options.nsfw), (None, false));
    first.arrives();
    let second = world.call().await;
    assert_eq!(second.job.options.expiration.as_deref(), Some("P2W"));
    assert_eq!(second.job.options.album, Some(album("x")));
    second.arrives();
    world.batch_done().await;
    assert_eq!(world.engine.tags_used(world.site, 10).await.unwrap(), ["jūra", "smėlis"]);
}

#[tokio::test]
async fn another_site_takes_what_was_not_set_going() {
    let world = World::new().await;
    let other = world.engine.save_site(support::site("other.example")).await.unwrap();
    world.added(&["a.png"]).await;
    world.upload().await;
    world.call().await.arrives();
    world.batch_done().await;
    world.engine.finish().await.unwrap();

    let known = world.added(&["a.png"]).await[0];
    assert!(matches!(world.phase(known).await, Phase::Duplicate { .. }));
    world.engine.set_site(other).await.unwrap();
    assert_eq!(world.phase(known).await, Phase::Ready);
    world.engine.set_site(world.site).await.unwrap();
    assert!(matches!(world.phase(known).await, Phase::Duplicate { receipt } if receipt != ReceiptId(0)));
    assert_eq!(world.engine.remove_site(world.site).await, Err(Error::SiteInUse(world.site)));
}

#[tokio::test]
async fn requests_that_do_not_fit_change_nothing() {
    let world = World::new().await;
    let ids = world.added(&["a.png"]).await;
    let before = world.snapshot().await;
    let nobody = engine::ItemId(9999);
    assert_eq!(world.engine.retry(ids.clone()).await, Err(Error::WrongPhase));
    assert_eq!(world.engine.send_again(ids[0]).await, Err(Error::WrongPhase));
    assert_eq!(world.engine.send_again(nobody).await, Err(Error::UnknownItem(nobody)));
    assert_eq!(
        world.engine.add(engine::SiteId(77), Vec::new()).await,
        Err(Error::UnknownSite(engine::SiteId(77)))
    );
    world.engine.remove(vec![nobody]).await.unwrap();
    assert_eq!(world.snapshot().await.items, before.items);
    world.engine.close().await.unwrap();
    assert_eq!(world.engine.pause().await, Err(Error::Closed));
}

#[tokio::test]
async fn changes_alone_tell_the_same_as_a_snapshot() {
    let world = World::new().await;
    let mut changes = world.engine.subscribe();
    let before = world.snapshot().await;
    let ids = world.added(&["a.png", "b.png", "c.png"]).await;
    world.engine.move_items(vec![ids[2]], Some(ids[0])).await.unwrap();
    world.engine.remove(vec![ids[1]]).await.unwrap();
    world.upload().await;
    for _ in 0..2 {
        let call = world.call().await;
        call.sink.sent(1, 2);
        call.answers(Ok(arrival("x")));
    }
    let after = world.until("all done", |now| now.queue.counts.done == 2).await;

    let (mut rev, mut items, mut order, mut queue) =
        (before.rev, std::collections::BTreeMap::new(), Vec::new(), before.queue);
    while rev < after.rev {
        let engine::Change::Queue(delta) = changes.recv().await.unwrap() else { continue };
        if delta.rev <= before.rev {
            continue;
        }
        assert_eq!(delta.rev, rev + 1);
        rev = delta.rev;
        items.extend(delta.upserted.iter().map(|item| (item.id, item.clone())));
        for id in &delta.removed {
            items.remove(id);
        }
        order = delta.order.clone().unwrap_or(order);
        queue = delta.queue.clone().unwrap_or(queue);
    }
    assert_eq!(order.iter().map(|id| items[id].clone()).collect::<Vec<_>>(), after.items);
    assert_eq!(queue, after.queue);
}
