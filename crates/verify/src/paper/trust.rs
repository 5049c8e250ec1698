//! Whom to believe: the trust list, opened, and what it says of a seal on a day.

use civil::event::day_in_vietnam;
use civil::id::OfficeId;
use civil::seal::{
    STATUS_LIST, SealCertificate, SealUse, Sign1, StatusList, TRUST_LIST, TrustList, TrustedSeal,
};
use tlog::VerifierKey;

use super::finding::Why;

/// Why a list is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// It cannot be read as a list of that kind.
    #[error("the list cannot be read")]
    Malformed,
    /// It is not signed by the root that was asked for, or by any it names itself.
    #[error("the list is not signed by a root that you trust")]
    Untrusted,
    /// It is of another ledger than the trust list.
    #[error("the list is of another ledger")]
    OtherLedger,
}

/// A trust list that is believed.
#[derive(Debug)]
pub struct Trust {
    list: TrustList,
    roots: Vec<SealCertificate>,
    seals: Vec<(SealCertificate, TrustedSeal)>,
    log_key: Option<VerifierKey>,
}

impl Trust {
    /// Opens a signed trust list. `root` is the one root (DER) that may vouch for it; without it the list vouches for itself, and
    /// whoever asks should compare [`Trust::fingerprints`].
    ///
    /// # Errors
    /// [`ListError`].
    pub fn open(bytes: &[u8], root: Option<&[u8]>) -> Result<Self, ListError> {
        let signed = Sign1::parse(bytes).map_err(|_| ListError::Malformed)?;
        if signed.content_type.as_deref() != Some(TRUST_LIST) {
            return Err(ListError::Malformed);
        }
        let list = TrustList::decode(signed.payload).map_err(|_| ListError::Malformed)?;
        let read = |der: &Vec<u8>| SealCertificate::parse(der).ok();
        // A certificate that nobody here can read is trusted for nothing; the others stay.
        let roots: Vec<_> = list.roots.iter().filter_map(read).collect();
        let seals = list
            .seals
            .iter()
            .filter_map(|seal| Some((read(&seal.certificate)?, seal.clone())));
        let trust = Self {
            seals: seals.collect(),
            log_key: list.log_key.parse().ok(),
            roots,
            list,
        };
        let vouches = |issuer: &SealCertificate| root.is_none_or(|root| root == issuer.der());
        trust.signed_by_the_country(&signed, trust.list.made_at, vouches)?;
        Ok(trust)
    }

    /// Opens a signed status list of the same ledger.
    ///
    /// # Errors
    /// [`ListError`].
    pub fn status_list(&self, bytes: &[u8]) -> Result<StatusList, ListError> {
        let signed = Sign1::parse(bytes).map_err(|_| ListError::Malformed)?;
        if signed.content_type.as_deref() != Some(STATUS_LIST) {
            return Err(ListError::Malformed);
        }
        let list = StatusList::decode(signed.payload).map_err(|_| ListError::Malformed)?;
        if list.origin != self.list.origin {
            return Err(ListError::OtherLedger);
        }
        self.signed_by_the_country(&signed, list.made_at, |_| true)?;
        Ok(list)
    }

    /// A list is signed by a root, or by a seal of the national administration that a root issued: no single office can speak for
    /// all.
    fn signed_by_the_country(
        &self,
        signed: &Sign1<'_>,
        at: u64,
        vouches: impl Fn(&SealCertificate) -> bool,
    ) -> Result<(), ListError> {
        let roots = self.roots.iter().filter(|root| vouches(root));
        let seals = self.seals.iter().filter(|(seal, listed)| {
            listed.office == OfficeId::ADMINISTRATION
                && listed.used_for == SealUse::Seal
                && self.in_force(seal, listed, at, false).is_ok()
                && self.issuer(seal, at).is_some_and(&vouches)
        });
        let mut signers = roots.chain(seals.map(|(seal, _)| seal));
        let right = signers.any(|signer| signer.kid() == signed.kid && signed.verify(signer.key()).is_ok());
        if right { Ok(()) } else { Err(ListError::Untrusted) }
    }

    /// What the list says.
    pub const fn list(&self) -> &TrustList {
        &self.list
    }

    /// SHA-256 of each root, for people to compare.
    pub fn fingerprints(&self) -> Vec<[u8; 32]> {
        self.roots.iter().map(SealCertificate::fingerprint).collect()
    }

    /// The key of the log's checkpoints.
    pub(super) const fn log_key(&self) -> Option<&VerifierKey> {
        self.log_key.as_ref()
    }

    /// Whether these are the very bytes of a root.
    pub(super) fn is_root(&self, certificate: &[u8]) -> bool {
        self.roots.iter().any(|root| root.der() == certificate)
    }

    /// The seals whose key has that name.
    pub(super) fn named(&self, kid: [u8; 8]) -> impl Iterator<Item = &(SealCertificate, TrustedSeal)> {
        let seals = self
            .seals
            .iter()
            .filter(|(_, listed)| listed.used_for == SealUse::Seal);
        seals.filter(move |(seal, _)| seal.kid() == kid)
    }

    /// Finds the very certificate on the list.
    pub(super) fn find(&self, seal: &SealCertificate) -> Option<&TrustedSeal> {
        let found = self
            .seals
            .iter()
            .find(|(known, listed)| known == seal && listed.used_for == SealUse::Seal);
        found.map(|(_, listed)| listed)
    }

    /// Judges a seal of the list at the second at which it says it sealed; `since_then` when it is proved by somebody else that this
    /// was before anybody could suspect the key.
    pub(super) fn judge(
        &self,
        seal: &SealCertificate,
        listed: &TrustedSeal,
        at: u64,
        proved: bool,
    ) -> Result<(), Why> {
        if !seal.may_seal() {
            return Err(Why::SealUnreadable);
        }
        self.issuer(seal, at).ok_or(Why::UntrustedRoot)?;
        self.in_force(seal, listed, at, proved)
    }

    fn in_force(
        &self,
        seal: &SealCertificate,
        listed: &TrustedSeal,
        at: u64,
        proved: bool,
    ) -> Result<(), Why> {
        let day = day_in_vietnam(at).ok_or(Why::SealNotInForce)?;
        if !seal.is_valid_at(at) || !(listed.from..=listed.until).contains(&day) {
            return Err(Why::SealNotInForce);
        }
        let revoked = listed.revoked_on.is_some_and(|from| from <= day);
        let suspect = listed.suspect_since.is_some_and(|from| from <= day || !proved);
        if revoked || suspect {
            Err(Why::SealRevoked)
        } else {
            Ok(())
        }
    }

    /// The root that issued it and was valid then.
    fn issuer(&self, seal: &SealCertificate, at: u64) -> Option<&SealCertificate> {
        let mut roots = self.roots.iter().filter(|root| root.is_valid_at(at));
        roots.find(|root| seal.issued_by(root).is_ok())
    }

    /// Whether a time-stamp authority is believed at that second: a root issued it for that, and it is not revoked on the list.
    pub(super) fn believes_time(&self, authority: &SealCertificate, at: u64) -> bool {
        let day = day_in_vietnam(at);
        let listed = self.seals.iter().find(|(known, _)| known == authority);
        let withdrawn = listed.is_some_and(|(_, listed)| {
            let from = listed.suspect_since.or(listed.revoked_on);
            from.is_some_and(|from| day.is_none_or(|day| from <= day))
        });
        authority.may_stamp_time()
            && authority.is_valid_at(at)
            && self.issuer(authority, at).is_some()
            && !withdrawn
    }
}
