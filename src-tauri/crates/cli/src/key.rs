//! `keltas key` and `keltas sites`.

use app::{App, KeepKey, KeyPlace, KeyTest, SaveSite, SiteChoice};

use crate::{Console, Ending};

/// Reads a key, tests it and puts it into the keyring.
pub(crate) async fn set(app: &App, choice: &SiteChoice, console: &Console) -> Ending {
    let site = match app.address_of(choice).await {
        Ok(address) => address.name,
        Err(problem) => {
            console.problem("keltas", &problem);
            return Ending::Nothing;
        }
    };
    let key = match console.read_key(&site) {
        Ok(key) => key,
        Err(error) => {
            console.problem(&site, &app::problem::of_writing(&error));
            return Ending::Nothing;
        }
    };
    match app.test_key(choice, &key).await {
        KeyTest::Accepted => {}
        KeyTest::NotAccepted(problem) | KeyTest::Moved { problem, .. } | KeyTest::Failed(problem) => {
            console.problem(&site, &problem);
            return Ending::Nothing;
        }
    }
    match app.save_site(choice, &key, KeepKey::Keyring).await {
        SaveSite::Saved(_) => {
            console.say("cli-key-kept", &[("site", site.into())]);
            Ending::Done
        }
        SaveSite::NoKeyring(problem) | SaveSite::Failed(problem) => {
            console.problem(&site, &problem);
            Ending::Nothing
        }
    }
}

/// Takes a key out of the keyring.
pub(crate) async fn forget(app: &App, choice: &SiteChoice, console: &Console) -> Ending {
    let forgotten = async {
        let site = app.address_of(choice).await?.name;
        app.forget_key(choice).await.map(|()| site)
    };
    match forgotten.await {
        Ok(site) => {
            console.say("cli-key-gone", &[("site", site.into())]);
            Ending::Done
        }
        Err(problem) => {
            console.problem("keltas", &problem);
            Ending::Nothing
        }
    }
}

/// One line a site: a mark for the current one, its address, where its key is.
pub(crate) async fn sites(app: &App, console: &Console) -> Ending {
    match app.sites().await {
        Ok(sites) => {
            for facts in sites {
                let mark = if facts.current { '*' } else { ' ' };
                let key = match facts.key {
                    KeyPlace::Missing => "-",
                    KeyPlace::Keyring => "keyring",
                    KeyPlace::Session => "session",
                    KeyPlace::Demo => "demo",
                };
                console.result(&format!("{mark} {}\t{key}", facts.site.base));
            }
            Ending::Done
        }
        Err(problem) => {
            console.problem("keltas", &problem);
            Ending::Nothing
        }
    }
}
