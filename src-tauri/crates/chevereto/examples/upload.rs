//! Uploads one file and says what the site made of it.
//!
//! `CHEVERETO_KEY=… cargo run --example upload -- https://img.example.org ferry.png "The ferry"`
//!
//! Prints `uploaded LINK` (or `waiting LINK` while it waits for approval) and a line `changed WHAT` for everything that
//! the site made otherwise. The delete link is a secret, so it is printed (`delete LINK`) only with
//! `CHEVERETO_SHOW_DELETE` set.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to people")]

mod common;

use std::path::Path;
use std::process::ExitCode;

use chevereto::{Asked, Image, Title};

#[tokio::main]
async fn main() -> common::Outcome {
    let given = match common::arguments(2, "upload SITE FILE [TITLE]") {
        Ok(given) => given,
        Err(code) => return Ok(code),
    };
    let (client, site) = common::reach(&given[0])?;
    let key = common::key()?;
    let mut upload = common::upload_of(Path::new(&given[1]))?;
    upload.fields.title = given.get(2).map(|title| Title::parse(title)).transpose()?;
    let asked = Asked::of(&upload);
    match client.upload(&site, &key, upload, |_| ()).await {
        Ok(image) => {
            tell(&image, &asked);
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => Ok(common::failed(&error)),
    }
}

fn tell(image: &Image, asked: &Asked) {
    let state = if image.is_approved { "uploaded" } else { "waiting" };
    let link = image.links.direct.as_ref().or(image.links.viewer.as_ref());
    println!("{state} {}", link.map_or("(no link)", String::as_str));
    for difference in asked.differences(image) {
        println!("changed {}", difference.code());
    }
    if let Some(link) = image.delete.as_ref().filter(|_| std::env::var_os("CHEVERETO_SHOW_DELETE").is_some())
    {
        println!("delete {}", link.expose());
    }
}
