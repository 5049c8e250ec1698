//! The codes on a picture of a paper: a scan, a photograph, a page made grey.

use std::panic::{AssertUnwindSafe, catch_unwind};

use png::{Decoder, Limits, Transformations};

/// How many bytes a picture may take.
const PICTURE_SIZE_MAX: usize = 128 << 20;
/// How many dots.
const DOTS_MAX: u64 = 40_000_000;
/// A code with modules of fewer than three dots is looked at again, larger.
const LARGER: [usize; 3] = [1, 2, 3];

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
        found = grey.codes(times);
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
        if u64::from(width) * u64::from(height) > DOTS_MAX {
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

    /// Looks for codes in the picture, so many times as large.
    fn codes(&self, times: usize) -> Vec<String> {
        let dots = self.dots.len().saturating_mul(times * times);
        if times > 1 && dots as u64 > DOTS_MAX {
            return Vec::new();
        }
        // The reader of codes is not ours; a picture that makes it stumble shows no code.
        let found = catch_unwind(AssertUnwindSafe(|| {
            let mut image = rqrr::PreparedImage::prepare_from_greyscale(
                self.width * times,
                self.height * times,
                |x, y| self.between(x, y, times),
            );
            let grids = image.detect_grids();
            let read = grids.iter().filter_map(|grid| Some(grid.decode().ok()?.1));
            read.collect()
        }));
        found.unwrap_or_default()
    }

    /// A dot of the larger picture, from the four around it.
    fn between(&self, x: usize, y: usize, times: usize) -> u8 {
        let (left, across) = (x / times, x % times);
        let (top, down) = (y / times, y % times);
        let at = |x: usize, y: usize| {
            let (x, y) = (x.min(self.width - 1), y.min(self.height - 1));
            usize::from(self.dots.get(y * self.width + x).copied().unwrap_or(255))
        };
        let row = |y| at(left, y) * (times - across) + at(left + 1, y) * across;
        let sum = row(top) * (times - down) + row(top + 1) * down;
        u8::try_from(sum / (times * times)).unwrap_or(255)
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
        _ => 255,
    }
}
