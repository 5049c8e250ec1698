//! A log of 70,003 events of sixteen offices, as an export and as the public sees it, with what its operator and its witnesses sign.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use civil::cose::{SecretKey, event_hash, event_twin, leaf_entry, sign};
use civil::envelope::{Commitment, Envelope};
use civil::id::{EntryId, EventHash, EventId, Lane, OfficeId, StreamId};
use civil::kind::Kind;
use hotich_tests::{Dice, Officer, SIGNED_AT, act};
use serde_json::json;
use tlog::{
    Checkpoint, Edge, Hash, KeyKind, Note, SignerKey, Tile, TlogProof, consistency_proof, inclusion_proof,
    leaf_hash,
};
use verify::{InMemory, Record};

const SIZE: u64 = 70_003;
/// The size that an earlier checkpoint was signed for.
pub const OLD: u64 = 65_432;
/// The event whose proof lies in the folder.
pub const PROVED: u64 = 12_345;
const OFFICES: u32 = 16;
const ORIGIN: &str = "hotich.example/strangers";
const WITNESSES: [&str; 2] = ["witness.example/audit", "witness.example/ministry"];
const COSIGNED_AT: u64 = SIGNED_AT + 1;

/// What was written, and who signs for it.
pub struct Log {
    /// Where.
    pub folder: PathBuf,
    /// What the last checkpoint says.
    pub head: (u64, Hash),
    /// What the earlier one says.
    pub old: (u64, Hash),
}

/// Writes all of it; `schemas/export/README.md` says what lies where.
pub fn write(folder: &Path) -> Log {
    let (records, keys) = events();
    let mut edge = Edge::new();
    let mut old = edge.root();
    for record in &records {
        let leaf = leaf_entry(&event_hash(&record.signed), &event_twin(&record.signed));
        edge.push(leaf_hash(&leaf)).unwrap();
        if edge.size() == OLD {
            old = edge.root();
        }
    }
    let log = Log {
        folder: folder.to_owned(),
        head: (SIZE, edge.root()),
        old: (OLD, old),
    };
    let (public, full) = (folder.join("public"), folder.join("full"));
    let note = signed(log.head, true);
    let nothing = &mut |_| ();
    verify::export::write_public(
        &public,
        &note.to_string(),
        InMemory::new(records.clone()),
        nothing,
    )
    .unwrap();
    verify::export::write(
        &full,
        &note.to_string(),
        json!(null),
        InMemory::new(records),
        nothing,
    )
    .unwrap();
    let tiles =
        |tile: Tile| fs::read(public.join(Tile::in_tree(tile.level(), tile.index(), SIZE)?.to_string())).ok();
    let path = inclusion_proof(PROVED, SIZE, &tiles).unwrap();
    let proof = TlogProof::new(PROVED, path, note).unwrap();
    let continued = consistency_proof(OLD, SIZE, &tiles).unwrap();
    let continued: String = continued.iter().map(|hash| format!("{hash}\n")).collect();
    let witnesses: String = witnesses()
        .iter()
        .map(|key| format!("{}\n", key.verifier()))
        .collect();
    let files = [
        ("event.tlog-proof", proof.to_string()),
        ("consistency", continued),
        ("old", signed(log.old, false).to_string()),
        ("log.vkey", format!("{}\n", operator().verifier())),
        ("witnesses.vkey", witnesses),
        ("officers.json", json!(keys).to_string()),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    log
}

/// What the operator signs for that size and root, whatever they are, with the witnesses' cosignatures where they are wanted.
pub fn signed((size, root): (u64, Hash), cosigned: bool) -> Note {
    let checkpoint = Checkpoint::new(ORIGIN, size, root).unwrap();
    let mut note = checkpoint.sign(&operator()).unwrap();
    for witness in witnesses().iter().filter(|_| cosigned) {
        note.add(checkpoint.cosign(witness, COSIGNED_AT).unwrap())
            .unwrap();
    }
    note
}

fn operator() -> SignerKey {
    SignerKey::new(ORIGIN, KeyKind::Ed25519, &[9; 32]).unwrap()
}

fn witnesses() -> [SignerKey; 2] {
    [1, 2].map(|number: u8| {
        SignerKey::new(
            WITNESSES[usize::from(number) - 1],
            KeyKind::Cosignature,
            &[number; 32],
        )
        .unwrap()
    })
}

/// Signed events with their bodies, and the officers' public keys by id. Each chain hangs together; the acts are one birth over and over,
/// sealed anew, because nobody here looks into a body.
fn events() -> (Vec<Record>, BTreeMap<String, String>) {
    let mut dice = Dice::new("a log for strangers");
    let founding = EventHash(dice.bytes());
    let mut offices: Vec<Office> = (1..=OFFICES)
        .map(|office| Office::new(office, founding))
        .collect();
    let keys = offices.iter().map(|office| {
        let public = office.key.public();
        (public.id().to_string(), hex::encode(public.to_cose_key()))
    });
    let keys = keys.collect();
    let records = (0..SIZE).map(|position| {
        let office = &mut offices[dice.within(0..u64::from(OFFICES)) as usize];
        let (signed, sealed) = office.next(position, &mut dice);
        let recorded_at_ms = (SIGNED_AT * 1_000 + position).cast_signed();
        Record {
            position,
            recorded_at_ms,
            signed: signed.into(),
            sealed: Some(sealed.into()),
            claimed: None,
        }
    });
    (records.collect(), keys)
}

/// An office whose body is composed once.
struct Office {
    key: SecretKey,
    body: Vec<u8>,
    stream: StreamId,
    seq: u64,
    prev: EventHash,
}

impl Office {
    fn new(number: u32, founding: EventHash) -> Self {
        let mut officer = Officer::new(number, founding);
        let composed = officer.compose("birth", &act::birth("Nguyễn Thị An"));
        Self {
            key: officer.key,
            body: composed.sealed_body[32..].to_vec(),
            stream: StreamId {
                office: OfficeId(number),
                lane: Lane::Acts,
            },
            seq: 0,
            prev: founding,
        }
    }

    fn next(&mut self, position: u64, dice: &mut Dice) -> (Vec<u8>, Vec<u8>) {
        let salt: [u8; 32] = dice.bytes();
        let sealed = [&salt[..], &self.body].concat();
        let at_ms = SIGNED_AT * 1_000 + position;
        let envelope = Envelope {
            event: EventId::at(at_ms, dice.bytes()),
            stream: self.stream,
            seq: self.seq,
            prev: self.prev,
            kind: Kind::Birth,
            entry: Some(EntryId::at(at_ms, dice.bytes())),
            basis: None,
            targets: Vec::new(),
            signed_at: SIGNED_AT,
            commitment: Commitment::to(&sealed),
            endorsements: Vec::new(),
        };
        let signed = sign(&envelope.encode(), &self.key);
        self.seq += 1;
        self.prev = event_hash(&signed);
        (signed, sealed)
    }
}
