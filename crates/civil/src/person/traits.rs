//! What tells people apart beside the places that name them: name, birth date, sex and personal number. Two that agree are no
//! proof of one person, and two that differ none of two; both are shown to an officer.

use std::collections::BTreeSet;

use super::PersonView;
use crate::act::Person;
use crate::duplicate::{Feature, same_day, weighed};
use crate::value::{PartialDate, PersonName, PersonalNumber, Sex, fold_compact};

/// What is known of somebody by which they are told from others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traits {
    names: BTreeSet<String>,
    born_on: Option<PartialDate>,
    sex: Option<Sex>,
    numbers: BTreeSet<PersonalNumber>,
}

impl Traits {
    /// Of a name, as it is searched, a birth date and a number.
    pub fn new(name: Option<&str>, born_on: Option<PartialDate>, number: Option<PersonalNumber>) -> Self {
        Self {
            names: name.map(fold_compact).into_iter().collect(),
            born_on,
            sex: None,
            numbers: number.into_iter().collect(),
        }
    }

    /// As an act names them.
    pub fn of(person: &Person) -> Self {
        Self {
            sex: person.sex.as_ref().and_then(|sex| sex.value),
            ..Self::new(
                person.name.value.as_ref().map(PersonName::full),
                person.birth().copied(),
                person.personal_number.as_ref().and_then(|number| number.value),
            )
        }
    }

    /// As the ledger knows them: by every name that they ever bore.
    pub fn known(view: &PersonView) -> Self {
        Self {
            names: view.names.iter().map(|name| fold_compact(name.full())).collect(),
            born_on: view.born_on,
            sex: view.sex,
            numbers: view.numbers.iter().copied().collect(),
        }
    }

    /// Each trait that is known of both, and whether they agree in it.
    pub fn compared(&self, other: &Self) -> Vec<(Feature, bool)> {
        let any = |of: bool, shared: bool| of.then_some(shared);
        let born = self.born_on.as_ref().zip(other.born_on.as_ref());
        [
            (
                Feature::PersonalNumber,
                any(
                    !self.numbers.is_empty() && !other.numbers.is_empty(),
                    !self.numbers.is_disjoint(&other.numbers),
                ),
            ),
            (
                Feature::Name,
                any(
                    !self.names.is_empty() && !other.names.is_empty(),
                    !self.names.is_disjoint(&other.names),
                ),
            ),
            (Feature::BornOn, born.map(|(one, two)| same_day(one, two))),
            (Feature::Sex, self.sex.zip(other.sex).map(|(one, two)| one == two)),
        ]
        .into_iter()
        .filter_map(|(feature, agrees)| Some((feature, agrees?)))
        .collect()
    }

    /// In which of name, birth date and sex they differ. Numbers may come later, and may be wrong.
    pub fn differ(&self, other: &Self) -> Vec<Feature> {
        let compared = self.compared(other).into_iter();
        let differing = compared.filter(|(feature, agrees)| !agrees && *feature != Feature::PersonalNumber);
        differing.map(|(feature, _)| feature).collect()
    }

    /// Whether an officer should look whether the two are one: they bear one number, or one name and one full day of birth.
    pub fn alike(&self, other: &Self) -> bool {
        let full = |traits: &Self| traits.born_on.as_ref().and_then(PartialDate::full);
        let day = full(self).is_some() && full(self) == full(other);
        !self.numbers.is_disjoint(&other.numbers) || (day && !self.names.is_disjoint(&other.names))
    }

    /// How alike they are, from 0 to 100, by the weights of [`Feature`].
    pub fn score(&self, other: &Self) -> u8 {
        weighed(&self.compared(other))
    }
}
