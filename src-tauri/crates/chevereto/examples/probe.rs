//! Finds a site by an address as people type it, and says what its pages tell. No key is needed.
//!
//! `cargo run --example probe -- img.example.org/upload`
//!
//! Prints one `name value` a line; `base` always comes first, and what the pages do not tell is left out.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to people")]

mod common;

use std::process::ExitCode;

use chevereto::{Client, ClientOptions, FindError, Probe};

#[tokio::main]
async fn main() -> common::Outcome {
    let given = match common::arguments(1, "probe ADDRESS") {
        Ok(given) => given,
        Err(code) => return Ok(code),
    };
    let client = Client::new(&ClientOptions::default())?;
    match client.find_site(&given[0]).await {
        Ok(found) => {
            if let Some(error) = found.https_failed.as_ref().filter(|_| found.probe.base.is_insecure()) {
                eprintln!("warning: not encrypted, https does not work ({error})");
            }
            tell(&found.probe);
            Ok(ExitCode::SUCCESS)
        }
        Err(FindError::Site(error)) => Ok(common::failed(&error)),
        Err(error) => {
            eprintln!("{}: {error}", error.code());
            Ok(ExitCode::from(2))
        }
    }
}

fn tell(probe: &Probe) {
    println!("base {}", probe.base);
    println!("chevereto {}", if probe.is_chevereto() { "yes" } else { "not seen" });
    if let Some(generator) = &probe.generator {
        println!("generator {generator}");
    }
    if probe.has_api_page {
        println!("version 4.2 or later");
    }
    if probe.is_private {
        println!("private yes");
    }
    if let Some(max) = probe.max_size {
        println!("max-bytes-for-guests {max}");
    }
    if !probe.formats.is_empty() {
        println!("formats {}", probe.formats.join(" "));
    }
    for category in &probe.categories {
        println!("category {} {}", category.id, category.name);
    }
}
