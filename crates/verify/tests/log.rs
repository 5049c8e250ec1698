//! What the log says of itself: checkpoints, proofs, policies, forks, envelopes.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;
use support::{ORIGIN, World, story};
use tlog::{
    Checkpoint, Edge, FullTile, KeyKind, Note, Policy, SignerKey, Tile, TlogProof, inclusion_proof, leaf_hash,
};
use verify::log::{Leaves, checkpoint, diff, event, evidence, policy};
use verify::{InMemory, Language, export};

/// The tree of some records.
fn tree(world: &World) -> (Edge, BTreeMap<Tile, Vec<u8>>) {
    let (mut edge, mut tiles) = (Edge::new(), BTreeMap::new());
    for record in &world.records {
        let leaf = civil::cose::leaf_entry(
            &civil::cose::event_hash(&record.signed),
            &civil::cose::event_twin(&record.signed),
        );
        for FullTile { tile, bytes } in edge.push(leaf_hash(&leaf)).unwrap() {
            tiles.insert(tile, bytes);
        }
    }
    tiles.extend(edge.partials().map(|(tile, bytes)| (tile, bytes.to_vec())));
    (edge, tiles)
}

fn proof_of(world: &World, position: u64, note: Note) -> TlogProof {
    let (edge, tiles) = tree(world);
    let path = inclusion_proof(position, edge.size(), &tiles).unwrap();
    TlogProof::new(position, path, note).unwrap()
}

fn of_the_log(world: &World) -> Policy {
    Policy::of_log(vec![world.log.verifier().clone()])
}

/// Three witnesses and a policy that wants two of them.
fn witnesses() -> ([SignerKey; 3], String) {
    let names = ["tu-phap.example/w1", "kiem-toan.example/w2", "tinh.example/w3"];
    let keys = [21_u8, 22, 23].map(|seed| {
        let name = names[usize::from(seed - 21)];
        SignerKey::new(name, KeyKind::Cosignature, &[seed; 32]).unwrap()
    });
    let mut text = String::new();
    for (number, key) in keys.iter().enumerate() {
        text += &format!("witness w{number} {}\n", key.verifier());
    }
    (keys, text + "group enough 2 w0 w1 w2\nquorum enough\n")
}

fn cosigned(world: &World, by: &[SignerKey]) -> Note {
    let body = world.checkpoint_body();
    let mut note = body.sign(&world.log).unwrap();
    for key in by {
        note.add(body.cosign(key, 1_772_500_000).unwrap()).unwrap();
    }
    note
}

fn under(world: &World, witnesses: &str) -> Policy {
    Policy::parse(format!("log {}\n{witnesses}", world.log.verifier()).as_bytes()).unwrap()
}

#[test]
fn a_checkpoint_is_believed_under_a_policy_and_not_without_its_quorum() {
    let world = story();
    let (keys, text) = witnesses();
    let policy = under(&world, &text);
    let enough = checkpoint(cosigned(&world, &keys[..2]).to_string().as_bytes(), &policy);
    assert!(enough.is_good(), "{}", enough.to_text(Language::English));
    assert!(enough.to_text(Language::Vietnamese).contains("Đủ bên chứng kiến"));
    assert_eq!(enough.to_json()["cosigned"].as_array().unwrap().len(), 2);
    let alone = checkpoint(world.checkpoint().to_string().as_bytes(), &policy);
    assert!(!alone.is_good());
    let changed = world.checkpoint().to_string().replace("\n20\n", "\n21\n");
    assert!(!checkpoint(changed.as_bytes(), &of_the_log(&world)).is_good());
}

#[test]
fn an_event_is_proved_offline_and_no_other_one_is() {
    let world = story();
    let record = &world.records[9];
    let proof = proof_of(&world, 9, world.checkpoint()).to_string();
    let policy = of_the_log(&world);
    let sealed = record.sealed.as_deref();
    let told = event(&record.signed, sealed, proof.as_bytes(), &policy);
    assert!(told.is_good(), "{}", told.to_text(Language::English));
    assert_eq!(told.to_json()["position"], 9);
    assert!(told.to_text(Language::English).contains("was not checked"));
    let other = &world.records[10];
    assert!(!event(&other.signed, None, proof.as_bytes(), &policy).is_good());
    assert!(!event(&record.signed, other.sealed.as_deref(), proof.as_bytes(), &policy).is_good());
    assert!(!event(&record.signed, sealed, b"c2sp.org/tlog-proof@v1\n", &policy).is_good());
    let strange = SignerKey::new(ORIGIN, KeyKind::Ed25519, &[77; 32]).unwrap();
    assert!(
        !event(
            &record.signed,
            sealed,
            proof.as_bytes(),
            &Policy::of_log(vec![strange.verifier().clone()])
        )
        .is_good()
    );
}

/// A log of 106 million events has proofs of 27 hashes.
/// The log signs a second time by ML-DSA-44, which no code has room for.
#[test]
fn a_proof_with_three_witnesses_fits_a_code_of_two_thousand_bytes() {
    let (keys, _) = witnesses();
    let log = SignerKey::new("hotich.gov.vn/so-cai-ho-tich", KeyKind::Ed25519, &[9; 32]).unwrap();
    let body = Checkpoint::new(log.name().as_str(), 106_000_000, tlog::Hash([7; 32])).unwrap();
    let second = SignerKey::new(log.name().as_str(), KeyKind::MlDsa44, &[8; 32]).unwrap();
    let mut note = body.sign(&log).unwrap();
    for key in keys.iter().chain([&second]) {
        note.add(body.cosign(key, 1_772_500_000).unwrap()).unwrap();
    }
    let path = vec![tlog::Hash([0x5a; 32]); 27];
    let long = TlogProof::new(105_999_999, path, note).unwrap();
    assert!(long.to_string().len() > 4_000);
    let proof = long.short().to_string();
    assert!(proof.len() <= 2_000, "{} bytes", proof.len());
    let code = fast_qr::QRBuilder::new(proof.as_bytes())
        .ecl(fast_qr::ECL::L)
        .build()
        .unwrap();
    let read = read_back(&code);
    assert_eq!(read, proof.as_bytes());
}

/// Draws a code as a printer does and reads it as a phone does.
fn read_back(code: &fast_qr::QRCode) -> Vec<u8> {
    const SCALE: usize = 4;
    const QUIET: usize = 4;
    let side = (code.size + 2 * QUIET) * SCALE;
    let dark = |x: usize, y: usize| {
        let place = |pixel: usize| (pixel / SCALE).checked_sub(QUIET).filter(|at| *at < code.size);
        place(x).zip(place(y)).is_some_and(|(x, y)| code[y][x].value())
    };
    let shade = |x, y| if dark(x, y) { 0 } else { 255 };
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, shade);
    let grids = picture.detect_grids();
    let mut bytes = Vec::new();
    grids[0].decode_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn two_checkpoints_of_one_history_are_no_fork() {
    let mut world = story();
    let earlier = world.checkpoint().to_string();
    world.birth(1);
    let later = world.checkpoint().to_string();
    let tiles = Leaves::Computed(tree(&world).1);
    for (one, other) in [(&earlier, &later), (&later, &earlier), (&later, &later)] {
        let compared = diff(
            one.as_bytes(),
            other.as_bytes(),
            &of_the_log(&world),
            Some(&tiles),
        );
        assert!(
            compared.told.is_good(),
            "{}",
            compared.told.to_text(Language::English)
        );
        assert_eq!(compared.evidence, None);
    }
    let blind = diff(earlier.as_bytes(), later.as_bytes(), &of_the_log(&world), None);
    assert!(!blind.told.is_good() && blind.evidence.is_none());
}

/// Two ledgers by one log key whose histories part.
fn forked() -> (World, World) {
    let (mut one, mut other) = (story(), story());
    one.birth(1);
    other.birth(2);
    (one, other)
}

#[test]
fn two_histories_of_one_size_are_evidence_by_themselves() {
    let (one, other) = forked();
    let policy = of_the_log(&one);
    let compared = diff(
        one.checkpoint().to_string().as_bytes(),
        other.checkpoint().to_string().as_bytes(),
        &policy,
        None,
    );
    assert!(!compared.told.is_good());
    let file = compared.evidence.unwrap();
    assert!(evidence(file.as_bytes(), &policy).is_good());
    let strange = SignerKey::new(ORIGIN, KeyKind::Ed25519, &[77; 32]).unwrap();
    assert!(!evidence(file.as_bytes(), &Policy::of_log(vec![strange.verifier().clone()])).is_good());
    assert!(!evidence(&file.as_bytes()[..file.len() - 9], &policy).is_good());
}

#[test]
fn a_larger_tree_that_does_not_continue_the_smaller_is_evidence_with_its_beginning() {
    let (one, mut other) = forked();
    other.birth(3);
    let policy = of_the_log(&one);
    let (small, large) = (one.checkpoint().to_string(), other.checkpoint().to_string());
    let folder = tempfile::tempdir().unwrap();
    let source = InMemory::new(other.records.clone());
    export::write_public(folder.path(), &large, source, &mut |_| {}).unwrap();
    let public = Leaves::open(folder.path()).unwrap();
    let compared = diff(small.as_bytes(), large.as_bytes(), &policy, Some(&public));
    let file = compared.evidence.unwrap();
    let judged = evidence(file.as_bytes(), &policy);
    assert!(judged.is_good(), "{}", judged.to_text(Language::English));
    // The tree of the other history proves nothing of the larger checkpoint.
    let tiles = Leaves::Computed(tree(&one).1);
    let wrong = diff(small.as_bytes(), large.as_bytes(), &policy, Some(&tiles));
    assert!(!wrong.told.is_good() && wrong.evidence.is_none());
}

#[test]
fn a_policy_says_what_it_asks_and_a_file_that_is_none_is_told() {
    let (_, text) = witnesses();
    let world = story();
    let told = policy(format!("log {}\n{text}", world.log.verifier()).as_bytes());
    assert!(told.is_good());
    assert_eq!(told.to_json()["needs_witnesses"], true);
    assert_eq!(told.to_json()["indispensable"], serde_json::json!([]));
    let all = text.replace("group enough 2", "group enough all");
    let told = policy(format!("log {}\n{all}", world.log.verifier()).as_bytes());
    assert!(
        told.to_text(Language::English)
            .contains("Without tu-phap.example/w1, kiem-toan.example/w2")
    );
    assert!(!policy(b"quorum everybody\n").is_good());
}

fn restricted(world: &World) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let note = world.checkpoint().to_string();
    let source = InMemory::new(world.records.clone());
    export::write_restricted(folder.path(), &note, source, &mut |_| {}).unwrap();
    folder
}

#[test]
fn envelopes_give_the_public_leaves_and_no_body_is_among_them() {
    let mut world = story();
    while world.records.len() < 600 {
        world.birth(1);
    }
    let folder = restricted(&world);
    let told = export::envelopes(folder.path(), &of_the_log(&world)).unwrap();
    assert!(told.is_good(), "{}", told.to_text(Language::English));
    let sealed: Vec<&[u8]> = world
        .records
        .iter()
        .filter_map(|record| record.sealed.as_deref())
        .take(12)
        .collect();
    let mut files = 0;
    each_file(folder.path(), &mut |path| {
        files += 1;
        let bytes = fs::read(path).unwrap();
        for sealed in &sealed {
            let body = &sealed[32..];
            assert!(
                !bytes.windows(body.len()).any(|window| window == body),
                "{}",
                path.display()
            );
        }
    });
    assert!(files >= 7, "{files}");
}

#[test]
fn an_envelope_that_was_changed_is_found_in_its_file() {
    let world = story();
    let folder = restricted(&world);
    let file = folder.path().join("restricted/envelopes/000.p/20");
    let mut bytes = fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&file, bytes).unwrap();
    let told = export::envelopes(folder.path(), &of_the_log(&world)).unwrap();
    assert!(!told.is_good());
    assert!(
        told.to_text(Language::English).contains("envelope 19"),
        "{}",
        told.to_text(Language::English)
    );
}

fn each_file(folder: &Path, visit: &mut dyn FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => each_file(&path, visit),
            false => visit(&path),
        }
    }
}

/// The files of the public log, counted: what everybody may have of an event costs at most a hundred bytes.
#[test]
fn the_public_surface_is_a_hundred_bytes_an_event() {
    let mut world = World::new(1);
    while world.records.len() < 4_096 {
        world.birth(1);
    }
    let folder = tempfile::tempdir().unwrap();
    let note = world.checkpoint().to_string();
    let source = InMemory::new(world.records.clone());
    export::write_public(folder.path(), &note, source, &mut |_| {}).unwrap();
    let mut bytes = 0;
    each_file(folder.path(), &mut |path| {
        bytes += fs::metadata(path).unwrap().len()
    });
    let events = world.records.len() as u64;
    assert!(bytes <= 100 * events, "{bytes} bytes for {events} events");
}

#[test]
fn the_program_answers_each_question_with_its_exit_status() {
    let world = story();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let key = world.log.verifier().to_string();
    let note = file("checkpoint", world.checkpoint().to_string().as_bytes());
    let signed = file("event", &world.records[9].signed);
    let proof = file(
        "proof",
        proof_of(&world, 9, world.checkpoint()).to_string().as_bytes(),
    );
    let (_, text) = witnesses();
    let policy = file("policy", format!("log {key}\n{text}").as_bytes());
    let broken = file("broken", b"nothing\n");
    let (_, other) = forked();
    let (one, _) = forked();
    let one = file("one", one.checkpoint().to_string().as_bytes());
    let other = file("other", other.checkpoint().to_string().as_bytes());
    let out = folder.path().join("evidence").to_str().unwrap().to_owned();
    for (status, line) in [
        (0, vec!["checkpoint", &note, "--log-key", &key]),
        (1, vec!["checkpoint", &note, "--policy", &policy]),
        (1, vec!["checkpoint", &broken, "--log-key", &key]),
        (2, vec!["checkpoint", &note]),
        (0, vec!["event", &signed, "--proof", &proof, "--log-key", &key]),
        (1, vec!["event", &note, "--proof", &proof, "--log-key", &key]),
        (2, vec!["event", &signed, "--log-key", &key]),
        (1, vec!["diff", &one, &other, "--log-key", &key, "--out", &out]),
        (0, vec!["diff", &out, "--log-key", &key]),
        (0, vec!["policy", &policy]),
        (1, vec!["policy", &broken]),
        (2, vec!["envelopes", "/nowhere", "--log-key", &key]),
    ] {
        let run = Command::new(env!("CARGO_BIN_EXE_hotich-verify"))
            .args(&line)
            .arg("--json")
            .output()
            .unwrap();
        assert_eq!(
            run.status.code(),
            Some(status),
            "{line:?}: {}",
            String::from_utf8_lossy(&run.stderr)
        );
        if status < 2 {
            let answer: Json = serde_json::from_slice(&run.stdout).unwrap();
            assert_eq!(answer["good"], status == 0, "{line:?}");
        }
    }
}
