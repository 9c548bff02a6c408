//! What is uploaded, and how well we want to do it.

use super::contender::{APP, CLIENT};
use super::ruler::Measured;

/// Files of one size, sent in one way.
pub(crate) struct Race {
    pub(crate) name: &'static str,
    pub(crate) files: Files,
    pub(crate) at_once: u32,
    pub(crate) tls: bool,
    /// Whether the report tells what saving and hashing cost in it.
    pub(crate) tells_cost: bool,
    /// What each of ours is to reach.
    pub(crate) bars: &'static [(&'static str, Bar)],
}

/// Files to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Files {
    pub(crate) count: u32,
    pub(crate) size: u64,
    /// Nothing but a length: read like others, without filling the disk.
    pub(crate) sparse: bool,
}

/// A figure and the most that it may be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bar {
    /// CPU time, to that of the first.
    Cpu(f64),
    /// Time on the clock, to that of the first.
    Wall(f64),
    /// The most memory that was held, to that of the first.
    Memory(f64),
    /// Connections to the site, to the uploads at once.
    Connections(f64),
}

/// A race that was run.
pub(crate) struct Outcome {
    pub(crate) race: Race,
    /// In the order of the contenders.
    pub(crate) medians: Vec<(&'static str, Measured)>,
}

pub(crate) const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const GIB: u64 = 1024 * MIB;

/// The two whose memory is compared: with what is sent, nothing may grow.
pub(crate) const SHORT: Files = sparse(64 * MIB);
pub(crate) const LONG: Files = sparse(4 * GIB);
/// The most that a program may grow from one to the other, in bytes.
pub(crate) const GROWTH: u64 = 2 * MIB;

pub(crate) const fn files(count: u32, size: u64) -> Files {
    Files { count, size, sparse: false }
}

const fn sparse(size: u64) -> Files {
    Files { count: 1, size, sparse: true }
}

/// All races on this machine, in the order of the report.
pub(crate) fn all() -> Vec<Race> {
    let race = Race::new;
    let large = files(1, GIB);
    vec![
        Race {
            tells_cost: true,
            ..race(
                "one file of 1 GiB",
                large,
                1,
                &[
                    (CLIENT, Bar::Cpu(1.0)),
                    (CLIENT, Bar::Wall(1.0)),
                    (APP, Bar::Cpu(2.0)),
                    (APP, Bar::Wall(2.0)),
                    (APP, Bar::Memory(0.75)),
                ],
            )
        },
        Race { tls: true, ..race("one file of 1 GiB over TLS", large, 1, &[(CLIENT, Bar::Cpu(0.75))]) },
        race("200 files of 2 MiB, 4 at once", files(200, 2 * MIB), 4, &[(CLIENT, Bar::Cpu(0.85))]),
        Race {
            tells_cost: true,
            ..race(
                "10,000 files of 8 KiB, 4 at once",
                files(10_000, 8 * KIB),
                4,
                &[
                    (CLIENT, Bar::Wall(0.75)),
                    (CLIENT, Bar::Connections(1.0)),
                    (APP, Bar::Wall(0.75)),
                    (APP, Bar::Connections(1.0)),
                ],
            )
        },
        race("one file of 64 MiB", SHORT, 1, &[]),
        race("one file of 4 GiB", LONG, 1, &[]),
    ]
}

impl Race {
    pub(crate) fn new(
        name: &'static str,
        files: Files,
        at_once: u32,
        bars: &'static [(&'static str, Bar)],
    ) -> Race {
        Race { name, files, at_once, tls: false, tells_cost: false, bars }
    }

    /// The bars of one of ours.
    pub(crate) fn bars_of(&self, who: &str) -> impl Iterator<Item = Bar> {
        self.bars.iter().filter(move |(whose, _)| *whose == who).map(|(_, bar)| *bar)
    }
}

impl Outcome {
    /// The figures of one who took part.
    pub(crate) fn median(&self, who: &str) -> Option<&Measured> {
        self.medians.iter().find(|(name, _)| *name == who).map(|(_, median)| median)
    }
}

impl Bar {
    /// What was reached.
    pub(crate) fn reached(self, race: &Race, ours: &Measured, first: &Measured) -> f64 {
        match self {
            Bar::Cpu(_) => ours.cpu.as_secs_f64() / first.cpu.as_secs_f64(),
            Bar::Wall(_) => ours.wall.as_secs_f64() / first.wall.as_secs_f64(),
            Bar::Memory(_) => ours.memory as f64 / first.memory as f64,
            Bar::Connections(_) => ours.connections as f64 / f64::from(race.at_once),
        }
    }

    pub(crate) fn most(self) -> f64 {
        match self {
            Bar::Cpu(most) | Bar::Wall(most) | Bar::Memory(most) | Bar::Connections(most) => most,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Bar::Cpu(_) => "CPU",
            Bar::Wall(_) => "time",
            Bar::Memory(_) => "memory",
            Bar::Connections(_) => "connections",
        }
    }
}
