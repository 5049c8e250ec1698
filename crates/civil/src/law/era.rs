//! The texts in force, era by era.

use super::table::{Basis, Row, Rule, Table};
use std::sync::LazyLock;

/// The time during which one set of laws, decrees and circulars was in force.
#[derive(Debug)]
pub(super) struct Era {
    pub name: String,
    pub title_vi: String,
    pub title_en: String,
    pub known_in_part: bool,
    pub basis: Basis,
}

impl Rule for Era {
    const FILE: &'static str = "rule_sets.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/rule_sets.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            name: row.filled("name")?,
            title_vi: row.filled("title_vi")?,
            title_en: row.filled("title_en")?,
            known_in_part: row.flag("known_in_part")?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        "the law in force".to_owned()
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }

    fn faults_of(rows: &[Self]) -> Vec<String> {
        let begins = rows.iter().any(|era| era.basis.period.from.is_none());
        let ends = rows.iter().any(|era| era.basis.period.to.is_none());
        let fault = "the rule sets do not reach from the first day to the last";
        (!begins || !ends).then(|| fault.to_owned()).into_iter().collect()
    }
}

pub(super) static ERAS: LazyLock<Table<Era>> = LazyLock::new(Table::embedded);
