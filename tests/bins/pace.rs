//! How the window bears a queue of so many files: `cargo run --release -p tests --bin pace -- 10000`.
//!
//! Prints a figure a line: its name, a tab, a number. `cargo xtask bench window` makes a report of them.

#![allow(clippy::print_stdout, reason = "a command that says what it does")]

use anyhow::{Context, Result};
use demo_host::Fault;
use fantoccini::{key::Key, wd::TimeoutConfiguration};
use ipc::Host as _;
use serde_json::{Value, json};
use std::{env, fs, time::Duration};
use support::{
    Role, samples, until,
    world::{Window, World, problem},
};

/// How often the page is opened, and how many changes of a transfer are looked at.
const OPENINGS: usize = 5;
const UPDATES: usize = 12;

/// A scroll through everything takes so many frames.
const STEPS: usize = 120;

/// What a queue at rest may still do by itself is over after this.
const REST: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() -> Result<()> {
    let files: usize = env::args().nth(1).context("how many files?")?.parse()?;
    let world = World::start().await?;
    world.set_up().await?;
    let folder = samples::tiny(&world.folder().join("pictures"), files)?;
    let window = world.window().await?;
    let patience = TimeoutConfiguration::new(Some(REST * 100), None, None);
    window.page.client().update_timeouts(patience).await?;
    window.at_start(include_str!("../support/scripts/pace.js")).await?;
    window.open(&world).await?;
    let page = &window.page;
    page.read("Drop pictures or videos here").await?;
    tokio::time::sleep(REST).await;
    let empty = memory()?;

    world.desktop().choose(&[folder]);
    mark(&window).await?;
    page.press("Choose files").await?;
    while world.api.app().engine().state().await?.counts.ready < files {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    page.see(Role::Button, &format!("Upload {} files", grouped(files))).await?;
    print("longest gap, adding (ms)", longest(&window).await?);
    tokio::time::sleep(REST).await;
    print("memory (bytes)", memory()?.saturating_sub(empty) as f64);

    let mut openings = Vec::new();
    for _ in 0..OPENINGS {
        window.open(&world).await?;
        until("a picture is drawn", async || number(&window, "pace.first").await.is_ok()).await?;
        openings.push(number(&window, "pace.first").await?);
    }
    print("first frame (ms)", median(openings));

    mark(&window).await?;
    let drawn =
        page.client().execute_async(include_str!("../support/scripts/scroll.js"), vec![json!(STEPS)]).await?;
    print("longest gap, scrolling (ms)", longest(&window).await?);
    print("tiles", drawn[0].as_f64().unwrap_or_default());
    print("elements", drawn[1].as_f64().unwrap_or_default());

    let last_first = move_first_to_the_end(&world, &window).await?;
    print("longest gap, moving (ms)", last_first);

    mark(&window).await?;
    page.keys(&format!("{}a", char::from(Key::Control))).await?;
    page.see(Role::Button, "Clear").await?;
    print("longest gap, selecting (ms)", longest(&window).await?);

    mark(&window).await?;
    page.press("Remove").await?;
    page.read("Drop pictures or videos here").await?;
    print("longest gap, removing (ms)", longest(&window).await?);

    mark(&window).await?;
    world.api.restore_items().await.map_err(problem)?;
    page.see(Role::Button, &format!("Upload {} files", grouped(files))).await?;
    print("longest gap, bringing back (ms)", longest(&window).await?);
    transfer(&world, &window).await
}

/// How long the longest frame was while the first file became the last.
async fn move_first_to_the_end(world: &World, window: &Window) -> Result<f64> {
    let items = world.api.queue().await.map_err(problem)?.items;
    let (first, second) = (items[0].id, items[1].id);
    mark(window).await?;
    world.api.move_items(vec![first], None).await.map_err(problem)?;
    let script = format!(
        "return document.querySelector('.pic[data-id=\"{first}\"]') === null && document.querySelector('.pic[data-id=\"{second}\"]') !== null"
    );
    window.page.client().execute("document.querySelector('.scroll').scrollTop = 0", Vec::new()).await?;
    until("the window shows it", async || {
        items.len() <= 200
            || window.page.client().execute(&script, Vec::new()).await.is_ok_and(|seen| seen == json!(true))
    })
    .await?;
    longest(window).await
}

/// One large file is sent, slowly, while the others wait to be set going.
async fn transfer(world: &World, window: &Window) -> Result<()> {
    world.add(&[samples::large(&world.folder().join("panorama.png"), 1)?]).await?;
    let large = world.api.queue().await.map_err(problem)?.items.last().context("it is in the queue")?.id;
    world.demo.play(Fault::Slow(1_000_000));
    mark(window).await?;
    world.api.upload(Some(vec![large])).await.map_err(problem)?;
    until("the window was told often enough", async || {
        number(window, "pace.updates.length").await.is_ok_and(|count| count >= UPDATES as f64)
    })
    .await?;
    print("longest gap, sending (ms)", longest(window).await?);
    let updates = window.page.client().execute("return pace.updates", Vec::new()).await?;
    let updates: Vec<f64> = updates.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    print("progress (ms)", median(updates));
    Ok(())
}

async fn mark(window: &Window) -> Result<()> {
    window.page.client().execute("pace.longest = 0; pace.last = performance.now()", Vec::new()).await?;
    Ok(())
}

async fn longest(window: &Window) -> Result<f64> {
    number(window, "pace.longest").await
}

async fn number(window: &Window, expression: &str) -> Result<f64> {
    let value = window.page.client().execute(&format!("return {expression}"), Vec::new()).await?;
    value.as_f64().with_context(|| format!("{expression} is {value}"))
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

fn print(name: &str, figure: f64) {
    println!("{name}\t{figure:.3}");
}

/// "10,000"
fn grouped(count: usize) -> String {
    if count < 1_000 { count.to_string() } else { format!("{},{:03}", count / 1_000, count % 1_000) }
}

/// What this process holds in memory, in bytes: the app, the engine, the store, the window's host.
fn memory() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("only Linux tells")?;
    let kib: u64 = line.trim().trim_end_matches(" kB").trim().parse()?;
    Ok(kib * 1024)
}
