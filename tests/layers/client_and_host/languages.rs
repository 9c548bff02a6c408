//! Languages: English is asked for, and where a site speaks its own, the code decides and not the sentence.

use anyhow::Result;
use chevereto::{Error, Fields, Format, KeyCheck, Period, Retry, Scope, Unclear};
use demo_host::{Flood, Language, Storage};

use crate::world::{World, picture};

/// A site that speaks so whatever is asked for.
fn site_of(language: Language) -> Result<World> {
    World::with(|settings| (settings.language, settings.auto_language) = (language, false))
}

#[tokio::test]
async fn s04_english_is_asked_for_and_given_where_the_site_has_it() -> Result<()> {
    let world = World::with(|settings| settings.language = Language::German)?;
    world.upload(1).await?;
    let error = world.upload(1).await.expect_err("the host knows these bytes");
    assert_eq!(error, Error::Duplicate { said: "Duplicated upload".to_owned() });
    world.client.check_key(&world.site, &world.key).await?;
    for received in world.host.received() {
        assert_eq!(received.header("accept-language"), Some("en"));
    }
    Ok(())
}

#[tokio::test]
async fn s04_a_refusal_means_the_same_in_every_language() -> Result<()> {
    for (language, duplicate, denied, full) in [
        (Language::English, "Duplicated upload", "Request denied", "No space left on storage"),
        (Language::Lithuanian, "Duplicated upload", "Užklausa atmesta", "Saugykloje nebeliko vietos"),
        (Language::German, "Doppelt hochgeladen", "Anfrage abgelehnt", "Kein Platz mehr im Speicher"),
    ] {
        let world = site_of(language)?;
        world.upload(1).await?;
        let error = world.upload(1).await.expect_err("the host knows these bytes");
        assert_eq!(error, Error::Duplicate { said: duplicate.to_owned() });

        world.host.set(|settings| settings.storage = Storage::Full);
        let error = world.upload(2).await.expect_err("there is no room");
        assert_eq!(error, Error::NoSpace { said: Some(full.to_owned()) });

        world.host.set(|settings| settings.uploads = false);
        let error = world.upload(2).await.expect_err("uploading is off");
        assert_eq!(error, Error::NotAllowed { said: denied.to_owned() });
        let checked = world.client.check_key(&world.site, &world.key).await;
        assert_eq!(checked, Ok(KeyCheck::NotAllowed { said: denied.to_owned() }));
    }
    Ok(())
}

#[tokio::test]
async fn s04_a_flood_is_a_pause_in_every_language() -> Result<()> {
    for language in [Language::English, Language::Lithuanian, Language::German] {
        for (flood, period) in [
            (Flood { minute: 1, ..Flood::default() }, Period::Minute),
            (Flood { hour: 1, ..Flood::default() }, Period::Hour),
            (Flood { month: 1, ..Flood::default() }, Period::Month),
        ] {
            let world = site_of(language)?;
            world.host.set(|settings| settings.flood = Some(flood));
            world.upload(1).await?;
            let error = world.upload(2).await.expect_err("one is allowed");
            let Error::Flood { limit: Some(1), period: Some(told), .. } = &error else {
                anyhow::bail!("{language:?}: {error:?}");
            };
            assert_eq!(*told, period, "{language:?}");
            assert_eq!((error.retry(), error.scope()), (Retry::NotBefore(period.duration()), Scope::Site));
        }
    }
    Ok(())
}

/// `format=txt` has no code, so what is not English is neither a success nor a refusal that may be acted on.
#[tokio::test]
async fn s04_a_bare_sentence_in_another_language_confirms_nothing() -> Result<()> {
    let world = site_of(Language::German)?;
    let text = || Fields { format: Format::Txt, ..Fields::default() };
    world.send(picture(1), text()).await?;
    let error = world.send(picture(1), text()).await.expect_err("the host knows these bytes");
    let Error::Unknown { why: Unclear::Unreadable, text, .. } = &error else { anyhow::bail!("{error:?}") };
    assert_eq!(text, "Doppelt hochgeladen");
    assert_eq!(error.retry(), Retry::Unknown);
    Ok(())
}
