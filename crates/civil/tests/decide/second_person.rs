//! Four eyes.

use civil::cose::{SignatureError, endorse};
use civil::decide::{
    Draft, NotEndorsed, Refusal, RefusalCode, SecondPerson, Warning, WarningCode, second_person,
};
use civil::envelope::Commitment;
use civil::id::EventId;
use civil::kind::Kind;
use serde_json::json;

use crate::acts::{birth, with};
use crate::world::{AN_NHON, World, act, cose_key, key};

/// What the cases of this file raise.
pub const COVERED: &[RefusalCode] = &[RefusalCode::SecondPersonMissing, RefusalCode::EndorsedBySigner];

fn asks() -> Draft {
    Draft {
        warnings: vec![Warning {
            code: WarningCode::MotherVeryYoung,
            pointer: "/mother/born_on".to_owned(),
            relation: None,
            found: Vec::new(),
        }],
        second_person: Some(SecondPerson::SameOffice),
        ..Draft::default()
    }
}

/// A birth signed by the officer of An Nhơn on a day of 2019 and endorsed by the keys of those seeds.
fn judged(world: &mut World, seconds: &[u8], draft: &Draft) -> Result<(), NotEndorsed> {
    world.today = civil::value::Date::new(2019, 5, 20).unwrap();
    let act = act(
        Kind::Birth,
        &with(birth(), "/mother/born_on", json!("2006-01-01")),
    );
    let event = world.event(AN_NHON, act, None);
    let event = world.endorsed(event, 11, seconds);
    second_person(&world.directory, &event, draft)
}

fn missing() -> Result<(), NotEndorsed> {
    refused(RefusalCode::SecondPersonMissing)
}

fn by_signer() -> Result<(), NotEndorsed> {
    refused(RefusalCode::EndorsedBySigner)
}

fn refused(code: RefusalCode) -> Result<(), NotEndorsed> {
    Err(NotEndorsed::Missing(Refusal::new(code)))
}

#[test]
fn an_act_that_asks_for_a_second_person_is_not_recorded_without_one() {
    assert_eq!(judged(&mut World::new(), &[], &asks()), missing());
    assert_eq!(judged(&mut World::new(), &[12], &asks()), Ok(()));
    assert_eq!(judged(&mut World::new(), &[], &Draft::default()), Ok(()));
}

#[test]
fn the_signer_is_not_their_own_second_person() {
    assert_eq!(judged(&mut World::new(), &[11], &asks()), by_signer());
}

#[test]
fn the_second_person_is_of_the_same_office_with_a_key_of_that_day() {
    assert_eq!(judged(&mut World::new(), &[31], &asks()), missing());
    let mut world = World::new();
    let id = key(12).public().id().to_string();
    world.administer(
        Kind::KeyRevoked,
        &json!({ "key": id, "on": "2019-01-01", "reason": "Nghỉ hưu" }),
    );
    assert_eq!(judged(&mut world, &[12], &asks()), missing());
}

#[test]
fn an_endorsement_that_does_not_count_refuses_the_act_even_where_none_is_asked_for() {
    let nothing = Draft::default();
    let stranger = judged(&mut World::new(), &[77], &nothing);
    assert_eq!(stranger, Err(NotEndorsed::Signature(SignatureError::BadKey)));
    let mut world = World::new();
    let event = world.event(AN_NHON, act(Kind::Birth, &birth()), None);
    let mut event = world.endorsed(event, 11, &[]);
    event.envelope.endorsements = vec![endorse(&Commitment::to(b"another body"), &key(12))];
    let elsewhere = second_person(&world.directory, &event, &nothing);
    assert_eq!(elsewhere, Err(NotEndorsed::Signature(SignatureError::Wrong)));
}

/// What a draft asks for.
fn asked(
    world: &mut World,
    today: &str,
    stream: &str,
    kind: Kind,
    json: &serde_json::Value,
) -> Option<SecondPerson> {
    world.today = civil::value::Date::parse(today).unwrap();
    world.file(stream, kind, json).draft().second_person
}

#[test]
fn a_year_is_closed_by_two_and_a_volume_by_one() {
    let closed = crate::books::closed(0, 0);
    let same = Some(SecondPerson::SameOffice);
    let ask = |json| {
        asked(
            &mut World::new(),
            "2026-11-22",
            "303/acts",
            Kind::BookClosed,
            &json,
        )
    };
    assert_eq!(ask(closed.clone()), same);
    assert_eq!(ask(with(closed, "/closes_year", json!(false))), None);
}

#[test]
fn an_old_book_is_checked_by_a_second_person_of_any_office_from_december_2026_on() {
    let ask = |day| asked(&mut World::new(), day, "101/digitised", Kind::Birth, &birth());
    assert_eq!(ask("2026-11-30"), None);
    assert_eq!(ask("2026-12-01"), Some(SecondPerson::AnyOffice));
    let any = Draft {
        second_person: Some(SecondPerson::AnyOffice),
        ..Draft::default()
    };
    assert_eq!(judged(&mut World::new(), &[31], &any), Ok(()));
    assert_eq!(judged(&mut World::new(), &[33], &any), missing());
    assert_eq!(judged(&mut World::new(), &[11], &any), by_signer());
}

/// A birth of An Nhơn signed with one key and endorsed with another, each of an appointment of that person; the mother is of that number.
fn endorsed(
    signer: &serde_json::Value,
    second: Option<&serde_json::Value>,
    mother: &str,
) -> Result<(), NotEndorsed> {
    let mut world = World::new();
    world.today = civil::value::Date::new(2019, 5, 20).unwrap();
    let mut grant = |seed: u8, person: Option<&serde_json::Value>, of: Option<EventId>| {
        let appointment = of.unwrap_or_else(|| {
            let appointed = json!({
                "office": 101, "role": "officer", "title": "Công chức", "from": "2016-01-01", "person": person.unwrap(),
            });
            world.administer_event(Kind::OfficerAppointed, &appointed)
        });
        let granted = json!({
            "office": 101, "key": cose_key(seed), "role": "officer", "valid_from": "2016-01-01",
            "appointment": appointment.to_string(),
        });
        world.administer(Kind::KeyGranted, &granted);
        appointment
    };
    let first = grant(51, Some(signer), None);
    grant(52, second, second.is_none().then_some(first));
    let young = with(birth(), "/mother/born_on", json!("2006-01-01"));
    let json = with(young, "/mother/personal_number", json!(mother));
    let draft = world.file(AN_NHON, Kind::Birth, &json).draft().clone();
    let event = world.event(AN_NHON, act(Kind::Birth, &json), None);
    second_person(&world.directory, &world.endorsed(event, 51, &[52]), &draft)
}

#[test]
fn the_second_person_is_another_person_and_not_only_another_key() {
    let (binh, dung) = (
        json!({ "name": "Trần Thị Bình", "personal_number": "068190001234" }),
        json!({ "name": "Ka Dung", "personal_number": "068190001235" }),
    );
    let mother = "068306000017";
    assert_eq!(endorsed(&binh, Some(&dung), mother), Ok(()));
    assert_eq!(
        endorsed(&binh, None, mother),
        by_signer(),
        "two keys of one appointment"
    );
    assert_eq!(
        endorsed(&binh, Some(&binh), mother),
        by_signer(),
        "two appointments of one person"
    );
}

#[test]
fn a_party_to_the_act_is_not_its_second_person() {
    let (binh, dung) = (
        json!({ "name": "Trần Thị Bình", "personal_number": "068190001234" }),
        json!({ "name": "Ka Dung", "personal_number": "068306000017" }),
    );
    assert_eq!(endorsed(&binh, Some(&dung), "068306000017"), missing());
}
