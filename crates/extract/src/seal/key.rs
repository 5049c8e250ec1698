//! A key that seals.

use civil::seal::{SealAlgorithm, kid_of, sign1};
use p256::ecdsa::Signature;

use super::SealError;

/// A key that seals papers, wherever it lies.
pub trait SealKey: Send + Sync {
    /// Its certificates in DER, its own first, the root last.
    fn chain(&self) -> &[Vec<u8>];
    /// SHA-256 of its SubjectPublicKeyInfo.
    fn key_id(&self) -> [u8; 32];
    /// Which kind it is.
    fn algorithm(&self) -> SealAlgorithm;
    /// Signs a message as X.509 and CMS want it: ECDSA with the hash of its curve, in DER; RSA with PKCS#1 v1.5 and SHA-256.
    ///
    /// # Errors
    /// [`SealError::Token`].
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SealError>;
}

/// Signs as COSE wants it: `r ‖ s`, in the lower of its two forms.
///
/// # Errors
/// [`SealError::NotForCodes`] for keys that are not of P-256, and those of the key.
pub fn sign_es256(key: &dyn SealKey, message: &[u8]) -> Result<[u8; 64], SealError> {
    if key.algorithm() != SealAlgorithm::P256 {
        return Err(SealError::NotForCodes);
    }
    let signature = Signature::from_der(&key.sign(message)?).map_err(|_| SealError::BadKey)?;
    Ok(signature.normalize_s().to_bytes().into())
}

/// Signs a trust list or a status list; `content_type` says which ([`civil::seal::TRUST_LIST`], [`civil::seal::STATUS_LIST`]).
///
/// # Errors
/// As [`sign_es256`].
pub fn sign_list(content_type: &str, payload: &[u8], key: &dyn SealKey) -> Result<Vec<u8>, SealError> {
    sign1(Some(content_type), &kid_of(&key.key_id()), payload, |message| {
        sign_es256(key, message)
    })
}
