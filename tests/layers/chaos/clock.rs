//! The clock: a day forth and a day back, as after a long sleep or when a machine learns the true time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use engine::{BoxFuture, Clock, SystemClock, Timestamp};

use crate::{
    table::Row,
    world::{Setup, World},
};

const DAY: i64 = 86_400_000;

/// It is looked at again after so long, as the system's clock is every half minute.
const LONGEST_SLEEP: Duration = Duration::from_millis(500);

/// The system's clock, wrong by so many milliseconds.
#[derive(Clone, Default)]
pub(crate) struct Jumpy(Arc<AtomicI64>);

impl Jumpy {
    pub(crate) fn port(&self) -> Arc<dyn Clock> {
        Arc::new(self.clone())
    }

    pub(crate) fn jump(&self, milliseconds: i64) {
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for Jumpy {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + self.0.load(Ordering::SeqCst))
    }

    fn sleep_until(&self, moment: Timestamp) -> BoxFuture<()> {
        Box::pin(tokio::time::sleep(moment.since(self.now()).min(LONGEST_SLEEP)))
    }
}

/// A site asks for some patience, and meanwhile the clock jumps: whatever waits goes on, no later than it would have.
async fn jumping(milliseconds: i64, patience: &str) -> Result<Row> {
    let clock = Jumpy::default();
    let world = World::with(Setup { clock: clock.port(), ..Setup::default() }).await?;
    let before = world.send_small(2).await?;
    world.done(&before).await?;
    world.host.schedule(patience.parse()?);
    let struck = world.send_small(1).await?;
    world.struck(struck[0]).await?;
    let during = world.send_small(3).await?;
    let paused =
        world.until("a site that is left alone", |snapshot| snapshot.queue.site_pauses.first().cloned());
    ensure!(paused.await?.problem.code == "rate-limited");
    clock.jump(milliseconds);
    let over = Instant::now();
    let after = world.send_small(2).await?;
    world.done(&[struck, during, after].concat()).await?;
    world.account(over).await
}

pub(crate) async fn clock_a_day_ahead() -> Result<Row> {
    jumping(DAY, "status-429:3600").await
}

pub(crate) async fn clock_a_day_back() -> Result<Row> {
    jumping(-DAY, "status-429:2").await
}
