//! Whether the host takes connections.

use std::{
    sync::{Condvar, Mutex, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};

/// Open, but for the times at which a fault closes it.
#[derive(Debug)]
pub(crate) struct Line {
    until: watch::Sender<Until>,
    /// The listener is gone.
    refusing: Mutex<bool>,
    moved: Condvar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    Open,
    Closed(Instant),
    ForGood,
}

impl Line {
    pub(crate) fn new() -> Self {
        Self { until: watch::Sender::new(Until::Open), refusing: Mutex::new(false), moved: Condvar::new() }
    }

    /// Closes the line for a time, which is added to one that it is closed for already. `None` is for good.
    pub(crate) fn close(&self, time: Option<Duration>) {
        self.until.send_modify(|until| {
            *until = match (*until, time) {
                (Until::ForGood, _) | (_, None) => Until::ForGood,
                (Until::Open, Some(time)) => Until::Closed(Instant::now() + time),
                (Until::Closed(at), Some(time)) => Until::Closed(at.max(Instant::now()) + time),
            };
        });
    }

    /// Opens it at once.
    pub(crate) fn open(&self) {
        self.until.send_replace(Until::Open);
    }

    /// Comes back when the line is closed, or at once when it is.
    pub(crate) async fn closed(&self) {
        // The sender lives in `self`, so the wait ends in no other way.
        let _ = self.until.subscribe().wait_for(|until| *until != Until::Open).await;
    }

    /// Comes back when the line is open again.
    pub(crate) async fn opened(&self) {
        let mut until = self.until.subscribe();
        loop {
            let now = *until.borrow_and_update();
            match now {
                Until::Open => return,
                Until::ForGood => drop(until.changed().await),
                Until::Closed(at) => tokio::select! {
                    () = tokio::time::sleep_until(at) => {
                        // Unless it was closed for longer meanwhile.
                        self.until.send_if_modified(|until| {
                            let over = *until == Until::Closed(at);
                            if over { *until = Until::Open; }
                            over
                        });
                    }
                    _ = until.changed() => {}
                },
            }
        }
    }

    /// Tells those who wait for it that the listener went or came back.
    pub(crate) fn say_refusing(&self, refusing: bool) {
        *self.refusing.lock().unwrap_or_else(PoisonError::into_inner) = refusing;
        self.moved.notify_all();
    }

    /// Waits until the listener is as the line is: gone when that is closed. Not for the host's own threads.
    pub(crate) fn settle(&self) {
        let mut refusing = self.refusing.lock().unwrap_or_else(PoisonError::into_inner);
        // The wait is bounded for the end of a host, after which nobody says anything.
        while *refusing != (*self.until.borrow() != Until::Open) {
            let (guard, wait) = self
                .moved
                .wait_timeout(refusing, Duration::from_secs(2))
                .unwrap_or_else(PoisonError::into_inner);
            refusing = guard;
            if wait.timed_out() {
                return;
            }
        }
    }
}
