//! Some thousand records on their way through the audit.

use civil::cose::PublicKey;
use civil::id::KeyId;
use hashbrown::HashMap;
use rayon::prelude::*;

use super::Depth;
use super::reading::Facts;
use crate::record::Record;

/// Records with what was read of them and which keys they are to be judged by.
#[derive(Debug)]
pub(crate) struct Window {
    pub(crate) records: Vec<Record>,
    pub(crate) facts: Vec<Facts>,
    /// Who signed which record, as far as the key is known.
    pub(crate) signers: Vec<Signer>,
    /// Who endorsed which record, as far as the key is known.
    pub(crate) endorsers: Vec<Endorser>,
    /// The keys of this window, each once.
    pub(crate) keys: Vec<PublicKey>,
    places: HashMap<KeyId, usize>,
}

/// Whose signature a record bears: indexes into the window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signer {
    pub(crate) record: usize,
    pub(crate) key: usize,
}

/// Whose endorsement a record bears: indexes into the window, and which of its endorsements.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Endorser {
    pub(crate) record: usize,
    pub(crate) index: usize,
    pub(crate) key: usize,
}

/// How many records one core reads at a time.
const READ: usize = 128;

impl Window {
    /// Reads records on all cores.
    pub(crate) fn read(records: Vec<Record>, depth: Depth) -> Self {
        let facts = records
            .par_iter()
            .with_min_len(READ)
            .map(|record| Facts::of(record, depth))
            .collect();
        Self {
            signers: Vec::with_capacity(records.len()),
            facts,
            records,
            endorsers: Vec::new(),
            keys: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// The place of a key among the keys of this window.
    pub(crate) fn place(&mut self, id: KeyId, key: &PublicKey) -> usize {
        *self.places.entry(id).or_insert_with(|| {
            self.keys.push(key.clone());
            self.keys.len() - 1
        })
    }
}
