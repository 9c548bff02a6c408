//! Keys: checked without an upload, refused in the middle of a queue, never printed.

use anyhow::Result;
use chevereto::{Api, ApiKey, BaseUrl, Error, KeyCheck, Retry, Scope, Site};
use demo_host::{GuestApi, Mode, Settings};

use crate::world::World;

async fn check(world: &World, key: &str) -> Result<Result<KeyCheck, Error>> {
    Ok(world.client.check_key(&world.site, &ApiKey::parse(key)?).await)
}

/// What came of a check, in a word.
fn told(check: &Result<KeyCheck, Error>) -> &'static str {
    match check {
        Ok(KeyCheck::Accepted) => "accepted",
        Ok(KeyCheck::NotAccepted { said }) if !said.is_empty() => "not accepted",
        Ok(KeyCheck::NotAllowed { said }) if !said.is_empty() => "not allowed",
        Ok(_) => "without a reason",
        Err(error) => error.code(),
    }
}

#[tokio::test]
async fn s09_every_kind_of_key_is_checked_without_an_upload() -> Result<()> {
    let mut world = World::new()?;
    let wrong = "chv_wrong_0123456789abcdef".to_owned();
    let (user, admin, guest) = (world.host.user_key(), world.host.admin_key(), world.host.guest_key());
    for (mode, api, keys) in [
        (
            Mode::V41,
            Api::V1_1,
            [("accepted", &user), ("accepted", &admin), ("accepted", &guest), ("not accepted", &wrong)],
        ),
        (
            Mode::V42,
            Api::V1_1,
            [("accepted", &user), ("accepted", &admin), ("accepted", &guest), ("not accepted", &wrong)],
        ),
        (
            Mode::V42,
            Api::Old,
            [("accepted", &user), ("accepted", &admin), ("accepted", &guest), ("not accepted", &wrong)],
        ),
        // Keys of before 4.4 have a part too few.
        (
            Mode::V44,
            Api::V1_1,
            [
                ("not accepted", &user),
                ("not accepted", &admin),
                ("accepted", &guest),
                ("not accepted", &wrong),
            ],
        ),
        (
            Mode::V3,
            Api::Old,
            [
                ("not accepted", &user),
                ("not accepted", &admin),
                ("accepted", &guest),
                ("not accepted", &wrong),
            ],
        ),
        // The key goes in a header, and V3 looks for a field.
        (
            Mode::V3,
            Api::V1_1,
            [
                ("not accepted", &user),
                ("not accepted", &admin),
                ("not accepted", &guest),
                ("not accepted", &wrong),
            ],
        ),
    ] {
        world.host.set(|settings| settings.mode = mode);
        world.site.api = api;
        for (expected, key) in keys {
            let check = check(&world, key).await?;
            assert_eq!(told(&check), expected, "{mode:?} {api:?}: {check:?}");
            let received = world.received()?;
            assert_eq!(received.method, "POST");
            assert!(received.file.is_none() && received.field("source").is_none());
        }
    }
    world.site.api = Api::V1_1;
    world.host.set(|settings| settings.mode = Mode::V44);
    for key in [world.host.user_key(), world.host.admin_key()] {
        assert_eq!(check(&world, &key).await?, Ok(KeyCheck::Accepted));
    }
    assert!(world.host.stored().is_empty());
    Ok(())
}

#[tokio::test]
async fn s09_a_site_that_lets_nobody_upload_says_so_of_the_key() -> Result<()> {
    let world = World::new()?;
    let (user, admin, guest) = (world.host.user_key(), world.host.admin_key(), world.host.guest_key());
    world.host.set(|settings| settings.guest_uploads = false);
    for (key, expected) in [(&user, "accepted"), (&admin, "accepted"), (&guest, "not allowed")] {
        assert_eq!(told(&check(&world, key).await?), expected);
    }
    world.host.set(|settings| settings.uploads = false);
    for (key, expected) in [(&user, "not allowed"), (&admin, "accepted"), (&guest, "not allowed")] {
        assert_eq!(told(&check(&world, key).await?), expected);
    }
    let error = world.upload(1).await.expect_err("uploading is off");
    assert!(matches!(error, Error::NotAllowed { .. }), "{error:?}");
    assert_eq!((error.retry(), error.scope()), (Retry::Never, Scope::Site));
    Ok(())
}

#[tokio::test]
async fn s09_a_site_of_one_s_own_or_without_guests_says_so_of_the_key() -> Result<()> {
    /// A setting, and what a check of the user's, the administrator's and the public key comes to under it.
    type Case = (fn(&mut Settings), [&'static str; 3]);
    let cases: [Case; 5] = [
        (|settings| settings.private = true, ["accepted", "accepted", "not allowed"]),
        (|settings| settings.personal = true, ["not allowed", "accepted", "not allowed"]),
        (|settings| settings.guest_api = GuestApi::Off, ["accepted", "accepted", "not accepted"]),
        (|settings| settings.guest_api = GuestApi::WithoutKey, ["accepted", "accepted", "not accepted"]),
        (
            |settings| (settings.guest_api, settings.mode) = (GuestApi::Off, Mode::V41),
            ["accepted", "accepted", "not allowed"],
        ),
    ];
    let world = World::new()?;
    let keys = [world.host.user_key(), world.host.admin_key(), world.host.guest_key()];
    for (number, (change, expected)) in cases.into_iter().enumerate() {
        world.host.set(|settings| *settings = Settings::default());
        world.host.set(change);
        for (key, expected) in keys.iter().zip(expected) {
            let check = check(&world, key).await?;
            assert_eq!(told(&check), expected, "case {number}: {check:?}");
        }
    }
    Ok(())
}

/// A site whose API is off and an address that is wrong look the same: the message has to name both.
#[tokio::test]
async fn s09_an_api_that_is_off_is_a_wrong_address() -> Result<()> {
    let world = World::with(|settings| (settings.api_off, settings.mode) = (true, Mode::V43))?;
    for key in [world.host.user_key(), world.host.admin_key(), world.host.guest_key()] {
        assert_eq!(check(&world, &key).await?, Err(Error::WrongAddress { status: 404 }));
    }
    let error = world.upload(1).await.expect_err("the API is off");
    assert_eq!((error.code(), error.retry(), error.scope()), ("wrong-address", Retry::Never, Scope::Site));
    Ok(())
}

#[tokio::test]
async fn s09_a_site_that_does_not_answer_about_the_key_is_told_for_what_it_is() -> Result<()> {
    let world = World::new()?;
    world.host.set(|settings| settings.maintenance = true);
    for key in [world.host.user_key(), world.host.admin_key(), "chv_wrong_0".to_owned()] {
        assert_eq!(check(&world, &key).await?, Err(Error::Maintenance));
    }
    world.host.set(|settings| settings.maintenance = false);
    let elsewhere = Site::new(BaseUrl::parse(&format!("{}/elsewhere", world.host.base_url()))?);
    let checked = world.client.check_key(&elsewhere, &world.key).await;
    assert_eq!(checked, Err(Error::WrongAddress { status: 404 }));
    for (fault, expected) in [
        ("html-404", "wrong-address"),
        ("html-200-maintenance", "maintenance"),
        ("html-500", "site-trouble"),
        ("status-503", "site-trouble"),
        ("challenge-403", "blocked"),
        ("status-429", "rate-limited"),
        ("reset-before", "connect"),
    ] {
        world.host.play(fault.parse()?);
        assert_eq!(told(&check(&world, &world.host.user_key()).await?), expected, "{fault}");
    }
    assert!(world.host.stored().is_empty());
    Ok(())
}

#[tokio::test]
async fn s11_a_key_refused_in_the_middle_concerns_the_whole_site() -> Result<()> {
    let mut world = World::new()?;
    world.upload(1).await?;
    // With an update to 4.4 all the keys of before stop working.
    world.host.set(|settings| settings.mode = Mode::V44);
    for key in [world.key.expose(), "chv_wrong_0123456789abcdef", "0123456789abcdef"] {
        let key = ApiKey::parse(key)?;
        let upload = chevereto::Upload::new(crate::world::picture(2));
        let error = world.client.upload(&world.site, &key, upload, |_| {}).await.expect_err("it is no key");
        assert!(matches!(&error, Error::KeyRefused { said } if !said.is_empty()), "{error:?}");
        assert_eq!((error.retry(), error.scope()), (Retry::Never, Scope::Site));
        assert!(!format!("{error} {error:?}").contains(key.expose()));
    }
    assert_eq!(world.host.stored().len(), 1);
    world.as_user()?;
    world.upload(2).await?;
    Ok(())
}
