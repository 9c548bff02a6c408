//! Every fault, played: what a client sees of it, and whether the file is kept.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::{
    collections::BTreeSet,
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    sync::Mutex,
    time::{Duration, SystemTime},
};

use demo_host::{Fault, Outcome, Play};
use support::{Scene, multipart, samples};

/// Faults that have been seen at work here; the last test holds the list against it.
const SEEN: [&[&str]; 6] =
    [&PAGES, &ANSWERS, &["flood", "duplicate", "approval", "pass"], &RESETS, &SILENT, &OTHERS];
const PAGES: [&str; 15] = [
    "status-407",
    "status-413-html",
    "html-200-maintenance",
    "html-200-php-warning",
    "html-200-shop",
    "empty-200",
    "html-500",
    "html-404",
    "challenge-403",
    "status-429",
    "status-502",
    "status-503",
    "status-504",
    "status-524",
    "redirect",
];
const ANSWERS: [&str; 6] =
    ["garbage", "answer-cut", "json-after-bom", "json-after-notice", "truncated-json", "wrong-types"];
const RESETS: [&str; 3] = ["reset-before", "reset-mid-body", "reset-after-body"];
const SILENT: [&str; 2] = ["silent-after-body", "stall"];
const OTHERS: [&str; 5] = ["refuse", "slow", "delay", "delay-up-to", "reverse"];

/// Status, type and kept files after one upload that met the fault.
fn met(name: &str) -> (Option<(u16, String)>, usize, Scene) {
    let scene = Scene::new(|_| {});
    scene.host.play(name.parse().unwrap());
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
        ("status-407", 407, 0),
        ("status-413-html", 413, 0),
        ("html-200-maintenance", 200, 0),
        ("html-200-php-warning", 200, 1),
        ("html-200-shop", 200, 0),
        ("empty-200", 200, 1),
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
fn a_proxy_says_in_three_ways_when_to_come_again() {
    let scene = Scene::new(|_| {});
    let after = |name: &str| {
        scene.host.play(name.parse().unwrap());
        let answer = scene.upload("a.png", &samples::png(9, 9), &[]);
        assert_eq!(answer.status, 429, "{name}");
        answer.header("retry-after").map(str::to_owned)
    };
    assert_eq!(after("status-429"), None);
    assert_eq!(after("status-429:30").as_deref(), Some("30"));
    let before = SystemTime::now();
    let date = httpdate::parse_http_date(&after("status-429:date:3600").unwrap()).unwrap();
    let wait = date.duration_since(before).unwrap().as_secs();
    // Dates have whole seconds.
    assert!((3_599..=3_600 + 60).contains(&wait), "{wait}");
    scene.host.play(Fault::ProxyLogin);
    assert!(scene.upload("a.png", &samples::png(9, 9), &[]).header("proxy-authenticate").is_some());
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
    let scene = Scene::new(|_| {});
    scene.host.play(Fault::TruncatedJson);
    let answer = scene.upload("a.png", &samples::png(9, 9), &[]);
    assert!(
        answer.text().starts_with('{') && serde_json::from_slice::<serde_json::Value>(&answer.body).is_err()
    );
    scene.host.play(Fault::WrongTypes);
    let answer = scene.upload("b.png", &samples::png(8, 9), &[]).json();
    assert_eq!((&answer["status_code"], answer["image"]["url"].is_u64()), (&"200".into(), true));
    assert_eq!(scene.host.stored().len(), 2);
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
}

#[test]
fn late_is_not_wrong() {
    let scene = Scene::new(|_| {});
    for (width, name) in (1..).zip(["delay:5", "delay-up-to:5", "slow:10000000", "slow:2000", "pass"]) {
        scene.host.play(name.parse().unwrap());
        let answer = scene.upload("a.png", &samples::png(width, 9), &[]);
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
    }
}

#[test]
fn a_late_request_is_under_way_while_a_later_one_is_done() {
    for name in ["slow:1", "delay:3600000", "delay-up-to:86400000000"] {
        let scene = Scene::new(|_| {});
        scene.host.play(name.parse().unwrap());
        let late = send(&scene);
        while !scene.host.faults().is_empty() {
            std::thread::yield_now();
        }
        assert_eq!(scene.upload("b.png", &samples::png(9, 9), &[]).status, 200, "{name}");
        let received = scene.host.received();
        let names = received.iter().filter_map(|request| Some(request.file.as_ref()?.name.as_str()));
        assert_eq!(names.collect::<Vec<_>>(), ["b.png"], "{name}");
        drop(late);
    }
}

#[test]
fn several_times_always_and_no_more() {
    let scene = Scene::new(|settings| settings.allow_duplicates = true);
    let statuses = || [(); 4].map(|()| scene.upload("a.png", &samples::png(9, 9), &[]).status);
    scene.host.schedule("pass".parse().unwrap());
    scene.host.schedule("html-500*2".parse().unwrap());
    assert_eq!(scene.host.faults().iter().map(Play::to_string).collect::<Vec<_>>(), ["pass", "html-500*2"]);
    assert_eq!(statuses(), [200, 500, 500, 200]);
    scene.host.play_always(Fault::NotFound);
    scene.host.play(Fault::Pass);
    assert_eq!(statuses(), [200, 404, 404, 404]);
    scene.host.clear_faults();
    assert_eq!((statuses(), scene.host.faults()), ([200; 4], Vec::new()));
}

#[test]
fn a_host_that_is_gone_refuses_and_comes_back_at_the_same_port() {
    let scene = Scene::new(|_| {});
    let address = scene.host.base_url()["http://".len()..].to_owned();
    let mut open = scene.connect();
    open.write_all(b"POST /api/1/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n").unwrap();
    scene.host.play("refuse:3600".parse().unwrap());
    let told = open.read(&mut [0; 1]).expect_err("what is under way is cut off");
    assert_eq!(told.kind(), ErrorKind::ConnectionReset);
    let refused = || TcpStream::connect(&address).expect_err("nobody listens").kind();
    assert_eq!([refused(), refused()], [ErrorKind::ConnectionRefused; 2]);
    scene.host.clear_faults();
    assert_eq!(scene.upload("a.png", &samples::png(9, 9), &[]).status, 200);

    // It comes back by itself, too; and with it the fault behind.
    scene.host.schedule("refuse:0.1*2".parse().unwrap());
    scene.host.play(Fault::Incident);
    while TcpStream::connect(&address).is_err() {
        std::thread::yield_now();
    }
    assert_eq!(scene.upload("b.png", &samples::png(8, 9), &[]).status, 500);
}

#[test]
fn the_last_is_answered_first() {
    let scene = Scene::new(|settings| settings.allow_duplicates = true);
    scene.host.play(Fault::Reverse(3));
    let order = Mutex::new(Vec::new());
    std::thread::scope(|threads| {
        for number in 1..=3 {
            let (scene, order) = (&scene, &order);
            threads.spawn(move || {
                assert_eq!(scene.upload("a.png", &samples::png(9, 9), &[]).status, 200);
                order.lock().unwrap().push(number);
            });
            while scene.host.received().len() < number {
                std::thread::yield_now();
            }
        }
    });
    assert_eq!(order.into_inner().unwrap(), [3, 2, 1]);
    assert_eq!(scene.upload("b.png", &samples::png(9, 9), &[]).status, 200, "the next waits for nobody");
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
    for (name, kept) in [("silent-after-body", 1), ("stall:0", 0), ("stall:50", 0), ("stall:100", 0)] {
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
        let received = scene.host.received().remove(0);
        let total = form().1.len() as u64;
        match (&received.outcome, name) {
            (Outcome::Stored(_), "silent-after-body") => {}
            (Outcome::Fault(fault), _) => assert_eq!(fault, name),
            (outcome, _) => panic!("{name}: {outcome:?}"),
        }
        match name {
            "stall:0" => assert_eq!(received.body_len, 0),
            "stall:50" => assert!((total / 2..total).contains(&received.body_len), "{}", received.body_len),
            _ => assert_eq!(received.body_len, total, "{name}"),
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
fn send(scene: &Scene) -> TcpStream {
    let stream = scene.connect();
    let (mut writer, request) = (stream.try_clone().unwrap(), request(scene));
    drop(std::thread::spawn(move || drop(writer.write_all(&request))));
    stream
}

#[test]
fn what_is_no_fault_is_told_what_would_be() {
    for (text, sentence) in [
        ("html-201", "no fault is called \"html-201\""),
        ("html-500:3", "\"html-500:3\" does not fit: it is written html-500, such as html-500"),
        ("stall:101", "\"stall:101\" does not fit: it is written stall[:PERCENT], such as stall:50"),
        ("delay", "\"delay\" does not fit: it is written delay:MILLISECONDS, such as delay:1500"),
        (
            "redirect:200:x",
            "\"redirect:200:x\" does not fit: it is written redirect:STATUS:TO, such as redirect:308:https://other.example/",
        ),
    ] {
        assert_eq!(text.parse::<Fault>().unwrap_err().to_string(), sentence);
    }
    for text in [
        "refuse:-1",
        "refuse:1e99",
        "status-429:soon",
        "status-429:date",
        "slow:0",
        "reverse:0",
        "redirect:301:",
    ] {
        assert_eq!(text.parse::<Fault>().unwrap_err().code(), "fault.argument", "{text}");
    }
    for text in ["html-500*0", "html-500*", "html-500*often", "html-500*-1"] {
        assert_eq!(text.parse::<Play>().unwrap_err().code(), "fault.times", "{text}");
    }
}

#[test]
fn the_list_is_whole_and_every_name_in_it_can_be_read_again() {
    let mut listed = BTreeSet::new();
    for entry in Fault::catalogue().iter().flat_map(|(_, entries)| entries.iter()) {
        assert_eq!(entry.example.parse::<Fault>().unwrap().to_string(), entry.example);
        assert!(entry.example.starts_with(entry.name()) && !entry.says.is_empty());
        assert!(listed.insert(entry.name()), "{} is there twice", entry.name());
        for times in ["*3", "*always"] {
            let text = format!("{}{times}", entry.example);
            assert_eq!(text.parse::<Play>().unwrap().to_string(), text);
        }
    }
    let readme = include_str!("../README.md").replace("\\|", "|");
    let usages = Fault::catalogue().iter().flat_map(|(_, entries)| entries.iter()).map(|entry| entry.usage);
    let missing = usages.filter(|usage| !readme.contains(&format!("`{usage}`"))).collect::<Vec<_>>();
    assert!(missing.is_empty(), "not in the README: {missing:?}");
    assert_eq!(listed, SEEN.into_iter().flatten().copied().collect());
    assert_eq!("delay:1500".parse(), Ok(Fault::Delay(Duration::from_millis(1_500))));
}
