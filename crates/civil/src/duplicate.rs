//! Candidates: two entries that may be about one thing registered twice (Law 60/2014, Art. 5(4) forbids it, old books and two
//! programmes have it). A candidate is a hint with its reasons; whether it is so an officer decides, and that is an event.
//!
//! Each feature that both entries state agrees or differs, and weighs for or against. A personal number weighs as
//! much as everything else that is usual; that a feature is not stated says nothing. What looks alike for a lawful reason is
//! explained: twins have one mother and one day, and who is registered again has two entries by law (Decree 123/2015,
//! Art. 24).

use crate::act::{Act, Birth, BirthEntry, DeathEntry, Likeness, MarriageEntry, Person, Place};
use crate::id::EntryId;
use crate::stated::Stated;
use crate::value::{Certainty, PartialDate, Text, fold_compact};

/// From this score on the officer who registers is warned, unless the candidate is explained.
pub const THRESHOLD: u8 = 60;
/// Below this score a pair is not worth looking at, unless both bear one personal number.
pub const LISTED_FROM: u8 = 40;

/// Something in which two entries agree or differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// Số định danh cá nhân.
    PersonalNumber,
    /// Số giấy chứng sinh: every birth has its own.
    BirthNotice,
    /// Họ, chữ đệm, tên, as it is searched.
    Name,
    /// Ngày sinh.
    BornOn,
    /// Giới tính.
    Sex,
    /// Thứ tự sinh, of twins.
    BirthOrder,
    /// The mother's name.
    Mother,
    /// The father's name.
    Father,
    /// Nơi sinh.
    BirthPlace,
    /// The other spouse.
    Spouse,
    /// Ngày xác lập quan hệ hôn nhân.
    EstablishedOn,
    /// Ngày chết.
    DiedOn,
}

impl Feature {
    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PersonalNumber => "personal_number",
            Self::BirthNotice => "birth_notice",
            Self::Name => "name",
            Self::BornOn => "born_on",
            Self::Sex => "sex",
            Self::BirthOrder => "birth_order",
            Self::Mother => "mother",
            Self::Father => "father",
            Self::BirthPlace => "birth_place",
            Self::Spouse => "spouse",
            Self::EstablishedOn => "established_on",
            Self::DiedOn => "died_on",
        }
    }

    /// What it adds when it agrees, and what it takes when it differs.
    pub(crate) const fn weight(self) -> (i16, i16) {
        match self {
            Self::PersonalNumber => (60, 20),
            Self::BirthNotice => (40, 20),
            Self::Name => (30, 0),
            Self::BornOn => (20, 20),
            Self::Mother => (15, 15),
            Self::Father => (10, 5),
            Self::BirthPlace => (5, 0),
            Self::Spouse => (30, 30),
            Self::EstablishedOn | Self::DiedOn => (20, 10),
            Self::Sex => (0, 20),
            Self::BirthOrder => (0, 10),
        }
    }
}

/// An entry that may be about the same as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub entry: EntryId,
    /// From [`LISTED_FROM`] to 100.
    pub score: u8,
    /// In what both agree.
    pub agree: Vec<Feature>,
    /// In what they differ.
    pub differ: Vec<Feature>,
    /// Why they look alike for a lawful reason.
    pub explained: Option<Likeness>,
}

impl Candidate {
    /// Whether the officer who registers must see it.
    pub fn warns(&self) -> bool {
        self.score >= THRESHOLD && self.explained.is_none() && !self.bears_the_same_number()
    }

    /// Whether it is another person by name with the same personal number, which is never given twice (Law 26/2023, Art. 12).
    pub fn bears_the_same_number(&self) -> bool {
        self.agree.contains(&Feature::PersonalNumber) && self.differ.contains(&Feature::Name)
    }
}

/// What of an act is compared: a birth, a marriage or a death. Other acts may lawfully be repeated.
#[derive(Debug, Clone, Copy)]
struct Portrait<'a> {
    subject: &'a Person,
    birth: Option<&'a Birth>,
    spouse: Option<&'a Person>,
    established_on: Option<&'a PartialDate>,
    died_on: Option<&'a PartialDate>,
    again: bool,
}

impl<'a> Portrait<'a> {
    fn of(act: &'a Act) -> Option<Self> {
        let of = |subject, again| Self {
            subject,
            birth: None,
            spouse: None,
            established_on: None,
            died_on: None,
            again,
        };
        match act {
            Act::Birth(act) => Some(Self {
                birth: Some(act),
                ..of(&act.child, act.entry == BirthEntry::Again)
            }),
            Act::Marriage(act) => Some(Self {
                spouse: Some(&act.husband),
                established_on: act.established_on.value.as_ref(),
                ..of(&act.wife, act.entry == MarriageEntry::Again)
            }),
            Act::Death(act) => Some(Self {
                died_on: act.died_on.value.as_ref(),
                ..of(&act.deceased, act.entry == DeathEntry::Again)
            }),
            _ => None,
        }
    }

    /// Each feature that both state, and whether they agree in it.
    fn compared(&self, other: &Self) -> Vec<(Feature, bool)> {
        let (one, two) = (self.subject, other.subject);
        let parent = |of: fn(&Birth) -> Option<&Person>| {
            let (one, two) = (self.birth.and_then(of), other.birth.and_then(of));
            both(one.and_then(name), two.and_then(name), |one, two| one == two)
        };
        let order = |portrait: &Self| portrait.birth?.birth_order;
        let notice = |portrait: &Self| portrait.birth?.birth_notice.as_ref().map(Text::to_string);
        let features = [
            (
                Feature::PersonalNumber,
                both(
                    stated(&one.personal_number),
                    stated(&two.personal_number),
                    |one, two| one == two,
                ),
            ),
            (
                Feature::BirthNotice,
                both(notice(self), notice(other), |one, two| one == two),
            ),
            (Feature::Name, both(name(one), name(two), |one, two| one == two)),
            (Feature::BornOn, both(one.birth(), two.birth(), same_day)),
            (
                Feature::Sex,
                both(stated(&one.sex), stated(&two.sex), |one, two| one == two),
            ),
            (
                Feature::BirthOrder,
                both(order(self), order(other), |one, two| one == two),
            ),
            (Feature::Mother, parent(|act| act.mother.as_ref())),
            (Feature::Father, parent(|act| act.father.as_ref())),
            (
                Feature::BirthPlace,
                both(stated(&one.birth_place), stated(&two.birth_place), same_place),
            ),
            (
                Feature::Spouse,
                both(
                    self.spouse.and_then(name),
                    other.spouse.and_then(name),
                    |one, two| one == two,
                ),
            ),
            (
                Feature::EstablishedOn,
                both(self.established_on, other.established_on, same_day),
            ),
            (Feature::DiedOn, both(self.died_on, other.died_on, same_day)),
        ];
        features
            .into_iter()
            .filter_map(|(feature, agrees)| Some((feature, agrees?)))
            .collect()
    }
}

/// Compares an act with an entry as it stands; nothing when they are of different kinds, or not alike enough to be listed.
pub fn compare(act: &Act, entry: EntryId, current: &Act) -> Option<Candidate> {
    if act.kind() != current.kind() {
        return None;
    }
    let (one, other) = (Portrait::of(act)?, Portrait::of(current)?);
    let compared = one.compared(&other);
    let score = weighed(&compared);
    let (agree, differ): (Vec<_>, Vec<_>) = compared.into_iter().partition(|(_, agrees)| *agrees);
    let features =
        |list: Vec<(Feature, bool)>| list.into_iter().map(|(feature, _)| feature).collect::<Vec<_>>();
    let (agree, differ) = (features(agree), features(differ));
    let earlier = act.earlier().and_then(|earlier| earlier.entry) == Some(entry);
    let explained = if earlier || one.again != other.again {
        Some(Likeness::AgainRegistered)
    } else {
        twins(&agree, &differ).then_some(Likeness::Twins)
    };
    let listed = score >= LISTED_FROM || agree.contains(&Feature::PersonalNumber);
    listed.then_some(Candidate {
        entry,
        score,
        agree,
        differ,
        explained,
    })
}

/// What the features in which two agree or differ weigh together: from 0 to 100.
pub(crate) fn weighed(compared: &[(Feature, bool)]) -> u8 {
    let weights = compared.iter().map(|(feature, agrees)| {
        let (for_it, against) = feature.weight();
        if *agrees { for_it } else { -against }
    });
    u8::try_from(weights.sum::<i16>().clamp(0, 100)).unwrap_or_default()
}

/// One mother and one day, and something that tells the two children apart.
fn twins(agree: &[Feature], differ: &[Feature]) -> bool {
    // Not the personal number: who was registered twice may well have been given two.
    const APART: [Feature; 4] = [
        Feature::Name,
        Feature::BirthOrder,
        Feature::BirthNotice,
        Feature::Sex,
    ];
    let same = [Feature::Mother, Feature::BornOn]
        .iter()
        .all(|feature| agree.contains(feature));
    same && APART.iter().any(|feature| differ.contains(feature))
}

fn both<T>(one: Option<T>, two: Option<T>, same: impl Fn(T, T) -> bool) -> Option<bool> {
    one.zip(two).map(|(one, two)| same(one, two))
}

fn stated<T>(field: &Option<Stated<T>>) -> Option<&T> {
    field.as_ref()?.value.as_ref()
}

/// The name as it is searched: spelling with marks, apostrophes and blanks does not tell people apart.
fn name(person: &Person) -> Option<String> {
    person.name.value.as_ref().map(|name| fold_compact(name.full()))
}

/// Whether two dates could be one: a year alone agrees with every day of it.
pub(crate) fn same_day(one: &PartialDate, two: &PartialDate) -> bool {
    one.is_before(two) != Certainty::Definitely && two.is_before(one) != Certainty::Definitely
}

fn same_place(one: &Place, two: &Place) -> bool {
    match (&one.unit, &two.unit) {
        (Some(one), Some(two)) => one == two,
        _ => fold_compact(one.text.as_str()) == fold_compact(two.text.as_str()),
    }
}

#[cfg(test)]
#[path = "duplicate_tests.rs"]
mod tests;
