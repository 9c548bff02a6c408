//! Desktop notifications: their words, and the way they are shown.

use crate::Shared;
use app::notice::Notice;
use engine::Problem;
use l10n::{Language, words};
use notify_rust::{Notification, Timeout};
use serde_json::json;
use std::thread;
use tauri::async_runtime;

/// What a notification shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Note {
    title: String,
    body: String,
    /// What its button copies; no button when there is nothing.
    copy: Option<String>,
}

impl Note {
    fn new(title: String, body: String) -> Self {
        Self { title, body, copy: None }
    }
}

/// Nothing could be sent, and why.
pub(crate) fn nothing(language: Language, problem: &Problem) -> Note {
    if problem.code == app::Code::NoSite.as_str() {
        return Note::new(words::notify_no_site(language), words::notify_no_site_body(language));
    }
    Note::new(words::notify_nothing(language), l10n::problem(language, &problem.code, &problem.args).detail)
}

/// Links of a quick upload: one is shown, more are counted by their lines.
pub(crate) fn links(language: Language, links: &[String], copied: bool) -> Note {
    let title = if copied { words::notify_copied(language) } else { words::notify_done(language) };
    Note { title, body: links.join("\n"), copy: Some(links.join("\n")).filter(|_| !copied) }
}

/// The words of a notice. `links` is what its button copies when they are not `copied` yet.
pub(crate) fn say(language: Language, notice: &Notice, links: &str, copied: bool) -> Note {
    let mut note = match notice {
        Notice::OneLink { link } => self::links(language, std::slice::from_ref(link), copied),
        Notice::Complete { uploaded, approval, site } => {
            complete(language, *uploaded, *approval, site, copied)
        }
        Notice::Trouble { uploaded, files, failed, unknown, site } => {
            let title = match uploaded {
                0 if *unknown == 0 => words::notify_none(language),
                _ => words::notify_partly(language, *files, site.as_str(), *uploaded),
            };
            let body = match (failed, unknown) {
                (failed, 0) => words::notify_failed(language, *failed),
                (0, unknown) => words::notify_unknown(language, *unknown),
                (failed, unknown) => words::notify_failed_and_unknown(language, *failed, *unknown),
            };
            Note::new(title, body)
        }
        Notice::Stopped { problem } => stopped(language, problem),
        Notice::LongPause { until_ms, site } => {
            let minutes = (until_ms - now_ms()).max(0).unsigned_abs().div_ceil(60_000);
            Note::new(
                words::notify_pause(language, site.as_str()),
                words::notify_pause_body(language, minutes),
            )
        }
    };
    if !copied && !links.is_empty() {
        note.copy = Some(links.to_owned());
    }
    note
}

fn complete(language: Language, uploaded: usize, approval: usize, site: &str, copied: bool) -> Note {
    let mut body = match (uploaded, copied) {
        (0, _) => String::new(),
        (uploaded, true) => words::notify_done_copied(language, uploaded, site),
        (uploaded, false) => words::notify_done_body(language, uploaded, site),
    };
    if approval > 0 {
        if !body.is_empty() {
            body.push(' ');
        }
        body.push_str(&words::notify_approval(language, approval));
    }
    Note::new(words::notify_done(language), body)
}

fn stopped(language: Language, problem: &Problem) -> Note {
    match problem.args.get("site") {
        Some(site) if problem.code == app::Code::KeyRefused.as_str() => {
            Note::new(words::notify_key(language, site.as_str()), words::notify_key_body(language))
        }
        _ => {
            let sentence = l10n::problem(language, &problem.code, &problem.args);
            Note::new(sentence.short, sentence.detail)
        }
    }
}

/// Shows it on a thread of its own, which waits for what the person does with it.
pub(crate) fn show(api: &Shared, note: Note) {
    let copy_label = words::notify_copy(api.app().language());
    let api = api.clone();
    let started = thread::Builder::new().name("notification".to_owned()).spawn(move || {
        let told = json!({ "title": note.title, "body": note.body });
        let shown = present(&note, &copy_label);
        api.desktop().witness.tell(if shown.is_ok() { "notified" } else { "not-notified" }, told);
        match shown {
            Ok(shown) => wait(&api, shown, note.copy),
            // A desktop without a notification daemon: the window says the same.
            Err(error) => tracing::info!(%error, "no notification"),
        }
    });
    if let Err(error) = started {
        tracing::warn!(%error, "no thread for a notification");
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn present(note: &Note, copy_label: &str) -> notify_rust::error::Result<notify_rust::NotificationHandle> {
    let can = notify_rust::get_capabilities().unwrap_or_default();
    let can = |what: &str| can.iter().any(|ability| ability == what);
    let mut shown = Notification::new();
    // Where bodies are read as markup, an address with `&` would be cut.
    let body = if can("body-markup") { escaped(&note.body) } else { note.body.clone() };
    shown.appname("Keltas").icon("keltas").summary(&note.title).body(&body).timeout(Timeout::Default);
    shown.hint(notify_rust::Hint::DesktopEntry("keltas".to_owned()));
    if can("actions") {
        shown.action("default", "");
        if note.copy.is_some() {
            shown.action("copy", copy_label);
        }
    }
    shown.show()
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn present(note: &Note, _copy_label: &str) -> notify_rust::error::Result<()> {
    Notification::new().summary(&note.title).body(&note.body).timeout(Timeout::Default).show().map(drop)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn wait(api: &Shared, shown: notify_rust::NotificationHandle, copy: Option<String>) {
    shown.wait_for_action(|action| match (action, copy) {
        ("copy", Some(links)) => {
            let api = api.clone();
            async_runtime::spawn(async move { api.desktop().write_clipboard(links).await });
        }
        ("default", _) => api.desktop().show_window(),
        _ => {}
    });
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn wait(_api: &Shared, _shown: (), _copy: Option<String>) {}

#[cfg(all(unix, not(target_os = "macos")))]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_link_is_shown_and_said_to_be_copied_only_when_it_is() {
        let notice = Notice::OneLink { link: "https://a.lt/image/x.1".to_owned() };
        let note = say(Language::En, &notice, "https://a.lt/image/x.1", true);
        assert_eq!((note.title.as_str(), note.body.as_str()), ("Link copied", "https://a.lt/image/x.1"));
        assert_eq!(note.copy, None);
        let note = say(Language::En, &notice, "https://a.lt/image/x.1", false);
        assert_eq!(note.title, "Upload complete");
        assert_eq!(note.copy.as_deref(), Some("https://a.lt/image/x.1"));
    }

    #[test]
    fn trouble_names_both_kinds() {
        let site = "imgximg.com".to_owned();
        let notice = Notice::Trouble { uploaded: 10, files: 12, failed: 1, unknown: 1, site };
        let note = say(Language::En, &notice, "", false);
        assert_eq!(note.title, "10 of 12 files are on imgximg.com");
        assert_eq!(note.body, "1 could not be uploaded and 1 needs your decision. Open Keltas to see why.");
    }

    #[test]
    fn what_waits_for_approval_is_not_counted_as_a_link() {
        let notice = Notice::Complete { uploaded: 2, approval: 1, site: "a.lt".to_owned() };
        let note = say(Language::Lt, &notice, "x\ny", true);
        assert_eq!(
            note.body,
            "Svetainėje a.lt yra 2 failai. Visos nuorodos nukopijuotos. 1 failas laukia patvirtinimo."
        );
    }
}
