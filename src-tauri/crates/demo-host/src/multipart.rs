//! `multipart/form-data` as PHP reads it, in a stream.
//!
//! A part is a file when its disposition has a `filename`, whatever its type; `filename*` is ignored; `\"` and
//! `\\` are unescaped, then everything up to the last slash of either kind is cut off. What follows a broken
//! boundary is silently not there.

use bytes::{Buf, Bytes, BytesMut};
use memchr::memmem;

/// Longest part head that is read; PHP gives up on longer ones too.
const MAX_HEAD: usize = 16 * 1024;

/// What the disposition and type of a part say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartHead {
    pub(crate) name: String,
    /// `Some` makes it a file, even when empty.
    pub(crate) filename: Option<String>,
    /// As sent; empty when absent.
    pub(crate) mime: String,
}

/// A step through the body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Start(PartHead),
    Data(Bytes),
    End,
}

enum State {
    /// Before the first boundary.
    Preamble,
    /// Behind a boundary: its line end, or the closing dashes.
    Boundary,
    Head,
    /// `fresh`: the line end behind the head is still in the buffer.
    Data {
        fresh: bool,
    },
    /// Closed, or broken beyond reading.
    Done,
}

/// Takes the body in chunks of any size and gives events.
pub(crate) struct Multipart {
    /// `\r\n--boundary`.
    delimiter: Vec<u8>,
    buffer: BytesMut,
    state: State,
}

impl Multipart {
    pub(crate) fn new(boundary: &str) -> Self {
        let delimiter = format!("\r\n--{boundary}").into_bytes();
        // With a line end before it the first boundary looks like all others.
        Self { delimiter, buffer: BytesMut::from(&b"\r\n"[..]), state: State::Preamble }
    }

    /// Takes the next chunk.
    pub(crate) fn feed(&mut self, chunk: &[u8], events: &mut Vec<Event>) {
        if matches!(self.state, State::Done) {
            return;
        }
        self.buffer.extend_from_slice(chunk);
        while self.step(events) {}
    }

    /// Does one step; `false` when more bytes are needed or nothing is left to do.
    fn step(&mut self, events: &mut Vec<Event>) -> bool {
        match self.state {
            State::Preamble => match memmem::find(&self.buffer, &self.delimiter) {
                Some(at) => {
                    self.buffer.advance(at + self.delimiter.len());
                    self.state = State::Boundary;
                    true
                }
                None => {
                    self.keep_tail();
                    false
                }
            },
            State::Boundary => match self.buffer.get(..2) {
                None => false,
                Some(b"\r\n") => {
                    self.buffer.advance(2);
                    self.state = State::Head;
                    true
                }
                Some(_) => self.finish(),
            },
            State::Head => self.head(events),
            State::Data { fresh } => self.data(fresh, events),
            State::Done => false,
        }
    }

    fn head(&mut self, events: &mut Vec<Event>) -> bool {
        let Some(end) = memmem::find(&self.buffer, b"\r\n\r\n") else {
            return self.buffer.len() > MAX_HEAD && self.finish();
        };
        let head = self.buffer.split_to(end);
        self.buffer.advance(2);
        // The second line end stays: a part without a body ends in a delimiter that begins with it.
        let part = parse_head(&head);
        self.state = if part.is_some() { State::Data { fresh: true } } else { State::Preamble };
        events.extend(part.map(Event::Start));
        true
    }

    fn data(&mut self, fresh: bool, events: &mut Vec<Event>) -> bool {
        let lead = if fresh { 2 } else { 0 };
        let found = memmem::find(&self.buffer, &self.delimiter);
        let end = found.unwrap_or_else(|| self.buffer.len().saturating_sub(self.delimiter.len()));
        if end > lead {
            self.buffer.advance(lead);
            events.push(Event::Data(self.buffer.split_to(end - lead).freeze()));
            self.state = State::Data { fresh: false };
        }
        if found.is_none() {
            return false;
        }
        // The delimiter is now at the front, or behind the lead of an empty part that it shares.
        self.buffer.advance(self.delimiter.len());
        events.push(Event::End);
        self.state = State::Boundary;
        true
    }

    fn finish(&mut self) -> bool {
        self.state = State::Done;
        self.buffer.clear();
        false
    }

    /// Before the first boundary only what may be its beginning is kept.
    fn keep_tail(&mut self) {
        let drop = self.buffer.len().saturating_sub(self.delimiter.len());
        self.buffer.advance(drop);
    }
}

/// The boundary in a `Content-Type`, or `None` when it is no multipart form or names none.
pub(crate) fn boundary(content_type: &str) -> Option<String> {
    let (kind, rest) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let at = rest.to_ascii_lowercase().find("boundary=")?;
    let value = rest[at + "boundary=".len()..].trim_start();
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split([',', ';']).next()?.trim_end(),
    };
    (!value.is_empty()).then(|| value.to_owned())
}

fn parse_head(head: &[u8]) -> Option<PartHead> {
    let head = String::from_utf8_lossy(head);
    let mut part = PartHead { name: String::new(), filename: None, mime: String::new() };
    let mut named = false;
    for line in head.split("\r\n") {
        let Some((header, value)) = line.split_once(':') else { continue };
        if header.eq_ignore_ascii_case("content-type") {
            value.trim().clone_into(&mut part.mime);
        } else if header.eq_ignore_ascii_case("content-disposition") {
            for (key, value) in parameters(value) {
                match key.to_ascii_lowercase().as_str() {
                    "name" => {
                        part.name = value;
                        named = true;
                    }
                    "filename" => part.filename = Some(base_name(&value)),
                    _ => {}
                }
            }
        }
    }
    named.then_some(part)
}

/// `form-data; a="b"; c=d` as pairs, quotes and backslashes taken off.
fn parameters(value: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = value;
    while let Some(at) = rest.find(';') {
        rest = rest[at + 1..].trim_start();
        let Some(equals) = rest.find(['=', ';']) else { break };
        if !rest[equals..].starts_with('=') {
            continue;
        }
        let key = rest[..equals].trim().to_owned();
        let (word, behind) = word(&rest[equals + 1..]);
        pairs.push((key, word));
        rest = behind;
    }
    pairs
}

/// One value and what stands behind it.
fn word(text: &str) -> (String, &str) {
    let text = text.trim_start();
    let Some(quote) = text.chars().next().filter(|c| *c == '"' || *c == '\'') else {
        let end = text.find(';').unwrap_or(text.len());
        return (text[..end].trim_end().to_owned(), &text[end..]);
    };
    let mut word = String::new();
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == quote {
            return (word, &text[at + 1..]);
        }
        match letters.peek() {
            Some(&(_, next)) if letter == '\\' && (next == quote || next == '\\') => {
                word.push(next);
                letters.next();
            }
            _ => word.push(letter),
        }
    }
    (word, "")
}

fn base_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(body: &[u8], chunk: usize) -> Vec<(PartHead, Vec<u8>)> {
        let mut parser = Multipart::new("B");
        let mut events = Vec::new();
        for piece in body.chunks(chunk) {
            parser.feed(piece, &mut events);
        }
        let mut parts = Vec::new();
        let mut open: Option<(PartHead, Vec<u8>)> = None;
        for event in events {
            match event {
                Event::Start(head) => open = Some((head, Vec::new())),
                Event::Data(data) => open.as_mut().expect("data follows a start").1.extend_from_slice(&data),
                Event::End => parts.push(open.take().expect("an end follows a start")),
            }
        }
        parts
    }

    fn disposition(text: &str) -> PartHead {
        let body = format!("--B\r\nContent-Disposition: form-data; {text}\r\n\r\nx\r\n--B--\r\n");
        parse(body.as_bytes(), 4096).remove(0).0
    }

    #[test]
    fn chunks_of_any_size_give_the_same_parts() {
        let body = b"--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA\r\n-\r\n--x\r\n--B\r\n\
            Content-Disposition: form-data; name=\"source\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\
            \r\n\r\n--b\r\n--B--\r\n";
        let whole = parse(body, body.len());
        assert_eq!(whole.len(), 2);
        assert_eq!(whole[0].1, b"A\r\n-\r\n--x");
        assert_eq!(whole[1].1, b"\r\n\r\n--b");
        assert_eq!(whole[1].0.filename.as_deref(), Some("a.png"));
        assert_eq!(whole[1].0.mime, "image/png");
        for chunk in 1..40 {
            assert_eq!(parse(body, chunk), whole, "in chunks of {chunk}");
        }
    }

    #[test]
    fn an_empty_part_is_a_part() {
        let body =
            b"--B\r\nContent-Disposition: form-data; name=\"source\"; filename=\"\"\r\n\r\n\r\n--B--\r\n";
        for chunk in 1..body.len() {
            let parts = parse(body, chunk);
            assert_eq!(parts.len(), 1, "in chunks of {chunk}");
            assert_eq!((parts[0].0.filename.as_deref(), parts[0].1.len()), (Some(""), 0));
        }
    }

    #[test]
    fn names_are_read_as_php_reads_them() {
        let name = |text: &str| disposition(&format!("name=\"source\"; {text}")).filename;
        assert_eq!(name(r#"filename="a \"q\" b.png""#).as_deref(), Some(r#"a "q" b.png"#));
        assert_eq!(name(r#"filename="a %22q%22.png""#).as_deref(), Some("a %22q%22.png"));
        assert_eq!(name("filename*=utf-8''x.png"), None);
        assert_eq!(name("filename=\"f.png\"; filename*=utf-8''x.png").as_deref(), Some("f.png"));
        assert_eq!(name(r#"filename="C:\dir\x.png""#).as_deref(), Some("x.png"));
        assert_eq!(name(r#"filename="/etc/x.png""#).as_deref(), Some("x.png"));
        assert_eq!(name("filename=\"ėšų 漢字 🎉.png\"").as_deref(), Some("ėšų 漢字 🎉.png"));
        assert_eq!(name("filename=\"a;b.png\"").as_deref(), Some("a;b.png"));
    }

    #[test]
    fn a_wrong_boundary_gives_nothing() {
        let mut events = Vec::new();
        Multipart::new("C")
            .feed(b"--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B--\r\n", &mut events);
        assert!(events.is_empty());
        assert_eq!(boundary("multipart/form-data"), None);
        assert_eq!(boundary("multipart/form-data; charset=x; boundary=\"a b\"").as_deref(), Some("a b"));
    }
}
