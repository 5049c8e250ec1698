//! What a paper carries so that it proves itself, as pure bytes (RFC 0005): its [`PaperCode`], the [`PaperClaim`] of its QR
//! code, the [`SealCertificate`] of the office that sealed it, and the two lists by which a verifier without a network judges it:
//! whom to trust ([`TrustList`]) and what became of which paper ([`StatusList`]).
//!
//! Whoever makes papers and whoever checks them both use this module, and nothing else in common. Nothing here signs, reads a
//! file or knows what time it is.

pub mod base45;
mod certificate;
mod claim;
mod code;
mod fields;
mod pem;
mod public_key;
mod sign1;
mod status_list;
mod trust_list;

pub use crate::act::SealUse;
pub use certificate::{CERTIFICATE_SIZE_MAX, CertificateError, SealCertificate, kid_of};
pub use claim::{CLAIM_SIZE_MAX, Identity, IssuedFacts, PaperClaim};
pub use code::PaperCode;
pub use pem::{certificate_to_pem, certificates_of_pem};
pub use public_key::{SealAlgorithm, SealDigest, SealKeyError, SealPublicKey};
pub use sign1::{Sign1, sign1};
pub use status_list::{Fate, STATUS_LIST, STATUS_LIST_SIZE_MAX, StatusList};
pub use trust_list::{TRUST_LIST, TrustList, TrustedSeal};
