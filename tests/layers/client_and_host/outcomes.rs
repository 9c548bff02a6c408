//! Outcomes: each fault is named for what it is, and nothing that may be on the site is ever sent again by itself.

use anyhow::{Context, Result};
use bytes::Bytes;
use chevereto::{
    Base64, Client, ClientOptions, Error, Fields, Image, Progress, Retry, Scope, Source, Unclear, Upload,
};
use demo_host::{Fault, Outcome};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use support::{until, until_some};

use crate::{
    tap::Tap,
    world::{World, bytes, impatient, picture},
};

/// More than the buffers of a connection hold, so that a break in the middle is one.
const LARGE: usize = 64_000_000;

#[tokio::test]
async fn d02_an_answer_that_nobody_can_read_leaves_it_unknown_and_the_rest_goes_on() -> Result<()> {
    let world = World::new()?;
    for (number, (fault, words)) in (0..).step_by(2).zip([
        ("html-200-php-warning", "Warning : Undefined array key \"image\" in"),
        ("html-200-shop", "Harbour shop Rope & tackle"),
        ("empty-200", ""),
        ("truncated-json", "{"),
        ("garbage", ""),
    ]) {
        let before = world.host.received().len();
        world.host.play(fault.parse()?);
        let error = world.upload(number).await.expect_err("it confirms nothing");
        let Error::Unknown { why: Unclear::Unreadable, status: Some(200), text } = &error else {
            anyhow::bail!("{fault}: {error:?}");
        };
        assert!(text.contains(words) && text.chars().count() <= 200, "{fault}: {text}");
        assert!(!text.contains("<b") && !text.contains("</") && !text.contains('\n'), "{fault}: {text}");
        assert_eq!((error.retry(), error.scope()), (Retry::Unknown, Scope::Item), "{fault}");
        world.upload(number + 1).await?;
        assert_eq!(world.host.received().len(), before + 2, "{fault}: it was sent again");
    }
    Ok(())
}

#[tokio::test]
async fn d11_silence_after_the_body_is_unknown_and_a_second_try_a_duplicate() -> Result<()> {
    let mut world = World::new()?;
    world.client = impatient()?;
    world.host.play("silent-after-body".parse()?);
    let error = world.upload(1).await.expect_err("no answer came");
    assert_eq!(error, Error::Unknown { why: Unclear::Silence, status: None, text: String::new() });
    assert_eq!((error.retry(), error.scope()), (Retry::Unknown, Scope::Item));
    assert_eq!((world.host.received().len(), world.host.stored().len()), (1, 1), "sent once, and kept");
    let again = world.upload(1).await.expect_err("the host knows these bytes");
    assert!(matches!(again, Error::Duplicate { .. }), "{again:?}");
    Ok(())
}

/// With the patience of every day, so that only the cancelling can have ended it.
#[tokio::test]
async fn d11_cancelling_while_the_site_is_silent_closes_the_connection() -> Result<()> {
    let world = World::new()?;
    let tap = Tap::on(&world).await?;
    world.host.play("silent-after-body".parse()?);
    let client = Client::new(&ClientOptions::default())?;
    let (site, key) = (tap.site()?, world.key.clone());
    let upload = Upload::new(picture(1));
    let sending = tokio::spawn(async move { client.upload(&site, &key, upload, |_| {}).await });
    until("the host has read it all", async || !world.host.received().is_empty()).await?;
    assert_eq!(tap.open(), 1);
    sending.abort();
    until("the connection is closed", async || tap.open() == 0).await?;
    assert!(sending.await.is_err_and(|error| error.is_cancelled()));
    assert_eq!(world.host.received().len(), 1, "it was sent once");
    Ok(())
}

#[tokio::test]
async fn d11_cancelling_in_the_middle_leaves_nothing_behind() -> Result<()> {
    let world = World::new()?;
    // So slow that the end of the body is far away.
    world.host.play("slow:5000000".parse()?);
    let client = Client::new(&ClientOptions::default())?;
    let (site, key) = (world.site.clone(), world.key.clone());
    let upload = Upload::new(bytes(vec![7; LARGE], "a.mp4", "video/mp4"));
    let sent = Arc::new(AtomicU64::new(0));
    let seen = sent.clone();
    let progress = move |progress: Progress| seen.store(progress.sent, Ordering::Relaxed);
    let sending = tokio::spawn(async move { client.upload(&site, &key, upload, progress).await });
    until("a part of it has left", async || sent.load(Ordering::Relaxed) > 0).await?;
    sending.abort();
    let sent = sent.load(Ordering::Relaxed);
    assert!(sent < LARGE as u64, "{sent}");
    let lost = until_some("the host sees the connection end", async || world.host.received().pop()).await?;
    assert!(matches!(lost.outcome, Outcome::Fault(_)), "{:?}", lost.outcome);
    assert!(world.host.stored().is_empty());
    assert!(sending.await.is_err_and(|error| error.is_cancelled()));
    Ok(())
}

/// What a fault comes to, in a word.
fn named(result: &Result<Image, Error>) -> &'static str {
    match result {
        Ok(image) if image.is_approved => "uploaded",
        Ok(_) => "waits for approval",
        Err(Error::TooBig { .. }) => "too big",
        Err(Error::Maintenance) => "maintenance",
        Err(Error::WrongAddress { status: 404 }) => "wrong address",
        Err(Error::SiteTrouble { status: 500.., .. }) => "trouble",
        Err(Error::Blocked { status: 403 }) => "blocked",
        Err(Error::RateLimited { retry_after: Some(wait) }) if (3..=7).contains(&wait.as_secs()) => {
            "in seven seconds"
        }
        Err(Error::RateLimited { retry_after: None }) => "slow down",
        Err(Error::Flood { .. }) => "flood",
        Err(Error::Duplicate { .. }) => "duplicate",
        Err(Error::ProxyAuth) => "proxy",
        Err(Error::Moved { to: Some(_) }) => "moved",
        Err(Error::Connect { .. }) => "not there",
        Err(Error::ConnectionLost { sent, total }) if sent < total => "broken off",
        Err(Error::Stalled { sent, total }) if sent < total => "stands still",
        Err(Error::Unknown { why: Unclear::Silence, .. }) => "unknown: silence",
        Err(Error::Unknown { why: Unclear::Lost, .. }) => "unknown: lost",
        Err(Error::Unknown { why: Unclear::Gateway, .. }) => "unknown: gateway",
        Err(Error::Unknown { why: Unclear::Unreadable, text, .. }) if !text.contains('<') => {
            "unknown: unreadable"
        }
        Err(_) => "something else",
    }
}

/// What comes of each fault that leaves the connection whole until the body has left.
const FAULTS: [(&str, &str); 33] = [
    ("pass", "uploaded"),
    ("status-407", "proxy"),
    ("status-413-html", "too big"),
    ("html-200-maintenance", "maintenance"),
    ("html-200-php-warning", "unknown: unreadable"),
    ("html-200-shop", "unknown: unreadable"),
    ("empty-200", "unknown: unreadable"),
    ("html-500", "trouble"),
    ("html-404", "wrong address"),
    ("challenge-403", "blocked"),
    ("status-429:7", "in seven seconds"),
    ("status-429:date:7", "in seven seconds"),
    ("status-429", "slow down"),
    ("status-502", "unknown: gateway"),
    ("status-503", "trouble"),
    ("status-504", "unknown: gateway"),
    ("status-524", "unknown: gateway"),
    ("redirect:301:https://other.example/", "moved"),
    ("reset-after-body", "unknown: lost"),
    ("answer-cut", "unknown: lost"),
    ("json-after-bom", "uploaded"),
    ("json-after-notice", "uploaded"),
    ("truncated-json", "unknown: unreadable"),
    ("wrong-types", "uploaded"),
    ("slow:20000", "uploaded"),
    ("delay:50", "uploaded"),
    ("delay-up-to:50", "uploaded"),
    ("reverse:1", "uploaded"),
    ("flood", "flood"),
    ("duplicate", "duplicate"),
    ("approval", "waits for approval"),
    ("garbage", "unknown: unreadable"),
    ("silent-after-body", "unknown: silence"),
];

/// And of those that break it before.
const BREAKS: [(&str, &str); 4] = [
    ("reset-before", "broken off"),
    ("reset-mid-body:20", "broken off"),
    ("stall:20", "stands still"),
    ("refuse:60", "not there"),
];

#[test]
fn s13_every_fault_that_the_host_can_play_is_tried() {
    let tried =
        |name: &str| FAULTS.iter().chain(&BREAKS).any(|(fault, _)| fault.split(':').next() == Some(name));
    for entry in Fault::catalogue().iter().flat_map(|(_, entries)| *entries) {
        assert!(tried(entry.name()), "{} is not", entry.name());
    }
}

#[tokio::test]
async fn s13_each_fault_is_named_for_what_it_is_and_nothing_that_may_be_there_is_sent_again() -> Result<()> {
    let mut world = World::with(|settings| settings.flood = None)?;
    for (number, (fault, name)) in (0..).zip(FAULTS) {
        if fault == "silent-after-body" {
            world.client = impatient()?;
        }
        world.host.play(fault.parse()?);
        let before = world.host.stored().len();
        let result = world.upload(number).await;
        assert_eq!(named(&result), name, "{fault}: {result:?}");
        let kept = world.host.stored().len() > before;
        let again =
            result.as_ref().is_err_and(|error| matches!(error.retry(), Retry::Later | Retry::NotBefore(_)));
        assert!(!(kept && again), "{fault}: kept by the site, and yet to be sent again");
    }
    Ok(())
}

#[tokio::test]
async fn s13_a_connection_that_breaks_or_stalls_in_the_middle_left_nothing_behind() -> Result<()> {
    let mut world = World::new()?;
    let content = Bytes::from(vec![7; LARGE]);
    for (fault, name) in BREAKS {
        if fault == "stall:20" {
            world.client = impatient()?;
        }
        world.host.play(fault.parse()?);
        let result = world.send(bytes(content.clone(), "a.mp4", "video/mp4"), Fields::default()).await;
        assert_eq!(named(&result), name, "{fault}: {result:?}");
        assert!(matches!(result.map(|_| ()).map_err(|error| error.retry()), Err(Retry::Later)), "{fault}");
    }
    let met: Vec<_> = world.host.received().into_iter().map(|received| received.outcome).collect();
    assert_eq!(
        met,
        BREAKS[..3].iter().map(|(fault, _)| Outcome::Fault((*fault).to_owned())).collect::<Vec<_>>()
    );
    assert!(world.host.stored().is_empty());
    Ok(())
}

/// What takes longer than a stall, and moves all the while.
#[tokio::test]
async fn s13_a_slow_line_is_no_stall() -> Result<()> {
    let mut world = World::new()?;
    let options = ClientOptions { stall_timeout: Duration::from_secs(2), ..ClientOptions::default() };
    world.client = Client::new(&options)?;
    let content = vec![7; 20_000_000];
    for source in [bytes(content.clone(), "a.mp4", "video/mp4"), Source::Base64(Base64::encode(&content))] {
        world.host.play("slow:5000000".parse()?);
        let error = world.send(source, Fields::default()).await.expect_err("it is no clip");
        assert!(matches!(error, Error::BadPicture { .. }), "{error:?}");
    }
    Ok(())
}

#[tokio::test]
async fn s13_maintenance_is_waited_for_and_nothing_is_lost() -> Result<()> {
    let world = World::with(|settings| settings.maintenance = true)?;
    let error = world.upload(1).await.expect_err("the site is closed");
    assert_eq!(error, Error::Maintenance);
    assert_eq!((error.retry(), error.scope()), (Retry::Later, Scope::Site));
    assert!(world.host.stored().is_empty());
    world.host.set(|settings| settings.maintenance = false);
    let image = world.send(picture(1), Fields::default()).await?;
    image.links.direct.context("it is there now")?;
    Ok(())
}

#[tokio::test]
async fn s13_what_concerns_every_file_concerns_the_whole_site() -> Result<()> {
    let world = World::new()?;
    for (number, (fault, retry, scope)) in (0..).zip([
        ("html-404", Retry::Never, Scope::Site),
        ("challenge-403", Retry::Never, Scope::Site),
        ("status-503", Retry::Later, Scope::Site),
        ("status-429", Retry::Later, Scope::Site),
        ("html-500", Retry::Never, Scope::Item),
        ("status-524", Retry::Unknown, Scope::Item),
    ]) {
        world.host.play(fault.parse()?);
        let error = world.upload(number).await.expect_err("a fault was played");
        assert_eq!((error.retry(), error.scope()), (retry, scope), "{fault}: {error:?}");
        world.upload(number + 100).await?;
    }
    Ok(())
}
