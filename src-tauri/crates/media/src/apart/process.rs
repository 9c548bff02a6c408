//! One running process, from the side that asks.

use std::io::{self, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::wire::{self, Made, Request};
use crate::{Error, Format};

/// What a process may take longer than the decoder in it: to start, and to write.
const GRACE: Duration = Duration::from_secs(2);

/// Why there is no answer.
pub(super) enum Silence {
    /// The process is gone.
    Ended,
    /// It is there, and says nothing.
    Long,
}

/// A process that ends with this.
pub(super) struct Held(pub(super) Child);

impl Drop for Held {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A process that answers. It ends with this.
pub(super) struct Process {
    child: Held,
    input: Option<ChildStdin>,
    /// What is to be read, and what was read: reading has a thread of its own, since it cannot be given up otherwise.
    formats: Sender<Format>,
    answers: Receiver<Result<Made, Error>>,
}

impl Process {
    pub(super) fn start(mut command: Command) -> io::Result<Self> {
        without_console(&mut command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = Held(command.spawn()?);
        let input = child.0.stdin.take();
        let output = child.0.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
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

    /// Itself, if it has not ended meanwhile.
    pub(super) fn if_there(mut self) -> Option<Self> {
        matches!(self.child.0.try_wait(), Ok(None)).then_some(self)
    }

    pub(super) fn ask(&mut self, format: Format, request: &Request) -> Result<Result<Made, Error>, Silence> {
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

/// Windows opens a window for a program of the command line that has none yet.
#[cfg(windows)]
pub(super) fn without_console(command: &mut Command) {
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    std::os::windows::process::CommandExt::creation_flags(command, CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
pub(super) fn without_console(_command: &mut Command) {}
