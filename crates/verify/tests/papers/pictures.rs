//! Codes read from pictures of pages: by this crate, and by the page for browsers.

use std::path::{Path, PathBuf};
use std::process::Command;

use civil::law::{Paper, PaperForm};
use civil::paper::PaperContent;
use civil::seal::PaperCode;
use civil::value::Date;
use extract::sample;
use serde_json::{Value as Json, json};
use verify::paper::{Against, check};

use crate::books::Books;
use crate::house::{House, SetPaper};

/// A picture in grey.
#[derive(Clone)]
struct Picture {
    width: usize,
    height: usize,
    dots: Vec<u8>,
}

impl Picture {
    /// The first page of a file, so many dots an inch.
    fn of(folder: &Path, pdf: &[u8], dots: u32) -> Self {
        let [file, page] = ["page.pdf", "page"].map(|name| folder.join(name));
        std::fs::write(&file, pdf).unwrap();
        let dots = dots.to_string();
        let drawn = Command::new("pdftoppm")
            .args(["-gray", "-singlefile", "-r", &dots])
            .args([&file, &page])
            .status();
        assert!(
            drawn
                .expect("pdftoppm of poppler-utils; ops/setup installs it")
                .success()
        );
        let bytes = std::fs::read(folder.join("page.pgm")).unwrap();
        let (head, dots) = bytes.split_at(bytes.len() - size(&bytes).0 * size(&bytes).1);
        assert!(head.starts_with(b"P5"));
        let (width, height) = size(&bytes);
        let dots = dots.to_vec();
        Self { width, height, dots }
    }

    fn png(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder
            .write_header()
            .unwrap()
            .write_image_data(&self.dots)
            .unwrap();
        out
    }

    fn dot(&self, x: f64, y: f64) -> f64 {
        let inside = x >= 0.0 && y >= 0.0 && (x as usize) < self.width && (y as usize) < self.height;
        if inside {
            f64::from(self.dots[y as usize * self.width + x as usize])
        } else {
            255.0
        }
    }

    /// Every dot made anew from where it is.
    fn made(&self, dot: impl Fn(f64, f64) -> f64) -> Self {
        let dots = (0..self.dots.len())
            .map(|at| dot((at % self.width) as f64, (at / self.width) as f64).clamp(0.0, 255.0) as u8);
        Self {
            dots: dots.collect(),
            ..*self
        }
    }

    fn turned(&self, degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let [x0, y0] = [self.width, self.height].map(|side| side as f64 / 2.0);
        self.made(|x, y| {
            let [x, y] = [
                x0 + (x - x0) * cos + (y - y0) * sin,
                y0 - (x - x0) * sin + (y - y0) * cos,
            ];
            let [left, top, t, s] = [x.floor(), y.floor(), x - x.floor(), y - y.floor()];
            let row = |y| self.dot(left, y) * (1.0 - t) + self.dot(left + 1.0, y) * t;
            row(top) * (1.0 - s) + row(top + 1.0) * s
        })
    }

    /// Each dot sheds that share of its grey on each of its eight neighbours.
    fn blurred(&self, share: f64) -> Self {
        self.made(|x, y| {
            let around = [-1.0, 0.0, 1.0].map(|dy| [-1.0, 0.0, 1.0].map(|dx| self.dot(x + dx, y + dy)));
            let sum: f64 = around.iter().flatten().sum();
            self.dot(x, y) * (1.0 - 9.0 * share) + sum * share
        })
    }

    /// Dots that are darker or lighter than they should be, the same ones each time.
    fn noisy(&self, by: f64) -> Self {
        self.made(|x, y| {
            let hash =
                ((x as u64 * 73_856_093) ^ (y as u64 * 19_349_663)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            self.dot(x, y) + by * ((hash >> 40) as f64 / f64::from(1 << 23) - 1.0)
        })
    }

    /// Grey paper and pale ink.
    fn pale(&self) -> Self {
        self.made(|x, y| 60.0 + 0.6 * self.dot(x, y))
    }
}

/// Width and height in the head of a PGM.
fn size(pgm: &[u8]) -> (usize, usize) {
    let head = String::from_utf8_lossy(&pgm[..20]).into_owned();
    let mut numbers = head
        .split_ascii_whitespace()
        .skip(1)
        .map(|number| number.parse().unwrap());
    (numbers.next().unwrap(), numbers.next().unwrap())
}

fn is_read(picture: &Picture, paper: &SetPaper, books: &Books<'_>) -> bool {
    let verdict = check(&picture.png(), &books.trust(), &Against::default());
    verdict.is_good() && verdict.claim.unwrap().content_hash == paper.content.hash()
}

/// Every paper in every form that there is.
fn contents() -> Vec<PaperContent> {
    let day = Date::new(2026, 11, 22).unwrap();
    let both =
        |paper: &Paper| [PaperForm::Original, PaperForm::Copy].map(|form| sample(*paper, form, day).ok());
    Paper::ALL.iter().flat_map(both).flatten().collect()
}

/// What the reader of the page for browsers finds on each.
fn by_the_page(folder: &Path, pictures: &[Picture]) -> Vec<Json> {
    let put = |(number, picture): (usize, &Picture)| {
        let path: PathBuf = folder.join(format!("{number}.grey"));
        std::fs::write(&path, &picture.dots).unwrap();
        json!([path, picture.width, picture.height])
    };
    let asked: Vec<Json> = pictures.iter().enumerate().map(put).collect();
    let list = folder.join("asked.json");
    std::fs::write(&list, json!(asked).to_string()).unwrap();
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../web/src/verifier/check_pictures.mjs"
    );
    let output = Command::new("node").arg(script).arg(list).output();
    let output = output.expect("node; ops/setup installs nodejs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_code_of_every_paper_is_read_at_a_hundred_dots_an_inch_in_grey() {
    let house = House::new();
    let books = Books::of(&house);
    let folder = tempfile::tempdir().unwrap();
    let set = |content: PaperContent| house.set(content, PaperCode::from_chance([5; 13]));
    let papers: Vec<SetPaper> = contents().into_iter().map(set).collect();
    assert!(papers.len() >= 34, "{}", papers.len());
    let picture = |paper: &SetPaper| Picture::of(folder.path(), &paper.pdf, 100);
    let pictures: Vec<Picture> = papers.iter().map(picture).collect();
    for (paper, picture) in papers.iter().zip(&pictures) {
        let name = (paper.content.paper, paper.content.form);
        assert!(is_read(picture, paper, &books), "{name:?}");
    }
    for (paper, found) in papers.iter().zip(by_the_page(folder.path(), &pictures)) {
        assert_eq!(found, json!(paper.qr), "{:?}", paper.content.paper);
    }
}

#[test]
fn a_page_is_read_turned_noisy_blurred_pale_and_at_other_sizes() {
    let house = House::new();
    let books = Books::of(&house);
    let folder = tempfile::tempdir().unwrap();
    let paper = house.paper();
    let at = |dots| Picture::of(folder.path(), &paper.pdf, dots);
    let page = at(100);
    let cases = [
        ("turned a little", page.turned(0.7)),
        ("turned", page.turned(4.0)),
        ("upside down", page.turned(180.0)),
        ("noisy", page.noisy(30.0)),
        ("blurred", page.blurred(0.04)),
        ("pale", page.pale()),
        ("turned and noisy", page.turned(-1.3).noisy(12.0)),
        ("92 dots an inch", at(92)),
        ("150 dots an inch", at(150)),
        ("200 dots an inch", at(200)),
        ("300 dots an inch", at(300)),
    ];
    for (name, picture) in &cases {
        assert!(is_read(picture, &paper, &books), "{name}");
    }
    let pictures = cases
        .iter()
        .map(|(_, picture)| picture.clone())
        .collect::<Vec<_>>();
    for ((name, _), found) in cases.iter().zip(by_the_page(folder.path(), &pictures)) {
        assert_eq!(found, json!(paper.qr), "{name}");
    }
    // A page without a code, and one on which half of it is covered.
    let covered = page.made(|x, y| {
        if y > 0.5 * page.height as f64 {
            255.0
        } else {
            page.dot(x, y)
        }
    });
    assert!(!is_read(&covered, &paper, &books));
}
