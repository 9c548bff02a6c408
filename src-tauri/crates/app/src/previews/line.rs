//! Who waits for a preview to be made: what is looked at now comes before what was, and long before what nobody sees.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

/// What is asked for within this time was asked for by one look: it is made in the order in which it stands there.
const LOOK: Duration = Duration::from_millis(50);

/// More than a window shows at a time. What waits beyond that has been scrolled away, and is asked for again when it
/// comes back.
const MOST_WAITING: usize = 240;

/// A line with so many places for those whose turn it is.
#[derive(Clone)]
pub(super) struct Line(Arc<Mutex<State>>);

struct State {
    free: usize,
    /// Asked for by the window, oldest first, each with the number of its look.
    seen: VecDeque<(u64, Waiting)>,
    looks: u64,
    looked: Option<Instant>,
    /// For later, oldest first.
    unseen: VecDeque<Waiting>,
}

type Waiting = oneshot::Sender<Place>;

/// A place, until it is dropped.
pub(super) struct Place {
    line: Option<Line>,
}

impl Line {
    pub(super) fn new(places: usize) -> Self {
        let (seen, unseen) = Default::default();
        Self(Arc::new(Mutex::new(State { free: places, seen, looks: 0, looked: None, unseen })))
    }

    /// A place for what the window shows; `None` when so much was asked for since that it is not shown any more.
    pub(super) async fn for_what_is_seen(&self) -> Option<Place> {
        self.wait(|state, waiting| state.ask_to_see(waiting, Instant::now())).await
    }

    /// A place when nothing that is seen waits.
    pub(super) async fn for_later(&self) -> Option<Place> {
        self.wait(|state, waiting| state.unseen.push_back(waiting)).await
    }

    async fn wait(&self, stand: impl FnOnce(&mut State, Waiting)) -> Option<Place> {
        let (turn, comes) = oneshot::channel();
        {
            let mut state = self.state();
            if state.free > 0 {
                state.free -= 1;
                return Some(Place { line: Some(self.clone()) });
            }
            stand(&mut state, turn);
        }
        comes.await.ok()
    }

    /// A place is free: whose turn is it?
    fn pass_on(&self) {
        while let Some(waiting) = self.next() {
            match waiting.send(Place { line: Some(self.clone()) }) {
                Ok(()) => return,
                // Whoever waited has gone away.
                Err(mut place) => place.line = None,
            }
        }
    }

    fn next(&self) -> Option<Waiting> {
        let mut state = self.state();
        let next = state.next();
        if next.is_none() {
            state.free += 1;
        }
        next
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn ask_to_see(&mut self, waiting: Waiting, now: Instant) {
        if self.looked.replace(now).is_none_or(|before| now.duration_since(before) > LOOK) {
            self.looks += 1;
        }
        self.seen.push_back((self.looks, waiting));
        if self.seen.len() > MOST_WAITING {
            self.seen.pop_front();
        }
    }

    fn next(&mut self) -> Option<Waiting> {
        let Some((last, _)) = self.seen.back() else { return self.unseen.pop_front() };
        let first_of_last = self.seen.partition_point(|(look, _)| look < last);
        self.seen.remove(first_of_last).map(|(_, waiting)| waiting)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(line) = self.line.take() {
            line.pass_on();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use super::*;

    /// Lets each of the given looks ask for so many, a second apart, while the only place is taken; the answers come in
    /// the order of the turns.
    fn turns(looks: &[usize], later: usize) -> Vec<usize> {
        let line = Line::new(0);
        let (mut asked, mut now) = (Vec::new(), Instant::now());
        for _ in 0..later {
            let (turn, comes) = oneshot::channel();
            line.state().unseen.push_back(turn);
            asked.push(comes);
        }
        for look in looks {
            now += Duration::from_secs(1);
            for _ in 0..*look {
                let (turn, comes) = oneshot::channel();
                line.state().ask_to_see(turn, now);
                asked.push(comes);
            }
        }
        let mut order = Vec::new();
        line.pass_on();
        while let Some((who, place)) =
            asked.iter_mut().enumerate().find_map(|(who, comes)| Some((who, comes.try_recv().ok()?)))
        {
            order.push(who);
            drop(place);
        }
        order
    }

    #[test]
    fn what_is_looked_at_now_comes_first_and_in_its_order() {
        assert_eq!(turns(&[3, 2], 0), [3, 4, 0, 1, 2]);
    }

    #[test]
    fn what_nobody_sees_waits_for_all_that_is_seen() {
        assert_eq!(turns(&[2], 2), [2, 3, 0, 1]);
    }

    #[test]
    fn what_was_scrolled_away_long_ago_is_let_go() {
        assert_eq!(turns(&[1, MOST_WAITING], 0), (1..=MOST_WAITING).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_place_comes_back_from_whoever_goes_away() {
        let line = Line::new(1);
        let place = line.for_what_is_seen().await;
        let (mut gone, mut waits) = (Box::pin(line.for_what_is_seen()), Box::pin(line.for_later()));
        let mut nobody = Context::from_waker(Waker::noop());
        assert!(gone.as_mut().poll(&mut nobody).is_pending());
        assert!(waits.as_mut().poll(&mut nobody).is_pending());
        drop(gone);
        drop(place);
        assert!(waits.await.is_some());
        assert!(line.for_what_is_seen().await.is_some());
    }
}
