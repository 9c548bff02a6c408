//! One upload on its way onto the disk and into the index: the last checks, and the bytes.

use std::{
    fs::{self, File},
    io::{self, Read},
};

use md5::{Digest, Md5};

use super::{Call, Stop, Taken, not_again, refuse, source::Source};
use crate::{
    Mode, Settings, Storage, answer,
    index::{FileRow, Owner, encode_id, hex, random_hex},
    picture::{self, Flaw, Picture},
    site::Site,
    sniff::{self, Kind},
};

/// Of larger clips only the beginning is looked at.
const MAX_CLIP_LOOK: u64 = 64 * 1024 * 1024;

/// One upload on its way into the index.
pub(super) struct Row<'a> {
    pub(super) site: &'a Site,
    pub(super) settings: &'a Settings,
    pub(super) owner: Owner,
    pub(super) call: &'a Call<'a>,
    pub(super) now: i64,
}

impl Row<'_> {
    pub(super) fn store(&self, source: &Source) -> Result<Taken, Stop> {
        let bytes = look(source)?;
        let kind = self.kind(source, &bytes)?;
        let extension = self.extension(kind, source)?;
        let limit = if self.owner == Owner::Nobody {
            self.settings.guest_max_file_size
        } else {
            self.settings.max_file_size
        };
        if source.size > limit {
            return Err(refuse(400, &format!("File too big - max {}", answer::size(limit, true))));
        }
        if self.settings.stop_words.iter().any(|word| self.says(word)) {
            return Err(refuse(400, "Stop words found"));
        }
        let picture = picture::develop(&bytes, kind, self.width(), self.settings.max_width)
            .map_err(|flaw| self.flaw(flaw, source))?;
        drop(bytes);
        if picture.animated && kind == Kind::Webp && !self.settings.animated_webp {
            return Err(refuse(400, "Animated WebP is not supported"));
        }
        let extension = match &picture.changed {
            Some((_, kind)) if *kind != Kind::Jpeg => kind.extension(),
            _ => extension,
        };
        self.keep(source, picture, extension, kind)
    }

    fn kind(&self, source: &Source, bytes: &[u8]) -> Result<Kind, Stop> {
        let kind = sniff::sniff(bytes);
        let clip = kind.is_some_and(Kind::is_clip);
        // Before 4.1 there were no clips, and nobody looked at the type of the part.
        let as_clip = if self.settings.mode < Mode::V41 { Some(false) } else { source.as_clip };
        match (as_clip, kind) {
            (Some(true), Some(kind)) if clip => Ok(kind),
            (Some(true), _) => Err(refuse(100, "Invalid video file provided")),
            _ if source.size == 0 => Err(refuse(0, "getimagesize(): Error reading from /srv/tmp/upload!")),
            (Some(false), _) if clip => Err(refuse(610, "Can't get target upload source info")),
            (_, Some(kind)) => Ok(kind),
            (_, None) => Err(refuse(610, "Can't get target upload source info")),
        }
    }

    fn extension(&self, kind: Kind, source: &Source) -> Result<&'static str, Stop> {
        if kind == Kind::Tiff {
            return Err(refuse(613, "Unavailable image format"));
        }
        let named_jpg = source.name.to_ascii_lowercase().ends_with(".jpg");
        let extension = if kind == Kind::Jpeg && named_jpg { "jpg" } else { kind.extension() };
        if !self.settings.offered().any(|format| format == extension) {
            return Err(refuse(614, &format!("Disabled image format ({extension})")));
        }
        Ok(extension)
    }

    fn flaw(&self, flaw: Flaw, source: &Source) -> Stop {
        match flaw {
            Flaw::Unreadable => {
                let day = answer::date(self.now)[..10].replace('-', "/");
                refuse(
                    0,
                    &format!("Unable to read image from path (/srv/site/images/{day}/{}).", source.name),
                )
            }
            Flaw::WiderThanPicture => refuse(610, "Target width is greater than the original image width"),
            Flaw::NegativeWidth => refuse(1, "Invalid image geometry"),
        }
    }

    /// Puts bytes and copies in their places, then the row in the index.
    fn keep(&self, source: &Source, picture: Picture, extension: &str, kind: Kind) -> Result<Taken, Stop> {
        let changed_md5 = picture.changed.as_ref().map(|(bytes, _)| hex(&Md5::digest(bytes)));
        if !self.settings.allow_duplicates && self.owner != Owner::Admin {
            let full_md5 = picture.before_resize.as_ref().map(|bytes| hex(&Md5::digest(bytes)));
            for (code, md5) in [(103, &full_md5), (102, &changed_md5)] {
                if let Some(md5) = md5 {
                    not_again(self.site, self.call.address, md5, code, self.now)?;
                }
            }
        }
        match self.settings.storage {
            Storage::Free => {}
            Storage::Full => return Err(refuse(104, "No space left on storage")),
            Storage::Missing => return Err(refuse(900, "No storage available")),
            Storage::Contested => return Err(place_taken()),
        }
        let password = random_hex(24);
        let category = self.category()?;
        let description = self.description(picture.exif.description)?;
        let taken_at = self.taken_at(picture.exif.taken_at);
        let day = answer::date(taken_at.unwrap_or(self.now))[..10].replace('-', "/");
        // From the choice of its name until the row stands, this is the only upload that does so.
        let _alone = self.site.shelving();
        let size_of = |bytes: Option<&Vec<u8>>| bytes.map_or(0, |bytes| bytes.len() as u64);
        let id = encode_id(self.site.read(|index| index.next));
        let file = FileRow {
            name: self.stored_name(&source.name, &id, &day, (kind, extension)),
            id,
            extension: extension.to_owned(),
            mime: picture.changed.as_ref().map_or(kind, |(_, kind)| *kind).mime().to_owned(),
            day,
            taken_at,
            size: picture.changed.as_ref().map_or(source.size, |(bytes, _)| bytes.len() as u64),
            width: picture.width,
            height: picture.height,
            duration: picture.duration,
            animated: picture.animated,
            clip: kind.is_clip(),
            title: self.title(&source.name, picture.exif.title),
            description,
            tags: self.tags(picture.exif.camera),
            album: self.album(),
            category,
            nsfw: self.nsfw(),
            approved: self.approved(),
            owner: self.owner,
            original_filename: source.name.clone(),
            exif: picture.exif.json,
            source_md5: picture.resized.then(|| source.md5.clone()),
            md5: changed_md5.unwrap_or_else(|| source.md5.clone()),
            kept_original: picture.changed.is_some(),
            uploader: self.call.address.to_owned(),
            stored_at: self.now,
            expires: self.expires(),
            thumb_size: picture.thumb.len() as u64,
            medium_size: size_of(picture.medium.as_ref()),
            frame_size: size_of(picture.frame.as_ref()),
            delete_hash: blake3::hash(password.as_bytes()).to_hex().to_string(),
        };
        let copies = [(".th", Some(picture.thumb)), (".md", picture.medium), (".fr", picture.frame)];
        self.place(source, &file, copies, picture.changed.map(|(bytes, _)| bytes))?;
        self.site.keep(file.clone())?;
        Ok(Taken { file, password })
    }

    /// Writes the copies, and moves the received bytes to where they stay.
    fn place(
        &self,
        source: &Source,
        file: &FileRow,
        copies: [(&str, Option<Vec<u8>>); 3],
        changed: Option<Vec<u8>>,
    ) -> Result<(), Stop> {
        let served = self.site.path(file, "");
        if served.exists() {
            return Err(place_taken());
        }
        if let Some(folder) = served.parent() {
            fs::create_dir_all(folder)?;
        }
        for (copy, bytes) in copies {
            if let Some(bytes) = bytes {
                fs::write(self.site.path(file, copy), bytes)?;
            }
        }
        match changed {
            Some(bytes) => {
                fs::write(served, bytes)?;
                fs::rename(source.scratch.path(), self.site.original(file))?;
            }
            None => fs::rename(source.scratch.path(), served)?,
        }
        Ok(())
    }
}

fn place_taken() -> Stop {
    refuse(666, "Concurrency: Target uploaded file already exists, aborting operation")
}

/// All of a picture; of a very large clip its beginning.
fn look(source: &Source) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(source.scratch.path())?.take(MAX_CLIP_LOOK).read_to_end(&mut bytes)?;
    Ok(bytes)
}
