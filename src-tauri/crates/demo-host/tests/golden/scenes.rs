//! The scenes: which settings and which past each group of recordings needs.

use std::time::Duration;

use demo_host::{FileNaming, Flood, GuestApi, Language, Mode, Moderation, Settings, Storage};

use crate::{
    stage::{Step, Step::*, play},
    support::{Part, multipart, samples},
};

/// Recordings that no scene plays, and why.
pub(crate) const LEFT_OUT: &[(u16, &str)] =
    &[(914, "an answer of imgbb, another program, at an address that a Chevereto site does not have")];

/// The settings of the recorded site for most of the recordings.
pub(crate) fn recorded_site(settings: &mut Settings) {
    settings.allow_duplicates = true;
    settings.flood = None;
    settings.camera_tag = true;
    settings.max_file_size = 2_000_000;
}

/// Makes each scene a test, and a list of them all.
macro_rules! scenes {
    ($($(#[doc = $doc:literal])* $name:ident: [$($step:expr),* $(,)?];)*) => {
        $(
            $(#[doc = $doc])*
            #[test]
            fn $name() {
                play(&[$($step),*]);
            }
        )*
        pub(crate) const ALL: &[(&str, &[Step])] = &[$((stringify!($name), &[$($step),*])),*];
    };
}

scenes! {
    keys_addresses_and_methods: [Play(&["001-034", "101"])];

    files_of_every_kind: [Play(&["102-133", "136-149", "201-204"])];

    more_than_php_takes: [
        Set(|settings| settings.post_max_size = 64 * 1024 * 1024),
        Play(&["134-135"]),
    ];

    every_parameter: [
        Play(&["205-222"]),
        Play(&["223"]),
        Do(|stage| assert!(stage.stored().pop().unwrap().album.is_some(), "it lies in the album")),
        Play(&["224-229"]),
        Do(|stage| {
            let stored = stage.stored();
            let others = &stored[stored.len() - 6..];
            assert!(others.iter().all(|file| file.album.is_none()), "no other album takes it: {others:?}");
        }),
        Play(&["230-292"]),
    ];

    duplicates: [
        Set(|settings| settings.allow_duplicates = false),
        Play(&["401-407"]),
        Do(|stage| stage.wait(Duration::from_secs(25 * 3_600))),
        Play(&["408"]),
    ];

    duplicates_of_what_was_changed: [
        Set(|settings| settings.allow_duplicates = false),
        Play(&["409-411", "871-872"]),
        // A BMP becomes a PNG, which is then what a second one is before it is made smaller.
        Do(|stage| drop(stage.upload("e.bmp"))),
        Do(|stage| stage.instead = Some(samples::file("e.bmp"))),
        Set(|settings| settings.max_width = 32),
        Play(&["912"]),
    ];

    duplicates_after_deletion_and_before_floods: [
        Set(|settings| settings.allow_duplicates = false),
        Do(|stage| {
            let answer = stage.upload("a.png");
            stage.delete(&answer);
        }),
        Play(&["851"]),
        Set(|settings| settings.flood = Some(Flood { minute: 1, ..Flood::default() })),
        Play(&["852-853"]),
    ];

    floods: [
        Set(|settings| settings.flood = Some(Flood { minute: 1, ..Flood::default() })),
        Play(&["412-414"]),
        Set(|settings| settings.flood = Some(Flood { hour: 1, ..Flood::default() })),
        Play(&["415"]),
        Set(|settings| settings.flood = Some(Flood { day: 1, ..Flood::default() })),
        Play(&["416"]),
    ];

    approval: [
        Set(|settings| settings.moderation = Moderation::Everyone),
        Play(&["417-421"]),
        Do(|stage| stage.upload_as("jR5", "4cc38463c287040291fbe67f92ec72deb90eb66746ae3b87", None)),
        Play(&["873"]),
        Set(|settings| settings.moderation = Moderation::Guests),
        Play(&["422-423"]),
    ];

    who_may_upload: [
        Set(|settings| settings.guest_uploads = false),
        Play(&["424-426"]),
        Set(|settings| settings.uploads = false),
        Play(&["427-428", "857"]),
        Set(|settings| {
            settings.uploads = true;
            settings.private = true;
        }),
        Play(&["429"]),
        Set(|settings| {
            settings.personal = true;
            settings.guest_api = GuestApi::Off;
            settings.titles_in_links = false;
        }),
        Play(&["801-804"]),
    ];

    /// The API does not look at the state of an account, so the host has none: as for any other key.
    banned_and_unconfirmed_accounts: [Play(&["432-433"])];

    the_key_without_an_upload: [
        Play(&["855-856"]),
        Set(|settings| settings.guest_api = GuestApi::WithoutKey),
        Play(&["854"]),
    ];

    maintenance: [Set(|settings| settings.maintenance = true), Play(&["430-431"])];

    formats: [
        Play(&["858"]),
        Set(|settings| settings.formats.retain(|format| format != "gif")),
        Play(&["434-435"]),
    ];

    names_of_stored_files: [
        Do(|stage| drop(stage.upload("a.png"))),
        Set(|settings| settings.file_naming = FileNaming::Id),
        Play(&["436"]),
        Do(|stage| {
            let file = stage.stored().pop().unwrap();
            assert!(file.url.ends_with(&format!("/{}.png", file.id)), "{}", file.url);
        }),
        Set(|settings| settings.file_naming = FileNaming::Random),
        Play(&["437"]),
        Set(|settings| settings.file_naming = FileNaming::Mixed),
        Play(&["438"]),
        Set(|settings| settings.file_naming = FileNaming::Original),
        Play(&["439"]),
    ];

    sizes_and_lifetimes: [
        Set(|settings| settings.max_width = 400),
        Play(&["440"]),
        Set(|settings| settings.expiration = false),
        Play(&["441"]),
        Set(|settings| {
            settings.expiration = true;
            settings.user_expiration = Some("P2D".to_owned());
        }),
        Play(&["442-444"]),
        Set(|settings| {
            settings.user_expiration = None;
            settings.guest_expiration = Some("P1D".to_owned());
        }),
        Play(&["445-446"]),
        Set(|settings| {
            settings.max_width = 0;
            settings.guest_max_file_size = 10_000;
        }),
        Play(&["447-448"]),
    ];

    /// Words are separated by line ends. With commas between them they were one word, which nothing contains.
    stop_words: [
        Set(|settings| settings.stop_words = vec!["kitten,puppy".to_owned()]),
        Play(&["449-450"]),
        Set(|settings| settings.stop_words = vec!["kitten".to_owned(), "puppy".to_owned()]),
        Play(&["501-502"]),
    ];

    pages_and_delete_links: [
        Do(|stage| stage.upload_as("XOn", "a7e57ffd1670c3f2fbef1054c56c70b08e160753412d7403", None)),
        Play(&["503-508"]),
        Do(|stage| {
            let direct = "/images/2026/11/24/tinya103dab74cadf3a2.png";
            stage.upload_as("XaB", "c09e344f14290fd6f2251be2b0b904c9f2d13cb95881aa28", Some(direct));
        }),
        Play(&["509-513"]),
        Do(|stage| stage.upload_as("kIV", "ddff30f0a24f3d37d44403241e985b74acd8590cc78ada5c", None)),
        Play(&["514-515"]),
        Do(|stage| assert!(stage.stored().is_empty(), "all three are deleted")),
        Play(&["859"]),
    ];

    addresses_as_sources: [
        Play(&["516"]),
        Set(|settings| settings.url_uploads = true),
        Play(&["517-525"]),
        Set(|settings| settings.url_uploads = false),
        Play(&["526-529"]),
    ];

    languages: [
        Play(&["530"]),
        Do(|stage| drop(stage.upload("tiny.png"))),
        Set(|settings| settings.flood = Some(Flood { minute: 1, ..Flood::default() })),
        Play(&["531"]),
        Set(|settings| {
            settings.flood = None;
            settings.allow_duplicates = false;
        }),
        Play(&["532-533"]),
        Set(|settings| settings.language = Language::Lithuanian),
        Play(&["534"]),
        Set(|settings| settings.allow_duplicates = true),
        Play(&["535-536"]),
    ];

    limits_of_php: [
        Set(|settings| {
            settings.upload_max_filesize = 100 * 1024;
            settings.post_max_size = 1024 * 1024;
        }),
        Play(&["601"]),
        Set(|settings| settings.allow_duplicates = false),
        Play(&["602"]),
        Set(|settings| settings.allow_duplicates = true),
        Play(&["603-604"]),
    ];

    multipart_as_php_reads_it: [
        Play(&["605-614", "616-621"]),
        Set(|settings| settings.allow_duplicates = false),
        Play(&["615"]),
    ];

    version_3: [
        Set(|settings| {
            settings.mode = Mode::V3;
            settings.allow_duplicates = false;
        }),
        Do(|stage| {
            let bytes = samples::file("a.png");
            let (kind, body) = multipart(
                &[("source", Part::File { name: "a.png", mime: "image/png", bytes: &bytes })],
                &[("key", &stage.scene.host.guest_key())],
            );
            let answer = stage.scene.send("POST", "/api/1/upload", &[("Content-Type", &kind)], &body).unwrap();
            assert_eq!(answer.status, 200, "{}", answer.text());
        }),
        Play(&["900-901"]),
        Set(|settings| settings.allow_duplicates = true),
        Play(&["902"]),
    ];

    versions_4_0_and_4_1: [
        Set(|settings| {
            settings.mode = Mode::V41;
            settings.guest_api = GuestApi::Off;
        }),
        Play(&["903"]),
        Set(|settings| settings.guest_api = GuestApi::On),
        Play(&["904"]),
        Set(|settings| settings.mode = Mode::V40),
        Play(&["905"]),
    ];

    versions_4_3_and_4_4: [
        Set(|settings| {
            settings.mode = Mode::V43;
            settings.api_off = true;
        }),
        Play(&["906"]),
        Set(|settings| {
            settings.mode = Mode::V44;
            settings.api_off = false;
        }),
        Play(&["907-908"]),
    ];

    what_a_site_can_suffer: [
        Set(|settings| settings.storage = Storage::Full),
        Play(&["909"]),
        Set(|settings| settings.storage = Storage::Missing),
        Play(&["911"]),
        Set(|settings| settings.storage = Storage::Contested),
        Play(&["910"]),
        Set(|settings| settings.storage = Storage::Free),
        Do(|stage| stage.cut_short = true),
        Play(&["913"]),
    ];
}
