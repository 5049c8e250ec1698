//! What a verifier without a network goes by, signed by the country's seal: whom to trust, and which papers no longer hold.

use std::sync::{Arc, PoisonError};

use ::extract::seal::{SealKey, sign_list};
use civil::directory::Seal;
use civil::id::{EntryId, OfficeId};
use civil::seal::{Fate, STATUS_LIST, SealUse, StatusList, TRUST_LIST, TrustList, TrustedSeal};
use ledger::Fault;
use projections::extract::{self, NoLonger};

use super::PaperState;
use super::press::not_sealed;
use crate::Registry;
use crate::error::RegistryError;

const DAY_S: u64 = 24 * 3_600;
/// After how long a verifier should ask for a newer list of seals.
const TRUST_S: u64 = 30 * DAY_S;
/// After how long a verifier should ask for a newer list of papers.
const STATUS_S: u64 = DAY_S;
/// How long a list of papers is handed out while more is recorded: it is as long as there are papers that no longer hold.
const KEPT_S: u64 = 60;

/// A signed list of papers.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    size: u64,
    made_at: u64,
    bytes: Arc<Vec<u8>>,
}

impl Registry {
    /// The list of roots and seals, as a COSE_Sign1 by the country's seal.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when this node has no seal of the country, or no root is granted; [`RegistryError::Fault`].
    #[tracing::instrument(name = "registry.trust_list", skip_all, err(level = "debug"))]
    pub async fn trust_list(&self) -> Result<Vec<u8>, RegistryError> {
        let key = self.list_key()?;
        let made_at = self.now_s();
        let list = self.with_directory(|known| {
            let roots = known
                .seals()
                .filter(|seal| seal.usage == SealUse::Root && seal.revoked.is_none());
            let seals = known.seals().filter(|seal| seal.usage != SealUse::Root);
            TrustList {
                origin: known.origin().to_owned(),
                made_at,
                next_update: made_at + TRUST_S,
                roots: roots.map(|seal| seal.certificate.der().to_vec()).collect(),
                seals: seals.map(trusted).collect(),
                log_key: known.log_key().to_owned(),
            }
        });
        if list.roots.is_empty() {
            return Err(RegistryError::NotFound("root of the seals"));
        }
        Ok(sign_list(TRUST_LIST, &list.encode(), key.as_ref()).map_err(|error| not_sealed(&error))?)
    }

    /// The list of papers that no longer hold, by what everybody may know of them, as a COSE_Sign1 by the country's seal.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when this node has no seal of the country; [`RegistryError::Fault`].
    #[tracing::instrument(name = "registry.status_list", skip_all, err(level = "debug"))]
    pub async fn status_list(&self) -> Result<Arc<Vec<u8>>, RegistryError> {
        let key = self.list_key()?;
        let (size, made_at) = (self.head().size, self.now_s());
        if let Some(bytes) = self.press.listed(size, made_at) {
            return Ok(bytes);
        }
        // What is recorded from here on may be missing: the list says so by its size.
        let papers = self.papers_no_longer().await?;
        let origin = self.with_directory(|known| known.origin().to_owned());
        let list = StatusList::new(&origin, made_at, made_at + STATUS_S, size, papers);
        let bytes =
            sign_list(STATUS_LIST, &list.encode(), key.as_ref()).map_err(|error| not_sealed(&error))?;
        let bytes = Arc::new(bytes);
        self.press.list(Listed {
            size,
            made_at,
            bytes: Arc::clone(&bytes),
        });
        Ok(bytes)
    }

    async fn papers_no_longer(&self) -> Result<Vec<([u8; 16], Fate, civil::value::Date)>, RegistryError> {
        let found = extract::no_longer(&self.ledger.reader()).await?;
        let mut papers = Vec::with_capacity(found.len());
        for NoLonger { code, fate } in found {
            let id = status_id(&code)?;
            match PaperState::of(&fate) {
                PaperState::Current => {}
                PaperState::Superseded { on } => papers.push((id, Fate::Superseded, on)),
                PaperState::Revoked { on } => papers.push((id, Fate::Revoked, on)),
            }
        }
        // Of one paper the list keeps the worst.
        for entry in self.ledger.entries_lost().await? {
            let entry = EntryId::from_bytes(entry);
            let Some(on) = self.lost_on(entry).await? else {
                continue;
            };
            for paper in extract::coded(&self.ledger.reader(), entry).await? {
                papers.push((status_id(&paper.code)?, Fate::Superseded, on));
            }
        }
        Ok(papers)
    }

    fn list_key(&self) -> Result<Arc<dyn SealKey>, RegistryError> {
        let key = self.press.seal(OfficeId::ADMINISTRATION).cloned();
        key.ok_or(RegistryError::NotFound("seal of the country"))
    }

    fn now_s(&self) -> u64 {
        u64::try_from(self.clock.now_ms() / 1_000).unwrap_or_default()
    }
}

fn status_id(code: &str) -> Result<[u8; 16], Fault> {
    let mut id = [0; 16];
    hex::decode_to_slice(code, &mut id).map_err(|error| Fault::damaged("reading extract.code", error))?;
    Ok(id)
}

impl super::Press {
    /// The list that was made of that many events, or a little ago.
    fn listed(&self, size: u64, now: u64) -> Option<Arc<Vec<u8>>> {
        let listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |listed: &&Listed| {
            let age = now.saturating_sub(listed.made_at);
            age < KEPT_S || (listed.size == size && age < STATUS_S / 2)
        };
        listed
            .as_ref()
            .filter(fresh)
            .map(|listed| Arc::clone(&listed.bytes))
    }

    fn list(&self, listed: Listed) {
        *self.listed.lock().unwrap_or_else(PoisonError::into_inner) = Some(listed);
    }
}

fn trusted(seal: &Seal) -> TrustedSeal {
    let revoked = seal.revoked.as_ref();
    TrustedSeal {
        office: seal.office,
        used_for: seal.usage,
        certificate: seal.certificate.der().to_vec(),
        from: seal.valid_from,
        until: seal.valid_until,
        revoked_on: revoked.map(|revoked| revoked.on),
        suspect_since: revoked.and_then(|revoked| revoked.suspect_since),
        reason: revoked.map(|revoked| revoked.reason.clone()),
    }
}
