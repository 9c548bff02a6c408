//! Killed at any moment: what was shown is on disk, what is not known is said to be so, and nothing is sent twice.

use std::{
    collections::BTreeSet,
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use engine::ItemId;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{ChildStdin, Command},
};

use crate::{account::kept, table::Row, uploader, world::World};

/// So many processes in all are killed.
const KILLS: usize = 200;

/// So many folders, each with a host of its own: they are worked on side by side.
const FOLDERS: usize = 4;

/// A picture's number is never used twice: each process begins with another thousand.
const NUMBERS: u32 = 1_000;

pub(crate) async fn d13_kill_9_at_200_random_moments() -> Result<Row> {
    let seed = crate::seed();
    let folders = (0..FOLDERS as u64).map(|folder| tokio::spawn(Folder::play(seed.wrapping_add(folder))));
    let (mut row, mut recoveries, mut unknown, mut done) = (Row::default(), Vec::new(), 0, 0);
    for folder in folders.collect::<Vec<_>>() {
        let played = folder.await?.with_context(|| format!("seed {seed}"))?;
        row = row.and(played.row);
        recoveries.extend(played.recoveries);
        (unknown, done) = (unknown + played.unknown, done + played.done);
    }
    recoveries.sort_unstable();
    row.recovered = recoveries.get(recoveries.len() / 2).copied();
    Ok(row.remark(format!("median; {done} files shown as done, {unknown} outcomes unknown; seed {seed}")))
}

/// What came of one folder.
struct Played {
    row: Row,
    recoveries: Vec<Duration>,
    unknown: usize,
    done: usize,
}

/// One folder, with what its processes told.
struct Folder {
    world: World,
    random: fastrand::Rng,
    /// Bodies that were shown as done.
    told: BTreeSet<String>,
    /// Bodies that the person found on the site: their receipts have no delete link.
    found: BTreeSet<String>,
    /// How often an outcome was not known.
    unknown: usize,
    wish: Option<u64>,
    set: Option<u64>,
    killed: Option<Instant>,
    recoveries: Vec<Duration>,
    row: Row,
}

/// How a process ends.
#[derive(Clone, Copy)]
enum End {
    /// It is killed after this time.
    Killed(Duration),
    /// It is killed once it showed so many files as done.
    AfterDone(usize),
    /// By itself, when nothing is left to do.
    Itself,
}

impl Folder {
    async fn play(seed: u64) -> Result<Played> {
        let world = World::new().await?;
        world.close().await;
        let mut folder = Self {
            world,
            random: fastrand::Rng::with_seed(seed),
            told: BTreeSet::new(),
            found: BTreeSet::new(),
            unknown: 0,
            wish: None,
            set: None,
            killed: None,
            recoveries: Vec::new(),
            row: Row::default(),
        };
        // How long a start and some work take here; the moments are spread over that.
        let begin = Instant::now();
        folder.process(1, End::AfterDone(8)).await?;
        let span = begin.elapsed();
        for kill in 1..KILLS / FOLDERS {
            let moment = span.mul_f64(folder.random.f64());
            let number = u32::try_from(kill)? * NUMBERS;
            folder
                .process(number, End::Killed(moment))
                .await
                .with_context(|| format!("kill {kill}, {moment:?}"))?;
        }
        folder.process(0, End::Itself).await.context("the last one")?;
        folder.close().await
    }

    /// Runs the app until its end, and holds what it tells against what was told before.
    async fn process(&mut self, number: u32, end: End) -> Result<()> {
        self.row.tries += 1;
        let World { host, .. } = &self.world;
        let home = self.world.paths().data().to_owned();
        // What a command leaves when it is killed comes into the next window's queue.
        let command = number > 0 && self.random.u8(..4) == 0;
        let mut child = Command::new(std::env::current_exe()?)
            .args([uploader::ARGUMENT, if command { "command" } else { "window" }])
            .args([&home, &self.world.folder().join("killed")])
            .args([host.base_url(), host.user_key(), number.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut answers = child.stdin.take().context("its input is piped")?;
        let mut lines = BufReader::new(child.stdout.take().context("its output is piped")?).lines();
        let far = Duration::from_secs(3600);
        let moment = tokio::time::sleep(if let End::Killed(after) = end { after } else { far });
        tokio::pin!(moment);
        let (mut has, mut done, mut ended) = (BTreeSet::new(), 0, false);
        loop {
            let line = tokio::select! {
                line = lines.next_line() => line?,
                () = &mut moment => {
                    child.start_kill()?;
                    moment.as_mut().reset(tokio::time::Instant::now() + far);
                    continue;
                }
            };
            let Some(line) = line else { break };
            let Some(line) = line.strip_suffix('.') else { continue };
            match *line.split(' ').collect::<Vec<_>>() {
                ["has", content, link] => drop(has.insert((content.to_owned(), link == "1"))),
                ["started"] => self.compare(&has),
                ["setting", value] => self.look_at_setting(value),
                ["unknown", item, content] => self.decide(item, content, &mut answers).await?,
                ["wish", value] => self.wish = Some(value.parse()?),
                ["set", value] => self.set = Some(value.parse()?),
                ["done", content] => {
                    self.told.insert(content.to_owned());
                    self.recoveries.extend(self.killed.take().map(|killed| killed.elapsed()));
                    done += 1;
                    if matches!(end, End::AfterDone(count) if count == done) {
                        child.start_kill()?;
                    }
                }
                ["end"] => ended = true,
                _ => anyhow::bail!("it tells {line:?}"),
            }
        }
        let status = child.wait().await?;
        match end {
            End::Itself => ensure!(ended && status.success(), "it ended with {status}"),
            _ => ensure!(status.code().is_none(), "it ended by itself: {status}"),
        }
        self.killed = Some(Instant::now());
        Ok(())
    }

    /// Everything that was shown as done is in the history, with its delete link.
    fn compare(&mut self, has: &BTreeSet<(String, bool)>) {
        for content in &self.told {
            let linked = has.contains(&(content.clone(), true));
            let by_hand = self.found.contains(content) && has.contains(&(content.clone(), false));
            if !linked && !by_hand {
                self.row.lost(format!("{content} was done"));
            }
        }
    }

    /// The settings are the old ones or the new ones, never those of a fresh start.
    fn look_at_setting(&mut self, value: &str) {
        let value: Option<u64> = value.parse().ok();
        if value != self.set && value != self.wish {
            self.row.wrong.push(format!("the setting is {value:?}, not {:?} or {:?}", self.set, self.wish));
        }
        (self.set, self.wish) = (value, value);
    }

    /// The person looks on the site.
    async fn decide(&mut self, item: &str, content: &str, answers: &mut ChildStdin) -> Result<()> {
        let there = kept(&self.world.host)?.contains_key(content);
        let item = ItemId(item.parse()?);
        self.unknown += 1;
        if there {
            self.found.insert(content.to_owned());
            self.world.note_found(item);
        } else {
            self.world.note_again(content);
        }
        // A process that was killed meanwhile hears nothing; the next one asks anew.
        let _ = answers.write_all(if there { b"there\n" } else { b"again\n" }).await;
        Ok(())
    }

    /// The reckoning over all of it.
    async fn close(mut self) -> Result<Played> {
        ensure!(self.told.len() > KILLS / FOLDERS, "only {} files were done in all of it", self.told.len());
        self.world.open().await?;
        let kept = kept(&self.world.host)?;
        for content in &self.told {
            match kept.get(content).map_or(0, Vec::len) {
                1 => {}
                copies => {
                    self.row.wrong.push(format!("{content} was done and is {copies} times on the host"));
                }
            }
        }
        let row = self.world.account(Instant::now()).await?;
        let tries = self.row.tries;
        let (unknown, done) = (self.unknown, self.told.len());
        Ok(Played { row: Row { tries, ..self.row.and(row) }, recoveries: self.recoveries, unknown, done })
    }
}
