//! Which acts a second person must endorse, whatever warnings they raise (bốn mắt).

use super::table::{Basis, Row, Rule, Table};
use super::words::words;
use crate::id::Lane;
use crate::kind::Kind;
use crate::value::Date;
use std::sync::LazyLock;

words! {
    /// Of which office the second person may be.
    pub enum SecondPerson "of" {
        /// Of the office that files.
        SameOffice = "same_office",
        /// Of any: a commune with one clerk is checked by another commune.
        AnyOffice = "any_office",
    }
}

/// A row of `four_eyes.csv`.
#[derive(Debug)]
pub struct FourEyes {
    /// Which kind; `None`: every kind.
    pub kind: Option<Kind>,
    /// In which lane.
    pub lane: Lane,
    /// In which case only: a tick or matter of the act, such as `same`; `None`: in every case.
    pub case: Option<String>,
    /// Who may be the second person.
    pub of: SecondPerson,
    /// When it holds, by the day of signing.
    pub basis: Basis,
}

/// The rule by which an act of that kind, lane and case (its tick or matter), signed on that day, needs a second person; `None` where it needs none.
pub fn four_eyes(kind: Kind, lane: Lane, case: &str, signed_on: Date) -> Option<&'static FourEyes> {
    FOUR_EYES.on(signed_on, |row| row.fits(kind, lane, case))
}

impl FourEyes {
    fn fits(&self, kind: Kind, lane: Lane, case: &str) -> bool {
        self.kind.is_none_or(|known| known == kind)
            && self.lane == lane
            && self.case.as_ref().is_none_or(|known| known == case)
    }
}

impl Rule for FourEyes {
    const FILE: &'static str = "four_eyes.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/four_eyes.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            kind: match row.text("kind") {
                "any" => None,
                _ => Some(row.kind_of_event()?),
            },
            lane: row.named("lane", &Lane::ALL, Lane::name)?,
            case: Some(row.filled("case")?).filter(|case| case != "any"),
            of: row.word("of")?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        let kind = self.kind.map_or("any", Kind::name);
        let case = self.case.as_deref().unwrap_or("any");
        format!("{kind}, {}, {case}", self.lane.name())
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }
}

static FOUR_EYES: LazyLock<Table<FourEyes>> = LazyLock::new(Table::embedded);
