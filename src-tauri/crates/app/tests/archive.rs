//! The history out to a file and in from one.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod support;

use std::path::Path;

use app::{App, ArchiveForm, Deleted, Export, Exported, KeyStore};
use engine::{
    Deletion, HistoryQuery, Imported, OptionsPatch, Phase, Problem, Receipt, TagsPatch, VaultQuery,
};
use l10n::Language;
use secrecy::ExposeSecret;
use support::{World, open, png};

/// Three uploads in two batches, one of them with everything that can be asked.
async fn uploaded() -> World {
    let world = World::new().await;
    let ids = world
        .drop_files(&[
            world.write("=cmd.png", &png(20, 20, 1)),
            world.write("Šaltibarščiai.png", &png(20, 20, 2)),
        ])
        .await;
    let patch = OptionsPatch {
        title: Some(Some("+soup, \"pink\"\nand cold".to_owned())),
        description: Some(Some("@home 'n' away".to_owned())),
        tags: Some(TagsPatch::Set(vec!["soup".to_owned(), "pink".to_owned()])),
        nsfw: Some(Some(true)),
        ..OptionsPatch::default()
    };
    world.app.engine().set_options(vec![ids[1]], patch).await.unwrap();
    world.upload().await;
    world.app.engine().finish().await.unwrap();
    world.drop_files(&[world.write("later.png", &png(20, 20, 3))]).await;
    world.upload().await;
    world.app.engine().finish().await.unwrap();
    world
}

/// An app of its own, in which nothing is set up.
async fn other(world: &World) -> App {
    open(&world.folder.path().join("other"), KeyStore::in_memory()).await
}

async fn history(app: &App) -> Vec<Receipt> {
    app.engine().history(HistoryQuery::default()).await.unwrap().receipts
}

async fn export(app: &App, path: &Path, form: ArchiveForm, delete_links: bool) -> Exported {
    let export = Export { form, delete_links, ..Export::default() };
    app.export_history(path, export).await.unwrap()
}

/// What does not depend on the store that it is in.
fn plain(mut receipt: Receipt) -> Receipt {
    (receipt.id, receipt.item, receipt.site) = (engine::ReceiptId(0), None, engine::SiteId(0));
    (receipt.batch, receipt.preview_path) = (engine::BatchId(0), None);
    receipt
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_comes_back_whole_from_json() {
    let world = uploaded().await;
    let file = world.folder.path().join("history.json");
    assert_eq!(
        export(&world.app, &file, ArchiveForm::Json, true).await,
        Exported { uploads: 3, delete_links: 3 }
    );
    let other = other(&world).await;
    let came = other.import_history(&file).await.unwrap();
    assert_eq!(came, Imported { added: 3, known: 0, delete_links: 3 });
    let (before, after) = (history(&world.app).await, history(&other).await);
    assert!(before.iter().all(|receipt| receipt.blake3.len() == 64 && receipt.md5.len() == 32));
    assert_eq!(
        before.iter().cloned().map(plain).collect::<Vec<_>>(),
        after.iter().cloned().map(plain).collect::<Vec<_>>()
    );
    for (here, there) in before.iter().zip(&after) {
        let link = world.app.engine().delete_link(here.id).await.unwrap().unwrap();
        let copy = other.engine().delete_link(there.id).await.unwrap().unwrap();
        assert_eq!(link.expose_secret(), copy.expose_secret());
    }
    assert!(other.sites().await.unwrap().is_empty(), "an import sets nothing up");
    let again = other.import_history(&file).await.unwrap();
    assert_eq!(again, Imported { added: 0, known: 3, delete_links: 0 });

    // The imported link deletes, as the site's own would.
    assert_eq!(other.delete_from_site(after[0].id).await, Deleted::Deleted);
    assert_eq!(world.host.stored().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_read_by_spreadsheets_and_by_us() {
    let world = uploaded().await;
    let file = world.folder.path().join("history.csv");
    let first = history(&world.app).await[0].id;
    world.app.engine().forget(vec![first], true).await.unwrap();
    assert_eq!(
        export(&world.app, &file, ArchiveForm::Csv, true).await,
        Exported { uploads: 2, delete_links: 3 }
    );
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("\u{feff}entry,site,site_address,"), "{text}");
    assert!(
        text.contains("\"'+soup, \"\"pink\"\"\nand cold\""),
        "no cell is a formula, quotes are doubled: {text}"
    );
    assert!(text.contains(",'=cmd.png,") && text.contains(",'@home 'n' away,"), "{text}");
    assert!(text.ends_with("\r\n"));

    let other = other(&world).await;
    let came = other.import_history(&file).await.unwrap();
    assert_eq!(came, Imported { added: 2, known: 0, delete_links: 3 });
    let without_answers =
        |receipt| Receipt { given: serde_json::Value::Null, notes: Vec::new(), ..plain(receipt) };
    let (before, after) = (history(&world.app).await, history(&other).await);
    assert_eq!(
        after.into_iter().map(plain).collect::<Vec<_>>(),
        before.into_iter().map(without_answers).collect::<Vec<_>>()
    );
    assert_eq!(other.engine().vault(VaultQuery::default()).await.unwrap().kept[0].name, "later.png");
    assert_eq!(other.import_history(&file).await.unwrap().added, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn delete_links_leave_only_when_asked_and_for_the_person_alone() {
    let world = uploaded().await;
    world.app.engine().forget(vec![history(&world.app).await[0].id], true).await.unwrap();
    for form in [ArchiveForm::Json, ArchiveForm::Csv] {
        let (without, with) = (world.folder.path().join("without"), world.folder.path().join("with"));
        export(&world.app, &without, form, false).await;
        export(&world.app, &with, form, true).await;
        let links = |path: &Path| std::fs::read_to_string(path).unwrap().matches("/delete/").count();
        assert_eq!((links(&without), links(&with)), (0, 3), "{form:?}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&with).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{form:?}");
        }
        let other = open(&world.folder.path().join(format!("{form:?}")), KeyStore::in_memory()).await;
        other.import_history(&without).await.unwrap();
        assert!(history(&other).await.iter().all(|receipt| receipt.deletion == Deletion::Unavailable));
        std::fs::remove_file(without).unwrap();
        std::fs::remove_file(with).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_there_whole_or_not_at_all() {
    let world = uploaded().await;
    let folder = world.folder.path().join("exports");
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("history.json");
    std::fs::write(&file, "something else").unwrap();
    let code = |problem: Problem| problem.code;
    let refused = world.app.export_history(&file, Export::default()).await;
    assert_eq!(refused.map_err(code), Err("file-exists".to_owned()));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "something else");
    world.app.export_history(&file, Export { replace: true, ..Export::default() }).await.unwrap();
    assert!(std::fs::read_to_string(&file).unwrap().contains("\"format\": \"keltas-history\""));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing half is left");
    let nowhere = world.app.export_history(&folder.join("no/such/place.json"), Export::default()).await;
    assert_eq!(nowhere.map_err(code), Err("cannot-export".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_right_is_refused_with_its_line_and_nothing_of_it_stays() {
    let world = uploaded().await;
    let path = world.folder.path().join("history");
    let other = other(&world).await;
    let refusal = async |text: &str| {
        std::fs::write(&path, text).unwrap();
        let problem = other.import_history(&path).await.unwrap_err();
        assert!(history(&other).await.is_empty(), "{text}");
        assert_eq!(other.engine().delete_links_kept().await.unwrap(), 0);
        problem
    };
    export(&world.app, &path, ArchiveForm::Json, true).await;
    let json = std::fs::read_to_string(&path).unwrap();
    for foreign in
        ["", "GIF89a", "{}", "{\"uploads\": []}", "a,b\n1,2\n", "[1]", "{\"format\": \"x\"}", "{ nonsense"]
    {
        assert_eq!(refusal(foreign).await.code, "import-foreign", "{foreign}");
    }
    assert_eq!(refusal(&json.replace("\"version\": 1", "\"version\": 2")).await.code, "import-newer");
    let (head, _) = json.split_at(json.len() - 40);
    assert_eq!(refusal(head).await.code, "import-cut");

    // The last of the three uploads is on the eighth line.
    let spoiled = |from: &str, to: &str| {
        let (first, last) = json.rsplit_once("{\"site\"").unwrap();
        format!("{first}{{\"site\"{}", last.replacen(from, to, 1))
    };
    for (from, to) in [
        ("\"size\":", "\"size\":-"),
        ("\"uploaded_at\":\"", "\"uploaded_at\":\"yesterday "),
        ("\"viewer\":\"http", "\"viewer\":\"javascript"),
        ("\"delete_link\":\"http", "\"delete_link\":\"file"),
        ("\"blake3\":\"", "\"blake3\":\"x"),
        ("\"name\":\"Š", "\"nome\":\"Š"),
    ] {
        let problem = refusal(&spoiled(from, to)).await;
        assert_eq!((problem.code.as_str(), problem.args["line"].as_str()), ("import-damaged", "8"), "{to}");
        let words = l10n::problem(Language::En, &problem.code, &problem.args).detail;
        assert!(words.starts_with("Line 8 of the file") && !words.contains("/delete/"), "{words}");
    }

    std::fs::remove_file(&path).unwrap();
    export(&world.app, &path, ArchiveForm::Csv, true).await;
    let table = std::fs::read_to_string(&path).unwrap();
    let problem = refusal(&table.replacen("image/png", "image/png,more", 1)).await;
    assert_eq!((problem.code.as_str(), problem.args["line"].as_str()), ("import-damaged", "2"));
    let (first, last) = table.trim_end().rsplit_once("\r\n").unwrap();
    let problem = refusal(&format!("{first}\r\n{}", last.replacen("true", "maybe", 1))).await;
    assert_eq!(problem.args["line"], "4", "{problem:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_imported_is_known_and_not_sent_twice() {
    let world = uploaded().await;
    let file = world.folder.path().join("history.json");
    export(&world.app, &file, ArchiveForm::Json, false).await;
    world.app.engine().clear_history(false).await.unwrap();
    world.app.import_history(&file).await.unwrap();
    let ids = world.drop_files(&[world.write("again.png", &png(20, 20, 3))]).await;
    assert!(matches!(world.item(ids[0]).await.phase, Phase::Duplicate { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_link_deletes_once_and_is_gone() {
    let world = uploaded().await;
    world.app.engine().clear_history(true).await.unwrap();
    let vault = async || world.app.engine().vault(VaultQuery::default()).await.unwrap().kept;
    let newest = vault().await.remove(0);
    assert_eq!(newest.name, "later.png");
    assert_eq!(world.app.delete_kept_from_site(newest.id).await, Deleted::Deleted);
    assert_eq!(world.host.stored().len(), 2);
    assert_eq!(vault().await.len(), 2);
    let again = world.app.delete_kept_from_site(newest.id).await;
    assert!(matches!(again, Deleted::Failed(problem) if problem.code == "unknown-kept"));
}
