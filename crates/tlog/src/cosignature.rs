//! What a witness signs: `cosignature/v1` (C2SP tlog-cosignature, signature type 0x04).

use ed25519_dalek::{Signature, VerifyingKey};

/// Latest time a cosignature may carry, in seconds since 1970.
pub(crate) const MAX_TIME: u64 = i64::MAX as u64;

/// The bytes that are signed: a header that separates the domain, the time, and the whole body of the
/// checkpoint.
pub(crate) fn cosigned_message(body: &str, time: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{body}").into_bytes()
}

/// Judges the signature field (8 bytes time, 64 bytes Ed25519) and answers the time it states.
pub(crate) fn verify(public: &VerifyingKey, body: &str, field: &[u8]) -> Option<u64> {
    let (time, signature) = field.split_first_chunk()?;
    let time = u64::from_be_bytes(*time);
    let signature = Signature::from_slice(signature).ok()?;
    let valid = time <= MAX_TIME
        && public
            .verify_strict(&cosigned_message(body, time), &signature)
            .is_ok();
    valid.then_some(time)
}
