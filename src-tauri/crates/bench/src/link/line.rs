//! When a packet arrives, and whether.

use std::time::{Duration, Instant};

/// The longest that a packet waits for those before it; one that would wait longer is dropped.
const ROOM: Duration = Duration::from_millis(150);

/// What one way of a line is like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    /// From one end to the other.
    pub(crate) delay: Duration,
    /// Bits a second.
    pub(crate) rate: f64,
    /// The share that gets lost, from 0 to 1.
    pub(crate) loss: f64,
}

/// One way of a line in use.
pub(crate) struct Line {
    way: Way,
    /// Losses are the same in every run with the same packets.
    chance: fastrand::Rng,
    /// When the last packet has left.
    free: Instant,
}

impl Line {
    pub(crate) fn new(way: Way, seed: u64) -> Line {
        Line { way, chance: fastrand::Rng::with_seed(seed), free: Instant::now() }
    }

    /// When a packet of so many bytes that comes now is at the other end; never, when it is dropped or lost.
    pub(crate) fn arrival(&mut self, bytes: usize, now: Instant) -> Option<Instant> {
        let start = self.free.max(now);
        if start - now > ROOM {
            return None;
        }
        self.free = start + Duration::from_secs_f64(bytes as f64 * 8.0 / self.way.rate);
        let arrives = self.chance.f64() >= self.way.loss;
        arrives.then(|| self.free + self.way.delay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A packet of 1,250 bytes takes a millisecond.
    fn way(loss: f64) -> Way {
        Way { delay: Duration::from_millis(25), rate: 10e6, loss }
    }

    #[test]
    fn packets_wait_for_each_other_and_keep_their_order() {
        let mut line = Line::new(way(0.0), 1);
        let now = Instant::now() + Duration::from_secs(1);
        let mut after =
            |ms| line.arrival(1_250, now + Duration::from_millis(ms)).map(|at| (at - now).as_millis());
        assert_eq!([after(0), after(0), after(0), after(10)], [Some(26), Some(27), Some(28), Some(36)]);
    }

    #[test]
    fn what_would_wait_too_long_is_dropped_until_there_is_room() {
        let mut line = Line::new(way(0.0), 1);
        let now = Instant::now() + Duration::from_secs(1);
        let taken = (0..400).filter(|_| line.arrival(1_250, now).is_some()).count();
        assert_eq!(taken, 151);
        assert!(line.arrival(1_250, now + Duration::from_millis(2)).is_some());
    }

    #[test]
    fn as_many_are_lost_as_is_said() {
        let mut line = Line::new(way(0.01), 1);
        let now = Instant::now();
        let lost =
            (0..100_000).filter(|at| line.arrival(1_250, now + Duration::from_millis(*at)).is_none()).count();
        assert!((900..1_100).contains(&lost), "{lost}");
    }
}
