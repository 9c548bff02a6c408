//! The step by a table, and by thousands of random lives.

use engine::problem::{DUPLICATE_IN_QUEUE, FILE_CHANGED, INTERRUPTED, STOPPED};
use engine::{
    Back, Effect, Fault, Hold, Input, Period, Phase, Policy, Problem, RateLimit, ReceiptId, Retry, Scope,
    Step, Timestamp, Twin, step,
};
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(1_000_000);
const R: ReceiptId = ReceiptId(7);

fn waiting(attempt: u32, failures: u32) -> Phase {
    Phase::Waiting { attempt, failures, not_before: None, problem: None }
}

fn waiting_with(attempt: u32, failures: u32, code: &str) -> Phase {
    Phase::Waiting { attempt, failures, not_before: None, problem: Some(Problem::new(code)) }
}

fn sending() -> Phase {
    Phase::Sending { attempt: 3, failures: 1 }
}

fn refused(code: &str) -> Phase {
    Phase::Refused { problem: Problem::new(code) }
}

fn failed(code: &str) -> Phase {
    Phase::Failed { attempt: 3, problem: Problem::new(code) }
}

fn unknown(code: &str) -> Phase {
    Phase::Unknown { attempt: 3, problem: Problem::new(code) }
}

fn fault(retry: Retry, scope: Scope, answered: bool) -> Fault {
    Fault { problem: Problem::new("p"), retry, scope, answered }
}

fn faulted(retry: Retry, scope: Scope, answered: bool, body_left: bool) -> Input {
    Input::Faulted { attempt: 3, fault: fault(retry, scope, answered), body_left, known: None, roll: 1.0 }
}

fn hold(hold: Hold) -> Vec<Effect> {
    vec![Effect::HoldSite { hold, problem: Problem::new("p") }]
}

#[test]
fn what_follows_from_what() {
    use Effect::{DropBody, Prepare, SiteAnswered, Transfer};
    let halted = |body_left, back| Input::Halted { attempt: 3, body_left, back };
    let prepared = |twin| Input::Prepared { twin };
    let later = Timestamp(NOW.0 + 4_000);
    let retried =
        Phase::Waiting { attempt: 3, failures: 2, not_before: Some(later), problem: Some(Problem::new("p")) };
    let known = Input::Faulted {
        attempt: 3,
        fault: fault(Retry::Duplicate, Scope::Item, true),
        body_left: true,
        known: Some(R),
        roll: 0.0,
    };
    let until = Timestamp(NOW.0 + 60_000);
    let table: Vec<(Phase, Input, Phase, Vec<Effect>)> = vec![
        (Phase::Preparing, Input::Restarted, Phase::Preparing, vec![Prepare]),
        (Phase::Preparing, prepared(Twin::None), Phase::Ready, vec![]),
        (Phase::Preparing, prepared(Twin::InQueue), refused(DUPLICATE_IN_QUEUE), vec![]),
        (Phase::Preparing, prepared(Twin::InHistory(R)), Phase::Duplicate { receipt: R }, vec![]),
        (Phase::Preparing, Input::Unpreparable { problem: Problem::new("x") }, refused("x"), vec![]),
        (Phase::Ready, Input::Reshaped, Phase::Preparing, vec![DropBody, Prepare]),
        (refused("x"), Input::Reshaped, Phase::Preparing, vec![DropBody, Prepare]),
        (waiting(2, 1), Input::Reshaped, waiting(2, 1), vec![]),
        (sending(), Input::Reshaped, sending(), vec![]),
        (Phase::Ready, Input::Upload, waiting(0, 0), vec![]),
        (Phase::Ready, Input::Rerouted { twin: Twin::InHistory(R) }, Phase::Duplicate { receipt: R }, vec![]),
        (refused("x"), Input::UploadAnyway, refused("x"), vec![]),
        (refused("x"), Input::Rerouted { twin: Twin::None }, refused("x"), vec![]),
        (refused(DUPLICATE_IN_QUEUE), Input::UploadAnyway, waiting(0, 0), vec![]),
        (refused(DUPLICATE_IN_QUEUE), Input::Rerouted { twin: Twin::None }, Phase::Ready, vec![]),
        (Phase::Duplicate { receipt: R }, Input::Upload, Phase::Duplicate { receipt: R }, vec![]),
        (Phase::Duplicate { receipt: R }, Input::UploadAnyway, waiting(0, 0), vec![]),
        (Phase::Duplicate { receipt: R }, Input::Forgotten { receipt: R }, Phase::Ready, vec![]),
        (waiting(2, 1), Input::Begin, sending(), vec![Transfer { attempt: 3 }]),
        (retried.clone(), Input::Begin, retried.clone(), vec![]),
        (waiting(2, 1), Input::Met { twin: Twin::InQueue }, refused(DUPLICATE_IN_QUEUE), vec![]),
        (waiting(2, 1), Input::Met { twin: Twin::InHistory(R) }, Phase::Duplicate { receipt: R }, vec![]),
        (waiting(2, 1), Input::Cancel, Phase::Ready, vec![]),
        (waiting(2, 1), Input::Restarted, waiting(2, 1), vec![]),
        (sending(), Input::Restarted, unknown(INTERRUPTED), vec![]),
        (
            sending(),
            Input::Arrived { attempt: 3, receipt: R },
            Phase::Done { receipt: R },
            vec![DropBody, SiteAnswered],
        ),
        (sending(), Input::Arrived { attempt: 2, receipt: R }, sending(), vec![]),
        (sending(), halted(false, Back::Ready), Phase::Ready, vec![]),
        (sending(), halted(false, Back::Waiting), waiting(3, 1), vec![]),
        (sending(), halted(true, Back::Ready), unknown(STOPPED), vec![]),
        (sending(), halted(true, Back::Waiting), unknown(STOPPED), vec![]),
        (sending(), faulted(Retry::Never, Scope::Item, false, false), failed("p"), vec![]),
        (sending(), faulted(Retry::Never, Scope::Item, true, true), failed("p"), vec![SiteAnswered]),
        (sending(), faulted(Retry::Later, Scope::Item, false, false), retried.clone(), vec![]),
        (sending(), faulted(Retry::Later, Scope::Item, true, true), retried, vec![]),
        (sending(), faulted(Retry::Later, Scope::Item, false, true), unknown("p"), vec![]),
        (sending(), faulted(Retry::Never, Scope::Site, false, true), unknown("p"), vec![]),
        (sending(), faulted(Retry::Unknown, Scope::Item, true, false), unknown("p"), vec![]),
        (sending(), faulted(Retry::Duplicate, Scope::Item, true, true), failed("p"), vec![SiteAnswered]),
        (sending(), known, Phase::Duplicate { receipt: R }, vec![SiteAnswered]),
        (
            sending(),
            faulted(Retry::NotBefore(until), Scope::Item, true, true),
            waiting_with(3, 1, "p"),
            hold(Hold::Until(until)),
        ),
        (
            sending(),
            faulted(Retry::Later, Scope::Site, false, false),
            waiting_with(3, 1, "p"),
            hold(Hold::BackOff),
        ),
        (
            sending(),
            faulted(Retry::Never, Scope::Site, true, true),
            waiting_with(3, 1, "p"),
            hold(Hold::ForGood),
        ),
        (failed("p"), Input::Retry, waiting(3, 0), vec![]),
        (failed(FILE_CHANGED), Input::Retry, Phase::Preparing, vec![DropBody, Prepare]),
        (unknown("p"), Input::Retry, unknown("p"), vec![]),
        (unknown("p"), Input::SendAgain, waiting(3, 0), vec![]),
        (unknown("p"), Input::Found { receipt: R }, Phase::Done { receipt: R }, vec![DropBody]),
        (Phase::Done { receipt: R }, Input::Upload, Phase::Done { receipt: R }, vec![]),
    ];
    for (phase, input, then, effects) in table {
        let next = step(&phase, &input, &Policy::default(), NOW);
        assert_eq!((&next.phase, &next.effects), (&then, &effects), "{phase:?} + {input:?}");
    }
}

#[test]
fn the_last_attempt_fails() {
    let policy = Policy { max_attempts: 2, ..Policy::default() };
    let next = step(&sending(), &faulted(Retry::Later, Scope::Item, true, false), &policy, NOW);
    assert_eq!(next.phase, failed("p"));
}

fn any_twin() -> impl Strategy<Value = Twin> {
    prop_oneof![Just(Twin::None), Just(Twin::InQueue), Just(Twin::InHistory(R))]
}

fn any_fault() -> impl Strategy<Value = Fault> {
    let retry = prop_oneof![
        Just(Retry::Never),
        Just(Retry::Later),
        Just(Retry::NotBefore(Timestamp(NOW.0 + 5))),
        Just(Retry::Limit(RateLimit { uploads: Some(50), period: Period::Minute })),
        Just(Retry::Unknown),
        Just(Retry::Duplicate)
    ];
    let scope = prop_oneof![Just(Scope::Item), Just(Scope::Site)];
    (retry, scope, any::<bool>()).prop_map(|(retry, scope, answered)| fault(retry, scope, answered))
}

fn any_input() -> impl Strategy<Value = Input> {
    let attempt = 0..6_u32;
    let known = prop_oneof![Just(None), Just(Some(R))];
    let back = prop_oneof![Just(Back::Ready), Just(Back::Waiting)];
    prop_oneof![
        Just(Input::Restarted),
        any_twin().prop_map(|twin| Input::Prepared { twin }),
        prop_oneof![Just("x"), Just(DUPLICATE_IN_QUEUE)]
            .prop_map(|code| Input::Unpreparable { problem: Problem::new(code) }),
        any_twin().prop_map(|twin| Input::Rerouted { twin }),
        Just(Input::Reshaped),
        Just(Input::Upload),
        Just(Input::UploadAnyway),
        Just(Input::Begin),
        Just(Input::Begin),
        any_twin().prop_map(|twin| Input::Met { twin }),
        attempt.clone().prop_map(|attempt| Input::Arrived { attempt, receipt: R }),
        (attempt.clone(), any_fault(), any::<bool>(), known, 0.0..1.0).prop_map(
            |(attempt, fault, body_left, known, roll)| Input::Faulted {
                attempt,
                fault,
                body_left,
                known,
                roll
            }
        ),
        (attempt, any::<bool>(), back).prop_map(|(attempt, body_left, back)| Input::Halted {
            attempt,
            body_left,
            back
        }),
        Just(Input::Cancel),
        Just(Input::Retry),
        Just(Input::SendAgain),
        Just(Input::Found { receipt: R }),
        Just(Input::Forgotten { receipt: R }),
        (0..100_u64).prop_map(|seconds| Input::ClockSetBack { by: std::time::Duration::from_secs(seconds) }),
    ]
}

/// Whether an input means something to an item that stands there: all pairs there are, and no others.
fn is_a_pair(phase: &Phase, input: &Input) -> bool {
    let shown_twice = |problem: &Problem| problem.code == DUPLICATE_IN_QUEUE;
    match phase {
        Phase::Preparing => {
            matches!(input, Input::Restarted | Input::Prepared { .. } | Input::Unpreparable { .. })
        }
        Phase::Ready => matches!(input, Input::Upload | Input::Rerouted { .. } | Input::Reshaped),
        Phase::Refused { problem } => {
            let again = matches!(input, Input::UploadAnyway | Input::Rerouted { .. });
            shown_twice(problem) && again || matches!(input, Input::Reshaped)
        }
        Phase::Duplicate { .. } => {
            let gone = matches!(input, Input::Forgotten { .. });
            gone || matches!(input, Input::UploadAnyway | Input::Rerouted { .. } | Input::Reshaped)
        }
        Phase::Waiting { .. } => {
            matches!(input, Input::Begin | Input::Met { .. } | Input::Cancel | Input::ClockSetBack { .. })
        }
        Phase::Sending { .. } => matches!(
            input,
            Input::Restarted | Input::Arrived { .. } | Input::Faulted { .. } | Input::Halted { .. }
        ),
        Phase::Failed { .. } => matches!(input, Input::Retry | Input::Reshaped),
        Phase::Unknown { .. } => matches!(input, Input::SendAgain | Input::Found { .. }),
        Phase::Done { .. } => false,
    }
}

/// The attempt that a message speaks of.
fn speaks_of(input: &Input) -> Option<u32> {
    match input {
        Input::Arrived { attempt, .. } | Input::Faulted { attempt, .. } | Input::Halted { attempt, .. } => {
            Some(*attempt)
        }
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_life_keeps_the_promises(inputs in prop::collection::vec((any_input(), 0..20_000_i64), 1..80)) {
        let policy = Policy::default();
        let (mut phase, mut now, mut last_attempt) = (Phase::Preparing, NOW, 0);
        for (input, passed) in inputs {
            now = Timestamp(now.0 + passed);
            let next = step(&phase, &input, &policy, now);
            prop_assert_eq!(&next, &step(&phase, &input, &policy, now), "the same twice");
            if !is_a_pair(&phase, &input) {
                prop_assert_eq!(&next, &Step { phase: phase.clone(), effects: Vec::new() }, "what does not fit changes nothing");
            }

            let running = match phase { Phase::Sending { attempt, .. } => Some(attempt), _ => None };
            if let Some(of) = speaks_of(&input) && running != Some(of) {
                prop_assert_eq!(&next.phase, &phase, "a late message changes nothing");
                prop_assert!(next.effects.is_empty(), "a late message does nothing");
            }
            for effect in &next.effects {
                if let Effect::Transfer { attempt } = effect {
                    prop_assert!(running.is_none(), "never two transfers");
                    prop_assert!(*attempt > last_attempt, "no attempt has the number of another");
                    let begun = matches!(next.phase, Phase::Sending { attempt: of, .. } if of == *attempt);
                    prop_assert!(begun, "no transfer without the phase to show it");
                    last_attempt = *attempt;
                }
            }
            if let Phase::Sending { .. } = next.phase && running.is_none() {
                prop_assert!(!next.effects.is_empty(), "no phase without its transfer");
            }
            if let (Phase::Unknown { .. }, false) = (&phase, next.phase == phase) {
                prop_assert!(matches!(input, Input::SendAgain | Input::Found { .. }), "only the user resolves it");
            }
            if let Phase::Done { .. } = phase {
                prop_assert_eq!(&next.phase, &phase, "what is done is done");
            }
            let unanswered = match &input {
                Input::Restarted => true,
                Input::Faulted { fault, body_left, .. } => *body_left && !fault.answered,
                Input::Halted { body_left, .. } => *body_left,
                _ => false,
            };
            if running.is_some() && unanswered && next.phase != phase {
                let unknown = matches!(next.phase, Phase::Unknown { .. });
                prop_assert!(unknown, "a body that may have left without an answer is unknown");
            }
            let saved = serde_json::to_string(&next.phase).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Phase>(&saved).unwrap(), &next.phase, "saved and read");
            if !matches!(next.phase, Phase::Waiting { .. } | Phase::Sending { .. } | Phase::Failed { .. } | Phase::Unknown { .. }) {
                // Nothing of it runs any more: it begins anew.
                last_attempt = 0;
            }
            phase = next.phase;
        }
    }

    #[test]
    fn back_off_grows_and_ends(failures in 1..60_u32, roll in 0.0..1.0_f64) {
        let policy = Policy::default();
        let wait = policy.backoff(failures, roll);
        prop_assert!(wait <= policy.backoff(failures, 1.0));
        prop_assert!(policy.backoff(failures, 1.0) <= policy.backoff(failures + 1, 1.0));
        prop_assert!(wait <= policy.backoff_most);
    }
}
