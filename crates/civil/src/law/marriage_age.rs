//! The minimum age for marriage, by the day of the marriage.

use super::table::{Basis, Row, Rule, Table};
use super::words::words;
use crate::value::{Certainty, Date, PartialDate, Sex};
use std::sync::LazyLock;

words! {
    /// Where a marriage was made: the law of 1959 reached the South on 1977-03-25.
    pub enum Region "region" {
        /// Miền Bắc.
        North = "north",
        /// Miền Nam.
        South = "south",
    }
}

/// What the law asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgeRule {
    /// Nothing that we could check.
    NoCheck,
    /// "Từ 20 tuổi trở lên" until 2014: having *entered* the 20th year of age, which is 19 full years and one day (Resolution 02/2000/NQ-HĐTP).
    EnteredYear(u16),
    /// "Từ đủ 20 tuổi trở lên" since 2015: full years.
    FullYears(u16),
}

impl AgeRule {
    /// The first day on which a person born on `born` may marry; `None`: any day.
    pub fn first_day(self, born: Date) -> Option<Date> {
        match self {
            Self::NoCheck => None,
            Self::EnteredYear(year) => born
                .add_years(year.saturating_sub(1))
                .and_then(|birthday| birthday.add_days(1)),
            Self::FullYears(years) => born.add_years(years),
        }
    }

    fn allows(self, born: Date, married: Date) -> bool {
        self.first_day(born).is_none_or(|first| first <= married)
    }
}

/// The minimum age of one sex in one region during a time.
#[derive(Debug)]
pub struct MarriageAge {
    /// Where.
    pub region: Region,
    /// Of whom: male or female.
    pub sex: Sex,
    /// The age.
    pub rule: AgeRule,
    /// When it holds, by the day of the marriage.
    pub basis: Basis,
}

/// Was a person of this sex, born then, old enough for a marriage made then?
///
/// Answers for every day that the known parts allow, and for both regions if the region is not given and both sexes if the sex is undetermined.
/// `Impossible` is the only answer to warn about; a year that is not known gives `Possibly`.
pub fn old_enough_to_marry(
    sex: Sex,
    born: &PartialDate,
    married: &PartialDate,
    region: Option<Region>,
) -> Certainty {
    let (Some(first_birth), Some(last_birth)) = (born.earliest(), born.latest()) else {
        return Certainty::Possibly;
    };
    let (Some(first_day), Some(last_day)) = (married.earliest(), married.latest()) else {
        return Certainty::Possibly;
    };
    let concerns = |row: &&MarriageAge| {
        (sex == Sex::Undetermined || row.sex == sex) && region.is_none_or(|region| row.region == region)
    };
    let mut can = false;
    let mut must = true;
    for row in MARRIAGE_AGES.rows().iter().filter(concerns) {
        let Some((first_day, last_day)) = row.basis.period.clip(first_day, last_day) else {
            continue;
        };
        can |= row.rule.allows(first_birth, last_day);
        must &= row.rule.allows(last_birth, first_day);
    }
    Certainty::from_bounds(can, can && must)
}

/// The rule for a marriage on this day. Without a region the one that asks less, which is that of the South.
pub(super) fn on(date: Date, sex: Sex, region: Option<Region>) -> Option<&'static MarriageAge> {
    let region = region.unwrap_or(Region::South);
    MARRIAGE_AGES.on(date, |row| row.sex == sex && row.region == region)
}

impl Rule for MarriageAge {
    const FILE: &'static str = "marriage_ages.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/marriage_ages.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            region: row.word("region")?,
            sex: Sex::parse(row.text("sex")).map_err(|error| error.to_string())?,
            rule: match row.text("rule") {
                "no_check" => AgeRule::NoCheck,
                "entered_year" => AgeRule::EnteredYear(row.required("years")?),
                "full_years" => AgeRule::FullYears(row.required("years")?),
                _ => return Err("unknown rule".to_owned()),
            },
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        format!("{} {}", self.region.word(), self.sex)
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }
}

pub(super) static MARRIAGE_AGES: LazyLock<Table<MarriageAge>> = LazyLock::new(Table::embedded);
