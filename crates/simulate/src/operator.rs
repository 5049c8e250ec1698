//! [`Operator`]: who signs checkpoints, and remembers beside the ledger what was signed.

use ledger::{Fault, FaultKind, Ledger, SignedHead};

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
        let mut moved = None;
        let lock = self.lock;
        let signed = ledger
            .publish_checkpoint(|size, root| {
                let continues =
                    (size, root) == (checked.size, checked.root) && lock.is_none_or(|(last, _)| last <= size);
                if !continues {
                    return Err(Fault::new(FaultKind::Moved, "signing", "the log has moved"));
                }
                moved = Some((size, root));
                Ok(format!("{size} {}", hex::encode(root)))
            })
            .await?;
        if let Some(head) = moved {
            self.lock = Some(head);
        }
        self.signed.push((signed.size, signed.root));
        Ok(signed)
    }

    /// How many events the last checkpoint covers.
    pub fn covers(&self) -> u64 {
        self.lock.map_or(0, |(size, _)| size)
    }
}
