//! The one place where an item's state is decided: a pure function from a phase and what happened to the next phase
//! and the work to be done. No clock, no chance, no disk: all of them come in as values.
//!
//! Every pair of phase and input is defined. An input that does not fit (a late message of an old attempt, a wish for
//! an item that has moved on) changes nothing.

use std::time::Duration;

use crate::problem::{BODY_MISSING, DUPLICATE_IN_QUEUE, FILE_CHANGED, FILE_MISSING, INTERRUPTED, STOPPED};
use crate::{Fault, Phase, Problem, RateLimit, ReceiptId, Retry, Scope, Timestamp};

/// The numbers by which the queue behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Uploads side by side on one site, 1 to 8.
    pub parallel: usize,
    /// Preparations side by side.
    pub preparing: usize,
    /// Attempts that may fail before the item does.
    pub max_attempts: u32,
    /// The longest wait after the first failure; it doubles with each.
    pub backoff_first: Duration,
    /// No wait of an item is longer.
    pub backoff_most: Duration,
    /// No site that cannot be reached is left alone for longer: the network may be back.
    pub site_backoff_most: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            parallel: 2,
            preparing: 2,
            max_attempts: 5,
            backoff_first: Duration::from_secs(2),
            backoff_most: Duration::from_secs(300),
            site_backoff_most: Duration::from_secs(60),
        }
    }
}

impl Policy {
    /// Exponential back-off with full jitter: anything from nothing to the doubled limit, by `roll` (0 to 1).
    pub fn backoff(&self, failures: u32, roll: f64) -> Duration {
        let doubled = self.backoff_first.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)));
        doubled.min(self.backoff_most).mul_f64(roll.clamp(0.0, 1.0))
    }
}

/// Something that happened to an item.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The program starts.
    Restarted,
    /// Its body and hashes are there.
    Prepared {
        /// Whether the same content is known.
        twin: Twin,
    },
    /// It cannot be prepared.
    Unpreparable {
        /// Why.
        problem: Problem,
    },
    /// Another body is wanted.
    Reshaped,
    /// It goes to another site now.
    Rerouted {
        /// Whether the same content is known there.
        twin: Twin,
    },
    /// The user wants it uploaded.
    Upload,
    /// The user wants it uploaded although it is known.
    UploadAnyway,
    /// Its turn has come.
    Begin,
    /// Its turn has come, but meanwhile another program sends the same content or has sent it.
    Met {
        /// Where it is.
        twin: Twin,
    },
    /// The site confirmed it.
    Arrived {
        /// Of this attempt.
        attempt: u32,
        /// Saved with the same stroke as the phase.
        receipt: ReceiptId,
    },
    /// The attempt failed.
    Faulted {
        /// This attempt.
        attempt: u32,
        /// In this way.
        fault: Fault,
        /// Whether the body began to leave.
        body_left: bool,
        /// Our own record of the same content on this site.
        known: Option<ReceiptId>,
        /// Chance, 0 to 1.
        roll: f64,
    },
    /// The transfer was stopped and its connection is closed.
    Halted {
        /// This attempt.
        attempt: u32,
        /// Whether the body began to leave.
        body_left: bool,
        /// Where it goes if not.
        back: Back,
    },
    /// The user does not want it uploaded after all.
    Cancel,
    /// The user wants a failed one tried again.
    Retry,
    /// The user takes the risk of sending it twice.
    SendAgain,
    /// The user found it on the site.
    Found {
        /// Saved with the same stroke as the phase.
        receipt: ReceiptId,
    },
    /// The clock was set back: every moment to wait for is so much earlier.
    ClockSetBack {
        /// By so much.
        by: Duration,
    },
    /// A receipt was forgotten.
    Forgotten {
        /// This one.
        receipt: ReceiptId,
    },
}

/// Whether the same content is known for the same site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twin {
    /// It is not.
    None,
    /// Another item has it, of this queue or of another program's.
    InQueue,
    /// The history has it.
    InHistory(ReceiptId),
}

/// Where a stopped transfer goes if nothing of its body left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// Out of the batch.
    Ready,
    /// To its place in the batch.
    Waiting,
}

/// Work that a step asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Make its body.
    Prepare,
    /// Send its body.
    Transfer {
        /// As this attempt.
        attempt: u32,
    },
    /// Delete the body that was made for sending.
    DropBody,
    /// Leave its site alone.
    HoldSite {
        /// For how long.
        hold: Hold,
        /// Why.
        problem: Problem,
    },
    /// Keep to the limit that its site has just named.
    KeepLimit {
        /// The limit.
        limit: RateLimit,
        /// In its words.
        problem: Problem,
    },
    /// The site answered for the item: it can be reached, and its count of failures begins anew.
    SiteAnswered,
}

/// For how long a site is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Until this moment.
    Until(Timestamp),
    /// For a while that grows with each failure in a row.
    BackOff,
    /// Until the user does something about it.
    ForGood,
}

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The phase from now on.
    pub phase: Phase,
    /// What is to be done, once the phase is saved.
    pub effects: Vec<Effect>,
}

impl Step {
    fn to(phase: Phase) -> Self {
        Self { phase, effects: Vec::new() }
    }

    fn and(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }
}

/// Decides what follows when `input` happens to an item that stands at `phase`.
pub fn step(phase: &Phase, input: &Input, policy: &Policy, now: Timestamp) -> Step {
    use Phase::{Duplicate, Failed, Preparing, Ready, Refused, Sending, Unknown, Waiting};
    let stay = || Step::to(phase.clone());
    match (phase, input) {
        (Preparing, Input::Restarted) => Step::to(Preparing).and(Effect::Prepare),
        (Preparing, Input::Prepared { twin }) => Step::to(after_look(*twin)),
        (Preparing, Input::Unpreparable { problem }) => Step::to(Refused { problem: problem.clone() }),

        (Ready | Duplicate { .. }, Input::Rerouted { twin }) => Step::to(after_look(*twin)),
        (Refused { problem }, Input::Rerouted { twin }) if problem.code == DUPLICATE_IN_QUEUE => {
            Step::to(after_look(*twin))
        }
        (Ready | Duplicate { .. } | Refused { .. } | Failed { .. }, Input::Reshaped) => {
            Step::to(Preparing).and(Effect::DropBody).and(Effect::Prepare)
        }
        (Duplicate { receipt }, Input::Forgotten { receipt: gone }) if receipt == gone => Step::to(Ready),

        (Ready, Input::Upload) | (Duplicate { .. }, Input::UploadAnyway) => Step::to(waiting_anew(0)),
        (Refused { problem }, Input::UploadAnyway) if problem.code == DUPLICATE_IN_QUEUE => {
            Step::to(waiting_anew(0))
        }

        (Waiting { attempt, failures, not_before, .. }, Input::Begin)
            if not_before.is_none_or(|t| t <= now) =>
        {
            let attempt = attempt.saturating_add(1);
            Step::to(Sending { attempt, failures: *failures }).and(Effect::Transfer { attempt })
        }
        (Waiting { .. }, Input::Met { twin }) => Step::to(after_look(*twin)),
        (Waiting { .. }, Input::Cancel) => Step::to(Ready),
        (Waiting { not_before: Some(moment), .. }, Input::ClockSetBack { by }) => {
            let mut phase = phase.clone();
            if let Waiting { not_before, .. } = &mut phase {
                *not_before = Some(moment.minus(*by));
            }
            Step::to(phase)
        }

        (Sending { attempt, .. }, Input::Restarted) => {
            Step::to(Unknown { attempt: *attempt, problem: Problem::new(INTERRUPTED) })
        }
        (Sending { attempt, .. }, Input::Arrived { attempt: of, receipt }) if attempt == of => {
            Step::to(Phase::Done { receipt: *receipt }).and(Effect::DropBody).and(Effect::SiteAnswered)
        }
        (&Sending { attempt, failures }, Input::Halted { attempt: of, body_left, back })
            if attempt == *of =>
        {
            Step::to(match back {
                _ if *body_left => Unknown { attempt, problem: Problem::new(STOPPED) },
                Back::Ready => Ready,
                Back::Waiting => Waiting { attempt, failures, not_before: None, problem: None },
            })
        }
        (
            &Sending { attempt, failures },
            &Input::Faulted { attempt: of, ref fault, body_left, known, roll },
        ) if attempt == of => {
            let sending = Attempt { number: attempt, failures, body_left };
            sending
                .after(fault, known, policy.max_attempts, |failures| now.plus(policy.backoff(failures, roll)))
        }

        (Failed { problem, .. }, Input::Retry) if needs_new_body(problem) => {
            Step::to(Preparing).and(Effect::DropBody).and(Effect::Prepare)
        }
        (Failed { attempt, .. }, Input::Retry) | (Unknown { attempt, .. }, Input::SendAgain) => {
            Step::to(waiting_anew(*attempt))
        }
        (Unknown { .. }, Input::Found { receipt }) => {
            Step::to(Phase::Done { receipt: *receipt }).and(Effect::DropBody)
        }

        _ => stay(),
    }
}

fn after_look(twin: Twin) -> Phase {
    match twin {
        Twin::None => Phase::Ready,
        Twin::InQueue => Phase::Refused { problem: Problem::new(DUPLICATE_IN_QUEUE) },
        Twin::InHistory(receipt) => Phase::Duplicate { receipt },
    }
}

fn waiting_anew(attempt: u32) -> Phase {
    Phase::Waiting { attempt, failures: 0, not_before: None, problem: None }
}

fn needs_new_body(problem: &Problem) -> bool {
    [FILE_CHANGED, FILE_MISSING, BODY_MISSING].contains(&problem.code.as_str())
}

/// An attempt that just failed.
struct Attempt {
    number: u32,
    failures: u32,
    body_left: bool,
}

impl Attempt {
    fn after(
        &self,
        fault: &Fault,
        known: Option<ReceiptId>,
        max_attempts: u32,
        next_try: impl Fn(u32) -> Timestamp,
    ) -> Step {
        let problem = fault.problem.clone();
        let failed = || Step::to(Phase::Failed { attempt: self.number, problem: problem.clone() });
        // The transfer may be mistaken about its class, but not about this: no answer and a body on the way.
        if fault.retry == Retry::Unknown || (self.body_left && !fault.answered) {
            return Step::to(Phase::Unknown { attempt: self.number, problem });
        }
        match (fault.retry, fault.scope) {
            (Retry::Duplicate, _) => match known {
                Some(receipt) => Step::to(Phase::Duplicate { receipt }).and(Effect::SiteAnswered),
                None => failed().and(Effect::SiteAnswered),
            },
            (Retry::NotBefore(moment), _) => self.wait_for_site(Hold::Until(moment), problem),
            (Retry::Limit(limit), _) => self.wait(&problem).and(Effect::KeepLimit { limit, problem }),
            (Retry::Later, Scope::Site) => self.wait_for_site(Hold::BackOff, problem),
            (Retry::Never, Scope::Site) => self.wait_for_site(Hold::ForGood, problem),
            (Retry::Later, Scope::Item) => {
                let failures = self.failures.saturating_add(1);
                if failures >= max_attempts {
                    return failed();
                }
                let not_before = Some(next_try(failures));
                Step::to(Phase::Waiting {
                    attempt: self.number,
                    failures,
                    not_before,
                    problem: Some(problem),
                })
            }
            (Retry::Never | Retry::Unknown, _) if fault.answered => failed().and(Effect::SiteAnswered),
            (Retry::Never | Retry::Unknown, _) => failed(),
        }
    }

    /// The site's fault, not the item's.
    fn wait_for_site(&self, hold: Hold, problem: Problem) -> Step {
        self.wait(&problem).and(Effect::HoldSite { hold, problem })
    }

    /// In its place in the queue; it does not count against the item.
    fn wait(&self, problem: &Problem) -> Step {
        let (attempt, failures) = (self.number, self.failures);
        Step::to(Phase::Waiting { attempt, failures, not_before: None, problem: Some(problem.clone()) })
    }
}
