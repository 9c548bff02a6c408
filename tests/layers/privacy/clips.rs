//! Case D09 for clips: what phones, cameras, drones and editors write, tag by tag and frame by frame.

use crate::exiftool::{self, Tags};
use anyhow::Result;
use media::samples::{self, Clip, Telemetry};
use media::{Privacy, Removed, inspect, strip};
use std::fs;

/// What is written into a clip by ExifTool.
const VARIATIONS: [(&str, &[&str]); 8] = [
    (
        "keys",
        &[
            "-Keys:GPSCoordinates=55.3033, 21.0064, 5",
            "-Keys:Make=Keltas Optics",
            "-Keys:Model=Ferry 1",
            "-Keys:Software=4.2",
            "-Keys:CreationDate=2026:09:14 18:22:03+03:00",
            "-Keys:Author=Ona",
            "-Keys:Comment=between us",
        ],
    ),
    (
        "user-data",
        &[
            "-UserData:GPSCoordinates=55.3033, 21.0064, 5",
            "-UserData:Make=Keltas Optics",
            "-UserData:Model=Ferry 1",
            "-UserData:Author=Ona",
            "-UserData:Comment=between us",
        ],
    ),
    (
        "items",
        &[
            "-ItemList:GPSCoordinates=55.3033, 21.0064, 5",
            "-ItemList:Title=Secret dune",
            "-ItemList:Artist=Ona",
            "-ItemList:Comment=between us",
        ],
    ),
    (
        "3gpp",
        &[
            "-UserData:LocationInformation=Nida Lat=55.30330 Lon=21.00640 Alt=5.00 Role=shooting",
            "-UserData:Title=Dune",
            "-UserData:Copyright=Ona",
        ],
    ),
    (
        "xmp",
        &["-XMP-exif:GPSLatitude=55.3033", "-XMP-exif:GPSLongitude=21.0064", "-XMP-dc:Title=Secret dune"],
    ),
    (
        "tracks",
        &[
            "-Keys:GPSCoordinates=55.3033, 21.0064, 5",
            "-QuickTime:TrackCreateDate=2026:09:14 18:22:03",
            "-QuickTime:MediaCreateDate=2026:09:14 18:22:03",
        ],
    ),
    (
        "dates",
        &[
            "-Keys:GPSCoordinates=55.3033, 21.0064, 5",
            "-QuickTime:CreateDate=2026:09:14 18:22:03",
            "-QuickTime:ModifyDate=2026:09:14 18:22:03",
        ],
    ),
    (
        "everything",
        &[
            "-Keys:GPSCoordinates=55.3033, 21.0064, 5",
            "-UserData:GPSCoordinates=55.3033, 21.0064, 5",
            "-ItemList:GPSCoordinates=55.3033, 21.0064, 5",
            "-XMP-exif:GPSLatitude=55.3033",
            "-Keys:Make=Keltas Optics",
            "-ItemList:Artist=Ona",
            "-UserData:Model=Ferry 1",
        ],
    ),
];

const TRACKS: [Option<Telemetry>; 5] = [
    None,
    Some(Telemetry::GoPro),
    Some(Telemetry::Android),
    Some(Telemetry::Apple),
    Some(Telemetry::DroneSubtitles),
];

#[test]
fn d09_nothing_private_leaves_in_a_clip() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    let mut cases = Vec::new();
    for (index, (name, arguments)) in VARIATIONS.iter().enumerate() {
        for quicktime in [false, true] {
            let clip = Clip {
                quicktime,
                headers_first: index % 2 == 0,
                telemetry: TRACKS[(index + usize::from(quicktime)) % TRACKS.len()],
                phone: index == 7,
            };
            let name = format!("{name}-{}", if quicktime { "mov" } else { "mp4" });
            fs::write(at.join(&name), samples::clip(clip)?)?;
            // The same without anything private, to compare with.
            fs::write(
                at.join(format!("{name}.bare")),
                samples::clip(Clip { telemetry: None, phone: false, ..clip })?,
            )?;
            cases.push((name, arguments.iter().map(|argument| (*argument).to_owned()).collect::<Vec<_>>()));
        }
    }
    let writes: Vec<_> = cases.iter().map(|(name, arguments)| (at.join(name), arguments.clone())).collect();
    exiftool::write(at, &writes)?;

    let mut paths = Vec::new();
    for (name, _) in &cases {
        let path = |what: &str| at.join(format!("{name}{what}"));
        let original = fs::read(path(""))?;
        assert!(inspect(&path(""))?.has_location, "{name}");
        let done = strip(&path(""), Privacy::All, &path(".sent"))?;
        assert!(done.removed.contains(&Removed::Location) && done.remaining.is_empty(), "{name}: {done:?}");
        let sent = fs::read(path(".sent"))?;
        assert_eq!(frames(&sent), frames(&original), "{name}");
        for word in ["Keltas", "Ferry 1", "Ona", "between us", "dune", "Dune", "Nida", "55.30", "ExifTool"] {
            let found = sent.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "{name}: {word} is still there");
        }
        assert!(!inspect(&path(".sent"))?.has_location);
        assert!(!strip(&path(".sent"), Privacy::All, &path(".again"))?.changed, "{name}");
        strip(&path(""), Privacy::LocationOnly, &path(".placeless"))?;
        assert_eq!(frames(&fs::read(path(".placeless"))?), frames(&original), "{name}");
        paths.extend(["", ".bare", ".sent", ".placeless"].map(path));
    }
    for ((name, _), said) in cases.iter().zip(exiftool::read(&paths)?.chunks_exact(4)) {
        let [full, bare, sent, placeless] = said else { unreachable!() };
        assert!(tells_a_place(full), "{name}: the place was not written: {full:#?}");
        for (tag, value) in sent.iter().filter(|(tag, _)| !of_the_container(tag)) {
            assert_eq!(bare.get(tag), Some(value), "{name}: {tag}");
        }
        assert!(!tells_a_place(placeless), "{name}: {placeless:#?}");
    }
    Ok(())
}

/// Where the pictures lie in a file is not the same once something was written into it, and what went left free room.
fn of_the_container(tag: &str) -> bool {
    ["MediaData", "MediaDataOffset", "MediaDataSize", "NextTrackID", "Free", "Unknown_free"]
        .iter()
        .any(|word| tag.ends_with(word))
}

fn tells_a_place(tags: &Tags) -> bool {
    tags.iter()
        .any(|(tag, value)| tag.contains("GPS") || tag.contains("Location") || value.contains("55.3033"))
}

/// The JPEGs that the frames are, with their places.
fn frames(clip: &[u8]) -> Vec<(usize, &[u8])> {
    let starts = clip.windows(3).enumerate().filter(|(_, window)| *window == [0xff, 0xd8, 0xff]);
    starts
        .map(|(at, _)| {
            let length = clip[at..].windows(2).position(|window| window == [0xff, 0xd9]).unwrap();
            (at, &clip[at..at + length + 2])
        })
        .collect()
}
