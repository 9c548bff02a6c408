//! The time, as a value that tests can move.

use std::time::{Duration, SystemTime};

use tokio::sync::watch;

use crate::{BoxFuture, Timestamp};

/// Tells the time and wakes at it.
pub trait Clock: Send + Sync + 'static {
    /// Now, by the wall clock.
    fn now(&self) -> Timestamp;

    /// Ends at `moment` or earlier: whoever waits looks at the clock again.
    fn sleep_until(&self, moment: Timestamp) -> BoxFuture<()>;
}

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

/// No sleep is longer: a machine that slept or a clock that was set is noticed within it.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        SystemTime::now().into()
    }

    fn sleep_until(&self, moment: Timestamp) -> BoxFuture<()> {
        Box::pin(tokio::time::sleep(moment.since(self.now()).min(LONGEST_SLEEP)))
    }
}

/// A clock that stands still until it is moved by hand.
#[derive(Clone, Debug)]
pub struct ManualClock(watch::Sender<Timestamp>);

impl ManualClock {
    /// Stands at `start`.
    pub fn at(start: Timestamp) -> Self {
        Self(watch::Sender::new(start))
    }

    /// Moves forward and wakes whoever waited for it.
    pub fn advance(&self, by: Duration) {
        self.0.send_modify(|now| *now = now.plus(by));
    }

    /// Sets the clock back, as a person or a time server may.
    pub fn set_back(&self, by: Duration) {
        self.0.send_modify(|now| *now = now.minus(by));
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.borrow()
    }

    fn sleep_until(&self, moment: Timestamp) -> BoxFuture<()> {
        let mut time = self.0.subscribe();
        Box::pin(async move {
            // The sender can be gone only when nobody can move the clock any more: then it never gets later.
            if time.wait_for(|now| *now >= moment).await.is_err() {
                std::future::pending::<()>().await;
            }
        })
    }
}
