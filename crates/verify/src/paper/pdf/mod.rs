//! A sealed PDF, read strictly: one revision, every byte accounted for.
//!
//! Papers are written in one way (RFC 0005 §3): a head, objects without gaps by number, one cross-reference table that names just
//! them, a trailer, the end. Whatever is otherwise is not a paper of this ledger, however well others may show it. So nothing can be
//! hidden behind the end, between objects or in a second version of one.

mod lexer;

use std::ops::Range;

pub(super) use lexer::{Dictionary, Lexer, Object};

/// How many bytes a paper may have.
pub const PDF_SIZE_MAX: usize = 4 << 20;
/// How many bytes one stream may inflate to.
const STREAM_SIZE_MAX: usize = 8 << 20;
/// The head: version and a line that says that bytes follow.
const HEAD_SIZE_MAX: usize = 32;
const OBJECTS_MAX: usize = 20_000;

/// A file that is as papers are written.
#[derive(Debug)]
pub(super) struct Pdf<'a> {
    bytes: &'a [u8],
    objects: Vec<Range<usize>>,
    root: usize,
}

impl<'a> Pdf<'a> {
    /// Reads a file; none when it is not as papers are written.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let head = b"%PDF-1.7\n";
        if bytes.len() > PDF_SIZE_MAX || !bytes.starts_with(head) {
            return None;
        }
        let end = rfind(bytes, b"\nstartxref\n")? + 1;
        let tail = str::from_utf8(&bytes[end..]).ok()?;
        let at = tail.strip_prefix("startxref\n")?.strip_suffix("\n%%EOF")?;
        let at: usize = at.parse().ok()?;
        let (offsets, trailer) = table(bytes.get(at..end)?)?;
        let ends = offsets.iter().copied().skip(1).chain([at]);
        let objects = offsets.iter().zip(ends).map(|(start, end)| *start..end).collect();
        let root = trailer.get("Root")?.reference()?;
        let size = trailer.get("Size")?.whole()?;
        let known = ["Size", "Root", "Info", "ID"].map(str::as_bytes);
        if size != offsets.len() + 1 || trailer.pairs().any(|(name, _)| !known.contains(name)) {
            return None;
        }
        let head = bytes.get(head.len()..*offsets.first()?)?;
        let quiet = head.is_empty()
            || (head.starts_with(b"%") && head.trim_ascii_end().iter().all(|byte| *byte != b'\n'));
        let pdf = Self { bytes, objects, root };
        let whole = quiet
            && head.len() <= HEAD_SIZE_MAX
            && (1..=pdf.objects.len()).all(|number| pdf.parts(number).is_some());
        whole.then_some(pdf)
    }

    /// All bytes.
    pub(super) const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Where an object lies.
    pub(super) fn place(&self, number: usize) -> Option<Range<usize>> {
        self.objects.get(number.checked_sub(1)?).cloned()
    }

    /// The catalogue.
    pub(super) fn catalogue(&self) -> Option<Dictionary<'a>> {
        self.dictionary(&Object::Reference(self.root))
    }

    /// An object by its number.
    pub(super) fn object(&self, number: usize) -> Option<Object<'a>> {
        self.parts(number).map(|(object, _)| object)
    }

    /// A dictionary, here or where a reference leads.
    pub(super) fn dictionary(&self, object: &Object<'a>) -> Option<Dictionary<'a>> {
        match object {
            Object::Dictionary(pairs) => Some(pairs.clone()),
            Object::Reference(number) => self.object(*number)?.dictionary().cloned(),
            _ => None,
        }
    }

    /// A stream with its dictionary, inflated.
    pub(super) fn stream(&self, number: usize) -> Option<(Dictionary<'a>, Vec<u8>)> {
        let (object, data) = self.parts(number)?;
        let pairs = object.dictionary()?.clone();
        let data = match pairs.get("Filter") {
            None => data?.to_vec(),
            Some(Object::Name(b"FlateDecode")) => {
                miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(data?, STREAM_SIZE_MAX).ok()?
            }
            Some(_) => return None,
        };
        Some((pairs, data))
    }

    /// `N 0 obj`, a value, a stream or none, `endobj`, and nothing else.
    fn parts(&self, number: usize) -> Option<(Object<'a>, Option<&'a [u8]>)> {
        let bytes = self.bytes.get(self.place(number)?)?;
        let mut read = Lexer::new(bytes);
        read.skip(format!("{number} 0 obj\n").as_bytes())?;
        let object = read.object()?;
        read.skip(b"\n")?;
        let data = match read.skip(b"stream\n") {
            None => None,
            Some(()) => {
                let len = object.dictionary()?.get("Length")?.whole()?;
                let data = bytes.get(read.at()..read.at().checked_add(len)?)?;
                read.skip(data)?;
                read.skip(b"\nendstream\n")?;
                Some(data)
            }
        };
        read.skip(b"endobj\n")?;
        read.is_at_end().then_some((object, data))
    }
}

/// The cross-reference table and the trailer behind it. Ascending, from 1, without gaps.
fn table(bytes: &[u8]) -> Option<(Vec<usize>, Dictionary<'_>)> {
    const ENTRY: usize = 20;
    let text = bytes.strip_prefix(b"xref\n0 ")?;
    let line = text.iter().position(|byte| *byte == b'\n')?;
    let count: usize = str::from_utf8(&text[..line]).ok()?.parse().ok()?;
    if !(2..=OBJECTS_MAX).contains(&count) {
        return None;
    }
    let (entries, trailer) = text[line + 1..].split_at_checked(count * ENTRY)?;
    let (free, used) = entries.split_at(ENTRY);
    if free != b"0000000000 65535 f\r\n" {
        return None;
    }
    let offsets = used.chunks(ENTRY).map(|entry| {
        let digits = entry.strip_suffix(b" 00000 n\r\n")?;
        str::from_utf8(digits).ok()?.parse::<usize>().ok()
    });
    let offsets = offsets.collect::<Option<Vec<_>>>()?;
    let mut read = Lexer::new(trailer.strip_prefix(b"trailer\n")?);
    let Object::Dictionary(trailer) = read.object()? else {
        return None;
    };
    let ascending = offsets.is_sorted_by(|before, after| before < after);
    (ascending && read.is_at_end()).then_some((offsets, trailer))
}

fn rfind(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|found| found == wanted)
}
