//! Signatures: our COSE beside the COSE of `coset`, and every second form of a key or signature refused.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

use civil::cbor::{Malformed, Writer};
use civil::cose::{
    Algorithm, ENDORSEMENT_AAD, EVENT_AAD, PublicKey, SecretKey, SignatureError, SignedEvent, assemble,
    endorse, event_hash, event_twin, leaf_entry, sign, to_be_signed, verify_endorsement,
};
use civil::envelope::Commitment;
use coset::iana;
use coset::{CborSerializable as _, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable as _};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

fn keys() -> [SecretKey; 2] {
    [SecretKey::ed25519(&[7; 32]), SecretKey::p256(&[9; 32]).unwrap()]
}

/// The protected header that `coset` makes for a key; Ed25519 has its own number since RFC 9864, which `coset` does not know by name but writes.
fn header_of_coset(key: &PublicKey) -> coset::Header {
    let mut header = HeaderBuilder::new().key_id(key.id().0.to_vec()).build();
    header.alg = Some(match key.algorithm() {
        Algorithm::Es256 => coset::Algorithm::Assigned(iana::Algorithm::ES256),
        Algorithm::Ed25519 => coset::Algorithm::PrivateUse(-19),
    });
    header
}

#[test]
fn coset_builds_the_same_bytes_for_both_algorithms() {
    for key in keys() {
        let header = header_of_coset(&key.public());
        let theirs = CoseSign1Builder::new()
            .protected(header)
            .payload(b"an envelope".to_vec())
            .create_signature(EVENT_AAD, |message| key.sign(message).to_vec())
            .build()
            .to_tagged_vec();
        assert_eq!(
            hex::encode(sign(b"an envelope", &key)),
            hex::encode(theirs.unwrap())
        );
    }
}

#[test]
fn coset_reads_what_we_sign_and_verifies_it() {
    let key = SecretKey::p256(&[9; 32]).unwrap();
    let signed = sign(b"an envelope", &key);
    let theirs = coset::CoseSign1::from_tagged_slice(&signed).unwrap();
    assert_eq!(theirs.payload.as_deref(), Some(&b"an envelope"[..]));
    assert_eq!(theirs.protected.header.key_id, key.public().id().0);
    let verified = theirs.verify_signature(EVENT_AAD, |signature, message| {
        key.public().verify(message, signature.try_into().unwrap())
    });
    assert_eq!(verified, Ok(()));
    let elsewhere = theirs.verify_signature(ENDORSEMENT_AAD, |signature, message| {
        key.public().verify(message, signature.try_into().unwrap())
    });
    assert_eq!(elsewhere, Err(SignatureError::Wrong));
}

#[test]
fn what_is_signed_is_the_sig_structure_of_rfc_9052() {
    for key in keys() {
        let public = key.public();
        let mut protected = vec![0xa2, 0x01];
        protected.push(match public.algorithm() {
            Algorithm::Ed25519 => 0x32,
            Algorithm::Es256 => 0x26,
        });
        protected.extend([0x04, 0x58, 0x20]);
        protected.extend(public.id().0);
        let mut expected = vec![0x84, 0x6a];
        expected.extend(b"Signature1");
        expected.extend([0x58, u8::try_from(protected.len()).unwrap()]);
        expected.extend(&protected);
        expected.push(0x40 | u8::try_from(EVENT_AAD.len()).unwrap());
        expected.extend(EVENT_AAD);
        expected.push(0x43);
        expected.extend(b"abc");
        assert_eq!(hex::encode(to_be_signed(b"abc", &public)), hex::encode(expected));
    }
}

#[test]
fn the_key_id_is_the_thumbprint_of_rfc_9679_computed_by_hand() {
    // {1: 1, -1: 6, -2: x}
    let ed25519 = SecretKey::ed25519(&[7; 32]).public();
    let point = ed25519_dalek::SigningKey::from_bytes(&[7; 32])
        .verifying_key()
        .to_bytes();
    let by_hand = [&[0xa3, 0x01, 0x01, 0x20, 0x06, 0x21, 0x58, 0x20][..], &point].concat();
    assert_eq!(ed25519.to_cose_key(), by_hand);
    assert_eq!(ed25519.id().0, <[u8; 32]>::from(Sha256::digest(&by_hand)));
    // {1: 2, -1: 1, -2: x, -3: y}
    let p256 = SecretKey::p256(&[9; 32]).unwrap().public();
    let sec1 = p256::ecdsa::SigningKey::from_slice(&[9; 32])
        .unwrap()
        .verifying_key()
        .to_sec1_point(false);
    let (x, y) = sec1.as_bytes()[1..].split_at(32);
    let by_hand = [
        &[0xa4, 0x01, 0x02, 0x20, 0x01, 0x21, 0x58, 0x20][..],
        x,
        &[0x22, 0x58, 0x20],
        y,
    ]
    .concat();
    assert_eq!(p256.to_cose_key(), by_hand);
    assert_eq!(p256.id().0, <[u8; 32]>::from(Sha256::digest(&by_hand)));
}

#[test]
fn the_thumbprint_example_of_rfc_9679_is_reproduced() {
    // RFC 9679 §6: kty 2, crv 1, and its two coordinates.
    let x = "65eda5a12577c2bae829437fe338701a10aaa375e1bb5b5de108de439c08551d";
    let y = "1e52ed75701163f7f9e40ddf9f341b3dc9ba860af7e0ca7ca7e9eecd0084d19c";
    let key = hex::decode(format!("a40102200121 5820{x}225820{y}").replace(' ', "")).unwrap();
    let key = PublicKey::from_cose_key(&key).unwrap();
    assert_eq!(
        key.id().to_string(),
        "496bd8afadf307e5b08c64b0421bf9dc01528a344a43bda88fadd1669da253ec"
    );
}

#[test]
fn coset_writes_the_same_key() {
    for key in keys() {
        let public = key.public();
        let theirs = public.to_coset();
        assert_eq!(
            theirs.kty,
            coset::CoseKey::from_slice(&public.to_cose_key()).unwrap().kty
        );
        assert_eq!(
            theirs.params,
            coset::CoseKey::from_slice(&public.to_cose_key()).unwrap().params
        );
        assert_eq!(PublicKey::from_cose_key(&public.to_cose_key()), Ok(public));
    }
}

/// An OKP key of those 32 bytes.
fn okp(point: &[u8]) -> Vec<u8> {
    let mut out = Writer::default();
    out.map(3).int(1).int(1).int(-1).int(6).int(-2).bytes(point);
    out.finish()
}

#[test]
fn a_second_form_of_a_key_is_no_key() {
    let good = SecretKey::ed25519(&[7; 32]).public().to_cose_key();
    let p256 = SecretKey::p256(&[9; 32]).unwrap().public().to_cose_key();
    let longer = [&[0xb8, 0x03][..], &good[1..]].concat();
    let indefinite = [&[0xbf][..], &good[1..], &[0xff]].concat();
    let trailing = [&good[..], &[0]].concat();
    let with_kid = [&[0xa4, 0x01, 0x01, 0x02, 0x41, 0x00][..], &good[3..]].concat();
    let mut off_curve = p256.clone();
    off_curve[9] ^= 1;
    let another_curve = [&[0xa3, 0x01, 0x01, 0x20, 0x04][..], &good[5..]].concat();
    for bytes in [
        longer,
        indefinite,
        trailing,
        with_kid,
        off_curve,
        another_curve,
        Vec::new(),
        good[..39].to_vec(),
    ] {
        assert_eq!(
            PublicKey::from_cose_key(&bytes),
            Err(SignatureError::BadKey),
            "{}",
            hex::encode(bytes)
        );
    }
}

#[test]
fn a_point_outside_the_prime_order_group_is_no_key() {
    // The eight points of small order (two of them in a second form), from the literature on Ed25519 edge cases.
    for point in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ] {
        let key = okp(&hex::decode(point).unwrap());
        assert_eq!(
            PublicKey::from_cose_key(&key),
            Err(SignatureError::BadKey),
            "{point}"
        );
    }
    // A good key plus a point of order 8: strict verifiers and batch verifiers would disagree about its signatures.
    let good = ed25519_dalek::SigningKey::from_bytes(&[7; 32]).verifying_key();
    let torsion = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
    let torsion: [u8; 32] = hex::decode(torsion).unwrap().try_into().unwrap();
    let torsion = ed25519_dalek::VerifyingKey::from_bytes(&torsion)
        .unwrap()
        .to_edwards();
    let mixed = (good.to_edwards() + torsion).compress().to_bytes();
    assert!(PublicKey::from_cose_key(&okp(good.as_bytes())).is_ok());
    assert_eq!(
        PublicKey::from_cose_key(&okp(&mixed)),
        Err(SignatureError::BadKey)
    );
}

#[test]
fn of_the_two_ecdsa_signatures_that_anybody_can_make_only_the_lower_counts() {
    let key = SecretKey::p256(&[9; 32]).unwrap();
    let low = key.sign(b"a message");
    let signature = p256::ecdsa::Signature::from_slice(&low).unwrap();
    let (r, s) = signature.split_scalars();
    let high = p256::ecdsa::Signature::from_scalars(r.to_bytes(), (-*s).to_bytes()).unwrap();
    let high: [u8; 64] = high.to_bytes().into();
    assert_eq!(key.public().verify(b"a message", &low), Ok(()));
    assert_eq!(
        key.public().verify(b"a message", &high),
        Err(SignatureError::NotLowS)
    );
    // A token that knows no low-S form signs high half of the time; putting the event together brings it down.
    let message = to_be_signed(b"an envelope", &key.public());
    let low = key.sign(&message);
    let (r, s) = p256::ecdsa::Signature::from_slice(&low).unwrap().split_scalars();
    let high = p256::ecdsa::Signature::from_scalars(r.to_bytes(), (-*s).to_bytes()).unwrap();
    assert_eq!(
        assemble(b"an envelope", &key.public(), &high.to_bytes().into()),
        sign(b"an envelope", &key)
    );
}

#[test]
fn a_signed_event_counts_with_its_own_key_and_bytes_alone() {
    let [ed25519, p256] = keys();
    for (key, other) in [(&ed25519, &p256), (&p256, &ed25519)] {
        let signed = sign(b"an envelope", key);
        let parts = SignedEvent::parse(&signed).unwrap();
        assert_eq!(parts.verify(&key.public()), Ok(()));
        assert_eq!(
            parts.verify(&other.public()),
            Err(SignatureError::AlgorithmMismatch)
        );
        let stranger = SecretKey::ed25519(&[8; 32]);
        if key.public().algorithm() == Algorithm::Ed25519 {
            assert_eq!(parts.verify(&stranger.public()), Err(SignatureError::Wrong));
        }
    }
}

#[test]
fn an_endorsement_counts_for_its_commitment_alone() {
    let (commitment, other) = (Commitment::to(b"a sealed body"), Commitment::to(b"another body"));
    for key in keys() {
        let bytes = endorse(&commitment, &key);
        let find = |id| (id == key.public().id()).then(|| key.public());
        assert_eq!(
            verify_endorsement(&bytes, &commitment, find),
            Ok(key.public().id())
        );
        assert_eq!(
            verify_endorsement(&bytes, &other, find),
            Err(SignatureError::Wrong)
        );
        assert_eq!(
            verify_endorsement(&bytes, &commitment, |_| None),
            Err(SignatureError::BadKey)
        );
        let with_payload = sign(&commitment.to_bytes(), &key);
        assert_eq!(
            verify_endorsement(&with_payload, &commitment, find),
            Err(SignatureError::Malformed(Malformed::Shape("detached payload")))
        );
        // Neither is an event an endorsement nor the reverse, even over the same bytes.
        assert!(matches!(
            SignedEvent::parse(&bytes),
            Err(Malformed::Shape("payload"))
        ));
    }
}

#[test]
fn the_leaf_is_a_version_and_the_two_hashes() {
    let (hash, twin) = (event_hash(b"x"), event_twin(b"x"));
    let leaf = leaf_entry(&hash, &twin);
    assert_eq!(leaf[0], 1);
    assert_eq!(leaf[1..33], *blake3::hash(b"x").as_bytes());
    assert_eq!(leaf[33..], *Sha256::digest(b"x"));
}

proptest! {
    #[test]
    fn a_signed_event_reads_back_and_every_changed_bit_is_refused(
        envelope in proptest::collection::vec(any::<u8>(), 0..400),
        seed in any::<[u8; 32]>(),
        bit in any::<prop::sample::Index>(),
    ) {
        let key = SecretKey::ed25519(&seed);
        let mut signed = sign(&envelope, &key);
        let parts = SignedEvent::parse(&signed).unwrap();
        prop_assert_eq!(parts.envelope, &envelope[..]);
        prop_assert_eq!(parts.key, key.public().id());
        prop_assert_eq!(parts.verify(&key.public()), Ok(()));
        let bit = bit.index(signed.len() * 8);
        signed[bit / 8] ^= 1 << (bit % 8);
        let refused = match SignedEvent::parse(&signed) {
            Err(_) => true,
            Ok(parts) => parts.key != key.public().id() || parts.verify(&key.public()).is_err(),
        };
        prop_assert!(refused);
    }

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = SignedEvent::parse(&bytes);
        let _ = PublicKey::from_cose_key(&bytes);
        let commitment = Commitment::to(&bytes);
        let _ = verify_endorsement(&bytes, &commitment, |_| None);
    }
}
