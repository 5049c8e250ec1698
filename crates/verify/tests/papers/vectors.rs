//! The published papers, made again and judged: the page for browsers is held against the same rows.

use serde_json::Value as Json;
use verify::paper::{Against, Trust, Verdict, check};

#[path = "../../examples/sealed_vectors/vectors.rs"]
mod made;

fn kept(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/papers/sealed/");
    std::fs::read(format!("{folder}{name}")).unwrap()
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap()
}

fn whole(json: &Json) -> usize {
    json.as_u64().unwrap() as usize
}

/// The file of a case, with what is done to it.
fn brought(case: &Json) -> Vec<u8> {
    let mut file = kept(text(&case["file"]));
    let Some(edit) = case["edit"].as_object() else {
        return file;
    };
    let (what, how) = edit.iter().next().unwrap();
    match what.as_str() {
        "flip" => file[whole(how)] ^= 1,
        "append" => file.extend(text(how).bytes()),
        "keep" => file.truncate(whole(how)),
        "put" => put(&mut file, whole(&how[0]), text(&how[1])),
        "contents" => {
            let start = file
                .windows(11)
                .position(|found| found == b"/Contents<3")
                .unwrap()
                + 10;
            let room = file[start..].iter().position(|byte| *byte == b'>').unwrap();
            put(&mut file, start, &format!("{:0<room$}", text(how)));
        }
        other => panic!("{other}"),
    }
    file
}

fn put(file: &mut [u8], at: usize, text: &str) {
    file[at..at + text.len()].copy_from_slice(text.as_bytes());
}

fn judged(vectors: &Json, case: &Json) -> Verdict {
    let bytes = |list: &Json| hex::decode(text(list)).unwrap();
    let root = bytes(&vectors["root"]);
    let trust = &vectors["trust_lists"][text(&case["trust_list"])];
    let trust = Trust::open(&bytes(trust), Some(&root)).unwrap();
    let status = case["status_list"]
        .as_str()
        .map(|name| &vectors["status_lists"][name]);
    let status = status.map(|list| trust.status_list(&bytes(list)).unwrap());
    let against = Against {
        status: status.as_ref(),
        ..Against::default()
    };
    check(&brought(case), &trust, &against)
}

#[test]
fn the_sealed_vectors_are_made_again_byte_for_byte() {
    for (name, bytes) in made::sealed_vectors() {
        assert!(
            kept(name) == bytes,
            "schemas/papers/sealed/{name} is not what the code makes"
        );
    }
}

#[test]
fn every_published_paper_is_judged_as_its_row_says() {
    let vectors: Json = serde_json::from_slice(&kept("cases.json")).unwrap();
    for case in vectors["cases"].as_array().unwrap() {
        let said = judged(&vectors, case).to_json();
        for name in ["verdict", "why", "on", "stamped_at"] {
            let wanted = &case[name];
            let open = name == "why" && wanted.is_null();
            assert!(
                open || said[name] == *wanted,
                "{}: {name}: {}",
                case["name"],
                said[name]
            );
        }
    }
}

#[test]
fn the_published_picture_is_that_of_the_published_copy() {
    let vectors: Json = serde_json::from_slice(&kept("cases.json")).unwrap();
    let list = hex::decode(text(&vectors["trust_lists"]["plain"])).unwrap();
    let trust = Trust::open(&list, None).unwrap();
    let [file, picture] =
        ["copy.pdf", "copy-100.png"].map(|name| check(&kept(name), &trust, &Against::default()));
    assert!(picture.is_good());
    assert_eq!(picture.claim, file.claim);
}
