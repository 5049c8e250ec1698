//! The texts in force, era by era.

use super::table::{Dated, Row, Table};
use super::{Confidence, Period};
use std::sync::LazyLock;

/// The time during which one set of laws, decrees and circulars was in force.
#[derive(Debug)]
pub(super) struct Era {
    pub name: String,
    pub period: Period,
    pub title_vi: String,
    pub title_en: String,
    pub known_in_part: bool,
    pub confidence: Confidence,
    pub article: String,
}

impl Dated for Era {
    fn key(&self) -> String {
        "the law in force".to_owned()
    }

    fn period(&self) -> Period {
        self.period
    }
}

pub(super) static ERAS: LazyLock<Table<Era>> = LazyLock::new(|| {
    Table::read(
        "rule_sets.csv",
        include_str!("../../../../schemas/law/rule_sets.csv"),
        parse,
    )
});

fn parse(row: &Row<'_>) -> Result<Era, String> {
    Ok(Era {
        name: row.text("name").to_owned(),
        period: row.period()?,
        title_vi: row.text("title_vi").to_owned(),
        title_en: row.text("title_en").to_owned(),
        known_in_part: row.flag("known_in_part")?,
        confidence: row.confidence()?,
        article: row.article()?,
    })
}
