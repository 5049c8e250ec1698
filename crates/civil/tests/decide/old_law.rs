//! A file received before a new law is finished under the law at reception (Law 60/2014, Art. 76(1)).

use civil::decide::WarningCode;
use civil::kind::Kind;
use civil::value::Date;
use serde_json::json;

use crate::acts::{birth, with};
use crate::verdict::Verdict;
use crate::world::{AN_HOI, World};

/// On 2027-03-02, the second day of Law 03/2026, a birth of 2026-12-01 is registered and ticked as on time.
fn registered(received_on: &str) -> Verdict {
    let mut world = World::new();
    world.today = Date::new(2027, 3, 2).unwrap();
    let act = with(birth(), "/child/born_on", json!("2026-12-01"));
    let act = with(act, "/received_on", json!(received_on));
    let act = with(act, "/registered_on", json!("2027-03-02"));
    world.file(AN_HOI, Kind::Birth, &with(act, "/book/year", json!(2027)))
}

#[test]
fn a_file_received_before_the_law_of_2026_finishes_under_the_law_of_2014() {
    let old = registered("2027-02-26");
    old.must_not_warn(WarningCode::RuleNotKnown);
    old.must_warn(WarningCode::LateTickedOnTime, "/entry");
}

#[test]
fn of_a_file_received_under_the_law_of_2026_it_is_said_that_the_rule_is_not_known_and_nothing_is_guessed() {
    let new = registered("2027-03-01");
    new.must_warn(WarningCode::RuleNotKnown, "/received_on");
    new.must_not_warn(WarningCode::LateTickedOnTime);
}
