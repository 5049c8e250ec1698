//! Certificates (X.509, RFC 5280) of roots, seals and time-stamp authorities, read for what the ledger needs of them.

use der::asn1::ObjectIdentifier;
use der::{Decode, Encode};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};

use super::public_key::{SealKeyError, SealPublicKey};

/// How many bytes one certificate may have.
pub const CERTIFICATE_SIZE_MAX: usize = 8 * 1_024;

const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
const EMAIL_PROTECTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.4");
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");
/// What this reader understands: a critical extension that it does not makes the certificate unusable (RFC 5280 §4.2).
const UNDERSTOOD: [&str; 3] = ["2.5.29.15", "2.5.29.19", "2.5.29.37"];

/// Why a certificate does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// Not DER of a certificate, or too large.
    #[error("the certificate cannot be read")]
    Malformed,
    /// Its key or algorithm.
    #[error(transparent)]
    Key(#[from] SealKeyError),
    /// It names another issuer.
    #[error("the certificate was issued by somebody else")]
    OtherIssuer,
    /// The issuer may not issue certificates.
    #[error("the issuer is no authority")]
    NoAuthority,
}

/// A certificate, taken apart but not yet believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealCertificate {
    der: Vec<u8>,
    read: Certificate,
    key: SealPublicKey,
    key_id: [u8; 32],
}

impl SealCertificate {
    /// Reads DER.
    ///
    /// # Errors
    /// [`CertificateError::Malformed`], also for a second encoding of the same certificate and for critical extensions that
    /// nobody here understands; [`CertificateError::Key`].
    pub fn parse(der: &[u8]) -> Result<Self, CertificateError> {
        if der.len() > CERTIFICATE_SIZE_MAX {
            return Err(CertificateError::Malformed);
        }
        let read = Certificate::from_der(der).map_err(|_| CertificateError::Malformed)?;
        let again = read.to_der().map_err(|_| CertificateError::Malformed)?;
        let mut extensions = read.tbs_certificate().extensions().into_iter().flatten();
        if again != der
            || extensions
                .any(|found| found.critical && !UNDERSTOOD.contains(&found.extn_id.to_string().as_str()))
        {
            return Err(CertificateError::Malformed);
        }
        let info = read.tbs_certificate().subject_public_key_info();
        let key = SealPublicKey::of(info)?;
        let spki = info.to_der().map_err(|_| CertificateError::Malformed)?;
        Ok(Self {
            der: der.to_vec(),
            key,
            key_id: Sha256::digest(spki).into(),
            read,
        })
    }

    /// The DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Its parts.
    pub const fn parts(&self) -> &Certificate {
        &self.read
    }

    /// Its key.
    pub const fn key(&self) -> &SealPublicKey {
        &self.key
    }

    /// SHA-256 of the public key as it stands in the certificate (SubjectPublicKeyInfo): the name by which seals are revoked.
    pub const fn key_id(&self) -> [u8; 32] {
        self.key_id
    }

    /// The first eight bytes of [`SealCertificate::key_id`]: the `kid` of codes and lists.
    pub fn kid(&self) -> [u8; 8] {
        kid_of(&self.key_id)
    }

    /// SHA-256 of the DER: what people compare.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(&self.der).into()
    }

    /// Whom it names (CN); empty where it names nobody.
    pub fn name(&self) -> String {
        let found = self.read.tbs_certificate().subject().common_name();
        found
            .ok()
            .flatten()
            .map(|name| name.value().into_owned())
            .unwrap_or_default()
    }

    /// The `serialNumber` of the subject: the id of the office, in figures.
    pub fn office(&self) -> Option<u32> {
        let subject = self.read.tbs_certificate().subject();
        let found = subject.iter().find(|part| part.oid == SERIAL_NUMBER)?;
        str::from_utf8(found.value.value()).ok()?.parse().ok()
    }

    /// The first and the last second of its validity, since 1970.
    pub fn valid(&self) -> (u64, u64) {
        let validity = self.read.tbs_certificate().validity();
        let seconds = |time: x509_cert::time::Time| time.to_unix_duration().as_secs();
        (seconds(validity.not_before), seconds(validity.not_after))
    }

    /// Whether it is valid at that second.
    pub fn is_valid_at(&self, seconds: u64) -> bool {
        let (from, until) = self.valid();
        (from..=until).contains(&seconds)
    }

    /// Whether it may issue certificates: basic constraints say so, and key usage does not say otherwise.
    pub fn is_authority(&self) -> bool {
        let constraints = self.read.tbs_certificate().get_extension::<BasicConstraints>();
        let usage = self.read.tbs_certificate().get_extension::<KeyUsage>();
        matches!(constraints, Ok(Some((_, constraints))) if constraints.ca)
            && usage.is_ok_and(|usage| usage.is_none_or(|(_, usage)| usage.key_cert_sign()))
    }

    /// Whether it may seal papers: key usage is for signatures, and no extended usage excludes it (none is stated, or e-mail
    /// protection among them, by which common readers of PDF know it).
    pub fn may_seal(&self) -> bool {
        let usage = self.read.tbs_certificate().get_extension::<KeyUsage>();
        let signs = usage.is_ok_and(|usage| {
            usage.is_none_or(|(_, usage)| usage.digital_signature() || usage.non_repudiation())
        });
        signs
            && self
                .extended_usage()
                .is_some_and(|usage| usage.is_empty() || usage.contains(&EMAIL_PROTECTION))
    }

    /// Whether it is for time stamps alone (RFC 3161 §2.3).
    pub fn may_stamp_time(&self) -> bool {
        self.extended_usage()
            .is_some_and(|usage| usage == [TIME_STAMPING])
    }

    /// Empty where none is stated, none where it cannot be read.
    fn extended_usage(&self) -> Option<Vec<ObjectIdentifier>> {
        let found = self.read.tbs_certificate().get_extension::<ExtendedKeyUsage>();
        Some(found.ok()?.map(|(_, usage)| usage.0).unwrap_or_default())
    }

    /// Whether `issuer` issued this: the names chain, the issuer may issue, and the signature is its. Days are for the caller.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn issued_by(&self, issuer: &Self) -> Result<(), CertificateError> {
        if self.read.tbs_certificate().issuer() != issuer.read.tbs_certificate().subject() {
            return Err(CertificateError::OtherIssuer);
        }
        if !issuer.is_authority() {
            return Err(CertificateError::NoAuthority);
        }
        if self.read.signature_algorithm() != self.read.tbs_certificate().signature() {
            return Err(CertificateError::Malformed);
        }
        let signed = self.read.tbs_certificate().to_der();
        let signed = signed.map_err(|_| CertificateError::Malformed)?;
        let signature = self
            .read
            .signature()
            .as_bytes()
            .ok_or(CertificateError::Malformed)?;
        let algorithm = self.read.signature_algorithm();
        Ok(issuer.key.verify(algorithm, None, &signed, signature)?)
    }
}

/// The first eight bytes of a key id.
pub fn kid_of(key_id: &[u8; 32]) -> [u8; 8] {
    let mut kid = [0; 8];
    kid.copy_from_slice(&key_id[..8]);
    kid
}
