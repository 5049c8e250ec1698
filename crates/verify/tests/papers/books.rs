//! The lists of a country: whom to trust, and what became of papers.

use civil::id::OfficeId;
use civil::seal::{Fate, STATUS_LIST, SealUse, StatusList, TRUST_LIST, TrustList, TrustedSeal};
use civil::value::Date;
use extract::seal::{SealKey, sign_list};
use verify::paper::Trust;

use crate::house::{House, ORIGIN};

/// That of the ledgers of `support`.
const LOG_SEED: [u8; 32] = [9; 32];

/// A country's lists, and the root that signs them.
pub struct Books<'a> {
    house: &'a House,
    list: TrustList,
}

pub fn day(year: u16, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

impl<'a> Books<'a> {
    pub fn of(house: &'a House) -> Self {
        let list = TrustList {
            origin: ORIGIN.to_owned(),
            made_at: 1_795_399_200,
            next_update: 1_798_077_600,
            roots: vec![house.root.chain()[0].clone()],
            seals: Vec::new(),
            log_key: log_key().verifier().to_string(),
        };
        Self { house, list }.and(&house.seal, 2)
    }

    /// With one more seal.
    pub fn and(mut self, seal: &dyn SealKey, office: u32) -> Self {
        self.list.seals.push(TrustedSeal {
            office: OfficeId(office),
            used_for: SealUse::Seal,
            certificate: seal.chain()[0].clone(),
            from: day(2026, 1, 1),
            until: day(2040, 1, 1),
            revoked_on: None,
            suspect_since: None,
            reason: None,
        });
        self
    }

    /// With what happened to the seals.
    pub fn changed(mut self, change: impl Fn(&mut TrustedSeal)) -> Self {
        self.list.seals.iter_mut().for_each(change);
        self
    }

    pub fn trust_list(&self, signer: &dyn SealKey) -> Vec<u8> {
        sign_list(TRUST_LIST, &self.list.encode(), signer).unwrap()
    }

    pub fn trust(&self) -> Trust {
        Trust::open(&self.trust_list(&self.house.root), Some(&self.list.roots[0])).unwrap()
    }

    pub fn status_list(&self, size: u64, papers: &[([u8; 16], Fate, Date)]) -> Vec<u8> {
        let list = StatusList::new(ORIGIN, 1_796_000_000, 1_799_000_000, size, papers.iter().copied());
        sign_list(STATUS_LIST, &list.encode(), &self.house.root).unwrap()
    }
}

/// The key of the log's checkpoints.
pub fn log_key() -> tlog::SignerKey {
    tlog::SignerKey::new(ORIGIN, tlog::KeyKind::Ed25519, &LOG_SEED).unwrap()
}
