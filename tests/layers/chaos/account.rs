//! The reckoning after a fault: what the app shows and keeps against what the host received and has.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use anyhow::Result;
use demo_host::{DemoHost, Outcome, Stored};
use engine::{HistoryQuery, Item, Phase, Receipt, problem::DUPLICATE_IN_QUEUE};
use secrecy::ExposeSecret;
use support::md5;

use crate::{table::Row, world::World};

impl World {
    /// Closes the app, opens it again, and holds everything that it ever showed against the host. `over` is the moment
    /// at which the fault was.
    pub(crate) async fn account(mut self, over: Instant) -> Result<Row> {
        let before = self.snapshot().await?.items;
        let (tries, recovered) = (self.watch.tries(), self.watch.next_done(over));
        let mut row = Row { tries, recovered, ..Row::default() };
        self.reopen().await?;
        let after = self.snapshot().await?.items;
        for (was, is) in before.iter().zip(&after) {
            if (was.id, &was.phase) != (is.id, &is.phase) {
                row.wrong.push(format!("a restart makes {:?} of {:?} ({})", is.phase, was.phase, was.name));
            }
        }
        if before.len() != after.len() {
            row.wrong.push(format!("a restart makes {} items of {}", after.len(), before.len()));
        }
        let (history, kept) = (self.history().await?, kept(&self.host)?);
        for item in &after {
            self.judge(item, &history, &kept, &mut row);
        }
        for (content, times) in sent_although_there(&self.host)? {
            let asked_for = self.sent_again(&content);
            for _ in asked_for..times {
                row.doubled(named(&after, &content));
            }
        }
        Ok(row)
    }

    fn judge(
        &self,
        item: &Item,
        history: &[(Receipt, Option<String>)],
        kept: &BTreeMap<String, Vec<Stored>>,
        row: &mut Row,
    ) {
        let content = item.prepared.as_ref().map(|prepared| prepared.blake3.as_str()).unwrap_or_default();
        let copies = kept.get(content).map_or(&[][..], Vec::as_slice);
        let (name, phase) = (&item.name, &item.phase);
        let shown_done = self.watch.done().contains(&item.id);
        match phase {
            Phase::Done { receipt } => {
                let entry = history.iter().find(|(entry, _)| entry.id == *receipt);
                match (copies, entry) {
                    ([], _) => row.lost(format!("{name} is done and not on the host")),
                    (_, None) => row.lost(format!("{name} is done and not in the history")),
                    ([copy], Some((_, link))) => {
                        let found_by_hand = self.found(item.id);
                        let fits = link.as_ref().is_some_and(|link| link.contains(&copy.id));
                        if !fits && !found_by_hand {
                            row.lost(format!("{name} is done and without its delete link"));
                        }
                    }
                    (copies, _) => row.wrong.push(format!("{name} is {} times on the host", copies.len())),
                }
            }
            _ if shown_done => row.lost(format!("{name} was done and is {phase:?}")),
            Phase::Duplicate { .. } if !copies.is_empty() => {}
            // Another program had the same file on its way.
            Phase::Refused { problem } if problem.code == DUPLICATE_IN_QUEUE && copies.len() == 1 => {}
            Phase::Failed { problem, .. } if problem.code == "duplicate" && !copies.is_empty() => {}
            Phase::Unknown { .. } => {}
            Phase::Ready | Phase::Waiting { .. } | Phase::Failed { .. } | Phase::Refused { .. }
                if copies.is_empty() => {}
            _ => row.wrong.push(format!("{name} is {phase:?} and {} times on the host", copies.len())),
        }
    }

    /// The whole history, each entry with its delete link.
    pub(crate) async fn history(&self) -> Result<Vec<(Receipt, Option<String>)>> {
        let (engine, mut all, mut after) = (self.app.engine(), Vec::new(), None);
        loop {
            let page = engine.history(HistoryQuery { after, limit: 500, ..HistoryQuery::default() }).await?;
            for receipt in page.receipts {
                let link = engine.delete_link(receipt.id).await?;
                after = Some(receipt.id);
                all.push((receipt, link.map(|link| link.expose_secret().to_owned())));
            }
            if !page.more {
                return Ok(all);
            }
        }
    }
}

/// What a host has, by the BLAKE3 of what it was sent.
pub(crate) fn kept(host: &DemoHost) -> Result<BTreeMap<String, Vec<Stored>>> {
    let mut kept: BTreeMap<String, Vec<Stored>> = BTreeMap::new();
    for stored in host.stored() {
        kept.entry(media::hash(&stored.original)?.to_string()).or_default().push(stored);
    }
    Ok(kept)
}

/// How often each body came whole although the host had stored it before, by its BLAKE3.
pub(crate) fn sent_although_there(host: &DemoHost) -> Result<BTreeMap<String, usize>> {
    let mut times: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for request in host.received() {
        let Some(file) = request.file else { continue };
        let stored = matches!(request.outcome, Outcome::Stored(_));
        let again = times.entry(file.md5).or_default();
        *again = match *again {
            None => stored.then_some(0),
            Some(times) => Some(times + 1),
        };
    }
    let mut contents = BTreeMap::new();
    for stored in host.stored() {
        let bytes = std::fs::read(&stored.original)?;
        contents.insert(md5(&bytes), blake3::hash(&bytes).to_string());
    }
    // What was sent twice and is stored no more is told by what the host knew it by.
    let named = |md5: String| contents.get(&md5).cloned().unwrap_or(md5);
    let again =
        times.into_iter().filter_map(|(md5, times)| Some((named(md5), times.filter(|times| *times > 0)?)));
    Ok(again.collect())
}

fn named(items: &[Arc<Item>], content: &str) -> String {
    let sent = |item: &&Arc<Item>| item.prepared.as_ref().is_some_and(|prepared| prepared.blake3 == content);
    items.iter().find(sent).map_or_else(|| content.to_owned(), |item| item.name.clone())
}
