//! [`Sealer`]: what a body's key costs, for the benchmark `body` to measure: the very steps of an append and of a read, without a store.

use super::cipher;
use super::tree::{Cover, Walk, span_of};
use crate::fault::Fault;

/// Seals and opens bodies under the keys of one span.
#[derive(Debug)]
pub struct Sealer(Cover);

impl Sealer {
    /// Under a root that protects nothing.
    #[must_use]
    pub fn new(root: [u8; 32]) -> Self {
        Sealer(Cover::whole(root.into()))
    }

    /// Seals a batch whose first body takes a position; it must end within the span.
    ///
    /// # Errors
    /// [`Fault`] when a body is too long.
    pub fn seal(&self, position: u64, bodies: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, Fault> {
        let mut walk = Walk::new(&self.0);
        let sealed = (position..).zip(bodies).map(|(position, body)| {
            let key = walk.key(span_of(position).1);
            let key = key.ok_or_else(|| Fault::request("sealing a body", "its key is destroyed"))?;
            cipher::seal(&key, position, body)
        });
        sealed.collect()
    }

    /// Opens one body, as a reader does who comes from nowhere: from the root down.
    ///
    /// # Errors
    /// [`Fault`] when its key does not open it.
    pub fn open(&self, position: u64, kept: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let key = Walk::new(&self.0).key(span_of(position).1);
        key.map(|key| cipher::open(&key, position, kept)).transpose()
    }
}
