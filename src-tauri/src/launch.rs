//! How the app is started: flags, files, and a second launch that hands its files to the first.

use crate::{Api, Shared, quick};
use engine::Origin;
use ipc::view::{Event, Screen};
use serde_json::json;
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};
use tauri::{AppHandle, Manager, async_runtime};

/// What was asked for on the command line of the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Launch {
    /// Set the demo host up when no site is.
    pub demo_if_new: bool,
    /// Start with the window hidden, for a start at login.
    pub hidden: bool,
    /// Files to add.
    pub files: Vec<PathBuf>,
}

impl Launch {
    /// Reads arguments, without the program's own name. Files are resolved against `folder`.
    pub fn read(args: impl IntoIterator<Item = OsString>, folder: &Path) -> Self {
        let mut launch = Self::default();
        let mut only_files = false;
        for arg in args {
            match arg.to_str() {
                Some("--") if !only_files => only_files = true,
                Some("--demo-if-new") if !only_files => launch.demo_if_new = true,
                Some("--hidden") if !only_files => launch.hidden = true,
                // Toolkits and launchers add flags of their own.
                Some(flag) if flag.starts_with('-') && !only_files => {}
                _ => launch.files.push(folder.join(from_address(&arg).unwrap_or_else(|| arg.into()))),
            }
        }
        launch
    }
}

/// Launchers hand files over as `file://` addresses at times.
fn from_address(arg: &OsString) -> Option<PathBuf> {
    let address = url::Url::parse(arg.to_str()?).ok()?;
    (address.scheme() == "file").then(|| address.to_file_path().ok())?
}

/// A second launch: its files come here, and the window to the person.
pub(crate) fn second(handle: &AppHandle, args: &[String], folder: &str) {
    let Some(api) = handle.try_state::<Shared>() else { return };
    let api = Shared::clone(&api);
    let launch = Launch::read(args.iter().skip(1).map(OsString::from), Path::new(folder));
    api.desktop().witness.tell("second-launch", json!({ "files": launch.files.len() }));
    if !launch.hidden {
        api.desktop().show_window();
        api.tell(Event::Show(Screen::Upload));
    }
    async_runtime::spawn(async move { add(&api, launch.files).await });
}

/// Adds the files of a launch.
pub(crate) async fn add(api: &Api, files: Vec<PathBuf>) {
    if !files.is_empty() {
        let added = api.app().add_paths(files, Origin::Launch).await;
        quick::witness_intake(api, &added);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Launch {
        Launch::read(args.iter().map(OsString::from), Path::new("/home/me"))
    }

    #[test]
    fn files_are_found_from_where_the_program_was_started() {
        let launch = read(&["a b.png", "/srv/ž.jpg", "file:///srv/c%20d.gif"]);
        let files = ["/home/me/a b.png", "/srv/ž.jpg", "/srv/c d.gif"].map(PathBuf::from);
        assert_eq!(launch, Launch { files: files.to_vec(), ..Launch::default() });
    }

    #[test]
    fn flags_are_no_files_unless_they_come_after_two_dashes() {
        let launch = read(&["--hidden", "--demo-if-new", "--gtk-thing", "--", "--hidden"]);
        assert!(launch.hidden && launch.demo_if_new);
        assert_eq!(launch.files, [PathBuf::from("/home/me/--hidden")]);
    }
}
