//! Decoding in a process of its own, which may die.
//!
//! A decoder that ends its process, by a fault or because it takes all memory, or that never comes back, must not
//! take the application with it. So what has such a decoder is decoded by a second process: usually the application's
//! own program, started with an argument that makes it [`run_if_asked`](Decoder::run_if_asked) and nothing else.
//! Frames of clips are made by another program, where the machine has it.

mod clip;
mod process;
mod serve;
mod wire;

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::{Arc, Mutex, PoisonError};

use crate::opened::Opened;
use crate::{Converted, Error, Format, Limits, Preview, Wish, convert, preview, sniff};
use process::{Process, Silence};
use wire::{Ask, Made, Request};

/// Processes that are kept when they have nothing to do.
const KEPT: usize = 2;

/// The only argument of a program that is to be a decoder.
const ARGUMENT: &str = "--decode-pictures";

/// What such a program is told of the world: where the system looks for the libraries that it is linked with.
const ENVIRONMENT: [&str; 2] = ["LD_LIBRARY_PATH", "SystemRoot"];

/// Bytes that it may take: what [`Limits`] allow by default, and the program itself.
#[cfg(unix)]
const MEMORY: u64 = 1 << 30;

impl Format {
    /// Whether its decoder may end the process it runs in, or take more of it than it should.
    pub fn is_decoded_apart(self) -> bool {
        // WebP's is written in C; the entry points of AVIF's are C functions, which no panic may leave; that of HEIC is
        // young; that of JPEG XL keeps to no time.
        matches!(self, Self::Webp | Self::Avif | Self::Heic | Self::Jxl)
    }
}

/// Makes previews, converts and turns: of most formats here, of some in processes of their own. Without a program for these,
/// as by default, they have no preview, and neither have clips, whose frames the machine's `ffmpeg` makes. Clones
/// share their processes, which end with the last of them.
#[derive(Clone, Default)]
pub struct Decoder(Option<Arc<Apart>>);

struct Apart {
    command: Box<dyn Fn() -> Command + Send + Sync>,
    idle: Mutex<Vec<Process>>,
}

impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Decoder").field(&self.0.as_ref().map(|_| "apart")).finish()
    }
}

impl Decoder {
    /// `command` starts a program that does [`Decoder::run`].
    pub fn new(command: impl Fn() -> Command + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(Apart { command: Box::new(command), idle: Mutex::default() })))
    }

    /// The second process is this program, whose `main` begins with [`Decoder::run_if_asked`].
    pub fn of_this_program() -> Self {
        Self::new(|| to_decode(this_program()))
    }

    /// The second process is another program, whose `main` begins so.
    pub fn of_program(path: PathBuf) -> Self {
        Self::new(move || to_decode(Command::new(&path)))
    }

    /// Whether this process was started to be a decoder; then it has been one when this returns, and is to end.
    pub fn run_if_asked() -> Option<ExitCode> {
        let mut arguments = env::args_os().skip(1);
        let asked = arguments.next().is_some_and(|first| first == ARGUMENT) && arguments.next().is_none();
        asked.then(Self::run)
    }

    /// Answers on standard output what is asked on standard input. The process ends with its input, whatever it is
    /// doing then: who asked is gone.
    pub fn run() -> ExitCode {
        match serve::run() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        }
    }

    /// As [`preview()`], which it calls for what is decoded here; and of a clip, a frame near its beginning. Many may
    /// call it at a time.
    ///
    /// # Errors
    /// Those of [`preview()`]. A process that ends is [`Error::Damaged`], one that does not answer in time is
    /// [`Error::TooSlow`]; the next request has a new one. A clip of which no frame comes, because it is damaged or
    /// because the machine has no decoder for it, is [`Error::NoPreview`].
    pub fn preview(&self, path: &Path, box_px: u32, limits: &Limits) -> Result<Preview, Error> {
        let format = match format_of(path)? {
            Some(format) if format.is_clip() && self.0.is_some() => {
                return clip::preview(path, box_px, limits);
            }
            Some(format) if format.is_decoded_apart() => format,
            _ => return preview(path, box_px, limits),
        };
        match self.ask(format, path, limits, Ask::Preview { box_px })? {
            Made::Preview(preview) => Ok(preview),
            _ => Err(Error::damaged(format, "its decoder answered something else")),
        }
    }

    /// As [`convert()`], which it calls for what is decoded here. Many may call it at a time.
    ///
    /// # Errors
    /// Those of [`convert()`], and as for [`Decoder::preview`].
    pub fn convert(&self, path: &Path, wish: &Wish, limits: &Limits, out: &Path) -> Result<Converted, Error> {
        let Some(format) = format_of(path)?.filter(|format| format.is_decoded_apart()) else {
            return convert(path, wish, limits, out);
        };
        match self.ask(format, path, limits, Ask::Convert(*wish))? {
            // It writes nothing itself, and may not.
            Made::Converted(bytes, made) => convert::write(&bytes, out).map(|()| made),
            _ => Err(Error::damaged(format, "its decoder answered something else")),
        }
    }

    /// As [`upright()`](crate::upright()), always in a process of its own: it holds much, and its library is young. Where
    /// there is no such process, nothing is turned. Many may call it at a time.
    ///
    /// # Errors
    /// Those of [`upright()`](crate::upright()), and as for [`Decoder::preview`].
    pub fn upright(&self, path: &Path, limits: &Limits, out: &Path) -> Result<Option<u64>, Error> {
        match self.ask(Format::Jpeg, path, limits, Ask::Upright)? {
            Made::Upright(None) => Ok(None),
            Made::Upright(Some(bytes)) => convert::write(&bytes, out).map(|()| Some(bytes.len() as u64)),
            _ => Err(Error::damaged(Format::Jpeg, "its decoder answered something else")),
        }
    }

    fn ask(&self, format: Format, path: &Path, limits: &Limits, ask: Ask) -> Result<Made, Error> {
        let apart = self.0.as_ref().ok_or(Error::NoPreview(format))?;
        // It may run in another folder.
        let path = std::path::absolute(path).map_err(Error::reading)?;
        let idle = || apart.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = idle().pop();
        let mut process = match kept.and_then(Process::if_there) {
            Some(process) => process,
            None => Process::start((apart.command)()).map_err(|_| Error::NoPreview(format))?,
        };
        match process.ask(format, &Request { path, limits: *limits, ask }) {
            Ok(made) => {
                let mut idle = idle();
                if idle.len() < KEPT {
                    idle.push(process);
                }
                made
            }
            Err(Silence::Ended) => Err(Error::damaged(format, "its decoder ended")),
            Err(Silence::Long) => Err(Error::TooSlow),
        }
    }
}

fn format_of(path: &Path) -> Result<Option<Format>, Error> {
    let head = Opened::open_in_part(path)?.head().map_err(Error::reading)?;
    Ok(sniff(&head))
}

/// Asks a program to be a decoder.
fn to_decode(mut command: Command) -> Command {
    command.arg(ARGUMENT).env_clear();
    inherit(&mut command, &ENVIRONMENT);
    command
}

/// Hands on what this process is told of the world.
fn inherit(command: &mut Command, names: &[&str]) {
    command.envs(names.iter().filter_map(|name| Some((name, env::var_os(name)?))));
}

/// The program that runs now, whatever lies at its place since: an update may have put another there.
#[cfg(target_os = "linux")]
fn this_program() -> Command {
    use std::os::unix::process::CommandExt;

    let mut command = Command::new("/proc/self/exe");
    command.arg0(env::args_os().next().unwrap_or_else(|| "keltas".into()));
    command
}

/// A program that cannot be found starts nothing.
#[cfg(not(target_os = "linux"))]
fn this_program() -> Command {
    Command::new(env::current_exe().unwrap_or_default())
}
