//! The window's commands and events over a real app and a real host, with a desktop that only remembers.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::{App, KeyStore, Options, Pasted, Paths};
use demo_host::DemoHost;
use ipc::view::{Event, QueueDelta};
use ipc::{Api, Clipboard, Desktop, route};
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;

#[derive(Default)]
struct FakeDesktop {
    files: Vec<PathBuf>,
    clipboard: Mutex<Option<Clipboard>>,
    copied: Mutex<Option<String>>,
    opened: Mutex<Vec<String>>,
    takes_text: bool,
    place: Option<tempfile::TempDir>,
    archive: Mutex<Option<PathBuf>>,
}

impl Desktop for FakeDesktop {
    async fn choose_files(&self) -> Vec<PathBuf> {
        self.files.clone()
    }
    async fn choose_place(&self, name: String) -> Option<PathBuf> {
        Some(self.place.as_ref()?.path().join(name))
    }
    async fn choose_archive(&self) -> Option<PathBuf> {
        self.archive.lock().unwrap().clone()
    }
    async fn read_clipboard(&self) -> Clipboard {
        self.clipboard.lock().unwrap().clone().unwrap_or(Clipboard::Empty)
    }
    async fn write_clipboard(&self, text: String) -> bool {
        *self.copied.lock().unwrap() = Some(text);
        self.takes_text
    }
    async fn open_url(&self, url: String) -> bool {
        self.opened.lock().unwrap().push(url);
        true
    }
    fn hide_window(&self) {}
    fn quit(&self) {}
    fn has_tray(&self) -> bool {
        false
    }
}

struct World {
    folder: tempfile::TempDir,
    host: DemoHost,
    api: Api<FakeDesktop>,
    events: Receiver<Arc<Event>>,
    queue: Value,
    heard: Vec<String>,
}

impl World {
    async fn new(desktop: FakeDesktop) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = DemoHost::start(demo_host::Options::new(folder.path().join("host"))).unwrap();
        let options = Options { keys: KeyStore::in_memory(), ..Options::default() };
        let app = App::open(Paths::under(folder.path().join("data")), options).await.unwrap();
        let api = Api::new(app, Arc::new(desktop));
        let events = api.events();
        let mut world = Self { folder, host, api, events, queue: Value::Null, heard: Vec::new() };
        world.queue = world.call("queue", json!({})).await;
        world
    }

    async fn call(&self, name: &str, args: Value) -> Value {
        let answer = route(&self.api, name, args).await;
        let answer = answer.unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        serde_json::from_str(answer.get()).unwrap()
    }

    async fn set_up(&self) {
        let choice = json!({ "is": "address", "address": self.host.base_url(), "old_api": false });
        let key = self.host.user_key();
        let tested = self.call("test_key", json!({ "choice": choice, "key": key })).await;
        assert_eq!(tested["is"], "accepted");
        let saved = self.call("save_site", json!({ "choice": choice, "key": key, "keep": "keyring" })).await;
        assert_eq!((&saved["is"], &saved["site"]["key"]), (&json!("saved"), &json!("keyring")));
    }

    fn picture(&self, name: &str, seed: u8) -> String {
        let path = self.folder.path().join(name);
        let pixels = image::RgbImage::from_fn(400, 300, |x, y| image::Rgb([seed, x as u8, y as u8]));
        pixels.save(&path).unwrap();
        path.to_string_lossy().into_owned()
    }

    /// Follows the events as the window does, until its queue is as wished.
    async fn until(&mut self, wish: impl Fn(&Value) -> bool) {
        while !wish(&self.queue) {
            let next = tokio::time::timeout(Duration::from_secs(60), self.events.recv()).await;
            let event =
                next.unwrap_or_else(|_| panic!("the window's queue stays at {:#}", self.queue)).unwrap();
            self.heard.push(serde_json::to_string(&*event).unwrap());
            if let Event::Queue(delta) = &*event {
                self.apply(delta).await;
            }
        }
    }

    async fn apply(&mut self, delta: &QueueDelta) {
        let rev = self.queue["rev"].as_u64().unwrap();
        if delta.rev <= rev {
            return;
        }
        if delta.from != rev {
            self.queue = self.call("queue", json!({})).await;
            return;
        }
        let delta = serde_json::to_value(delta).unwrap();
        let mut items = self.queue["items"].as_array().unwrap().clone();
        items.retain(|item| !delta["removed"].as_array().unwrap().contains(&item["id"]));
        for new in delta["upsert"].as_array().unwrap() {
            match items.iter_mut().find(|item| item["id"] == new["id"]) {
                Some(item) => item.clone_from(new),
                None => items.push(new.clone()),
            }
        }
        if let Some(order) = delta["order"].as_array() {
            items.sort_by_key(|item| order.iter().position(|id| *id == item["id"]));
        }
        self.queue["items"] = items.into();
        self.queue["rev"] = delta["rev"].clone();
        if !delta["state"].is_null() {
            self.queue["state"] = delta["state"].clone();
        }
    }
}

fn all_are(queue: &Value, state: &str) -> bool {
    let items = queue["items"].as_array().unwrap();
    !items.is_empty() && items.iter().all(|item| item["state"]["is"] == state)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_follows_an_upload_from_drop_to_copied_links() {
    let mut world = World::new(FakeDesktop { takes_text: true, ..FakeDesktop::default() }).await;
    let hello = world.call("hello", json!({})).await;
    assert_eq!((&hello["first_run"], &hello["tray"]), (&json!(true), &json!(false)));
    world.set_up().await;
    let paths = [world.picture("b.png", 1), world.picture("a.png", 2)];
    let added = world.call("add_paths", json!({ "paths": paths })).await;
    assert_eq!((&added["added"], &added["refused"]), (&json!(2), &json!(0)));
    world.until(|queue| all_are(queue, "ready")).await;
    let ids: Vec<i64> =
        world.queue["items"].as_array().unwrap().iter().map(|i| i["id"].as_i64().unwrap()).collect();
    let patch = json!({ "title": "Dune", "add_tags": ["sea"], "nsfw": { "wish": "some", "value": true } });
    world.call("set_options", json!({ "items": ids, "patch": patch })).await;
    world.until(|queue| queue["items"][1]["options"]["title"] == "Dune").await;
    assert_eq!(world.queue["items"][0]["options"]["nsfw"], true);
    world.call("upload", json!({ "items": null })).await;
    world.until(|queue| queue["state"]["activity"] == "done" && all_are(queue, "uploaded")).await;
    let batch = &world.queue["state"]["batch"];
    assert_eq!((&batch["files"], &batch["uploaded"], &batch["percent"]), (&json!(2), &json!(2), &json!(100)));

    let receipts: Vec<&Value> =
        world.queue["items"].as_array().unwrap().iter().map(|i| &i["state"]["receipt"]["id"]).collect();
    let form = json!({ "format": "links", "kind": "direct" });
    let copied = world.call("copy_links", json!({ "receipts": receipts, "form": form })).await;
    assert_eq!((&copied["copied"], &copied["text"]), (&json!(2), &Value::Null));
    let direct =
        |place: usize| world.queue["items"][place]["state"]["receipt"]["links"]["direct"].as_str().unwrap();
    let text = world.api.desktop().copied.lock().unwrap().clone().unwrap();
    assert_eq!(text, format!("{}\n{}", direct(0), direct(1)));
    world.call("open_receipt", json!({ "receipt": receipts[0] })).await;
    assert_eq!(world.api.desktop().opened.lock().unwrap().len(), 1);

    let history = world.call("history", json!({ "query": {} })).await;
    assert_eq!(
        (&history["total"], &history["vault"], &history["more"]),
        (&json!(2), &json!(2), &json!(false))
    );
    let names: Vec<&Value> = history["receipts"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["b.png", "a.png"], "in queue order, whichever arrived first");
    let everything = format!("{}{history}{}{hello}", world.queue, world.heard.join("\n"));
    assert!(everything.contains("has_delete_link\":true"));
    assert!(!everything.contains("/delete/"), "no delete link reaches the window");
    assert!(!everything.contains(&world.host.user_key()), "no key reaches the window");

    world.call("new_upload", json!({})).await;
    world
        .until(|queue| queue["items"].as_array().unwrap().is_empty() && queue["state"]["activity"] == "idle")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_delete_links_reach_the_clipboard_and_not_the_window() {
    let mut world = World::new(FakeDesktop { takes_text: true, ..FakeDesktop::default() }).await;
    world.set_up().await;
    let paths = [world.picture("b.png", 1), world.picture("a.png", 2)];
    world.call("add_paths", json!({ "paths": paths })).await;
    world.until(|queue| queue["items"].as_array().unwrap().len() == 2 && all_are(queue, "ready")).await;
    world.call("upload", json!({ "items": null })).await;
    world.until(|queue| all_are(queue, "uploaded")).await;
    world.call("clear_history", json!({ "keep_delete_links": true })).await;
    let page = world.call("history", json!({ "query": {} })).await;
    assert_eq!((&page["total"], &page["vault"], &page["kept"]), (&json!(0), &json!(2), &json!(2)));
    let kept = world.call("kept_links", json!({ "after": null })).await;
    let names: Vec<_> = kept["kept"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert!(names.len() == 2 && names.contains(&json!("a.png")), "{kept}");
    assert!(world.host.base_url().contains(kept["kept"][0]["site_name"].as_str().unwrap()));
    let id = kept["kept"][0]["id"].clone();

    let copied = world.call("copy_kept_link", json!({ "kept": id })).await;
    assert_eq!((&copied["copied"], &copied["text"]), (&json!(1), &Value::Null));
    let link = world.api.desktop().copied.lock().unwrap().clone().unwrap();
    assert!(link.contains("/delete/"), "it is the link that deletes");
    assert!(!format!("{page}{kept}{copied}{:?}", world.heard).contains("/delete/"), "and it is nowhere else");
    assert_eq!(world.host.stored().len(), 2, "a link that is copied is not opened");
    world.call("open_kept", json!({ "kept": id })).await;
    assert!(!world.api.desktop().opened.lock().unwrap()[0].contains("/delete/"));

    let deleted = world.call("delete_kept_from_site", json!({ "kept": id })).await;
    assert_eq!((&deleted["is"], world.host.stored().len()), (&json!("deleted"), 1));
    let left = world.call("kept_links", json!({ "after": null })).await;
    world.call("forget_kept", json!({ "kept": left["kept"][0]["id"] })).await;
    assert_eq!(world.call("history", json!({ "query": {} })).await["vault"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_is_saved_where_the_person_says_and_taken_in_again() {
    let place = Some(tempfile::tempdir().unwrap());
    let mut world = World::new(FakeDesktop { place, ..FakeDesktop::default() }).await;
    world.set_up().await;
    let path = world.picture("a.png", 1);
    world.call("add_paths", json!({ "paths": [path] })).await;
    world.until(|queue| all_are(queue, "ready")).await;
    world.call("upload", json!({ "items": null })).await;
    world.until(|queue| all_are(queue, "uploaded")).await;
    let export =
        |search: &str| json!({ "query": { "search": search }, "form": "json", "delete_links": true });
    let none = world.call("export_history", export("nothing like it")).await;
    assert_eq!((&none["uploads"], &none["delete_links"]), (&json!(0), &json!(0)));
    let saved = world.call("export_history", export("")).await;
    assert_eq!((&saved["uploads"], &saved["delete_links"]), (&json!(1), &json!(1)));
    let name = saved["name"].as_str().unwrap();
    assert!(name.starts_with("keltas-history-20") && name.ends_with(".json"), "{name}");

    assert_eq!(world.call("import_history", json!({})).await, Value::Null, "nothing was chosen");
    let file = world.api.desktop().place.as_ref().unwrap().path().join(name);
    *world.api.desktop().archive.lock().unwrap() = Some(file);
    let known = json!({ "added": 0, "known": 1, "delete_links": 0 });
    assert_eq!(world.call("import_history", json!({})).await, known);
    world.call("clear_history", json!({ "keep_delete_links": false })).await;
    let new = json!({ "added": 1, "known": 0, "delete_links": 1 });
    assert_eq!(world.call("import_history", json!({})).await, new);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_is_shown_with_its_kind() {
    let mut world = World::new(FakeDesktop::default()).await;
    world.set_up().await;
    let path = world.folder.path().join("paper.pdf");
    std::fs::write(&path, "%PDF-1.7").unwrap();
    let added = world.call("add_paths", json!({ "paths": [path] })).await;
    assert_eq!(added["refused"], 1);
    world.until(|queue| all_are(queue, "refused")).await;
    assert_eq!(world.queue["items"][0]["format"], "PDF");
    assert_eq!(world.queue["items"][0]["state"]["problem"]["code"], "document");
    let id = &world.queue["items"][0]["id"];
    world.call("remove_items", json!({ "items": [id] })).await;
    world
        .until(|queue| queue["items"].as_array().unwrap().is_empty() && queue["state"]["can_undo"] == true)
        .await;
    world.call("restore_items", json!({})).await;
    world.until(|queue| all_are(queue, "refused")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clipboard_that_does_not_take_the_links_gives_them_back() {
    let mut world = World::new(FakeDesktop::default()).await;
    world.set_up().await;
    let png = std::fs::read(world.picture("shot.png", 3)).unwrap();
    *world.api.desktop().clipboard.lock().unwrap() = Some(Clipboard::Picture(Pasted { png, still: false }));
    assert_eq!(world.call("paste", json!({})).await["added"], 1);
    world.until(|queue| all_are(queue, "ready")).await;
    let id = world.queue["items"][0]["id"].as_i64().unwrap();
    assert!(world.api.preview("item", id, 100).await.is_some());
    world.call("upload", json!({ "items": [id] })).await;
    world.until(|queue| all_are(queue, "uploaded")).await;
    let receipt = &world.queue["items"][0]["state"]["receipt"]["id"];
    let form = json!({ "format": "html", "kind": "full" });
    let copied = world.call("copy_links", json!({ "receipts": [receipt], "form": form })).await;
    assert_eq!(copied["copied"], 0);
    assert!(copied["text"].as_str().unwrap().contains("<img src="));
    *world.api.desktop().clipboard.lock().unwrap() = None;
    assert_eq!(world.call("paste", json!({})).await["problem"]["code"], "clipboard-empty");
}

#[tokio::test(flavor = "multi_thread")]
async fn wishes_that_a_site_would_misread_are_refused() {
    let mut world = World::new(FakeDesktop::default()).await;
    world.set_up().await;
    world.call("add_paths", json!({ "paths": [world.picture("a.png", 4)] })).await;
    world.until(|queue| all_are(queue, "ready")).await;
    let id = &world.queue["items"][0]["id"];
    let cases = [
        (json!({ "expiration": { "wish": "some", "value": "P0D" } }), "expiration-too-short"),
        (json!({ "expiration": { "wish": "some", "value": "2 savaites" } }), "expiration-unreadable"),
        (json!({ "tags": ["x/y"] }), "tag-dropped"),
        (json!({ "title": "x".repeat(101) }), "field-too-long"),
    ];
    for (patch, code) in cases {
        let args = json!({ "items": [id], "patch": patch });
        let problem = route(&world.api, "set_options", args).await.unwrap_err();
        assert_eq!(problem.code, code, "{patch}");
    }
    assert_eq!(route(&world.api, "no_such", json!({})).await.unwrap_err().code, "ipc-unknown");
    assert_eq!(route(&world.api, "upload", json!({ "items": "x" })).await.unwrap_err().code, "ipc-arguments");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_above_a_learned_limit_is_shown_before_it_is_sent() {
    let mut world = World::new(FakeDesktop::default()).await;
    world.set_up().await;
    world.host.set(|settings| settings.max_file_size = 300);
    let (big, bigger) = (world.picture("big.png", 5), world.picture("bigger.png", 6));
    world.call("add_paths", json!({ "paths": [big] })).await;
    world.until(|queue| all_are(queue, "ready")).await;
    world.call("upload", json!({ "items": null })).await;
    world.until(|queue| all_are(queue, "failed")).await;
    world.call("add_paths", json!({ "paths": [bigger] })).await;
    world.until(|queue| queue["items"][1]["state"]["is"] == "refused").await;
    assert_eq!(world.queue["items"][1]["state"]["problem"]["code"], "too-big-max");
}
