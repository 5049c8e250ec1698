//! Keys and notes: known answers and what is refused.
#![cfg(test)]

mod model;

use model::signed::{ORIGIN, cosigned, log_key, witness};
use tlog::{
    KeyError, KeyKind, MAX_NOTE_SIZE, MAX_SIGNATURES, Note, NoteError, NoteSignature, SignerKey, VerifierKey,
};

/// The verifier key and the note of the C2SP signed-note specification.
const C2SP_VKEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

const C2SP_NOTE: &str = "This is an example message.\n\n\
    — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

#[test]
fn the_c2sp_example_note_is_verified_by_the_c2sp_example_key() {
    let key: VerifierKey = C2SP_VKEY.parse().unwrap();
    assert_eq!(
        (key.name().as_str(), key.kind(), key.id()),
        ("example.com/foo", KeyKind::Ed25519, 0x530d_903a)
    );
    assert_eq!(key.to_string(), C2SP_VKEY);
    let note = Note::parse(C2SP_NOTE.as_bytes()).unwrap();
    assert_eq!(note.text(), "This is an example message.\n");
    assert_eq!(note.to_string(), C2SP_NOTE);
    let verified = note.verify(&[&key]).unwrap();
    assert_eq!(
        (verified.len(), verified[0].key, verified[0].time),
        (1, &key, None)
    );
    let altered = Note::parse(C2SP_NOTE.replace("example message", "exemple message").as_bytes()).unwrap();
    let wrong = NoteError::WrongSignature {
        name: "example.com/foo".into(),
        id: 0x530d_903a,
    };
    assert_eq!(altered.verify(&[&key]), Err(wrong));
}

/// The note at the head of the specification: text with an empty line and letters beyond ASCII.
#[test]
fn the_text_of_a_note_may_contain_empty_lines() {
    let poem = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n";
    let signed = format!(
        "{poem}\n— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
    );
    let note = Note::parse(signed.as_bytes()).unwrap();
    assert_eq!((note.text(), note.signatures().len()), (poem, 1));
    assert_eq!(note.to_string(), signed);
}

#[test]
fn a_key_survives_its_text() {
    for key in [log_key(), witness(1)] {
        assert_eq!(key.verifier().to_string().parse(), Ok(key.verifier().clone()));
        let read: SignerKey = key.to_secret_string().parse().unwrap();
        assert_eq!(read.to_secret_string(), key.to_secret_string());
    }
}

#[test]
fn a_secret_key_does_not_show_itself() {
    let secret = log_key().to_secret_string();
    let (_, secret) = secret.rsplit_once('+').unwrap();
    assert!(!format!("{:?}", log_key()).contains(secret));
    assert!(!format!("{:?}", log_key()).contains("1, 1, 1, 1"));
}

#[test]
fn a_key_that_is_not_itself_is_refused() {
    let vkey = |text: &str| text.parse::<VerifierKey>().unwrap_err();
    assert_eq!(
        vkey(&C2SP_VKEY.replace("530d903a", "530d903b")),
        KeyError::WrongId
    );
    assert_eq!(
        vkey(&C2SP_VKEY.replace("530d903a", "530D903A")),
        KeyError::Malformed
    );
    assert_eq!(vkey(&C2SP_VKEY.replace("foo", "fo")), KeyError::WrongId);
    assert_eq!(vkey(&C2SP_VKEY.replace("foo", "f o")), KeyError::Name);
    assert_eq!(vkey(&C2SP_VKEY.replace("example.com/foo", "")), KeyError::Name);
    assert_eq!(
        vkey(&C2SP_VKEY.replace("+Aek", "+Bek")),
        KeyError::UnknownKind(0x05)
    );
    assert_eq!(vkey(&C2SP_VKEY.replace("U2k", "U2=")), KeyError::Malformed);
    for text in [
        "",
        "+",
        "++",
        "a+b",
        "a+00000000+",
        "a+00000000+AQ==",
        "a+0+AAAA",
        "a++0000000+AAAA",
    ] {
        assert!(text.parse::<VerifierKey>().is_err(), "{text}");
        assert!(
            format!("PRIVATE+KEY+{text}").parse::<SignerKey>().is_err(),
            "{text}"
        );
    }
    assert_eq!(C2SP_VKEY.parse::<SignerKey>().unwrap_err(), KeyError::Malformed);
    // The identity, and the point of order two: one signature under them fits any message.
    let mut identity = [0; 32];
    identity[0] = 1;
    let mut order_two = [0xff; 32];
    (order_two[0], order_two[31]) = (0xec, 0x7f);
    for weak in [identity, order_two, [0; 32], [0xff; 32]] {
        assert_eq!(
            VerifierKey::new("a", KeyKind::Ed25519, &weak),
            Err(KeyError::WeakKey)
        );
    }
    let wrong_id = log_key().to_secret_string().replacen("civil", "evil", 1);
    assert_eq!(wrong_id.parse::<SignerKey>().unwrap_err(), KeyError::WrongId);
}

#[test]
fn a_signature_by_an_unknown_key_is_ignored_even_under_a_known_name_or_id() {
    let known = log_key();
    let note = cosigned(&[]);
    let stranger = SignerKey::new(ORIGIN, KeyKind::Ed25519, &[2; 32]).unwrap();
    assert_eq!(note.verify(&[stranger.verifier()]), Err(NoteError::Unsigned));
    let mut signatures = vec![stranger.sign(note.text()).unwrap()];
    let other_name = witness(3).name().clone();
    signatures.push(NoteSignature::new(other_name, known.verifier().id(), vec![0; 64]));
    signatures.push(NoteSignature::new(
        known.name().clone(),
        known.verifier().id() ^ 1,
        vec![0; 64],
    ));
    signatures.extend_from_slice(note.signatures());
    let note = Note::new(note.text(), signatures).unwrap();
    assert_eq!(note.verify(&[known.verifier()]).unwrap().len(), 1);
}

#[test]
fn one_key_that_signs_twice_is_one_signer() {
    let (key, note) = (log_key(), cosigned(&[]));
    let twice = Note::new(note.text(), [note.signatures(), note.signatures()].concat()).unwrap();
    assert_eq!(twice.verify(&[key.verifier()]).unwrap().len(), 1);
    assert_eq!(twice.verify(&[key.verifier(), key.verifier()]).unwrap().len(), 1);
}

#[test]
fn a_note_is_bounded() {
    let sign = |number: usize| {
        SignerKey::new(&format!("k{number}"), KeyKind::Ed25519, &[7; 32])
            .unwrap()
            .sign("text\n")
            .unwrap()
    };
    let signatures: Vec<_> = (0..=MAX_SIGNATURES).map(sign).collect();
    for count in [1, 16, MAX_SIGNATURES] {
        let note = Note::new("text\n", signatures[..count].to_vec()).unwrap();
        assert_eq!(Note::parse(note.to_string().as_bytes()), Ok(note));
    }
    assert_eq!(Note::new("text\n", signatures.clone()), Err(NoteError::TooLarge));
    let mut full = Note::new("text\n", signatures[..MAX_SIGNATURES].to_vec()).unwrap();
    assert_eq!(full.add(signatures[0].clone()), Err(NoteError::TooLarge));
    let too_many = format!("{full}{}\n", signatures[0]);
    assert_eq!(Note::parse(too_many.as_bytes()), Err(NoteError::TooLarge));
    let long = "x".repeat(MAX_NOTE_SIZE) + "\n";
    assert_eq!(
        Note::new(&long, signatures[..1].to_vec()),
        Err(NoteError::TooLarge)
    );
    assert_eq!(Note::parse(long.as_bytes()), Err(NoteError::TooLarge));
}

#[test]
fn what_is_no_note_is_refused() {
    let line = cosigned(&[]).signatures()[0].to_string();
    for text in [
        String::new(),
        "\n\n".into(),
        "text\n".into(),
        "text\n\n".into(),
        format!("text\n{line}\n"),
        format!("text\n\n{line}"),
        format!("text\n\n{line}\n\n"),
        format!("text\n\n{line}\n{line} \n"),
        format!("text\n\n-{}\n", line.trim_start_matches('—')),
        format!("text\n\n{}\n", line.replace("— ", "—  ")),
        format!("te\txt\n\n{line}\n"),
        format!("text\r\n\r\n{line}\r\n"),
        "text\n\n— name AAAA\n".into(),
        "text\n\n— name AAAAAA==\n".into(),
        "text\n\n— na+me AAAAAAA=\n".into(),
        "text\n\n— na\u{a0}me AAAAAAA=\n".into(),
        "text\n\n— name AAAAAAA\n".into(),
    ] {
        assert_eq!(
            Note::parse(text.as_bytes()),
            Err(NoteError::Malformed),
            "{text:?}"
        );
    }
    assert_eq!(Note::parse(b"\xff\n\n"), Err(NoteError::Malformed));
    assert!(Note::parse("text\n\n— name AAAAAAA=\n".as_bytes()).is_ok());
    assert_eq!(
        Note::new("text", cosigned(&[]).signatures().to_vec()),
        Err(NoteError::Malformed)
    );
    assert_eq!(Note::new("text\n", vec![]), Err(NoteError::Malformed));
}

/// Key ids are 32 bits: these two keys of one name were found to share theirs.
#[test]
fn two_trusted_keys_that_cannot_be_told_apart_are_refused() {
    let [one, other] = [28_328_u32, 31_420].map(|seed| {
        let mut secret = [0; 32];
        secret[..4].copy_from_slice(&seed.to_be_bytes());
        SignerKey::new(ORIGIN, KeyKind::Ed25519, &secret).unwrap()
    });
    assert_eq!(
        (one.verifier().id(), other.verifier().id()),
        (0xeb57_d391, 0xeb57_d391)
    );
    let note = Note::new("text\n", vec![one.sign("text\n").unwrap()]).unwrap();
    assert_eq!(note.verify(&[one.verifier()]).unwrap().len(), 1);
    let error = NoteError::AmbiguousKey {
        name: ORIGIN.into(),
        id: 0xeb57_d391,
    };
    assert_eq!(note.verify(&[one.verifier(), other.verifier()]), Err(error));
    // An attacker can find such a key; without being trusted it only makes a false signature.
    assert!(matches!(
        note.verify(&[other.verifier()]),
        Err(NoteError::WrongSignature { .. })
    ));
}
