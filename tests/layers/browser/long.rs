//! A long queue is drawn only where it is in sight.

use anyhow::Result;
use serde_json::json;
use support::{Role, samples, world::World};

/// More than this would be felt in every change of the queue.
const MOST_ELEMENTS: u64 = 300;

#[tokio::test(flavor = "multi_thread")]
async fn a_long_queue_shows_every_file_with_few_elements_at_a_time() -> Result<()> {
    let world = World::start().await?;
    world.set_up().await?;
    let folder = samples::tiny(&world.folder().join("pictures"), 1_000)?;
    world.desktop().choose(&[folder]);
    let window = world.window().await?;
    let page = &window.page;
    page.press("Choose files").await?;
    page.see(Role::Button, "Upload 1,000 files").await?;
    let drawn = page.client().execute_async(include_str!("../../support/scripts/scroll.js"), vec![json!(60)]);
    let drawn = drawn.await?;
    let elements = drawn[1].as_u64().unwrap_or(u64::MAX);
    assert!((1..=MOST_ELEMENTS).contains(&elements), "{drawn}");
    page.see(Role::Button, "picture-00999.png").await?;
    assert!(!page.sees(Role::Button, "picture-00000.png").await?, "the first one is far above");
    Ok(())
}
