//! What is counted of an act: the columns by which figures are divided.

use civil::act::{
    Act, Birth, BirthEntry, Death, DeathEntry, MaritalStatusConfirmation, Marriage, Person, PurposeKind,
};
use civil::kind::{Group, Kind};
use civil::law;
use civil::value::{Certainty, Date, PartialDate, Sex};
use serde::ser::Error as _;
use serde::{Deserialize, Serialize, Serializer};

/// How an act is counted. Two acts that are counted alike have equal dimensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Dimensions {
    pub(super) tick: Option<&'static str>,
    pub(super) late: Option<bool>,
    pub(super) occurred_year: Option<u16>,
    pub(super) waited: Option<Waited>,
    pub(super) sex: Option<Sex>,
    pub(super) kinh: Option<bool>,
    pub(super) age: Option<AgeClass>,
    pub(super) both_first: Option<bool>,
    pub(super) age_wife: Option<u8>,
    pub(super) age_husband: Option<u8>,
    pub(super) purpose: Option<&'static str>,
    pub(super) matter: Option<&'static str>,
}

/// What stands in the column `counted_as`: the dimensions by which rows are grouped. The ages are summed up in columns of their own.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CountedAs<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tick: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) late: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) occurred_year: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) waited: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sex: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kinh: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) age: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) both_first: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) purpose: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) matter: Option<&'a str>,
}

/// As one text: rows with the same text are counted alike.
impl Serialize for Dimensions {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let counted_as = CountedAs {
            tick: self.tick,
            late: self.late,
            occurred_year: self.occurred_year,
            waited: self.waited.map(|waited| waited as u8),
            sex: self.sex.map(Sex::as_str),
            kinh: self.kinh,
            age: self.age.map(|age| age as u8),
            both_first: self.both_first,
            purpose: self.purpose,
            matter: self.matter,
        };
        out.serialize_str(&serde_json::to_string(&counted_as).map_err(S::Error::custom)?)
    }
}

/// How long after the thing itself its file was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Waited {
    /// At most 15 days: the time for a death (Law 60/2014, Art. 33).
    FifteenDays = 0,
    /// At most 60 days: the time for a birth (Law 60/2014, Art. 15).
    SixtyDays = 1,
    /// Before the first birthday.
    Year = 2,
    /// Before the fifth.
    FiveYears = 3,
    /// Later.
    Longer = 4,
}

/// The classes of age at death of form 13a.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AgeClass {
    /// Dưới 1 tuổi.
    Under1 = 0,
    /// Từ 1 đến dưới 5 tuổi.
    Under5 = 1,
    /// Từ 5 tuổi trở lên.
    From5 = 2,
}

/// The purpose of a confirmation of marital status: to marry.
pub(super) const TO_MARRY: &str = "marriage";
/// Any other purpose.
pub(super) const OTHER_PURPOSE: &str = "other";

/// How an act came into the book that was settled abroad.
pub(super) const NOTED: &str = "noted_from_abroad";

/// Is an act of that kind counted as itself? Papers, notes in the paper book and what an office does with its own books are not; nor are personal numbers, which are
/// given by others, and papers that are withdrawn.
pub(super) fn is_counted(kind: Kind) -> bool {
    matches!(
        kind.group(),
        Group::Registration | Group::Amendment | Group::Notation
    ) && !matches!(kind, Kind::PersonalNumberAssigned | Kind::PapersRevoked)
}

impl Dimensions {
    /// Of an act as it stands, which counts on that day.
    pub(super) fn of(act: &Act, counted_on: Date) -> Self {
        let every = Self {
            tick: tick(act),
            occurred_year: act.occurred_on().and_then(|day| day.year()),
            ..Self::default()
        };
        let received_on = act.ruled_on(counted_on);
        match act {
            Act::Birth(birth) => every.of_birth(birth, received_on),
            Act::Death(death) => every.of_death(death, received_on),
            Act::Marriage(marriage) => every.of_marriage(marriage),
            Act::MaritalStatusConfirmation(act) => Self {
                sex: sex(&act.subject),
                purpose: purpose(act),
                ..every
            },
            Act::JudgmentNoted(act) => Self {
                matter: Some(act.matter.name()),
                ..every
            },
            Act::ForeignDissolution(act) => Self {
                matter: Some(act.matter.name()),
                ..every
            },
            _ => every,
        }
    }

    fn of_birth(self, birth: &Birth, received_on: Date) -> Self {
        let born = birth.child.birth();
        Self {
            late: match birth.entry {
                BirthEntry::OnTime => Some(false),
                BirthEntry::Late => Some(true),
                _ => is_late(Kind::Birth, born, received_on),
            },
            waited: waited(born, received_on),
            sex: sex(&birth.child),
            kinh: is_kinh(&birth.child),
            ..self
        }
    }

    fn of_death(self, death: &Death, received_on: Date) -> Self {
        let died = death.died_on.value.as_ref();
        Self {
            late: match death.entry {
                DeathEntry::OnTime => Some(false),
                DeathEntry::Late => Some(true),
                _ => is_late(Kind::Death, died, received_on),
            },
            waited: waited(died, received_on),
            sex: sex(&death.deceased),
            age: age_class(death.deceased.birth(), died),
            ..self
        }
    }

    fn of_marriage(self, marriage: &Marriage) -> Self {
        let age = |spouse: &Person, first: Option<bool>| {
            first
                .filter(|first| *first)
                .and_then(|_| full_years(spouse.birth(), marriage.established_on.value.as_ref()))
        };
        Self {
            both_first: match (marriage.wife_first, marriage.husband_first) {
                (Some(wife), Some(husband)) => Some(wife && husband),
                (Some(false), None) | (None, Some(false)) => Some(false),
                _ => None,
            },
            age_wife: age(&marriage.wife, marriage.wife_first),
            age_husband: age(&marriage.husband, marriage.husband_first),
            ..self
        }
    }
}

/// The tick of the form; an act of which a foreign authority's is noted counts as noted where its form has no tick to say so.
fn tick(act: &Act) -> Option<&'static str> {
    match act.tick() {
        "any" => act.foreign().map(|_| NOTED),
        tick => Some(tick),
    }
}

/// By the law at reception; nothing where it cannot be told.
fn is_late(kind: Kind, happened: Option<&PartialDate>, received_on: Date) -> Option<bool> {
    match law::rules(kind.name(), received_on, happened).is_late()? {
        Certainty::Definitely => Some(true),
        Certainty::Impossible => Some(false),
        Certainty::Possibly => None,
    }
}

fn sex(person: &Person) -> Option<Sex> {
    person.sex.as_ref()?.value
}

/// The Kinh are the first of the list of ethnic groups; a book writes their name.
fn is_kinh(person: &Person) -> Option<bool> {
    let ethnicity = person.ethnicity.as_ref()?.value.as_ref()?;
    Some(ethnicity.name() == "Kinh")
}

/// The class in which the waiting fell, when every reading of the day gives the same.
fn waited(from: Option<&PartialDate>, received_on: Date) -> Option<Waited> {
    let from = from?;
    let class = |day: Date| {
        let days = day.days_between(received_on);
        match (days, day.full_years_until(received_on)) {
            (..0, _) => None,
            (..=15, _) => Some(Waited::FifteenDays),
            (..=60, _) => Some(Waited::SixtyDays),
            (_, ..1) => Some(Waited::Year),
            (_, ..5) => Some(Waited::FiveYears),
            _ => Some(Waited::Longer),
        }
    };
    let (longest, shortest) = (class(from.earliest()?)?, class(from.latest()?)?);
    (longest == shortest).then_some(longest)
}

/// The class of age at death, when every reading of the two days gives the same.
fn age_class(born: Option<&PartialDate>, died: Option<&PartialDate>) -> Option<AgeClass> {
    let class = |years: i32| match years {
        ..1 => AgeClass::Under1,
        1..5 => AgeClass::Under5,
        _ => AgeClass::From5,
    };
    let (born, died) = (born?, died?);
    if died.is_before(born) == Certainty::Definitely {
        return None;
    }
    // Of the readings of two partial dates only those count in which nobody dies before birth.
    let (fewest, most) = born.full_years_until(died)?;
    let (fewest, most) = (class(fewest.max(0)), class(most.max(0)));
    (fewest == most).then_some(fewest)
}

/// The age in full years, when every reading of the two days gives the same.
fn full_years(born: Option<&PartialDate>, then: Option<&PartialDate>) -> Option<u8> {
    let (fewest, most) = born?.full_years_until(then?)?;
    (fewest == most).then(|| u8::try_from(fewest).ok()).flatten()
}

/// What a confirmation is for: by its tick, or by its words, where the form of before had no tick.
fn purpose(act: &MaritalStatusConfirmation) -> Option<&'static str> {
    match (act.purpose_kind, &act.purpose) {
        (Some(PurposeKind::Other), _) => Some(OTHER_PURPOSE),
        (Some(_), _) => Some(TO_MARRY),
        (None, Some(words)) => Some(purpose_in_words(words.as_str())),
        (None, None) => None,
    }
}

fn purpose_in_words(words: &str) -> &'static str {
    if words.to_lowercase().contains("kết hôn") {
        TO_MARRY
    } else {
        OTHER_PURPOSE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn partial(text: &str) -> PartialDate {
        PartialDate::parse(text).unwrap()
    }

    #[test]
    fn waiting_falls_into_a_class_only_when_every_reading_of_the_day_does() {
        let of = |happened: &str, received: &str| waited(Some(&partial(happened)), day(received));
        assert_eq!(of("2026-01-01", "2026-01-16"), Some(Waited::FifteenDays));
        assert_eq!(of("2026-01-01", "2026-01-17"), Some(Waited::SixtyDays));
        assert_eq!(of("2026-01-01", "2026-03-02"), Some(Waited::SixtyDays));
        assert_eq!(of("2026-01-01", "2026-03-03"), Some(Waited::Year));
        assert_eq!(of("2026-01-01", "2026-12-31"), Some(Waited::Year));
        assert_eq!(of("2026-01-01", "2027-01-01"), Some(Waited::FiveYears));
        assert_eq!(of("2026-01-01", "2030-12-31"), Some(Waited::FiveYears));
        assert_eq!(of("2026-01-01", "2031-01-01"), Some(Waited::Longer));
        assert_eq!(of("2019-05", "2026-03-02"), Some(Waited::Longer));
        assert_eq!(of("2025-12", "2026-02-20"), None, "sixty days or more");
        assert_eq!(of("2026-03-03", "2026-03-02"), None, "not yet");
        assert_eq!(waited(None, day("2026-03-02")), None);
    }

    #[test]
    fn an_age_at_death_falls_into_a_class_only_when_every_reading_does() {
        let of = |born: &str, died: &str| age_class(Some(&partial(born)), Some(&partial(died)));
        assert_eq!(of("2026-01-01", "2026-12-31"), Some(AgeClass::Under1));
        assert_eq!(of("2025-01-01", "2026-01-01"), Some(AgeClass::Under5));
        assert_eq!(of("2021-01-02", "2026-01-01"), Some(AgeClass::Under5));
        assert_eq!(of("2021-01-01", "2026-01-01"), Some(AgeClass::From5));
        assert_eq!(of("1944", "2026"), Some(AgeClass::From5));
        assert_eq!(of("2026", "2026-03"), Some(AgeClass::Under1));
        assert_eq!(of("2025", "2026"), None);
        assert_eq!(of("2026-05-01", "2026-04-01"), None);
    }

    #[test]
    fn a_purpose_is_told_by_its_words() {
        assert_eq!(
            purpose_in_words("Để ĐĂNG KÝ KẾT HÔN với chị Lò Thị Mây"),
            TO_MARRY
        );
        assert_eq!(purpose_in_words("Để vay vốn ngân hàng"), OTHER_PURPOSE);
    }
}
