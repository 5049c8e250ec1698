//! Every parser before arbitrary bytes and before valid inputs with a few changes: it refuses, or what it
//! read is written back byte for byte. Nothing panics.
#![cfg(test)]

mod model;

use model::Log;
use proptest::{collection::vec, prelude::*, sample::Index};
use std::sync::LazyLock;
use tlog::{
    Bundle, Checkpoint, Edge, Hash, KeyKind, Note, NoteSignature, SignerKey, Tile, TlogProof, VerifierKey,
    inclusion_proof, write_entry,
};

fn log_key() -> SignerKey {
    SignerKey::new("log.example", KeyKind::Ed25519, &[1; 32]).unwrap()
}

fn witness() -> SignerKey {
    SignerKey::new("witness.example", KeyKind::Cosignature, &[2; 32]).unwrap()
}

/// A valid input of every parser.
static VALID: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let log = Log::of(300);
    let checkpoint = Checkpoint::new("log.example", 300, log.edge.root()).unwrap();
    let mut note = checkpoint.sign(&log_key()).unwrap();
    note.add(checkpoint.cosign(&witness(), 1_700_000_000).unwrap())
        .unwrap();
    let proof = TlogProof::new(77, inclusion_proof(77, 300, &log).unwrap(), note.clone()).unwrap();
    let mut bundle = vec![];
    [&b"one"[..], b"", b"three"]
        .into_iter()
        .for_each(|entry| write_entry(&mut bundle, entry).unwrap());
    [
        checkpoint.to_string(),
        note.to_string(),
        note.signatures()[1].to_string(),
        proof.clone().with_extra(b"extra").unwrap().to_string(),
        proof.to_string(),
        log_key().verifier().to_string(),
        witness().verifier().to_string(),
        log_key().to_secret_string(),
        Tile::new(1, 1_234_067, 17).unwrap().to_string(),
        Bundle::new(1_234_067, 256).unwrap().to_string(),
        Hash([3; 32]).to_string(),
        format!("{:x}", Hash([3; 32])),
    ]
    .map(String::into_bytes)
    .into_iter()
    .chain([log.edge.to_bytes(), bundle])
    .collect()
});

/// Gives the bytes to every parser.
fn read_with_all(bytes: &[u8]) {
    if let Ok(note) = Note::parse(bytes) {
        assert_eq!(note.to_string().as_bytes(), bytes);
        let _ = note.verify(&[log_key().verifier(), witness().verifier()]);
    }
    if let Ok(proof) = TlogProof::parse(bytes) {
        assert_eq!(proof.to_string().as_bytes(), bytes);
        let log = [log_key().verifier().clone()];
        let _ = proof.verify(Hash::default(), &log, &[]);
    }
    if let Ok(edge) = Edge::from_bytes(bytes) {
        assert_eq!(edge.to_bytes(), bytes);
    }
    let log = [log_key().verifier().clone()];
    let _ = Checkpoint::open(bytes, &log, &[]);
    for width in [1, 3, 256] {
        if let Ok(entries) = Bundle::new(0, width).unwrap().entries(bytes) {
            let mut again = vec![];
            entries
                .into_iter()
                .for_each(|entry| write_entry(&mut again, entry).unwrap());
            assert_eq!(again, bytes);
        }
    }
    if let Ok(text) = str::from_utf8(bytes) {
        read_text_with_all(text);
    }
}

/// Gives the text to every parser of text.
fn read_text_with_all(text: &str) {
    fn same<T: ToString>(read: Option<T>, text: &str) {
        if let Some(read) = read {
            assert_eq!(read.to_string(), text);
        }
    }
    same(text.parse::<Checkpoint>().ok(), text);
    same(text.parse::<NoteSignature>().ok(), text);
    same(text.parse::<VerifierKey>().ok(), text);
    same(
        text.parse::<SignerKey>().ok().map(|key| key.to_secret_string()),
        text,
    );
    same(text.parse::<Tile>().ok(), text);
    same(text.parse::<Bundle>().ok(), text);
    same(text.parse::<Hash>().ok(), text);
    same(Hash::parse_hex(text).ok().map(|hash| format!("{hash:x}")), text);
}

/// A small change of a valid input.
#[derive(Debug, Clone)]
enum Change {
    Set(Index, u8),
    Insert(Index, u8),
    Remove(Index),
    Cut(Index),
    Double(Index, Index),
    Drop(Index, Index),
    Append(Index),
}

impl Change {
    fn any() -> impl Strategy<Value = Self> {
        // Bytes that mean something in these formats come more often.
        let byte = prop_oneof![
            any::<u8>(),
            prop::sample::select("\n\n — +=/.x0129AZ\t".as_bytes().to_vec())
        ];
        prop_oneof![
            (any::<Index>(), byte.clone()).prop_map(|(at, byte)| Self::Set(at, byte)),
            (any::<Index>(), byte).prop_map(|(at, byte)| Self::Insert(at, byte)),
            any::<Index>().prop_map(Self::Remove),
            any::<Index>().prop_map(Self::Cut),
            (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Self::Double(a, b)),
            (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Self::Drop(a, b)),
            any::<Index>().prop_map(Self::Append),
        ]
    }

    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let range = |a: &Index, b: &Index| {
            let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
            a.min(b)..a.max(b)
        };
        match self {
            Self::Set(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte
            }
            Self::Insert(at, byte) => bytes.insert(at.index(bytes.len()), *byte),
            Self::Remove(at) => {
                bytes.remove(at.index(bytes.len()));
            }
            Self::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Self::Double(a, b) => {
                let part = bytes[range(a, b)].to_vec();
                bytes.extend(part)
            }
            Self::Drop(a, b) => {
                bytes.drain(range(a, b));
            }
            Self::Append(other) => bytes.extend_from_slice(other.get::<Vec<u8>>(VALID.as_slice())),
        }
    }
}

#[test]
fn the_valid_inputs_are_read() {
    VALID.iter().for_each(|bytes| read_with_all(bytes));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..300)) {
        read_with_all(&bytes);
    }

    #[test]
    fn arbitrary_text_is_read_or_refused(text in "(\\PC|\n|[—+=/.x0-9A-Za-z ]){0,120}") {
        read_with_all(text.as_bytes());
    }

    #[test]
    fn changed_inputs_are_read_or_refused(valid: Index, changes in vec(Change::any(), 1..4)) {
        let mut bytes = valid.get(VALID.as_slice()).clone();
        changes.iter().for_each(|change| change.apply(&mut bytes));
        read_with_all(&bytes);
    }

    #[test]
    fn a_changed_note_is_never_believed(at: Index, bit in 0..8_u8) {
        let mut bytes = VALID[1].clone();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let (log, witnesses) = ([log_key().verifier().clone()], [witness().verifier().clone()]);
        if let Ok(signed) = Checkpoint::open(&bytes, &log, &witnesses) {
            // Only a cosignature may become one by a key we do not know, and so be ignored.
            prop_assert_eq!(signed.checkpoint().to_string().into_bytes(), VALID[0].clone());
            prop_assert!(signed.cosignatures().is_empty());
        }
    }
}
