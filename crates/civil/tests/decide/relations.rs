//! Who may not marry whom (Law on Marriage and Family 2014, Art. 5(2)d, 3(17), 3(18)), and by which relation.

use std::collections::BTreeSet;

use civil::act::{ParentStanding, PersonRef, PersonRole};
use civil::decide::WarningCode;
use civil::id::EntryId;
use civil::kind::Kind;
use civil::person::{Ancestor, Kinship, PersonView, Relative};

use crate::acts::marriage;
use crate::world::{AN_NHON, World};

/// The anchor of somebody: their own birth.
fn anchor(person: u8) -> PersonRef {
    PersonRef::new(EntryId::at(1, [person; 10]), PersonRole::Child, 0)
}

fn relative(of: u8, who: u8, standing: Option<ParentStanding>, in_force: bool) -> Relative {
    Relative {
        at: PersonRef::new(EntryId::at(2, [of; 10]), PersonRole::Parent, who),
        name: None,
        known_as: Some(anchor(who)),
        standing,
        in_force,
        ended: None,
    }
}

/// Somebody, and who stands near them.
struct Person(u8, PersonView);

fn person(own: u8) -> Person {
    let places = vec![anchor(own)];
    Person(
        own,
        PersonView {
            places,
            ..PersonView::default()
        },
    )
}

impl Person {
    fn born_to(self, parent: u8) -> Self {
        self.with_parent(parent, ParentStanding::Birth, true)
    }

    fn with_parent(mut self, parent: u8, standing: ParentStanding, in_force: bool) -> Self {
        let parent = relative(self.0, parent, Some(standing), in_force);
        self.1.parents.push(parent);
        self
    }

    fn with_child(mut self, child: u8, standing: ParentStanding) -> Self {
        let child = relative(self.0, child, Some(standing), true);
        self.1.children.push(child);
        self
    }

    fn descending_from(mut self, generations: u8, who: u8) -> Self {
        self.1.ancestors.push(Ancestor {
            generations,
            places: BTreeSet::from([anchor(who)]),
        });
        self
    }

    fn once_married_to(mut self, who: u8) -> Self {
        let spouse = relative(self.0, who, None, false);
        self.1.spouses.push(spouse);
        self
    }
}

/// What a marriage of the two is warned of, whoever of them is the wife.
fn found(one: Person, other: Person) -> Option<Kinship> {
    let file = |wife: &Person, husband: &Person| {
        let mut world = World::new();
        world.knows("/wife", wife.1.clone());
        world.knows("/husband", husband.1.clone());
        let verdict = world.file(AN_NHON, Kind::Marriage, &marriage());
        let warnings = verdict.draft().warnings.clone();
        let mut found = warnings
            .into_iter()
            .filter(|warning| warning.code == WarningCode::ProhibitedRelation);
        found.next().map(|warning| warning.relation.unwrap())
    };
    let as_wife = file(&one, &other);
    assert_eq!(as_wife, file(&other, &one));
    as_wife
}

#[test]
fn nobody_marries_whom_they_descend_from() {
    assert_eq!(found(person(1).born_to(2), person(2)), Some(Kinship::DirectLine));
    let grandchild = || person(1).born_to(5).descending_from(2, 2);
    assert_eq!(found(grandchild(), person(2)), Some(Kinship::DirectLine));
    let great_grandchild = person(1).descending_from(3, 2);
    assert_eq!(found(great_grandchild, person(2)), Some(Kinship::DirectLine));
    // The child is linked from the parent's side alone.
    let mother = person(2).with_child(1, ParentStanding::Birth);
    assert_eq!(found(person(1), mother), Some(Kinship::DirectLine));
    assert_eq!(found(grandchild(), person(3)), None);
}

#[test]
fn children_of_one_parent_do_not_marry() {
    assert_eq!(
        found(person(1).born_to(9).born_to(8), person(2).born_to(9).born_to(7)),
        Some(Kinship::Siblings)
    );
    assert_eq!(found(person(1).born_to(9), person(2).born_to(8)), None);
}

#[test]
fn an_uncle_does_not_marry_his_niece() {
    let uncle = || person(1).born_to(9);
    let niece = |of: u8| person(2).born_to(3).descending_from(2, of);
    assert_eq!(found(uncle(), niece(9)), Some(Kinship::UncleOrAunt));
    assert_eq!(found(uncle(), niece(8)), None);
}

#[test]
fn first_cousins_do_not_marry_and_second_cousins_do() {
    let cousin = |own, generations| person(own).born_to(own + 10).descending_from(generations, 9);
    assert_eq!(found(cousin(1, 2), cousin(2, 2)), Some(Kinship::FirstCousins));
    assert_eq!(found(cousin(1, 2), cousin(2, 3)), None);
    assert_eq!(found(cousin(1, 3), cousin(2, 3)), None);
}

#[test]
fn who_adopted_a_child_does_not_marry_it_even_afterwards_and_two_adopted_children_may_marry() {
    let adopted = |own, in_force| person(own).with_parent(9, ParentStanding::Adoptive, in_force);
    assert_eq!(found(adopted(1, true), person(9)), Some(Kinship::Adoption));
    assert_eq!(found(adopted(1, false), person(9)), Some(Kinship::Adoption));
    let parent = person(9).with_child(1, ParentStanding::Adoptive);
    assert_eq!(found(person(1), parent), Some(Kinship::Adoption));
    assert_eq!(found(adopted(1, true), adopted(2, true)), None);
    // By blood they stay what they were.
    let given_away = adopted(1, true).with_parent(8, ParentStanding::Birth, false);
    assert_eq!(found(given_away, person(2).born_to(8)), Some(Kinship::Siblings));
}

#[test]
fn a_father_in_law_does_not_marry_his_daughter_in_law_even_afterwards() {
    let father = || person(1).with_child(5, ParentStanding::Birth);
    assert_eq!(
        found(father(), person(2).once_married_to(5)),
        Some(Kinship::InLaw)
    );
    assert_eq!(found(father(), person(2).once_married_to(6)), None);
}

#[test]
fn a_stepfather_does_not_marry_his_wifes_child_even_afterwards() {
    let child = || person(1).born_to(5);
    assert_eq!(found(child(), person(2).once_married_to(5)), Some(Kinship::Step));
    assert_eq!(found(child(), person(2).once_married_to(6)), None);
    let stated = person(1).with_parent(2, ParentStanding::Step, true);
    assert_eq!(found(stated, person(2)), Some(Kinship::Step));
}

#[test]
fn who_divorced_each_other_may_marry_again() {
    let one = person(1).once_married_to(2).with_child(7, ParentStanding::Birth);
    let other = person(2).once_married_to(1).with_child(7, ParentStanding::Birth);
    assert_eq!(found(one, other), None);
}

#[test]
fn every_relation_speaks_vietnamese_and_english_and_has_a_name_of_its_own() {
    let names: BTreeSet<&str> = Kinship::ALL.iter().map(|relation| relation.name()).collect();
    assert_eq!(names.len(), Kinship::ALL.len());
    for relation in Kinship::ALL {
        assert!(
            !relation.vietnamese().is_ascii() && relation.english().ends_with('.'),
            "{relation:?}"
        );
    }
}
