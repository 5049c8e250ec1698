//! What keeps a registration from being recorded.

use civil::decide::RefusalCode;
use civil::kind::Kind;
use civil::value::Date;
use serde_json::json;

use crate::acts::{birth, marriage, with, without};
use crate::verdict::refusals;
use crate::world::{AN_HOI, AN_NHON, World};

refusals! {
    an_office_that_the_ledger_does_not_know_registers_nothing: OfficeUnknown at "" {
        |world| world.file("999/acts", Kind::Birth, &birth())
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &birth())
    }
    an_office_registers_nothing_on_the_day_its_books_pass_to_another: OfficeNotOpen at "/registered_on" {
        |world| world.file(AN_NHON, Kind::Birth, &on("2025-07-01"))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &on("2025-06-30"))
    }
    an_office_registers_nothing_before_it_opens: OfficeNotOpen at "/registered_on" {
        |world| world.file("102/acts", Kind::Birth, &on("2025-06-30"))
    } beside {
        |world| world.file("102/acts", Kind::Birth, &on("2025-07-01"))
    }
    an_act_is_not_registered_before_its_day: RegisteredInFuture at "/registered_on" {
        |world| {
            world.today = Date::new(2019, 5, 19).unwrap();
            world.file(AN_NHON, Kind::Birth, &birth())
        }
    } beside {
        |world| {
            world.today = Date::new(2019, 5, 20).unwrap();
            world.file(AN_NHON, Kind::Birth, &birth())
        }
    }
    a_file_is_not_registered_before_it_is_received: ReceivedAfterRegistered at "/received_on" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/received_on", json!("2019-05-21")))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/received_on", json!("2019-05-17")))
    }
    a_number_runs_in_the_year_of_its_registration: NumberOfAnotherYear at "/book/year" {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/book/year", json!(2018)))
    } beside {
        |world| world.file(AN_NHON, Kind::Birth, &with(birth(), "/book/year", json!(2019)))
    }
    a_number_is_given_once: NumberTaken at "/book/number" {
        |world| {
            world.next_number = Some(2);
            world.file(AN_NHON, Kind::Birth, &birth())
        }
    } beside {
        |world| {
            world.next_number = Some(1);
            world.file(AN_NHON, Kind::Birth, &birth())
        }
    }
    numbers_leave_no_gap: NumberSkips at "/book/number" {
        |world| {
            world.next_number = Some(1);
            world.file(AN_NHON, Kind::Birth, &with(birth(), "/book/number", json!(3)))
        }
    } beside {
        |world| {
            world.next_number = Some(3);
            world.file(AN_NHON, Kind::Birth, &with(birth(), "/book/number", json!(3)))
        }
    }
    a_warning_is_acknowledged_before_it_is_signed_over: WarningNotAcknowledged at "/mother" {
        |world| signed(world, &[])
    } beside {
        |world| signed(world, &[("field_left_out", "Mẹ không rõ.")])
    }
}

/// A birth registered on that day, born six days before.
fn on(day: &str) -> serde_json::Value {
    let born = day.parse_date().add_days(-6).unwrap().to_string();
    let act = with(birth(), "/registered_on", json!(day));
    let act = with(act, "/received_on", json!(day));
    let act = with(act, "/book/year", json!(day[..4].parse::<u16>().unwrap()));
    with(act, "/child/born_on", json!(born))
}

trait ParseDate {
    fn parse_date(&self) -> Date;
}

impl ParseDate for str {
    fn parse_date(&self) -> Date {
        Date::parse(self).unwrap()
    }
}

/// A birth without its mother, signed with those acknowledgements.
fn signed(world: &World, acknowledgements: &[(&str, &str)]) -> crate::verdict::Verdict {
    let act = crate::world::act(Kind::Birth, &without(birth(), "/mother"));
    let seen = acknowledgements
        .iter()
        .map(|(warning, reason)| civil::act::Acknowledgement {
            warning: (*warning).to_owned(),
            reason: (*reason).to_owned(),
        });
    let body = civil::act::Body {
        act,
        acknowledgements: seen.collect(),
    };
    let targets = Default::default();
    let situation = world.situation(AN_NHON, &body.act, None, &targets);
    crate::verdict::Verdict(civil::decide::decide_signed(&situation, &body))
}

#[test]
fn a_number_that_is_refused_comes_with_the_one_to_take() {
    let mut world = World::new();
    world.next_number = Some(7);
    let refusals = world.file(AN_NHON, Kind::Birth, &birth()).0.unwrap_err();
    assert_eq!(refusals[0].expected, Some(7));
}

#[test]
fn every_refusal_is_reported_at_once_in_order_of_precedence() {
    let mut world = World::new();
    world.today = Date::new(2019, 1, 1).unwrap();
    world.next_number = Some(9);
    let act = with(birth(), "/received_on", json!("2019-06-01"));
    let refusals = world.file("999/acts", Kind::Birth, &act).0.unwrap_err();
    let codes: Vec<RefusalCode> = refusals.iter().map(|refusal| refusal.code).collect();
    assert_eq!(
        codes,
        [
            RefusalCode::OfficeUnknown,
            RefusalCode::RegisteredInFuture,
            RefusalCode::ReceivedAfterRegistered,
            RefusalCode::NumberTaken,
        ]
    );
}

#[test]
fn what_is_taken_over_from_an_old_book_keeps_its_day_and_its_repeated_number() {
    let mut world = World::new();
    world.next_number = Some(400);
    let act = with(birth(), "/registered_on", json!("1978-09-02"));
    let act = with(
        with(act, "/received_on", json!("1978-09-02")),
        "/book/year",
        json!(1977),
    );
    world.file("102/digitised", Kind::Birth, &act).draft();
}

#[test]
fn what_the_old_software_would_not_save_is_saved() {
    let world = World::new();
    for (what, act) in [
        (
            "a mother of twelve",
            with(birth(), "/mother/born_on", json!("2007-01-01")),
        ),
        (
            "a name with an apostrophe",
            with(birth(), "/child/name", json!("Hhen H'niê")),
        ),
        ("a child of one name", with(birth(), "/child/name", json!("Y"))),
        ("no ethnicity", without(birth(), "/child/ethnicity")),
        (
            "an age for a year",
            with(
                birth(),
                "/mother/born_on",
                json!({ "value": "1990", "as_written": "29 tuổi", "computed": true }),
            ),
        ),
        (
            "no signer",
            with(birth(), "/signer", json!({ "missing": "not_in_book" })),
        ),
        (
            "a place in no list",
            with(birth(), "/child/birth_place", json!({ "text": "Buôn Ea Tir" })),
        ),
        (
            "nothing but a name",
            with(birth(), "/child", json!({ "name": { "missing": "unreadable" } })),
        ),
    ] {
        let verdict = world.file(AN_NHON, Kind::Birth, &act);
        assert!(verdict.0.is_ok(), "{what}: {verdict:?}");
    }
    world.file(AN_NHON, Kind::Birth, &birth()).draft();
    world.file(AN_HOI, Kind::Birth, &birth()).draft();
    let young = with(marriage(), "/wife/born_on", json!("2003-01-01"));
    world.file(AN_NHON, Kind::Marriage, &young).draft();
}

#[test]
fn a_registration_owes_no_notice() {
    assert!(
        World::new()
            .file(AN_NHON, Kind::Birth, &birth())
            .draft()
            .notices
            .is_empty()
    );
}
