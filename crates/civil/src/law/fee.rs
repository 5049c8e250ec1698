//! Who pays no fee. The amounts are set by the councils of the provinces and are not here.

use super::table::{Basis, Row, Rule, Table};
use crate::act::WaiverGround;
use crate::value::Date;
use std::sync::LazyLock;

/// A row of `fees.csv`: a ground on which no fee is taken.
#[derive(Debug)]
pub struct FeeWaiver {
    /// For which kind; `None`: for every one.
    pub kind: Option<&'static str>,
    /// The ground.
    pub waiver: WaiverGround,
    /// When it holds, by the day of reception.
    pub basis: Basis,
}

impl FeeWaiver {
    pub(super) fn fits(&self, kind: &str) -> bool {
        self.kind.is_none_or(|known| known == kind)
    }
}

impl Rule for FeeWaiver {
    const FILE: &'static str = "fees.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/fees.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            kind: row.kind_or_any()?,
            waiver: row.named("waiver", WaiverGround::ALL, WaiverGround::name)?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        format!("{}, {}", self.kind.unwrap_or("any"), self.waiver.name())
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }
}

/// The grounds on which no fee is taken for a file of that kind, received on that day.
pub(super) fn waivers(kind: &'static str, received_on: Date) -> impl Iterator<Item = &'static FeeWaiver> {
    WAIVERS.all_on(received_on, move |row| row.fits(kind))
}

static WAIVERS: LazyLock<Table<FeeWaiver>> = LazyLock::new(Table::embedded);
