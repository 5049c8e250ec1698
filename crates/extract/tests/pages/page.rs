//! A page, as poppler sees it.

use std::io::Write;
use std::path::Path;
use std::process::Command;

/// A PDF file that poppler reads.
pub struct Page(tempfile::NamedTempFile);

/// A face as `pdffonts` tells it.
#[derive(Debug)]
pub struct Font {
    pub name: String,
    pub embedded: bool,
    pub subset: bool,
    pub to_unicode: bool,
}

/// Where the ink of a page is.
#[derive(Debug)]
pub struct Ink {
    pub left_mm: f64,
    pub right_mm: f64,
    pub top_mm: f64,
    pub bottom_mm: f64,
    /// How much of the page is dark.
    pub share: f64,
}

const DOTS_PER_INCH: u32 = 72;

impl Page {
    pub fn of(pdf: &[u8]) -> Self {
        let mut file = tempfile::Builder::new().suffix(".pdf").tempfile().unwrap();
        file.write_all(pdf).unwrap();
        Self(file)
    }

    /// The text in the order of the page's content, without any blank, and without the foot of a page.
    pub fn text(&self) -> String {
        let text = poppler("pdftotext", &["-raw", "-enc", "UTF-8"], self.0.path(), &["-"]);
        String::from_utf8(text).unwrap().split_whitespace().collect()
    }

    pub fn pages(&self) -> usize {
        let info = String::from_utf8(poppler("pdfinfo", &[], self.0.path(), &[])).unwrap();
        let line = info.lines().find_map(|line| line.strip_prefix("Pages:"));
        line.unwrap().trim().parse().unwrap()
    }

    pub fn fonts(&self) -> Vec<Font> {
        let table = String::from_utf8(poppler("pdffonts", &[], self.0.path(), &[])).unwrap();
        let font = |line: &str| {
            let columns: Vec<&str> = line.split_whitespace().collect();
            // name … emb sub uni object generation
            let [.., embedded, subset, to_unicode, _, _] = columns.as_slice() else {
                panic!("{line}");
            };
            Font {
                name: columns[0].to_owned(),
                embedded: *embedded == "yes",
                subset: *subset == "yes",
                to_unicode: *to_unicode == "yes",
            }
        };
        table.lines().skip(2).map(font).collect()
    }

    /// Of each page.
    pub fn ink(&self) -> Vec<Ink> {
        let dots = DOTS_PER_INCH.to_string();
        let grey = poppler("pdftoppm", &["-gray", "-r", &dots], self.0.path(), &[]);
        let mut rest = grey.as_slice();
        let mut pages = Vec::new();
        while !rest.is_empty() {
            let (width, height, from) = header(rest);
            let (dots, after) = rest[from..].split_at(width * height);
            pages.push(ink(dots, width, height));
            rest = after;
        }
        pages
    }
}

/// Width, height and where the dots begin: `P5 595 842 255`.
fn header(pgm: &[u8]) -> (usize, usize, usize) {
    let mut words = Vec::new();
    let mut at = 0;
    while words.len() < 4 {
        let end = at + pgm[at..].iter().position(u8::is_ascii_whitespace).unwrap();
        words.push(std::str::from_utf8(&pgm[at..end]).unwrap().to_owned());
        at = end + 1;
    }
    assert_eq!(words[0], "P5");
    (words[1].parse().unwrap(), words[2].parse().unwrap(), at)
}

fn ink(dots: &[u8], width: usize, height: usize) -> Ink {
    let dark = |x: usize, y: usize| dots[y * width + x] < 128;
    let column = |x: &usize| (0..height).any(|y| dark(*x, y));
    let row = |y: &usize| (0..width).any(|x| dark(x, *y));
    let millimetres = |dots: usize| dots as f64 * 25.4 / f64::from(DOTS_PER_INCH);
    let share = dots.iter().filter(|dot| **dot < 128).count() as f64 / dots.len() as f64;
    Ink {
        left_mm: millimetres((0..width).find(column).unwrap_or(0)),
        right_mm: millimetres((0..width).rev().find(column).map_or(0, |x| width - 1 - x)),
        top_mm: millimetres((0..height).find(row).unwrap_or(0)),
        bottom_mm: millimetres((0..height).rev().find(row).map_or(0, |y| height - 1 - y)),
        share,
    }
}

fn poppler(program: &str, before: &[&str], file: &Path, after: &[&str]) -> Vec<u8> {
    let output = Command::new(program).args(before).arg(file).args(after).output();
    let output = output.unwrap_or_else(|error| panic!("{program} (poppler-utils, see ops/setup): {error}"));
    assert!(
        output.status.success(),
        "{program}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}
