//! A key in a token or a hardware security module (PKCS#11). It never leaves it.

use std::path::Path;
use std::sync::Mutex;

use civil::seal::{SealAlgorithm, SealCertificate};
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;

use der::Decode;
use der::asn1::{ObjectIdentifier, OctetString};

use super::asn1;
use super::cms::digest;
use super::{SealError, SealKey};

const EC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");

/// A key in a token. Its signatures differ each time, so what was sealed with it is kept.
pub struct TokenKey {
    session: Mutex<Session>,
    key: ObjectHandle,
    algorithm: SealAlgorithm,
    key_id: [u8; 32],
    chain: Vec<Vec<u8>>,
    // Closed after the session: the module must outlive it.
    _module: Pkcs11,
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("TokenKey")
    }
}

impl TokenKey {
    /// Opens the key with that label in the token with that label, through the module of the token's maker. `chain` are its
    /// certificates in DER, its own first.
    ///
    /// # Errors
    /// [`SealError::Token`] in the module's words, [`SealError::OtherKey`] when the key does not fit the certificate.
    pub fn open(
        module: &Path,
        token: &str,
        pin: &str,
        label: &str,
        chain: Vec<Vec<u8>>,
    ) -> Result<Self, SealError> {
        let own = SealCertificate::parse(chain.first().ok_or(SealError::OtherKey)?)?;
        let (session, module) = open_session(module, token, pin)?;
        let wanted = [
            Attribute::Class(ObjectClass::PRIVATE_KEY),
            Attribute::Label(label.as_bytes().to_vec()),
        ];
        let key = only(&session, &wanted)?;
        let opened = Self {
            session: Mutex::new(session),
            key,
            algorithm: own.key().algorithm(),
            key_id: own.key_id(),
            chain,
            _module: module,
        };
        opened.proves_itself(&own)?;
        Ok(opened)
    }

    /// The public half of the key with that label (SubjectPublicKeyInfo in DER), for its certificate. A key of P-256: no other seals codes and lists.
    ///
    /// # Errors
    /// [`SealError::Token`] in the module's words, [`SealError::BadKey`] for another kind of key.
    pub fn public_key(module: &Path, token: &str, pin: &str, label: &str) -> Result<Vec<u8>, SealError> {
        let (session, _module) = open_session(module, token, pin)?;
        let wanted = [
            Attribute::Class(ObjectClass::PUBLIC_KEY),
            Attribute::Label(label.as_bytes().to_vec()),
        ];
        let key = only(&session, &wanted)?;
        let asked = [AttributeType::EcParams, AttributeType::EcPoint];
        let told = session
            .get_attributes(key, &asked)
            .map_err(|_| SealError::BadKey)?;
        let mut point = None;
        let mut of_p256 = false;
        for attribute in told {
            match attribute {
                Attribute::EcParams(curve) => of_p256 = curve == asn1::oid(&P256),
                Attribute::EcPoint(der) => point = OctetString::from_der(&der).ok(),
                _ => {}
            }
        }
        let point = point.filter(|_| of_p256).ok_or(SealError::BadKey)?;
        let algorithm = asn1::sequence(&[&asn1::oid(&EC_KEY), &asn1::oid(&P256)]);
        let bits = asn1::item(asn1::BIT_STRING, &[&[0], point.as_bytes()]);
        Ok(asn1::sequence(&[&algorithm, &bits]))
    }

    /// A key that does not belong to the certificate would make papers that nobody believes.
    fn proves_itself(&self, own: &SealCertificate) -> Result<(), SealError> {
        const MESSAGE: &[u8] = b"hotich/token/v1";
        let signature = self.sign(MESSAGE)?;
        let right = own.key().is_signed_by_it(MESSAGE, &signature);
        if right { Ok(()) } else { Err(SealError::OtherKey) }
    }
}

impl SealKey for TokenKey {
    fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    fn key_id(&self) -> [u8; 32] {
        self.key_id
    }

    fn algorithm(&self) -> SealAlgorithm {
        self.algorithm
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SealError> {
        let session = self
            .session
            .lock()
            .map_err(|_| SealError::Token("an earlier use of it failed midway".to_owned()))?;
        match self.algorithm {
            SealAlgorithm::Rsa => session
                .sign(&Mechanism::Sha256RsaPkcs, self.key, message)
                .map_err(failed),
            SealAlgorithm::P256 | SealAlgorithm::P384 => {
                let hash = digest(self.algorithm, message);
                let signature = session.sign(&Mechanism::Ecdsa, self.key, &hash).map_err(failed)?;
                let (r, s) = signature.split_at(signature.len() / 2);
                Ok(asn1::sequence(&[&asn1::unsigned(r), &asn1::unsigned(s)]))
            }
        }
    }
}

fn only(session: &Session, wanted: &[Attribute]) -> Result<ObjectHandle, SealError> {
    let found = session.find_objects(wanted).map_err(failed)?;
    let key = found.first().copied();
    key.ok_or_else(|| SealError::Token("it has no key of that label".to_owned()))
}

fn open_session(module: &Path, token: &str, pin: &str) -> Result<(Session, Pkcs11), SealError> {
    let module = Pkcs11::new(module).map_err(failed)?;
    match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
        Err(error) => return Err(failed(error)),
    }
    for slot in module.get_slots_with_token().map_err(failed)? {
        let info = module.get_token_info(slot).map_err(failed)?;
        if info.label() == token {
            let session = module.open_ro_session(slot).map_err(failed)?;
            let pin = AuthPin::new(pin.into());
            match session.login(UserType::User, Some(&pin)) {
                Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => return Ok((session, module)),
                Err(error) => return Err(failed(error)),
            }
        }
    }
    Err(SealError::Token("there is no token of that label".to_owned()))
}

fn failed(error: Error) -> SealError {
    SealError::Token(error.to_string())
}
