//! What stands on the pages: their letters, as the file says them, in the order in which they are drawn; and the QR codes, module by
//! module, as they are drawn.

use std::collections::BTreeMap;

use civil::value::Text;

use super::drawn::{Ink, Path};
use super::pdf::{Dictionary, Lexer, Object, Pdf};

/// How many pages a paper may have.
const PAGES_MAX: usize = 16;
/// How many operands one operator may have.
const OPERANDS_MAX: usize = 4_096;

/// What stands on the pages.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// The letters without any blank, in NFC.
    pub(super) text: String,
    /// What was filled, path by path: the codes are among it.
    pub(super) filled: Vec<Ink>,
}

type Letters = BTreeMap<u16, String>;

/// Reads the pages; none when they are not as papers are written.
pub(super) fn pages(pdf: &Pdf<'_>) -> Option<Pages> {
    let pages = pdf.dictionary(pdf.catalogue()?.get("Pages")?)?;
    let kids = pages.get("Kids")?.array()?;
    if kids.len() > PAGES_MAX || pages.get("Count")?.whole()? != kids.len() {
        return None;
    }
    let mut found = Pages::default();
    for kid in kids {
        let page = pdf.dictionary(kid)?;
        if page.get("Type")?.name()? != b"Page" {
            return None;
        }
        let resources = pdf.dictionary(page.get("Resources")?)?;
        let (_, content) = pdf.stream(page.get("Contents")?.reference()?)?;
        let mut hand = Hand {
            fonts: fonts(pdf, &resources)?,
            font: None,
            told: Vec::new(),
            path: Path::default(),
            found: &mut found,
        };
        hand.draw(&content)?;
    }
    let letters: String = found.text.split_whitespace().collect();
    found.text = Text::normalise(&letters).split_whitespace().collect();
    Some(found)
}

fn fonts(pdf: &Pdf<'_>, resources: &Dictionary<'_>) -> Option<BTreeMap<Vec<u8>, Letters>> {
    let Some(fonts) = resources.get("Font") else {
        return Some(BTreeMap::new());
    };
    let fonts = pdf.dictionary(fonts)?;
    let letters = fonts.pairs().map(|(name, font)| {
        let font = pdf.dictionary(font)?;
        if font.get("Encoding")?.name()? != b"Identity-H" {
            return None;
        }
        let (_, map) = pdf.stream(font.get("ToUnicode")?.reference()?)?;
        Some((name.to_vec(), letters(&map)?))
    });
    letters.collect()
}

/// What each glyph stands for: the `bfchar` and `bfrange` lines of a ToUnicode map (§9.10.3).
fn letters(map: &[u8]) -> Option<Letters> {
    let map: Vec<u8> = map
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.starts_with(b"%"))
        .collect::<Vec<_>>()
        .join(&b'\n');
    let mut read = Lexer::new(&map);
    let mut letters = Letters::new();
    let mut seen: Vec<Object<'_>> = Vec::new();
    while !read.is_at_end() {
        match read.object()? {
            Object::Word(b"endbfchar") => {
                for pair in std::mem::take(&mut seen).chunks(2) {
                    let [glyph, text] = pair else { return None };
                    letters.insert(glyph_of(glyph.text()?)?, utf16(text.text()?)?);
                }
            }
            Object::Word(b"endbfrange") => {
                for range in std::mem::take(&mut seen).chunks(3) {
                    let [first, last, text] = range else { return None };
                    spread(
                        &mut letters,
                        glyph_of(first.text()?)?,
                        glyph_of(last.text()?)?,
                        text,
                    )?;
                }
            }
            Object::Word(_) => seen.clear(),
            other => seen.push(other),
        }
    }
    Some(letters)
}

fn spread(letters: &mut Letters, first: u16, last: u16, text: &Object<'_>) -> Option<()> {
    for (step, glyph) in (first..=last).enumerate() {
        let told = match text {
            Object::Array(each) => utf16(each.get(step)?.text()?)?,
            one => {
                let mut units: Vec<u16> = units(one.text()?)?;
                let end = units.last_mut()?;
                *end = end.checked_add(u16::try_from(step).ok()?)?;
                String::from_utf16(&units).ok()?
            }
        };
        letters.insert(glyph, told);
    }
    Some(())
}

fn glyph_of(bytes: &[u8]) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.try_into().ok()?))
}

fn units(bytes: &[u8]) -> Option<Vec<u16>> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    rest.is_empty()
        .then(|| pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect())
}

/// UTF-16, big endian.
fn utf16(bytes: &[u8]) -> Option<String> {
    String::from_utf16(&units(bytes)?).ok()
}

/// Draws one page.
struct Hand<'b> {
    fonts: BTreeMap<Vec<u8>, Letters>,
    font: Option<Vec<u8>>,
    /// For every open mark whether what is inside is silent: the mark told its own text, or is no part of what the page says.
    told: Vec<bool>,
    path: Path,
    found: &'b mut Pages,
}

impl Hand<'_> {
    fn draw(&mut self, content: &[u8]) -> Option<()> {
        let mut read = Lexer::new(content);
        let mut operands: Vec<Object<'_>> = Vec::new();
        while !read.is_at_end() {
            match read.object()? {
                Object::Word(operator) => {
                    self.operate(operator, &operands)?;
                    operands.clear();
                }
                operand if operands.len() < OPERANDS_MAX => operands.push(operand),
                _ => return None,
            }
        }
        Some(())
    }

    fn operate(&mut self, operator: &[u8], operands: &[Object<'_>]) -> Option<()> {
        match (operator, operands) {
            (b"Tf", [font, _]) => self.font = Some(font.name()?.to_vec()),
            (b"Tj", [text]) => self.show(text.text()?)?,
            (b"TJ", [Object::Array(parts)]) => {
                for part in parts.iter().filter_map(Object::text) {
                    self.show(part)?;
                }
            }
            (b"'" | b"\"" | b"Tj" | b"TJ" | b"Tf" | b"BI", _) => return None,
            // What repeats on every page would stand in the middle of a text that goes on.
            (b"BMC" | b"BDC", [Object::Name(b"Artifact"), ..]) => self.told.push(true),
            (b"BMC", _) => self.told.push(false),
            (b"BDC", [_, mark]) => {
                let own = mark.dictionary().and_then(|mark| mark.get("ActualText"));
                if let Some(own) = own {
                    let text = text_string(own.text()?)?;
                    self.tell(&text);
                }
                self.told.push(own.is_some());
            }
            (b"EMC", _) => {
                self.told.pop()?;
            }
            (b"m" | b"l" | b"h" | b"re" | b"c" | b"v" | b"y", _) => self.path.draw(operator, operands)?,
            (b"f" | b"f*", _) => self.found.filled.extend(std::mem::take(&mut self.path).fill()),
            (b"n" | b"S" | b"s" | b"F" | b"B" | b"B*" | b"b" | b"b*", _) => self.path = Path::default(),
            _ => {}
        }
        Some(())
    }

    fn show(&mut self, text: &[u8]) -> Option<()> {
        let letters = self.fonts.get(self.font.as_ref()?)?;
        let told = units(text)?
            .into_iter()
            .map(|glyph| letters.get(&glyph).map(String::as_str));
        let told: String = told.collect::<Option<_>>()?;
        self.tell(&told);
        Some(())
    }

    fn tell(&mut self, text: &str) {
        if !self.told.contains(&true) {
            self.found.text.push_str(text);
        }
    }
}

/// A text string of a dictionary: UTF-16 with its mark, or letters of ASCII.
fn text_string(bytes: &[u8]) -> Option<String> {
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(units) => utf16(units),
        None => String::from_utf8(bytes.to_vec()).ok(),
    }
}
