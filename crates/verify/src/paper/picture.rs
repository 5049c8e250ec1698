//! The codes on a picture of a paper: a scan, a photograph, a page made grey.

use std::panic::{AssertUnwindSafe, catch_unwind};

use png::{Decoder, Limits, Transformations};

/// How many bytes a picture may take.
const PICTURE_SIZE_MAX: usize = 128 << 20;
/// How many dots.
const DOTS_MAX: u64 = 40_000_000;
/// A code with modules of fewer than three dots is looked at again, larger.
const LARGER: [usize; 3] = [1, 2, 3];

/// Paper.
const WHITE: u8 = 255;

/// A picture in grey.
struct Grey {
    width: usize,
    height: usize,
    dots: Vec<u8>,
}

/// The texts of the QR codes on a PNG; none for what is no PNG or too large.
pub(super) fn codes(png: &[u8]) -> Option<Vec<String>> {
    let grey = Grey::read(png)?;
    let mut found = Vec::new();
    for times in LARGER {
        let Some(larger) = grey.larger(times) else { break };
        found = larger.codes();
        if found.iter().any(|text| super::claim::Code::read(text).is_some()) {
            break;
        }
    }
    Some(found)
}

impl Grey {
    fn read(png: &[u8]) -> Option<Self> {
        let limits = Limits {
            bytes: PICTURE_SIZE_MAX,
        };
        let mut decoder = Decoder::new_with_limits(std::io::Cursor::new(png), limits);
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().ok()?;
        let (width, height) = reader.info().size();
        if width == 0 || height == 0 || u64::from(width) * u64::from(height) > DOTS_MAX {
            return None;
        }
        let mut data = vec![
            0;
            reader
                .output_buffer_size()
                .filter(|size| *size <= PICTURE_SIZE_MAX)?
        ];
        let info = reader.next_frame(&mut data).ok()?;
        let samples = info.color_type.samples();
        let dots = data
            .get(..info.buffer_size())?
            .chunks_exact(samples)
            .map(luminance);
        Some(Self {
            width: width as usize,
            height: height as usize,
            dots: dots.collect(),
        })
    }

    /// Looks for codes in the picture.
    fn codes(&self) -> Vec<String> {
        // The reader of codes is not ours; a picture that makes it stumble shows no code.
        let found = catch_unwind(AssertUnwindSafe(|| {
            let dot = |x: usize, y: usize| self.dots.get(y * self.width + x).copied().unwrap_or(WHITE);
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, dot);
            let grids = image.detect_grids();
            grids
                .iter()
                .filter_map(|grid| Some(grid.decode().ok()?.1))
                .collect()
        }));
        found.unwrap_or_default()
    }

    /// The picture so many times as large; none when that is too large to look at.
    fn larger(&self, times: usize) -> Option<Self> {
        let dots = (self.dots.len() as u64).saturating_mul((times * times) as u64);
        (dots <= DOTS_MAX).then(|| self.wider(times).turned().wider(times).turned())
    }

    /// So many times as wide: between the dots runs a curve through them (Catmull-Rom), which keeps edges steep.
    fn wider(&self, times: usize) -> Self {
        let mut dots = Vec::with_capacity(self.dots.len() * times);
        for row in self.dots.chunks_exact(self.width) {
            for at in 0..row.len() {
                let near = |step: usize| f32::from(row[(at + step).saturating_sub(1).min(row.len() - 1)]);
                let [a, b, c, d] = [near(0), near(1), near(2), near(3)];
                for step in 0..times {
                    let t = step as f32 / times as f32;
                    let bend = t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a));
                    let dot = b + 0.5 * t * (c - a + bend);
                    dots.push(dot.round().clamp(0.0, 255.0) as u8);
                }
            }
        }
        Self {
            width: self.width * times,
            height: self.height,
            dots,
        }
    }

    /// Rows for columns.
    fn turned(&self) -> Self {
        let column = |x: usize| self.dots.iter().skip(x).step_by(self.width);
        Self {
            width: self.height,
            height: self.width,
            dots: (0..self.width).flat_map(column).copied().collect(),
        }
    }
}

/// How light a dot is; what is transparent is paper.
fn luminance(dot: &[u8]) -> u8 {
    let grey = |red: u8, green: u8, blue: u8| {
        let sum = u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114;
        (sum / 1_000) as u8
    };
    let on_paper = |grey: u8, alpha: u8| {
        let [grey, alpha] = [grey, alpha].map(u32::from);
        ((grey * alpha + 255 * (255 - alpha)) / 255) as u8
    };
    match dot {
        [one] => *one,
        [one, alpha] => on_paper(*one, *alpha),
        [red, green, blue] => grey(*red, *green, *blue),
        [red, green, blue, alpha] => on_paper(grey(*red, *green, *blue), *alpha),
        _ => WHITE,
    }
}
