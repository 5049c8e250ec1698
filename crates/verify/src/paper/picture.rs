//! The codes on a picture of a paper: a scan, a photograph, a page made grey.

use std::panic::{AssertUnwindSafe, catch_unwind};

use png::{Decoder, Limits, Transformations};

/// How many bytes a picture may take.
const PICTURE_SIZE_MAX: usize = 128 << 20;
/// How many dots.
const DOTS_MAX: u64 = 40_000_000;
/// Paper.
const WHITE: u8 = 255;

/// A picture in grey.
pub(super) struct Grey {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) dots: Vec<u8>,
}

/// The texts of the QR codes on a PNG; none for what is no PNG or too large. Small modules are looked at closely where no code of a
/// paper is found at first sight.
pub(super) fn codes(png: &[u8]) -> Option<Vec<String>> {
    let grey = Grey::read(png)?;
    let is_ours = |text: &String| super::claim::Code::read(text).is_some();
    let found = grey.codes();
    if found.iter().any(is_ours) {
        return Some(found);
    }
    Some(super::fine::codes(&grey).find(is_ours).into_iter().collect())
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
            let dot = |x: usize, y: usize| self.dot(x, y);
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.width, self.height, dot);
            let grids = image.detect_grids();
            grids
                .iter()
                .filter_map(|grid| Some(grid.decode().ok()?.1))
                .collect()
        }));
        found.unwrap_or_default()
    }

    /// A dot; paper where there is none.
    pub(super) fn dot(&self, x: usize, y: usize) -> u8 {
        let inside = x < self.width && y < self.height;
        let dot = inside.then(|| self.dots.get(y * self.width + x).copied());
        dot.flatten().unwrap_or(WHITE)
    }

    /// The grey between dots: a curve through the four nearest each way (Catmull-Rom), which keeps edges steep.
    pub(super) fn between(&self, [x, y]: [f64; 2]) -> f64 {
        let [left, top] = [x.floor(), y.floor()];
        let [across, down] = [curve(x - left), curve(y - top)];
        let mut sum = 0.0;
        for (row, weight) in (0_u8..).zip(down) {
            let line = self.four(left - 1.0, top - 1.0 + f64::from(row));
            let Some([a, b, c, d]) = line else {
                return f64::from(WHITE);
            };
            let [a, b, c, d] = [a, b, c, d].map(f64::from);
            sum += weight * (across[0] * a + across[1] * b + across[2] * c + across[3] * d);
        }
        sum
    }

    /// Four dots of a row, where all of them are in the picture.
    fn four(&self, x: f64, y: f64) -> Option<[u8; 4]> {
        let inside = x >= 0.0 && y >= 0.0 && (x as usize) + 4 <= self.width;
        let at = inside.then(|| y as usize * self.width + x as usize)?;
        self.dots.get(at..)?.first_chunk().copied()
    }
}

/// The weights of the four nearest dots, so far behind the second of them.
fn curve(t: f64) -> [f64; 4] {
    [
        0.5 * t * ((2.0 - t) * t - 1.0),
        0.5 * ((3.0 * t - 5.0) * t * t + 2.0),
        0.5 * t * ((4.0 - 3.0 * t) * t + 1.0),
        0.5 * t * t * (t - 1.0),
    ]
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
