//! What is made small, and how well we want to do it.

use super::contender::{OURS, PILLOW, SHARP, VIPS};
use crate::bench::ruler::Measured;

/// Pictures that are made small in one run.
#[derive(Clone)]
pub(crate) struct Set {
    pub(crate) name: &'static str,
    /// Folders of the corpus.
    pub(crate) kinds: &'static [&'static str],
    /// The most files that are taken.
    pub(crate) most: usize,
    pub(crate) bars: &'static [Bar],
}

/// A figure that is to be at most this part of the best of these.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bar {
    pub(crate) figure: Figure,
    pub(crate) of: &'static [&'static str],
    pub(crate) most: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figure {
    Cpu,
    Time,
    Memory,
}

/// A set that was run.
pub(crate) struct Outcome {
    pub(crate) set: Set,
    pub(crate) workers: usize,
    /// Who, how many files, and what they took.
    pub(crate) medians: Vec<(&'static str, usize, Measured)>,
}

const ALL: &[&str] = &["baseline", "progressive", "png", "webp", "avif", "gif", "tiff", "bmp"];

const fn bar(figure: Figure, of: &'static [&'static str], most: f64) -> Bar {
    Bar { figure, of, most }
}

/// All sets, in the order of the report.
pub(crate) fn all() -> Vec<Set> {
    let set = |name, kinds, bars| Set { name, kinds, most: usize::MAX, bars };
    vec![
        set(
            "170 of all kinds",
            ALL,
            const {
                &[
                    bar(Figure::Time, &[SHARP], 0.40),
                    bar(Figure::Time, &[VIPS], 0.35),
                    bar(Figure::Memory, &[SHARP], 0.35),
                ]
            },
        ),
        set(
            "42 JPEG, baseline",
            &["baseline"],
            const {
                &[
                    bar(Figure::Cpu, &[SHARP, VIPS, PILLOW], 0.60),
                    bar(Figure::Time, &[SHARP, VIPS, PILLOW], 0.70),
                ]
            },
        ),
        set(
            "18 JPEG, progressive",
            &["progressive"],
            const { &[bar(Figure::Cpu, &[SHARP, VIPS, PILLOW], 0.12)] },
        ),
        set(
            "2 JPEG of 108 MP",
            &["large"],
            const { &[bar(Figure::Cpu, &[PILLOW], 0.20), bar(Figure::Memory, &[PILLOW], 0.25)] },
        ),
        set("60 PNG", &["png"], const { &[bar(Figure::Time, &[SHARP], 0.45)] }),
        set("20 WebP", &["webp"], const { &[bar(Figure::Cpu, &[VIPS], 0.90)] }),
        set("10 AVIF", &["avif"], const { &[bar(Figure::Cpu, &[PILLOW], 0.70)] }),
        set("10 GIF", &["gif"], const { &[bar(Figure::Cpu, &[PILLOW], 0.50)] }),
        set("5 TIFF", &["tiff"], const { &[bar(Figure::Cpu, &[SHARP], 1.0)] }),
        set("5 BMP", &["bmp"], const { &[bar(Figure::Cpu, &[PILLOW], 0.35)] }),
        Set {
            name: "the first 24 JPEG",
            kinds: &["baseline", "progressive"],
            most: 24,
            bars: const { &[bar(Figure::Time, &[SHARP], 0.30)] },
        },
    ]
}

/// The most that a program of ours may grow while it makes previews of JPEG and PNG, in bytes.
pub(crate) const GROWTH: u64 = 40_000_000;
pub(crate) const STEADY: [&str; 3] = ["42 JPEG, baseline", "18 JPEG, progressive", "60 PNG"];

impl Figure {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Figure::Cpu => "CPU",
            Figure::Time => "time",
            Figure::Memory => "memory",
        }
    }

    fn of(self, measured: &Measured) -> f64 {
        match self {
            Figure::Cpu => measured.cpu.as_secs_f64(),
            Figure::Time => measured.wall.as_secs_f64(),
            Figure::Memory => measured.memory as f64,
        }
    }
}

impl Outcome {
    pub(crate) fn median(&self, name: &str) -> Option<&Measured> {
        self.medians.iter().find(|(who, ..)| *who == name).map(|(.., median)| median)
    }

    /// What was reached, as a part of the best of those that the bar names.
    pub(crate) fn reached(&self, bar: &Bar) -> Option<f64> {
        let best = bar.of.iter().filter_map(|who| self.median(who)).map(|other| bar.figure.of(other));
        Some(bar.figure.of(self.median(OURS)?) / best.reduce(f64::min)?)
    }
}
