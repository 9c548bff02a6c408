//! `keltas history`: the history out to a file, and in from one.

use std::path::Path;

use app::{App, ArchiveForm, Export};
use engine::HistoryQuery;

use crate::{Console, Ending};

/// Writes the whole history to a file that is not there yet.
pub(crate) async fn export(
    app: &App,
    file: &Path,
    form: ArchiveForm,
    delete_links: bool,
    console: &Console,
) -> Ending {
    let export = Export { query: HistoryQuery::default(), form, delete_links, replace: false };
    let name = file.to_string_lossy();
    match app.export_history(file, export).await {
        Ok(exported) => {
            let args = [("count", exported.uploads.into()), ("name", name.as_ref().into())];
            console.say("cli-exported", &args);
            if exported.delete_links > 0 {
                console.say("cli-exported-links", &[("count", exported.delete_links.into())]);
            }
            Ending::Done
        }
        Err(problem) => {
            console.problem(&name, &problem);
            Ending::Nothing
        }
    }
}

/// Takes an exported history in.
pub(crate) async fn import(app: &App, file: &Path, console: &Console) -> Ending {
    let name = file.to_string_lossy();
    match app.import_history(file).await {
        Ok(imported) => {
            let args = [
                ("count", imported.added.into()),
                ("known", imported.known.into()),
                ("links", imported.delete_links.into()),
                ("name", name.as_ref().into()),
            ];
            console.say("cli-imported", &args);
            Ending::Done
        }
        Err(problem) => {
            console.problem(&name, &problem);
            Ending::Nothing
        }
    }
}
