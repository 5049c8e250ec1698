//! Making certificates: the country's root, the seals of offices, a time-stamp authority. The profile is what Vietnamese rules and
//! common readers of PDF both take (RFC 0005 §3).

use civil::id::OfficeId;
use civil::seal::{SealCertificate, SealUse};
use der::Encode;
use der::asn1::ObjectIdentifier;
use sha2::{Digest, Sha256};

use super::asn1::{self, BIT_STRING, OCTET_STRING, PRINTABLE_STRING, TRUE, UTF8_STRING};
use super::cms::signature_algorithm;
use super::key::SealKey;
use super::{SealError, instant};

const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");
const SUBJECT_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
const CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const ISSUER_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");
const EXTENDED_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");

/// What a certificate says.
#[derive(Debug, Clone)]
pub struct Certified<'a> {
    /// The name of the office, or of the authority.
    pub name: &'a str,
    /// The office; 0 for the country's.
    pub office: OfficeId,
    /// What it is for.
    pub used_for: SealUse,
    /// The first second of its validity, since 1970.
    pub from: u64,
    /// The last.
    pub until: u64,
    /// Its number, by chance: an issuer never gives one twice.
    pub serial: [u8; 16],
}

/// A certificate in DER for a public key (SubjectPublicKeyInfo in DER), signed by `issuer`; a root signs its own, with an issuer
/// whose chain is empty.
///
/// # Errors
/// Those of the issuer's key and certificate.
pub fn certify(of: &Certified<'_>, public_key: &[u8], issuer: &dyn SealKey) -> Result<Vec<u8>, SealError> {
    let subject = name(of);
    let issued_by = issuer
        .chain()
        .first()
        .map(|der| SealCertificate::parse(der))
        .transpose()?;
    let issuer_name = match &issued_by {
        None => subject.clone(),
        Some(issuer) => issuer
            .parts()
            .tbs_certificate()
            .subject()
            .to_der()
            .map_err(|_| SealError::BadKey)?,
    };
    let algorithm = signature_algorithm(issuer.algorithm());
    let mut serial = of.serial;
    serial[0] &= 0x7f;
    let tbs = asn1::sequence(&[
        &asn1::tagged(0, &[&asn1::unsigned(&[2])]),
        &asn1::unsigned(&serial),
        &algorithm,
        &issuer_name,
        &asn1::sequence(&[
            &instant::in_certificate(of.from),
            &instant::in_certificate(of.until),
        ]),
        &subject,
        public_key,
        &asn1::tagged(3, &[&extensions(of.used_for, public_key, &issuer.key_id())]),
    ]);
    let signature = issuer.sign(&tbs)?;
    let signature = asn1::item(BIT_STRING, &[&[0], &signature]);
    Ok(asn1::sequence(&[&tbs, &algorithm, &signature]))
}

/// `C=VN, CN=name, serialNumber=office`.
fn name(of: &Certified<'_>) -> Vec<u8> {
    let part = |oid: &ObjectIdentifier, tag: u8, text: &str| {
        let pair = asn1::sequence(&[&asn1::oid(oid), &asn1::item(tag, &[text.as_bytes()])]);
        asn1::set(&[&pair])
    };
    asn1::sequence(&[
        &part(&COUNTRY, PRINTABLE_STRING, "VN"),
        &part(&COMMON_NAME, UTF8_STRING, of.name),
        &part(&SERIAL_NUMBER, PRINTABLE_STRING, &of.office.to_string()),
    ])
}

/// A seal has no extended usage: with the one for documents a common reader of PDF does not know what to do with it.
fn extensions(used_for: SealUse, public_key: &[u8], issuer_key: &[u8; 32]) -> Vec<u8> {
    let key = key_identifier(&Sha256::digest(public_key).into());
    let issuer = key_identifier(issuer_key);
    // keyCertSign and cRLSign; digitalSignature and nonRepudiation; digitalSignature.
    let usage: [u8; 2] = match used_for {
        SealUse::Root => [1, 0b0000_0110],
        SealUse::Seal => [6, 0b1100_0000],
        SealUse::TimeStamp => [7, 0b1000_0000],
    };
    let root: &[u8] = if used_for == SealUse::Root { &TRUE } else { &[] };
    let mut all = vec![
        extension(&CONSTRAINTS, true, &asn1::sequence(&[root])),
        extension(&KEY_USAGE, true, &asn1::item(BIT_STRING, &[&usage])),
        extension(&SUBJECT_KEY, false, &asn1::item(OCTET_STRING, &[&key])),
        extension(
            &ISSUER_KEY,
            false,
            &asn1::sequence(&[&asn1::item(0x80, &[&issuer])]),
        ),
    ];
    if used_for == SealUse::TimeStamp {
        let usage = asn1::sequence(&[&asn1::oid(&TIME_STAMPING)]);
        all.push(extension(&EXTENDED_USAGE, true, &usage));
    }
    let all: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
    asn1::sequence(&all)
}

fn extension(oid: &ObjectIdentifier, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &TRUE } else { &[] };
    asn1::sequence(&[&asn1::oid(oid), critical, &asn1::item(OCTET_STRING, &[value])])
}

/// The leftmost 160 bits of the SHA-256 of the key (RFC 7093 §2).
fn key_identifier(key_id: &[u8; 32]) -> [u8; 20] {
    let mut id = [0; 20];
    id.copy_from_slice(&key_id[..20]);
    id
}
