//! A host on which a scene is played: its settings change, recordings are asked again, things happen in between.

use std::time::Duration;

use demo_host::{Settings, Stored};
use serde_json::Value;

use crate::{
    asking, comparing,
    recordings::{self, Recording},
    scenes,
    support::{Answer, Scene, samples, serve},
};

/// What happens next in a scene.
pub(crate) enum Step {
    /// The site has other settings from here on.
    Set(fn(&mut Settings)),
    /// Recorded requests are sent again, in the order of their numbers: `"205"`, `"208-234"`.
    Play(&'static [&'static str]),
    /// Something that was done but not recorded, or that shows what a recording cannot.
    Do(fn(&mut Stage)),
}

pub(crate) struct Stage {
    pub(crate) scene: Scene,
    /// What the recorded site called things, and what this one calls them.
    pub(crate) names: Names,
    /// A file that goes out instead of the one that the next recorded request names.
    pub(crate) instead: Option<Vec<u8>>,
    /// The next request's body ends before its last boundary.
    pub(crate) cut_short: bool,
}

/// Plays a scene. Panics with everything that differs.
pub(crate) fn play(steps: &[Step]) {
    let mut stage = Stage::new();
    let mut wrong = Vec::new();
    for step in steps {
        match step {
            Step::Set(change) => stage.scene.host.set(change),
            Step::Do(action) => {
                report(&wrong);
                action(&mut stage);
            }
            Step::Play(played) => {
                for number in numbers(played) {
                    let recording = &recordings::ALL[&number];
                    if let Err(difference) = stage.ask_again(recording) {
                        wrong.push(format!("{}: {difference}", recording.file));
                    }
                }
            }
        }
    }
    report(&wrong);
}

fn report(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} recordings differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// The numbers in `["205", "208-234"]`; numbers that no recording has are passed over inside of a range.
pub(crate) fn numbers(played: &[&str]) -> Vec<u16> {
    let mut numbers = Vec::new();
    for range in played {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let range = first.parse::<u16>().unwrap()..=last.parse().unwrap();
        numbers.extend(recordings::ALL.range(range).map(|(number, _)| *number));
    }
    numbers
}

impl Stage {
    fn new() -> Self {
        let scene = Scene::new(scenes::recorded_site);
        let albums = scene.host.albums();
        let (own, others): (Vec<_>, Vec<_>) = albums.iter().partition(|album| album.own);
        let file_server = serve(samples::file("a.png"));
        let host = &scene.host;
        let mut names = Names::default();
        names.add("chv_test_admin_key", &host.admin_key());
        names.add("chv_test_guest_key", &host.guest_key());
        names.add("chv_test_key", &host.user_key());
        names.add("http://127.0.0.1/a.png", &format!("{file_server}/a.png"));
        names.add("http://example.test/example.png", &format!("{file_server}/example.png"));
        names.albums = vec![("uv".to_owned(), own[0].id.clone()), ("bc".to_owned(), others[0].id.clone())];
        Self { scene, names, instead: None, cut_short: false }
    }

    /// Sends a recorded request, compares the answer, and remembers what the stored file is called on either site.
    fn ask_again(&mut self, recording: &Recording) -> Result<(), String> {
        let before = self.stored().len();
        let answer = asking::ask(self, &recording.exchange)?;
        let stored = (self.stored().len() > before).then(|| self.stored().pop().unwrap());
        if let Some(stored) = &stored {
            let response = &recording.exchange["response"];
            let location = response["headers"]["Location"].as_str();
            let id = response["body"]["image"]["id_encoded"].as_str();
            let id = id.or_else(|| location?.rsplit(['.', '/']).next());
            self.names.ids.extend(id.map(|id| (id.to_owned(), stored.id.clone())));
        }
        comparing::compare(self, recording, &answer)
    }

    /// Everything on the site, oldest first.
    pub(crate) fn stored(&self) -> Vec<Stored> {
        self.scene.host.stored()
    }

    /// Uploads a sample with the user's key.
    pub(crate) fn upload(&mut self, file: &str) -> Answer {
        let answer = self.scene.upload(file, &samples::file(file), &[]);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer
    }

    /// Uploads `tiny.png` as a file that the recordings speak of but whose upload is not among them.
    pub(crate) fn upload_as(&mut self, id: &str, password: &str, direct: Option<&str>) {
        let answer = self.upload("tiny.png");
        let given = answer.json()["image"]["delete_url"].as_str().unwrap().to_owned();
        self.names.ids.push((id.to_owned(), answer.image("id_encoded")));
        self.names.add(password, given.rsplit('/').next().unwrap());
        if let Some(direct) = direct {
            self.names.add(direct, &answer.path("url"));
        }
    }

    /// Opens the delete link of the newest upload.
    pub(crate) fn delete(&mut self, answer: &Answer) {
        assert_eq!(self.scene.get(&answer.path("delete_url")).status, 301);
    }

    pub(crate) fn wait(&mut self, time: Duration) {
        self.scene.host.advance(time);
    }
}

/// What the recorded site called things, and what this one calls them.
#[derive(Default)]
pub(crate) struct Names {
    texts: Vec<(String, String)>,
    /// Of files. They are short, so they count only where an id may stand.
    ids: Vec<(String, String)>,
    albums: Vec<(String, String)>,
}

impl Names {
    fn add(&mut self, recorded: &str, given: &str) {
        self.texts.push((recorded.to_owned(), given.to_owned()));
    }

    /// A recorded text in this site's words.
    pub(crate) fn given(&self, recorded: &str) -> String {
        let mut text = recorded.to_owned();
        for (recorded, given) in &self.texts {
            text = text.replace(recorded, given);
        }
        text
    }

    /// A recorded address or path in this site's words.
    pub(crate) fn given_link(&self, recorded: &str) -> String {
        let mut link = self.given(recorded);
        // From the end: of two files with one id the later is meant.
        for (recorded, given) in self.ids.iter().rev() {
            let places: Vec<usize> = link.match_indices(recorded.as_str()).map(|(at, _)| at).collect();
            let alone = |at: &usize| {
                let (front, back) = (&link[..*at], &link[at + recorded.len()..]);
                front.ends_with(['/', '.']) && (back.is_empty() || back.starts_with(['/', '?']))
            };
            if let Some(at) = places.into_iter().find(alone) {
                link.replace_range(at..at + recorded.len(), given);
                break;
            }
        }
        link
    }

    /// The album that stands for a recorded one.
    pub(crate) fn given_album(&self, recorded: &str) -> String {
        let found = self.albums.iter().find(|(album, _)| album == recorded);
        found.map_or_else(|| recorded.to_owned(), |(_, given)| given.clone())
    }
}

/// A text at a path like `image/url` in an object.
pub(crate) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}
