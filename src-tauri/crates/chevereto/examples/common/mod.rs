//! What the examples share: arguments, the key from the environment, and how they end.
#![allow(dead_code, reason = "each example uses a part of it")]

use std::error::Error as StdError;
use std::path::Path;
use std::process::ExitCode;

use chevereto::{ApiKey, BaseUrl, Client, ClientOptions, Error, Site, Source, Upload};

/// How an example ends when it does not do what it should: 1 refused or failed, 2 used wrongly, 3 nobody knows.
pub(crate) type Outcome = Result<ExitCode, Box<dyn StdError>>;

/// The arguments, or how to use the example.
pub(crate) fn arguments(at_least: usize, usage: &str) -> Result<Vec<String>, ExitCode> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    if given.len() < at_least {
        eprintln!("usage: {usage}");
        return Err(ExitCode::from(2));
    }
    Ok(given)
}

/// A client that calls itself an example, and the site of an address.
pub(crate) fn reach(address: &str) -> Result<(Client, Site), Box<dyn StdError>> {
    let options = ClientOptions { user_agent: "chevereto-example/1".to_owned(), ..ClientOptions::default() };
    let mut site = Site::new(BaseUrl::parse(address)?);
    if std::env::var_os("CHEVERETO_OLD_API").is_some() {
        site = Site::old(site.base);
    }
    if site.base.is_insecure() {
        eprintln!("warning: {} is not encrypted, anyone on the way can read the key", site.base);
    }
    Ok((Client::new(&options)?, site))
}

/// The key; an argument would be seen by every program on this machine.
pub(crate) fn key() -> Result<ApiKey, Box<dyn StdError>> {
    let key = std::env::var("CHEVERETO_KEY").map_err(|_| "set CHEVERETO_KEY to the key of the site")?;
    Ok(ApiKey::parse(&key)?)
}

/// A file about which nothing is said. Clips need their true type; a site finds out that of a picture by itself.
pub(crate) fn upload_of(path: &Path) -> std::io::Result<Upload> {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let mime = match extension.as_str() {
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        _ => "application/octet-stream",
    };
    Ok(Upload::new(Source::File {
        path: path.to_owned(),
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        mime: mime.to_owned(),
        len: std::fs::metadata(path)?.len(),
    }))
}

/// Says what went wrong, as `code: sentence`.
pub(crate) fn failed(error: &Error) -> ExitCode {
    eprintln!("{}: {error}", error.code());
    ExitCode::from(if matches!(error, Error::Unknown { .. }) { 3 } else { 1 })
}
