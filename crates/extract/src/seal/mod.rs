//! The seal of an office on what it hands out (con dấu điện tử): the signature inside the PDF (PAdES), the signed claim in the QR
//! code, and the keys and certificates they are made with (RFC 0005).
//!
//! The officer signs the *event*, with a key that the server never has. The *file* and the *code* carry the seal of the office, and
//! its key is the server's: in a file ([`FileKey`]) or in a token ([`TokenKey`]). What an ECDSA key in a file signs is the same each time
//! (RFC 6979); what a token or a time-stamp authority adds is not, so it is kept, and [`put_back`] puts it into the page that is
//! set again.

mod asn1;
mod certificate;
mod cms;
mod file_key;
mod instant;
mod key;
mod pades;
#[cfg(feature = "pkcs11")]
mod pkcs11;
mod qr;
mod time_stamp;

pub use certificate::{Certified, certify};
pub use file_key::FileKey;
pub use key::{SealKey, sign_es256, sign_list};
pub use pades::{Sealed, put_back, seal_pdf};
#[cfg(feature = "pkcs11")]
pub use pkcs11::TokenKey;
pub use qr::{QR_VERSION_MAX, code_of, qr_cose, qr_text, status_url};
pub use time_stamp::{TimeAuthority, TimeStamper, is_stamped, time_stamp_of, time_stamp_request};

use civil::seal::CertificateError;

/// Why something could not be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key cannot be read, or is not of P-256.
    #[error("the key cannot be read: a P-256 key in PKCS#8 is asked for")]
    BadKey,
    /// A certificate of the chain.
    #[error("a certificate of the seal: {0}")]
    Certificate(#[from] CertificateError),
    /// The first certificate of the chain is of another key, or there is none.
    #[error("the certificate is not that of the key")]
    OtherKey,
    /// Codes and lists are signed with P-256 alone.
    #[error("codes and lists are sealed with a P-256 key")]
    NotForCodes,
    /// The PDF is not as the typesetter makes them.
    #[error("the PDF cannot be sealed: {0}")]
    Unsealable(&'static str),
    /// Signature, chain and time stamp do not fit into the room left for them.
    #[error("signature and certificates need more room than a sealed PDF has")]
    TooLarge,
    /// A kept signature belongs to another file.
    #[error("the kept signature is of another file")]
    OtherFile,
    /// The claim does not fit into a code, even without notes.
    #[error("the paper says more than a QR code holds")]
    CodeTooLong,
    /// The time-stamp authority gave no stamp.
    #[error("no time stamp: {0}")]
    NoTimeStamp(&'static str),
    /// The token.
    #[error("the token: {0}")]
    Token(String),
}
