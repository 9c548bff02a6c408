//! A picture made smaller by a whole number, row by row as it is decoded: each pixel the mean of a square.

use super::picture::Raster;

/// Sums of more samples than this would not fit into 16 bits.
const MOST: usize = 256;

/// A box filter that rows are poured into.
pub(super) struct Shrink {
    width: usize,
    channels: usize,
    factor: usize,
    /// Sums of the columns since the last row that was finished.
    sums: Vec<u16>,
    rows: usize,
    /// Rows that are still to come.
    left: usize,
    out: Raster,
}

impl Shrink {
    /// For a picture of this width and height.
    pub(super) fn new((width, height): (usize, usize), channels: usize, factor: usize) -> Self {
        let factor = factor.clamp(1, MOST);
        let out = Raster {
            width: width.div_ceil(factor),
            height: height.div_ceil(factor),
            channels,
            extent: (width as f64 / factor as f64, height as f64 / factor as f64),
            data: Vec::new(),
        };
        let mut shrink = Self { width, channels, factor, sums: Vec::new(), rows: 0, left: height, out };
        shrink.out.data.reserve_exact(shrink.out.width * shrink.out.height * channels);
        if factor > 1 {
            shrink.sums = vec![0; width * channels];
        }
        shrink
    }

    /// Takes the next row; rows that are too many are dropped.
    pub(super) fn row(&mut self, row: &[u8]) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        if self.factor == 1 {
            let length = self.width * self.channels;
            self.out.data.extend_from_slice(&row[..length.min(row.len())]);
            self.out.data.resize((self.out.height - self.left) * length, 0);
            return;
        }
        for (sum, sample) in self.sums.iter_mut().zip(row) {
            *sum += u16::from(*sample);
        }
        self.rows += 1;
        if self.rows == self.factor || self.left == 0 {
            self.close();
        }
    }

    /// A row of pixels. With opacity in the last channel the colours are multiplied by it first, so that what cannot be
    /// seen has no weight.
    pub(super) fn pixels(&mut self, row: &mut [u8], alpha: bool) {
        if alpha {
            premultiply(row, self.channels);
        }
        self.row(row);
    }

    fn close(&mut self) {
        match self.channels {
            1 => self.close_of::<1>(),
            2 => self.close_of::<2>(),
            3 => self.close_of::<3>(),
            _ => self.close_of::<4>(),
        }
        self.sums.fill(0);
        self.rows = 0;
    }

    fn close_of<const CHANNELS: usize>(&mut self) {
        let rows = self.rows as u32;
        for group in self.sums.chunks(self.factor * CHANNELS) {
            let mut totals = [0_u32; CHANNELS];
            for pixel in group.chunks_exact(CHANNELS) {
                for (total, sum) in totals.iter_mut().zip(pixel) {
                    *total += u32::from(*sum);
                }
            }
            let count = rows * (group.len() / CHANNELS) as u32;
            self.out.data.extend(totals.map(|total| ((total + count / 2) / count) as u8));
        }
    }

    /// The small picture. What never came is black.
    pub(super) fn finish(mut self) -> Raster {
        if self.rows > 0 {
            self.close();
        }
        self.out.data.resize(self.out.width * self.out.height * self.channels, 0);
        self.out
    }
}

/// Multiplies colours by the opacity in the last channel.
pub(super) fn premultiply(row: &mut [u8], channels: usize) {
    if row.chunks_exact(channels).all(|pixel| pixel[channels - 1] == 255) {
        return;
    }
    for pixel in row.chunks_exact_mut(channels) {
        let (alpha, colours) = pixel.split_last_mut().expect("a pixel has channels");
        for colour in colours {
            *colour = ((u32::from(*colour) * u32::from(*alpha) + 127) / 255) as u8;
        }
    }
}

/// A raster that was decoded as a whole, made smaller.
pub(super) fn smaller(raster: Raster, factor: usize) -> Raster {
    if factor < 2 {
        return raster;
    }
    let mut shrink = Shrink::new((raster.width, raster.height), raster.channels, factor);
    for row in raster.data.chunks_exact(raster.width * raster.channels) {
        shrink.row(row);
    }
    let factor = factor as f64;
    Raster { extent: (raster.extent.0 / factor, raster.extent.1 / factor), ..shrink.finish() }
}

/// Samples of video range made full: brightness spans 219 levels from 16 on, a colour difference 224 around 128.
pub(super) fn full_range(samples: &mut [u8], span: i32) {
    let middle = if span == 224 { 128 } else { 0 };
    let from = if span == 224 { 128 } else { 16 };
    let table: [u8; 256] = std::array::from_fn(|sample| {
        let away = (sample as i32 - from) * 255;
        let rounded = (away + away.signum() * span / 2) / span;
        (rounded + middle).clamp(0, 255) as u8
    });
    for sample in samples {
        *sample = table[usize::from(*sample)];
    }
}
