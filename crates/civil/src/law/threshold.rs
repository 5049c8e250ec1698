//! Ages from which, or below which, something is otherwise. The ages of marriage have a table of their own.

use super::table::{Basis, Row, Rule, Table};
use super::words::words;
use crate::value::{Date, Sex};
use std::sync::LazyLock;

words! {
    /// An age that a rule asks about, in full years.
    pub enum Threshold "age" {
        /// From this age a change of name needs the person's own consent (Decree 123/2015, Art. 7).
        ConsentOwn = "consent_own",
        /// Under this age a change of name needs the parents' consent (Decree 123/2015, Art. 7).
        ConsentParents = "consent_parents",
        /// From this age a re-determination of ethnicity needs the person's own consent (Civil Code 2015, Art. 29).
        EthnicityConsentFrom = "ethnicity_consent_from",
        /// Under this age it does (Civil Code 2015, Art. 29).
        EthnicityConsentUntil = "ethnicity_consent_until",
        /// From this age a person is of age (thành niên).
        Majority = "majority",
        /// Below this age of a parent a birth date is more likely wrong.
        ParentPossible = "parent_possible",
        /// Below this age of the mother a second person endorses: no law sets a least age, the child is registered.
        MotherUsual = "mother_usual",
    }
}

/// A row of `ages.csv`.
#[derive(Debug)]
pub struct ThresholdRow {
    /// Which.
    pub threshold: Threshold,
    /// Of whom; `None`: of everybody.
    pub sex: Option<Sex>,
    /// The age in full years.
    pub years: u16,
    /// When it holds, by the day of reception.
    pub basis: Basis,
}

impl Threshold {
    /// The age as it is for what was received on this day; `None` where it is not known.
    pub fn on(self, received_on: Date) -> Option<&'static ThresholdRow> {
        AGES.on(received_on, |row| row.threshold == self)
    }

    /// The age in full years; `None` where it is not known.
    pub fn years_on(self, received_on: Date) -> Option<i32> {
        self.on(received_on).map(|row| row.years.into())
    }
}

impl Rule for ThresholdRow {
    const FILE: &'static str = "ages.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/ages.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            threshold: row.word("name")?,
            sex: match row.text("sex") {
                "any" => None,
                text => Some(Sex::parse(text).map_err(|error| error.to_string())?),
            },
            years: row.required("years")?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        self.threshold.word().to_owned()
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }

    fn faults_of(rows: &[Self]) -> Vec<String> {
        let missing = Threshold::ALL
            .iter()
            .filter(|age| !rows.iter().any(|row| row.threshold == **age));
        missing.map(|age| format!("{} has no row", age.word())).collect()
    }
}

static AGES: LazyLock<Table<ThresholdRow>> = LazyLock::new(Table::embedded);
