//! Sends a recorded request again: the same method, address, headers and fields, with keys, ids and files of our own.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use crate::{
    stage::{Stage, text},
    support::{Answer, Part, mime, multipart, samples},
};

/// The answer to a recorded request.
pub(crate) fn ask(stage: &mut Stage, exchange: &Value) -> Result<Answer, String> {
    let request = &exchange["request"];
    let bytes = match request["raw_head"].as_str() {
        Some(head) => raw(stage, head, text(request, "raw_body_start")),
        None => spelled(stage, request, text(exchange, "name")),
    };
    send(stage, &bytes).map_err(|error| format!("no answer: {error}"))
}

/// Sends bytes and reads one answer. The connection is left to the host, so that it shows whether it closes it.
fn send(stage: &Stage, request: &[u8]) -> std::io::Result<Answer> {
    let mut stream: TcpStream = stage.scene.connect();
    stream.write_all(request)?;
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    let mut answer = Answer::parse(head.as_bytes()).ok_or(std::io::ErrorKind::InvalidData)?;
    let length = answer.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    if !request.starts_with(b"HEAD") {
        answer.body = vec![0; length];
        reader.read_exact(&mut answer.body)?;
    }
    Ok(answer)
}

/// A request that was recorded field by field.
fn spelled(stage: &mut Stage, request: &Value, name: &str) -> Vec<u8> {
    let none = Vec::new();
    let method = text(request, "method");
    let recorded = request["fields"].as_array().unwrap_or(&none);
    let fields: Vec<(String, String)> = recorded
        .iter()
        .filter_map(|field| {
            let value = whole(field["value"].as_str()?, name);
            let value = if field["name"] == "album_id" { stage.names.given_album(&value) } else { value };
            Some((text(field, "name").to_owned(), stage.names.given(&value)))
        })
        .collect();
    let (kind, body) = match text(request, "encoding") {
        "multipart/form-data" => {
            let (kind, mut body) = form(stage, recorded, &fields);
            if std::mem::take(&mut stage.cut_short) {
                body.truncate(body.len() - "\r\n--Boundary--\r\n".len());
            }
            (Some(kind), body)
        }
        "application/x-www-form-urlencoded" => {
            let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            (Some("application/x-www-form-urlencoded".to_owned()), body.into_bytes())
        }
        // 033 and 034 sent a body that is no form, 142 one with bare plus signs.
        _ if method == "POST" => (None, b"source=aGk+aGk+".to_vec()),
        _ => (None, Vec::new()),
    };
    let path = match text(request, "query") {
        "" => text(request, "path").to_owned(),
        query => format!("{}?{query}", text(request, "path")),
    };
    let mut head = format!("{method} {} HTTP/1.1\r\nHost: 127.0.0.1\r\n", stage.names.given_link(&path));
    let headers = request["headers"].as_object().into_iter().flatten();
    for (name, value) in headers.map(|(name, value)| (name, value.as_str().unwrap())) {
        head += &format!("{name}: {}\r\n", stage.names.given(value));
    }
    if let Some(kind) = kind {
        head += &format!("Content-Type: {kind}\r\n");
    }
    if !body.is_empty() || method == "POST" {
        head += &format!("Content-Length: {}\r\n", body.len());
    }
    [head.as_bytes(), b"\r\n", &body].concat()
}

fn form(stage: &mut Stage, recorded: &[Value], fields: &[(String, String)]) -> (String, Vec<u8>) {
    let files: Vec<(&str, &str, &str, Vec<u8>)> = recorded
        .iter()
        .filter_map(|field| {
            let file = field["file"].as_str()?;
            let name = field["filename"].as_str().unwrap_or(file);
            let kind = field["type"].as_str().unwrap_or_else(|| mime(name));
            let bytes = stage.instead.take().unwrap_or_else(|| samples::file(file));
            Some((text(field, "name"), name, kind, bytes))
        })
        .collect();
    let parts: Vec<(&str, Part<'_>)> =
        files.iter().map(|(field, name, mime, bytes)| (*field, Part::File { name, mime, bytes })).collect();
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    multipart(&parts, &fields)
}

/// Long values stand shortened in the recordings: made anew here.
fn whole(value: &str, recording: &str) -> String {
    let Some(at) = value.find("... [") else { return value.to_owned() };
    let length: usize = value[at + 5..].split(' ').next().unwrap().parse().unwrap();
    let picture = STANDARD.encode(samples::file("a.png"));
    match &value[..4] {
        "dddd" => "d".repeat(length),
        "data" => format!("data:image/png;base64,{picture}"),
        "AAAA" => STANDARD.encode(samples::file("g.mp4")),
        _ => match recording {
            "b64-newlines" => {
                let lines = picture.as_bytes().chunks(76);
                lines.map(|line| String::from_utf8_lossy(line) + "\n").collect()
            }
            "b64-unpadded" => picture.trim_end_matches('=').to_owned(),
            "b64-urlsafe" => picture.replace('+', "-").replace('/', "_"),
            _ => picture,
        },
    }
}

/// A request that was recorded byte by byte, the bytes as letters of the same number. Of one (617) only the
/// beginning was kept: it is completed.
fn raw(stage: &Stage, head: &str, body: &str) -> Vec<u8> {
    let head = stage.names.given(head);
    let mut body: Vec<u8> = body.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    if head.contains("chunked") {
        let mut chunks = Vec::new();
        for piece in body.chunks(40) {
            chunks.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
            chunks.extend_from_slice(piece);
            chunks.extend_from_slice(b"\r\n");
        }
        return [head.as_bytes(), &chunks, b"0\r\n\r\n"].concat();
    }
    let at = head.find("Content-Length: ").unwrap() + "Content-Length: ".len();
    let (front, rest) = head.split_at(at);
    let (length, back) = rest.split_at(rest.find("\r\n").unwrap());
    if length.parse::<usize>().unwrap() > body.len() {
        let part_head = body.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4;
        body.truncate(part_head);
        body.extend(samples::file("g.mp4"));
        body.extend_from_slice(b"\r\n--B--\r\n");
    }
    [format!("{front}{}{back}", body.len()).as_bytes(), &body].concat()
}
