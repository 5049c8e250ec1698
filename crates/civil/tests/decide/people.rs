//! What is shown because an officer linked the people of an act.

use civil::act::{MaritalStatus, PersonRef, PersonRole};
use civil::duplicate::{Candidate, Feature};
use civil::effect::Mark;
use civil::id::{EntryId, EventId};
use civil::kind::Kind;
use civil::person::{Marital, PersonView, Relative};
use civil::value::Date;
use serde_json::json;

use crate::acts::{birth, confirmation, death, guardianship, judgment, marriage, noted, with};
use crate::verdict::{Verdict, warnings};
use crate::world::{AN_HOI, AN_NHON, DA_TEH, World};

fn place(number: u8, role: PersonRole) -> PersonRef {
    PersonRef::new(EntryId::at(u64::from(number), [number; 10]), role, 0)
}

/// Somebody of that marital status, which an entry says.
pub fn of_status(status: MaritalStatus) -> PersonView {
    let entry = EntryId::at(5, [5; 10]);
    let marital = Marital {
        status,
        wording: String::new(),
        because: vec![(entry, EventId::at(5, [5; 10]))],
    };
    PersonView {
        marital,
        ..PersonView::default()
    }
}

fn parent(at: PersonRef) -> Relative {
    Relative {
        at,
        name: None,
        known_as: None,
        standing: None,
        in_force: true,
        ended: None,
    }
}

/// A child of a mother.
fn child_of(own: u8, mother: PersonRef) -> PersonView {
    PersonView {
        places: vec![place(own, PersonRole::Child)],
        parents: vec![Relative {
            known_as: Some(mother),
            ..parent(place(own, PersonRole::Mother))
        }],
        ..PersonView::default()
    }
}

/// When two marry of whom these are known.
fn married(world: &mut World, wife: PersonView, husband: PersonView) -> Verdict {
    world.knows("/wife", wife);
    world.knows("/husband", husband);
    world.file(AN_NHON, Kind::Marriage, &marriage())
}

/// When a confirmation is issued on 2026-03-10, after one of that day.
fn confirmed_after(world: &mut World, day: (u16, u8, u8), act: &serde_json::Value) -> Verdict {
    let mut view = of_status(MaritalStatus::NeverMarried);
    let earlier = EntryId::at(8, [8; 10]);
    view.confirmations = vec![(earlier, Date::new(day.0, day.1, day.2).unwrap())];
    world.knows("/subject", view);
    world.file(AN_HOI, Kind::MaritalStatusConfirmation, act)
}

/// When a child is born on 2019-05-14 whose father died on that day.
fn born_after(world: &mut World, death: &str) -> Verdict {
    world.knows_dead("/father", death);
    world.file(
        AN_NHON,
        Kind::Birth,
        &with(birth(), "/father", json!({ "name": "Y Ñuê" })),
    )
}

warnings! {
    who_is_married_marries_by_two: AlreadyMarried at "/husband" {
        |world| married(world, PersonView::default(), of_status(MaritalStatus::Married))
    } beside {
        |world| married(world, PersonView::default(), of_status(MaritalStatus::Divorced))
    }
    children_of_one_mother_do_not_marry: ProhibitedRelation at "/husband" {
        |world| married(world, child_of(1, place(9, PersonRole::Child)), child_of(2, place(9, PersonRole::Child)))
    } beside {
        |world| married(world, child_of(1, place(9, PersonRole::Child)), child_of(2, place(8, PersonRole::Child)))
    }
    mother_and_child_do_not_marry: ProhibitedRelation at "/husband" {
        |world| {
            let mother = PersonView { places: vec![place(9, PersonRole::Child)], ..PersonView::default() };
            married(world, mother, child_of(2, place(9, PersonRole::Child)))
        }
    } beside {
        |world| {
            let other = PersonView { places: vec![place(7, PersonRole::Child)], ..PersonView::default() };
            married(world, other, child_of(2, place(9, PersonRole::Child)))
        }
    }
    a_confirmation_says_what_the_ledger_says: StatusDiffers at "/marital_status" {
        |world| {
            world.knows("/subject", of_status(MaritalStatus::Married));
            world.file(AN_HOI, Kind::MaritalStatusConfirmation, &confirmation())
        }
    } beside {
        |world| {
            world.knows("/subject", of_status(MaritalStatus::NeverMarried));
            world.file(AN_HOI, Kind::MaritalStatusConfirmation, &confirmation())
        }
    }
    a_confirmation_says_from_what_it_follows: StatusDiffers at "/follows_from" {
        |world| {
            world.knows("/subject", of_status(MaritalStatus::NeverMarried));
            world.file(AN_HOI, Kind::MaritalStatusConfirmation, &with(confirmation(), "/follows_from", json!([])))
        }
    } beside {
        |world| {
            world.knows("/subject", PersonView::default());
            world.file(AN_HOI, Kind::MaritalStatusConfirmation, &with(confirmation(), "/follows_from", json!([])))
        }
    }
    one_confirmation_holds_at_a_time: ConfirmationStillValid at "/returned" {
        |world| confirmed_after(world, (2025, 9, 10), &confirmation())
    } beside {
        |world| confirmed_after(world, (2025, 9, 9), &confirmation())
    }
    a_confirmation_that_is_handed_back_holds_no_more: ConfirmationStillValid at "/returned" {
        |world| confirmed_after(world, (2026, 1, 5), &confirmation())
    } beside {
        |world| {
            let returned = json!(EntryId::at(8, [8; 10]).to_string());
            confirmed_after(world, (2026, 1, 5), &with(confirmation(), "/returned", returned))
        }
    }
    a_birth_is_registered_again_for_the_living: PersonNotAliveForAgain at "/child" {
        |world| {
            world.knows_dead("/child", "2019-05-18");
            world.file(AN_NHON, Kind::Birth, &with(birth(), "/entry", json!("again")))
        }
    } beside {
        |world| {
            world.knows_dead("/mother", "2019-05-18");
            world.file(AN_NHON, Kind::Birth, &with(birth(), "/entry", json!("again")))
        }
    }
    a_guardian_is_under_no_declaration: GuardianLacksCapacity at "/guardians/1" {
        |world| {
            let mut view = PersonView::default();
            view.marks.insert(Mark::LimitedCapacity, EventId::at(5, [5; 10]));
            world.knows("/guardians/1", view);
            world.file(AN_NHON, Kind::Guardianship, &guardianship())
        }
    } beside {
        |world| {
            let mut view = PersonView::default();
            view.marks.insert(Mark::Adopted, EventId::at(5, [5; 10]));
            world.knows("/guardians/1", view);
            world.file(AN_NHON, Kind::Guardianship, &guardianship())
        }
    }
    a_child_is_not_born_a_year_after_its_father_died: FatherDeadLong at "/child/born_on" {
        |world| born_after(world, "2018-07-17")
    } beside {
        |world| born_after(world, "2018-07-18")
    }
    whose_declaration_is_revoked_may_find_the_spouse_married: SpouseRemarried at "/reached/0" {
        |world| declaration_revoked(world, MaritalStatus::Married)
    } beside {
        |world| declaration_revoked(world, MaritalStatus::Widowed)
    }
    an_entry_that_looks_like_another_is_shown: PossibleDuplicate at "" {
        |world| alike(world, 60, &[Feature::Name], &[])
    } beside {
        |world| alike(world, 59, &[Feature::Name], &[])
    }
    a_number_that_another_name_bears_is_shown: NumberOnTwoPeople at "/child/personal_number" {
        |world| alike(world, 60, &[Feature::PersonalNumber], &[Feature::Name])
    } beside {
        |world| alike(world, 60, &[Feature::PersonalNumber], &[Feature::Sex])
    }
}

/// When a declaration of death is revoked whose spouse has that status.
fn declaration_revoked(world: &mut World, status: MaritalStatus) -> Verdict {
    let act = with(death(), "/proof", json!("court_declaration"));
    let entry = world.given(AN_NHON, Kind::Death, &act);
    world.knows("/reached/0/spouse", of_status(status));
    let act = judgment("death_declaration_revoked", json!([noted(entry, "death")]));
    world.file_at(entry, DA_TEH, Kind::JudgmentNoted, &act)
}

/// When a birth is filed that looks so much like an entry.
fn alike(world: &mut World, score: u8, agree: &[Feature], differ: &[Feature]) -> Verdict {
    world.candidates = vec![Candidate {
        entry: EntryId::at(5, [5; 10]),
        score,
        agree: agree.to_vec(),
        differ: differ.to_vec(),
        explained: None,
    }];
    world.file(AN_NHON, Kind::Birth, &birth())
}
