//! The second process: it answers, within bounds that it sets itself, and ends with who asks.

use std::io::{self, BufReader, BufWriter, stdin, stdout};
use std::process::exit;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use super::wire::{self, Ask, Made, Request};
use crate::{Error, convert, preview, upright};

/// Nobody keeps a process that has had nothing to do for so long; a new one is started in no time.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) fn run() -> io::Result<()> {
    bounds();
    let (hear, heard) = channel();
    // Heard apart from decoding, which may take long: whoever asked may be gone before it is over.
    thread::spawn(move || {
        let mut input = BufReader::new(stdin());
        while let Ok(Some(request)) = Request::read(&mut input) {
            if hear.send(request).is_err() {
                return;
            }
        }
        exit(0);
    });
    let mut output = BufWriter::new(stdout());
    while let Ok(request) = heard.recv_timeout(PATIENCE) {
        wire::answer(&mut output, &answer(&request))?;
    }
    Ok(())
}

fn answer(request: &Request) -> Result<Made, Error> {
    let Request { path, limits, ask } = request;
    match ask {
        Ask::Preview { box_px } => preview(path, *box_px, limits).map(Made::Preview),
        Ask::Convert(wish) => {
            convert::bytes(path, wish, limits).map(|(bytes, made)| Made::Converted(bytes, made))
        }
        Ask::Upright => upright::bytes(path, limits).map(Made::Upright),
    }
}

/// What it needs at most, so that a decoder that goes wild is stopped by the system: little memory beyond what
/// [`crate::Limits`] allow, few open files, none written, no image of its memory left on the disk.
///
/// Time is not among them: a process answers many times, and each answer has its time from who asks.
#[cfg(unix)]
fn bounds() {
    use rustix::process::{Resource, getrlimit, setrlimit};

    let bounds =
        [(Resource::Data, super::MEMORY), (Resource::Nofile, 64), (Resource::Fsize, 0), (Resource::Core, 0)];
    for (resource, most) in bounds {
        let mut bound = getrlimit(resource);
        let most = bound.maximum.map_or(most, |maximum| maximum.min(most));
        (bound.current, bound.maximum) = (Some(most), Some(most));
        // A system that knows no such bound has none.
        let _ = setrlimit(resource, bound);
    }
}

#[cfg(not(unix))]
fn bounds() {}
