//! What follows when a piece of work is over.

use super::actor::{Actor, After};
use super::index::Content;
use super::jobs::{Ended, Preparation};
use super::turn::{Turn, roll};
use crate::store::{IdKind, NewReceipt};
use crate::{
    Arrival, BatchId, Input, Item, ItemId, Links, Phase, Receipt, ReceiptId, Result, Retry, Scope, Timestamp,
};

/// Ids of receipts are reserved in blocks; those of a block that is not used up are never used.
const RECEIPT_IDS: i64 = 256;

impl Actor {
    /// Saves the outcomes of work in one turn. An error leaves everything as it was, to be tried again.
    pub(super) async fn take_over(&mut self, ended: &[Ended], after: After) -> Result<()> {
        let contents: Vec<_> = ended.iter().map(|ended| self.asked_for(ended)).collect();
        let known = self.known(contents.clone()).await?;
        let arrived = ended.iter().filter(|ended| ended.arrived()).count();
        let mut receipts = self.receipt_ids(arrived).await?;

        let mut turn = self.turn();
        for ((ended, content), known) in ended.iter().zip(contents).zip(known) {
            match ended {
                Ended::Preparation(preparation) => prepared(&mut turn, preparation, known),
                Ended::Transfer { item, attempt, body_left, result } => match &**result {
                    Ok(arrival) => {
                        if let Some(receipt) = receipts.next() {
                            arrives(&mut turn, *item, *attempt, arrival, receipt);
                        }
                    }
                    Err(fault) => {
                        let known = content.and_then(|content| turn.receipt_of(&content)).or(known);
                        // Of the site's own faults the step speaks.
                        if fault.retry == Retry::Later && fault.scope == Scope::Item && !fault.answered {
                            turn.strained(*item);
                        }
                        let (attempt, body_left, fault) = (*attempt, *body_left, fault.clone());
                        turn.step(*item, &Input::Faulted { attempt, fault, body_left, known, roll: roll() });
                    }
                },
                Ended::Halted { item, attempt, body_left, back } => {
                    let input = Input::Halted { attempt: *attempt, body_left: *body_left, back: *back };
                    turn.step(*item, &input);
                }
            }
        }
        if after == After::Begin {
            self.begin(&mut turn);
        }
        let outcome = turn.close();
        match self.commit_counted(outcome).await? {
            Some(_) => Ok(()),
            // Nothing was saved: a receipt that was met may be one of this turn's, and will have another id.
            None => {
                self.met.clear();
                Box::pin(self.take_over(ended, After::Stop)).await
            }
        }
    }

    /// The content of which the outcome depends on whether the history knows it.
    fn asked_for(&self, ended: &Ended) -> Option<Content> {
        match ended {
            Ended::Preparation(Preparation { item, result, .. }) => {
                let site = self.queue.item(*item)?.site;
                Some(Content { site, blake3: result.as_ref().ok()?.blake3.clone() })
            }
            Ended::Transfer { item, result, .. } => {
                result.as_ref().as_ref().err().filter(|fault| fault.retry == Retry::Duplicate)?;
                let item = self.queue.item(*item)?;
                Content::on(item.site, item)
            }
            Ended::Halted { .. } => None,
        }
    }

    /// Reserved many at a time, because every reservation is a stroke on the disk.
    async fn receipt_ids(&mut self, count: usize) -> Result<impl Iterator<Item = ReceiptId> + use<>> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        if self.receipt_ids.end - self.receipt_ids.start < count {
            let block = count.max(RECEIPT_IDS);
            let first = self.store.call(move |db| db.reserve_ids(IdKind::Receipt, block)).await?;
            self.receipt_ids = first..first + block;
        }
        let first = self.receipt_ids.start;
        self.receipt_ids.start += count;
        Ok((first..first + count).map(ReceiptId))
    }
}

fn prepared(turn: &mut Turn<'_>, preparation: &Preparation, known: Option<ReceiptId>) {
    let Preparation { item: id, path, convert, result, seen } = preparation;
    let wanted = turn.item(*id).filter(|item| item.phase == Phase::Preparing);
    if wanted.is_some_and(|item| item.options.convert.as_ref() != convert.as_deref()) {
        // Another body is wanted meanwhile.
        if let Ok(prepared) = result {
            turn.throw_away(path.clone(), prepared.clone());
        }
        turn.step(*id, &Input::Restarted);
        return;
    }
    let input = match result {
        Err(problem) => Input::Unpreparable { problem: problem.clone() },
        Ok(prepared) => Input::Prepared { twin: turn.twin(*id, &prepared.blake3, known) },
    };
    if turn.step(*id, &input) {
        turn.edit(*id, |item| {
            item.prepared = result.as_ref().ok().cloned();
            if let Some((size, modified)) = *seen {
                item.facts.size = size;
                item.facts.modified = modified;
            }
        });
    } else if let Ok(prepared) = result {
        // Nobody waits for it any more.
        turn.throw_away(path.clone(), prepared.clone());
    }
}

fn arrives(turn: &mut Turn<'_>, id: ItemId, attempt: u32, arrival: &Arrival, receipt: ReceiptId) {
    let Some(item) = turn.item(id) else { return };
    // Whatever is on its way is of a batch; if ever it were not, the receipt is kept all the same.
    let batch = item.batch.unwrap_or(BatchId(0));
    let new = confirmed(receipt, item, batch, arrival, turn.now);
    turn.receipts.push(new);
    turn.step(id, &Input::Arrived { attempt, receipt });
}

/// The receipt of an upload that the site confirmed. What the site did not say is as it was sent.
fn confirmed(id: ReceiptId, item: &Item, batch: BatchId, arrival: &Arrival, now: Timestamp) -> NewReceipt {
    let mut receipt = by_hand(id, item, batch, arrival.links.clone(), now);
    let Arrival { title, mime, size, width, height, duration_ms, animated, .. } = arrival;
    receipt.title = title.clone().or(receipt.title);
    receipt.mime = mime.clone().unwrap_or(receipt.mime);
    receipt.size = size.unwrap_or(receipt.size);
    receipt.width = width.or(receipt.width);
    receipt.height = height.or(receipt.height);
    receipt.duration_ms = duration_ms.or(receipt.duration_ms);
    receipt.animated = animated.unwrap_or(receipt.animated);
    receipt.md5 = arrival.md5.clone().unwrap_or_default();
    receipt.approved = arrival.approved;
    receipt.expires_at = arrival.expires_at;
    receipt.given = arrival.given.clone();
    receipt.notes = arrival.notes.clone();
    receipt.album = arrival.album.clone();
    receipt.preview_path = arrival.preview_path.clone();
    NewReceipt { receipt, delete_link: arrival.delete_link.clone() }
}

/// The receipt of an upload that the user found on the site: all that is known is what was sent.
pub(super) fn by_hand(id: ReceiptId, item: &Item, batch: BatchId, links: Links, now: Timestamp) -> Receipt {
    let sent = item.prepared.as_ref();
    let asked = item.asked.as_deref().cloned().unwrap_or_default();
    Receipt {
        id,
        item: Some(item.id),
        site: item.site,
        batch,
        name: item.name.clone(),
        title: asked.title.clone(),
        mime: sent.map_or(&item.facts.mime, |prepared| &prepared.mime).to_string(),
        size: sent.map_or(item.facts.size, |prepared| prepared.size),
        width: item.facts.width,
        height: item.facts.height,
        duration_ms: item.facts.duration_ms,
        animated: item.facts.animated,
        blake3: sent.map(|prepared| prepared.blake3.clone()).unwrap_or_default(),
        md5: String::new(),
        uploaded_at: now,
        links,
        deletion: crate::Deletion::Unavailable,
        approved: true,
        expires_at: None,
        album: asked.album.clone(),
        asked,
        given: serde_json::Value::Null,
        notes: Vec::new(),
        preview_path: None,
    }
}
