//! The published vectors, made again and read by every reader.

use civil::paper::PaperContent;
use civil::seal::{PaperClaim, PaperCode, Sign1, StatusList, TrustList, base45};
use extract::seal::QR_VERSION_MAX;
use serde_json::Value as Json;

#[path = "../../examples/seal_vectors/vectors.rs"]
mod made;

fn kept() -> (String, Json) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/papers/seals.json");
    let text = std::fs::read_to_string(path).unwrap();
    let document = serde_json::from_str(&text).unwrap();
    (text, document)
}

fn bytes(hex: &Json) -> Vec<u8> {
    let digits = hex.as_str().unwrap().as_bytes();
    let pair = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(pair).collect()
}

#[test]
fn the_vectors_of_seals_are_made_again_byte_for_byte() {
    assert!(
        kept().0.trim_end() == made::seal_vectors().unwrap(),
        "schemas/papers/seals.json is not what the code makes"
    );
}

#[test]
fn what_is_signed_is_read_and_written_back() {
    let (_, vectors) = kept();
    for claim in vectors["claims"].as_array().unwrap() {
        let payload = bytes(&claim["payload"]);
        let read = PaperClaim::decode(&payload).unwrap();
        assert_eq!(read.encode(), payload);
        let content = PaperContent::decode(&bytes(&claim["content"])).unwrap();
        assert_eq!(read.agrees_with(&content), Ok(()));
        assert_eq!(Sign1::parse(&bytes(&claim["cose"])).unwrap().payload, payload);
    }
    let list = bytes(&vectors["trust_list"]["payload"]);
    assert_eq!(TrustList::decode(&list).unwrap().encode(), list);
    let list = bytes(&vectors["status_list"]["payload"]);
    let read = StatusList::decode(&list).unwrap();
    assert_eq!(read.encode(), list);
    for listed in vectors["status_list"]["papers"].as_array().unwrap() {
        let code: PaperCode = listed[0].as_str().unwrap().parse().unwrap();
        assert_eq!(
            read.find(&code).unwrap().1.to_string(),
            listed[2].as_str().unwrap()
        );
    }
    assert_eq!(read.find(&PaperCode::from_chance([77; 13])), None);
}

#[test]
fn every_refused_vector_is_refused() {
    let (_, vectors) = kept();
    for refused in vectors["refused"].as_array().unwrap() {
        let name = refused["name"].as_str().unwrap();
        let accepted = match refused["item"].as_str().unwrap() {
            "claim" => PaperClaim::decode(&bytes(&refused["bytes"])).is_ok(),
            "sign1" => Sign1::parse(&bytes(&refused["bytes"])).is_ok(),
            "status_list" => StatusList::decode(&bytes(&refused["bytes"])).is_ok(),
            "trust_list" => TrustList::decode(&bytes(&refused["bytes"])).is_ok(),
            // The verifier's own reader is asked in its own tests; here: not base45, or not a signed claim.
            "text" => base45::decode(refused["text"].as_str().unwrap())
                .and_then(|packed| {
                    miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&packed, 65_536).ok()
                })
                .is_some_and(|signed| Sign1::parse(&signed).is_ok_and(|parts| parts.content_type.is_none())),
            other => panic!("{other}"),
        };
        assert!(!accepted, "{name}");
    }
    for code in vectors["refused_codes"].as_array().unwrap() {
        assert!(code.as_str().unwrap().parse::<PaperCode>().is_err(), "{code}");
    }
}

#[test]
fn a_code_is_read_as_people_write_it_and_written_in_one_way() {
    let code = PaperCode::from_chance([0xff; 13]);
    assert_eq!(code.to_string(), "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ");
    let code: PaperCode = "7k2md-oq9xh vv3ta-Lzc4e".parse().unwrap();
    assert_eq!(code.letters(), "7K2MD0Q9XHVV3TA1ZC4E");
    assert!(PaperCode::parse_letters(code.letters()).is_ok());
    assert!(PaperCode::parse_letters(&code.to_string()).is_err());
    assert!(PaperCode::parse_letters(&code.letters().to_lowercase()).is_err());
}

#[test]
fn the_copy_of_a_full_birth_fits_into_version_nineteen_and_notes_go_first() {
    let (_, vectors) = kept();
    let claims = vectors["claims"].as_array().unwrap();
    let version = |claim: &Json| extract::code_version(claim["text"].as_str().unwrap()).unwrap();
    // Original, copy, copy with notes, marriage, death with a note.
    let versions: Vec<u8> = claims.iter().map(version).collect();
    assert!(
        versions[1] <= QR_VERSION_MAX && versions[2] <= QR_VERSION_MAX,
        "{versions:?}"
    );
    // An original names the declarant too: a code of 101 modules at most.
    assert!(versions.iter().all(|version| *version <= 21), "{versions:?}");
    let left_out = |claim: &Json| claim["claim"]["notes_left_out"] == Json::Bool(true);
    let left_out: Vec<bool> = claims.iter().map(left_out).collect();
    assert_eq!(left_out, [false, false, true, false, false]);
}
