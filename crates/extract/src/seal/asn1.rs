//! Writing DER (X.690), as much of it as certificates and signatures need. Reading is the verifier's, by other code.

use der::asn1::ObjectIdentifier;

pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const UTF8_STRING: u8 = 0x0c;
pub(super) const PRINTABLE_STRING: u8 = 0x13;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;

/// `true`.
pub(super) const TRUE: [u8; 3] = [0x01, 1, 0xff];
/// `NULL`.
pub(super) const NULL: [u8; 2] = [0x05, 0];

/// One item: tag, length, and the parts one after the other.
pub(super) fn item(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let len: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = vec![tag];
    match u8::try_from(len) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let bytes = len.to_be_bytes();
            let first = bytes.iter().take_while(|byte| **byte == 0).count();
            out.push(0x80 | (bytes.len() - first) as u8);
            out.extend(&bytes[first..]);
        }
    }
    for part in parts {
        out.extend(*part);
    }
    out
}

/// A SEQUENCE.
pub(super) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    item(SEQUENCE, parts)
}

/// A SET OF: DER sorts its members.
pub(super) fn set(parts: &[&[u8]]) -> Vec<u8> {
    let mut sorted = parts.to_vec();
    sorted.sort();
    item(SET, &sorted)
}

/// An object identifier.
pub(super) fn oid(oid: &ObjectIdentifier) -> Vec<u8> {
    item(OBJECT_IDENTIFIER, &[oid.as_bytes()])
}

/// `[number]`, constructed: explicit around an item, or implicit around the parts of one.
pub(super) fn tagged(number: u8, parts: &[&[u8]]) -> Vec<u8> {
    item(0xa0 | number, parts)
}

/// An INTEGER that is not negative.
pub(super) fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let first = bytes.iter().take_while(|byte| **byte == 0).count();
    let digits = &bytes[first..];
    match digits.first() {
        Some(high) if *high < 0x80 => item(INTEGER, &[digits]),
        _ => item(INTEGER, &[&[0], digits]),
    }
}

/// The same item with another tag: an implicit tag in place of its own.
pub(super) fn retagged(mut item: Vec<u8>, tag: u8) -> Vec<u8> {
    if let Some(first) = item.first_mut() {
        *first = tag;
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_in_their_shortest_form() {
        assert_eq!(item(4, &[&[7; 127]])[..2], [4, 127]);
        assert_eq!(item(4, &[&[7; 128]])[..3], [4, 0x81, 128]);
        assert_eq!(item(4, &[&[7; 200], &[7; 100]])[..4], [4, 0x82, 1, 44]);
    }

    #[test]
    fn a_number_with_its_high_bit_set_is_not_negative() {
        assert_eq!(unsigned(&[0x80]), [2, 2, 0, 0x80]);
        assert_eq!(unsigned(&[0, 0, 0x7f]), [2, 1, 0x7f]);
        assert_eq!(unsigned(&[0]), [2, 1, 0]);
    }
}
