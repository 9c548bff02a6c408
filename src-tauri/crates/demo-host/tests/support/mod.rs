//! A client of few words, and sample files like those that the recorded requests carried.
#![allow(dead_code, reason = "each test file uses its own part of this")]

pub(crate) mod samples;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
};

use demo_host::{DemoHost, Options, Settings};
use tempfile::TempDir;

/// A host in a folder of its own.
pub(crate) struct Scene {
    pub(crate) host: DemoHost,
    pub(crate) dir: TempDir,
}

impl Scene {
    pub(crate) fn new(change: impl FnOnce(&mut Settings)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut options = Options::new(dir.path());
        change(&mut options.settings);
        Self { host: DemoHost::start(options).unwrap(), dir }
    }

    /// Uploads one file with the user's key.
    pub(crate) fn upload(&self, name: &str, bytes: &[u8], fields: &[(&str, &str)]) -> Answer {
        let (kind, body) = multipart(&[("source", Part::File { name, mime: mime(name), bytes })], fields);
        self.send(
            "POST",
            "/api/1/upload",
            &[("X-API-Key", &self.host.user_key()), ("Content-Type", &kind)],
            &body,
        )
        .expect("an answer")
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], b"").expect("an answer")
    }

    /// Sends a request; `None` when the connection ended without a whole answer.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Option<Answer> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() || method == "POST" {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        head += "\r\n";
        self.raw(&[head.as_bytes(), body].concat())
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let base = self.host.base_url();
        let authority = base.strip_prefix("http://").unwrap().split('/').next().unwrap();
        TcpStream::connect(authority).unwrap()
    }

    pub(crate) fn raw(&self, request: &[u8]) -> Option<Answer> {
        exchange(self.connect(), request)
    }
}

/// Sends a request; `None` when the connection ended without a whole answer.
pub(crate) fn exchange(mut stream: TcpStream, request: &[u8]) -> Option<Answer> {
    // A host that resets may do so while this still writes.
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    let read = stream.read_to_end(&mut bytes);
    let answer = Answer::parse(&bytes)?;
    let announced = answer.header("content-length").and_then(|length| length.parse::<usize>().ok());
    let head_only = request.starts_with(b"HEAD");
    let whole = head_only || announced.is_none_or(|length| length == answer.body.len());
    (whole && (read.is_ok() || announced.is_some())).then_some(answer)
}

/// Serves bytes at every path of a port of its own, whose address it gives, until the process ends.
pub(crate) fn serve(bytes: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", bytes.len());
    let answer = [head.into_bytes(), bytes].concat();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let asked =
                BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
            // Whoever hangs up early learns nothing.
            let _ = (asked.count(), stream.write_all(&answer));
        }
    });
    address
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// `None` when the head is not whole.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Some(Self { status, headers, body: bytes[end + 4..].to_vec() })
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// A text inside the answer's `image`.
    pub(crate) fn image(&self, field: &str) -> String {
        self.json()["image"][field]
            .as_str()
            .unwrap_or_else(|| panic!("no {field} in {}", self.text()))
            .to_owned()
    }

    /// The path of a link in the answer's `image`.
    pub(crate) fn path(&self, field: &str) -> String {
        let link = self.image(field);
        link[link.find("127.0.0.1").unwrap()..].split_once('/').map(|(_, path)| format!("/{path}")).unwrap()
    }

    pub(crate) fn code(&self) -> i64 {
        self.json()["error"]["code"].as_i64().unwrap_or_else(|| panic!("no code in {}", self.text()))
    }
}

pub(crate) enum Part<'a> {
    File { name: &'a str, mime: &'a str, bytes: &'a [u8] },
}

/// Content type and body.
pub(crate) fn multipart(files: &[(&str, Part<'_>)], fields: &[(&str, &str)]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (field, Part::File { name, mime, bytes }) in files {
        let name = name.replace('"', "%22");
        let head = format!(
            "--Boundary\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: {mime}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    for (name, value) in fields {
        let part =
            format!("--Boundary\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    body.extend_from_slice(b"--Boundary--\r\n");
    ("multipart/form-data; boundary=Boundary".to_owned(), body)
}

/// The part's type that the recording client chose for a name.
pub(crate) fn mime(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        _ => "application/octet-stream",
    }
}
