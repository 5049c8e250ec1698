//! Which office registers.

use super::table::{Dated, Row, Table};
use super::{Confidence, Period};
use std::sync::LazyLock;

/// The office that has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// UBND cấp xã.
    Commune,
    /// UBND cấp huyện, until 2025-06-30.
    District,
    /// The office that holds the book, of whatever level (ghi vào Sổ).
    HolderOfTheBook,
    /// Any office that manages the database (Law 60/2014, Art. 63).
    AnyOffice,
}

/// What the office depends on beside kind and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Case {
    /// Yếu tố nước ngoài: a foreigner, a citizen abroad, or an act of a foreign authority takes part.
    pub foreign_element: bool,
    /// The age in full years of the person whose entry is changed or corrected; `None` if not known.
    pub age: Option<i32>,
}

/// One row of competence.
#[derive(Debug)]
pub struct Competence {
    /// The kind of event.
    pub kind: String,
    /// When it holds, by the day of reception.
    pub period: Period,
    /// The office.
    pub level: Level,
    /// How sure we are.
    pub confidence: Confidence,
    /// Where it stands.
    pub article: String,
    foreign_element: bool,
    age: Age,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Age {
    Any,
    Under14,
    From14,
}

impl Competence {
    /// Is the row about such a case? A row that asks for an age does not fit a case of unknown age.
    pub(super) fn fits(&self, case: Case) -> bool {
        let age_fits = match self.age {
            Age::Any => true,
            Age::Under14 => case.age.is_some_and(|age| age < 14),
            Age::From14 => case.age.is_some_and(|age| age >= 14),
        };
        age_fits && self.foreign_element == case.foreign_element
    }
}

impl Dated for Competence {
    fn key(&self) -> String {
        format!(
            "{} (foreign element: {}, age: {:?})",
            self.kind, self.foreign_element, self.age
        )
    }

    fn period(&self) -> Period {
        self.period
    }
}

pub(super) static COMPETENCES: LazyLock<Table<Competence>> = LazyLock::new(|| {
    Table::read(
        "competence.csv",
        include_str!("../../../../schemas/law/competence.csv"),
        parse,
    )
});

fn parse(row: &Row<'_>) -> Result<Competence, String> {
    Ok(Competence {
        kind: row.text("kind").to_owned(),
        period: row.period()?,
        level: match row.text("level") {
            "commune" => Level::Commune,
            "district" => Level::District,
            "holder_of_the_book" => Level::HolderOfTheBook,
            "any_office" => Level::AnyOffice,
            _ => return Err("unknown level".to_owned()),
        },
        confidence: row.confidence()?,
        article: row.article()?,
        foreign_element: is_foreign(row)?,
        age: match row.text("age") {
            "any" => Age::Any,
            "under_14" => Age::Under14,
            "from_14" => Age::From14,
            _ => return Err("unknown age".to_owned()),
        },
    })
}

/// The column `case`.
pub(super) fn is_foreign(row: &Row<'_>) -> Result<bool, String> {
    match row.text("case") {
        "domestic" => Ok(false),
        "foreign" => Ok(true),
        _ => Err("unknown case".to_owned()),
    }
}
