//! The archive that is read back whole. Entries go through one by one: a history is larger than memory should be.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read, Write};

use engine::Entry;
use serde::de::{DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserializer, Serialize};
use serde_json::error::Category;

use super::entry::{FORMAT, Kept, Upload, VERSION, Wrong};
use super::{Fault, Take};

const UPLOADS: &str = "uploads";
const KEPT: &str = "kept_delete_links";

/// Writes the document, an entry a line.
pub(super) struct Writer<W> {
    out: W,
    /// The list that is being written, and whether it has an entry.
    list: &'static str,
    begun: bool,
}

impl<W: Write> Writer<W> {
    pub(super) fn begin(mut out: W, now: jiff::Timestamp) -> Result<Self, Fault> {
        let head = format!(
            "{{\n\"format\": \"{FORMAT}\",\n\"version\": {VERSION},\n\"exported_at\": \"{now}\",\n\"{UPLOADS}\": ["
        );
        out.write_all(head.as_bytes()).map_err(Fault::Writing)?;
        Ok(Self { out, list: UPLOADS, begun: false })
    }

    pub(super) fn write(&mut self, entry: Entry) -> Result<(), Fault> {
        match entry {
            Entry::Receipt { site, receipt, delete_link } => {
                self.line(&Upload::of(site, *receipt, delete_link))
            }
            Entry::Kept { site, name, uploaded_at, viewer, delete_link } => {
                if self.list != KEPT {
                    write!(self.out, "\n],\n\"{KEPT}\": [").map_err(Fault::Writing)?;
                    (self.list, self.begun) = (KEPT, false);
                }
                self.line(&Kept { site: site.into(), name, uploaded_at, viewer, delete_link })
            }
        }
    }

    fn line(&mut self, entry: &impl Serialize) -> Result<(), Fault> {
        let between: &[u8] = if std::mem::replace(&mut self.begun, true) { b",\n" } else { b"\n" };
        self.out.write_all(between).map_err(Fault::Writing)?;
        serde_json::to_writer(&mut self.out, entry).map_err(|error| Fault::Writing(error.into()))
    }

    pub(super) fn end(mut self) -> Result<W, Fault> {
        self.out.write_all(b"\n]\n}\n").map_err(Fault::Writing)?;
        Ok(self.out)
    }
}

/// Reads a document, however it is laid out.
pub(super) fn read(from: impl Read, take: Take<'_>) -> Result<(), Fault> {
    let line = Cell::new(1);
    let mut reading = Reading { take, line: &line, ours: false, fault: None };
    let mut deserializer = serde_json::Deserializer::from_reader(Counted { from, line: &line });
    let outcome = deserializer.deserialize_map(&mut reading).and_then(|()| deserializer.end());
    match (reading.fault, outcome) {
        (Some(fault), _) => Err(fault),
        (None, Ok(())) if reading.ours => Ok(()),
        // What does not say that it is ours, and is nothing else either.
        (None, Ok(())) => Err(Fault::Foreign),
        (None, Err(error)) => Err(match error.classify() {
            Category::Io => Fault::Reading(io::Error::from(error)),
            _ if !reading.ours => Fault::Foreign,
            Category::Eof => Fault::Cut,
            Category::Syntax | Category::Data => damaged(&error),
        }),
    }
}

fn damaged(error: &serde_json::Error) -> Fault {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    // What is between quotes is of the file, and may be a secret.
    let detail = said.split('"').step_by(2).collect::<Vec<_>>().join("…");
    Fault::Damaged { line: u64::try_from(error.line()).unwrap_or(u64::MAX), detail }
}

/// Counts lines as they are read, which the deserializer does byte by byte: by its own count, what is found wrong with
/// an entry once it was read is where the list ends.
struct Counted<'a, R> {
    from: R,
    line: &'a Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.from.read(into)?;
        let ends = into[..length].iter().filter(|byte| **byte == b'\n').count();
        self.line.set(self.line.get() + ends as u64);
        Ok(length)
    }
}

struct Reading<'a> {
    take: Take<'a>,
    line: &'a Cell<u64>,
    /// The document said that it is a history of ours.
    ours: bool,
    /// Why it is not read on, when the document is not to blame.
    fault: Option<Fault>,
}

impl Reading<'_> {
    fn stop<E: serde::de::Error>(&mut self, fault: Fault) -> E {
        self.fault = Some(fault);
        E::custom("")
    }
}

impl<'de> Visitor<'de> for &mut Reading<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a history")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "format" => {
                    self.ours = map.next_value::<serde_json::Value>()? == FORMAT;
                    if !self.ours {
                        return Err(self.stop(Fault::Foreign));
                    }
                }
                "version" if map.next_value::<u64>()? > VERSION => return Err(self.stop(Fault::Newer)),
                "version" => {}
                UPLOADS => map.next_value_seed(List { reading: self, check: Upload::checked })?,
                KEPT => map.next_value_seed(List { reading: self, check: Kept::checked })?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// One of the two lists.
struct List<'a, 'b, T> {
    reading: &'a mut Reading<'b>,
    check: fn(T) -> Result<Entry, Wrong>,
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for List<'_, '_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for List<'_, '_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(read) = list.next_element::<T>()? {
            let line = self.reading.line.get();
            let checked =
                (self.check)(read).map_err(|wrong| Fault::Damaged { line, detail: wrong.to_string() });
            checked.and_then(|entry| (self.reading.take)(entry)).map_err(|fault| self.reading.stop(fault))?;
        }
        Ok(())
    }
}
