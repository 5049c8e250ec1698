//! How far the log of accesses has come: what a list of stream heads anchors of it.

use crate::Registry;
use crate::error::RegistryError;

/// The last line of the log of accesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessHead {
    /// How many lines there are.
    pub size: u64,
    /// The hash of the last.
    pub hash: [u8; 32],
}

impl Registry {
    /// How far the log of accesses has come; none while nothing keeps one.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] of the store.
    pub async fn access_head(&self) -> Result<Option<AccessHead>, RegistryError> {
        Ok(None)
    }
}
