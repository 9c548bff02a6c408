//! Case D09 for pictures: every container, in every variation, tag by tag and pixel by pixel.

use crate::exiftool::{self, Tags};
use anyhow::Result;
use image::RgbImage;
use media::samples::{self, Scene};
use media::{Format, Privacy, Removed, inspect, strip};
use std::{fs, path::Path, path::PathBuf};

/// What is written into a picture, and what has to be told of it.
const VARIATIONS: [(&str, &[&str], &[Removed]); 13] = [
    (
        "place",
        &[
            "-GPSLatitude=55.3033",
            "-GPSLatitudeRef=N",
            "-GPSLongitude=21.0064",
            "-GPSLongitudeRef=E",
            "-GPSAltitude=5",
            "-GPSDateStamp=2026:09:14",
        ],
        &[Removed::Location],
    ),
    (
        "place-in-xmp",
        &["-XMP-exif:GPSLatitude=55.3033", "-XMP-exif:GPSLongitude=21.0064"],
        &[Removed::Location],
    ),
    (
        "place-in-words",
        &[
            "-XMP-photoshop:City=Nida",
            "-XMP-iptcCore:Location=Parnidis",
            "-XMP-iptcExt:LocationShownCity=Nida",
        ],
        &[Removed::Location],
    ),
    (
        "captions",
        &[
            "-EXIF:ImageDescription=Evening at the lagoon",
            "-XMP-dc:Title=Secret dune",
            "-XMP-dc:Description=Where we met",
            "-XMP-dc:Subject=Ona",
            "-EXIF:XPTitle=Dune",
            "-EXIF:XPKeywords=lagoon",
        ],
        &[Removed::Captions],
    ),
    (
        "serials",
        &[
            "-EXIF:SerialNumber=SN-00417725",
            "-EXIF:LensSerialNumber=L-99",
            "-EXIF:ImageUniqueID=0123456789abcdef0123456789abcdef",
            "-XMP-aux:SerialNumber=SN-00417725",
        ],
        &[Removed::Serial],
    ),
    (
        "owner",
        &[
            "-EXIF:Artist=Ona",
            "-EXIF:Copyright=Ona",
            "-EXIF:OwnerName=Ona",
            "-XMP-dc:Creator=Ona",
            "-XMP-dc:Rights=Ona",
        ],
        &[Removed::Owner],
    ),
    (
        "camera",
        &[
            "-EXIF:Make=Keltas Optics",
            "-EXIF:Model=Ferry 1",
            "-EXIF:LensModel=50mm",
            "-EXIF:ExposureTime=1/60",
            "-EXIF:ISO=200",
            "-EXIF:Software=Firmware 4.2",
            "-EXIF:DateTimeOriginal=2026:09:14 18:22:03",
            "-EXIF:OffsetTimeOriginal=+03:00",
        ],
        &[Removed::Camera, Removed::Dates, Removed::Software],
    ),
    ("maker-notes", &["-MakerNoteUnknownText=the maker's own secret words"], &[Removed::Camera]),
    ("little-picture", &["-ThumbnailImage<=LITTLE"], &[Removed::Thumbnail]),
    (
        "comments",
        &["-EXIF:UserComment=between us", "-EXIF:XPComment=between us", "-XMP-exif:UserComment=between us"],
        &[Removed::Comments],
    ),
    (
        "little-end-first",
        &[
            "-ExifByteOrder=II",
            "-EXIF:Make=Keltas Optics",
            "-GPSLatitude=55.3033",
            "-GPSLatitudeRef=N",
            "-XMP-exif:GPSLatitude=55.3033",
        ],
        &[Removed::Location, Removed::Camera],
    ),
    (
        "long-words",
        &["-XMP-dc:Description=LONG", "-XMP-exif:GPSLatitude=55.3033"],
        &[Removed::Location, Removed::Captions],
    ),
    (
        "history",
        &[
            "-XMP-xmpMM:DocumentID=uuid:12345678",
            "-XMP-xmpMM:History={Action=saved,SoftwareAgent=Editor}",
            "-XMP-xmp:CreatorTool=Editor",
        ],
        &[Removed::Captions],
    ),
];

/// What only one container can hold.
const OF_JPEG: [(&str, &[&str], &[Removed]); 4] = [
    ("comment", &["-File:Comment=between us"], &[Removed::Comments]),
    ("iptc", &["-IPTC:City=Nida", "-IPTC:Sub-location=Parnidis"], &[Removed::Location]),
    (
        "iptc-words",
        &[
            "-IPTC:Caption-Abstract=Evening",
            "-IPTC:By-line=Ona",
            "-IPTC:Keywords=dune",
            "-IPTC:DateCreated=2026:09:14",
        ],
        &[Removed::Captions, Removed::Owner, Removed::Dates],
    ),
    ("photoshop", &["-PhotoshopThumbnail<=LITTLE", "-Photoshop:CopyrightFlag=True"], &[Removed::Thumbnail]),
];
const OF_PNG: [(&str, &[&str], &[Removed]); 3] = [
    (
        "text",
        &[
            "-PNG:Title=Dune",
            "-PNG:Author=Ona",
            "-PNG:Comment=between us",
            "-PNG:Software=Editor",
            "-PNG:CreationTime=2026:09:14 18:22:03",
        ],
        &[Removed::Captions, Removed::Owner, Removed::Comments, Removed::Software, Removed::Dates],
    ),
    (
        "packed-text",
        &["-z", "-PNG:Description=Where we met", "-XMP-exif:GPSLatitude=55.3033"],
        &[Removed::Captions, Removed::Location],
    ),
    ("time", &["-PNG:ModifyDate=2026:09:14 18:22:03"], &[Removed::Dates]),
];
const OF_GIF: [(&str, &[&str], &[Removed]); 4] = [
    ("comment", &["-Comment=between us"], &[Removed::Comments]),
    ("place-in-xmp", &["-XMP-exif:GPSLatitude=55.3033"], &[Removed::Location]),
    ("place-in-words", &["-XMP-photoshop:City=Nida"], &[Removed::Location]),
    ("captions", &["-XMP-dc:Title=Secret dune"], &[Removed::Captions]),
];

#[test]
fn d09_nothing_private_leaves_in_a_jpeg() -> Result<()> {
    let picture = samples::landscape(Scene::Dune, 7, 120, 90);
    check(Format::Jpeg, &samples::jpeg(&picture, None)?, &VARIATIONS, &OF_JPEG)
}

#[test]
fn d09_nothing_private_leaves_in_a_png() -> Result<()> {
    check(Format::Png, &made("png")?, &VARIATIONS, &OF_PNG)
}

#[test]
fn d09_nothing_private_leaves_in_a_webp() -> Result<()> {
    check(Format::Webp, &made("webp")?, &VARIATIONS, &[])
}

#[test]
fn d09_nothing_private_leaves_in_a_gif() -> Result<()> {
    check(Format::Gif, &made("gif")?, &[], &OF_GIF)
}

fn made(extension: &str) -> Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("a").with_extension(extension);
    samples::write(&path, Scene::Dune, (120, 90), None)?;
    Ok(fs::read(path)?)
}

type Variation = (&'static str, &'static [&'static str], &'static [Removed]);

/// Each variation on its own with another orientation, and then all of them together.
fn check(format: Format, plain: &[u8], common: &[Variation], own: &[Variation]) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    let little = samples::jpeg(&RgbImage::new(32, 24), None)?;
    fs::write(at.join("little.jpg"), little)?;
    fs::write(at.join("colours.icc"), profile())?;
    let turned = format != Format::Gif;
    let mut cases: Vec<(String, Vec<&str>, Vec<Removed>)> = common
        .iter()
        .chain(own)
        .map(|(name, arguments, told)| ((*name).to_owned(), arguments.to_vec(), told.to_vec()))
        .collect();
    let all = cases.iter().fold((Vec::new(), Vec::new()), |(mut arguments, mut told), case| {
        arguments.extend(&case.1);
        told.extend(&case.2);
        (arguments, told)
    });
    cases.push(("everything".to_owned(), all.0, all.1));

    let mut writes = Vec::new();
    for (index, (name, arguments, _)) in cases.iter().enumerate() {
        let kept = |path: &Path| -> Result<Vec<String>> {
            fs::write(path, plain)?;
            let colours = format!("-ICC_Profile<={}", at.join("colours.icc").display());
            let orientation = format!("-IFD0:Orientation#={}", index % 8 + 1);
            Ok(if turned { vec![colours, orientation] } else { vec![colours] })
        };
        let (bare, full) = (at.join(format!("{name}.bare")), at.join(format!("{name}.full")));
        writes.push((bare.clone(), kept(&bare)?));
        let mut of_full = kept(&full)?;
        of_full.extend(arguments.iter().map(|argument| {
            argument
                .replace("LITTLE", &at.join("little.jpg").display().to_string())
                .replace("LONG", &"So long that it needs more than one segment. ".repeat(3000))
        }));
        writes.push((full, of_full));
    }
    exiftool::write(at, &writes)?;

    let mut paths = Vec::new();
    for (name, _, told) in &cases {
        let path = |what: &str| at.join(format!("{name}.{what}"));
        let original = fs::read(path("full"))?;
        let done = strip(&path("full"), Privacy::All, &path("sent"))?;
        assert!(told.iter().all(|kind| done.removed.contains(kind)), "{format:?} {name}: {:?}", done.removed);
        assert_eq!(done.remaining, [], "{format:?} {name}");
        let place = told.contains(&Removed::Location);
        assert_eq!(inspect(&path("full"))?.has_location, place, "{format:?} {name}");
        assert_eq!(pixels(&path("sent"))?, pixels(&path("full"))?, "{format:?} {name}");
        assert_eq!(
            fs::read(path("full"))?,
            original,
            "{format:?} {name}: the person's file is never changed"
        );
        let again = strip(&path("sent"), Privacy::All, &path("again"))?;
        assert!(!again.changed, "{format:?} {name}: {:?}", again.removed);
        assert!(!inspect(&path("sent"))?.has_location);

        let only = strip(&path("full"), Privacy::LocationOnly, &path("placeless"))?;
        assert_eq!(only.removed.contains(&Removed::Location), place, "{format:?} {name}");
        paths.extend([path("bare"), path("sent")]);
        if only.changed {
            assert_eq!(pixels(&path("placeless"))?, pixels(&path("full"))?, "{format:?} {name}");
            assert!(!inspect(&path("placeless"))?.has_location);
            let left = exiftool::read(&[path("placeless")])?.remove(0);
            assert!(!tells_a_place(&left), "{format:?} {name}: {left:#?}");
        }
    }
    let said = exiftool::read(&paths)?;
    for ((name, ..), said) in cases.iter().zip(said.chunks_exact(2)) {
        compare(&format!("{format:?} {name}"), &said[0], &said[1]);
    }
    Ok(())
}

/// Whatever the copy says, the picture without anything private said too; and what shows it right is still said.
fn compare(what: &str, bare: &Tags, sent: &Tags) {
    // How EXIF counts its bytes, and that there is any, changes with what is in it.
    let of_exif = |tag: &str| tag.contains("ExifByteOrder") || tag.contains("WebP_Flags");
    for (tag, value) in sent.iter().filter(|(tag, _)| !of_exif(tag)) {
        assert_eq!(bare.get(tag), Some(value), "{what}: {tag}");
    }
    let needed = ["ICC", "File:", "JFIF:", "PNG:", "GIF:", "RIFF:"];
    for (tag, value) in bare {
        let turned = tag.ends_with(":Orientation") && !value.contains("normal");
        if (turned || needed.iter().any(|start| tag.starts_with(start))) && !of_exif(tag) {
            assert_eq!(sent.get(tag), Some(value), "{what}: {tag} is needed");
        }
    }
}

fn tells_a_place(tags: &Tags) -> bool {
    tags.keys().any(|tag| ["GPS", "City", "Location", "Sub-location"].iter().any(|word| tag.contains(word)))
}

fn pixels(path: &PathBuf) -> Result<Vec<u8>> {
    let reader = image::ImageReader::open(path)?.with_guessed_format()?;
    Ok(reader.decode()?.into_rgba8().into_raw())
}

/// A colour profile that says no more than its name.
fn profile() -> Vec<u8> {
    let name = b"desc\0\0\0\0\0\0\0\x09Lagoon 3\0\0\0\0";
    let mut profile = vec![0; 128];
    profile[8..12].copy_from_slice(&[2, 0x10, 0, 0]);
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    profile[36..40].copy_from_slice(b"acsp");
    profile.extend(1_u32.to_be_bytes());
    profile.extend(b"desc");
    profile.extend(144_u32.to_be_bytes());
    profile.extend(u32::try_from(name.len()).unwrap().to_be_bytes());
    profile.extend(name);
    let length = u32::try_from(profile.len()).unwrap();
    profile[..4].copy_from_slice(&length.to_be_bytes());
    profile
}
