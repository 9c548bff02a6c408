//! Links: those that wait for approval, and the one that deletes.

use anyhow::{Context, Result};
use chevereto::{DeleteLink, Deletion, Error, FetchError, Unclear};
use demo_host::Moderation;

use crate::{tap::Tap, world::World};

#[tokio::test]
async fn d15_what_waits_for_approval_has_a_page_and_no_direct_link() -> Result<()> {
    let mut world = World::with(|settings| settings.moderation = Moderation::Guests)?;
    assert!(world.upload(1).await?.is_approved);
    world.as_guest()?;
    for (number, everyone) in [(2, false), (3, true)] {
        if everyone {
            world.host.set(|settings| settings.moderation = Moderation::Everyone);
            world.as_user()?;
        }
        let image = world.upload(number).await?;
        let stored = world.stored()?;
        assert!(!image.is_approved && !stored.approved);
        let links = &image.links;
        assert!(links.direct.is_none() && links.thumb.is_none() && links.medium.is_none());
        assert_eq!(links.viewer.as_ref(), Some(&stored.url_viewer));
        let shown = format!("{image:?} {links:?}");
        assert!(!shown.contains("undefined") && !shown.contains("null"), "{shown}");
        assert_eq!(world.open(links.viewer.as_deref()).await?, Err(FetchError::Refused { status: 403 }));
        assert!(world.host.approve(&stored.id));
        world.open(links.viewer.as_deref()).await??;
    }
    world.as_admin()?;
    assert!(world.upload(4).await?.is_approved);
    Ok(())
}

#[tokio::test]
async fn d15_what_waits_can_be_deleted() -> Result<()> {
    let world = World::with(|settings| settings.moderation = Moderation::Everyone)?;
    let link = world.upload(1).await?.delete.context("it has a delete link all the same")?;
    assert_eq!(world.client.delete(&link).await?, Deletion::Deleted);
    assert!(world.host.stored().is_empty());
    Ok(())
}

#[tokio::test]
async fn s12_a_delete_link_deletes_once_and_is_not_printed() -> Result<()> {
    let world = World::new()?;
    let image = world.upload(1).await?;
    let printed = format!("{image:?}");
    let link = image.delete.context("the host gives a delete link")?;
    assert!(!printed.contains(link.expose()) && !format!("{:?}", world.key).contains(world.key.expose()));
    assert!(!format!("{link:?} {:?}", image.links).contains(link.expose()));
    assert_eq!(world.client.delete(&link).await?, Deletion::Deleted);
    assert!(world.host.stored().is_empty());
    assert_eq!(world.client.delete(&link).await?, Deletion::NotThere);
    Ok(())
}

#[tokio::test]
async fn s12_deleting_is_one_request_without_a_key_and_its_answer_is_not_followed() -> Result<()> {
    let world = World::new()?;
    let link = world.upload(1).await?.delete.context("the host gives a delete link")?;
    let tap = Tap::on(&world).await?;
    let tapped = link.expose().replace(&world.host.base_url(), &tap.base());
    let path = tapped.replace(&tap.base(), "");
    assert_eq!(world.client.delete(&DeleteLink::parse(&tapped)?).await?, Deletion::Deleted);
    let sent = tap.text();
    assert!(sent.starts_with(&format!("GET {path} HTTP/1.1\r\n")));
    assert_eq!(sent.matches("HTTP/1.1\r\n").count(), 1, "one request");
    assert!(!sent.to_lowercase().contains("x-api-key") && !sent.contains(world.key.expose()));
    Ok(())
}

#[tokio::test]
async fn s12_a_link_that_is_not_right_deletes_nothing_and_is_not_given_away() -> Result<()> {
    let world = World::new()?;
    let link = world.upload(1).await?.delete.context("the host gives a delete link")?;
    let base = world.host.base_url();
    let (page, password) = link.expose().rsplit_once('/').context("a password at the end")?;
    let other = password.replace(|letter: char| letter.is_ascii_digit(), "f");
    let wrong = DeleteLink::parse(&format!("{page}/{other}"))?;
    assert_eq!(world.client.delete(&wrong).await?, Deletion::NotThere);
    // The canonical address has no slash, so this one is redirected and deletes nothing.
    let slash = DeleteLink::parse(&format!("{}/", link.expose()))?;
    let error = world.client.delete(&slash).await.expect_err("it is redirected elsewhere");
    assert_eq!(error, Error::Moved { to: None });
    let page = DeleteLink::parse(&format!("{base}/upload"))?;
    let error = world.client.delete(&page).await.expect_err("a page says nothing about it");
    assert!(matches!(error, Error::Unknown { why: Unclear::Unreadable, .. }), "{error:?}");
    assert_eq!(world.host.stored().len(), 1);
    world.host.set(|settings| settings.maintenance = true);
    assert_eq!(world.host.stored().len(), 1);
    Ok(())
}
