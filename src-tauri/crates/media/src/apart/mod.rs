//! Previews from a process of its own, which may die.
//!
//! A decoder that ends its process, by a fault or because it takes all memory, or that never comes back, must not
//! take the application with it. So what has such a decoder is decoded by a second process: usually the application's
//! own binary, started with a hidden argument, that does nothing but [`serve`].

mod wire;

use std::fmt;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::opened::Opened;
use crate::{Error, Format, Limits, Preview, preview, sniff};
use wire::Request;

/// Processes that are kept when they have nothing to do.
const KEPT: usize = 2;

/// What a process may take longer than the decoder in it: to start, and to write.
const GRACE: Duration = Duration::from_secs(2);

/// Answers requests until nobody asks any more. The second process runs this and ends.
///
/// # Errors
/// When the other side cannot be heard or told.
pub fn serve(input: impl Read, output: impl Write) -> io::Result<()> {
    let (mut input, mut output) = (BufReader::new(input), BufWriter::new(output));
    while let Some(Request { path, box_px, limits }) = Request::read(&mut input)? {
        wire::answer(&mut output, &preview(&path, box_px, &limits))?;
    }
    Ok(())
}

impl Format {
    /// Whether its decoder may end the process it runs in.
    pub fn is_decoded_apart(self) -> bool {
        // Its entry points are C functions, which no panic may leave.
        self == Self::Avif
    }
}

/// Makes previews: of most formats here, of some in processes of their own.
pub struct Previewer {
    command: Box<dyn Fn() -> Command + Send + Sync>,
    idle: Mutex<Vec<Process>>,
}

impl fmt::Debug for Previewer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Previewer").finish_non_exhaustive()
    }
}

impl Previewer {
    /// `command` starts a program that does [`serve`] on its standard input and output.
    pub fn new(command: impl Fn() -> Command + Send + Sync + 'static) -> Self {
        Self { command: Box::new(command), idle: Mutex::default() }
    }

    /// As [`preview()`], which it calls for what is decoded here. Many may call it at a time.
    ///
    /// # Errors
    /// Those of [`preview()`]. A process that ends is [`Error::Damaged`], one that does not answer in time is
    /// [`Error::TooSlow`]; the next request has a new one.
    pub fn preview(&self, path: &Path, box_px: u32, limits: &Limits) -> Result<Preview, Error> {
        let head = Opened::open_in_part(path)?.head().map_err(Error::reading)?;
        match sniff(&head) {
            Some(format) if format.is_decoded_apart() => self.apart(format, path, box_px, limits),
            _ => preview(path, box_px, limits),
        }
    }

    /// The same in a process of its own, whatever the format.
    fn apart(&self, format: Format, path: &Path, box_px: u32, limits: &Limits) -> Result<Preview, Error> {
        // It may run in another folder.
        let path = std::path::absolute(path).map_err(Error::reading)?;
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = idle().pop();
        let mut process = match kept {
            Some(process) => process,
            None => Process::start((self.command)()).map_err(|_| Error::NoPreview(format))?,
        };
        let request = Request { path, box_px, limits: *limits };
        match process.ask(format, &request) {
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

/// Why there is no answer.
enum Silence {
    /// The process is gone.
    Ended,
    /// It is there, and says nothing.
    Long,
}

/// One running process. It ends with this.
struct Process {
    child: Child,
    input: Option<ChildStdin>,
    /// What is to be read, and what was read: reading has a thread of its own, since it cannot be given up otherwise.
    formats: std::sync::mpsc::Sender<Format>,
    answers: Receiver<Result<Preview, Error>>,
}

impl Process {
    fn start(mut command: Command) -> io::Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        let (formats, asked) = channel::<Format>();
        let (answer, answers) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            for format in asked {
                let read = wire::read_answer(&mut output, format).ok()?;
                answer.send(read).ok()?;
            }
            Some(())
        });
        Ok(Self { child, input, formats, answers })
    }

    fn ask(&mut self, format: Format, request: &Request) -> Result<Result<Preview, Error>, Silence> {
        let mut bytes = Vec::new();
        request.write(&mut bytes).map_err(|_| Silence::Ended)?;
        self.formats.send(format).map_err(|_| Silence::Ended)?;
        let input = self.input.as_mut().ok_or(Silence::Ended)?;
        // A request is shorter than what a pipe holds, so this does not wait for a process that hangs.
        input.write_all(&bytes).and_then(|()| input.flush()).map_err(|_| Silence::Ended)?;
        let most = request.limits.max_time.saturating_add(GRACE);
        self.answers.recv_timeout(most).map_err(|error| match error {
            RecvTimeoutError::Timeout => Silence::Long,
            RecvTimeoutError::Disconnected => Silence::Ended,
        })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
