//! [`Tally`]: so many acts that are counted alike.

use civil::kind::Kind;
use civil::value::Sex;
use ledger::Fault;

use super::dimensions::{CountedAs, NOTED};
use crate::record::Record;

/// So many acts that are counted alike, at one office or in all the country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) kind: Kind,
    pub(super) tick: String,
    pub(super) counted_year: u16,
    pub(super) late: Option<bool>,
    pub(super) occurred_year: Option<u16>,
    pub(super) waited: Option<u8>,
    pub(super) sex: Option<Sex>,
    pub(super) kinh: Option<bool>,
    pub(super) age: Option<u8>,
    pub(super) both_first: Option<bool>,
    pub(super) purpose: Option<String>,
    pub(super) matter: String,
    /// How many.
    pub(super) count: u64,
    /// Of the wives at their first marriage.
    pub(super) wives: Ages,
    /// Of the husbands at their first marriage.
    pub(super) husbands: Ages,
}

/// The ages of so many people together, in full years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ages {
    pub(super) years: u64,
    pub(super) people: u64,
}

impl Tally {
    pub(super) fn read(row: &ledger::Row) -> Result<Self, Fault> {
        let record = Record::new(row, "measure", "kind");
        let text = record.text("counted_as")?;
        let counted_as: CountedAs<'_> = serde_json::from_str(&text)
            .map_err(|_| record.damaged("counted_as", "not of the expected form"))?;
        let sex = |text: &str| Sex::parse(text).map_err(|_| record.damaged("counted_as", "no such sex"));
        let ages = |years, people| {
            Ok(Ages {
                years: record.number(years)?,
                people: record.number(people)?,
            })
        };
        Ok(Self {
            kind: record.kind("kind")?,
            tick: counted_as.tick.unwrap_or_default().to_owned(),
            counted_year: record.number("counted_year")?,
            late: counted_as.late,
            occurred_year: counted_as.occurred_year,
            waited: counted_as.waited,
            sex: counted_as.sex.map(sex).transpose()?,
            kinh: counted_as.kinh,
            age: counted_as.age,
            both_first: counted_as.both_first,
            purpose: counted_as.purpose.map(str::to_owned),
            matter: counted_as.matter.unwrap_or_default().to_owned(),
            count: record.number("count")?,
            wives: ages("wives_years", "wives")?,
            husbands: ages("husbands_years", "husbands")?,
        })
    }

    /// Was it registered again, because book and originals are lost?
    pub(super) fn is_again(&self) -> bool {
        self.tick == "again"
    }

    /// Was it settled abroad and noted here?
    pub(super) fn is_noted(&self) -> bool {
        self.tick == NOTED
    }

    /// Is it a new registration (đăng ký mới): neither again nor noted?
    pub(super) fn is_new(&self) -> bool {
        !self.is_again() && !self.is_noted()
    }
}
