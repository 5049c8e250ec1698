//! Keys that sign in tests, and what they have signed.

use tlog::{Checkpoint, Hash, KeyKind, Note, SignerKey, VerifierKey};

/// The log of these tests.
pub const ORIGIN: &str = "log.example/civil-status";

/// The log's key.
pub fn log_key() -> SignerKey {
    SignerKey::new(ORIGIN, KeyKind::Ed25519, &[1; 32]).unwrap()
}

/// The key of a witness.
pub fn witness(number: u8) -> SignerKey {
    SignerKey::new(
        &format!("witness{number}.example"),
        KeyKind::Cosignature,
        &[100 + number; 32],
    )
    .unwrap()
}

/// A checkpoint of three leaves.
pub fn checkpoint() -> Checkpoint {
    Checkpoint::new(ORIGIN, 3, Hash([9; 32])).unwrap()
}

/// A checkpoint signed by the log and cosigned by some witnesses, in the order of their numbers.
pub fn cosigned(witnesses: &[u8]) -> Note {
    let mut note = checkpoint().sign(&log_key()).unwrap();
    for number in witnesses {
        let time = 1_700_000_000 + u64::from(*number);
        note.add(checkpoint().cosign(&witness(*number), time).unwrap())
            .unwrap();
    }
    note
}

/// The public halves.
pub fn public(keys: &[SignerKey]) -> Vec<VerifierKey> {
    keys.iter().map(|key| key.verifier().clone()).collect()
}
