//! Whatever is said about a picture arrives as it was said, or is refused with a reason: all of Unicode, tried at random.
//!
//! The host reads the form as PHP does. Allowed on the way, and nothing else:
//! - of a file name: control characters go, slashes of both kinds become underscores, and a name of which nothing but
//!   blanks and dots is left is `upload`;
//! - of a tag: blanks around it go, those within become one space, and a tag counts once; the order is the site's, which
//!   puts first the tags that it knew before.
//!
//! What a test here found is kept as a case of its own in `names` and `fields`.

use anyhow::{Result, anyhow};
use chevereto::{Description, FieldError, Fields, Image, Source, Tag, Tags, Title};
use demo_host::{Received, Stored};
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    test_runner::{TestCaseResult, TestRunner},
};
use std::fs;
use support::md5;

use crate::world::{World, named};

/// Signs that mean something to forms, headers, paths, databases or pages, and some that are hard to see.
const SIGNS: [char; 32] = [
    '"', '\'', '\\', '/', '\r', '\n', '\0', '\t', '\u{7F}', '\u{85}', '.', ';', '=', '%', '&', '<', '>', ' ',
    '-', '_', '#', ',', '0', '*', ':', 'ž', '🍲', '\u{301}', '\u{200D}', '\u{202E}', '\u{2028}', '\u{FEFF}',
];

fn letter() -> impl Strategy<Value = char> {
    prop_oneof![3 => select(&SIGNS[..]), 2 => any::<char>(), 1 => proptest::char::range('a', 'z')]
}

/// Up to so many letters.
fn text(letters: usize) -> impl Strategy<Value = String> {
    vec(letter(), 0..=letters).prop_map(String::from_iter)
}

/// One letter, so many times that it is around `bytes` long.
fn full(bytes: usize) -> impl Strategy<Value = String> {
    (letter(), 0..=bytes).prop_map(|(letter, len)| letter.to_string().repeat(len / letter.len_utf8()))
}

/// A file name as file systems have them: up to 255 bytes.
fn file_name() -> impl Strategy<Value = String> {
    let mixed = text(255).prop_map(|mut name| {
        while name.len() > 255 {
            name.pop();
        }
        name
    });
    prop_oneof![4 => mixed, 1 => full(255)]
}

/// Plays so many cases to one host that takes everything.
fn play<S: Strategy>(
    cases: u32,
    strategy: &S,
    case: &impl AsyncFn(&World, S::Value) -> TestCaseResult,
) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let world = World::with(|settings| (settings.flood, settings.allow_duplicates) = (None, true))?;
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(strategy, |value| runtime.block_on(case(&world, value)))
        .map_err(|found| anyhow!("{found}"))
}

/// What came of an upload: the answer, what arrived, what is kept.
async fn sent(
    world: &World,
    source: Source,
    fields: Fields,
) -> Result<(Image, Received, Stored), TestCaseError> {
    let image = world.send(source, fields).await?;
    let missing = |error: anyhow::Error| TestCaseError::fail(error.to_string());
    Ok((image, world.received().map_err(missing)?, world.stored().map_err(missing)?))
}

#[test]
fn d01_any_file_name_arrives_as_it_is_written() -> Result<()> {
    play(200, &file_name(), &async |world, name| {
        let (image, received, stored) = sent(world, named(1, &name), Fields::default()).await?;
        let kept: String = name.chars().filter(|letter| !letter.is_control()).collect();
        let kept = kept.replace(['/', '\\'], "_");
        let nothing = kept.chars().all(|letter| letter == '.' || letter.is_whitespace());
        let arrives = if nothing { "upload" } else { &kept };
        let file = received.file.as_ref().map(|file| (file.name.as_str(), file.mime.as_str()));
        prop_assert_eq!(file, Some((arrives, "image/png")));
        prop_assert_eq!(received.fields, [("format".to_owned(), "json".to_owned())]);
        prop_assert_eq!(stored.original_filename.as_str(), arrives);
        prop_assert_eq!(image.original_filename.as_deref(), Some(arrives));
        Ok(())
    })
}

#[test]
fn s15_any_title_and_description_arrive_as_they_are_written_or_are_refused_with_a_reason() -> Result<()> {
    let description = prop_oneof![4 => text(300), 1 => full(70_000)];
    play(150, &(prop_oneof![4 => text(110), 1 => full(500)], description), &async |world, (title, about)| {
        let blank = |text: &str| matches!(text.trim(), "" | "0");
        let mut fields = Fields::default();
        match Title::parse(&title) {
            Ok(title) => fields.title = Some(title),
            Err(FieldError::Blank) => prop_assert!(blank(&title)),
            Err(why) => {
                prop_assert_eq!(why, FieldError::TooLong { len: title.chars().count(), max: 100 });
                prop_assert!(title.chars().count() > 100);
            }
        }
        match Description::parse(&about) {
            Ok(about) => fields.description = Some(about),
            Err(FieldError::Blank) => prop_assert!(blank(&about)),
            Err(why) => {
                prop_assert_eq!(why, FieldError::TooLong { len: about.len(), max: 65_535 });
                prop_assert!(about.len() > 65_535);
            }
        }
        let (image, received, stored) = sent(world, named(1, "name.png"), fields.clone()).await?;
        let title = fields.title.as_ref().map(Title::as_str);
        let about = fields.description.as_ref().map(Description::as_str);
        prop_assert_eq!((received.field("title"), received.field("description")), (title, about));
        prop_assert_eq!(stored.title.as_str(), title.unwrap_or("name"));
        prop_assert_eq!(stored.description.as_deref(), about);
        prop_assert_eq!(
            (image.title.as_deref(), image.description.as_deref()),
            (title.or(Some("name")), about)
        );
        Ok(())
    })
}

#[test]
fn s07_any_list_of_tags_arrives_as_it_is_written_or_is_refused_with_a_reason() -> Result<()> {
    play(150, &vec(prop_oneof![4 => text(6), 1 => text(40)], 0..6), &async |world, wished| {
        let mut kept: Vec<String> = Vec::new();
        let mut tags: Vec<Tag> = Vec::new();
        for wish in &wished {
            let plain = wish.split_whitespace().collect::<Vec<_>>().join(" ");
            match Tag::parse(wish) {
                Ok(tag) => {
                    tags.push(tag);
                    if !kept.contains(&plain) {
                        kept.push(plain);
                    }
                }
                Err(FieldError::Blank) => prop_assert!(plain.is_empty()),
                Err(FieldError::TooLong { len, max: 32 }) => prop_assert!(len > 32),
                Err(why) => prop_assert_eq!(why, FieldError::TagDropped),
            }
        }
        let tags: Tags = tags.into_iter().collect();
        prop_assert_eq!(
            &Tags::parse(&tags.to_string()),
            &Ok(tags.clone()),
            "a list is read as it is written"
        );
        let fields = Fields { tags, ..Fields::default() };
        let (image, _, mut stored) = sent(world, named(1, "name.png"), fields).await?;
        prop_assert_eq!(&image.tags, &stored.tags);
        stored.tags.sort();
        kept.sort();
        prop_assert_eq!(stored.tags, kept);
        Ok(())
    })
}

#[test]
fn any_bytes_arrive_as_they_are() -> Result<()> {
    let pieces =
        [&b"\r\n"[..], b"--", b"\r\n--", b"----chevereto", b"\0", b"\r", b"\n\n", b"%PDF-", b"\xFF\xD8"];
    let piece = prop_oneof![select(pieces.map(<[u8]>::to_vec).to_vec()), vec(any::<u8>(), 0..2_000)];
    play(80, &(vec(piece, 0..12), any::<bool>()), &async |world, (pieces, from_disk)| {
        let content = pieces.concat();
        let (path, name, mime) = (world.dir.path().join("content"), "a".to_owned(), "image/png".to_owned());
        fs::write(&path, &content)?;
        let (len, md5) = (content.len() as u64, md5(&content));
        let source = if from_disk {
            Source::File { path, name, mime, len }
        } else {
            Source::Bytes { bytes: content.into(), name, mime }
        };
        // Mostly it is no picture, and the site says so.
        let _ = world.send(source, Fields::default()).await;
        let received = world.received().map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(received.file.map(|file| (file.size, file.md5)), Some((len, md5)));
        Ok(())
    })
}
