//! A form as PHP reads it, for whoever checks what was written. It knows the rules of PHP and nothing of the writer; where
//! PHP is lenient, it gives up instead.

/// One part of a form.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) name: Vec<u8>,
    /// `Some` makes it a file.
    pub(crate) filename: Option<Vec<u8>>,
    pub(crate) mime: Option<Vec<u8>>,
    pub(crate) value: Vec<u8>,
}

/// The parts of a body, or `None` when it is not exactly a form.
pub(crate) fn read(content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=")?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !(1..=70).contains(&boundary.len()) || !boundary.bytes().all(allowed) {
        return None;
    }
    let line = ["--", boundary].concat().into_bytes();
    // A value ends at the first line that begins with the boundary, whatever follows there.
    let next = [b"\n", &line[..]].concat();
    let mut rest = body.strip_prefix(&line[..])?;
    let mut parts = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let head = find(part, b"\r\n\r\n")?;
        let content = &part[head + 4..];
        let end = find(content, &next)?;
        let value = content[..end].strip_suffix(b"\r")?;
        parts.push(part_of(&part[..head], value)?);
        rest = &content[end + next.len()..];
    }
    (rest == b"--\r\n").then_some(parts)
}

fn part_of(head: &[u8], value: &[u8]) -> Option<Part> {
    let mut part = Part { name: Vec::new(), filename: None, mime: None, value: value.to_owned() };
    let mut is_named = false;
    for line in head.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        // PHP reads the head as C strings.
        if line.contains(&0) || line.contains(&b'\r') {
            return None;
        }
        let colon = line.iter().position(|byte| *byte == b':')?;
        let (header, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        match &header.to_ascii_lowercase()[..] {
            b"content-type" if part.mime.is_none() => part.mime = Some(value.to_owned()),
            b"content-disposition" if !is_named => {
                for (key, value) in parameters(value)? {
                    match key {
                        b"name" => part.name = value,
                        b"filename" => part.filename = Some(base_name(&value).to_owned()),
                        _ => return None,
                    }
                }
                is_named = true;
            }
            _ => return None,
        }
    }
    is_named.then_some(part)
}

/// `form-data; a="b"` as pairs.
fn parameters(value: &[u8]) -> Option<Vec<(&[u8], Vec<u8>)>> {
    let mut rest = value.strip_prefix(b"form-data")?;
    let mut pairs = Vec::new();
    while let Some(pair) = rest.strip_prefix(b"; ") {
        let (pair, behind) = pair.split_at(end_of_pair(pair));
        let equals = pair.iter().position(|byte| *byte == b'=')?;
        pairs.push((&pair[..equals], unquoted(&pair[equals + 1..])?));
        rest = behind;
    }
    rest.is_empty().then_some(pairs)
}

/// Where a pair ends: at a semicolon outside quotes. Looking for it, PHP hops over `\"` but not over `\\`.
fn end_of_pair(pair: &[u8]) -> usize {
    let mut at = 0;
    let mut quote = None;
    while at < pair.len() {
        match (pair[at], quote) {
            (b';', None) => return at,
            (byte @ (b'"' | b'\''), None) => quote = Some(byte),
            (b'\\', Some(quote)) if pair.get(at + 1) == Some(&quote) => at += 1,
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
        at += 1;
    }
    at
}

/// What stands in double quotes. Taking it out, PHP reads both `\"` and `\\` as one sign.
fn unquoted(word: &[u8]) -> Option<Vec<u8>> {
    let word = word.strip_prefix(b"\"")?;
    let mut value = Vec::new();
    let mut at = 0;
    while *word.get(at)? != b'"' {
        if word[at] == b'\\' && matches!(word.get(at + 1), Some(b'"' | b'\\')) {
            at += 1;
        }
        value.push(word[at]);
        at += 1;
    }
    // Nothing may follow the closing quote.
    (at + 1 == word.len()).then_some(value)
}

/// Behind the last slash of either kind.
fn base_name(name: &[u8]) -> &[u8] {
    name.rsplit(|byte| matches!(byte, b'/' | b'\\')).next().unwrap_or_default()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
