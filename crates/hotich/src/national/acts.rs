//! The six kinds of registration, filled in as a commune's officer would on an ordinary day of 2023.
//!
//! Most acts raise no warning. A few do, as real ones do, and then their officer acknowledges it with a reason. None
//! asks for a second person.

use civil::act::{
    Acknowledgement, Act, Birth, BirthEntry, Body, BookReference, Death, DeathEntry, DeathNotice,
    Guardianship, MaritalStatusConfirmation, Marriage, MarriageEntry, ParentChildRecognition,
    RecognitionDirection,
};
use civil::decide::WarningCode;
use civil::kind::Kind;
use civil::stated::Stated;
use civil::value::{Date, PartialDate, Sex, Text, TimeOfDay};

use super::dice::Dice;
use super::number::Numbers;
use super::people::{Born, Household, Staff, declarant, sex};
use super::places::{Commune, Communes};
use crate::outcome::{Error, Result};

/// When and where an act is registered.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// The day of registration.
    pub day: Date,
    /// The number in the book.
    pub number: u32,
    /// The communes around.
    pub communes: &'a Communes,
    /// The commune of the office.
    pub home: &'a Commune,
    /// Who signs.
    pub staff: &'a Staff,
    /// The personal numbers of those who are named.
    pub numbers: &'a Numbers,
}

/// An act of that kind with what its officer acknowledges.
///
/// # Errors
/// When the kind is not one of [`super::table::KINDS`], or the domain takes a value of ours for faulty.
pub fn body(kind: Kind, occasion: &Occasion<'_>, dice: &mut Dice) -> Result<Body> {
    let household = Household::new(occasion.communes, occasion.home, occasion.numbers, dice);
    let mut acknowledgements = Vec::new();
    let act = match kind {
        Kind::Birth => {
            let birth = occasion.birth(&household, dice)?;
            if birth.child.birth_place.is_none() {
                acknowledgements.push(seen(
                    WarningCode::FieldLeftOut,
                    "Sinh tại nhà, không có giấy chứng sinh.",
                ));
            }
            Act::Birth(Box::new(birth))
        }
        Kind::Marriage => Act::Marriage(Box::new(occasion.marriage(&household, dice)?)),
        Kind::Death => Act::Death(Box::new(occasion.death(&household, dice)?)),
        Kind::MaritalStatusConfirmation => {
            Act::MaritalStatusConfirmation(Box::new(occasion.marital_status(&household, dice)?))
        }
        Kind::ParentChildRecognition => {
            Act::ParentChildRecognition(Box::new(occasion.recognition(&household, dice)?))
        }
        Kind::Guardianship => Act::Guardianship(Box::new(occasion.guardianship(&household, dice)?)),
        _ => {
            return Err(Error::using(format!(
                "the table does not count acts of kind {}",
                kind.name()
            )));
        }
    };
    Ok(Body {
        act,
        acknowledgements,
    })
}

fn seen(warning: WarningCode, reason: &str) -> Acknowledgement {
    Acknowledgement {
        warning: warning.name().to_owned(),
        reason: reason.to_owned(),
    }
}

fn text(text: &str) -> Result<Text> {
    Text::parse(text).map_err(Error::using)
}

impl Occasion<'_> {
    fn birth(&self, household: &Household<'_>, dice: &mut Dice) -> Result<Birth> {
        let late = dice.percent(12);
        let waited = if late {
            dice.between(61, 1_500)
        } else {
            dice.between(1, 58)
        };
        let born = Born {
            sex: sex(dice),
            on: self.before(waited),
        };
        let mut child = household.child(born, dice)?;
        let at_home = dice.percent(1);
        if at_home {
            child.birth_place = None;
        }
        let mother = household.adult(Born::aged(Sex::Female, (18, 41), born.on, dice), dice)?;
        let father = dice
            .percent(96)
            .then(|| Born::aged(Sex::Male, (20, 50), born.on, dice));
        let father = father.map(|born| household.adult(born, dice)).transpose()?;
        let (who, relation) = father.as_ref().map_or((&mother, "mẹ"), |father| (father, "cha"));
        let declarant = declarant(who, relation)?;
        let notice = format!("{:05}/{}", dice.below(100_000), born.on.year());
        Ok(Birth {
            registered_on: Some(self.day),
            received_on: Some(self.day),
            mother: Some(mother),
            father,
            declarant: Some(declarant),
            birth_notice: if at_home { None } else { Some(text(&notice)?) },
            officer: Some(self.staff.officer.clone()),
            ..Birth::least(
                self.book(),
                if late {
                    BirthEntry::Late
                } else {
                    BirthEntry::OnTime
                },
                child,
                Stated::plain(self.staff.signer.clone()),
            )
        })
    }

    fn marriage(&self, household: &Household<'_>, dice: &mut Dice) -> Result<Marriage> {
        let bride = Born::aged(Sex::Female, (18, 35), self.day, dice);
        let groom = Born::aged(Sex::Male, (20, 38), self.day, dice);
        let home = self.communes.near(self.home, dice);
        let other = Household::new(self.communes, home, self.numbers, dice);
        Ok(Marriage {
            registered_on: Some(self.day),
            received_on: Some(self.day),
            officer: Some(self.staff.officer.clone()),
            ..Marriage::least(
                self.book(),
                MarriageEntry::New,
                household.adult(bride, dice)?,
                other.adult(groom, dice)?,
                Stated::plain(PartialDate::from(self.day)),
                true,
                Stated::plain(self.staff.signer.clone()),
            )
        })
    }

    fn death(&self, household: &Household<'_>, dice: &mut Dice) -> Result<Death> {
        let late = dice.percent(15);
        let waited = if late {
            dice.between(16, 400)
        } else {
            dice.between(0, 14)
        };
        let died_on = self.before(waited);
        let years = if dice.percent(85) { (60, 98) } else { (1, 59) };
        let born = Born::aged(sex(dice), years, died_on, dice);
        let mut deceased = household.adult(born, dice)?;
        if dice.percent(20) {
            // Of old people often only the year is known.
            let year = PartialDate::from_year(born.on.year()).map_err(Error::using)?;
            deceased.born_on = Some(Stated::plain(year));
        }
        let survivor = Born::aged(sex(dice), (20, 60), self.day, dice);
        let declarant = declarant(&household.adult(survivor, dice)?, "con")?;
        let hour = TimeOfDay::new(clock_face(dice, 24), clock_face(dice, 60)).map_err(Error::using)?;
        let notice = DeathNotice {
            number: text(&format!("{}/GBT", self.number))?,
            issued_by: self.home.name.clone(),
            issued_on: Some(PartialDate::from(died_on)),
        };
        let cause = dice.word(&["Tuổi già", "Bệnh", "Bệnh", "Tai nạn"]);
        Ok(Death {
            registered_on: Some(self.day),
            received_on: Some(self.day),
            died_at: Some(Stated::plain(hour)),
            cause: Some(Stated::plain(text(cause)?)),
            notice: Some(notice),
            declarant: Some(declarant),
            officer: Some(self.staff.officer.clone()),
            ..Death::least(
                self.book(),
                if late {
                    DeathEntry::Late
                } else {
                    DeathEntry::OnTime
                },
                deceased,
                Stated::plain(PartialDate::from(died_on)),
                self.home.place(None)?,
                Stated::plain(self.staff.signer.clone()),
            )
        })
    }

    fn marital_status(
        &self,
        household: &Household<'_>,
        dice: &mut Dice,
    ) -> Result<MaritalStatusConfirmation> {
        let subject = Born::aged(sex(dice), (20, 45), self.day, dice);
        let purpose = dice.word(&[
            "Để đăng ký kết hôn",
            "Để vay vốn ngân hàng",
            "Để mua bán nhà, đất",
        ]);
        Ok(MaritalStatusConfirmation {
            registered_on: Some(self.day),
            received_on: Some(self.day),
            status: Some(text("Hiện tại chưa đăng ký kết hôn với ai")?),
            purpose: Some(text(purpose)?),
            ..MaritalStatusConfirmation::least(
                self.book(),
                household.adult(subject, dice)?,
                Stated::plain(self.staff.signer.clone()),
            )
        })
    }

    fn recognition(&self, household: &Household<'_>, dice: &mut Dice) -> Result<ParentChildRecognition> {
        let child = Born::aged(sex(dice), (0, 10), self.day, dice);
        let parent = Born::aged(Sex::Male, (20, 50), child.on, dice);
        Ok(ParentChildRecognition {
            registered_on: Some(self.day),
            received_on: Some(self.day),
            ..ParentChildRecognition::least(
                self.book(),
                RecognitionDirection::FatherRecognisesChild,
                household.adult(parent, dice)?,
                household.child(child, dice)?,
                Stated::plain(self.staff.signer.clone()),
            )
        })
    }

    fn guardianship(&self, household: &Household<'_>, dice: &mut Dice) -> Result<Guardianship> {
        let guardians = (0..dice.between(1, 2))
            .map(|_| household.adult(Born::aged(sex(dice), (30, 65), self.day, dice), dice))
            .collect::<Result<_>>()?;
        let ward = Born::aged(sex(dice), (1, 14), self.day, dice);
        Ok(Guardianship {
            registered_on: Some(self.day),
            received_on: Some(self.day),
            guardians,
            wards: vec![household.child(ward, dice)?],
            reason: Some(text("Cha, mẹ đều đã chết.")?),
            ..Guardianship::least(self.book(), Stated::plain(self.staff.signer.clone()))
        })
    }

    fn book(&self) -> BookReference {
        BookReference {
            page: Some(self.number.div_ceil(2)),
            ..BookReference::numbered(self.number, self.day.year())
        }
    }

    fn before(&self, days: i64) -> Date {
        self.day.add_days(-days).unwrap_or(self.day)
    }
}

fn clock_face(dice: &mut Dice, bound: u64) -> u8 {
    u8::try_from(dice.below(bound)).unwrap_or_default()
}
