//! Papers and seals, judged again by the auditor.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod support;

use civil::act::Act;
use civil::id::{EntryId, Lane, OfficeId, StreamId};
use civil::kind::Kind;
use civil::paper::{Issue, PaperContent};
use serde_json::{Value as Json, json};
use support::judging::{deep, of};
use support::{DAY, World, act, officer};
use verify::FindingKind;

const ROOT: &[u8] = include_bytes!("../../civil/tests/certificates/root.der");
const SEAL_OF_STRANGER: &[u8] = include_bytes!("../../civil/tests/certificates/seal_of_stranger.der");

/// The paper of a birth, for the person themselves.
fn paper(book: Json, form: &str) -> Json {
    json!({
        "book": book, "issued_on": DAY, "standing": "person", "content_hash": "00".repeat(32),
        "signer": {"name": "Lê Văn Ký", "title": "Chủ tịch"},
        "entitlement": {"ground": "themselves"},
        "paper": {
            "paper": "birth", "form": form, "template": "birth-2016", "template_hash": "11".repeat(32),
            "code": "7K2MD0Q9XHVV3TA1ZC4E", "header": ["ỦY BAN NHÂN DÂN", "XÃ SỐ 1"],
        },
    })
}

fn original() -> Json {
    paper(json!({}), "original")
}

fn copy(world: &mut World, office: u32) -> Json {
    paper(
        json!({"number": world.number(office, "copies"), "year": 2026}),
        "copy",
    )
}

/// Records the paper with the hash of what it says; answers its position.
fn issue(world: &mut World, office: u32, entry: EntryId, mut json: Json) -> u64 {
    let Act::ExtractIssued(issued) = act(Kind::ExtractIssued, &json) else {
        panic!()
    };
    let folded = world.fold(entry).unwrap();
    let content = PaperContent::of(&folded, &world.directory, &Issue::by(&issued).unwrap()).unwrap();
    json["content_hash"] = json!(hex::encode(content.hash()));
    record(world, office, entry, &json)
}

fn record(world: &mut World, office: u32, entry: EntryId, json: &Json) -> u64 {
    let desk = StreamId {
        office: OfficeId(office),
        lane: Lane::Desk,
    };
    let act = act(Kind::ExtractIssued, json);
    world.file(&officer(office), desk, act, Some(entry), &[], &|_| ())
}

/// What the deeper audit finds and the quicker one does not.
fn refused(world: &World) -> Vec<(u64, String)> {
    assert_eq!(of(world), []);
    let found = deep(world).into_iter();
    found
        .map(|(position, kind, detail)| {
            assert_eq!(kind, FindingKind::ActRefused);
            (position.unwrap(), detail)
        })
        .collect()
}

#[test]
fn one_original_and_copies_anywhere_are_in_order() {
    let mut world = World::new(2);
    let entry = world.birth(1);
    issue(&mut world, 1, entry, original());
    world.correct(2, entry, "Nguyễn Thị Số 1", "Nguyễn Thị Sáu");
    for office in [1, 2, 2] {
        let act = copy(&mut world, office);
        issue(&mut world, office, entry, act);
    }
    assert_eq!(refused(&world), []);
}

#[test]
fn a_second_original_is_found() {
    let mut world = World::new(2);
    let entry = world.birth(1);
    issue(&mut world, 1, entry, original());
    let position = issue(&mut world, 1, entry, original());
    assert_eq!(
        refused(&world),
        [(position, "original_issued /paper/form".to_owned())]
    );
}

#[test]
fn an_original_from_elsewhere_is_found() {
    let mut world = World::new(2);
    let entry = world.birth(1);
    let position = issue(&mut world, 2, entry, original());
    assert_eq!(refused(&world), [(position, "original_elsewhere".to_owned())]);
}

#[test]
fn a_paper_that_says_something_else_is_found() {
    let mut world = World::new(2);
    let entry = world.birth(1);
    let mut act = copy(&mut world, 2);
    act["content_hash"] = json!("22".repeat(32));
    let position = record(&mut world, 2, entry, &act);
    assert_eq!(
        refused(&world),
        [(position, "content_differs /content_hash".to_owned())]
    );
}

#[test]
fn a_paper_for_nobody_and_by_another_template_is_found() {
    let mut world = World::new(2);
    let entry = world.birth(1);
    let mut act = copy(&mut world, 2);
    act["paper"]["template"] = json!("death-2016");
    act.as_object_mut().unwrap().remove("entitlement");
    let position = issue(&mut world, 2, entry, act);
    let both = "template_not_in_force /paper/template, entitlement_missing /entitlement";
    assert_eq!(refused(&world), [(position, both.to_owned())]);
}

#[test]
fn a_seal_of_no_root_is_found_and_seals_nothing() {
    let mut world = World::new(2);
    let granted = |office: u32, usage: &str, certificate: &[u8]| {
        let json = json!({
            "office": office, "usage": usage, "certificate": hex::encode(certificate),
            "valid_from": DAY, "valid_until": "2030-12-31",
        });
        act(Kind::SealGranted, &json)
    };
    world.administer(granted(0, "root", ROOT));
    assert_eq!(of(&world), []);
    let position = world.administer(granted(0, "seal", SEAL_OF_STRANGER));
    assert_eq!(of(&world), [(Some(position), FindingKind::AdministrationRefused)]);
}
