//! Where the bytes of an upload come from: a file part, base64 or an address (FACTS §3).

use std::{
    fs::{self, File},
    io,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};

use super::{Call, Stop, refuse};
use crate::{
    Mode, Settings, fetch,
    form::FormFile,
    index::{Owner, hex, random_hex},
    site::{Scratch, Site},
    sniff::{self, Kind},
};

/// The bytes to look at.
pub(super) struct Source {
    pub(super) scratch: Scratch,
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) md5: String,
    /// The sender says that it is a clip. `None`: no part that says it, so the bytes do.
    pub(super) as_clip: Option<bool>,
    /// PHP kept nothing of it, and why.
    pub(super) flaw: Option<&'static str>,
}

impl Source {
    /// The file part, else the text of `source`, else that of `image`.
    pub(super) fn of(
        site: &Site,
        settings: &Settings,
        owner: Owner,
        call: &mut Call<'_>,
    ) -> Result<Self, Stop> {
        if let Some(file) = call.form.file.take() {
            return Ok(Self::part(settings, file));
        }
        let text = match call.raw("source").or_else(|| call.raw("image")) {
            None => return Err(refuse(130, "Empty upload source")),
            Some("") => return Err(refuse(130, "Empty source")),
            Some(text) => text,
        };
        match fetch::address(text) {
            Some(url) => {
                // V3 has one key, and it may.
                if settings.mode != Mode::V3 && (owner != Owner::Admin || !settings.url_uploads) {
                    return Err(refuse(403, "URL uploading is disabled"));
                }
                Self::fetched(site, &url, settings.max_file_size.saturating_add(1))
            }
            None if !call.post => {
                Err(refuse(130, "Upload using base64 source must be done using POST method."))
            }
            None => Self::packed(site, text),
        }
    }

    fn part(settings: &Settings, file: FormFile) -> Self {
        let flaw = if file.name.is_empty() {
            Some("No file was uploaded (UPLOAD_ERR_NO_FILE)")
        } else if file.size > settings.upload_max_filesize {
            Some("File too big (UPLOAD_ERR_INI_SIZE)")
        } else if !file.whole {
            Some("File was partially uploaded (UPLOAD_ERR_PARTIAL)")
        } else {
            None
        };
        Self {
            as_clip: Some(file.mime.starts_with("video/")),
            name: file.name,
            size: file.size,
            md5: file.md5,
            scratch: file.scratch,
            flaw,
        }
    }

    fn packed(site: &Site, text: &str) -> Result<Self, Stop> {
        let packed: String = text.split_ascii_whitespace().collect();
        let bytes = STANDARD.decode(packed).map_err(|_| refuse(120, "Invalid base64 string"))?;
        let extension = sniff::sniff(&bytes).map_or("bin", Kind::extension);
        let scratch = site.scratch();
        fs::write(scratch.path(), &bytes)?;
        Ok(Self {
            scratch,
            name: format!("{}.{extension}", random_hex(6)),
            size: bytes.len() as u64,
            md5: hex(&Md5::digest(&bytes)),
            as_clip: None,
            flaw: None,
        })
    }

    fn fetched(site: &Site, url: &url::Url, most: u64) -> Result<Self, Stop> {
        let scratch = site.scratch();
        tokio::runtime::Handle::current().block_on(fetch::fetch(url, scratch.path(), most))?;
        let mut digest = Digesting(Md5::new());
        let size = io::copy(&mut File::open(scratch.path())?, &mut digest)?;
        let md5 = hex(&digest.0.finalize());
        Ok(Self { scratch, name: fetch::file_name(url), size, md5, as_clip: None, flaw: None })
    }
}

/// Takes bytes in for their sum.
struct Digesting(Md5);

impl io::Write for Digesting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
