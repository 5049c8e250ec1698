//! The six columns of the national table, by province.

use std::collections::BTreeMap;

use civil::id::OfficeId;
use civil::kind::Kind;
use civil::unit::{UnitId, catalogue};
use civil::value::Date;
use ledger::{Fault, Row};

use crate::measure::area::province_of;
use crate::record::Record;

/// The six columns. Blank, where nothing was registered, is not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SixColumns {
    /// Khai sinh.
    pub birth: Option<u64>,
    /// Kết hôn.
    pub marriage: Option<u64>,
    /// Khai tử.
    pub death: Option<u64>,
    /// Xác nhận tình trạng hôn nhân.
    pub marital_status_confirmation: Option<u64>,
    /// Nhận cha, mẹ, con.
    pub parent_child_recognition: Option<u64>,
    /// Giám hộ.
    pub guardianship: Option<u64>,
}

impl SixColumns {
    /// The kinds of the columns, in their order.
    pub const KINDS: [Kind; 6] = [
        Kind::Birth,
        Kind::Marriage,
        Kind::Death,
        Kind::MaritalStatusConfirmation,
        Kind::ParentChildRecognition,
        Kind::Guardianship,
    ];

    /// The cells, in the order of [`SixColumns::KINDS`].
    pub fn cells(&self) -> [Option<u64>; 6] {
        [
            self.birth,
            self.marriage,
            self.death,
            self.marital_status_confirmation,
            self.parent_child_recognition,
            self.guardianship,
        ]
    }

    /// All that was registered.
    pub fn total(&self) -> u64 {
        self.cells().into_iter().flatten().sum()
    }

    fn add(&mut self, kind: Kind, count: u64) {
        let cell = match kind {
            Kind::Birth => &mut self.birth,
            Kind::Marriage => &mut self.marriage,
            Kind::Death => &mut self.death,
            Kind::MaritalStatusConfirmation => &mut self.marital_status_confirmation,
            Kind::ParentChildRecognition => &mut self.parent_child_recognition,
            Kind::Guardianship => &mut self.guardianship,
            _ => return,
        };
        *cell = Some(cell.unwrap_or_default() + count);
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProvinceRow {
    /// The province; none for offices whose unit is not known.
    pub province: Option<UnitId>,
    /// Its name with its type; empty when not known.
    pub name: &'static str,
    /// What was registered there.
    pub columns: SixColumns,
}

/// Sums the counts of these offices, or of all, up to their provinces on a day.
pub(crate) fn sum(rows: &[Row], offices: Option<&[OfficeId]>, on: Date) -> Result<Vec<ProvinceRow>, Fault> {
    let mut provinces: BTreeMap<Option<UnitId>, SixColumns> = BTreeMap::new();
    let mut known: BTreeMap<UnitId, Option<UnitId>> = BTreeMap::new();
    for row in rows {
        let record = Record::new(row, "statistics", "office");
        let kind = record.kind("kind")?;
        let office = OfficeId(record.number("office")?);
        let counts = offices.is_none_or(|wanted| wanted.contains(&office));
        if !counts || !SixColumns::KINDS.contains(&kind) {
            continue;
        }
        let unit = record.value_opt("unit", |text| UnitId::parse(text).ok())?;
        let province = unit.and_then(|unit| *known.entry(unit).or_insert_with(|| province_of(&unit, on)));
        provinces
            .entry(province)
            .or_default()
            .add(kind, record.number("count")?);
    }
    let row = |(province, columns): (Option<UnitId>, SixColumns)| ProvinceRow {
        province,
        name: province
            .and_then(|id| catalogue().unit(&id))
            .map_or("", |unit| unit.name),
        columns,
    };
    Ok(provinces.into_iter().map(row).collect())
}
