//! Every recorded exchange, asked again: the host answers as the recorded site did.
//!
//! `scenes` says which settings and which past each recording needs, `stage` plays a scene, `asking` sends a
//! recorded request again, `comparing` holds the answer against the recorded one and names what it masks.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod asking;
mod comparing;
mod image;
mod recordings;
mod scenes;
mod stage;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;

use scenes::LEFT_OUT;
use stage::{Step, numbers};

/// Each recording has its place in exactly one scene, or among the few that are left out with a reason.
#[test]
fn no_recording_is_forgotten() {
    let mut places: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
    for (scene, steps) in scenes::ALL {
        for step in *steps {
            if let Step::Play(played) = step {
                for number in numbers(played) {
                    places.entry(number).or_default().push(scene);
                }
            }
        }
    }
    for (number, _) in LEFT_OUT {
        places.entry(*number).or_default().push("left out");
    }
    let twice: Vec<_> = places.iter().filter(|(_, scenes)| scenes.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    let recorded: Vec<u16> = recordings::ALL.keys().copied().collect();
    assert_eq!(places.into_keys().collect::<Vec<_>>(), recorded);
    assert_eq!(recorded.len(), 313);
}
