//! What follows when a piece of work is over.

use super::actor::Actor;
use super::jobs::Ended;
use super::turn::roll;
use crate::store::{IdKind, NewReceipt};
use crate::{
    Arrival, Fault, Input, Item, ItemId, Links, Prepared, Problem, Receipt, ReceiptId, Result, Retry,
    Timestamp,
};

impl Actor {
    /// Saves the outcome of a piece of work. An error leaves everything as it was, to be tried again.
    pub(super) async fn take_over(&mut self, ended: &Ended) -> Result<()> {
        match ended {
            Ended::Preparation { item, result, seen } => self.prepared(*item, result, *seen).await,
            Ended::Transfer { item, attempt, body_left, result } => match &**result {
                Ok(arrival) => self.arrived(*item, *attempt, arrival).await,
                Err(fault) => self.faulted(*item, *attempt, *body_left, fault).await,
            },
            Ended::Halted { item, attempt, body_left, back } => {
                let input = Input::Halted { attempt: *attempt, body_left: *body_left, back: *back };
                let mut turn = self.turn();
                turn.step(*item, &input);
                let outcome = turn.close();
                self.commit(outcome).await
            }
        }
    }

    async fn prepared(
        &mut self,
        id: ItemId,
        result: &std::result::Result<Prepared, Problem>,
        seen: Option<(u64, Timestamp)>,
    ) -> Result<()> {
        let Some(item) = self.queue.items.get(&id) else { return Ok(()) };
        let site = item.site;
        let input = match result {
            Err(problem) => Input::Unpreparable { problem: problem.clone() },
            Ok(prepared) => {
                let blake3 = prepared.blake3.clone();
                let known = self.store.call(move |db| db.known(site, &blake3)).await?;
                Input::Prepared { twin: self.turn().twin(id, &prepared.blake3, known) }
            }
        };
        let mut turn = self.turn();
        if turn.step(id, &input)
            && let Some(item) = turn.edit(id)
        {
            item.prepared = result.as_ref().ok().cloned();
            if let Some((size, modified)) = seen {
                item.facts.size = size;
                item.facts.modified = modified;
            }
        }
        let outcome = turn.close();
        self.commit(outcome).await
    }

    async fn arrived(&mut self, id: ItemId, attempt: u32, arrival: &Arrival) -> Result<()> {
        let Some(item) = self.queue.items.get(&id).cloned() else { return Ok(()) };
        let receipt = ReceiptId(self.store.call(|db| db.reserve_ids(IdKind::Receipt, 1)).await?);
        let new = confirmed(receipt, &item, arrival, self.now());
        let mut turn = self.turn();
        turn.receipts.push(new);
        turn.step(id, &Input::Arrived { attempt, receipt });
        let outcome = turn.close();
        self.commit(outcome).await
    }

    async fn faulted(&mut self, id: ItemId, attempt: u32, body_left: bool, fault: &Fault) -> Result<()> {
        let Some(item) = self.queue.items.get(&id) else { return Ok(()) };
        let known = match (&item.prepared, fault.retry) {
            (Some(prepared), Retry::Duplicate) => {
                let (site, blake3) = (item.site, prepared.blake3.clone());
                self.store.call(move |db| db.known(site, &blake3)).await?
            }
            _ => None,
        };
        let mut turn = self.turn();
        turn.step(id, &Input::Faulted { attempt, fault: fault.clone(), body_left, known, roll: roll() });
        let outcome = turn.close();
        self.commit(outcome).await
    }
}

/// The receipt of an upload that the site confirmed. What the site did not say is as it was sent.
fn confirmed(id: ReceiptId, item: &Item, arrival: &Arrival, now: Timestamp) -> NewReceipt {
    let mut receipt = by_hand(id, item, arrival.links.clone(), now);
    let Arrival { title, mime, size, width, height, duration_ms, animated, .. } = arrival;
    receipt.title = title.clone().or(receipt.title);
    receipt.mime = mime.clone().unwrap_or(receipt.mime);
    receipt.size = size.unwrap_or(receipt.size);
    receipt.width = width.or(receipt.width);
    receipt.height = height.or(receipt.height);
    receipt.duration_ms = duration_ms.or(receipt.duration_ms);
    receipt.animated = animated.unwrap_or(receipt.animated);
    receipt.approved = arrival.approved;
    receipt.expires_at = arrival.expires_at;
    receipt.given = arrival.given.clone();
    receipt.notes = arrival.notes.clone();
    receipt.album = arrival.album.clone();
    receipt.preview_path = arrival.preview_path.clone();
    NewReceipt { receipt, delete_link: arrival.delete_link.clone() }
}

/// The receipt of an upload that the user found on the site: all that is known is what was sent.
pub(super) fn by_hand(id: ReceiptId, item: &Item, links: Links, now: Timestamp) -> Receipt {
    let sent = item.prepared.as_ref();
    let asked = item.asked.clone().unwrap_or_default();
    Receipt {
        id,
        item: Some(item.id),
        site: item.site,
        batch: item.batch,
        name: item.name.clone(),
        title: asked.title.clone(),
        mime: sent.map_or_else(|| item.facts.mime.clone(), |prepared| prepared.mime.clone()),
        size: sent.map_or(item.facts.size, |prepared| prepared.size),
        width: item.facts.width,
        height: item.facts.height,
        duration_ms: item.facts.duration_ms,
        animated: item.facts.animated,
        blake3: sent.map(|prepared| prepared.blake3.clone()).unwrap_or_default(),
        sent_md5: sent.map(|prepared| prepared.md5.clone()).unwrap_or_default(),
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
