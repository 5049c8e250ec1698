//! An act in its situation, and what is found: what [`crate::act::Lawful::decide`] works with.

use super::registration::place;
use super::{Findings, RefusalCode, Situation, WarningCode};
use crate::act::{Act, Amended, Person, PersonRef, Place};
use crate::entry::{RegisterEntry, changed};
use crate::id::Lane;
use crate::kind::Kind;
use crate::law::Limit;
use crate::person::PersonView;
use crate::stated::{Stated, states_no_value};
use crate::value::{Date, PartialDate};

/// An act in its situation, and what is found.
pub(crate) struct Case<'a> {
    /// What the ledger knows.
    pub(super) situation: &'a Situation<'a>,
    /// The act.
    pub(super) act: &'a Act,
    pub(super) findings: &'a mut Findings,
}

impl<'a> Case<'a> {
    /// Whether the entry is taken over from an old book, where nothing can be sent back.
    pub(crate) fn digitised(&self) -> bool {
        self.situation.stream.lane == Lane::Digitised
    }

    /// The kind of the act.
    pub(crate) const fn kind(&self) -> Kind {
        self.act.kind()
    }

    /// The day by which the act is counted.
    pub(crate) fn day(&self) -> Date {
        self.act.counted_on(self.situation.today)
    }

    /// The day whose rules apply.
    pub(crate) fn ruled_on(&self) -> Date {
        self.act.ruled_on(self.situation.today)
    }

    /// What is known of the person at that pointer.
    pub(crate) fn person(&self, pointer: &str) -> Option<&'a PersonView> {
        self.situation.people.get(pointer)
    }

    /// The guardianship that the act says it replaces, where somebody looked.
    pub(crate) fn replaced(&self) -> Option<&'a RegisterEntry> {
        self.situation.replaced
    }

    /// The entry that the act continues.
    pub(crate) fn entry(&self) -> Option<&'a RegisterEntry> {
        self.situation.entry
    }

    /// The day of recording, or of drafting.
    pub(crate) fn today(&self) -> Date {
        self.situation.today
    }

    pub(crate) fn warn(&mut self, code: WarningCode, pointer: impl Into<String>) {
        self.findings.warn(code, pointer);
    }

    /// Warns of what follows from places in the ledger.
    pub(crate) fn warn_of(&mut self, code: WarningCode, pointer: impl Into<String>, found: Vec<PersonRef>) {
        self.findings.warn_of(code, pointer, found);
    }

    /// Refuses a new act, and warns of an entry of an old book ([`RefusalCode::in_old_books`]).
    pub(crate) fn refuse_new(&mut self, code: RefusalCode, pointer: impl Into<String>) {
        self.findings.refuse_new(self.situation, code, pointer);
    }

    pub(crate) fn refuse(&mut self, code: RefusalCode, pointer: impl Into<String>) {
        self.findings.refuse(code, pointer);
    }

    /// A place of that day.
    pub(crate) fn place(&mut self, pointer: &str, stated: &Stated<Place>, day: Option<Date>) {
        place(pointer, Some(stated), day, self.findings);
    }

    /// Whether the public notice stood as long as that limit asks; the first day counts.
    pub(crate) fn posted(&mut self, limit: Limit) {
        let act = self.act;
        let posted = act
            .handling()
            .and_then(|handling| handling.posted_from.zip(handling.posted_until));
        let last_day = |from: Date| limit.on(self.ruled_on())?.last_day_after(from.add_days(-1)?);
        let long_enough = match posted {
            Some((from, until)) => last_day(from).is_none_or(|last| last <= until),
            None => limit.on(self.ruled_on()).is_none(),
        };
        if !long_enough {
            self.warn(WarningCode::PostingShort, "/handling/posted_until");
        }
    }

    /// Each entry that the act reaches, with its place among them.
    fn reached(&self) -> Vec<(usize, &'a Amended, &'a RegisterEntry)> {
        let (act, situation): (&'a Act, _) = (self.act, self.situation);
        let reached = act.reaches().into_iter().enumerate();
        let found =
            reached.filter_map(|(at, reached)| Some((at, reached, situation.reached(reached.entry)?)));
        found.collect()
    }

    /// A birth entry that names such a parent already.
    pub(crate) fn parent_stated(&mut self, field: &str) {
        for (index, _, entry) in self.reached() {
            let Act::Birth(birth) = &entry.current else {
                continue;
            };
            let parent = if field == "/father" {
                &birth.father
            } else {
                &birth.mother
            };
            if parent.as_ref().is_some_and(|parent| parent.name.value.is_some()) {
                let pointer = format!("{}/entry", self.act.reach_at(index));
                self.warn(WarningCode::ParentAlreadyStated, pointer);
            }
        }
    }

    /// A change that puts somebody in the place of a parent who stands there.
    pub(crate) fn parent_replaced(&mut self) {
        for (index, reached, _) in self.reached() {
            for (place, change) in reached.changes.iter().enumerate() {
                let of_parent = ["/father", "/mother"].contains(&change.field.as_str());
                let stated = change.from.as_ref().is_some_and(|from| !states_no_value(from));
                if of_parent && stated && change.to.is_some() {
                    let pointer = format!("{}/changes/{place}/from", self.act.reach_at(index));
                    self.warn(WarningCode::ParentAlreadyStated, pointer);
                }
            }
        }
    }

    /// The person of an entry to whom a field belongs, and how old they can be at most and at least on the day.
    pub(crate) fn ages_of_changed(&self, ends_with: &str) -> Vec<(i32, i32)> {
        let day = PartialDate::from(self.day());
        let mut ages = Vec::new();
        for (_, reached, entry) in self.reached() {
            for change in &reached.changes {
                let Some(at) = change.field.strip_suffix(ends_with) else {
                    continue;
                };
                let people = entry.current.people();
                let person = people.into_iter().find(|named| named.pointer() == at);
                let born = person.and_then(|named| named.person.birth().copied());
                ages.extend(born.and_then(|born| born.full_years_until(&day)));
            }
        }
        ages
    }

    /// Whether each personal number fits the person beside whom it is written.
    pub(crate) fn numbers_fit(&mut self) {
        for (index, reached, entry) in self.reached() {
            let Ok(after) = changed(&entry.current, &reached.changes) else {
                continue;
            };
            for (place, change) in reached.changes.iter().enumerate() {
                let people = after.people();
                let at = change.field.strip_suffix("/personal_number").unwrap_or_default();
                let person = people.iter().find(|named| named.pointer() == at);
                if person.is_some_and(|named| !number_fits(named.person)) {
                    let pointer = format!("{}/changes/{place}/to", self.act.reach_at(index));
                    self.warn(WarningCode::NumberDoesNotFit, pointer);
                }
            }
        }
    }
}

/// Whether a person's number fits their sex and the year of their birth, as far as these are stated.
pub(super) fn number_fits(person: &Person) -> bool {
    let stated = person.personal_number.as_ref();
    stated
        .and_then(|stated| stated.value.as_ref())
        .is_none_or(|number| {
            let sex = person.sex.as_ref().and_then(|stated| stated.value);
            let year = person.birth().and_then(PartialDate::year);
            number.consistency(sex, year).is_empty()
        })
}
