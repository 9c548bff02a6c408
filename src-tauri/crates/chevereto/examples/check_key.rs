//! Asks a site about a key without uploading anything.
//!
//! `CHEVERETO_KEY=… cargo run --example check_key -- https://img.example.org`
//!
//! Prints `accepted`, `not-accepted: SENTENCE` or `not-allowed: SENTENCE`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to people")]

mod common;

use std::process::ExitCode;

use chevereto::KeyCheck;

#[tokio::main]
async fn main() -> common::Outcome {
    let given = match common::arguments(1, "check_key SITE") {
        Ok(given) => given,
        Err(code) => return Ok(code),
    };
    let (client, site) = common::reach(&given[0])?;
    let said = match client.check_key(&site, &common::key()?).await {
        Ok(KeyCheck::Accepted) => {
            println!("accepted");
            return Ok(ExitCode::SUCCESS);
        }
        Ok(KeyCheck::NotAccepted { said }) => format!("not-accepted: {said}"),
        Ok(KeyCheck::NotAllowed { said }) => format!("not-allowed: {said}"),
        Err(error) => return Ok(common::failed(&error)),
    };
    println!("{said}");
    Ok(ExitCode::from(1))
}
