//! Deletes an upload by its delete link, at once and without a question.
//!
//! `CHEVERETO_DELETE_LINK=… cargo run --example delete`
//!
//! Prints `deleted` or `not-there`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to people")]

mod common;

use std::process::ExitCode;

use chevereto::{Client, ClientOptions, DeleteLink, Deletion};

#[tokio::main]
async fn main() -> common::Outcome {
    let Ok(link) = std::env::var("CHEVERETO_DELETE_LINK") else {
        eprintln!("usage: CHEVERETO_DELETE_LINK=LINK delete");
        return Ok(ExitCode::from(2));
    };
    let client = Client::new(&ClientOptions::default())?;
    match client.delete(&DeleteLink::parse(&link)?).await {
        Ok(Deletion::Deleted) => println!("deleted"),
        Ok(Deletion::NotThere) => println!("not-there"),
        Err(error) => return Ok(common::failed(&error)),
    }
    Ok(ExitCode::SUCCESS)
}
