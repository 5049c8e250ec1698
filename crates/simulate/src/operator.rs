//! [`Operator`]: who signs checkpoints, and remembers beside the ledger what was signed.

use ledger::{Fault, Ledger, SignedHead};

use crate::projector::Seen;

/// Signs for the log, but never for one that does not continue what was signed before. What was signed lies in a place of its own, which no backup
/// of the ledger brings back: here in memory, moved only from the value that was read.
#[derive(Debug, Default)]
pub struct Operator {
    lock: Option<(u64, [u8; 32])>,
    /// Everything that was ever handed out.
    pub signed: Vec<(u64, [u8; 32])>,
}

impl Operator {
    /// Signs for the log as it stands.
    pub async fn sign(&mut self, ledger: &Ledger<Seen>) -> Result<SignedHead, Fault> {
        let checked = ledger.recheck(self.lock).await?;
        let head = SignedHead {
            size: checked.size,
            root: checked.root,
            note: format!("{} {}", checked.size, hex::encode(checked.root)),
        };
        // Remembered before anybody sees it: whatever fails from here on, nothing else is ever signed for.
        self.lock = Some((head.size, head.root));
        let signed = ledger.keep_checkpoint(&head).await?;
        self.signed.push((signed.size, signed.root));
        Ok(signed)
    }

    /// How many events the last checkpoint covers.
    pub fn covers(&self) -> u64 {
        self.lock.map_or(0, |(size, _)| size)
    }
}
