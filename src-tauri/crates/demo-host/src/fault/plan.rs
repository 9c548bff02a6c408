//! Which request meets which fault.

use std::{collections::VecDeque, fmt, str::FromStr, time::Duration};

use super::{Fault, FaultError};

/// A fault and how often it is played. As text: `html-500`, `html-500*3`, `html-500*always`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Play {
    /// What.
    pub fault: Fault,
    /// How often.
    pub times: Times,
}

/// How often a fault is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// On so many requests, each in its turn.
    Count(u32),
    /// On every request for which no other fault waits, until it is cleared.
    Always,
}

impl Play {
    /// On one request.
    pub fn once(fault: Fault) -> Self {
        Self { fault, times: Times::Count(1) }
    }
}

impl FromStr for Play {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let Some((fault, times)) = text.rsplit_once('*') else { return Ok(Self::once(text.parse()?)) };
        let times = match (times, times.parse()) {
            ("always", _) => Times::Always,
            (_, Ok(count @ 1..)) => Times::Count(count),
            _ => return Err(FaultError::Times(text.to_owned())),
        };
        Ok(Self { fault: fault.parse()?, times })
    }
}

impl fmt::Display for Play {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.times {
            Times::Count(1) => write!(f, "{}", self.fault),
            Times::Count(count) => write!(f, "{}*{count}", self.fault),
            Times::Always => write!(f, "{}*always", self.fault),
        }
    }
}

/// What waits to be played.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// With the number of requests that still meet it.
    queue: VecDeque<(Fault, u64)>,
    /// Played when the queue is empty.
    standing: Option<Fault>,
}

impl Plan {
    pub(crate) fn add(&mut self, play: Play) {
        match play.times {
            Times::Always => self.standing = Some(play.fault),
            Times::Count(count) => {
                // So many requests answered in reverse are one time.
                let requests = if let Fault::Reverse(requests) = play.fault { requests } else { 1 };
                self.queue.push_back((play.fault, u64::from(count) * u64::from(requests)));
            }
        }
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes what is next when connections are to be refused, which needs no request. `Some(None)` is until the
    /// faults are cleared.
    pub(crate) fn refusal(&mut self) -> Option<Option<Duration>> {
        match (self.queue.front(), &self.standing) {
            (Some((Fault::Refuse(time), _)), _) => {
                let time = *time;
                self.step();
                Some(Some(time))
            }
            (None, Some(Fault::Refuse(_))) => Some(None),
            _ => None,
        }
    }

    /// The fault that the next request meets.
    pub(crate) fn next(&mut self) -> Option<Fault> {
        self.step().or_else(|| self.standing.clone())
    }

    fn step(&mut self) -> Option<Fault> {
        let (fault, left) = self.queue.front_mut()?;
        let fault = fault.clone();
        *left = left.saturating_sub(1);
        if *left == 0 {
            self.queue.pop_front();
        }
        Some(fault)
    }

    /// What waits, in order; the standing fault last.
    pub(crate) fn list(&self) -> Vec<Play> {
        let queued = self.queue.iter().map(|(fault, left)| {
            let each = if let Fault::Reverse(requests) = fault { u64::from(*requests) } else { 1 };
            let count = u32::try_from(left.div_ceil(each)).unwrap_or(u32::MAX);
            Play { fault: fault.clone(), times: Times::Count(count) }
        });
        let standing = self.standing.iter().map(|fault| Play { fault: fault.clone(), times: Times::Always });
        queued.chain(standing).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(plays: &[&str]) -> Plan {
        let mut plan = Plan::default();
        for play in plays {
            plan.add(play.parse().unwrap_or_else(|error| panic!("{error}")));
        }
        plan
    }

    fn met(plan: &mut Plan) -> String {
        plan.next().map_or_else(String::new, |fault| fault.to_string())
    }

    #[test]
    fn each_in_its_turn_and_then_the_standing_one() {
        let mut plan = plan(&["flood*always", "pass", "html-500*2", "reverse:2"]);
        let listed = plan.list().iter().map(Play::to_string).collect::<Vec<_>>();
        assert_eq!(listed, ["pass", "html-500*2", "reverse:2", "flood*always"]);
        let names = [(); 7].map(|()| met(&mut plan));
        assert_eq!(names, ["pass", "html-500", "html-500", "reverse:2", "reverse:2", "flood", "flood"]);
        plan.clear();
        assert_eq!((met(&mut plan), plan.list()), (String::new(), Vec::new()));
    }

    #[test]
    fn the_line_needs_no_request() {
        let mut plan = plan(&["refuse:1.5*2", "html-500", "refuse:2"]);
        let second = Some(Some(Duration::from_millis(1_500)));
        assert_eq!([plan.refusal(), plan.refusal(), plan.refusal()], [second, second, None]);
        assert_eq!(met(&mut plan), "html-500");
        assert_eq!(plan.refusal(), Some(Some(Duration::from_secs(2))));
        assert_eq!(plan.refusal(), None);
    }
}
