//! What the command is told, and what that makes of the site's settings.

use std::{path::PathBuf, str::FromStr};

use clap::Parser;
use demo_host::{Flood, Language, Mode, Moderation, Play, Settings, Storage, Tls};

const EXAMPLES: &str = "\
Examples:
  keltas-demo-host
      A site on port 8080, its pictures in a folder that is gone at the end
  keltas-demo-host --port 0 --dir ~/demo --mode 4.4
      On a free port, keeping what comes; with --dir the next start has the same keys and port
  keltas-demo-host --moderate --flood 5 --max-size 2MB --formats jpg,png
      A strict site
  keltas-demo-host --fault reset-mid-body:40 --fault 'html-500*3' --fault 'delay:500*always'
      The first upload is cut off, the next three meet the incident page, all others are late
  keltas-demo-host --tls expired
      https, with a certificate that ended long ago
  keltas-demo-host --discard
      Reads and answers, keeps nothing: to measure a client";

/// A Chevereto-like site on this machine, to write and test upload clients against.
///
/// It prints its address, its keys and a line to try. The page /desk shows what it has stored and what came in.
#[derive(Parser)]
#[command(name = "keltas-demo-host", version, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Port on 127.0.0.1; 0 takes the one of last time, or any free one
    #[arg(long, default_value_t = 8080, value_parser = number::<u16>)]
    pub(crate) port: u16,
    /// Folder for pictures and index, kept [default: one that is removed at the end]
    #[arg(long)]
    pub(crate) dir: Option<PathBuf>,
    /// Sub-directory that the site lives in: /gallery
    #[arg(long, value_parser = path, default_value = "", hide_default_value = true)]
    pub(crate) path: String,
    /// https, with a certificate of the host's own that is wrong in this way
    #[arg(long, value_enum, value_name = "FLAW")]
    pub(crate) tls: Option<Tls>,
    /// The user's key, instead of a random one
    #[arg(long, value_parser = key)]
    pub(crate) key: Option<String>,

    /// Which Chevereto to behave like
    #[arg(long, value_enum, default_value_t = Mode::V42, help_heading = "The site")]
    mode: Mode,
    /// Uploads wait for approval: everyone's, or those of guests only
    #[arg(long, value_name = "WHOSE", num_args = 0..=1, require_equals = true, default_missing_value = "everyone",
          value_parser = ["everyone", "guests"], help_heading = "The site")]
    moderate: Option<String>,
    /// Uploads in a minute before "Flooding detected"; 0 switches all flood limits off
    #[arg(long, value_name = "N", value_parser = number::<u32>, help_heading = "The site")]
    flood: Option<u32>,
    /// The same bytes may come twice
    #[arg(long, help_heading = "The site")]
    allow_duplicates: bool,
    /// Largest file: 500KB, 2MB, 1GB, or bytes
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "The site")]
    max_size: Option<u64>,
    /// Largest file of a guest
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "The site")]
    guest_max_size: Option<u64>,
    /// PHP's limits: of a larger file nothing is kept, of a larger request nothing is read
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "The site")]
    upload_max_filesize: Option<u64>,
    /// See --upload-max-filesize
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "The site")]
    post_max_size: Option<u64>,
    /// Formats that the site takes, divided by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = format, help_heading = "The site")]
    formats: Vec<String>,
    /// Pictures wider than this are made smaller
    #[arg(long, value_name = "PIXELS", value_parser = number::<u32>, help_heading = "The site")]
    max_width: Option<u32>,
    /// Language of the site's messages; it follows Accept-Language no more
    #[arg(long, value_enum, help_heading = "The site")]
    language: Option<Language>,
    /// Uploading is off, but for the administrator
    #[arg(long, help_heading = "The site")]
    no_uploads: bool,
    /// Uploading with the guest key is off
    #[arg(long, help_heading = "The site")]
    no_guests: bool,
    /// No space is left on the site's storage
    #[arg(long, help_heading = "The site")]
    full: bool,
    /// The administrator's key may name a URL as source
    #[arg(long, help_heading = "The site")]
    url_uploads: bool,
    /// The API is off: HTML 404. Only from 4.3 on
    #[arg(long, help_heading = "The site")]
    api_off: bool,
    /// Every upload request is answered by the maintenance page
    #[arg(long, help_heading = "The site")]
    maintenance: bool,
    /// Uploads are read, counted and answered, but neither looked at nor stored
    #[arg(long, help_heading = "The site")]
    discard: bool,

    /// A fault for the next request; again for the one after. NAME*3 is three times, NAME*always on every request
    /// for which no other waits
    #[arg(long = "fault", value_name = "NAME[*TIMES]", value_parser = fault, help_heading = "Faults")]
    pub(crate) play: Vec<Play>,
    /// Lists the faults
    #[arg(long, help_heading = "Faults")]
    pub(crate) faults: bool,
}

impl Arguments {
    /// What would have no effect, in a sentence.
    pub(crate) fn contradiction(&self) -> Option<&'static str> {
        (self.api_off && self.mode < Mode::V43)
            .then_some("the API can be switched off from 4.3 on: add --mode 4.3, or leave --api-off out")
    }

    /// The site that they describe.
    pub(crate) fn settings(&self) -> Settings {
        let usual = Settings::default();
        Settings {
            mode: self.mode,
            moderation: match self.moderate.as_deref() {
                None => Moderation::Off,
                Some("guests") => Moderation::Guests,
                Some(_) => Moderation::Everyone,
            },
            flood: match self.flood {
                None => usual.flood,
                Some(0) => None,
                Some(minute) => Some(Flood { minute, ..Flood::default() }),
            },
            allow_duplicates: self.allow_duplicates,
            max_file_size: self.max_size.unwrap_or(usual.max_file_size),
            guest_max_file_size: self.guest_max_size.unwrap_or(usual.guest_max_file_size),
            upload_max_filesize: self.upload_max_filesize.unwrap_or(usual.upload_max_filesize),
            post_max_size: self.post_max_size.unwrap_or(usual.post_max_size),
            formats: if self.formats.is_empty() { usual.formats } else { self.formats.clone() },
            max_width: self.max_width.unwrap_or(usual.max_width),
            language: self.language.unwrap_or(usual.language),
            auto_language: self.language.is_none(),
            uploads: !self.no_uploads,
            guest_uploads: !self.no_guests,
            storage: if self.full { Storage::Full } else { usual.storage },
            url_uploads: self.url_uploads,
            api_off: self.api_off,
            maintenance: self.maintenance,
            discard: self.discard,
            ..usual
        }
    }
}

/// Why an argument is not taken: a sentence that says what would be.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("write a whole number, at most {0}")]
    Number(u64),
    #[error("write bytes, or a number with KB, MB or GB behind it, such as 2MB")]
    Size,
    #[error("the formats are {0}")]
    Format(String),
    #[error("write it as /gallery, with letters, digits, - and _ between the slashes")]
    Path,
    #[error("a key has letters, digits and _, and at least one of them")]
    Key,
    #[error("{0}; --faults lists them all")]
    Fault(#[from] demo_host::FaultError),
}

trait Whole: FromStr {
    const MOST: u64;
}

impl Whole for u16 {
    const MOST: u64 = Self::MAX as u64;
}

impl Whole for u32 {
    const MOST: u64 = Self::MAX as u64;
}

fn number<N: Whole>(text: &str) -> Result<N, Refused> {
    text.trim().parse().map_err(|_| Refused::Number(N::MOST))
}

/// As on the site, a KB is 1000 bytes.
fn size(text: &str) -> Result<u64, Refused> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let unit: u64 = match text[digits..].trim().to_ascii_uppercase().as_str() {
        "" | "B" => 1,
        "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        _ => return Err(Refused::Size),
    };
    let number: u64 = text[..digits].parse().map_err(|_| Refused::Size)?;
    number.checked_mul(unit).ok_or(Refused::Size)
}

fn format(text: &str) -> Result<String, Refused> {
    let known = Settings::default().formats;
    let wanted = text.trim().to_ascii_lowercase();
    if known.contains(&wanted) { Ok(wanted) } else { Err(Refused::Format(known.join(", "))) }
}

fn path(text: &str) -> Result<String, Refused> {
    let path = text.trim_matches('/');
    let right =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if path.is_empty() || path.split('/').all(right) { Ok(path.to_owned()) } else { Err(Refused::Path) }
}

fn key(text: &str) -> Result<String, Refused> {
    let right = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if right { Ok(text.to_owned()) } else { Err(Refused::Key) }
}

fn fault(text: &str) -> Result<Play, Refused> {
    Ok(text.parse()?)
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    #[test]
    fn the_arguments_hold_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn arguments_become_settings() {
        let line = "x --moderate=guests --flood 7 --max-size 2MB --formats jpg,PNG --no-guests --language lt --path /a/b/";
        let arguments = Arguments::parse_from(line.split(' '));
        let settings = arguments.settings();
        assert_eq!(settings.moderation, Moderation::Guests);
        assert_eq!(settings.flood.map(|flood| (flood.minute, flood.hour)), Some((7, 500)));
        assert_eq!(
            (settings.max_file_size, settings.formats),
            (2_000_000, vec!["jpg".to_owned(), "png".to_owned()])
        );
        assert_eq!((settings.guest_uploads, settings.auto_language), (false, false));
        assert_eq!(arguments.path, "a/b");
        assert_eq!(Arguments::parse_from(["x", "--moderate"]).settings().moderation, Moderation::Everyone);
    }
}
