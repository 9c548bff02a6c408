//! Addresses: one canonical spelling, requests to exactly that, and never to where a redirect leads.

use anyhow::{Context, Result};
use chevereto::{Api, BaseUrl, Error, Retry, Scope, Site};
use demo_host::{DemoHost, Fault, Options};

use crate::world::World;

#[tokio::test]
async fn s02_every_spelling_of_an_address_leads_to_exactly_the_upload_address() -> Result<()> {
    let mut world = World::new()?;
    let base = world.host.base_url();
    let canonical = world.site.clone();
    for (number, pasted) in (0..).zip([
        base.clone(),
        format!("  {base}/\n"),
        format!("{base}//"),
        base.replace("http", "HTTP"),
        format!("{base}/upload"),
        format!("{base}/settings/api"),
        format!("{base}/api/1/upload"),
        format!("{base}/api/1/upload/?key=chv_test_key#top"),
        format!("{base}/?lang=lt"),
    ]) {
        world.site = Site::new(BaseUrl::parse(&pasted)?);
        assert_eq!(world.site, canonical, "{pasted}");
        world.upload(number).await?;
        assert_eq!(world.received()?.target, "/api/1/upload", "{pasted}");
    }
    Ok(())
}

#[test]
fn s02_hosts_ports_folders_and_letters_of_all_languages_have_one_spelling() -> Result<()> {
    for (pasted, upload) in [
        ("http://host", "http://host/api/1/upload"),
        ("host/", "https://host/api/1/upload"),
        ("https://host/sub/", "https://host/sub/api/1/upload"),
        ("https://host/sub/upload", "https://host/sub/api/1/upload"),
        ("host:8080", "https://host:8080/api/1/upload"),
        ("https://host:443", "https://host/api/1/upload"),
        ("Žuvis.LT", "https://xn--uvis-kbb.lt/api/1/upload"),
        ("https://xn--uvis-kbb.lt.", "https://xn--uvis-kbb.lt/api/1/upload"),
        ("http://[::1]:8080/3/", "http://[::1]:8080/3/api/1/upload"),
    ] {
        let base = BaseUrl::parse(pasted)?;
        assert_eq!(base.upload_url().as_str(), upload, "{pasted}");
        assert_eq!(base.upload_url().query(), None);
        assert_eq!(BaseUrl::parse(&base.to_string())?, base, "{pasted}");
    }
    Ok(())
}

#[tokio::test]
async fn s02_a_site_in_a_folder_is_asked_below_that_folder() -> Result<()> {
    let mut world = World::start(|options| options.path = "/my/gallery".to_owned())?;
    let base = world.host.base_url();
    for (number, pasted) in (0..).zip([
        base.clone(),
        format!("{base}/"),
        format!("{base}/upload"),
        base.replace("/my/", "//my//"),
    ]) {
        world.site = Site::new(BaseUrl::parse(&pasted)?);
        let image = world.upload(number).await?;
        assert_eq!(world.received()?.target, "/my/gallery/api/1/upload", "{pasted}");
        assert!(image.links.direct.context("it has one")?.starts_with(&format!("{base}/images/")));
    }
    for wrong in ["", "/my", "/MY/gallery", "/my/gallery/album", "/elsewhere"] {
        let address = base.replace("/my/gallery", wrong);
        world.site = Site::new(BaseUrl::parse(&address)?);
        let error = world.upload(9).await.expect_err("there is no such folder");
        assert_eq!(error, Error::WrongAddress { status: 404 }, "{wrong}");
        assert_eq!((error.retry(), error.scope()), (Retry::Never, Scope::Site));
    }
    assert_eq!(world.host.stored().len(), 4);
    Ok(())
}

#[tokio::test]
async fn s02_a_site_is_found_from_any_of_its_pages() -> Result<()> {
    for folder in ["", "/my/gallery"] {
        let world = World::start(|options| options.path = folder.to_owned())?;
        let album = world.host.albums().remove(0);
        let image = world.upload(1).await?;
        let base = world.host.base_url();
        let pages =
            [base.clone(), format!("{base}/upload"), album.url, image.links.viewer.context("a page")?];
        for pasted in pages {
            let found = world.client.find_site(&pasted).await.with_context(|| pasted.clone())?;
            assert_eq!(found.probe.base, world.site.base, "{pasted}");
            assert!(found.probe.is_chevereto(), "{pasted}");
            let bare = pasted.trim_start_matches("http://");
            assert_eq!(world.client.find_site(bare).await?.probe.base, world.site.base, "{bare}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn s02_the_pages_of_a_site_tell_its_limits_and_its_categories() -> Result<()> {
    let world = World::with(|settings| {
        settings.guest_max_file_size = 7_000_000;
        settings.max_width = 4_000;
        settings.formats = ["jpg", "png"].map(str::to_owned).to_vec();
    })?;
    let probe = world.client.probe(&world.site).await?;
    assert_eq!((probe.max_size, probe.max_width), (Some(7_000_000), Some(4_000)));
    assert_eq!(
        (probe.formats.as_slice(), probe.major()),
        (&["jpg".to_owned(), "png".to_owned()][..], Some(4))
    );
    let told: Vec<_> =
        probe.categories.iter().map(|one| (i64::from(one.id.get()), one.name.clone())).collect();
    assert_eq!(told, world.host.categories());
    assert!(world.host.received().is_empty(), "looking sends no key and no form");
    Ok(())
}

#[tokio::test]
async fn s03_a_redirect_is_not_followed_and_the_key_stays_with_its_site() -> Result<()> {
    let mut world = World::new()?;
    let other = DemoHost::start(Options::new(world.dir.path().join("other")))?;
    let (own, there, key) = (world.host.base_url(), other.base_url(), world.host.user_key());
    for api in [Api::V1_1, Api::Old] {
        world.site.api = api;
        for status in [301, 302, 307, 308] {
            for (to, base) in [
                (format!("{there}/api/1/upload"), Some(there.clone())),
                (format!("{there}/"), Some(there.clone())),
                ("/api/1/upload/?title".to_owned(), Some(own.clone())),
                (format!("{own}/gallery/api/1/upload"), Some(format!("{own}/gallery"))),
                // A site that puts the key into the address may not have it shown or kept.
                (format!("https://127.0.0.1/sub/api/1/upload?key={key}"), None),
                (format!("https://127.0.0.1/{key}/"), None),
            ] {
                world.host.play(Fault::Redirect { status, to: to.clone() });
                let before = world.host.received().len();
                let error = world.upload(1).await.expect_err("it is elsewhere now");
                let base = base.map(|base| BaseUrl::parse(&base)).transpose()?;
                assert_eq!(error, Error::Moved { to: base }, "{status} {to}");
                assert_eq!((error.retry(), error.scope()), (Retry::Never, Scope::Site));
                assert!(!format!("{error} {error:?}").contains(&key), "{status} {to}");
                assert_eq!(world.host.received().len(), before + 1, "{status} {to} was followed");
            }
        }
    }
    assert!(other.received().is_empty(), "the second origin was called");
    assert!(world.host.stored().is_empty() && other.stored().is_empty());
    Ok(())
}

#[tokio::test]
async fn s03_a_question_about_the_key_follows_no_redirect_either() -> Result<()> {
    let world = World::new()?;
    let other = DemoHost::start(Options::new(world.dir.path().join("other")))?;
    for status in [301, 302, 307, 308] {
        world.host.play(Fault::Redirect { status, to: format!("{}/api/1/upload", other.base_url()) });
        let checked = world.client.check_key(&world.site, &world.key).await;
        assert_eq!(checked, Err(Error::Moved { to: Some(BaseUrl::parse(&other.base_url())?) }), "{status}");
    }
    assert!(other.received().is_empty(), "the second origin was called");
    Ok(())
}
