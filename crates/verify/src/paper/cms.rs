//! The signature in a PDF (CMS, RFC 5652), and the time stamp on it (RFC 3161): whose it is and whether it is over these bytes.
//! Whether they are to be believed is for [`super::trust`].

use civil::seal::{SealCertificate, SealDigest};
use cms::cert::CertificateChoices;
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{GeneralizedTime, ObjectIdentifier, OctetString};
use der::{Any, Decode, Encode, Tagged};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::attr::Attributes;

use super::finding::Why;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const TIME_STAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");

/// Who signed, and when somebody else saw the signature.
#[derive(Debug)]
pub(super) struct Signed {
    /// The certificate of the key that signed.
    pub(super) by: SealCertificate,
    /// The time stamp, where there is one: the second, and the authority.
    pub(super) stamped: Option<(u64, SealCertificate)>,
    /// The certificates that lie beside, in DER: no signature is over them.
    pub(super) beside: Vec<Vec<u8>>,
}

/// Judges a signature over bytes that stand elsewhere.
pub(super) fn signed(cms: &[u8], bytes: &[u8]) -> Result<Signed, Why> {
    let data = signed_data(cms).ok_or(Why::SealUnreadable)?;
    if data.encap_content_info.econtent.is_some() || data.encap_content_info.econtent_type != DATA {
        return Err(Why::SealUnreadable);
    }
    let (by, signer) = verified(&data, DATA, bytes)?;
    if !is_plain(&data, signer) {
        return Err(Why::SealUnreadable);
    }
    let stamp = signer
        .unsigned_attrs
        .as_ref()
        .and_then(|unsigned| only(unsigned, TIME_STAMP));
    let stamped = match stamp {
        None => None,
        Some(token) => Some(time_stamp(token, signer.signature.as_bytes()).ok_or(Why::WrongTimeStamp)?),
    };
    let beside = certificates(&data).filter_map(|certificate| certificate.to_der().ok());
    let beside = beside.filter(|der| der != by.der()).collect();
    Ok(Signed { by, stamped, beside })
}

/// Whether what no signature is over says just what must stand there.
fn is_plain(data: &SignedData, signer: &SignerInfo) -> bool {
    let unsigned = signer.unsigned_attrs.as_ref();
    let only_stamped = unsigned.is_none_or(|all| all.len() == 1 && only(all, TIME_STAMP).is_some());
    let algorithms = data.digest_algorithms.as_slice();
    (data.version, signer.version) == (CmsVersion::V1, CmsVersion::V1)
        && algorithms == [signer.digest_alg.clone()]
        && data.crls.is_none()
        && only_stamped
}

fn signed_data(cms: &[u8]) -> Option<SignedData> {
    let info = ContentInfo::from_der(cms).ok()?;
    (info.content_type == SIGNED_DATA).then_some(())?;
    info.content.decode_as().ok()
}

/// The one signer, whose signature is right.
fn verified<'a>(
    data: &'a SignedData,
    content_type: ObjectIdentifier,
    bytes: &[u8],
) -> Result<(SealCertificate, &'a SignerInfo), Why> {
    let [signer] = data.signer_infos.0.as_slice() else {
        return Err(Why::NotSealed);
    };
    let by = certificate(data, &signer.sid).ok_or(Why::SealUnreadable)?;
    let attributes = signer.signed_attrs.as_ref().ok_or(Why::SealUnreadable)?;
    let digest = SealDigest::of(&signer.digest_alg).ok_or(Why::SealUnreadable)?;
    let named = names(attributes, by.der()).ok_or(Why::SealUnreadable)?;
    let of_type =
        only(attributes, CONTENT_TYPE).and_then(|value| value.decode_as().ok()) == Some(content_type);
    if !named || !of_type {
        return Err(Why::SealUnreadable);
    }
    let hash = only(attributes, MESSAGE_DIGEST).and_then(|value| value.decode_as::<OctetString>().ok());
    if hash.ok_or(Why::SealUnreadable)?.as_bytes() != digest.hash(bytes) {
        return Err(Why::Changed);
    }
    let message = attributes.to_der().map_err(|_| Why::SealUnreadable)?;
    let signature = signer.signature.as_bytes();
    by.key()
        .verify(&signer.signature_algorithm, Some(digest), &message, signature)
        .map_err(|_| Why::Changed)?;
    Ok((by, signer))
}

fn certificate(data: &SignedData, signer: &SignerIdentifier) -> Option<SealCertificate> {
    let SignerIdentifier::IssuerAndSerialNumber(named) = signer else {
        return None;
    };
    let mut found = certificates(data).filter(|certificate| {
        let tbs = certificate.tbs_certificate();
        *tbs.issuer() == named.issuer && *tbs.serial_number() == named.serial_number
    });
    SealCertificate::parse(&found.next()?.to_der().ok()?).ok()
}

fn certificates(data: &SignedData) -> impl Iterator<Item = &Certificate> {
    let all = data.certificates.iter().flat_map(|set| set.0.iter());
    all.filter_map(|choice| match choice {
        CertificateChoices::Certificate(certificate) => Some(certificate),
        CertificateChoices::Other(_) => None,
    })
}

/// The one value of an attribute that stands once.
fn only(attributes: &Attributes, oid: ObjectIdentifier) -> Option<&Any> {
    let mut found = attributes.iter().filter(|attribute| attribute.oid == oid);
    let attribute = found.next()?;
    let [value] = attribute.values.as_slice() else {
        return None;
    };
    found.next().is_none().then_some(value)
}

/// Whether the signed attributes name this certificate by its SHA-256 (RFC 5035): otherwise another certificate of the same key
/// could be put in its place.
fn names(attributes: &Attributes, certificate: &[u8]) -> Option<bool> {
    let value = only(attributes, SIGNING_CERTIFICATE)?;
    let value = items(value)?;
    let first = items(items(value.first()?)?.first()?)?;
    // The hash algorithm stands before the hash only when it is not SHA-256.
    let hash = first.first().filter(|hash| hash.tag() == der::Tag::OctetString)?;
    Some(hash.value() == Sha256::digest(certificate).as_slice())
}

/// The members of a SEQUENCE.
fn items(value: &Any) -> Option<Vec<Any>> {
    value.decode_as().ok()
}

/// The second at which a time-stamp token (ContentInfo in DER) saw a signature, where the token is right; whether its authority is to be believed
/// is for [`super::Trust`].
pub fn time_stamped_at(token: &[u8], signature: &[u8]) -> Option<u64> {
    let (at, _) = time_stamp(&Any::from_der(token).ok()?, signature)?;
    Some(at)
}

/// A token over this signature, by whom and at which second. SHA-256 to SHA-512.
fn time_stamp(token: &Any, signature: &[u8]) -> Option<(u64, SealCertificate)> {
    let data = signed_data(&token.to_der().ok()?)?;
    (data.encap_content_info.econtent_type == TST_INFO).then_some(())?;
    let info: OctetString = data.encap_content_info.econtent.as_ref()?.decode_as().ok()?;
    let (by, _) = verified(&data, TST_INFO, info.as_bytes()).ok()?;
    let parts = Vec::<Any>::from_der(info.as_bytes()).ok()?;
    let [_version, _policy, imprint, _serial, time, ..] = parts.as_slice() else {
        return None;
    };
    let imprint = items(imprint)?;
    let [algorithm, hash] = imprint.as_slice() else {
        return None;
    };
    let digest = SealDigest::of(&algorithm.decode_as().ok()?)?;
    let hash: OctetString = hash.decode_as().ok()?;
    let time: GeneralizedTime = time.decode_as().ok()?;
    (hash.as_bytes() == digest.hash(signature)).then(|| (time.to_unix_duration().as_secs(), by))
}
