//! A key in a file: for the demo, for tests, and for offices without a token.

use civil::seal::{SealAlgorithm, SealCertificate, certificate_to_pem, certificates_of_pem};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use sha2::{Digest, Sha256};

use super::certificate::{Certified, certify};
use super::{SealError, SealKey};

/// A P-256 key with its certificates. Its signatures are deterministic (RFC 6979).
pub struct FileKey {
    key: SigningKey,
    public: Vec<u8>,
    chain: Vec<Vec<u8>>,
}

/// Says which key it is and nothing of it.
impl std::fmt::Debug for FileKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named: String = self.key_id()[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        write!(out, "FileKey({named})")
    }
}

impl FileKey {
    /// From PKCS#8 and certificates in PEM, its own first.
    ///
    /// # Errors
    /// [`SealError::BadKey`], [`SealError::Certificate`], [`SealError::OtherKey`].
    pub fn of_pem(key: &str, chain: &str) -> Result<Self, SealError> {
        let key = SigningKey::from_pkcs8_pem(key).map_err(|_| SealError::BadKey)?;
        let chain = certificates_of_pem(chain).ok_or(SealError::OtherKey)?;
        Self::with_chain(key, chain)
    }

    /// A root that has issued itself, from 32 bytes of chance.
    ///
    /// # Errors
    /// [`SealError::BadKey`] when the bytes are no key (one in 2³²).
    pub fn root(secret: &[u8; 32], of: &Certified<'_>) -> Result<Self, SealError> {
        let alone = Self::alone(secret)?;
        let certificate = certify(of, &alone.public, &alone)?;
        Self::with_chain(alone.key, vec![certificate])
    }

    /// A key with a certificate by `issuer`, from 32 bytes of chance.
    ///
    /// # Errors
    /// As [`FileKey::root`], and those of the issuer.
    pub fn issued(secret: &[u8; 32], of: &Certified<'_>, issuer: &dyn SealKey) -> Result<Self, SealError> {
        let alone = Self::alone(secret)?;
        let mut chain = vec![certify(of, &alone.public, issuer)?];
        chain.extend_from_slice(issuer.chain());
        Self::with_chain(alone.key, chain)
    }

    fn alone(secret: &[u8; 32]) -> Result<Self, SealError> {
        let key = SigningKey::from_slice(secret).map_err(|_| SealError::BadKey)?;
        let public = public(&key)?;
        Ok(Self {
            key,
            public,
            chain: Vec::new(),
        })
    }

    fn with_chain(key: SigningKey, chain: Vec<Vec<u8>>) -> Result<Self, SealError> {
        let public = public(&key)?;
        let own = SealCertificate::parse(chain.first().ok_or(SealError::OtherKey)?)?;
        if own.key_id() != <[u8; 32]>::from(Sha256::digest(&public)) {
            return Err(SealError::OtherKey);
        }
        Ok(Self { key, public, chain })
    }

    /// The secret as PKCS#8 PEM: for a file that only its owner can read.
    ///
    /// # Errors
    /// [`SealError::BadKey`].
    pub fn to_pem(&self) -> Result<String, SealError> {
        let pem = self.key.to_pkcs8_pem(LineEnding::LF);
        pem.map(|pem| pem.as_str().to_owned())
            .map_err(|_| SealError::BadKey)
    }

    /// Its certificates as PEM, its own first.
    pub fn chain_pem(&self) -> String {
        self.chain.iter().map(|der| certificate_to_pem(der)).collect()
    }
}

impl SealKey for FileKey {
    fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    fn key_id(&self) -> [u8; 32] {
        Sha256::digest(&self.public).into()
    }

    fn algorithm(&self) -> SealAlgorithm {
        SealAlgorithm::P256
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SealError> {
        let signature: Signature = self.key.sign(message);
        Ok(signature.normalize_s().to_der().as_bytes().to_vec())
    }
}

fn public(key: &SigningKey) -> Result<Vec<u8>, SealError> {
    let public = key.verifying_key().to_public_key_der();
    public
        .map(|der| der.as_bytes().to_vec())
        .map_err(|_| SealError::BadKey)
}
