//! The arguments, with help in the person's language.

use std::ffi::OsString;
use std::path::PathBuf;

use app::{ArchiveForm, LinkForm, LinkFormat, LinkKind, SiteChoice};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use l10n::Language;

/// What is to be done.
pub(crate) enum Task {
    Upload(Box<Upload>),
    Sites,
    KeySet { site: SiteChoice },
    KeyForget { site: SiteChoice },
    Export { file: PathBuf, form: ArchiveForm, delete_links: bool },
    Import { file: PathBuf },
}

/// One upload.
pub(crate) struct Upload {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) album: Option<String>,
    pub(crate) category: Option<i64>,
    pub(crate) width: Option<u32>,
    pub(crate) expire: Option<String>,
    pub(crate) nsfw: bool,
    pub(crate) form: LinkForm,
    /// None: the one used last, else imgximg.com.
    pub(crate) site: Option<SiteChoice>,
}

const FORMATS: [(&str, LinkFormat); 4] = [
    ("links", LinkFormat::Links),
    ("html", LinkFormat::Html),
    ("markdown", LinkFormat::Markdown),
    ("bbcode", LinkFormat::Bbcode),
];

const KINDS: [(&str, LinkKind); 5] = [
    ("viewer", LinkKind::Viewer),
    ("direct", LinkKind::Direct),
    ("thumbnail", LinkKind::Thumbnail),
    ("medium", LinkKind::Medium),
    ("full", LinkKind::Full),
];

/// Reads the arguments, the program's name first.
pub(crate) fn read(
    args: impl IntoIterator<Item = OsString>,
    language: Language,
) -> Result<Task, clap::Error> {
    let matches = command(language).try_get_matches_from(args)?;
    match matches.subcommand() {
        Some(("upload", matches)) => Ok(Task::Upload(Box::new(upload(matches, language)?))),
        Some(("key", matches)) => match matches.subcommand() {
            Some(("forget", matches)) => {
                Ok(Task::KeyForget { site: site(matches).unwrap_or(SiteChoice::Imgximg) })
            }
            Some((_, matches)) => Ok(Task::KeySet { site: site(matches).unwrap_or(SiteChoice::Imgximg) }),
            None => Err(command(language).error(clap::error::ErrorKind::MissingSubcommand, "key")),
        },
        Some(("history", matches)) => history(matches, language),
        _ => Ok(Task::Sites),
    }
}

fn command(language: Language) -> Command {
    let words = |id: &str| l10n::text(language, id, &[]);
    let option = |name: &'static str, id: &str| Arg::new(name).long(name).help(words(id));
    let site = || option("site", "cli-help-site").value_name("ADDRESS");
    let upload = Command::new("upload")
        .about(words("cli-upload"))
        .arg(
            Arg::new("files")
                .help(words("cli-help-files"))
                .value_name("FILE")
                .num_args(1..)
                .required(true)
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(option("title", "cli-help-title"))
        .arg(option("description", "cli-help-description"))
        .arg(option("tag", "cli-help-tag").action(ArgAction::Append))
        .arg(option("album", "cli-help-album"))
        .arg(option("category", "cli-help-category").value_parser(value_parser!(i64).range(1..)))
        .arg(option("width", "cli-help-width").value_parser(value_parser!(u32).range(1..)))
        .arg(option("expire", "cli-help-expire").value_name("TIME"))
        .arg(option("nsfw", "cli-help-nsfw").action(ArgAction::SetTrue))
        .arg(
            option("format", "cli-help-format")
                .value_parser(PossibleValuesParser::new(FORMATS.map(|(word, _)| word)))
                .default_value("links"),
        )
        .arg(
            option("kind", "cli-help-kind")
                .value_parser(PossibleValuesParser::new(KINDS.map(|(word, _)| word)))
                .default_value("viewer"),
        )
        .arg(site());
    let key = Command::new("key")
        .about(words("cli-key"))
        .subcommand_required(true)
        .subcommand(Command::new("set").about(words("cli-key-set")).arg(site()))
        .subcommand(Command::new("forget").about(words("cli-key-forget")).arg(site()));
    let file = || {
        Arg::new("file")
            .help(words("cli-help-archive"))
            .value_name("FILE")
            .required(true)
            .value_parser(value_parser!(PathBuf))
    };
    let history = Command::new("history")
        .about(words("cli-history"))
        .subcommand_required(true)
        .subcommand(
            Command::new("export")
                .about(words("cli-history-export"))
                .arg(file())
                .arg(option("csv", "cli-help-csv").action(ArgAction::SetTrue))
                .arg(option("delete-links", "cli-help-delete-links").action(ArgAction::SetTrue)),
        )
        .subcommand(Command::new("import").about(words("cli-history-import")).arg(file()));
    Command::new("keltas")
        .version(env!("CARGO_PKG_VERSION"))
        .about(words("cli-about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(upload)
        .subcommand(Command::new("sites").about(words("cli-sites")))
        .subcommand(history)
        .subcommand(key)
}

fn history(matches: &ArgMatches, language: Language) -> Result<Task, clap::Error> {
    let file = |matches: &ArgMatches| matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    match matches.subcommand() {
        Some(("export", matches)) => Ok(Task::Export {
            file: file(matches),
            form: if matches.get_flag("csv") { ArchiveForm::Csv } else { ArchiveForm::Json },
            delete_links: matches.get_flag("delete-links"),
        }),
        Some((_, matches)) => Ok(Task::Import { file: file(matches) }),
        None => Err(command(language).error(clap::error::ErrorKind::MissingSubcommand, "history")),
    }
}

fn upload(matches: &ArgMatches, language: Language) -> Result<Upload, clap::Error> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let expire = match text("expire") {
        Some(typed) => Some(expiration(&typed).ok_or_else(|| {
            let said = l10n::text(language, "cli-expire-unreadable", &[("typed", typed.into())]);
            command(language).error(clap::error::ErrorKind::InvalidValue, said)
        })?),
        None => None,
    };
    let format = one_of(&FORMATS, &text("format").unwrap_or_default());
    let kind = one_of(&KINDS, &text("kind").unwrap_or_default());
    Ok(Upload {
        files: matches.get_many::<PathBuf>("files").into_iter().flatten().cloned().collect(),
        title: text("title"),
        description: text("description"),
        tags: matches.get_many::<String>("tag").into_iter().flatten().cloned().collect(),
        album: text("album"),
        category: matches.get_one::<i64>("category").copied(),
        width: matches.get_one::<u32>("width").copied(),
        expire,
        nsfw: matches.get_flag("nsfw"),
        form: LinkForm { format, kind }.fitting(),
        site: site(matches),
    })
}

fn one_of<T: Copy + Default>(words: &[(&str, T)], typed: &str) -> T {
    let found = words.iter().find(|(word, _)| *word == typed);
    found.map(|(_, value)| *value).unwrap_or_default()
}

fn site(matches: &ArgMatches) -> Option<SiteChoice> {
    let address = matches.get_one::<String>("site")?.clone();
    Some(SiteChoice::Address { address, old_api: false })
}

/// `2w` as the site reads it: `P2W`. What is in that spelling already stays.
fn expiration(typed: &str) -> Option<String> {
    let split = typed.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, unit) = typed.split_at(split);
    let iso = match unit {
        _ if typed.starts_with('P') => typed.to_owned(),
        _ if number.is_empty() => return None,
        "m" | "min" => format!("PT{number}M"),
        "h" => format!("PT{number}H"),
        "d" => format!("P{number}D"),
        "w" => format!("P{number}W"),
        "mo" => format!("P{number}M"),
        "y" => format!("P{number}Y"),
        _ => return None,
    };
    app::Expiration::parse(&iso).ok().map(|_| iso)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_typed_short() {
        let read = |typed: &str| expiration(typed);
        assert_eq!(read("30m").as_deref(), Some("PT30M"));
        assert_eq!(read("2w").as_deref(), Some("P2W"));
        assert_eq!(read("6mo").as_deref(), Some("P6M"));
        assert_eq!(read("P3D").as_deref(), Some("P3D"));
        for wrong in ["2 savaites", "0d", "1m", "2y", "w", "5", "P0D", ""] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_commands_are_well_formed() {
        for language in Language::ALL {
            command(language).debug_assert();
        }
    }
}
