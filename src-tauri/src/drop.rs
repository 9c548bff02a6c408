//! Files dropped on the window from another one.

use crate::{Shared, quick};
use engine::Origin;
use ipc::view::Event;
use serde_json::json;
use std::path::PathBuf;
use tauri::{DragDropEvent, async_runtime};

/// Shows that files are held over the window, and takes in what is let go.
pub(crate) fn on_event(api: &Shared, event: &DragDropEvent) {
    match event {
        DragDropEvent::Enter { paths, .. } => {
            api.tell(Event::Drag { files: u32::try_from(paths.len()).unwrap_or(u32::MAX) });
            api.desktop().witness.tell("drag-over", json!({ "files": paths.len() }));
        }
        DragDropEvent::Leave => api.tell(Event::Drag { files: 0 }),
        DragDropEvent::Drop { paths, .. } => {
            api.tell(Event::Drag { files: 0 });
            let (api, paths) = (api.clone(), paths.clone());
            async_runtime::spawn(async move { take(&api, paths).await });
        }
        _ => {}
    }
}

/// A dragged link of a web page comes as a "path" too: it is fetched.
async fn take(api: &Shared, paths: Vec<PathBuf>) {
    let (links, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| is_link(path));
    if !files.is_empty() {
        let added = api.app().add_paths(files, Origin::Drop).await;
        quick::witness_intake(api, &added);
    }
    if !links.is_empty() {
        let links = links.iter().map(|link| link.to_string_lossy().into_owned()).collect();
        let added = api.add_links(links).await;
        quick::witness_intake(api, &added);
    }
}

fn is_link(path: &std::path::Path) -> bool {
    path.to_str().is_some_and(|text| text.starts_with("https://") || text.starts_with("http://"))
        && !path.exists()
}
