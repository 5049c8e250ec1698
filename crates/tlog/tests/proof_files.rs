//! Proof files: the lines of C2SP, and what they prove.
#![cfg(test)]

mod model;

use model::{
    Log, entry,
    signed::{ORIGIN, log_key, public, witness},
};
use tlog::{
    Checkpoint, CheckpointError, Hash, KeyKind, MAX_EXTRA_SIZE, NoteError, ProofError, SignerKey, TlogProof,
    TlogProofError, inclusion_proof, leaf_hash,
};

/// A log of 1,000 entries, its signed checkpoint with two witnesses, and the proof of entry 123.
fn proof_of_123() -> TlogProof {
    let log = Log::of(1000);
    let checkpoint = Checkpoint::new(ORIGIN, 1000, log.edge.root()).unwrap();
    let mut note = checkpoint.sign(&log_key()).unwrap();
    for number in [1, 2] {
        note.add(checkpoint.cosign(&witness(number), 1_700_000_000).unwrap())
            .unwrap();
    }
    TlogProof::new(123, inclusion_proof(123, 1000, &log).unwrap(), note).unwrap()
}

#[test]
fn a_proof_file_proves_its_entry_and_no_other() {
    let (proof, log, witnesses) = (
        proof_of_123(),
        public(&[log_key()]),
        public(&[witness(1), witness(2)]),
    );
    let file = proof.to_string();
    let read = TlogProof::parse(file.as_bytes()).unwrap();
    assert_eq!((&read, read.to_string()), (&proof, file.clone()));
    let signed = read.verify(leaf_hash(&entry(123)), &log, &witnesses).unwrap();
    assert_eq!(
        (signed.checkpoint().size(), signed.cosignatures().len()),
        (1000, 2)
    );
    let other = read.verify(leaf_hash(&entry(124)), &log, &witnesses);
    assert_eq!(
        other.unwrap_err(),
        TlogProofError::Inclusion(ProofError::WrongRoot)
    );
    let moved = TlogProof::parse(file.replace("index 123", "index 124").as_bytes()).unwrap();
    assert!(moved.verify(leaf_hash(&entry(123)), &log, &witnesses).is_err());
    let beyond = TlogProof::parse(file.replace("index 123", "index 1000").as_bytes()).unwrap();
    let error = beyond
        .verify(leaf_hash(&entry(123)), &log, &witnesses)
        .unwrap_err();
    assert_eq!(
        error,
        TlogProofError::Inclusion(ProofError::NotInTree {
            index: 1000,
            size: 1000
        })
    );
    let stranger = public(&[SignerKey::new(ORIGIN, KeyKind::Ed25519, &[8; 32]).unwrap()]);
    let error = read.verify(leaf_hash(&entry(123)), &stranger, &[]).unwrap_err();
    assert_eq!(
        error,
        TlogProofError::Checkpoint(CheckpointError::Note(NoteError::Unsigned))
    );
}

#[test]
fn a_proof_file_has_the_lines_of_c2sp() {
    let proof = proof_of_123().with_extra(b"dossier").unwrap();
    let file = proof.to_string();
    let lines: Vec<_> = file.split('\n').collect();
    assert_eq!(
        lines[..3],
        ["c2sp.org/tlog-proof@v1", "extra ZG9zc2llcg==", "index 123"]
    );
    assert_eq!((lines[13], lines[14], lines[15]), ("", ORIGIN, "1000"));
    assert_eq!(
        TlogProof::parse(file.as_bytes()).unwrap().extra(),
        Some(&b"dossier"[..])
    );
    assert_eq!(proof.with_extra(b"").unwrap(), proof_of_123());
    assert_eq!(
        proof_of_123().with_extra(&vec![0; MAX_EXTRA_SIZE + 1]),
        Err(TlogProofError::TooLarge)
    );
    assert!(proof_of_123().with_extra(&vec![0; MAX_EXTRA_SIZE]).is_ok());
}

#[test]
fn what_is_no_proof_file_is_refused() {
    let file = proof_of_123().to_string();
    for (from, to) in [
        ("proof@v1", "proof@v2"),
        ("index 123", "index 0123"),
        ("index 123", "index -1"),
        ("index 123", "index  123"),
        ("index 123\n", ""),
        ("index 123", "extra AA==\nextra AA==\nindex 123"),
        ("index 123", "extra \nindex 123"),
        ("index 123", "extra AB==\nindex 123"),
        ("index 123\n", "index 123\nAAAA\n"),
        ("index 123", "index 123\nextra AA=="),
        ("c2sp", " c2sp"),
        ("c2sp", "\nc2sp"),
        ("=\n\n", "=\n"),
        ("index 123\n", "index 123\r\n"),
    ] {
        let broken = file.replacen(from, to, 1);
        assert_ne!(broken, file);
        assert!(TlogProof::parse(broken.as_bytes()).is_err(), "{from:?} {to:?}");
    }
    let long = file.replace(
        "index 123\n",
        &format!("index 123\n{}", format!("{}\n", Hash([0; 32])).repeat(60)),
    );
    assert_eq!(TlogProof::parse(long.as_bytes()), Err(TlogProofError::TooLarge));
    assert_eq!(
        TlogProof::parse(&vec![b'x'; 2_000_000]),
        Err(TlogProofError::TooLarge)
    );
}

/// ML-DSA-44 takes 2,428 bytes, which no code has room for.
#[test]
fn a_short_proof_goes_without_the_logs_second_signature_and_proves_the_same() {
    let log = Log::of(1000);
    let checkpoint = Checkpoint::new(ORIGIN, 1000, log.edge.root()).unwrap();
    let second = SignerKey::new(ORIGIN, KeyKind::MlDsa44, &[8; 32]).unwrap();
    let strong = SignerKey::new("strong.example", KeyKind::MlDsa44, &[7; 32]).unwrap();
    let mut note = checkpoint.sign(&log_key()).unwrap();
    for key in [&second, &strong, &witness(1)] {
        note.add(checkpoint.cosign(key, 1_700_000_000).unwrap()).unwrap();
    }
    let path = inclusion_proof(123, 1000, &log).unwrap();
    let short = TlogProof::new(123, path.clone(), note).unwrap().short();
    let keys = public(&[strong, witness(1)]);
    let log_keys = public(&[log_key(), second.clone()]);
    let proved = short.verify(leaf_hash(&entry(123)), &log_keys, &keys).unwrap();
    assert_eq!(proved.cosignatures().len(), 2, "what a witness signs stays");
    assert!(
        !short
            .to_string()
            .contains(&format!("{:x}", second.verifier().id()))
    );
    assert!(
        short
            .verify(
                leaf_hash(&entry(123)),
                &public(std::slice::from_ref(&second)),
                &keys
            )
            .is_err()
    );
    // A log that signs by no other key keeps it.
    let alone = tlog::Note::new(
        &checkpoint.to_string(),
        vec![checkpoint.cosign(&second, 0).unwrap()],
    )
    .unwrap();
    let kept = TlogProof::new(123, path, alone).unwrap();
    assert_eq!(kept.clone().short(), kept);
}
