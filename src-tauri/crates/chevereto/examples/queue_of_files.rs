//! Uploads files one after the other and keeps to what each error asks for: wait, go on, or stop.
//!
//! `CHEVERETO_KEY=… cargo run --example queue_of_files -- https://img.example.org *.png`
//!
//! Prints `FILE LINK` or `FILE CODE` for each file in the order given, as each is done with.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to people")]

mod common;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use chevereto::{ApiKey, Client, Error, Image, Retry, Scope, Site};

/// So often a file is tried when its failure is one that passes.
const TRIES: u32 = 3;

#[tokio::main]
async fn main() -> common::Outcome {
    let given = match common::arguments(2, "queue_of_files SITE FILE…") {
        Ok(given) => given,
        Err(code) => return Ok(code),
    };
    let (client, site) = common::reach(&given[0])?;
    let key = common::key()?;
    let mut end = ExitCode::SUCCESS;
    for file in &given[1..] {
        match patiently(&client, &site, &key, Path::new(file)).await? {
            Ok(image) => {
                let link = image.links.direct.or(image.links.viewer);
                println!("{file} {}", link.unwrap_or_default());
            }
            Err(error) => {
                println!("{file} {}", error.code());
                end = common::failed(&error);
                // A key that is refused, a site that has moved: every other file would fail alike.
                if error.scope() == Scope::Site {
                    break;
                }
            }
        }
    }
    Ok(end)
}

/// Tries a file again only while its error says that nothing can have been stored.
async fn patiently(
    client: &Client,
    site: &Site,
    key: &ApiKey,
    file: &Path,
) -> std::io::Result<Result<Image, Error>> {
    let mut tried = 0;
    loop {
        let result = client.upload(site, key, common::upload_of(file)?, |_| ()).await;
        tried += 1;
        let wait = match result.as_ref().map_err(Error::retry) {
            Err(Retry::NotBefore(wait)) => wait,
            Err(Retry::Later) => Duration::from_secs(5 * u64::from(tried)),
            Err(Retry::Never | Retry::Unknown) | Ok(_) => return Ok(result),
        };
        if tried == TRIES {
            return Ok(result);
        }
        eprintln!("{}: going on in {} s", file.display(), wait.as_secs());
        tokio::time::sleep(wait).await;
    }
}
