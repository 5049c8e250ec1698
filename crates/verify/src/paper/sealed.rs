//! The parts of a sealed file: its signature, what the signature is over, and the content that rides along.

use civil::event::day_in_vietnam;

use super::finding::Why;
use super::pdf::{Dictionary, Object, Pdf};

/// What a sealed file holds beside its pages.
#[derive(Debug)]
pub(super) struct SealedParts {
    /// The signature.
    pub(super) cms: Vec<u8>,
    /// What it is over: all but itself.
    pub(super) signed: Vec<u8>,
    /// When it says it was sealed, seconds since 1970.
    pub(super) at: u64,
    /// The bytes of the content.
    pub(super) content: Vec<u8>,
}

/// Takes a sealed file apart.
pub(super) fn parts(pdf: &Pdf<'_>) -> Result<SealedParts, Why> {
    let catalogue = pdf.catalogue().ok_or(Why::NotAPaper)?;
    let (number, signature) = signature(pdf, &catalogue).ok_or(Why::NotSealed)?;
    let signed = covered(pdf, number, &signature).ok_or(Why::NotSealed)?;
    let contents = signature
        .get("Contents")
        .and_then(Object::text)
        .ok_or(Why::NotSealed)?;
    let at = signature.get("M").and_then(Object::text).and_then(instant);
    Ok(SealedParts {
        cms: without_room(contents).ok_or(Why::SealUnreadable)?,
        signed,
        at: at.ok_or(Why::SealUnreadable)?,
        content: content(pdf, &catalogue).ok_or(Why::NotAPaper)?,
    })
}

/// The one field of the form, which is a signature. No other object of the file is one.
fn signature<'a>(pdf: &Pdf<'a>, catalogue: &Dictionary<'a>) -> Option<(usize, Dictionary<'a>)> {
    let form = pdf.dictionary(catalogue.get("AcroForm")?)?;
    let [field] = form.get("Fields")?.array()? else {
        return None;
    };
    let field = pdf.dictionary(field)?;
    (field.get("FT")?.name()? == b"Sig").then_some(())?;
    let number = field.get("V")?.reference()?;
    let signature = pdf.dictionary(&Object::Reference(number))?;
    let right = signature.get("Type")?.name()? == b"Sig"
        && signature.get("Filter")?.name()? == b"Adobe.PPKLite"
        && signature.get("SubFilter")?.name()? == b"ETSI.CAdES.detached";
    right.then_some((number, signature))
}

/// All bytes but the signature's own: from the first to the last, and what is left out is just the string of the signature.
fn covered(pdf: &Pdf<'_>, number: usize, signature: &Dictionary<'_>) -> Option<Vec<u8>> {
    let range = signature.get("ByteRange")?.array()?;
    let [start, first, from, rest] = range else {
        return None;
    };
    let [start, first, from, rest] = [start.whole()?, first.whole()?, from.whole()?, rest.whole()?];
    let bytes = pdf.bytes();
    if start != 0 || from.checked_add(rest)? != bytes.len() || first >= from {
        return None;
    }
    let place = pdf.place(number)?;
    let gap = bytes.get(first..from)?;
    let inside = place.start < first && from < place.end;
    let is_contents = bytes[place.start..first].ends_with(b"/Contents")
        && gap
            .strip_prefix(b"<")?
            .strip_suffix(b">")?
            .iter()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    (inside && is_contents).then_some(())?;
    Some([bytes.get(..first)?, bytes.get(from..)?].concat())
}

/// The signature without the zeros behind it.
fn without_room(contents: &[u8]) -> Option<Vec<u8>> {
    let [0x30, first, rest @ ..] = contents else {
        return None;
    };
    let count = match first {
        short @ 0..=0x7f => return sized(contents, 2 + usize::from(*short)),
        0x81..=0x83 => usize::from(first & 0x7f),
        _ => return None,
    };
    let len = rest
        .get(..count)?
        .iter()
        .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
    sized(contents, 2 + count + len)
}

fn sized(contents: &[u8], len: usize) -> Option<Vec<u8>> {
    let (cms, room) = contents.split_at_checked(len)?;
    room.iter().all(|byte| *byte == 0).then(|| cms.to_vec())
}

/// `D:20261122134200Z`.
fn instant(text: &[u8]) -> Option<u64> {
    let digits = str::from_utf8(text).ok()?.strip_prefix("D:")?.strip_suffix('Z')?;
    if digits.len() != 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| digits[from..to].parse::<u64>().ok();
    let day = civil::value::Date::parse(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8]));
    // Noon in Vietnam of the first day of the epoch is that day in UTC too.
    let epoch = day_in_vietnam(0)?;
    let days = u64::try_from(epoch.days_between(day.ok()?)).ok()?;
    let [hour, minute, second] = [part(8, 10)?, part(10, 12)?, part(12, 14)?];
    (hour < 24 && minute < 60 && second < 60).then_some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

fn content(pdf: &Pdf<'_>, catalogue: &Dictionary<'_>) -> Option<Vec<u8>> {
    let pieces = pdf.dictionary(catalogue.get("PieceInfo")?)?;
    let ours = pdf.dictionary(pieces.get("hotich")?)?;
    let (_, content) = pdf.stream(ours.get("Private")?.reference()?)?;
    Some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signing_time_is_read_to_the_second() {
        assert_eq!(instant(b"D:20261122134200Z"), Some(1_795_354_920));
        assert_eq!(instant(b"D:19700101000000Z"), Some(0));
        for wrong in [
            "D:20261122134200",
            "D:20261122134260Z",
            "D:20260230000000Z",
            "20261122134200Z",
            "D:+0261122134200Z",
        ] {
            assert_eq!(instant(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn only_zeros_may_stand_behind_a_signature() {
        assert_eq!(without_room(&[0x30, 1, 7, 0, 0]), Some(vec![0x30, 1, 7]));
        for wrong in [
            &[0x30, 1, 7, 0, 1][..],
            &[0x30, 4, 7],
            &[0x30, 0x84, 0, 0, 0, 1, 7],
            &[0x30],
            &[],
        ] {
            assert_eq!(without_room(wrong), None, "{wrong:?}");
        }
    }
}
