//! A frame of a clip, by the `ffmpeg` of the machine.
//!
//! Clips are written by too many encoders for a decoder of ours. Where there is a program named `ffmpeg`, it is
//! started for one frame, told what the file is, and given nothing but that file: no network, no other file, no
//! environment. It is believed no more than the clip is: what it writes is bounded, and so is its time.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::process::{Held, without_console};
use super::{ENVIRONMENT, inherit};
use crate::preview::of_frame;
use crate::{Error, Format, Limits, Preview, facts};

/// Bytes that a frame has at most.
const MOST: u64 = 64 * 1024 * 1024;

/// Longest side of a frame, with which it has fewer bytes than that.
const MOST_PX: u32 = 4096;

/// Where the frame is taken at the latest: every frame before it is decoded, too.
const LATEST_MS: u64 = 1000;

/// As [`preview()`](crate::preview()), of a frame near the beginning.
pub(super) fn preview(path: &Path, box_px: u32, limits: &Limits) -> Result<Preview, Error> {
    let facts = facts::without_place(path)?;
    let format = facts.format;
    if let Some(claimed) = facts.dimensions {
        limits.check_size(claimed.width, claimed.height)?;
    }
    let ask = Ask {
        input: input(path, format)?,
        format,
        // Twice of what is wanted, as other decoders give it.
        side: box_px.clamp(1, MOST_PX / 2) * 2,
        limits,
        until: Instant::now().checked_add(limits.max_time),
    };
    // The first frame is black so often that a later one tells more; a short clip may have none there.
    let at_ms = facts.duration_ms.map_or(0, |length| (length / 10).min(LATEST_MS));
    let mut frame = ask.frame(at_ms)?;
    if frame.is_empty() && at_ms > 0 {
        frame = ask.frame(0)?;
    }
    if frame.is_empty() {
        // The clip is damaged, or this ffmpeg was built without its decoder: they look alike from here.
        return Err(Error::NoPreview(format));
    }
    of_frame(format, &frame, box_px, limits)
}

/// What to open, and as what: neither its name nor its content is to choose between demuxers, since some of them
/// read lists of other files.
fn input(path: &Path, format: Format) -> Result<Vec<OsString>, Error> {
    let demuxer: &[&str] = match format {
        Format::Mp4 | Format::Mov => &["-f", "mov", "-enable_drefs", "0"],
        Format::Webm | Format::Mkv => &["-f", "matroska"],
        other => return Err(Error::NoPreview(other)),
    };
    // With the protocol said, nothing in a name means anything.
    let mut url = OsString::from("file:");
    url.push(std::path::absolute(path).map_err(Error::reading)?);
    let whitelist = ["-protocol_whitelist", "file"];
    Ok(demuxer.iter().chain(&whitelist).chain(&["-i"]).map(OsString::from).chain([url]).collect())
}

struct Ask<'a> {
    input: Vec<OsString>,
    format: Format,
    /// Longest side of the frame.
    side: u32,
    limits: &'a Limits,
    until: Option<Instant>,
}

impl Ask<'_> {
    fn command(&self, at_ms: u64) -> Command {
        let Self { side, limits, .. } = self;
        let mut command = Command::new("ffmpeg");
        command.env_clear();
        inherit(&mut command, &ENVIRONMENT);
        inherit(&mut command, &["PATH"]);
        command.args(["-nostdin", "-hide_banner", "-v", "error", "-filter_threads", "1"]);
        command.args(["-max_alloc", &limits.max_memory.to_string()]);
        // Frames that no other needs are passed over on the way there.
        command.args([
            "-threads",
            "1",
            "-max_pixels",
            &limits.max_pixels.to_string(),
            "-skip_frame",
            "noref",
        ]);
        command.args(["-ss", &format!("{at_ms}ms")]).args(&self.input);
        // Pixels that are not square become so; then the box, and nothing is enlarged in either.
        let scale = format!(
            "scale=w=max(1\\,iw*min(1\\,sar)):h=max(1\\,ih/max(1\\,sar)),\
             scale=w=min(iw\\,{side}):h=min(ih\\,{side}):force_original_aspect_ratio=decrease"
        );
        command.args(["-an", "-sn", "-dn", "-map_metadata", "-1", "-frames:v", "1", "-vf", &scale]);
        command.args(["-c:v", "bmp", "-pix_fmt", "bgr24", "-f", "image2pipe", "pipe:1"]);
        command
    }

    /// The frame as a bitmap; nothing when none came.
    fn frame(&self, at_ms: u64) -> Result<Vec<u8>, Error> {
        let mut command = self.command(at_ms);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        without_console(&mut command);
        let none = |_| Error::NoPreview(self.format);
        let mut process = Held(command.spawn().map_err(none)?);
        bound(&process.0, self.limits);
        let output = process.0.stdout.take().ok_or(Error::NoPreview(self.format))?;
        let (send, frame) = channel();
        // Reading has a thread of its own, since it cannot be given up otherwise. It ends with the process.
        thread::spawn(move || send.send(read(output)));
        let left = self.until.map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()));
        match frame.recv_timeout(left) {
            Ok(Ok(frame)) if frame.len() as u64 > MOST => {
                Err(Error::damaged(self.format, "its frame has no end"))
            }
            Ok(Ok(frame)) => Ok(frame),
            Ok(Err(error)) => Err(Error::damaged(self.format, error)),
            Err(RecvTimeoutError::Timeout) => Err(Error::TooSlow),
            Err(RecvTimeoutError::Disconnected) => Err(Error::NoPreview(self.format)),
        }
    }
}

fn read(output: impl Read) -> io::Result<Vec<u8>> {
    let mut frame = Vec::new();
    output.take(MOST + 1).read_to_end(&mut frame)?;
    Ok(frame)
}

/// Bounds that the system keeps, also when nobody is left to end it.
#[cfg(target_os = "linux")]
fn bound(process: &Child, limits: &Limits) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};

    let seconds = limits.max_time.as_secs().saturating_add(1);
    let bounds = [
        (Resource::Data, super::MEMORY),
        (Resource::Cpu, seconds),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ];
    for (resource, most) in bounds {
        // It may be over already.
        let _ = prlimit(
            Some(Pid::from_child(process)),
            resource,
            Rlimit { current: Some(most), maximum: Some(most) },
        );
    }
}

#[cfg(not(target_os = "linux"))]
fn bound(_process: &Child, _limits: &Limits) {}
