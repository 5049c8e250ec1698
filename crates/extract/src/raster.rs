//! The pages of a paper as pictures (PNG): the very pages of which the file is made.

use typst::utils::Scalar;
use typst_render::RenderOptions;

use crate::{Sheet, TypesetError, Typesetter};

const POINTS_PER_INCH: u32 = 72;
/// A picture for a screen is drawn so fine at least, in whole multiples of what is asked for, and then made smaller: a module of a code is not two pixels wide at 100, and would
/// be drawn one or two.
const DRAWN_DPI: u16 = 400;
const INCHES_PER_1_000_M: u32 = 39_370;

/// A page as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// The picture, PNG: grey, 8 bits a pixel, with its resolution.
    pub png: Vec<u8>,
    /// How many pages the paper has.
    pub pages: usize,
}

impl Typesetter {
    /// A page of a paper as a picture, at so many pixels an inch; the first page is 1. None when the paper has no such page.
    ///
    /// # Errors
    /// As [`Typesetter::typeset`].
    pub fn raster(&self, sheet: &Sheet<'_>, page: usize, dpi: u16) -> Result<Option<Raster>, TypesetError> {
        let document = self.document(sheet)?;
        let pages = document.pages();
        let found = page.checked_sub(1).and_then(|index| pages.get(index));
        let raster = found.map(|found| {
            let times = (DRAWN_DPI / dpi.max(1)).max(1);
            let drawn_dpi = f64::from(dpi) * f64::from(times);
            let options = RenderOptions {
                pixel_per_pt: Scalar::new(drawn_dpi / f64::from(POINTS_PER_INCH)),
                render_bleed: false,
            };
            let drawn = typst_render::render(found, &options);
            // Papers are black on white, so one channel says it all.
            let grey = drawn.pixels().iter().map(|pixel| pixel.green()).collect();
            let drawn = Grey::new(drawn.width(), grey).smaller(times.into());
            png(&drawn, dpi).map(|png| Raster {
                png,
                pages: pages.len(),
            })
        });
        let raster = raster.transpose();
        self.forget();
        raster.map_err(|_| TypesetError::Broken("a picture could not be written"))
    }
}

/// A picture in grey, a byte a pixel, row after row.
struct Grey {
    width: usize,
    pixels: Vec<u8>,
}

impl Grey {
    fn new(width: u32, pixels: Vec<u8>) -> Self {
        let width = usize::try_from(width).unwrap_or_default().max(1);
        Self { width, pixels }
    }

    /// So many times smaller: a pixel is the mean of a square. What is left over at the right and below is white margin.
    fn smaller(self, times: usize) -> Self {
        if times <= 1 {
            return self;
        }
        let width = self.width / times;
        let mut pixels = Vec::with_capacity(self.pixels.len() / (times * times));
        let mut sums = vec![0_usize; width];
        for band in self.pixels.chunks_exact(self.width * times) {
            sums.fill(0);
            for row in band.chunks_exact(self.width) {
                for (sum, square) in sums.iter_mut().zip(row.chunks_exact(times)) {
                    *sum += square.iter().copied().map(usize::from).sum::<usize>();
                }
            }
            let mean = |sum: &usize| u8::try_from(sum / (times * times)).unwrap_or(u8::MAX);
            pixels.extend(sums.iter().map(mean));
        }
        Self { width, pixels }
    }
}

fn png(drawn: &Grey, dpi: u16) -> Result<Vec<u8>, png::EncodingError> {
    let side = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX);
    let (width, height) = (side(drawn.width), side(drawn.pixels.len() / drawn.width));
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let per_metre = u32::from(dpi) * INCHES_PER_1_000_M / 1_000;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&drawn.pixels)?;
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smaller_picture_is_the_mean_of_the_larger() {
        let drawn = Grey::new(5, vec![0, 2, 10, 10, 7, 2, 4, 10, 30, 7, 9, 9, 9, 9, 9]);
        let small = drawn.smaller(2);
        assert_eq!((small.width, small.pixels), (2, vec![2, 15]));
        let same = Grey::new(2, vec![1, 2, 3, 4]).smaller(1);
        assert_eq!((same.width, same.pixels), (2, vec![1, 2, 3, 4]));
    }
}
