//! Every fault, played: what a client sees of it, and whether the file is kept.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    io::{ErrorKind, Read, Write},
    time::Duration,
};

use demo_host::{Fault, Outcome};
use support::{Scene, multipart, samples};

/// Status, type and kept files after one upload that met the fault.
fn met(name: &str) -> (Option<(u16, String)>, usize, Scene) {
    let scene = Scene::new(|_| {});
    let fault: Fault = name.parse().unwrap();
    assert_eq!(fault.to_string().parse::<Fault>().unwrap(), fault);
    scene.host.play(fault);
    let (kind, body) = form();
    let headers = [("X-API-Key", scene.host.user_key()), ("Content-Type", kind)];
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = scene.send("POST", "/api/1/upload", &headers, &body);
    let answer =
        answer.map(|answer| (answer.status, answer.header("content-type").unwrap_or_default().to_owned()));
    let kept = scene.host.stored().len();
    (answer, kept, scene)
}

fn form() -> (String, Vec<u8>) {
    let file = [samples::png(300, 200), vec![0; 400_000]].concat();
    multipart(&[("source", support::Part::File { name: "a.png", mime: "image/png", bytes: &file })], &[])
}

#[test]
fn pages_instead_of_an_answer() {
    for (name, status, kept) in [
        ("status-413-html", 413, 0),
        ("html-200-maintenance", 200, 0),
        ("html-200-php-warning", 200, 1),
        ("html-500", 500, 0),
        ("html-404", 404, 0),
        ("challenge-403", 403, 0),
        ("status-429", 429, 0),
        ("status-502", 502, 0),
        ("status-503", 503, 0),
        ("status-504", 504, 1),
        ("status-524", 524, 1),
        ("redirect:308:https://other.example/api/1/upload", 308, 0),
    ] {
        let (answer, stored, scene) = met(name);
        let (got, kind) = answer.unwrap();
        assert_eq!((got, stored), (status, kept), "{name}");
        assert!(kind.starts_with("text/html"), "{name}: {kind}");
        // The next request meets no fault.
        assert_eq!(scene.upload("b.png", &samples::png(9, 9), &[]).status, 200, "{name}");
    }
}

#[test]
fn answers_that_are_not_what_they_seem() {
    let (answer, kept, _) = met("garbage");
    assert_eq!((answer.unwrap().0, kept), (200, 1));
    let (answer, kept, _) = met("answer-cut");
    assert_eq!((answer, kept), (None, 1));
    for (name, beginning) in [("json-after-bom", "\u{feff}{"), ("json-after-notice", "<br />\n<b>Notice")] {
        let scene = Scene::new(|_| {});
        scene.host.play(name.parse().unwrap());
        let answer = scene.upload("a.png", &samples::png(9, 9), &[]);
        assert!(answer.text().starts_with(beginning) && answer.text().ends_with('}'), "{name}");
    }
}

#[test]
fn refusals_by_name() {
    let scene = Scene::new(|_| {});
    for (name, code) in [("flood", 130), ("duplicate", 101)] {
        scene.host.play(name.parse().unwrap());
        assert_eq!(scene.upload("a.png", &samples::png(9, 9), &[]).code(), code);
    }
    scene.host.play(Fault::Approval);
    assert_eq!(scene.upload("a.png", &samples::png(9, 9), &[]).json()["image"]["is_approved"], 0);
    scene.host.play(Fault::TooManyRequests(Some(30)));
    assert_eq!(scene.upload("a.png", &samples::png(9, 9), &[]).header("retry-after"), Some("30"));
    scene.host.play(Fault::Delay(Duration::from_millis(5)));
    scene.host.play(Fault::Slow(10_000_000));
    assert_eq!(scene.upload("b.png", &samples::png(8, 9), &[]).status, 200);
    assert_eq!(scene.upload("c.png", &samples::png(7, 9), &[]).status, 200);
}

#[test]
fn connections_are_reset() {
    for (name, kept) in [("reset-before", 0), ("reset-mid-body:50", 0), ("reset-after-body", 1)] {
        let scene = Scene::new(|_| {});
        scene.host.play(name.parse().unwrap());
        let mut stream = scene.connect();
        let mut bytes = Vec::new();
        // Whichever of the two is under way when the reset comes is told of it.
        let told = [stream.write_all(&request(&scene)).err(), stream.read_to_end(&mut bytes).err()];
        let reset = |error: &std::io::Error| {
            matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe)
        };
        assert!(told.iter().flatten().any(reset), "{name}: {told:?}");
        assert!(bytes.is_empty(), "{name}");
        assert_eq!(scene.host.stored().len(), kept, "{name}");
    }
}

#[test]
fn silence_lasts_until_the_client_goes() {
    for (name, kept) in [("silent-after-body", 1), ("stall:50", 0)] {
        let scene = Scene::new(|_| {});
        scene.host.play(name.parse().unwrap());
        let mut stream = send(&scene);
        // The request is over for the host when it is noted; nothing can come after that.
        while scene.host.received().is_empty() {
            std::thread::yield_now();
        }
        stream.set_nonblocking(true).unwrap();
        assert_eq!(stream.read(&mut [0; 1]).expect_err(name).kind(), ErrorKind::WouldBlock, "{name}");
        assert_eq!(scene.host.stored().len(), kept, "{name}");
        match (&scene.host.received()[0].outcome, kept) {
            (Outcome::Stored(_), 1) => {}
            (Outcome::Fault(fault), 0) => assert_eq!(fault, name),
            (outcome, _) => panic!("{name}: {outcome:?}"),
        }
    }
}

fn request(scene: &Scene) -> Vec<u8> {
    let (kind, body) = form();
    let key = scene.host.user_key();
    let head = format!(
        "POST /api/1/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: {key}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), &body].concat()
}

/// Sends an upload and reads nothing. A host that stalls takes no more than fits on the way.
fn send(scene: &Scene) -> std::net::TcpStream {
    let stream = scene.connect();
    let (mut writer, request) = (stream.try_clone().unwrap(), request(scene));
    drop(std::thread::spawn(move || drop(writer.write_all(&request))));
    stream
}

#[test]
fn unknown_faults_are_named() {
    for text in ["html-201", "redirect", "redirect:200:x", "stall:101", "delay", "status-429:soon"] {
        assert_eq!(text.parse::<Fault>().unwrap_err().to_string(), format!("no such fault: {text}"));
    }
}
