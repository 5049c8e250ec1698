//! Signed envelopes in bundles, at the index of the public leaves: what auditors read (RFC 0007 §2).

use std::ops::Range;

use futures_util::StreamExt as _;
use tlog::{Bundle, write_entry};

use crate::Registry;
use crate::error::RegistryError;
use ledger::Fault;

impl Registry {
    /// The signed events of a bundle, each behind its length: `<N>[.p/<W>]`, as the public bundles are numbered, with the positions it has. No bodies.
    ///
    /// # Errors
    /// [`RegistryError::NotFound`] when the path names no bundle, or one that the log does not reach yet; [`RegistryError::Fault`].
    pub async fn envelopes(&self, path: &str) -> Result<(Range<u64>, Vec<u8>), RegistryError> {
        let missing = || RegistryError::NotFound("bundle");
        let bundle: Bundle = format!("tile/entries/{path}").parse().map_err(|_| missing())?;
        let size = self.ledger.stored_head().await?.size;
        let start = bundle
            .start()
            .filter(|_| bundle.tile().is_in_tree(size))
            .ok_or_else(missing)?;
        let mut bytes = Vec::new();
        let end = start + u64::from(bundle.width());
        let mut stored = self.ledger.scan(start, end);
        while let Some(page) = stored.next().await {
            for event in page? {
                write_entry(&mut bytes, &event.signed)
                    .map_err(|error| Fault::damaged("writing a bundle of envelopes", error))?;
            }
        }
        Ok((start..end, bytes))
    }
}
