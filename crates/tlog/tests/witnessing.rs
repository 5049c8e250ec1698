//! Requests to witnesses, how they judge them, and evidence of a fork.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

#[path = "../examples/log_vectors/files.rs"]
mod files;

use files::{ORIGIN, TIME, Tree, log_key, second_key, witness};
use proptest::prelude::*;
use std::fs;
use tlog::{
    AddCheckpoint, Checkpoint, ForkError, ForkEvidence, KeyKind, Note, Policy, ProofError, SignerKey,
    VerifierKey, WitnessRefusal, read_cosignatures, read_size,
};

fn log() -> Vec<VerifierKey> {
    vec![log_key().verifier().clone()]
}

fn request(tree: &Tree, old: u64, new: u64) -> AddCheckpoint {
    AddCheckpoint {
        old,
        proof: if old == 0 {
            Vec::new()
        } else {
            tree.proof(old, new)
        },
        checkpoint: tree.signed(new),
    }
}

#[test]
fn a_witness_cosigns_what_continues_what_it_saw() {
    let tree = Tree::of(200, u64::MAX);
    for (old, new) in [
        (0, 1),
        (0, 200),
        (1, 2),
        (77, 200),
        (128, 129),
        (128, 200),
        (200, 200),
    ] {
        let seen = (old > 0).then(|| (old, tree.root(old)));
        assert_eq!(
            request(&tree, old, new).judge(&log(), seen),
            Ok(tree.checkpoint(new)),
            "{old} to {new}"
        );
    }
}

/// Each row of the specification, and before it all that would be answered first.
#[test]
fn a_witness_answers_the_first_refusal_that_applies() {
    let (tree, other) = (Tree::of(200, u64::MAX), Tree::of(200, 100));
    let seen = |size| Some((size, tree.root(size)));
    let stranger = SignerKey::new(ORIGIN, KeyKind::Ed25519, &[9; 32]).unwrap();
    let by = |key: &SignerKey, request: &AddCheckpoint| {
        let checkpoint: Checkpoint = request.checkpoint.text().parse().unwrap();
        AddCheckpoint {
            checkpoint: checkpoint.sign(key).unwrap(),
            ..request.clone()
        }
    };
    let honest = request(&tree, 120, 200);
    let false_line = {
        let line = honest.checkpoint.signatures()[0].clone();
        let mut bytes = line.bytes().to_vec();
        bytes[3] ^= 1;
        let line = tlog::NoteSignature::new(line.name().clone(), line.id(), bytes);
        AddCheckpoint {
            checkpoint: Note::new(honest.checkpoint.text(), vec![line]).unwrap(),
            ..honest.clone()
        }
    };
    let empty_with_root = {
        let text = format!("{ORIGIN}\n0\n{}\n", tree.root(3));
        let line = log_key().sign(&text).unwrap();
        AddCheckpoint {
            old: 0,
            proof: vec![],
            checkpoint: Note::new(&text, vec![line]).unwrap(),
        }
    };
    let extended = {
        let text = format!("{}more\n", honest.checkpoint.text());
        let line = log_key().sign(&text).unwrap();
        AddCheckpoint {
            checkpoint: Note::new(&text, vec![line]).unwrap(),
            ..honest.clone()
        }
    };
    let no_checkpoint = {
        let text = format!("{ORIGIN}\nnothing\n");
        let line = log_key().sign(&text).unwrap();
        AddCheckpoint {
            checkpoint: Note::new(&text, vec![line]).unwrap(),
            ..honest.clone()
        }
    };
    let with = |old, proof| AddCheckpoint {
        old,
        proof,
        checkpoint: honest.checkpoint.clone(),
    };
    type Seen = Option<(u64, tlog::Hash)>;
    let cases: Vec<(&str, AddCheckpoint, Seen, WitnessRefusal, u16)> = vec![
        (
            "another log",
            AddCheckpoint {
                checkpoint: Checkpoint::new("other.example", 200, tree.root(200))
                    .unwrap()
                    .sign(&SignerKey::new("other.example", KeyKind::Ed25519, &[1; 32]).unwrap())
                    .unwrap(),
                ..honest.clone()
            },
            seen(120),
            WitnessRefusal::UnknownLog,
            404,
        ),
        (
            "an unknown key",
            by(&stranger, &honest),
            seen(120),
            WitnessRefusal::Unsigned,
            403,
        ),
        (
            "a false signature",
            false_line,
            seen(120),
            WitnessRefusal::Unsigned,
            403,
        ),
        (
            "no checkpoint in it",
            no_checkpoint,
            seen(120),
            WitnessRefusal::Malformed,
            400,
        ),
        (
            "extension lines",
            extended,
            seen(120),
            WitnessRefusal::Malformed,
            400,
        ),
        (
            "an old size above the new",
            with(201, honest.proof.clone()),
            seen(120),
            WitnessRefusal::Shrunk,
            400,
        ),
        (
            "another old size",
            with(119, honest.proof.clone()),
            seen(120),
            WitnessRefusal::Conflict { size: 120 },
            409,
        ),
        (
            "an old size of a log never seen",
            honest.clone(),
            None,
            WitnessRefusal::Conflict { size: 0 },
            409,
        ),
        (
            "a smaller tree than was seen",
            request(&tree, 77, 120),
            seen(200),
            WitnessRefusal::Conflict { size: 200 },
            409,
        ),
        (
            "nothing with a root",
            empty_with_root,
            None,
            WitnessRefusal::Inconsistent,
            422,
        ),
        (
            "a proof from nothing",
            with(0, honest.proof.clone()),
            None,
            WitnessRefusal::Inconsistent,
            422,
        ),
        (
            "no proof",
            with(120, vec![]),
            seen(120),
            WitnessRefusal::Inconsistent,
            422,
        ),
        (
            "another history",
            request(&other, 120, 200),
            seen(120),
            WitnessRefusal::Inconsistent,
            422,
        ),
        (
            "another root of the same size",
            request(&other, 200, 200),
            seen(200),
            WitnessRefusal::Inconsistent,
            422,
        ),
        (
            "a proof of the same size",
            AddCheckpoint {
                proof: honest.proof.clone(),
                ..request(&tree, 200, 200)
            },
            seen(200),
            WitnessRefusal::Inconsistent,
            422,
        ),
    ];
    for (what, request, seen, refusal, status) in cases {
        assert_eq!(request.judge(&log(), seen), Err(refusal), "{what}");
        assert_eq!(refusal.status(), status, "{what}");
    }
}

#[test]
fn a_request_is_read_back_and_every_other_shape_is_refused() {
    let tree = Tree::of(200, u64::MAX);
    let text = request(&tree, 77, 200).to_string();
    assert_eq!(AddCheckpoint::parse(text.as_bytes()).unwrap().to_string(), text);
    let first = text.lines().nth(1).unwrap().to_owned();
    for wrong in [
        String::new(),
        text.replacen("old ", "size ", 1),
        text.replacen("old 77", "old 077", 1),
        text.replacen("old 77", "old -1", 1),
        text.replacen("old 77", "old  77", 1),
        text.replacen("old 77", "old 77\r", 1),
        text.replacen(&first, "AAAA", 1),
        text.replacen(&first, &format!("{first}\n").repeat(64), 1),
        text.replacen("\n\n", "\n", 1),
        text.replacen('—', "-", 1),
        text.trim_end().to_owned(),
        format!("{text}\n"),
    ] {
        assert!(AddCheckpoint::parse(wrong.as_bytes()).is_err(), "{wrong}");
    }
    assert!(AddCheckpoint::parse(&vec![b'a'; tlog::MAX_REQUEST_SIZE + 1]).is_err());
}

#[test]
fn an_answer_is_read_by_its_lines() {
    let checkpoint = Tree::of(3, u64::MAX).checkpoint(3);
    let lines: String = (1..=3)
        .map(|number| format!("{}\n", checkpoint.cosign(&witness(number), TIME).unwrap()))
        .collect();
    assert_eq!(read_cosignatures(lines.as_bytes()).unwrap().len(), 3);
    for wrong in [
        "",
        "\n",
        "nothing\n",
        lines.trim_end(),
        &format!("{lines}\n"),
        &lines.repeat(34),
    ] {
        assert!(read_cosignatures(wrong.as_bytes()).is_err());
    }
    assert_eq!(read_size(b"17\n"), Some(17));
    for wrong in [&b"17"[..], b"", b"\n", b"017\n", b"1 7\n", b"17\n\n"] {
        assert_eq!(read_size(wrong), None);
    }
}

#[test]
fn evidence_holds_against_a_log_that_signed_for_two_histories() {
    let honest = Tree::of(200, u64::MAX);
    for changed in [0, 1, 63, 64, 127] {
        let other = Tree::of(200, changed);
        for size in [128, 129, 199] {
            let evidence = ForkEvidence::of_two_sizes(
                honest.signed(size),
                other.signed(200),
                other.root(size),
                other.proof(size, 200),
            );
            let text = evidence.to_string();
            assert_eq!(ForkEvidence::parse(text.as_bytes()), Ok(evidence.clone()));
            let fork = evidence.verify(&log()).unwrap();
            assert_eq!(
                (fork.smaller, fork.larger),
                (honest.checkpoint(size), other.checkpoint(200))
            );
            assert_eq!(fork.beginning, other.root(size));
        }
        let evidence = ForkEvidence::of_one_size(honest.signed(200), other.signed(200));
        assert_eq!(
            ForkEvidence::parse(evidence.to_string().as_bytes()),
            Ok(evidence.clone())
        );
        assert_eq!(evidence.verify(&log()).unwrap().beginning, other.root(200));
    }
}

#[test]
fn an_honest_log_cannot_be_accused() {
    let (tree, other) = (Tree::of(200, u64::MAX), Tree::of(200, 100));
    let two = |root, proof| {
        ForkEvidence::of_two_sizes(tree.signed(120), tree.signed(200), root, proof).verify(&log())
    };
    assert_eq!(
        two(tree.root(120), tree.proof(120, 200)),
        Err(ForkError::Consistent)
    );
    let invented = two(other.root(120), other.proof(120, 200));
    assert_eq!(invented, Err(ForkError::Proof(ProofError::WrongRoot)));
    assert!(matches!(
        two(other.root(120), tree.proof(120, 200)),
        Err(ForkError::Proof(_))
    ));
    assert!(matches!(two(tree.root(120), vec![]), Err(ForkError::Proof(_))));
    let same = ForkEvidence::of_one_size(tree.signed(200), tree.signed(200));
    assert_eq!(same.verify(&log()), Err(ForkError::Consistent));
    let without_proof = ForkEvidence::of_one_size(tree.signed(120), tree.signed(200));
    assert_eq!(without_proof.verify(&log()), Err(ForkError::Malformed));
    let needless = ForkEvidence::of_two_sizes(tree.signed(200), other.signed(200), tree.root(200), vec![]);
    assert_eq!(needless.verify(&log()), Err(ForkError::Malformed));
    let reversed = ForkEvidence::of_two_sizes(tree.signed(200), tree.signed(120), tree.root(120), vec![]);
    assert_eq!(reversed.verify(&log()), Err(ForkError::Malformed));
    // Another signer accuses nobody, and neither does another log.
    let forged = other
        .checkpoint(200)
        .sign(&SignerKey::new(ORIGIN, KeyKind::Ed25519, &[9; 32]).unwrap())
        .unwrap();
    assert!(matches!(
        ForkEvidence::of_one_size(tree.signed(200), forged).verify(&log()),
        Err(ForkError::Checkpoint(_))
    ));
    let key = SignerKey::new("other.example", KeyKind::Ed25519, &[1; 32]).unwrap();
    let elsewhere = Checkpoint::new("other.example", 200, other.root(200))
        .unwrap()
        .sign(&key)
        .unwrap();
    let keys = [log_key().verifier().clone(), key.verifier().clone()];
    assert_eq!(
        ForkEvidence::of_one_size(tree.signed(200), elsewhere).verify(&keys),
        Err(ForkError::TwoLogs)
    );
}

#[test]
fn evidence_of_any_other_shape_is_not_read() {
    let (tree, other) = (Tree::of(200, u64::MAX), Tree::of(200, 100));
    let text = ForkEvidence::of_two_sizes(
        tree.signed(120),
        other.signed(200),
        other.root(120),
        other.proof(120, 200),
    )
    .to_string();
    let hash = text.lines().nth(2).unwrap().to_owned();
    for wrong in [
        String::new(),
        text.replacen("v1", "v2", 1),
        text.replacen("root ", "", 1),
        text.replacen(&hash, "AAAA", 1),
        text.replacen(&hash, &format!("{hash}\n").repeat(66), 1),
        text.replacen("\n\n", "\n", 1),
        format!("{text}\n"),
        format!("{text}\n{}", tree.signed(3)),
        text.trim_end().to_owned(),
    ] {
        assert!(ForkEvidence::parse(wrong.as_bytes()).is_err(), "{wrong}");
    }
    assert_eq!(
        ForkEvidence::parse(&vec![b'a'; tlog::MAX_FORK_SIZE + 1]),
        Err(ForkError::Malformed)
    );
}

#[test]
fn the_examples_are_those_that_the_code_writes_and_hold() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/log/");
    for (name, text) in files::files() {
        assert_eq!(
            fs::read_to_string(format!("{folder}{name}")).unwrap_or_default(),
            text,
            "{name}"
        );
    }
    let file = |name: &str| fs::read(format!("{folder}{name}")).unwrap();
    let policy = Policy::parse(&file("policy")).unwrap();
    let believed = policy.open(&file("checkpoint")).unwrap();
    assert_eq!(
        (believed.cosignatures().len(), believed.checkpoint().size()),
        (3, 200)
    );
    assert_eq!(
        policy.logs(),
        [log_key().verifier().clone(), second_key().verifier().clone()]
    );
    let request = AddCheckpoint::parse(&file("add-checkpoint")).unwrap();
    let seen = Tree::of(200, u64::MAX).root(request.old);
    assert!(request.judge(policy.logs(), Some((77, seen))).is_ok());
    for name in ["fork-of-one-size", "fork-of-two-sizes"] {
        assert!(
            ForkEvidence::parse(&file(name))
                .unwrap()
                .verify(policy.logs())
                .is_ok(),
            "{name}"
        );
    }
}

proptest! {
    #[test]
    fn anything_is_read_or_refused_and_what_is_read_is_written_back(mut bytes: Vec<u8>, at: prop::sample::Index, which in 0..5_usize, change: u8) {
        drop((AddCheckpoint::parse(&bytes), ForkEvidence::parse(&bytes), Policy::parse(&bytes), read_cosignatures(&bytes), read_size(&bytes)));
        bytes = files::files()[which].1.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = change;
        if let Ok(read) = AddCheckpoint::parse(&bytes) {
            prop_assert_eq!(read.to_string().into_bytes(), bytes.clone());
            drop(read.judge(&log(), None));
        }
        if let Ok(read) = ForkEvidence::parse(&bytes) {
            prop_assert_eq!(read.to_string().into_bytes(), bytes.clone());
            drop(read.verify(&log()));
        }
        if let Ok(policy) = Policy::parse(&bytes) {
            drop(policy.open(&bytes));
        }
    }
}
