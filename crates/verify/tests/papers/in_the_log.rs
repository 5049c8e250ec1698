//! What the log itself proves of a paper: the issuing event, and that it is in the tree.

use civil::act::Act;
use civil::cose::{event_hash, event_twin, leaf_entry};
use civil::event::CivilEvent;
use civil::id::{Digest, Lane, OfficeId, StreamId};
use civil::kind::Kind;
use civil::seal::PaperCode;
use civil::wire::Form;
use serde_json::json;
use std::collections::BTreeMap;
use tlog::{Edge, Note, Tile, TlogProof, inclusion_proof, leaf_hash};
use verify::paper::{Against, IssuingEvent, Standing, Why, check_code, check_pdf};

use crate::books::{Books, day};
use crate::house::{House, Place, SetPaper, content};
use crate::support::{World, officer};
use crate::why;

/// A paper with its event in a small ledger, and a proof of it.
struct Issued {
    paper: SetPaper,
    event: IssuingEvent,
    proof: Vec<u8>,
    checkpoint: Vec<u8>,
    world: World,
}

fn issued(house: &House) -> Issued {
    let mut world = World::new(2);
    let entry = world.birth(1);
    let act = extract(&content().hash());
    let desk = StreamId {
        office: OfficeId(2),
        lane: Lane::Desk,
    };
    let position = world.file(&officer(2), desk, act, Some(entry), &[], &|_| ());
    world.birth(2);
    let record = &world.records[usize::try_from(position).unwrap()];
    let (signed, sealed) = (record.signed.to_vec(), record.sealed.clone().unwrap().to_vec());
    let read = CivilEvent::read(position, 0, &signed, &sealed).unwrap();
    let place = Place {
        event: read.envelope.event,
        at: read.envelope.signed_at,
        leaf_hash: leaf(&signed).0,
        position,
    };
    Issued {
        paper: house.set_at(content(), PaperCode::from_chance([5; 13]), &place),
        event: IssuingEvent {
            signed,
            sealed_body: sealed,
        },
        proof: proof(&world, position, world.checkpoint()),
        checkpoint: world.checkpoint().to_string().into_bytes(),
        world,
    }
}

fn extract(content_hash: &[u8; 32]) -> Act {
    let document = json!({
        "book": {"number": 1, "year": 2026},
        "issued_on": "2026-03-02",
        "standing": "person",
        "content_hash": Digest(*content_hash).to_string(),
        "signer": {"name": "Lê Văn Ký", "title": "Chủ tịch"},
    });
    let mut form = Form::new();
    let act = Act::from_json(Kind::ExtractIssued, &document, &mut form);
    form.finish(act).unwrap()
}

fn leaf(signed: &[u8]) -> tlog::Hash {
    leaf_hash(&leaf_entry(&event_hash(signed), &event_twin(signed)))
}

fn proof(world: &World, position: u64, checkpoint: Note) -> Vec<u8> {
    let mut edge = Edge::new();
    for record in &world.records {
        edge.push(leaf(&record.signed)).unwrap();
    }
    let tiles: BTreeMap<Tile, Vec<u8>> = edge
        .partials()
        .map(|(tile, bytes)| (tile, bytes.to_vec()))
        .collect();
    let path = inclusion_proof(position, edge.size(), &tiles).unwrap();
    TlogProof::new(position, path, checkpoint)
        .unwrap()
        .to_string()
        .into_bytes()
}

#[test]
fn the_event_and_its_place_in_the_tree_are_shown() {
    let house = House::new();
    let books = Books::of(&house);
    let issued = issued(&house);
    let against = Against {
        proof: Some(&issued.proof),
        checkpoint: Some(&issued.checkpoint),
        event: Some(&issued.event),
        ..Against::default()
    };
    let verdict = check_pdf(&house.sealed(&issued.paper).file, &books.trust(), &against);
    assert_eq!(verdict.standing, Standing::Genuine);
    assert_eq!(verdict.looked.in_tree_of, Some(issued.world.records.len() as u64));
    assert!(verdict.looked.event);
}

#[test]
fn a_stolen_seal_does_not_spoil_what_an_officer_signed_into_the_log() {
    let house = House::new();
    let books = Books::of(&house).changed(|seal| seal.suspect_since = Some(day(2026, 2, 1)));
    let issued = issued(&house);
    let file = house.sealed(&issued.paper).file;
    let alone = check_pdf(&file, &books.trust(), &Against::default());
    assert_eq!(why(&alone), Some(Why::SealRevoked));
    let books = Books::of(&house).changed(|seal| seal.suspect_since = Some(day(2026, 4, 1)));
    let alone = check_pdf(&file, &books.trust(), &Against::default());
    assert_eq!(why(&alone), Some(Why::SealRevoked));
    let against = Against {
        proof: Some(&issued.proof),
        event: Some(&issued.event),
        ..Against::default()
    };
    assert!(check_pdf(&file, &books.trust(), &against).is_good());
    assert!(check_code(&issued.paper.qr, &books.trust(), &against).is_good());
}

#[test]
fn another_event_and_another_tree_are_found() {
    let house = House::new();
    let books = Books::of(&house);
    let issued = issued(&house);
    let trust = books.trust();
    let asked = |against: Against<'_>| why(&check_code(&issued.paper.qr, &trust, &against));
    // The event of another act, and a proof of another leaf.
    let other = &issued.world.records[5];
    let event = IssuingEvent {
        signed: other.signed.to_vec(),
        sealed_body: other.sealed.clone().unwrap().to_vec(),
    };
    let event = Against {
        event: Some(&event),
        ..Against::default()
    };
    assert_eq!(asked(event), Some(Why::EventDiffers));
    let wrong = [
        proof(&issued.world, 1, issued.world.checkpoint()),
        Vec::new(),
        [issued.proof.as_slice(), b"x"].concat(),
    ];
    for proof in &wrong {
        let against = Against {
            proof: Some(proof),
            ..Against::default()
        };
        assert_eq!(asked(against), Some(Why::NotInLog));
    }
    // A checkpoint of another ledger with the same name.
    let elsewhere = World::new(3).checkpoint().to_string().into_bytes();
    let against = Against {
        proof: Some(&issued.proof),
        checkpoint: Some(&elsewhere),
        ..Against::default()
    };
    assert_eq!(asked(against), Some(Why::NotInLog));
}

#[test]
fn an_event_that_commits_to_other_words_is_found() {
    let house = House::new();
    let books = Books::of(&house);
    let issued = issued(&house);
    let mut other = content();
    other.number = "9/2026/TLKS-BS".to_owned();
    let place = Place {
        event: CivilEvent::read(0, 0, &issued.event.signed, &issued.event.sealed_body)
            .unwrap()
            .envelope
            .event,
        at: issued.paper.at,
        leaf_hash: leaf(&issued.event.signed).0,
        position: 7,
    };
    // Somebody with the seal, but without the officer's key, names a true event on a false paper.
    let forged = house.set_at(other, PaperCode::from_chance([5; 13]), &place);
    let against = Against {
        event: Some(&issued.event),
        ..Against::default()
    };
    let verdict = check_pdf(&house.sealed(&forged).file, &books.trust(), &against);
    assert_eq!(why(&verdict), Some(Why::EventDiffers));
}
