//! CMS SignedData (RFC 5652) as PAdES and time stamps want it: one signer, content type, message digest and the certificate's hash
//! signed (ESS signing-certificate-v2, RFC 5035), no signing time, all certificates inside.

use civil::seal::{SealAlgorithm, SealCertificate};
use der::Encode;
use der::asn1::ObjectIdentifier;
use sha2::{Digest, Sha256, Sha384};

use super::SealError;
use super::asn1::{self, NULL, OCTET_STRING};
use super::key::SealKey;
use super::time_stamp::TIME_STAMP;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");

/// What is signed.
pub(super) enum Signed<'a> {
    /// Bytes that stand elsewhere.
    Detached(&'a [u8]),
    /// Bytes of that type, kept inside.
    Inside(ObjectIdentifier, &'a [u8]),
}

impl Signed<'_> {
    const fn bytes(&self) -> &[u8] {
        match self {
            Self::Detached(bytes) | Self::Inside(_, bytes) => bytes,
        }
    }

    const fn content_type(&self) -> ObjectIdentifier {
        match self {
            Self::Detached(_) => DATA,
            Self::Inside(of, _) => *of,
        }
    }
}

/// A ContentInfo with SignedData. `stamp` is given the signature and may answer a time stamp over it.
pub(super) fn signed_data(
    signed: &Signed<'_>,
    key: &dyn SealKey,
    stamp: impl FnOnce(&[u8]) -> Result<Option<Vec<u8>>, SealError>,
) -> Result<Vec<u8>, SealError> {
    let chain = key.chain();
    let own = SealCertificate::parse(chain.first().ok_or(SealError::OtherKey)?)?;
    let digest_algorithm = digest_algorithm(key.algorithm());
    let attributes = attributes(signed, key.algorithm(), own.der());
    let signature = key.sign(&attributes)?;
    let unsigned = stamp(&signature)?.map(|token| {
        let attribute = asn1::sequence(&[&asn1::oid(&TIME_STAMP), &asn1::set(&[&token])]);
        asn1::tagged(1, &[&attribute])
    });
    let tbs = own.parts().tbs_certificate();
    let unreadable = |_| SealError::OtherKey;
    let issuer = tbs.issuer().to_der().map_err(unreadable)?;
    let serial = tbs.serial_number().to_der().map_err(unreadable)?;
    let signer = asn1::sequence(&[
        &asn1::unsigned(&[1]),
        &asn1::sequence(&[&issuer, &serial]),
        &digest_algorithm,
        &asn1::retagged(attributes, 0xa0),
        &signature_algorithm(key.algorithm()),
        &asn1::item(OCTET_STRING, &[&signature]),
        unsigned.as_deref().unwrap_or_default(),
    ]);
    let certificates: Vec<&[u8]> = chain.iter().map(Vec::as_slice).collect();
    let (version, content) = match signed {
        Signed::Detached(_) => (1, asn1::sequence(&[&asn1::oid(&DATA)])),
        Signed::Inside(of, bytes) => {
            let bytes = asn1::tagged(0, &[&asn1::item(OCTET_STRING, &[bytes])]);
            (3, asn1::sequence(&[&asn1::oid(of), &bytes]))
        }
    };
    let data = asn1::sequence(&[
        &asn1::unsigned(&[version]),
        &asn1::set(&[&digest_algorithm]),
        &content,
        &asn1::retagged(asn1::set(&certificates), 0xa0),
        &asn1::set(&[&signer]),
    ]);
    Ok(asn1::sequence(&[
        &asn1::oid(&SIGNED_DATA),
        &asn1::tagged(0, &[&data]),
    ]))
}

/// The signed attributes, as the SET that the signature is over.
fn attributes(signed: &Signed<'_>, algorithm: SealAlgorithm, certificate: &[u8]) -> Vec<u8> {
    let attribute =
        |oid: &ObjectIdentifier, value: &[u8]| asn1::sequence(&[&asn1::oid(oid), &asn1::set(&[value])]);
    let hash = asn1::item(OCTET_STRING, &[&Sha256::digest(certificate)]);
    let named = asn1::sequence(&[&asn1::sequence(&[&asn1::sequence(&[&hash])])]);
    let digest = asn1::item(OCTET_STRING, &[&digest(algorithm, signed.bytes())]);
    asn1::set(&[
        &attribute(&CONTENT_TYPE, &asn1::oid(&signed.content_type())),
        &attribute(&MESSAGE_DIGEST, &digest),
        &attribute(&SIGNING_CERTIFICATE, &named),
    ])
}

/// The hash that goes with a kind of key.
pub(super) fn digest(algorithm: SealAlgorithm, bytes: &[u8]) -> Vec<u8> {
    match algorithm {
        SealAlgorithm::P384 => Sha384::digest(bytes).to_vec(),
        SealAlgorithm::P256 | SealAlgorithm::Rsa => Sha256::digest(bytes).to_vec(),
    }
}

fn digest_algorithm(algorithm: SealAlgorithm) -> Vec<u8> {
    match algorithm {
        SealAlgorithm::P384 => asn1::sequence(&[&asn1::oid(&SHA384)]),
        SealAlgorithm::P256 | SealAlgorithm::Rsa => asn1::sequence(&[&asn1::oid(&SHA256)]),
    }
}

/// The identifier of the signatures that a kind of key makes.
pub(super) fn signature_algorithm(algorithm: SealAlgorithm) -> Vec<u8> {
    match algorithm {
        SealAlgorithm::P256 => asn1::sequence(&[&asn1::oid(&ECDSA_SHA256)]),
        SealAlgorithm::P384 => asn1::sequence(&[&asn1::oid(&ECDSA_SHA384)]),
        SealAlgorithm::Rsa => asn1::sequence(&[&asn1::oid(&RSA_SHA256), &NULL]),
    }
}
