//! `cargo run -p fuzzed --example corpus [-- DEMO]`: writes `fuzz/corpus` from the vectors, and from the folder of a `hotich demo` with a page of
//! its copy as a picture in `page.png`, when one is named.

#![allow(clippy::unwrap_used, reason = "a program for those who change formats")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tlog::{
    AddCheckpoint, Bundle, Checkpoint, Edge, ForkEvidence, Hash, KeyKind, SignerKey, Tile, TlogProof,
    inclusion_proof, leaf_hash, write_entry,
};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let corpus = Corpus(root.join("fuzz/corpus"));
    of_the_log(&corpus);
    of_witnesses(&corpus, &root.join("schemas/log"));
    of_events(&corpus, &root.join("schemas/vectors"));
    of_papers(&corpus, &root.join("schemas/papers/seals.json"));
    if let Some(demo) = std::env::args().nth(1) {
        of_a_demo(&corpus, &PathBuf::from(demo));
    }
}

fn of_a_demo(corpus: &Corpus, demo: &Path) {
    corpus.put("pdf", "copy", &fs::read(demo.join("copy.pdf")).unwrap());
    corpus.put("picture", "page", &fs::read(demo.join("page.png")).unwrap());
    corpus.put(
        "list",
        "demo_trust",
        &fs::read(demo.join("hotich.trust")).unwrap(),
    );
    corpus.put(
        "list",
        "demo_status",
        &fs::read(demo.join("hotich.status")).unwrap(),
    );
    let export = demo.join("export");
    let files = [
        "checkpoint",
        "manifest.json",
        "events/000",
        "times/000",
        "bodies/000",
    ];
    let parts = files.iter().map(|file| fs::read(export.join(file)).unwrap());
    let packed: Vec<u8> = parts
        .flat_map(|part| [&(part.len() as u32).to_be_bytes()[..], &part].concat())
        .collect();
    corpus.put("export", "demo", &packed);
}

struct Corpus(PathBuf);

impl Corpus {
    fn put(&self, target: &str, name: &str, bytes: &[u8]) {
        let folder = self.0.join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
    }
}

fn of_the_log(corpus: &Corpus) {
    let log = SignerKey::new("log.example", KeyKind::Ed25519, &[1; 32]).unwrap();
    let witness = SignerKey::new("witness.example", KeyKind::Cosignature, &[2; 32]).unwrap();
    let mut edge = Edge::new();
    let leaves: Vec<Hash> = (0..300_u64).map(|leaf| leaf_hash(&leaf.to_be_bytes())).collect();
    let mut full = std::collections::BTreeMap::new();
    for leaf in &leaves {
        full.extend(
            edge.push(*leaf)
                .unwrap()
                .into_iter()
                .map(|tile| (tile.tile, tile.bytes)),
        );
    }
    full.extend(edge.partials().map(|(tile, bytes)| (tile, bytes.to_vec())));
    let checkpoint = Checkpoint::new("log.example", 300, edge.root()).unwrap();
    let plain = checkpoint.sign(&log).unwrap();
    let mut note = plain.clone();
    note.add(checkpoint.cosign(&witness, 1_700_000_000).unwrap())
        .unwrap();
    let proof = TlogProof::new(77, inclusion_proof(77, 300, &full).unwrap(), note.clone()).unwrap();
    let text = |target: &str, name: &str, text: String| corpus.put(target, name, text.as_bytes());
    text("note", "signed", plain.to_string());
    text("note", "cosigned", note.to_string());
    text("checkpoint", "text", checkpoint.to_string());
    text("checkpoint", "signed", plain.to_string());
    text("checkpoint", "cosigned", note.to_string());
    text("checkpoint", "extended", format!("{checkpoint}extension\n"));
    text("proof", "plain", proof.to_string());
    text("proof", "extra", proof.with_extra(b"extra").unwrap().to_string());
    let path: Vec<u8> = leaves[..9].iter().flat_map(|hash| hash.0).collect();
    let numbers = [77_u64.to_le_bytes(), 300_u64.to_le_bytes()].concat();
    corpus.put("proof", "numbers", &[numbers, path].concat());
    text("key", "log", log.verifier().to_string());
    text("key", "witness", witness.verifier().to_string());
    text("key", "secret", log.to_secret_string());
    text("key", "signature", note.signatures()[1].to_string());
    text("key", "hash", leaves[0].to_string());
    text("tile_path", "full", Tile::new(0, 5, 256).unwrap().to_string());
    text(
        "tile_path",
        "partial",
        Tile::new(1, 1_234_067, 17).unwrap().to_string(),
    );
    text(
        "tile_path",
        "entries",
        Bundle::new(1_234_067, 9).unwrap().to_string(),
    );
    corpus.put("edge", "300", &edge.to_bytes());
    let mut bundle = vec![2];
    for entry in [&b"one"[..], b"", b"three"] {
        write_entry(&mut bundle, entry).unwrap();
    }
    corpus.put("bundle", "three", &bundle);
}

/// The examples of RFC 0006, and small ones by the keys that the targets know.
fn of_witnesses(corpus: &Corpus, examples: &Path) {
    for (target, file) in [
        ("policy", "policy"),
        ("request", "add-checkpoint"),
        ("fork", "fork-of-one-size"),
        ("fork", "fork-of-two-sizes"),
    ] {
        corpus.put(
            target,
            &format!("example_{file}"),
            &fs::read(examples.join(file)).unwrap(),
        );
    }
    let log = SignerKey::new("log.example", KeyKind::Ed25519, &[1; 32]).unwrap();
    let witness = SignerKey::new("witness.example", KeyKind::Cosignature, &[2; 32]).unwrap();
    let of_size = |size: u64, root| Checkpoint::new("log.example", size, Hash([root; 32])).unwrap();
    let (one, other) = (of_size(9, 7), of_size(9, 8));
    let (note, fork) = (one.sign(&log).unwrap(), other.sign(&log).unwrap());
    let text = |target: &str, name: &str, text: String| corpus.put(target, name, text.as_bytes());
    let (of_log, of_witness) = (log.verifier(), witness.verifier());
    let named = |name| format!("witness {name} {of_witness} https://witness.example/\n");
    text("policy", "log", format!("log {of_log}\n"));
    text(
        "policy",
        "quorum",
        format!("log {of_log}\n{}group g 1 w\nquorum g\n", named("w")),
    );
    text("policy", "none", format!("log {of_log}\nquorum none\n"));
    let first = AddCheckpoint {
        old: 0,
        proof: Vec::new(),
        checkpoint: note.clone(),
    };
    text("request", "first", first.to_string());
    let proof = vec![Hash([9; 32]); 5];
    text(
        "request",
        "next",
        AddCheckpoint {
            old: 9,
            proof,
            checkpoint: note.clone(),
        }
        .to_string(),
    );
    text(
        "request",
        "cosignature",
        format!("{}\n", one.cosign(&witness, 1_700_000_000).unwrap()),
    );
    text("request", "size", "9\n".to_owned());
    text(
        "fork",
        "of_one_size",
        ForkEvidence::of_one_size(note, fork).to_string(),
    );
}

/// The smallest case of every kind; of all of them together some hundred kilobytes.
fn of_events(corpus: &Corpus, vectors: &Path) {
    let mut kinds = std::collections::BTreeMap::new();
    for file in ["ledger.json", "acts-2.json", "acts-3.json"] {
        let file: Value = serde_json::from_slice(&fs::read(vectors.join(file)).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap() {
            let size = |case: &Value| case["body"].as_str().unwrap().len();
            let kind = case["kind"].to_string().replace(['"', ' '], "");
            let kept = kinds.entry(kind).or_insert_with(|| case.clone());
            if size(case) > size(kept) && size(case) < 2_400 {
                *kept = case.clone();
            }
        }
    }
    for (kind, case) in &kinds {
        let bytes = |member: &str| hex::decode(case[member].as_str().unwrap()).unwrap();
        let (envelope, body, signed, salt) =
            (bytes("envelope"), bytes("body"), bytes("signed"), bytes("salt"));
        corpus.put("envelope", kind, &envelope);
        corpus.put("body", kind, &body);
        corpus.put("cbor", kind, &body);
        let length = (signed.len() as u16).to_be_bytes();
        corpus.put(
            "signed_event",
            kind,
            &[&length[..], &signed, &salt, &body].concat(),
        );
        let body = civil::act::Body::decode(&body).unwrap();
        let code = body.act.kind().code() as u8;
        let json = body.act.to_json().to_string();
        corpus.put("act_json", kind, &[&[code], json.as_bytes()].concat());
    }
}

fn of_papers(corpus: &Corpus, vectors: &Path) {
    let vectors: Value = serde_json::from_slice(&fs::read(vectors).unwrap()).unwrap();
    let bytes = |value: &Value| hex::decode(value.as_str().unwrap()).unwrap();
    for (number, claim) in vectors["claims"].as_array().unwrap().iter().enumerate() {
        let name = number.to_string();
        corpus.put("code", &name, claim["text"].as_str().unwrap().as_bytes());
        corpus.put("claim", &format!("payload_{name}"), &bytes(&claim["payload"]));
        corpus.put("claim", &format!("cose_{name}"), &bytes(&claim["cose"]));
        corpus.put("claim", &format!("content_{name}"), &bytes(&claim["content"]));
    }
    for list in ["trust", "status"] {
        let vector = &vectors[format!("{list}_list")];
        corpus.put("list", &format!("vector_{list}"), &bytes(&vector["cose"]));
        corpus.put("list", &format!("payload_{list}"), &bytes(&vector["payload"]));
    }
    for key in vectors["keys"].as_array().unwrap() {
        corpus.put(
            "certificate",
            key["name"].as_str().unwrap(),
            &bytes(&key["certificate"]),
        );
    }
}
