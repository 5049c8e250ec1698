//! People who do not exist: names, ages, numbers and homes that fit together.

use civil::act::{Declarant, IdentityPaper, PaperKind, Person, Signer};
use civil::stated::Stated;
use civil::value::{Date, Ethnicity, Nationality, PartialDate, PersonName, PersonalNumber, Sex, Text};

use super::dice::Dice;
use super::names::{self, People};
use super::number::Numbers;
use super::places::{Commune, Communes};
use crate::outcome::{Error, Result};

/// Two parents-to-be, or any two people under one roof, of one people.
#[derive(Debug)]
pub struct Household<'a> {
    people: &'static People,
    man: &'static str,
    woman: &'static str,
    communes: &'a Communes,
    home: &'a Commune,
    numbers: &'a Numbers,
}

/// Who of a household, and when they were born.
#[derive(Debug, Clone, Copy)]
pub struct Born {
    /// Man or woman.
    pub sex: Sex,
    /// Birthday.
    pub on: Date,
}

impl Born {
    /// Somebody of so many years, both included, on that day.
    pub fn aged(sex: Sex, years: (i64, i64), day: Date, dice: &mut Dice) -> Self {
        // 366 days for each full year, so that the least age is reached for certain.
        let days = dice.between(years.0 * 366 + 1, years.1 * 365 + 300);
        Self {
            sex,
            on: day.add_days(-days).unwrap_or(day),
        }
    }
}

/// Either sex.
pub fn sex(dice: &mut Dice) -> Sex {
    if dice.percent(52) { Sex::Male } else { Sex::Female }
}

impl<'a> Household<'a> {
    /// Of a people that lives in the province.
    pub fn new(communes: &'a Communes, home: &'a Commune, numbers: &'a Numbers, dice: &mut Dice) -> Self {
        let people = names::people_of(&communes.province, dice);
        let (man, woman) = (names::family(people, dice), names::family(people, dice));
        Self {
            people,
            man,
            woman,
            communes,
            home,
            numbers,
        }
    }

    /// One of the two, or somebody of their age.
    pub fn adult(&self, born: Born, dice: &mut Dice) -> Result<Person> {
        let family = if born.sex == Sex::Female {
            self.woman
        } else {
            self.man
        };
        let mut person = self.person(born, family, dice)?;
        let number = person.personal_number.as_ref().and_then(|stated| stated.value);
        person.identity_paper = number.map(|number| identity_card(number, dice)).transpose()?;
        Ok(person)
    }

    /// A child of the two; it bears the family name by which its people goes.
    pub fn child(&self, born: Born, dice: &mut Dice) -> Result<Person> {
        let family = if self.people.through_mothers() {
            self.woman
        } else {
            self.man
        };
        let mut person = self.person(born, family, dice)?;
        person.birth_place = Some(self.birth_place(dice)?);
        Ok(person)
    }

    /// A name, for a person of whom nothing else is known.
    pub fn name(&self, sex: Sex, dice: &mut Dice) -> Result<PersonName> {
        names::name(self.people, sex, None, dice)
    }

    fn person(&self, born: Born, family: &'static str, dice: &mut Dice) -> Result<Person> {
        let mut person = Person::named(names::name(self.people, born.sex, Some(family), dice)?);
        let text = |text| Text::parse(text).map_err(Error::using);
        person.sex = Some(Stated::plain(born.sex));
        person.born_on = Some(Stated::plain(PartialDate::from(born.on)));
        person.home_place = Some(self.communes.near(self.home, dice).place(None)?);
        person.residence = Some(self.communes.near(self.home, dice).place(None)?);
        person.ethnicity = Some(Stated::plain(Ethnicity::as_recorded(text(self.people.code)?)));
        person.nationality = Some(Stated::plain(Nationality::as_recorded(text("VNM")?)));
        let number = self.numbers.give(&self.communes.province, born)?;
        person.personal_number = Some(Stated::plain(number));
        Ok(person)
    }

    fn birth_place(&self, dice: &mut Dice) -> Result<Stated<civil::act::Place>> {
        const FACILITIES: [&str; 4] = [
            "Trạm y tế",
            "Trung tâm y tế huyện",
            "Bệnh viện đa khoa tỉnh",
            "Bệnh viện Sản – Nhi",
        ];
        self.communes
            .near(self.home, dice)
            .place(Some(dice.word(&FACILITIES)))
    }
}

fn identity_card(number: PersonalNumber, dice: &mut Dice) -> Result<IdentityPaper> {
    let issued_on = Date::new(2021, 1, 4)
        .map_err(Error::using)?
        .add_days(dice.between(0, 700));
    let issued_by = "Cục Cảnh sát quản lý hành chính về trật tự xã hội";
    Ok(IdentityPaper {
        kind: PaperKind::CitizenIdentityCard,
        number: Text::parse(number.as_str()).map_err(Error::using)?,
        issued_on: issued_on.map(PartialDate::from),
        issued_by: Some(Text::parse(issued_by).map_err(Error::using)?),
    })
}

/// Who came to register: that person, as so-and-so of the subject.
pub fn declarant(person: &Person, relation: &str) -> Result<Declarant> {
    Ok(Declarant {
        name: person.name.clone(),
        relation: Some(Text::parse(relation).map_err(Error::using)?),
        identity_paper: person.identity_paper.clone(),
    })
}

/// Who signs for an office, and who does the work.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Chairman or deputy of the commune.
    pub signer: Signer,
    /// The civil-status officer.
    pub officer: PersonName,
}

impl Staff {
    /// Of an office.
    pub fn new(communes: &Communes, home: &Commune, dice: &mut Dice) -> Result<Self> {
        // They are named, and no number is asked for.
        let numbers = Numbers::new(0, 1);
        let household = Household::new(communes, home, &numbers, dice);
        let title = dice.word(&["Chủ tịch", "Phó Chủ tịch", "Phó Chủ tịch"]);
        let (signer, officer) = (sex(dice), sex(dice));
        Ok(Self {
            signer: Signer {
                name: household.name(signer, dice)?,
                title: Text::parse(title).map_err(Error::using)?,
            },
            officer: household.name(officer, dice)?,
        })
    }
}
