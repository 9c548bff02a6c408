//! Delete links: what happens to them when history goes, where they are then, and the one way to use them.

use anyhow::Result;
use axum::{
    Router,
    http::{Method, StatusCode, Uri, header},
};
use serde_json::json;
use std::{
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
};
use support::{Role, journey, until, world::World};
use tokio::net::TcpListener;

/// The first samples uploaded, and history open.
async fn in_history(world: &World, count: usize, files: &str) -> Result<support::world::Window> {
    world.set_up().await?;
    world.add(&world.pictures(count)?).await?;
    let window = world.window().await?;
    journey::upload(&window.page, files).await?;
    window.page.press("New upload").await?;
    window.page.press("History").await?;
    Ok(window)
}

/// A site of which only deletions are asked: it says each time that it deleted, and notes every request.
async fn deleting_site() -> Result<(String, Arc<Mutex<Vec<String>>>)> {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let notes = asked.clone();
    let answer = move |method: Method, address: Uri| {
        notes.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{method} {address}"));
        std::future::ready((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, "/image/a?deleted")]))
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let base = format!("http://{}", listener.local_addr()?);
    // It ends with the test.
    tokio::spawn(async move { drop(axum::serve(listener, Router::new().fallback(answer)).await) });
    Ok((base, asked))
}

#[tokio::test(flavor = "multi_thread")]
async fn d14_removing_and_clearing_warn_of_delete_links_and_keep_them() -> Result<()> {
    let mut world = World::start().await?;
    let window = in_history(&world, 3, "3 files").await?;
    let page = &window.page;
    // One by the button of its panel, and its link is kept.
    page.press("dune grass").await?;
    page.press("Remove from history").await?;
    page.read("Its delete link goes with the history entry").await?;
    page.press("Remove, keep the delete link").await?;
    page.read("Its delete link is under “Kept delete links”").await?;

    // One by the key, and the question is the same; Enter on it is "no".
    page.press("morning coffee").await?;
    page.client().execute("document.querySelector('[data-id][data-open]').focus()", Vec::new()).await?;
    page.keys(&char::from(fantoccini::key::Key::Delete).to_string()).await?;
    page.read("Its delete link goes with the history entry").await?;
    page.keys(&char::from(fantoccini::key::Key::Enter).to_string()).await?;
    page.see(Role::Button, "Remove from history").await?;

    // The rest by clearing: only the two links that go are spoken of.
    page.press("More").await?;
    page.press("Clear history").await?;
    page.read("2 delete links go with the list").await?;
    page.press("Clear, keep the delete links").await?;
    page.read("Nothing has been uploaded yet").await?;
    assert_eq!(world.demo.stored().len(), 3, "what leaves history stays on the site");

    // They are found again, also after a start, and one is used.
    world.restart().await?;
    window.open(&world).await?;
    page.press("History").await?;
    page.press("Show kept delete links").await?;
    for name in ["dune-grass.jpg", "morning coffee.png", "pienės.jpg"] {
        page.see(Role::Item, name).await?;
    }
    assert!(!page.client().source().await?.contains("/delete/"), "a delete link is in the window");
    page.press("More for dune-grass.jpg").await?;
    page.press("Copy the delete link").await?;
    until("the link is copied", async || world.desktop().copied().contains("/delete/")).await?;
    page.press("More for dune-grass.jpg").await?;
    page.press("Forget").await?;
    page.read("dune-grass.jpg stays on").await?;
    page.press("Forget the delete link").await?;
    until("it is forgotten", async || !page.sees(Role::Item, "dune-grass.jpg").await.unwrap_or(true)).await?;
    let focus = "return document.activeElement.closest('dialog li') !== null";
    until("the focus is on another row", async || {
        page.client().execute(focus, Vec::new()).await.is_ok_and(|there| there == json!(true))
    })
    .await?;
    assert_eq!(world.demo.stored().len(), 3, "nothing was deleted on the way");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn d14_history_goes_to_a_file_and_comes_back_with_its_delete_links() -> Result<()> {
    let world = World::start().await?;
    let window = in_history(&world, 2, "2 files").await?;
    let page = &window.page;
    world.desktop().save_in(world.folder());
    page.press("More").await?;
    page.press("Export").await?;
    page.read("nobody can delete anything with it").await?;
    page.press("With delete links").await?;
    page.read("Whoever has the file can delete the pictures").await?;
    page.press("Choose a place").await?;
    page.read("2 uploads exported to keltas-history-").await?;

    page.press("More").await?;
    page.press("Clear history").await?;
    page.press("Clear both").await?;
    page.read("Nothing has been uploaded yet").await?;
    let exported = std::fs::read_dir(world.folder())?.filter_map(Result::ok).map(|entry| entry.path());
    let exported = exported.filter(|path| path.extension().is_some_and(|kind| kind == "json"));
    world.desktop().choose(&exported.collect::<Vec<_>>());
    page.press("More").await?;
    page.press("Import").await?;
    page.read("2 uploads imported").await?;
    page.press("dune grass").await?;
    page.read("Delete link kept").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn s12_a_kept_link_deletes_after_a_yes_and_is_gone() -> Result<()> {
    let world = World::start().await?;
    let window = in_history(&world, 1, "1 file").await?;
    let page = &window.page;
    page.press("dune grass").await?;
    page.press("Remove from history").await?;
    page.press("Remove, keep the delete link").await?;
    page.press("Show kept delete links").await?;
    page.press("Delete from site").await?;
    page.read("every link to it stops working").await?;
    page.press("Cancel").await?;
    page.see(Role::Item, "dune-grass.jpg").await?;
    assert_eq!(world.demo.stored().len(), 1, "not before it is confirmed");
    page.press("Delete from site").await?;
    page.press("Delete from 127.0.0.1").await?;
    page.read("No delete links are kept without their uploads").await?;
    assert!(world.demo.stored().is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn s12_a_delete_link_is_asked_once_and_its_redirect_is_not_followed() -> Result<()> {
    let world = World::start().await?;
    let (base, asked) = deleting_site().await?;
    let asked = move || asked.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let archive = json!({ "format": "keltas-history", "version": 1, "uploads": [], "kept_delete_links": [{
        "site": { "address": base, "name": "Old site" },
        "name": "a.png",
        "uploaded_at": "2026-09-14T11:06:00Z",
        "viewer": format!("{base}/image/a"),
        "delete_link": format!("{base}/image/a/delete/secret"),
    }] });
    let archive = world.write("history.json", archive.to_string().as_bytes())?;
    world.set_up().await?;
    let window = world.window().await?;
    let page = &window.page;
    world.desktop().choose(&[archive]);
    page.press("History").await?;
    page.press("More").await?;
    page.press("Import").await?;
    page.read("1 delete link came with it").await?;
    page.press("Show kept delete links").await?;
    page.read("Old site").await?;
    page.press("Delete from site").await?;
    page.read("every link to it stops working").await?;
    assert_eq!(asked(), [""; 0], "nothing is asked before it is confirmed");
    page.press("Delete from Old site").await?;
    page.read("No delete links are kept without their uploads").await?;
    assert_eq!(asked(), ["GET /image/a/delete/secret"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn s12_a_link_stays_while_the_site_has_not_said_that_it_deleted() -> Result<()> {
    let world = World::start().await?;
    let window = in_history(&world, 1, "1 file").await?;
    let page = &window.page;
    page.press("dune grass").await?;
    page.press("Remove from history").await?;
    page.press("Remove, keep the delete link").await?;
    page.press("Show kept delete links").await?;
    // From here on the site cannot be reached.
    world.demo.stop();
    page.press("Delete from site").await?;
    page.press("Delete from 127.0.0.1").await?;
    page.read("It was not deleted").await?;
    page.see(Role::Item, "dune-grass.jpg").await?;
    Ok(())
}
