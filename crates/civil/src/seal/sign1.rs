//! COSE_Sign1 (RFC 9052) by seals: of QR codes and of lists.

use crate::cbor::{Cursor, Malformed, Writer};

use super::public_key::{SealKeyError, SealPublicKey};

const TAG: u64 = 18;
const ALGORITHM: u64 = 1;
const CONTENT_TYPE: u64 = 3;
const KID: u64 = 4;
const ES256: i64 = -7;

/// A signed message, taken apart but not yet believed.
#[derive(Debug, Clone)]
pub struct Sign1<'a> {
    protected: &'a [u8],
    /// What the payload is, where the header says it: lists do, codes do not.
    pub content_type: Option<String>,
    /// The first eight bytes of the key id of the seal.
    pub kid: [u8; 8],
    /// What was signed.
    pub payload: &'a [u8],
    signature: [u8; 64],
}

impl<'a> Sign1<'a> {
    /// Takes a message apart.
    ///
    /// # Errors
    /// [`Malformed`] for anything but the one layout of RFC 0005 §2.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        const HEADER: &str = "protected header";
        let mut read = Cursor::new(bytes);
        read.tag(TAG, "COSE_Sign1")?;
        read.array(4, "COSE_Sign1")?;
        let protected = read.bytes(HEADER)?;
        let mut header = Cursor::new(protected);
        let pairs = header.pairs(3, HEADER)?;
        let keyed = |header: &mut Cursor<'_>, key: u64| match header.uint(HEADER)? {
            found if found == key => Ok(()),
            _ => Err(Malformed::Shape(HEADER)),
        };
        keyed(&mut header, ALGORITHM)?;
        if header.int("algorithm")? != ES256 {
            return Err(Malformed::Shape("algorithm"));
        }
        let content_type = if pairs == 3 {
            keyed(&mut header, CONTENT_TYPE)?;
            Some(header.text("content type")?.to_owned())
        } else {
            None
        };
        keyed(&mut header, KID)?;
        let kid = header.fixed("kid")?;
        header.end()?;
        read.map(0, "unprotected header")?;
        let payload = read.bytes("payload")?;
        let signature = read.fixed("signature")?;
        read.end()?;
        Ok(Self {
            protected,
            content_type,
            kid,
            payload,
            signature,
        })
    }

    /// Judges the signature.
    ///
    /// # Errors
    /// As [`SealPublicKey::verify_es256`].
    pub fn verify(&self, key: &SealPublicKey) -> Result<(), SealKeyError> {
        let message = sig_structure(self.protected, self.payload);
        key.verify_es256(&message, &self.signature)
    }
}

/// Signs a payload: `sign` answers ES256 (`r ‖ s`) over what it is given.
///
/// # Errors
/// Those of `sign`.
pub fn sign1<E>(
    content_type: Option<&str>,
    kid: &[u8; 8],
    payload: &[u8],
    sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>,
) -> Result<Vec<u8>, E> {
    let mut header = Writer::with_capacity(64);
    header.map(if content_type.is_some() { 3 } else { 2 });
    header.uint(ALGORITHM).int(ES256);
    if let Some(content_type) = content_type {
        header.uint(CONTENT_TYPE).text(content_type);
    }
    header.uint(KID).bytes(kid);
    let protected = header.finish();
    let signature = sign(&sig_structure(&protected, payload))?;
    let mut out = Writer::with_capacity(payload.len() + 128);
    out.tag(TAG)
        .array(4)
        .bytes(&protected)
        .map(0)
        .bytes(payload)
        .bytes(&signature);
    Ok(out.finish())
}

/// RFC 9052 §4.4, without external data: other people's readers give none.
fn sig_structure(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut out = Writer::with_capacity(payload.len() + 64);
    out.array(4)
        .text("Signature1")
        .bytes(protected)
        .bytes(&[])
        .bytes(payload);
    out.finish()
}
