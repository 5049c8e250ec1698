//! The files of `schemas/log/`, and what they are made from.

use tlog::{
    AddCheckpoint, Checkpoint, Edge, ForkEvidence, Hash, KeyKind, Note, SignerKey, Tile, consistency_proof,
    leaf_hash,
};

/// The log of the examples.
pub const ORIGIN: &str = "log.example/civil-status";
/// When its witnesses saw it.
pub const TIME: u64 = 1_790_000_000;

/// The log's key.
pub fn log_key() -> SignerKey {
    SignerKey::new(ORIGIN, KeyKind::Ed25519, &[1; 32]).unwrap()
}

/// The log's second key.
pub fn second_key() -> SignerKey {
    SignerKey::new(ORIGIN, KeyKind::MlDsa44, &[2; 32]).unwrap()
}

/// The key of a witness; the third one's is ML-DSA-44.
pub fn witness(number: u8) -> SignerKey {
    let kind = if number == 3 {
        KeyKind::MlDsa44
    } else {
        KeyKind::Cosignature
    };
    SignerKey::new(&format!("witness{number}.example"), kind, &[100 + number; 32]).unwrap()
}

/// A tree in memory: leaf `i` is `i` as text, from `changed` on with another word before it.
#[derive(Default)]
pub struct Tree {
    leaves: Vec<Hash>,
}

impl Tree {
    /// A tree of so many leaves; those from `changed` on are another history's.
    pub fn of(size: u64, changed: u64) -> Self {
        let leaf = |index| match index >= changed {
            true => leaf_hash(format!("another {index}").as_bytes()),
            false => leaf_hash(format!("{index}").as_bytes()),
        };
        Self {
            leaves: (0..size).map(leaf).collect(),
        }
    }

    /// The root of its first leaves.
    pub fn root(&self, size: u64) -> Hash {
        let mut edge = Edge::new();
        for leaf in self.leaves.iter().take(usize::try_from(size).unwrap()) {
            edge.push(*leaf).unwrap();
        }
        edge.root()
    }

    /// What the log signs for its first leaves.
    pub fn checkpoint(&self, size: u64) -> Checkpoint {
        Checkpoint::new(ORIGIN, size, self.root(size)).unwrap()
    }

    /// That, signed by the log.
    pub fn signed(&self, size: u64) -> Note {
        self.checkpoint(size).sign(&log_key()).unwrap()
    }

    /// The proof that a tree of its first leaves continues a smaller one. For up to 256 leaves.
    pub fn proof(&self, old: u64, new: u64) -> Vec<Hash> {
        let tiles = |tile: Tile| {
            let width = usize::from(tile.width());
            let bytes: Vec<u8> = match tile.level() {
                0 => self.leaves.iter().take(width).flat_map(|leaf| leaf.0).collect(),
                _ => Vec::new(),
            };
            (bytes.len() == width * 32).then_some(bytes)
        };
        consistency_proof(old, new, &tiles).unwrap()
    }
}

/// Every file with its name.
pub fn files() -> Vec<(&'static str, String)> {
    let (honest, other) = (Tree::of(200, u64::MAX), Tree::of(200, 100));
    let checkpoint = honest.checkpoint(200);
    let mut cosigned = checkpoint.sign_by_all(&[&log_key(), &second_key()]).unwrap();
    for number in 1..=3 {
        cosigned
            .add(checkpoint.cosign(&witness(number), TIME).unwrap())
            .unwrap();
    }
    let request = AddCheckpoint {
        old: 77,
        proof: honest.proof(77, 200),
        checkpoint: honest.signed(200),
    };
    let fork = ForkEvidence::of_two_sizes(
        honest.signed(120),
        other.signed(200),
        other.root(120),
        other.proof(120, 200),
    );
    let same_size = ForkEvidence::of_one_size(honest.signed(200), other.signed(200));
    vec![
        ("checkpoint", cosigned.to_string()),
        ("policy", policy()),
        ("add-checkpoint", request.to_string()),
        ("fork-of-two-sizes", fork.to_string()),
        ("fork-of-one-size", same_size.to_string()),
    ]
}

fn policy() -> String {
    let key = |key: SignerKey| key.verifier().to_string();
    let mut policy = format!(
        "# The log with its two keys, and three witnesses of whom two are enough.\nlog {} https://log.example/\nlog {}\n\n",
        key(log_key()),
        key(second_key())
    );
    for (number, name) in [(1, "ministry"), (2, "audit-office"), (3, "province")] {
        policy += &format!(
            "witness {name} {} https://witness{number}.example/\n",
            key(witness(number))
        );
    }
    policy + "\ngroup two-of-three 2 ministry audit-office province\nquorum two-of-three\n"
}
