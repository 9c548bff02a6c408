//! The built command, as someone who writes a client uses it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    io::{BufRead, BufReader, Read},
    net::TcpStream,
    path::PathBuf,
    process::{Child, ChildStdout, Command, Output, Stdio},
};

use demo_host::Fault;
use support::{Answer, Part, exchange, multipart, samples};

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keltas-demo-host"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the command to its end.
fn run(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A running host, and what it said when it started.
struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    said: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(&[&["--port", "0"], arguments].concat()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("curl") {
            assert_ne!(out.read_line(&mut said).unwrap(), 0, "it ended after: {said}");
        }
        Self { child, out, said }
    }

    /// What stands behind a word at the beginning of a line.
    fn told(&self, word: &str) -> &str {
        let mut lines = self.said.lines().filter_map(|line| line.strip_prefix(word));
        lines.next().unwrap_or_else(|| panic!("no {word} in {}", self.said)).trim()
    }

    fn upload(&self, name: &str, bytes: &[u8]) -> Answer {
        let (kind, body) =
            multipart(&[("source", Part::File { name, mime: support::mime(name), bytes })], &[]);
        let site = self.told("site").strip_prefix("http://").unwrap();
        let (address, path) =
            site.split_once('/').map_or((site, String::new()), |(a, p)| (a, format!("/{p}")));
        let head = format!(
            "POST {path}/api/1/upload HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nX-API-Key: {}\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            self.told("user key"),
            body.len()
        );
        exchange(TcpStream::connect(address).unwrap(), &[head.as_bytes(), &body].concat()).expect("an answer")
    }

    /// Ends it as Ctrl+C does, and gives what it said last.
    #[cfg(unix)]
    fn interrupt(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let mut last = String::new();
        self.out.read_to_string(&mut last).unwrap();
        assert!(self.child.wait().unwrap().success());
        last
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Ended already, or about to be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_says_where_to_look_and_does_what_it_was_told() {
    let host =
        Running::start(&["--moderate", "--fault", "html-500*2", "--fault", "pass", "--key", "chv_my_key"]);
    assert_eq!(host.told("user key"), "chv_my_key");
    assert_eq!(host.told("faults"), "html-500*2, pass");
    let site = host.told("site");
    assert_eq!(host.told("desk"), format!("{site}/desk"));
    assert!(
        host.said
            .contains(&format!("curl -H 'X-API-Key: chv_my_key' -F source=@picture.jpg {site}/api/1/upload"))
    );
    let statuses = [1, 2, 3].map(|width| host.upload("a.png", &samples::png(width, 9)).status);
    assert_eq!(statuses, [500, 500, 200]);
    assert_eq!(host.upload("a.png", &samples::png(4, 9)).json()["image"]["is_approved"], 0);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_and_takes_its_own_folder_along() {
    let host = Running::start(&[]);
    let folder = PathBuf::from(host.told("files in").strip_suffix(" (removed at the end)").unwrap());
    host.upload("a.png", &samples::png(9, 9));
    assert!(folder.join("index.json").exists());
    assert!(host.interrupt().contains("Ended; its pictures are gone."));
    assert!(!folder.exists());
}

#[cfg(unix)]
#[test]
fn a_named_folder_is_kept_with_its_keys_and_its_port() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().to_str().unwrap();
    let first = Running::start(&["--dir", dir]);
    let told =
        |host: &Running| ["site", "user key", "guest key", "album"].map(|word| host.told(word).to_owned());
    let before = told(&first);
    first.upload("a.png", &samples::png(9, 9));
    assert!(first.interrupt().contains("Ended; its pictures are kept."));
    let second = Running::start(&["--dir", dir]);
    assert_eq!(told(&second), before);
    assert_eq!(second.upload("a.png", &samples::png(9, 9)).code(), 101, "it still has the first");
}

#[test]
fn every_kind_of_site_can_be_had() {
    let v3 = Running::start(&["--mode", "v3"]);
    assert!(v3.said.contains(&format!("-F key={}", v3.told("guest key"))));
    assert_eq!(v3.upload("a.png", &samples::png(9, 9)).json()["error"]["message"], "No key provided");
    let strict =
        Running::start(&["--max-size", "1KB", "--formats", "gif", "--path", "/gallery", "--language", "de"]);
    assert!(strict.told("site").ends_with("/gallery"));
    assert_eq!(strict.upload("a.png", &samples::png(9, 9)).code(), 614);
    let shut = Running::start(&["--maintenance"]);
    assert!(shut.upload("a.png", &samples::png(9, 9)).text().contains("maintenance"));
    let scale = Running::start(&["--discard"]);
    assert_eq!(scale.upload("a.bin", &[0; 90_000]).json()["image"]["size"], 90_000);
    let secure = Running::start(&["--tls", "self-signed"]);
    assert!(secure.told("site").starts_with("https://127.0.0.1:"));
    assert!(secure.said.contains("--cacert") && PathBuf::from(secure.told("certificate")).exists());
}

#[test]
fn the_faults_are_listed_with_what_a_host_cannot_play() {
    let list = text(&run(&["--faults"]).stdout);
    for entry in Fault::catalogue().iter().flat_map(|(_, entries)| entries.iter()) {
        assert!(list.contains(entry.usage) && list.contains(entry.says), "{}", entry.usage);
    }
    assert!(list.contains("DNS") && list.contains("http://host.invalid") && list.contains("--tls"));
    assert!(list.lines().all(|line| line.chars().count() <= 100), "{list}");
}

#[test]
fn a_wrong_value_is_told_what_would_be_right() {
    for (arguments, sentence) in [
        (["--fault", "html-201"], "no fault is called \"html-201\"; --faults lists them all"),
        (["--fault", "stall:200"], "it is written stall[:PERCENT], such as stall:50"),
        (["--fault", "flood*0"], "behind the * stands how often (1, 2, 3 …) or \"always\""),
        (["--max-size", "10XB"], "a number with KB, MB or GB behind it, such as 2MB"),
        (["--max-size", "99999999999GB"], "a number with KB, MB or GB behind it, such as 2MB"),
        (["--formats", "jpg,tiff"], "the formats are avif, jpg, jpeg, png, bmp, gif, webp, mov, mp4, webm"),
        (["--flood", "many"], "write a whole number, at most 4294967295"),
        (["--port", "70000"], "write a whole number, at most 65535"),
        (["--path", "/a b"], "write it as /gallery"),
        (["--key", "a b"], "a key has letters, digits and _"),
        (["--mode", "5"], "possible values: v3, 4.0, 4.1, 4.2, 4.3, 4.4"),
        (["--tls", "good"], "possible values: self-signed, expired, wrong-name"),
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(sentence), "{arguments:?}: {}", text(&output.stderr));
    }
    let output = run(&["--api-off"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("add --mode 4.3"));
    let taken = Running::start(&[]);
    let port = taken.told("site").rsplit(':').next().unwrap();
    let output = run(&["--port", port]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains(&format!("port {port} is taken: name another with --port")));
}

#[test]
fn help_has_examples() {
    let help = text(&run(&["--help"]).stdout);
    for words in
        ["Examples:", "--discard", "--fault <NAME[*TIMES]>", "html-500*3", "/desk", "[default: 8080]"]
    {
        assert!(help.contains(words), "{words} in {help}");
    }
}
