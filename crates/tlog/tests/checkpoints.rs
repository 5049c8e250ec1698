//! Checkpoints and cosignatures: the lines of C2SP, and who is believed.
#![cfg(test)]

mod model;

use model::signed::{ORIGIN, checkpoint, cosigned, log_key, public, witness};
use tlog::{
    Checkpoint, CheckpointError, Hash, KeyKind, Note, NoteError, NoteSignature, SignError, SignerKey,
    VerifierKey, empty_root,
};

fn open<'k>(
    note: &Note,
    log: &'k [VerifierKey],
    witnesses: &'k [VerifierKey],
) -> Result<Vec<(&'k str, u64)>, CheckpointError> {
    let signed = Checkpoint::open(note.to_string().as_bytes(), log, witnesses)?;
    assert_eq!((signed.checkpoint(), signed.note()), (&checkpoint(), note));
    Ok(signed
        .cosignatures()
        .iter()
        .map(|cosigned| (cosigned.key.name().as_str(), cosigned.time))
        .collect())
}

/// The checkpoint of the C2SP tlog-cosignature specification, whose second signature is a cosignature.
#[test]
fn the_c2sp_example_checkpoint_is_read_with_the_time_of_its_cosignature() {
    let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
        — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
    let note = Note::parse(text.as_bytes()).unwrap();
    let checkpoint: Checkpoint = note.text().parse().unwrap();
    assert_eq!(
        (checkpoint.origin(), checkpoint.size()),
        ("example.com/behind-the-sofa", 20_852_163)
    );
    assert_eq!(checkpoint.to_string(), note.text());
    let field = note.signatures()[1].bytes();
    assert_eq!(
        (field.len(), &field[..8]),
        (72, &1_679_315_147_u64.to_be_bytes()[..])
    );
}

#[test]
fn a_checkpoint_is_three_lines() {
    assert_eq!(
        checkpoint().to_string(),
        format!("{ORIGIN}\n3\n{}\n", Hash([9; 32]))
    );
    let root = empty_root();
    assert_eq!(
        Checkpoint::new("o", 0, root).unwrap().to_string(),
        format!("o\n0\n{root}\n")
    );
    assert_eq!(
        Checkpoint::new("o", 0, Hash([9; 32])),
        Err(CheckpointError::EmptyTree)
    );
    assert_eq!(Checkpoint::new("", 0, root), Err(CheckpointError::Origin));
    assert_eq!(Checkpoint::new("a\nb", 0, root), Err(CheckpointError::Origin));
    for text in [
        String::new(),
        "o".into(),
        "o\n1\n".into(),
        format!("o\n1\n{root}"),
        format!("o\n01\n{root}\n"),
        format!("o\n+1\n{root}\n"),
        format!("o\n-1\n{root}\n"),
        format!("o\n\n{root}\n"),
        format!("o\n18446744073709551616\n{root}\n"),
        format!("o\n1 \n{root}\n"),
        format!("o\n1\n{root}\n\n"),
        format!("o\n1\n{root}\next\n\n"),
        format!("o\n1\n{root}\n\next\n"),
        format!("o\n1\n {root}\n"),
    ] {
        assert_eq!(
            text.parse::<Checkpoint>(),
            Err(CheckpointError::Malformed),
            "{text:?}"
        );
    }
    assert_eq!(
        format!("\n1\n{root}\n").parse::<Checkpoint>(),
        Err(CheckpointError::Origin)
    );
}

#[test]
fn extension_lines_are_read_and_never_signed() {
    let text = format!("{ORIGIN}\n1\n{}\nfirst\nsecond\n", Hash([9; 32]));
    let checkpoint: Checkpoint = text.parse().unwrap();
    assert_eq!(checkpoint.extensions(), ["first", "second"]);
    assert_eq!(checkpoint.to_string(), text);
    assert_eq!(checkpoint.sign(&log_key()), Err(CheckpointError::Extensions));
    assert_eq!(
        checkpoint.cosign(&witness(1), 1),
        Err(CheckpointError::Extensions)
    );
    let note = Note::new(&text, vec![log_key().sign(&text).unwrap()]).unwrap();
    let log = public(&[log_key()]);
    let signed = Checkpoint::open(note.to_string().as_bytes(), &log, &[]).unwrap();
    assert_eq!(signed.checkpoint().extensions().len(), 2);
}

#[test]
fn a_checkpoint_is_opened_with_the_witnesses_that_cosigned_it() {
    let (log, witnesses) = (
        public(&[log_key()]),
        public(&[witness(1), witness(2), witness(3)]),
    );
    assert_eq!(open(&cosigned(&[]), &log, &witnesses), Ok(vec![]));
    let seen = open(&cosigned(&[3, 1, 9]), &log, &witnesses).unwrap();
    assert_eq!(
        seen,
        [
            ("witness3.example", 1_700_000_003),
            ("witness1.example", 1_700_000_001)
        ]
    );
    assert_eq!(open(&cosigned(&[3, 1]), &log, &[]), Ok(vec![]));
}

#[test]
fn a_false_signature_by_a_known_key_spoils_the_note_wherever_it_stands() {
    let (key, good) = (log_key(), cosigned(&[1, 2]));
    for place in 0..3 {
        for change in 0..3 {
            let mut signatures = good.signatures().to_vec();
            let broken = signatures[place].clone();
            let mut bytes = broken.bytes().to_vec();
            match change {
                0 => bytes[40] ^= 1,
                1 => bytes.truncate(bytes.len() - 1),
                _ => bytes.push(0),
            }
            signatures.push(NoteSignature::new(broken.name().clone(), broken.id(), bytes));
            let note = Note::new(good.text(), signatures).unwrap();
            let (log, witnesses) = (
                public(std::slice::from_ref(&key)),
                public(&[witness(1), witness(2)]),
            );
            let error = open(&note, &log, &witnesses).unwrap_err();
            assert!(
                matches!(error, CheckpointError::Note(NoteError::WrongSignature { id, .. }) if id == broken.id())
            );
        }
    }
}

#[test]
fn witnesses_alone_do_not_make_a_checkpoint() {
    let (note, witnesses) = (cosigned(&[1, 2]), public(&[witness(1), witness(2)]));
    assert_eq!(open(&note, &[], &witnesses), Err(CheckpointError::NotByLog));
    assert_eq!(
        open(&note, &witnesses, &witnesses),
        Err(CheckpointError::NotByLog)
    );
}

#[test]
fn a_log_does_not_sign_for_another_origin() {
    let other = SignerKey::new("other.example", KeyKind::Ed25519, &[3; 32]).unwrap();
    assert_eq!(checkpoint().sign(&other), Err(CheckpointError::NotByLog));
    let text = checkpoint().to_string();
    let note = Note::new(&text, vec![other.sign(&text).unwrap()]).unwrap();
    assert_eq!(
        open(&note, &public(&[other]), &[]),
        Err(CheckpointError::NotByLog)
    );
}

#[test]
fn while_one_log_key_follows_another_either_is_enough() {
    let next = SignerKey::new(ORIGIN, KeyKind::Ed25519, &[2; 32]).unwrap();
    let mut note = cosigned(&[]);
    note.add(next.sign(note.text()).unwrap()).unwrap();
    for log in [vec![log_key()], vec![next.clone()], vec![next, log_key()]] {
        assert_eq!(open(&note, &public(&log), &[]), Ok(vec![]));
    }
}

#[test]
fn a_log_is_not_its_own_witness() {
    let own = SignerKey::new(ORIGIN, KeyKind::Cosignature, &[4; 32]).unwrap();
    let mut note = cosigned(&[]);
    note.add(checkpoint().cosign(&own, 5).unwrap()).unwrap();
    assert_eq!(open(&note, &public(&[log_key(), own]), &[]), Ok(vec![]));
}

#[test]
fn one_key_under_two_names_is_one_witness() {
    let names =
        ["a.example", "b.example"].map(|name| SignerKey::new(name, KeyKind::Cosignature, &[5; 32]).unwrap());
    let mut note = cosigned(&[]);
    for key in &names {
        note.add(checkpoint().cosign(key, 5).unwrap()).unwrap();
    }
    assert_eq!(
        open(&note, &public(&[log_key()]), &public(&names)).unwrap().len(),
        1
    );
}

#[test]
fn a_key_signs_only_what_it_is_for() {
    assert_eq!(log_key().sign("text\n").unwrap().bytes().len(), 64);
    assert_eq!(witness(1).sign("text\n"), Err(SignError::WrongKind));
    assert_eq!(
        checkpoint().cosign(&log_key(), 1),
        Err(CheckpointError::Sign(SignError::WrongKind))
    );
    let late = checkpoint().cosign(&witness(1), 1 << 63);
    assert_eq!(late, Err(CheckpointError::Sign(SignError::Time)));
    assert!(checkpoint().cosign(&witness(1), (1 << 63) - 1).is_ok());
}

#[test]
fn the_time_of_a_cosignature_is_signed() {
    let (log, witnesses) = (public(&[log_key()]), public(&[witness(1)]));
    let good = checkpoint().cosign(&witness(1), 1_700_000_000).unwrap();
    let mut bytes = good.bytes().to_vec();
    bytes[7] ^= 1;
    let mut note = cosigned(&[]);
    note.add(NoteSignature::new(good.name().clone(), good.id(), bytes))
        .unwrap();
    assert!(matches!(
        open(&note, &log, &witnesses),
        Err(CheckpointError::Note(NoteError::WrongSignature { .. }))
    ));
}

#[test]
fn a_key_trusted_as_a_witness_or_a_cosignature_by_the_log_is_not_the_logs_signature() {
    let (note, key) = (cosigned(&[]), public(&[log_key()]));
    assert_eq!(open(&note, &[], &key), Err(CheckpointError::NotByLog));
    let own = SignerKey::new(ORIGIN, KeyKind::Cosignature, &[4; 32]).unwrap();
    let note = Note::new(note.text(), vec![checkpoint().cosign(&own, 5).unwrap()]).unwrap();
    assert_eq!(open(&note, &public(&[own]), &[]), Err(CheckpointError::NotByLog));
}

/// Such a signature can only be made by other software than ours, with the witness's key.
#[test]
fn a_cosignature_out_of_all_time_is_false() {
    for (time, accepted) in [((1 << 63) - 1, true), (1_u64 << 63, false)] {
        let plain = SignerKey::new("w.example", KeyKind::Ed25519, &[6; 32]).unwrap();
        let witness = SignerKey::new("w.example", KeyKind::Cosignature, &[6; 32]).unwrap();
        let ed25519 = plain
            .sign(&format!("cosignature/v1\ntime {time}\n{}", checkpoint()))
            .unwrap();
        let field = [&time.to_be_bytes()[..], ed25519.bytes()].concat();
        let mut note = cosigned(&[]);
        note.add(NoteSignature::new(
            witness.name().clone(),
            witness.verifier().id(),
            field,
        ))
        .unwrap();
        assert_eq!(
            open(&note, &public(&[log_key()]), &public(&[witness])).is_ok(),
            accepted
        );
    }
}
