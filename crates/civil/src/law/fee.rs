//! Who pays no fee. The amounts are set by the councils of the provinces and are not here.

use super::table::{Basis, Row, Rule, Table};
use super::words::words;
use crate::value::Date;
use std::sync::LazyLock;

words! {
    /// Why no fee is taken (miễn lệ phí, Law 60/2014, Art. 11).
    pub enum Waiver "waiver" {
        /// Gia đình có công với cách mạng.
        PolicyFamily = "policy_family",
        /// Hộ nghèo.
        Poor = "poor",
        /// Người khuyết tật.
        Disabled = "disabled",
        /// Đăng ký khai sinh đúng hạn.
        OnTimeBirth = "on_time_birth",
        /// Đăng ký khai tử đúng hạn.
        OnTimeDeath = "on_time_death",
        /// Giám hộ.
        Guardianship = "guardianship",
        /// Kết hôn trong nước.
        DomesticMarriage = "domestic_marriage",
    }
}

/// A row of `fees.csv`: a ground on which no fee is taken.
#[derive(Debug)]
pub struct FeeWaiver {
    /// For which kind; `None`: for every one.
    pub kind: Option<&'static str>,
    /// The ground.
    pub waiver: Waiver,
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
            waiver: row.word("waiver")?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        format!("{}, {}", self.kind.unwrap_or("any"), self.waiver.word())
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
