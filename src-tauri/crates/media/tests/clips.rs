//! Clips: what is private in them goes, and what is seen and heard stays where it is.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its files has failed")]

mod common;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use common::{atom, file, webm_with};
use media::samples::{self, Clip, Telemetry};
use media::{Privacy, Removed, Stripped, inspect, strip};
use proptest::prelude::*;

const PLACE: &[u8] = b"+55.3033+021.0064";

fn stripped(path: &Path, level: Privacy) -> (Stripped, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let told = strip(path, level, &out).unwrap();
    assert_eq!(told.changed, out.exists(), "a file is there exactly when something changed");
    (told.clone(), fs::read(if told.changed { &out } else { path }).unwrap())
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// The JPEGs that the clip's frames are.
fn frames(clip: &[u8]) -> Vec<(usize, &[u8])> {
    let starts = clip.windows(3).enumerate().filter(|(_, window)| *window == [0xff, 0xd8, 0xff]);
    starts
        .map(|(at, _)| {
            let end = clip[at..].windows(2).position(|window| window == [0xff, 0xd9]).unwrap();
            (at, &clip[at..at + end + 2])
        })
        .collect()
}

fn clips() -> impl Iterator<Item = Clip> {
    let telemetry = [
        None,
        Some(Telemetry::GoPro),
        Some(Telemetry::Android),
        Some(Telemetry::Apple),
        Some(Telemetry::AppleFaces),
        Some(Telemetry::DroneSubtitles),
        Some(Telemetry::Subtitles),
    ];
    telemetry.into_iter().flat_map(|telemetry| {
        [false, true].into_iter().flat_map(move |quicktime| {
            [false, true].map(|headers_first| Clip { quicktime, headers_first, telemetry, phone: true })
        })
    })
}

#[test]
fn a_camera_s_name_goes_wherever_it_stands_in_its_track() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = MADE[0].clone();
    let at = |bytes: &[u8], kind: &[u8]| bytes.windows(4).position(|window| window == kind).unwrap() - 4;
    let end =
        |bytes: &[u8], at: usize| at + u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    // Behind the tables instead of before them.
    let (handler, tables) = (at(&bytes, b"hdlr"), at(&bytes, b"minf"));
    assert_eq!(end(&bytes, handler), tables);
    let behind = end(&bytes, tables);
    bytes[handler..behind].rotate_left(tables - handler);
    assert!(contains(&bytes, b"KeltasCam AVC"));
    let (told, bytes) = stripped(&file(folder.path(), "a.mp4", &bytes), Privacy::All);
    assert!(told.removed.contains(&Removed::Software) && !contains(&bytes, b"KeltasCam"));
}

#[test]
fn d09_nothing_private_leaves_in_a_clip_and_every_frame_stays_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, original) in clips().zip(&*MADE) {
        let path = file(folder.path(), "a.mov", original);
        assert!(inspect(&path).unwrap().has_location);
        let (told, bytes) = stripped(&path, Privacy::All);
        for word in
            [PLACE, b"Keltas", b"Ferry 1", b"KlTs", b"Firmware", b"Ona Pet", b"GPS", b"2026-09", b"a face"]
        {
            assert!(!contains(&bytes, word), "{kind:?}: {:?}", String::from_utf8_lossy(word));
        }
        assert!(!contains(&bytes, &3_872_355_723_u32.to_be_bytes()), "{kind:?}: when it was taken");
        assert_eq!(bytes.len(), original.len());
        assert_eq!(frames(&bytes), frames(original), "{kind:?}");
        assert_eq!(frames(&bytes).len(), 4);
        assert!(
            [Removed::Location, Removed::Camera, Removed::Dates]
                .iter()
                .all(|what| told.removed.contains(what))
        );
        assert_eq!(told.remaining, []);
        let out = file(folder.path(), "b.mov", &bytes);
        let (before, after) = (inspect(&path).unwrap(), inspect(&out).unwrap());
        assert_eq!((after.dimensions, after.duration_ms), (before.dimensions, before.duration_ms));
        assert!(!after.has_location);
        assert_eq!(stripped(&out, Privacy::All), (Stripped::default(), bytes));
        assert_eq!(fs::read(&path).unwrap(), *original, "the person's file is never changed");
    }
}

#[test]
fn only_the_place_goes_out_of_a_clip_when_only_the_place_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, original) in clips().zip(&*MADE) {
        let path = file(folder.path(), "a.mov", original);
        let (told, bytes) = stripped(&path, Privacy::LocationOnly);
        assert_eq!(told.removed, [Removed::Location], "{kind:?}");
        assert!(!contains(&bytes, PLACE) && !contains(&bytes, b"GPS"), "{kind:?}");
        assert!(contains(&bytes, b"Keltas Optics") && contains(&bytes, b"Ferry 1"));
        assert_eq!(contains(&bytes, b"a face"), kind.telemetry == Some(Telemetry::AppleFaces));
        assert_eq!(contains(&bytes, b"the dunes"), kind.telemetry == Some(Telemetry::Subtitles));
        assert_eq!(frames(&bytes), frames(original));
        assert!(told.remaining.contains(&Removed::Camera) && !told.remaining.contains(&Removed::Location));
        let out = file(folder.path(), "b.mov", &bytes);
        assert!(!inspect(&out).unwrap().has_location);
        assert!(!stripped(&out, Privacy::LocationOnly).0.changed);
    }
}

#[test]
fn subtitles_for_people_stay() {
    let folder = tempfile::tempdir().unwrap();
    let kind = Clip { telemetry: Some(Telemetry::Subtitles), ..Clip::default() };
    let path = file(folder.path(), "a.mp4", &samples::clip(kind).unwrap());
    assert!(contains(&stripped(&path, Privacy::All).1, b"Look at the dunes."));
}

#[test]
fn a_clip_with_nothing_private_is_sent_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    for quicktime in [false, true] {
        let bytes = samples::clip(Clip { quicktime, ..Clip::default() }).unwrap();
        let path = file(folder.path(), "a.mp4", &bytes);
        for level in [Privacy::All, Privacy::LocationOnly, Privacy::Off] {
            assert_eq!(stripped(&path, level).0, Stripped::default());
        }
    }
}

#[test]
fn a_track_of_places_in_a_film_of_fragments_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let kind = Clip { telemetry: Some(Telemetry::GoPro), ..Clip::default() };
    let bytes = [samples::clip(kind).unwrap(), atom(b"moof", &atom(b"mfhd", &[0; 8]))].concat();
    let path = file(folder.path(), "a.mp4", &bytes);
    for level in [Privacy::All, Privacy::LocationOnly] {
        let (told, _) = stripped(&path, level);
        assert_eq!((told.changed, told.remaining), (false, vec![Removed::Location]), "{level:?}");
    }
    assert!(inspect(&path).unwrap().has_location);
}

/// The track of places is told and stays, but nothing else that is private stays with it.
#[test]
fn a_track_that_cannot_go_has_no_dates() {
    let folder = tempfile::tempdir().unwrap();
    let kind = Clip { telemetry: Some(Telemetry::GoPro), phone: true, ..Clip::default() };
    let bytes = samples::clip(kind).unwrap();
    // When the film, and each track of it, was made: as its header tells it behind version and flags.
    let header = bytes.windows(4).position(|kind| kind == b"mvhd").unwrap();
    let date = bytes[header + 8..header + 12].to_vec();
    assert!(date != [0; 4] && contains(&bytes, &date));
    let bytes = [bytes, atom(b"moof", &atom(b"mfhd", &[0; 8]))].concat();
    let (told, made) = stripped(&file(folder.path(), "a.mp4", &bytes), Privacy::All);
    assert_eq!(told.remaining, [Removed::Location]);
    assert!(!contains(&made, &date));
}

#[test]
fn what_other_programs_put_between_the_boxes_goes() {
    let folder = tempfile::tempdir().unwrap();
    let plain = samples::clip(Clip::default()).unwrap();
    let xmp =
        b"\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC<x exif:GPSLatitude='55,18N'/>";
    let more = [
        atom(b"uuid", xmp),
        atom(b"uuid", b"sixteen letters.somebody's own"),
        atom(b"free", b"written where nobody looks"),
        atom(b"prvt", b"odd words"),
        b"what follows the last box, as cameras for spheres leave it".to_vec(),
    ];
    let path = file(folder.path(), "a.mp4", &[&plain[..], &more.concat()].concat());
    assert!(inspect(&path).unwrap().has_location);
    let (told, bytes) = stripped(&path, Privacy::All);
    for word in [&b"GPS"[..], b"somebody", b"nobody looks", b"odd words", b"spheres"] {
        assert!(!contains(&bytes, word), "{:?}", String::from_utf8_lossy(word));
    }
    assert_eq!(told.removed, [Removed::Location, Removed::Captions, Removed::Trailer, Removed::Other]);
    assert_eq!(frames(&bytes), frames(&plain));
}

#[test]
fn a_clip_that_was_cut_off_keeps_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let whole = samples::clip(Clip { headers_first: true, phone: true, ..Clip::default() }).unwrap();
    let path = file(folder.path(), "a.mp4", &whole[..whole.len() - 1000]);
    let (told, bytes) = stripped(&path, Privacy::All);
    assert!(told.changed && !contains(&bytes, PLACE));
    assert_eq!(bytes.len(), whole.len() - 1000);
    // In the middle of the headers nothing can be promised.
    let path = file(folder.path(), "b.mp4", &whole[..200]);
    assert!(strip(&path, Privacy::All, &folder.path().join("out")).is_err());
}

#[test]
fn tags_of_a_webm_go_and_its_clusters_stay() {
    let folder = tempfile::tempdir().unwrap();
    let original = webm_with(&[("LOCATION", "+55.3033+021.0064/"), ("ARTIST", "Ona Petraityt")]);
    let path = file(folder.path(), "a.webm", &original);
    assert!(inspect(&path).unwrap().has_location);
    let (told, bytes) = stripped(&path, Privacy::All);
    for word in [PLACE, b"Ona Pet", b"ARTIST", b"Lavf", b"secret title"] {
        assert!(contains(&original, word) && !contains(&bytes, word), "{:?}", String::from_utf8_lossy(word));
    }
    assert_eq!(bytes.len(), original.len());
    assert!(contains(&bytes, b"the pictures"));
    assert_eq!(told.removed, [Removed::Location, Removed::Owner, Removed::Captions, Removed::Software]);
    let out = file(folder.path(), "b.webm", &bytes);
    assert_eq!(inspect(&out).unwrap(), media::Facts { has_location: false, ..inspect(&path).unwrap() });
    assert_eq!(stripped(&out, Privacy::All).0, Stripped::default());

    let (told, bytes) = stripped(&path, Privacy::LocationOnly);
    assert!(!contains(&bytes, PLACE) && contains(&bytes, b"Ona Pet") && contains(&bytes, b"Lavf"));
    assert_eq!(told.removed, [Removed::Location]);
    assert_eq!(told.remaining, [Removed::Owner, Removed::Captions, Removed::Software]);
}

#[test]
fn exif_and_xmp_of_an_avif_go_and_its_picture_stays() {
    let folder = tempfile::tempdir().unwrap();
    let plain = include_bytes!("pictures/quarters.avif");
    let exif = [&[0; 4], &samples::exif(samples::Camera { orientation: 1, place: true })[..]].concat();
    let original = common::avif_with(plain, &exif, b"<x exif:GPSLatitude='55,18N' dc:title='secret dune'/>");
    let path = file(folder.path(), "a.avif", &original);
    assert!(inspect(&path).unwrap().has_location);
    let before = common::small(&path);
    let (told, bytes) = stripped(&path, Privacy::All);
    for word in [&b"lagoon"[..], b"SN-0041", b"GPSLat", b"secret dune", b"Petrait"] {
        assert!(contains(&original, word) && !contains(&bytes, word), "{:?}", String::from_utf8_lossy(word));
    }
    assert!(told.removed.contains(&Removed::Location) && told.removed.contains(&Removed::Serial));
    assert_eq!(bytes.len(), original.len());
    let out = file(folder.path(), "b.avif", &bytes);
    assert_eq!(common::small(&out), before);
    assert!(!inspect(&out).unwrap().has_location);
    assert_eq!(stripped(&out, Privacy::All).0, Stripped::default());
    let (_, bytes) = stripped(&path, Privacy::LocationOnly);
    assert!(contains(&bytes, b"lagoon") && !contains(&bytes, b"GPSLat"));
    assert!(!inspect(&file(folder.path(), "c.avif", &bytes)).unwrap().has_location);
}

/// Made once: painting takes longer than breaking.
static MADE: LazyLock<Vec<Vec<u8>>> =
    LazyLock::new(|| clips().map(|kind| samples::clip(kind).unwrap()).collect());

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    /// Whatever is broken in a clip: no panic, no other length, and stripping the copy again changes nothing.
    #[test]
    fn twice_equals_once_for_broken_clips(
        which in 0..28_usize,
        broken in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        level in prop::sample::select(vec![Privacy::All, Privacy::LocationOnly]),
    ) {
        let mut bytes = MADE[which].clone();
        for (index, value) in broken {
            let at = index.index(bytes.len());
            bytes[at] = value;
        }
        let folder = tempfile::tempdir().unwrap();
        let (path, once, twice) = (file(folder.path(), "a", &bytes), folder.path().join("1"), folder.path().join("2"));
        if strip(&path, level, &once).is_ok_and(|told| told.changed) {
            prop_assert!(fs::metadata(&once).unwrap().len() <= bytes.len() as u64);
            if let Ok(told) = strip(&once, level, &twice) {
                prop_assert!(!told.changed, "{told:?}");
            }
        }
    }
}
