//! Trust policies: what is read, what is refused, and when a quorum is met.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod model;

use model::signed::{cosigned, log_key, witness};
use tlog::{CheckpointError, KeyError, KeyKind, Policy, PolicyFault, PolicyRefusal, SignerKey};

fn vkey(number: u8) -> String {
    witness(number).verifier().to_string()
}

fn log_line() -> String {
    format!("log {}", log_key().verifier())
}

/// Witnesses 1 to `count`, called w1, w2, …
fn witnesses(count: u8) -> String {
    (1..=count)
        .map(|number| format!("witness w{number} {}\n", vkey(number)))
        .collect()
}

fn parse(text: &str) -> Policy {
    Policy::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn a_quorum_is_met_by_exactly_the_witnesses_that_it_names() {
    let groups = "group X 2 w1 w2 w3\ngroup Y any w4 w5\ngroup both all X Y\n";
    type Wanted = fn(u8) -> bool;
    let cases: [(&str, Wanted); 6] = [
        ("quorum none", |_| true),
        ("quorum w2", |set| set & 0b10 != 0),
        ("quorum X", |set| (set & 0b111).count_ones() >= 2),
        ("quorum Y", |set| set & 0b11000 != 0),
        ("quorum both", |set| {
            (set & 0b111).count_ones() >= 2 && set & 0b11000 != 0
        }),
        ("group Z 2 both w6\nquorum Z", |set| {
            (set & 0b111).count_ones() >= 2 && set & 0b11000 != 0 && set & 0b100000 != 0
        }),
    ];
    for (quorum, wanted) in cases {
        let policy = parse(&format!("{}\n{}{groups}{quorum}\n", log_line(), witnesses(6)));
        for set in 0..64_u8 {
            let met = policy.is_met_by(|key| {
                (1..=6).any(|number| set & (1 << (number - 1)) != 0 && key == witness(number).verifier())
            });
            assert_eq!(met, wanted(set), "{quorum}, witnesses {set:06b}");
        }
    }
}

#[test]
fn a_checkpoint_is_believed_with_its_quorum_and_not_without() {
    let policy = parse(&format!(
        "{}\n{}group g 2 w1 w2 w3\nquorum g\n",
        log_line(),
        witnesses(3)
    ));
    for (by, enough) in [
        (&[][..], false),
        (&[1], false),
        (&[1, 4], false),
        (&[1, 3], true),
        (&[1, 2, 3], true),
    ] {
        let judged = policy.open(cosigned(by).to_string().as_bytes());
        let known = by.iter().filter(|number| **number <= 3).count();
        match judged {
            Ok(signed) => assert!(enough && signed.cosignatures().len() == known),
            Err(refusal) => assert_eq!(
                (refusal, enough),
                (PolicyRefusal::Quorum { cosigned: known }, false)
            ),
        }
    }
    let stranger = SignerKey::new("other.example", KeyKind::Ed25519, &[8; 32]).unwrap();
    let other = parse(&format!("log {}\nquorum none\n", stranger.verifier()));
    let refused = other.open(cosigned(&[1]).to_string().as_bytes()).unwrap_err();
    assert!(
        matches!(refused, PolicyRefusal::Checkpoint(CheckpointError::Note(_))),
        "{refused}"
    );
}

#[test]
fn blanks_comments_and_any_bytes_in_names_are_read() {
    let (one, two) = (vkey(1), vkey(2));
    let text = format!(
        "  # a comment with any w\u{F6}rds\n\t\n \t{}  https://log.example/x \t\nwitness K {one}\nwitness \u{212A} {two} http://\u{111}.example\ngroup \u{1B0}\u{1A1}\tall  K \u{212A}\nquorum \u{1B0}\u{1A1}\n#end\n",
        log_line()
    );
    let policy = parse(&text);
    assert_eq!(
        policy.log_url(log_key().verifier()),
        Some("https://log.example/x")
    );
    assert_eq!(policy.witnesses()[0].name(), b"K");
    assert_eq!(policy.witnesses()[1].url(), Some("http://\u{111}.example"));
    assert_eq!(
        policy.witness_keys(),
        [witness(1).verifier().clone(), witness(2).verifier().clone()]
    );
    let bytes = [
        b"witness \xFF\xFE ".as_slice(),
        one.as_bytes(),
        b"\nquorum \xFF\xFE\n",
    ]
    .concat();
    assert_eq!(Policy::parse(&bytes).unwrap().witnesses()[0].name(), b"\xFF\xFE");
}

#[test]
fn every_wrong_line_of_a_policy_is_refused_with_its_number() {
    let (log, w) = (log_line(), witnesses(3));
    let plain = SignerKey::new("w.example", KeyKind::Ed25519, &[9; 32]).unwrap();
    let plain = plain.verifier();
    let renamed = SignerKey::new("renamed.example", KeyKind::Cosignature, &[101; 32]).unwrap();
    let own = SignerKey::new("own.example", KeyKind::Cosignature, &[1; 32]).unwrap();
    let cases: Vec<(String, usize, PolicyFault)> = vec![
        (String::new(), 1, PolicyFault::Quorum),
        ("# nothing\n".to_owned(), 1, PolicyFault::Quorum),
        ("quorum none".to_owned(), 1, PolicyFault::Bytes),
        ("quorum none\r\n".to_owned(), 1, PolicyFault::Bytes),
        ("quorum none\n#\u{7F}\n".to_owned(), 2, PolicyFault::Bytes),
        ("quorum none\nquorum none\n".to_owned(), 2, PolicyFault::Quorum),
        ("quorum\n".to_owned(), 1, PolicyFault::Malformed),
        ("quorum none none\n".to_owned(), 1, PolicyFault::Malformed),
        ("Quorum none\n".to_owned(), 1, PolicyFault::Malformed),
        ("log\n".to_owned(), 1, PolicyFault::Malformed),
        (format!("{log} a b\n"), 1, PolicyFault::Malformed),
        ("log x\n".to_owned(), 1, PolicyFault::Key(KeyError::Malformed)),
        (format!("log {}\n", vkey(1)), 1, PolicyFault::WrongKind),
        (format!("witness w {plain}\n"), 1, PolicyFault::WrongKind),
        (format!("{log}\n{log}\n"), 2, PolicyFault::DuplicateKey),
        (
            format!("{w}witness w4 {}\n", renamed.verifier()),
            4,
            PolicyFault::DuplicateKey,
        ),
        (
            format!("{log}\nwitness own {}\n", own.verifier()),
            2,
            PolicyFault::DuplicateKey,
        ),
        (
            format!("{w}witness w1 {}\n", vkey(4)),
            4,
            PolicyFault::DuplicateName,
        ),
        (
            format!("witness none {}\n", vkey(4)),
            1,
            PolicyFault::DuplicateName,
        ),
        (format!("{w}group w1 any w2\n"), 4, PolicyFault::DuplicateName),
        (format!("{w}group none any w2\n"), 4, PolicyFault::DuplicateName),
        (format!("{w}group g any\n"), 4, PolicyFault::Malformed),
        (format!("{w}group g any g\n"), 4, PolicyFault::UnknownName),
        (format!("{w}group g any none\n"), 4, PolicyFault::UnknownName),
        (
            format!("{w}quorum g\ngroup g any w1\n"),
            4,
            PolicyFault::UnknownName,
        ),
        (format!("{w}group g 0 w1\n"), 4, PolicyFault::Threshold),
        (format!("{w}group g 3 w1 w2\n"), 4, PolicyFault::Threshold),
        (format!("{w}group g 01 w1 w2\n"), 4, PolicyFault::Threshold),
        (format!("{w}group g most w1 w2\n"), 4, PolicyFault::Threshold),
        (format!("{w}group g all w1 w1\n"), 4, PolicyFault::UsedTwice),
        (
            format!("{w}group g any w1\ngroup h any w1\n"),
            5,
            PolicyFault::UsedTwice,
        ),
        (format!("{log}\n{w}"), 4, PolicyFault::Quorum),
        ("#\n".repeat(500_001), 1, PolicyFault::TooLarge),
    ];
    for (text, line, why) in cases {
        let error = Policy::parse(text.as_bytes()).expect_err(&text);
        assert_eq!((error.line, error.why), (line, why), "{text}");
    }
    let many: String = (0..=256_u32)
        .map(|number| {
            format!(
                "group g{number} any {}\n",
                if number == 0 {
                    "w1".to_owned()
                } else {
                    format!("g{}", number - 1)
                }
            )
        })
        .collect();
    let error = Policy::parse(format!("{w}{many}").as_bytes()).unwrap_err();
    assert_eq!((error.line, error.why), (3 + 257, PolicyFault::TooLarge));
}
