//! Which office registers.

use super::table::{Basis, Row, Rule, Table};
use super::words::words;
use super::{Case, Occasion};
use std::sync::LazyLock;

words! {
    /// The office that has to act.
    pub enum Level "level" {
        /// UBND cấp xã.
        Commune = "commune",
        /// UBND cấp huyện, until 2025-06-30.
        District = "district",
        /// UBND cấp tỉnh, Sở Tư pháp.
        Province = "province",
        /// Cơ quan đại diện.
        Mission = "mission",
        /// The office that holds the book, of whatever level (ghi vào Sổ).
        HolderOfTheBook = "holder_of_the_book",
        /// Any office that manages the database (Law 60/2014, Art. 63).
        AnyOffice = "any_office",
    }
}

words! {
    /// Whose age a row of competence is about.
    pub enum CaseAge "age" {
        /// Everybody.
        Any = "any",
        /// Under 14 years.
        Under14 = "under_14",
        /// From 14 years.
        From14 = "from_14",
    }
}

/// One row of competence.
#[derive(Debug)]
pub struct Competence {
    /// The kind of event.
    pub kind: &'static str,
    /// The sort of case.
    pub occasion: Occasion,
    /// Of what age the person is whose entry is changed or corrected.
    pub age: CaseAge,
    /// The office.
    pub level: Level,
    /// When it holds, by the day of reception.
    pub basis: Basis,
}

impl Competence {
    /// Is the row about such a case? A row that asks for an age does not fit a case of unknown age.
    pub(super) fn fits(&self, case: Case) -> bool {
        let age_fits = match self.age {
            CaseAge::Any => true,
            CaseAge::Under14 => case.age.is_some_and(|age| age < 14),
            CaseAge::From14 => case.age.is_some_and(|age| age >= 14),
        };
        age_fits && self.occasion == case.occasion
    }

    /// Could both rows fit one case?
    fn clashes_with(&self, other: &Self) -> bool {
        let ages_meet = self.age == other.age || self.age == CaseAge::Any || other.age == CaseAge::Any;
        ages_meet
            && (self.kind, self.occasion) == (other.kind, other.occasion)
            && self.basis.period.overlaps(&other.basis.period)
    }
}

impl Rule for Competence {
    const FILE: &'static str = "competence.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/competence.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            kind: row.kind()?,
            occasion: row.word("case")?,
            level: row.word("level")?,
            basis: row.basis()?,
            age: row.word("age")?,
        })
    }

    fn key(&self) -> String {
        let Self {
            kind, occasion, age, ..
        } = self;
        format!("{kind}, {}, age {}", occasion.word(), age.word())
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }

    fn faults_of(rows: &[Self]) -> Vec<String> {
        let clash = |(index, row): (usize, &Self)| {
            let later = rows.get(index + 1..).unwrap_or_default();
            let clash = later.iter().find(|other| row.clashes_with(other));
            clash.map(|other| format!("{} and {} fit one case", row.key(), other.key()))
        };
        rows.iter().enumerate().filter_map(clash).collect()
    }
}

pub(super) static COMPETENCES: LazyLock<Table<Competence>> = LazyLock::new(Table::embedded);
