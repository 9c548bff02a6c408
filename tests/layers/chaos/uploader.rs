//! The app in a process of its own, which is killed again and again. It tells in lines what it showed a person, and
//! asks the person what only they may decide. Every line ends with a full stop: one that was torn by the end has none.

use std::{
    io::{self, BufRead},
    path::PathBuf,
};

use anyhow::{Result, bail, ensure};
use app::{App, Face, KeyStore, Paths};
use engine::{Change, Error, HistoryQuery, Item, Origin, Phase};
use tokio::sync::broadcast::error::RecvError;

use crate::world::{Setup, png, set_up, write};

/// The argument by which this program plays this part.
pub(crate) const ARGUMENT: &str = "--uploader";

/// So many pictures are added at a time.
const MORE: u32 = 12;

/// What it is told on its command line.
struct Task {
    /// `window` or `command`.
    face: Face,
    home: PathBuf,
    pictures: PathBuf,
    base: String,
    key: String,
    /// Of the first picture to add; 0 adds none and ends when everything is done.
    number: u32,
}

impl Task {
    fn of(words: Vec<String>) -> Result<Self> {
        let [face, home, pictures, base, key, number] =
            <[String; 6]>::try_from(words).map_err(|words| anyhow::anyhow!("six words, not {words:?}"))?;
        let face = if face == "command" { Face::Command } else { Face::Window };
        Ok(Self { face, home: home.into(), pictures: pictures.into(), base, key, number: number.parse()? })
    }
}

pub(crate) async fn run(words: Vec<String>) -> Result<()> {
    let mut task = Task::of(words)?;
    let options = Setup::default().options(&KeyStore::in_memory(), task.face);
    let app = App::open(Paths::under(&task.home), options).await?;
    set_up(&app, &task.base, &task.key).await?;
    report(&app).await?;
    decide(&app).await?;
    app.engine().finish().await?;
    app.engine().resume().await?;
    let adds = task.number > 0;
    loop {
        if adds {
            add(&app, &mut task).await?;
        }
        upload(&app).await?;
        if !adds {
            break;
        }
    }
    app.close().await;
    tell("end")
}

/// What a person finds who opens the window: the settings, and the history with its delete links.
async fn report(app: &App) -> Result<()> {
    tell(&format!("setting {}", app.settings().language.unwrap_or_default()))?;
    let (engine, mut after) = (app.engine(), None);
    loop {
        let page = engine.history(HistoryQuery { after, limit: 500, ..HistoryQuery::default() }).await?;
        for receipt in &page.receipts {
            let deletable = receipt.deletion == engine::Deletion::Possible;
            ensure!(
                deletable == engine.delete_link(receipt.id).await?.is_some(),
                "a receipt tells of its link"
            );
            tell(&format!("has {} {}", receipt.blake3, u8::from(deletable)))?;
        }
        after = page.receipts.last().map(|receipt| receipt.id);
        if !page.more {
            return tell("started");
        }
    }
}

/// Asks about every outcome that is not known.
async fn decide(app: &App) -> Result<()> {
    for item in app.engine().snapshot().await?.items {
        if !matches!(item.phase, Phase::Unknown { .. }) {
            continue;
        }
        tell(&format!("unknown {} {}", item.id, content(&item)))?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer)?;
        match answer.trim() {
            "there" => drop(app.engine().mark_arrived(item.id, None).await?),
            "again" => app.engine().send_again(item.id).await?,
            other => bail!("{other:?} is no decision"),
        }
    }
    Ok(())
}

async fn add(app: &App, task: &mut Task) -> Result<()> {
    let mut files = Vec::new();
    for _ in 0..MORE {
        let path = task.pictures.join(format!("{}.png", task.number));
        write(&path, &png(task.number, 16, 16)?)?;
        files.push(path);
        task.number += 1;
    }
    let added = app.add_paths(files, Origin::Drop).await;
    ensure!(added.problem.is_none(), "{added:?}");
    Ok(())
}

/// Uploads what is ready, and tells of each file that is shown as done, and of a setting that is changed meanwhile.
async fn upload(app: &App) -> Result<()> {
    let mut changes = app.engine().subscribe();
    loop {
        let snapshot = app.engine().snapshot().await?;
        let any = |is: fn(&Phase) -> bool| snapshot.items.iter().any(|item| is(&item.phase));
        if any(|phase| *phase == Phase::Ready) {
            match app.engine().upload(None).await {
                Ok(_) | Err(Error::WrongPhase) => {}
                Err(error) => return Err(error.into()),
            }
        } else if !any(|phase| phase.is_pending() || *phase == Phase::Preparing) {
            return Ok(());
        }
        match changes.recv().await {
            Ok(Change::Queue(delta)) => {
                for item in delta.upserted.iter().filter(|item| matches!(item.phase, Phase::Done { .. })) {
                    tell(&format!("done {}", content(item)))?;
                    change_a_setting(app).await?;
                }
            }
            Ok(_) => {}
            Err(RecvError::Lagged(missed)) => bail!("{missed} changes were missed"),
            Err(RecvError::Closed) => bail!("the engine has ended"),
        }
    }
}

/// Counts up in a setting that takes any text.
async fn change_a_setting(app: &App) -> Result<()> {
    let number = app.settings().language.map_or(Ok(0), |number| number.parse::<u64>())? + 1;
    tell(&format!("wish {number}"))?;
    app.change_settings(|settings| settings.language = Some(number.to_string()))
        .await
        .map_err(crate::problem)?;
    tell(&format!("set {number}"))
}

fn content(item: &Item) -> &str {
    item.prepared.as_ref().map_or("", |prepared| prepared.blake3.as_str())
}

fn tell(line: &str) -> Result<()> {
    crate::say(&format!("{line}."))
}
