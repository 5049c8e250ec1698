//! The formats of the log (C2SP): notes, checkpoints, paths, bundles, proofs, keys, policies, what is sent to witnesses; and evidence of a fork.

use tlog::{
    AddCheckpoint, Bundle, Checkpoint, Edge, ForkEvidence, Hash, KeyKind, Note, NoteSignature, Policy,
    SignerKey, Tile, TlogProof, VerifierKey, read_cosignatures, read_size, verify_consistency,
    verify_inclusion, write_entry,
};

/// The log whose notes lie in the corpus.
fn log_key() -> [VerifierKey; 1] {
    [SignerKey::new("log.example", KeyKind::Ed25519, &[1; 32])
        .unwrap()
        .verifier()
        .clone()]
}

fn witness() -> [VerifierKey; 1] {
    [SignerKey::new("witness.example", KeyKind::Cosignature, &[2; 32])
        .unwrap()
        .verifier()
        .clone()]
}

fn same<T: ToString>(read: Option<T>, text: &str) {
    if let Some(read) = read {
        assert_eq!(read.to_string(), text);
    }
}

pub fn note(bytes: &[u8]) {
    let ([log], [witness]) = (log_key(), witness());
    if let Ok(note) = Note::parse(bytes) {
        assert_eq!(note.to_string().as_bytes(), bytes);
        let _ = note.verify(&[&log, &witness]);
    }
}

pub fn checkpoint(bytes: &[u8]) {
    if let Ok(signed) = Checkpoint::open(bytes, &log_key(), &witness()) {
        assert_eq!(signed.note().to_string().as_bytes(), bytes);
        assert_eq!(signed.checkpoint().origin(), "log.example");
    }
    if let Ok(text) = str::from_utf8(bytes) {
        same(text.parse::<Checkpoint>().ok(), text);
    }
}

pub fn tile_path(bytes: &[u8]) {
    if let Ok(text) = str::from_utf8(bytes) {
        same(text.parse::<Tile>().ok(), text);
        same(text.parse::<Bundle>().ok(), text);
    }
}

/// The first byte is how wide the bundle should be.
pub fn bundle(bytes: &[u8]) {
    let Some((width, bytes)) = bytes.split_first() else {
        return;
    };
    let bundle = Bundle::new(0, u16::from(*width) + 1).unwrap();
    if let Ok(entries) = bundle.entries(bytes) {
        let mut again = Vec::new();
        entries
            .into_iter()
            .for_each(|entry| write_entry(&mut again, entry).unwrap());
        assert_eq!(again, bytes);
    }
}

/// A proof file; and the same bytes as two numbers, two roots and a path.
pub fn proof(bytes: &[u8]) {
    if let Ok(proof) = TlogProof::parse(bytes) {
        assert_eq!(proof.to_string().as_bytes(), bytes);
        let _ = proof.verify(Hash([7; 32]), &log_key(), &witness());
    }
    if let Some((numbers, hashes)) = bytes.split_first_chunk::<16>() {
        let [a, b] = [0, 8].map(|at| u64::from_le_bytes(numbers[at..at + 8].try_into().unwrap()));
        let path: Vec<Hash> = hashes
            .as_chunks::<32>()
            .0
            .iter()
            .map(|hash| Hash(*hash))
            .collect();
        if let [first, second, path @ ..] = &path[..] {
            let _ = verify_inclusion(a, b, *first, *second, path);
            let _ = verify_consistency(a, b, *first, *second, path);
        }
    }
}

pub fn key(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    same(text.parse::<NoteSignature>().ok(), text);
    same(text.parse::<VerifierKey>().ok(), text);
    same(
        text.parse::<SignerKey>().ok().map(|key| key.to_secret_string()),
        text,
    );
    same(text.parse::<Hash>().ok(), text);
    same(Hash::parse_hex(text).ok().map(|hash| format!("{hash:x}")), text);
}

pub fn edge(bytes: &[u8]) {
    if let Ok(edge) = Edge::from_bytes(bytes) {
        assert_eq!(edge.to_bytes(), bytes);
        let _ = edge.clone().push(Hash([7; 32]));
    }
}

/// A policy has no one spelling. What it promises: no fewer cosignatures are enough where more are not.
pub fn policy(bytes: &[u8]) {
    if let Ok(policy) = Policy::parse(bytes) {
        let (none, all) = (policy.is_met_by(|_| false), policy.is_met_by(|_| true));
        assert!(all || !none);
        for witness in policy.witness_keys() {
            let one = policy.is_met_by(|key| key == witness);
            assert!((one || !none) && (all || !one));
        }
        policy.witnesses().iter().for_each(|witness| _ = witness.url());
        let _ = policy.open(bytes);
    }
}

/// What a log sends to a witness, and what it may be answered.
pub fn request(bytes: &[u8]) {
    if let Ok(request) = AddCheckpoint::parse(bytes) {
        assert_eq!(request.to_string().as_bytes(), bytes);
        let seen = Some((request.old, Hash([7; 32])));
        for seen in [None, seen] {
            if let Ok(checkpoint) = request.judge(&log_key(), seen) {
                assert!(checkpoint.origin() == "log.example" && request.old <= checkpoint.size());
                assert!(checkpoint.extensions().is_empty());
            }
        }
    }
    if let Ok(cosignatures) = read_cosignatures(bytes) {
        let lines: String = cosignatures.iter().map(|line| format!("{line}\n")).collect();
        assert_eq!(lines.as_bytes(), bytes);
    }
    if let Some(size) = read_size(bytes) {
        assert_eq!(format!("{size}\n").as_bytes(), bytes);
    }
}

/// What is read as evidence of a fork is never one of a log that signed nothing false.
pub fn fork(bytes: &[u8]) {
    if let Ok(evidence) = ForkEvidence::parse(bytes) {
        assert_eq!(evidence.to_string().as_bytes(), bytes);
        if let Ok(fork) = evidence.verify(&log_key()) {
            assert!(fork.smaller.size() <= fork.larger.size() && fork.smaller.root() != fork.beginning);
        }
    }
}
