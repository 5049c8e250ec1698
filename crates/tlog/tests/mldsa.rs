//! The log's second signature, beside an implementation that is not ours.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod model;

use fips204::ml_dsa_44;
use fips204::traits::{KeyGen as _, SerDes as _, Signer as _, Verifier as _};
use model::signed::{ORIGIN, checkpoint, log_key, public};
use proptest::prelude::*;
use tlog::{
    Checkpoint, CheckpointError, Hash, KeyError, KeyKind, Note, NoteError, SignError, SignerKey, VerifierKey,
};

fn second() -> SignerKey {
    SignerKey::new(ORIGIN, KeyKind::MlDsa44, &[2; 32]).unwrap()
}

/// The message of C2SP tlog-cosignature, written down a second time.
fn message(name: &str, time: u64, origin: &str, size: u64, root: &[u8; 32]) -> Vec<u8> {
    let mut bytes = b"subtree/v1\n\0".to_vec();
    bytes.push(name.len() as u8);
    bytes.extend(name.as_bytes());
    bytes.extend(time.to_be_bytes());
    bytes.push(origin.len() as u8);
    bytes.extend(origin.as_bytes());
    bytes.extend([0; 8]);
    bytes.extend(size.to_be_bytes());
    bytes.extend(root);
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn fips204_makes_the_same_signatures_and_believes_ours(
        seed: [u8; 32], time in 0..=i64::MAX as u64, size in 1..u64::MAX, root: [u8; 32], name in "[a-z./]{1,40}",
    ) {
        let ours = SignerKey::new(&name, KeyKind::MlDsa44, &seed).unwrap();
        let (their_public, their_secret) = ml_dsa_44::KG::keygen_from_seed(&seed);
        prop_assert_eq!(ours.verifier().public_bytes(), &their_public.clone().into_bytes()[..]);
        let checkpoint = Checkpoint::new(ORIGIN, size, Hash(root)).unwrap();
        let line = checkpoint.cosign(&ours, time).unwrap();
        let message = message(&name, time, ORIGIN, size, &root);
        let theirs = their_secret.try_sign_with_seed(&[0; 32], &message, &[]).unwrap();
        prop_assert_eq!(&line.bytes()[..8], &time.to_be_bytes()[..]);
        prop_assert_eq!(&line.bytes()[8..], &theirs[..]);
        let ours: [u8; 2_420] = line.bytes()[8..].try_into().unwrap();
        prop_assert!(their_public.verify(&message, &ours, &[]));
    }
}

#[test]
fn a_checkpoint_with_two_signatures_of_its_log_is_believed_by_either() {
    let note = checkpoint().sign_by_all(&[&log_key(), &second()]).unwrap();
    assert_eq!(note.signatures().len(), 2);
    let bytes = note.to_string().into_bytes();
    assert_eq!(Note::parse(&bytes).unwrap(), note);
    for keys in [vec![log_key()], vec![second()], vec![log_key(), second()]] {
        let keys = public(&keys);
        let opened = Checkpoint::open(&bytes, &keys, &[]).unwrap();
        assert_eq!(opened.checkpoint(), &checkpoint());
        assert!(opened.cosignatures().is_empty(), "a log is not its own witness");
    }
    assert_eq!(
        checkpoint().sign_by_all(&[&log_key(), &second()]).unwrap(),
        note,
        "no chance, no clock"
    );
}

#[test]
fn every_changed_part_of_the_second_signature_spoils_the_note() {
    let note = checkpoint().sign_by_all(&[&log_key(), &second()]).unwrap();
    let keys = public(&[log_key(), second()]);
    let line = &note.signatures()[1];
    for at in [0, 7, 8, 9, 1_000, 2_427] {
        let mut bytes = line.bytes().to_vec();
        bytes[at] ^= 1;
        let changed = tlog::NoteSignature::new(line.name().clone(), line.id(), bytes);
        let changed = Note::new(note.text(), vec![note.signatures()[0].clone(), changed]).unwrap();
        let judged = Checkpoint::open(changed.to_string().as_bytes(), &keys, &[]);
        assert!(
            matches!(
                judged,
                Err(CheckpointError::Note(NoteError::WrongSignature { .. }))
            ),
            "byte {at}: {judged:?}"
        );
    }
    for length in [1, 8, 2_427, 2_429] {
        let mut bytes = line.bytes().to_vec();
        bytes.resize(length, 0);
        let changed = tlog::NoteSignature::new(line.name().clone(), line.id(), bytes);
        let changed = Note::new(note.text(), vec![note.signatures()[0].clone(), changed]).unwrap();
        assert!(
            Checkpoint::open(changed.to_string().as_bytes(), &keys, &[]).is_err(),
            "{length} bytes"
        );
    }
    // It names who cosigns: under another name it is false, unlike one by Ed25519.
    let other = SignerKey::new("other.example", KeyKind::MlDsa44, &[2; 32]).unwrap();
    let copied = tlog::NoteSignature::new(other.name().clone(), other.verifier().id(), line.bytes().to_vec());
    let copied = Note::new(note.text(), vec![note.signatures()[0].clone(), copied]).unwrap();
    assert!(
        Checkpoint::open(
            copied.to_string().as_bytes(),
            &public(&[log_key()]),
            &public(&[other])
        )
        .is_err()
    );
}

#[test]
fn a_signature_without_a_time_is_no_witness() {
    let witness = SignerKey::new("witness.example", KeyKind::MlDsa44, &[3; 32]).unwrap();
    for (time, witnesses) in [(0, 0), (1, 1)] {
        let mut note = checkpoint().sign(&log_key()).unwrap();
        note.add(checkpoint().cosign(&witness, time).unwrap()).unwrap();
        let (log, keys) = (public(&[log_key()]), vec![witness.verifier().clone()]);
        let opened = Checkpoint::open(note.to_string().as_bytes(), &log, &keys).unwrap();
        assert_eq!(opened.cosignatures().len(), witnesses, "time {time}");
    }
    assert_eq!(
        checkpoint().cosign(&witness, 1 << 63),
        Err(CheckpointError::Sign(SignError::Time))
    );
}

#[test]
fn extension_lines_are_not_believed_for_the_second_signature_alone() {
    let signed = checkpoint().sign(&second()).unwrap();
    let text = format!("{}anything\n", signed.text());
    let extended = Note::new(&text, signed.signatures().to_vec()).unwrap();
    let keys = public(&[second()]);
    let judged = Checkpoint::open(extended.to_string().as_bytes(), &keys, &[]);
    assert_eq!(judged.unwrap_err(), CheckpointError::NotByLog);
}

#[test]
fn keys_of_the_second_kind_are_read_back_and_of_no_other_length() {
    let key = second();
    let vkey = key.verifier().to_string();
    assert_eq!(vkey.parse::<VerifierKey>().as_ref(), Ok(key.verifier()));
    let secret: SignerKey = key.to_secret_string().parse().unwrap();
    assert_eq!(secret.verifier(), key.verifier());
    assert_eq!(
        VerifierKey::new(ORIGIN, KeyKind::MlDsa44, &[0; 32]),
        Err(KeyError::Malformed)
    );
    assert_eq!(
        VerifierKey::new(ORIGIN, KeyKind::Ed25519, &[0; 1_312]),
        Err(KeyError::Malformed)
    );
    let long = "l".repeat(256);
    let long = SignerKey::new(&long, KeyKind::MlDsa44, &[2; 32]).unwrap();
    assert_eq!(
        checkpoint().cosign(&long, 1),
        Err(CheckpointError::Sign(SignError::Name))
    );
    let note = checkpoint().sign(&key).unwrap();
    assert!(note.verify(&[key.verifier()]).is_ok());
    assert_eq!(key.sign("text\n"), Err(SignError::WrongKind));
}
