//! Time stamps (RFC 3161): asking an authority, and an authority of our own for the demo and for tests.

use std::sync::atomic::{AtomicU64, Ordering};

use der::asn1::ObjectIdentifier;
use der::{Any, Decode, Encode, Tagged};
use sha2::{Digest, Sha256};

use super::asn1::{self, NULL, OCTET_STRING, TRUE};
use super::cms::{Signed, signed_data};
use super::key::SealKey;
use super::{SealError, instant};

const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// The attribute in which a stamp stands (RFC 3161, appendix A).
pub(super) const TIME_STAMP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// The policy of the test authority, below the number that is kept for examples (RFC 5612).
const TEST_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1");

/// Somebody who says when a signature was there.
pub trait TimeStamper: Send + Sync {
    /// A time-stamp token (ContentInfo in DER) over a signature.
    ///
    /// # Errors
    /// [`SealError::NoTimeStamp`].
    fn stamp(&self, signature: &[u8]) -> Result<Vec<u8>, SealError>;
}

/// The request for a stamp over a signature (TimeStampReq in DER), as it is posted to an authority as `application/timestamp-query`.
pub fn time_stamp_request(signature: &[u8]) -> Vec<u8> {
    // No nonce: the imprint is of a signature that was made just now, and nobody can have asked for it before.
    asn1::sequence(&[&asn1::unsigned(&[1]), &imprint(signature), &TRUE])
}

/// The token in an authority's answer (TimeStampResp in DER). Only that it is over this signature is looked at: whoever checks the
/// paper judges the rest.
///
/// # Errors
/// [`SealError::NoTimeStamp`].
pub fn time_stamp_of(response: &[u8], signature: &[u8]) -> Result<Vec<u8>, SealError> {
    let unreadable = SealError::NoTimeStamp("the answer of the authority cannot be read");
    let read = |bytes: &[u8]| Vec::<Any>::from_der(bytes).ok();
    let parts = read(response).ok_or(unreadable)?;
    let status = parts.first().and_then(|status| read(&status.to_der().ok()?));
    let granted = status.is_some_and(|status| {
        let number = status.first();
        number.is_some_and(|number| number.tag() == der::Tag::Integer && matches!(number.value(), [0 | 1]))
    });
    let token = parts.get(1).and_then(|token| token.to_der().ok());
    match token.filter(|_| granted) {
        None => Err(SealError::NoTimeStamp("the authority refused")),
        Some(token) => {
            let hash = Sha256::digest(signature);
            let of_this = token.windows(hash.len()).any(|found| *found == *hash);
            let other = SealError::NoTimeStamp("the stamp is over something else");
            if of_this { Ok(token) } else { Err(other) }
        }
    }
}

/// Whether a time stamp lies in a CMS that was made here.
pub fn is_stamped(cms: &[u8]) -> bool {
    let attribute = asn1::oid(&TIME_STAMP);
    cms.windows(attribute.len()).any(|found| *found == *attribute)
}

fn imprint(signature: &[u8]) -> Vec<u8> {
    asn1::sequence(&[
        &asn1::sequence(&[&asn1::oid(&SHA256), &NULL]),
        &asn1::item(OCTET_STRING, &[&Sha256::digest(signature)]),
    ])
}

/// A time-stamp authority with a key of its own: for the demo and for tests.
pub struct TimeAuthority {
    key: Box<dyn SealKey>,
    clock: Box<dyn Fn() -> u64 + Send + Sync>,
    given: AtomicU64,
}

impl std::fmt::Debug for TimeAuthority {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("TimeAuthority")
    }
}

impl TimeAuthority {
    /// With a key whose certificate is for time stamps, and a clock in seconds since 1970.
    pub fn new(key: Box<dyn SealKey>, clock: Box<dyn Fn() -> u64 + Send + Sync>) -> Self {
        Self {
            key,
            clock,
            given: AtomicU64::new(1),
        }
    }
}

impl TimeStamper for TimeAuthority {
    fn stamp(&self, signature: &[u8]) -> Result<Vec<u8>, SealError> {
        let serial = self.given.fetch_add(1, Ordering::Relaxed);
        let info = asn1::sequence(&[
            &asn1::unsigned(&[1]),
            &asn1::oid(&TEST_POLICY),
            &imprint(signature),
            &asn1::unsigned(&serial.to_be_bytes()),
            &instant::generalized((self.clock)()),
        ]);
        signed_data(&Signed::Inside(TST_INFO, &info), self.key.as_ref(), |_| Ok(None))
    }
}
