//! The seal in the PDF: PAdES B-B, or B-T with a time stamp (ETSI EN 319 142-1).
//!
//! The page is written anew with the signature in it: one revision, one end of file, every byte but the signature itself signed. A
//! signature added behind the page would leave room for others to add something too, and common readers would still call it valid.
//! The typesetter's files are regular (every object plain, one cross-reference table), and this depends on it: what is not so is
//! refused, never repaired.

use std::ops::Range;

use sha2::{Digest, Sha256, Sha384};

use super::cms::{Signed, signed_data};
use super::key::SealKey;
use super::time_stamp::TimeStamper;
use super::{SealError, instant};

/// Bytes of room for the CMS: signature, chain and time stamp of RSA keys fit.
const ROOM: usize = 12 * 1_024;
/// Digits of a number in the byte range.
const WIDTH: usize = 10;
/// The name of the private data in the catalogue.
const PRIVATE: &str = "hotich";
const REASON: &str = "Con dấu điện tử của cơ quan cấp";

/// A sealed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The PDF.
    pub file: Vec<u8>,
    /// Its CMS, to be kept where it cannot be made again ([`put_back`]).
    pub cms: Vec<u8>,
}

/// Seals a page of the typesetter. `content` are the bytes of what it says, which ride in the file; `at` is the signing time, seconds
/// since 1970; `name` is the office's.
///
/// # Errors
/// [`SealError::Unsealable`], [`SealError::TooLarge`], and those of key and authority.
pub fn seal_pdf(
    pdf: &[u8],
    content: &[u8],
    at: u64,
    name: &str,
    key: &dyn SealKey,
    authority: Option<&dyn TimeStamper>,
) -> Result<Sealed, SealError> {
    let open = Open::lay_out(pdf, content, at, name)?;
    let stamp = |signature: &[u8]| authority.map(|authority| authority.stamp(signature)).transpose();
    let cms = signed_data(&Signed::Detached(&open.signed()), key, stamp)?;
    Ok(Sealed {
        file: open.close(&cms)?,
        cms,
    })
}

/// Puts a kept CMS into the same page, set again.
///
/// # Errors
/// [`SealError::OtherFile`] when it is not over these bytes, and as [`seal_pdf`].
pub fn put_back(pdf: &[u8], content: &[u8], at: u64, name: &str, cms: &[u8]) -> Result<Vec<u8>, SealError> {
    let open = Open::lay_out(pdf, content, at, name)?;
    let signed = open.signed();
    let holds = |hash: &[u8]| cms.windows(hash.len()).any(|found| found == hash);
    if !holds(&Sha256::digest(&signed)) && !holds(&Sha384::digest(&signed)) {
        return Err(SealError::OtherFile);
    }
    open.close(cms)
}

/// A file with an empty place for its signature.
struct Open {
    bytes: Vec<u8>,
    /// The hexadecimal string with its brackets.
    gap: Range<usize>,
}

impl Open {
    fn lay_out(pdf: &[u8], content: &[u8], at: u64, name: &str) -> Result<Self, SealError> {
        let page = Typeset::read(pdf)?;
        let numbers = Numbers::after(page.objects.len());
        let mut out = page.copied(pdf, &numbers, &instant::in_pdf(at))?;
        let (gap, range_at) = out.signature(numbers.signature, at, name);
        out.body(numbers.widget, widget(&numbers, page.first_page).as_bytes());
        out.body(numbers.appearance, APPEARANCE);
        let head = format!("<</Length {}>>\nstream\n", content.len());
        out.body(
            numbers.private,
            &[head.as_bytes(), content, b"\nendstream"].concat(),
        );
        let mut bytes = out.finish(page.trailer)?;
        let range = byte_range(gap.start, gap.end, bytes.len() - gap.end);
        let place = bytes.get_mut(range_at..range_at + range.len());
        place
            .ok_or(SealError::Unsealable("the byte range has no place"))?
            .copy_from_slice(&range);
        Ok(Self { bytes, gap })
    }

    /// What the signature is over: all but itself.
    fn signed(&self) -> Vec<u8> {
        let mut signed = self.bytes[..self.gap.start].to_vec();
        signed.extend(&self.bytes[self.gap.end..]);
        signed
    }

    fn close(mut self, cms: &[u8]) -> Result<Vec<u8>, SealError> {
        if cms.len() > ROOM {
            return Err(SealError::TooLarge);
        }
        let digits: Vec<u8> = cms
            .iter()
            .flat_map(|byte| format!("{byte:02x}").into_bytes())
            .collect();
        let start = self.gap.start + 1;
        self.bytes[start..start + digits.len()].copy_from_slice(&digits);
        Ok(self.bytes)
    }
}

/// The numbers of the new objects.
struct Numbers {
    signature: usize,
    widget: usize,
    appearance: usize,
    private: usize,
}

impl Numbers {
    const fn after(last: usize) -> Self {
        Self {
            signature: last + 1,
            widget: last + 2,
            appearance: last + 3,
            private: last + 4,
        }
    }
}

const APPEARANCE: &[u8] =
    b"<</Type/XObject/Subtype/Form/BBox[0 0 0 0]/Resources<<>>/Length 0>>\nstream\n\nendstream";

/// A rectangle without extent outside the page: nothing is shown, and nothing needs a place in the reading order.
fn widget(numbers: &Numbers, page: usize) -> String {
    format!(
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(seal)/TU{}/F 132/Rect[-1 -1 -1 -1]/P {page} 0 R/V {} 0 R/AP<</N {} 0 R>>>>",
        text(REASON),
        numbers.signature,
        numbers.appearance
    )
}

/// `[0 from to len]`, as wide for every number.
fn byte_range(from: usize, to: usize, len: usize) -> Vec<u8> {
    format!("[0 {from:<WIDTH$} {to:<WIDTH$} {len:<WIDTH$}]").into_bytes()
}

/// A text string in UTF-16.
fn text(text: &str) -> String {
    let units = text.encode_utf16().map(|unit| format!("{unit:04X}"));
    format!("<FEFF{}>", units.collect::<String>())
}

/// A dictionary with more entries.
fn grown(object: &[u8], entries: &str) -> Result<Vec<u8>, SealError> {
    let irregular = SealError::Unsealable("a dictionary is not as expected");
    let end = rfind(object, b">>").ok_or(irregular)?;
    let taken = ["/AcroForm", "/PieceInfo", "/Annots"];
    if taken.iter().any(|taken| find(object, taken.as_bytes()).is_some()) {
        return Err(SealError::Unsealable(
            "it has a form, annotations or private data already",
        ));
    }
    let mut grown = object[..end].to_vec();
    grown.extend(entries.as_bytes());
    grown.extend(&object[end..]);
    Ok(grown)
}

/// A file of the typesetter: where its objects lie.
struct Typeset<'a> {
    head_end: usize,
    /// Each with `N 0 obj` and `endobj`, by number from 1.
    objects: Vec<Range<usize>>,
    catalogue: usize,
    first_page: usize,
    trailer: &'a [u8],
}

impl<'a> Typeset<'a> {
    /// Its objects, with what the catalogue and the first page must say of the new ones.
    fn copied(&self, pdf: &[u8], new: &Numbers, day: &str) -> Result<File, SealError> {
        let in_catalogue = format!(
            "/AcroForm<</Fields[{} 0 R]/SigFlags 3>>/PieceInfo<</{PRIVATE}<</LastModified({day})/Private {} 0 R>>>>",
            new.widget, new.private
        );
        let in_page = format!("/Annots[{} 0 R]", new.widget);
        let mut out = File::headed(&pdf[..self.head_end]);
        for (number, object) in (1..).zip(&self.objects) {
            let bytes = &pdf[object.clone()];
            match number {
                _ if number == self.catalogue => out.object(&grown(bytes, &in_catalogue)?),
                _ if number == self.first_page => out.object(&grown(bytes, &in_page)?),
                _ => out.object(bytes),
            }
        }
        Ok(out)
    }

    fn read(pdf: &'a [u8]) -> Result<Self, SealError> {
        Self::regular(pdf).ok_or(SealError::Unsealable("it is not as the typesetter makes them"))
    }

    /// None when anything is otherwise than the typesetter writes it.
    fn regular(pdf: &'a [u8]) -> Option<Self> {
        let end = rfind(pdf, b"startxref\n")?;
        let tail = str::from_utf8(&pdf[end..]).ok()?;
        let at: usize = tail
            .strip_prefix("startxref\n")?
            .strip_suffix("\n%%EOF")?
            .parse()
            .ok()?;
        let table = str::from_utf8(pdf.get(at..end)?).ok()?;
        let (entries, trailer) = table.strip_prefix("xref\n0 ")?.split_once("trailer\n")?;
        let (count, entries) = entries.split_once('\n')?;
        let count: usize = count.parse().ok()?;
        let offsets = entries.as_bytes().chunks(20).skip(1).map(|entry| {
            let entry = str::from_utf8(entry).ok()?.strip_suffix(" 00000 n\r\n")?;
            entry.parse::<usize>().ok()
        });
        let offsets: Vec<usize> = offsets.collect::<Option<_>>()?;
        if offsets.len() + 1 != count || !offsets.is_sorted() {
            return None;
        }
        let ends = offsets.iter().copied().skip(1).chain([at]);
        let objects: Vec<_> = offsets.iter().zip(ends).map(|(start, end)| *start..end).collect();
        for (number, object) in (1..).zip(&objects) {
            let bytes = pdf.get(object.clone())?;
            let whole = bytes.starts_with(format!("{number} 0 obj\n").as_bytes());
            (whole && bytes.trim_ascii_end().ends_with(b"endobj")).then_some(())?;
        }
        let catalogue = reference(trailer.as_bytes(), "/Root ")?;
        let object = |number: usize| pdf.get(objects.get(number.checked_sub(1)?)?.clone());
        let pages = reference(object(catalogue)?, "/Pages ")?;
        let first_page = reference(object(pages)?, "/Kids[")?;
        let is_page = find(object(first_page)?, b"/Type/Page/").is_some();
        is_page.then_some(Self {
            head_end: *offsets.first()?,
            objects,
            catalogue,
            first_page,
            trailer: trailer.as_bytes(),
        })
    }
}

/// The number of the object to which an entry refers.
fn reference(bytes: &[u8], entry: &str) -> Option<usize> {
    let start = find(bytes, entry.as_bytes())? + entry.len();
    let rest = &bytes[start..];
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    rest[digits..].starts_with(b" 0 R").then_some(())?;
    str::from_utf8(&rest[..digits]).ok()?.parse().ok()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|found| found == wanted)
}

fn rfind(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|found| found == wanted)
}

/// A file being written.
struct File {
    bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl File {
    fn headed(head: &[u8]) -> Self {
        Self {
            bytes: head.to_vec(),
            offsets: Vec::new(),
        }
    }

    /// An object as it stood.
    fn object(&mut self, bytes: &[u8]) {
        self.offsets.push(self.bytes.len());
        self.bytes.extend(bytes);
    }

    /// A new object.
    fn body(&mut self, number: usize, body: &[u8]) {
        self.object(format!("{number} 0 obj\n").as_bytes());
        self.bytes.extend(body);
        self.bytes.extend(b"\nendobj\n\n");
    }

    /// The signature's dictionary, empty as yet. Answers where its string lies, and where its byte range.
    fn signature(&mut self, number: usize, at: u64, name: &str) -> (Range<usize>, usize) {
        let before = format!(
            "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M({})/Name{}/Reason{}/Contents",
            instant::in_pdf(at),
            text(name),
            text(REASON)
        );
        let start = self.bytes.len() + format!("{number} 0 obj\n").len() + before.len();
        let gap = start..start + 2 * ROOM + 2;
        let mut dictionary = before.into_bytes();
        dictionary.push(b'<');
        dictionary.resize(dictionary.len() + 2 * ROOM, b'0');
        dictionary.extend(b">/ByteRange");
        dictionary.extend(byte_range(0, 0, 0));
        dictionary.extend(b">>");
        self.body(number, &dictionary);
        let range_at = gap.end + "/ByteRange".len();
        (gap, range_at)
    }

    fn finish(mut self, trailer: &[u8]) -> Result<Vec<u8>, SealError> {
        let irregular = || SealError::Unsealable("its trailer is not as expected");
        let at = self.bytes.len();
        let size = self.offsets.len() + 1;
        let mut table = format!("xref\n0 {size}\n0000000000 65535 f\r\n");
        for offset in &self.offsets {
            table.push_str(&format!("{offset:010} 00000 n\r\n"));
        }
        self.bytes.extend(table.as_bytes());
        let trailer = str::from_utf8(trailer).map_err(|_| irregular())?;
        let (old_size, rest) = trailer
            .strip_prefix("<</Size ")
            .and_then(|after| after.split_once('/'))
            .ok_or_else(irregular)?;
        old_size.parse::<usize>().map_err(|_| irregular())?;
        let end = format!("trailer\n<</Size {size}/{rest}startxref\n{at}\n%%EOF");
        self.bytes.extend(end.as_bytes());
        Ok(self.bytes)
    }
}
