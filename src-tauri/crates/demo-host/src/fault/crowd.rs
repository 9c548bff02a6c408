//! Requests that wait for each other, to be answered last first.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{sync::oneshot, time::sleep};

/// Between two answers, so that clients see them in this order.
const APART: Duration = Duration::from_millis(20);

type Waiting = Arc<Mutex<Vec<oneshot::Sender<()>>>>;

/// Those who wait. A full crowd makes room for the next one.
#[derive(Debug, Default)]
pub(crate) struct Crowd(Mutex<Waiting>);

impl Crowd {
    /// Joins a crowd of `size` and comes back when it is this one's turn.
    pub(crate) async fn last_first(&self, size: u32) {
        let (turn, mine) = oneshot::channel();
        let crowd = {
            let mut gathering = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let crowd = gathering.clone();
            let mut waiting = crowd.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.push(turn);
            if waiting.len() >= size as usize {
                next(&mut waiting);
                *gathering = Waiting::default();
            }
            drop(waiting);
            crowd
        };
        // The sender is kept until it is used, so the wait ends in no other way.
        if mine.await.is_ok() {
            sleep(APART).await;
            next(&mut crowd.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
}

/// Calls the last who still waits; others went away.
fn next(waiting: &mut Vec<oneshot::Sender<()>>) {
    while let Some(turn) = waiting.pop() {
        if turn.send(()).is_ok() {
            return;
        }
    }
}
