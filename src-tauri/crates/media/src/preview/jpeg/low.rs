//! A JPEG at an eighth or a quarter of its size, from its lowest frequencies.
//!
//! A block of 8 x 8 pixels is stored as 64 coefficients, of which the first is its mean. The means alone are the
//! picture at an eighth of its size, each pixel the true average of 64; with the three lowest of the others they
//! give a quarter. Nothing else has to be transformed. In a progressive picture the means have scans of their own,
//! and all that follows is left unread; in a sequential one the other coefficients have to be passed over.

use std::io::BufRead;

use super::bits::Bits;
use super::damaged;
use super::frame::{Frame, Headers, Process, Scan};
use crate::Error;
use crate::preview::Task;
use crate::preview::picture::Raster;

/// What is kept of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// The mean: one pixel.
    Eighth,
    /// The mean and three more: four pixels.
    Quarter,
}

impl Scale {
    /// Coefficients that are kept of a block.
    fn kept(self) -> usize {
        match self {
            Self::Eighth => 1,
            Self::Quarter => 4,
        }
    }

    /// Pixels across and down for a block.
    fn pixels(self) -> usize {
        match self {
            Self::Eighth => 1,
            Self::Quarter => 2,
        }
    }

    pub(super) fn divisor(self) -> usize {
        8 / self.pixels()
    }
}

/// Where the three lowest coefficients stand in the order of a block: across, down, both.
const LOWEST: [usize; 3] = [1, 2, 4];

/// A mean whose lowest bits are unknown is good enough when they make less than this, in eighths of a brightness
/// level.
const UNSEEN: u32 = 16;

/// One component's coefficients.
struct Plane {
    /// Blocks in a row, filled up to whole units.
    stride: usize,
    rows: usize,
    /// Blocks that the component has when it is alone in a scan.
    own: (usize, usize),
    kept: Vec<i16>,
    /// Lowest bit of the means that is known. `None`: nothing is.
    known: Option<u8>,
}

/// Decodes from the first scan on.
pub(super) fn decode(
    source: &mut impl BufRead,
    headers: &mut Headers,
    scan: Scan,
    scale: Scale,
    task: &Task<'_>,
) -> Result<Vec<Raster>, Error> {
    let frame = headers.frame.clone().ok_or_else(|| damaged("no frame"))?;
    let mut planes = planes(&frame, scale);
    let mut next = Some(scan);
    while let Some(scan) = next {
        task.check()?;
        if frame.process == Process::Sequential || scan.first == 0 {
            let ended_with = {
                let mut reader =
                    Reader { source, headers, frame: &frame, scale, task, bits: Bits::new(), scan: &scan };
                reader.scan(&mut planes)?;
                reader.bits.marker(reader.source)?
            };
            if complete(&planes, &frame, headers) {
                break;
            }
            next = headers.behind(ended_with, source)?;
        } else {
            next = headers.next_scan(source)?;
        }
    }
    if planes.iter().any(|plane| plane.known.is_none()) {
        return Err(damaged("a component without data"));
    }
    let planes = planes.iter().zip(&frame.components);
    planes
        .map(|(plane, component)| {
            let steps = headers.steps[component.steps].ok_or_else(|| damaged("a table is missing"))?;
            let extent = |length: usize, own: usize, most: usize| {
                length as f64 * own as f64 / most as f64 / scale.divisor() as f64
            };
            Ok(Raster {
                width: plane.stride * scale.pixels(),
                height: plane.rows * scale.pixels(),
                channels: 1,
                extent: (
                    extent(frame.width, component.across, frame.most_across()),
                    extent(frame.height, component.down, frame.most_down()),
                ),
                data: pixels(plane, &steps, scale),
            })
        })
        .collect()
}

fn planes(frame: &Frame, scale: Scale) -> Vec<Plane> {
    let (units_across, units_down) = frame.units();
    let blocks = |length: usize, own: usize, most: usize| (length * own).div_ceil(most).div_ceil(8);
    let plane = |component: &super::frame::Component| {
        let (stride, rows) = (units_across * component.across, units_down * component.down);
        let own = (
            blocks(frame.width, component.across, frame.most_across()),
            blocks(frame.height, component.down, frame.most_down()),
        );
        Plane { stride, rows, own, kept: vec![0; stride * rows * scale.kept()], known: None }
    };
    frame.components.iter().map(plane).collect()
}

/// Whether nothing that can be seen is missing.
fn complete(planes: &[Plane], frame: &Frame, headers: &Headers) -> bool {
    planes.iter().zip(&frame.components).all(|(plane, component)| {
        let step = headers.steps[component.steps].map_or(0, |steps| u32::from(steps[0]));
        plane.known.is_some_and(|bit| bit == 0 || step << bit <= UNSEEN)
    })
}

struct Reader<'a, S> {
    source: &'a mut S,
    headers: &'a Headers,
    frame: &'a Frame,
    scan: &'a Scan,
    scale: Scale,
    task: &'a Task<'a>,
    bits: Bits,
}

impl<S: BufRead> Reader<'_, S> {
    fn scan(&mut self, planes: &mut [Plane]) -> Result<(), Error> {
        let alone = self.scan.parts.len() == 1;
        let (across, down) = match &self.scan.parts[..] {
            [(place, ..)] => planes[*place].own,
            _ => self.frame.units(),
        };
        let mut means = [0; 4];
        let mut until_restart = self.headers.restart;
        for y in 0..down {
            self.task.check()?;
            for x in 0..across {
                if self.headers.restart > 0 {
                    if until_restart == 0 {
                        self.restart()?;
                        (means, until_restart) = ([0; 4], self.headers.restart);
                    }
                    until_restart -= 1;
                }
                self.bits.supply(self.source)?;
                for (part, mean) in self.scan.parts.iter().zip(&mut means) {
                    let component = &self.frame.components[part.0];
                    let plane = &mut planes[part.0];
                    let (h, v) = if alone { (1, 1) } else { (component.across, component.down) };
                    for row in y * v..(y + 1) * v {
                        for column in x * h..(x + 1) * h {
                            let at = (row * plane.stride + column) * self.scale.kept();
                            let kept = &mut plane.kept[at..at + self.scale.kept()];
                            block(&mut self.bits, self.headers, self.frame, self.scan, part, mean, kept)?;
                        }
                    }
                }
                if self.bits.overrun() {
                    return Err(damaged("it ends too early"));
                }
            }
        }
        for (place, ..) in &self.scan.parts {
            planes[*place].known = Some(self.scan.low);
        }
        Ok(())
    }

    fn restart(&mut self) -> Result<(), Error> {
        match self.bits.marker(self.source)? {
            0xD0..=0xD7 => {
                self.bits.restart();
                Ok(())
            }
            _ => Err(damaged("a restart is missing")),
        }
    }
}

/// Reads one block.
#[inline]
fn block(
    bits: &mut Bits,
    headers: &Headers,
    frame: &Frame,
    scan: &Scan,
    part: &(usize, usize, usize),
    mean: &mut i32,
    kept: &mut [i16],
) -> Result<(), Error> {
    if scan.high > 0 {
        kept[0] |= (bits.bit() << scan.low) as i16;
        return Ok(());
    }
    let means = headers.means[part.1].as_ref().ok_or_else(|| damaged("a table is missing"))?;
    *mean = mean.wrapping_add(means.difference(bits)?);
    kept[0] = (*mean << scan.low) as i16;
    if frame.process == Process::Progressive {
        return Ok(());
    }
    let others = headers.others[part.2].as_ref().ok_or_else(|| damaged("a table is missing"))?;
    match kept {
        [_, lowest @ ..] if !lowest.is_empty() => others.read(bits, LOWEST[2], |at, value| {
            if let Some(place) = LOWEST.iter().position(|lowest| *lowest == at) {
                lowest[place] = value as i16;
            }
        }),
        _ => others.pass(bits, 1),
    }
}

fn pixels(plane: &Plane, steps: &[u16; 64], scale: Scale) -> Vec<u8> {
    // In the middle of what is not known.
    let half = plane.known.map_or(0, |bit| (1_i64 << bit) >> 1);
    let level = |eighths: i64| (((eighths + 4) >> 3) + 128).clamp(0, 255) as u8;
    let mean = |kept: i16| (i64::from(kept) + half) * i64::from(steps[0]);
    match scale {
        Scale::Eighth => plane.kept.iter().map(|kept| level(mean(*kept))).collect(),
        Scale::Quarter => {
            let width = plane.stride * 2;
            let mut pixels = vec![0; width * plane.rows * 2];
            let rows = pixels.chunks_exact_mut(width * 2).zip(plane.kept.chunks_exact(plane.stride * 4));
            for (out, row) in rows {
                let (upper, lower) = out.split_at_mut(width);
                let out = upper.chunks_exact_mut(2).zip(lower.chunks_exact_mut(2));
                for ((upper, lower), block) in out.zip(row.chunks_exact(4)) {
                    let [across, down, both] =
                        [1, 2, 3].map(|at| i64::from(block[at]) * i64::from(steps[LOWEST[at - 1]]));
                    let mean = mean(block[0]);
                    upper[0] = level(mean + across + down + both);
                    upper[1] = level(mean - across + down - both);
                    lower[0] = level(mean + across - down - both);
                    lower[1] = level(mean - across - down + both);
                }
            }
            pixels
        }
    }
}
